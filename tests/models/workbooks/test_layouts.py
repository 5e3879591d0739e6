"""The same people in whatever layout are read as the same rows, and nothing is doubted that is not doubtful."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from random import Random

import pytest

from desktop.models.domain.reading import Scalar
from desktop.models.workbooks.reading import WorkbookReader
from desktop.models.workbooks.roster_reader import ImportReading
from tests.builders import read, reported
from tests.models.workbooks.files import Write, as_csv, by_openpyxl, by_xlsxwriter, by_xlwt
from tests.models.workbooks.layouts import Layout, Villager, villagers

_WRITERS: dict[str, tuple[str, Write]] = {
    "xlsxwriter": ("xlsx", by_xlsxwriter),
    "openpyxl": ("xlsx", by_openpyxl),
    "xlwt": ("xls", by_xlwt),
    "csv, UTF-8": ("csv", as_csv("utf-8-sig")),
    "csv, GB 18030": ("csv", as_csv("gb18030")),
}

# what is written instead, and what is read of it: (cell, value), by field
_DOUBTS: dict[str, tuple[Callable[[Villager], tuple[Scalar, object]], ...]] = {
    "id_number": (
        lambda p: (float(p.id_number[:15]) * 1000, None),
        lambda p: ("4.21099E+17", None),
        lambda p: (p.id_number[:17], None),
        lambda p: (p.id_number[:17] + ("1" if p.id_number[17] != "1" else "2"), None),
        lambda p: (p.id_number[:10] + "13" + p.id_number[12:], None),
    ),
    "birth": tuple(
        lambda _, text=text: (text, None)  # type: ignore[misc]  # mypy infers no lambda with a default
        for text in ("1899.13", "2033.05", "不详", "1985.02.30")
    ),
    "name": (lambda _: ("", None), lambda _: ("白\ue863平", None), lambda _: ("李？", None)),
    "sex": (lambda p: ("女" if p.sex == "男" else "男", None),),
    "political_status": (lambda _: ("不详", None),),
    "education": (
        lambda _: ("研究生在读（函授）？", None),
        lambda _: ("高中（中专）", None),
        lambda _: ("学士学位", None),
        lambda _: ("研究生", "研究生教育"),
    ),
    "posts": tuple(
        lambda _, text=text: (text, None)  # type: ignore[misc]  # mypy infers no lambda with a default
        for text in (
            "负责全面工作",
            "第一书记",
            "拟任村主任",
            "委员",
            "两委委员",
            "妇女委员",
            "片长",
            "原村主任",
        )
    ),
    "party_joined": (lambda _: ("2033.05", None),),
    "post_since": (lambda _: ("1899.13", None),),
    "phone": (lambda _: ("1380000", None),),
    "village": (lambda _: ("石桥畈村", None),),
}


def expected(layout: Layout, people: list[Villager]) -> list[dict[str, object]]:
    """The people as they are reported, as far as the layout tells them."""
    return [{name: _plain(asdict(p)[name]) for name in layout.told} for p in people]


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def found(layout: Layout, reading: ImportReading) -> list[dict[str, object]]:
    """The rows that were read, as far as the layout tells them."""
    return [{name: reported(row)[name] for name in layout.told} for row in reading.rows]


@pytest.mark.parametrize("seed", range(150))
def test_people_are_read_alike_from_any_layout(seed: int) -> None:
    chance = Random(seed)
    people = villagers(chance)
    layout = Layout(chance)

    reading = read(*layout.sheets(people))

    assert found(layout, reading) == expected(layout, people), layout
    assert reading.problems == (), layout


@pytest.mark.parametrize("seed", range(150))
def test_what_is_doubtful_is_a_problem_and_left_out_and_nothing_else(seed: int) -> None:
    chance = Random(seed)
    people = villagers(chance)
    layout = Layout(chance)
    wanted = expected(layout, people)
    doubted: list[set[str]] = []
    for p, row in zip(people, wanted, strict=True):
        fields = [name for name in layout.twistable if name in _DOUBTS]
        name = chance.choice(fields) if chance.random() < 0.5 else None
        doubted.append({name} if name else set())
        if name:
            layout.twists[p.id_number, name], row[name] = chance.choice(_DOUBTS[name])(p)
            row.update({"division_code": None} if name == "village" else {})

    reading = read(*layout.sheets(people))

    rows = found(layout, reading)
    for row in (*rows, *wanted):
        row.pop("township")  # of an unknown village a title may tell it
    assert rows == wanted, layout
    assert [{p.field for p in row.problems} for row in reading.rows] == doubted, layout


@pytest.mark.parametrize("written", _WRITERS)
@pytest.mark.parametrize("seed", range(6))
def test_files_of_every_kind_read_as_the_sheets_they_were_written_from(
    seed: int, written: str, reader: WorkbookReader, tmp_path: Path
) -> None:
    suffix, write = _WRITERS[written]
    chance = Random(seed)
    people = villagers(chance)
    layout = Layout(chance, one_sheet=True, merges=suffix != "csv")
    path = tmp_path / f"花名册.{suffix}"
    path.write_bytes(write(layout.sheets(people)))

    reading = read(*reader.read(path).sheets, file=path.name)

    assert found(layout, reading) == expected(layout, people), layout
    assert reading.problems == (), layout
