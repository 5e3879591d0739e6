"""``rows rally`` and ``ledger rally``: a city's score sheet by command."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.commands.running import Run
from tests.offices import TODAY, TOWNSHIP, opened

XIULIN, BIJIASHAN = "421081001000", "421081002000"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A city whose first two townships have points in the first item."""
    with opened(tmp_path / "city", level="city") as office:
        typed = {"name": "秋季拉练", "day": f"{TODAY:%Y.%m.%d}", "first": "1", "last": "1"}
        rally = office.rallies.start(typed, TODAY)
        item = office.rallies.sheet(rally).items[0].id
        office.rallies.write([((XIULIN, item), "17.5"), ((BIJIASHAN, item), "19")], TODAY)
    return tmp_path / "city"


def test_rows_are_the_townships_with_their_places(run: Run, city: Path) -> None:
    rows = run("--data", city, "rows", "rally", "--format", "json").json
    one = run("--data", city, "rows", "rally", "--format", "json", "--unit", BIJIASHAN).json
    table = run("--data", city, "rows", "rally").out

    assert len(rows) == 15
    assert [
        (r["township"], r["item_1"], r["item_2"], r["total"], r["rank"], r["speaks"]) for r in rows[:3]
    ] == [
        ("绣林街道", 17.5, None, 17.5, 2, "表态发言"),
        ("笔架山街道", 19.0, None, 19.0, 1, "典型发言"),
        ("新厂镇", None, None, None, None, None),
    ]
    assert [row["division_code"] for row in one] == [BIJIASHAN]
    assert all(words in table for words in ("秋季拉练", "班子建设", "名次"))


def test_the_ledger_is_written_and_a_day_without_a_round_says_what_to_do(
    run: Run, city: Path, tmp_path: Path
) -> None:
    made = run("--data", city, "ledger", "rally", "-o", tmp_path / "通报.pdf")
    early = run("--data", city, "rows", "rally", "--as-of", date(2020, 1, 1).isoformat())

    assert (made.status, (tmp_path / "通报.pdf").read_bytes()[:5]) == (0, b"%PDF-")
    assert early.status == 1
    assert "到 2020.01.01 还没有拉练。请先在市级“拉练评比”页新建一轮" in early.err


def test_a_township_is_told_that_there_is_none(run: Run, sample: Path) -> None:
    told = run("--data", sample, "rows", "rally", "--unit", TOWNSHIP)

    assert (told.status, told.out) == (1, "")
    assert "市级“拉练评比”页" in told.err
