"""Cells as a person sees them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop.models.domain.reading import Cell


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell(None), ""),
        (Cell(" 张 三 "), " 张 三 "),
        (Cell(13800001234.0), "13800001234"),
        (Cell(1985.1), "1985.1"),
        (Cell(1985.1, "1985.10"), "1985.10"),
        (Cell(4.21e17), "4.21e+17"),
        (Cell(7), "7"),
        (Cell(True), "是"),
        (Cell(False), "否"),
        (Cell(date(1985, 7, 12)), "1985.07.12"),
        (Cell(datetime(1985, 7, 12, 8, 0)), "1985.07.12"),
    ],
)
def test_a_cell_shows_what_excel_shows(cell: Cell, text: str) -> None:
    assert cell.text == text
