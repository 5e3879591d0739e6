"""A city's office that merges one package and says how far it is: to be killed in the middle."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.models.database.connection import StoreKey
from desktop.models.database.layout import STORE_NAME
from desktop.models.database.store import open_store
from desktop.models.handoff.keys import UnitKeys
from desktop.office import Office
from tests.handoffs import city_handoff, trust_of


def main() -> None:
    """Arguments: data folder, store key, city's keys, unit, its keys (all hexadecimal), package."""
    folder, key, city, unit, town, package = sys.argv[1:]
    office = Office(Path(folder), open_store(Path(folder) / STORE_NAME, StoreKey(bytes.fromhex(key))))
    keys, town_keys = (UnitKeys.from_bytes(bytes.fromhex(each)) for each in (city, town))
    handoff = city_handoff(office, lambda: trust_of(keys, {unit: town_keys.public}), backups=False)
    print("taking", flush=True)
    plan = handoff.plan(handoff.take(Path(package)))
    print("merging", flush=True)
    handoff.merge(plan)
    print("merged", flush=True)


if __name__ == "__main__":
    main()
