"""Make ``tests/data/databases/<last migration>.db``: run once, when a migration is released.

    python -m tests.models.database.make_database
"""  # fmt: skip

from __future__ import annotations

from pathlib import Path

from desktop.models.database.layout import LOCK_NAME
from desktop.models.database.migrations import KNOWN_MIGRATIONS
from desktop.models.database.records import Records
from desktop.models.database.store import create_store
from desktop.models.registers.person import Person
from tests.models.database.builders import KEY, division, person, term

DATABASES = Path(__file__).parents[2] / "data" / "databases"


def make_database(path: Path) -> None:
    """A store with a little of everything, under the tests' key."""
    with create_store(path, KEY, operator="李雷") as store:
        records = Records(store)
        with store.change("建立数据"):
            records.insert_many([division("421081000000"), division("421081100201", parent="421081000000")])
        with store.change("任职", source="花名册.xlsx"):
            records.insert_many([person("p1", phone="13812345678"), person("p2", "尉迟𠮷")])
            records.insert_many([term("t1", "p1", start="2021-11"), term("t2", "p2", end="2024-06")])
        with store.change("改姓名"):
            records.update(Person, "p1", name="张建军")


if __name__ == "__main__":
    make_database(DATABASES / f"{max(KNOWN_MIGRATIONS)}.db")
    (DATABASES / LOCK_NAME).unlink()
