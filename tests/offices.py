"""Offices for tests: made once a run with the slow keys, copied for each test."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter

from desktop.models.database.connection import StoreKey
from desktop.models.database.keys import read_key_file, unlock
from desktop.models.database.layout import KEY_FILE_NAME, STORE_NAME
from desktop.models.database.records import Records
from desktop.models.database.roster import last_seq
from desktop.models.database.store import open_store
from desktop.models.domain.identity import check_character
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.division import DIVISION, Division
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.term import TERM, TermOfOffice
from desktop.models.services.history import FLOOR
from desktop.office import Office

PASSWORD = "correct horse 1"
TODAY = date(2026, 11, 24)
CITY = "421081000000"
TOWNSHIP = "421081106000"  # 东升镇
VILLAGE = "421081106208"  # 毕家塘村
COMMUNITY = "421081106003"  # 焦山河居委会
SAMPLES = Path(__file__).parent / "data" / "samples"
SAMPLE_FILES = sorted(path for path in SAMPLES.glob("0*") if path.suffix != ".json")

_made = TemporaryDirectory(prefix="touyan-tests-")
_EMPTY, _ROSTER, _WHOLE = "empty", "roster", "whole"  # what an office has


def expected_of(sample: Path) -> dict[str, list[dict[str, object]]]:
    """What a sample workbook reads as."""
    text = sample.with_name(f"{sample.name}.expected.json").read_text(encoding="utf-8")
    expected: dict[str, list[dict[str, object]]] = json.loads(text)
    return expected


def copy_of_office(folder: Path, *, level: str = "township", filled: bool = False) -> None:
    """Put an office of 东升镇 or the city there, empty or with the sample's people; its password is PASSWORD."""
    shutil.copytree(_template(level, _ROSTER if filled else _EMPTY)[0], folder)


@contextmanager
def opened(
    folder: Path, *, level: str = "township", filled: bool = False, whole: bool = False
) -> Iterator[Office]:
    """A copy of an office, open: empty, ``filled`` with the sample's people, or with the ``whole`` sample."""
    template, key = _template(level, _WHOLE if whole else _ROSTER if filled else _EMPTY)
    if not folder.exists():
        shutil.copytree(template, folder)
    office = Office(folder, open_store(folder / STORE_NAME, key))
    try:
        yield office
    finally:
        office.release()


@contextmanager
def whole_office(folder: Path, unit: str = TOWNSHIP) -> Iterator[Office]:
    """The office of a township, or of the city, open, with the sample's records in every register."""
    with opened(folder, level="city" if unit == CITY else "township", whole=True) as office:
        yield office


@cache
def _template(level: str, content: str) -> tuple[Path, StoreKey]:
    folder = Path(_made.name) / f"{level}-{content}"
    if content == _ROSTER:
        whole, key = _template(level, _WHOLE)
        shutil.copytree(whole, folder)
        office = Office(folder, open_store(folder / STORE_NAME, key))
        _leave_the_roster(office)
    else:
        unit = TOWNSHIP if level == "township" else CITY
        office, _ = Office.create(folder, unit_code=unit, level=level, password=PASSWORD)
        if content == _WHOLE:
            office.fill_with_sample(TODAY)
    office.close(backup=False)
    return folder, unlock(read_key_file(folder / KEY_FILE_NAME), PASSWORD)


def _leave_the_roster(office: Office) -> None:
    """Take out what a sample keeps beside its roster: tests count what they put there themselves."""
    records = Records(office._store)
    serving = {term.person_id for term in records.select(TermOfOffice)}
    with office._store.change("只留名册"):
        for register in reversed(REGISTERS):
            if register not in (DIVISION, PERSON, TERM):
                kept: list[Any] = records.select(register.record)
                records.delete(register.record, [record.id for record in kept])
        records.delete(Person, [person.id for person in records.select(Person) if person.id not in serving])
        records.update_many(Division, {code: {"approved_posts": None} for code in office.divisions.all()})
    office.schemes.bring_proposals()
    office.settings.set(FLOOR, last_seq(office._store))


def identity_number(birth: str = "19850712", *, order: int = 1, woman: bool = False) -> str:
    """A right number of the area that nobody has; ``order`` (up to 499) tells people of one day apart."""
    first_17 = f"421099{birth}{order * 2 + (not woman):03d}"
    return first_17 + check_character(first_17)


def workbook(
    path: Path, headings: Sequence[str], rows: Sequence[Sequence[object]], *, title: str | None = None
) -> Path:
    """Write a table as a village would: an optional title, headings, rows of text and numbers."""
    with xlsxwriter.Workbook(path, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("花名册")
        lines = [*([[title]] if title else []), headings, *rows]
        for number, cells in enumerate(lines):
            for column, value in enumerate(cells):
                if isinstance(value, str):
                    page.write_string(number, column, value)
                elif value is not None:
                    page.write(number, column, value)
    return path


def member(**others: str) -> dict[str, str]:
    """What a valid member is typed as, by ROSTER field; ``others`` replace or add."""
    typed: Mapping[str, str] = {
        "name": "张建国",
        "sex": "男",
        "birth": "1985.07",
        "ethnic_group": "汉族",
        "political_status": "中共党员",
        "party_joined": "2008.06",
        "education": "大专",
        "posts": "党支部书记、村委会主任",
        "post_since": "2021.12",
        "id_number": identity_number(),
        "phone": "19900000001",
    }
    return {**typed, **others}
