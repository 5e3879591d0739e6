"""What is written comes back as it was, and nothing in it is taken for more than text."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from desktop.models.workbooks.child import read_bytes
from desktop.models.workbooks.reading import WorkbookReader
from desktop.models.workbooks.sheets import Limits, Workbook
from desktop.models.workbooks.writer import ColumnOut, SheetOut, Value, write_table
from tests.models.workbooks.conftest import ReadSheet

_COLUMNS = (
    ColumnOut(label="姓名", width=10),
    ColumnOut(label="身份证号", width=20),
    ColumnOut(label="年龄", width=6, text=False),
    ColumnOut(label="系统编号", hidden=True),
)
_ROWS: tuple[tuple[Value, ...], ...] = (
    ("龚䶮", "421099198507121234", 41, "id-1"),
    ("𣲗\n二", None, 39.5, "id-2"),
)


def _written(*sheets: SheetOut) -> bytes:
    file = BytesIO()
    write_table(file, sheets)
    return file.getvalue()


def _opened(*sheets: SheetOut) -> Worksheet:
    page = openpyxl.load_workbook(BytesIO(_written(*sheets))).active
    assert isinstance(page, Worksheet)
    return page


def test_a_table_comes_back_as_it_was_written(reader: WorkbookReader, tmp_path: Path) -> None:
    path = tmp_path / "花名册.xlsx"

    write_table(path, [SheetOut(name="花名册", columns=_COLUMNS, rows=_ROWS)])

    (sheet,) = reader.read(path).sheets
    assert sheet.name == "花名册"
    assert sheet.rows == (("姓名", "身份证号", "年龄", "系统编号"), *_ROWS)


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "{=SUM(A1)}", "+1", "-1", "@SUM", "https://a.example/", "mailto:a@b", "internal:Sheet1!A1"),
        *(
            "0012",
            "1E5",
            "421099198507121234",
            "TRUE",
            "#N/A",
            " 张 三 ",
            "_x0041_",
            "<b>&amp;</b>",
            "a\tb\nc",
        ),
    ],
)
def test_text_stays_text(read_sheet: ReadSheet, text: str) -> None:
    sheet = read_sheet(_written(SheetOut(name="表", columns=_COLUMNS[:1], rows=((text,),))))

    assert sheet.rows[1] == (text,)


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20))
def test_any_name_comes_back(text: str) -> None:
    content = _written(SheetOut(name=text, columns=_COLUMNS[:1], rows=((text,),)))

    workbook = read_bytes("名册.xlsx", content, Limits())

    assert isinstance(workbook, Workbook)
    assert workbook.sheets[0].rows[1] == (text.translate({0xFFFE: None, 0xFFFF: None}) or None,)


def test_what_xml_cannot_hold_is_left_out(read_sheet: ReadSheet) -> None:
    rows = (("张\x00\x0b\ud800三\uffff",),)

    assert read_sheet(_written(SheetOut(name="\x00", columns=_COLUMNS[:1], rows=rows))).rows[1] == ("张三",)


def test_the_same_tables_are_the_same_bytes() -> None:
    sheet = SheetOut(name="花名册", columns=_COLUMNS, rows=_ROWS, marks={(0, 1): "校验码不对"})

    assert _written(sheet) == _written(sheet)


def test_the_day_in_the_file_is_the_callers() -> None:
    file = BytesIO()

    write_table(file, [SheetOut(name="表", columns=_COLUMNS, rows=())], created=datetime(2026, 11, 24))

    assert b"2026-11-24T00:00:00Z" in ZipFile(file).read("docProps/core.xml")


def test_headings_stay_in_sight_and_filter() -> None:
    page = _opened(SheetOut(name="花名册", columns=_COLUMNS, rows=_ROWS))

    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:D3"
    assert page["A1"].font.b
    assert page["A1"].fill.fgColor.rgb == "FFE9ECEF"


def test_text_columns_keep_what_is_typed_into_them_later() -> None:
    page = _opened(SheetOut(name="花名册", columns=_COLUMNS, rows=_ROWS))

    assert [page.cell(2, column).number_format for column in (1, 2, 3, 4)] == ["@", "@", "General", "@"]
    assert page["B3"].number_format == "@"  # an empty cell
    assert page.column_dimensions["B"].width == pytest.approx(20.7, abs=0.1)
    assert page.column_dimensions["D"].hidden


def test_marked_cells_are_colored_and_say_why() -> None:
    marks = {(0, 1): "校验码不对", (1, 0): ""}

    page = _opened(SheetOut(name="未导入的行", columns=_COLUMNS, rows=_ROWS, marks=marks))

    assert page["B2"].fill.fgColor.rgb == page["A3"].fill.fgColor.rgb == "FFFDECEA"
    assert page["B2"].comment is not None
    assert page["B2"].comment.text == "校验码不对"
    assert page["A3"].comment is None
    assert page["A2"].fill.fgColor.rgb == "00000000"


def test_sheet_names_are_what_excel_accepts() -> None:
    names = ("四岭子[1]/2", "四岭子12", "'引号'", "", "长" * 40, "长" * 40, "𣲗" * 20, "Abc", "aBC")
    sheets = [SheetOut(name=name, columns=_COLUMNS, rows=()) for name in names]

    book = openpyxl.load_workbook(BytesIO(_written(*sheets)))

    short = "长" * 31
    assert book.sheetnames == [
        *("四岭子12", "四岭子12(2)", "引号", "表", short, f"{short[:28]}(2)", "𣲗" * 15, "Abc", "aBC(2)"),
    ]


def test_a_row_of_another_length_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="shorter"):
        _written(SheetOut(name="表", columns=_COLUMNS, rows=(("张三",),)))


def test_a_disk_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="没有"):
        write_table(tmp_path / "没有" / "表.xlsx", [SheetOut(name="表", columns=_COLUMNS, rows=())])
