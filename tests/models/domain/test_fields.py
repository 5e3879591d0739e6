"""Kinds of fields: what they read, show, mask and report."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.domain.codes import SEX
from desktop.models.domain.fields import AMOUNT, IDENTITY, MONTH, PHONE, PROSE, TEXT, coded
from desktop.models.domain.reading import SILENT, Cell, Scalar
from desktop.models.registers.person import PERSON

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("value", "text"),
    [(" 荆州　职院 ", "荆州 职院"), (5.0, "5"), ("无锡", "无锡"), (date(2021, 11, 1), "2021.11.01")],
)
def test_text_is_kept_without_padding(value: Scalar, text: str) -> None:
    assert TEXT.read(Cell(value), TODAY).value == text


def test_paragraphs_keep_their_lines_which_a_text_does_not() -> None:
    cell = Cell(" 一、开会 \r\n\r\n\r\n二、走访 \n")

    assert PROSE.read(cell, TODAY).value == "一、开会\n\n二、走访"
    assert TEXT.read(cell, TODAY).value == "一、开会 二、走访"
    assert PROSE.read(Cell("\n无\n"), TODAY) == SILENT


@pytest.mark.parametrize("value", [None, "", "无", "—"])
def test_nothing_is_silent(value: Scalar) -> None:
    assert TEXT.read(Cell(value), TODAY) == AMOUNT.read(Cell(value), TODAY) == SILENT


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!"])
def test_an_error_of_a_formula_is_no_text(error: str) -> None:
    assert TEXT.read(Cell(error), TODAY).value is None
    assert TEXT.read(Cell(error), TODAY).problem


@pytest.mark.parametrize("value", [36000.0, "36000", "36,000", "36，000元", " 36000 "])
def test_an_amount_is_a_whole_number(value: Scalar) -> None:
    assert AMOUNT.read(Cell(value), TODAY).value == 36000


@pytest.mark.parametrize("value", ["三万", "3.6万", 36000.5, "-1", "1e12", "nan", "inf"])
def test_what_is_no_amount_is_a_problem(value: Scalar) -> None:
    reading = AMOUNT.read(Cell(value), TODAY)

    assert reading.value is None
    assert reading.problem


def test_kinds_show_mask_and_report() -> None:
    assert [MONTH.show("1985-07"), MONTH.report("1985-07"), MONTH.show(None)] == ["1985.07", "1985-07", ""]
    assert [PHONE.mask("19900001234"), PHONE.mask(None)] == ["199****1234", ""]
    assert IDENTITY.mask("421099198902196671") == "421099********6671"
    assert [coded(SEX).show("1"), coded(SEX).report("1"), coded(SEX).report(None)] == ["男", "男", None]
    assert coded(SEX).choices == ("男", "女")


def test_only_numbers_of_people_are_sensitive() -> None:
    assert {field.name for field in PERSON.fields if field.sensitive} == {"id_number", "phone"}
