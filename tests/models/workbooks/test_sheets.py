"""What stands in a file is what comes out, whichever format it has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt

from desktop.models.domain.reading import Scalar
from desktop.models.workbooks.reading import WorkbookReader, read_sheets
from tests.models.workbooks.conftest import SAMPLES, Read, ReadSheet
from tests.models.workbooks.packages import MAIN, data, ods, row, styled, xlsx


def _filled(rows: Iterable[Iterable[object]]) -> list[tuple[object, ...]]:
    """Rows for comparison: without what is empty at their ends."""
    found = [list(cells) for cells in rows]
    for cells in found:
        while cells and cells[-1] in (None, ""):
            cells.pop()
    return [tuple(cells) for cells in found]


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_a_sample_reads_as_another_library_reads_it(reader: WorkbookReader, path: Path) -> None:
    book = openpyxl.load_workbook(path)

    sheets = reader.read(path).sheets

    assert [sheet.name for sheet in sheets] == book.sheetnames
    for sheet in sheets:
        page = book[sheet.name]
        assert _filled(sheet.rows) == _filled(page.values)
        assert {(top + 1, left + 1, bottom + 1, right + 1) for top, left, bottom, right in sheet.merged} == {
            (found.min_row, found.min_col, found.max_row, found.max_col) for found in page.merged_cells.ranges
        }


def test_the_old_xls_sample_gives_text_dates_and_merged_cells() -> None:
    (sheet,) = read_sheets(SAMPLES / "04-旧版.xls")

    assert sheet.name == "两委"
    assert sheet.rows[0][0] == "村“两委”干部信息统计表"
    assert sheet.rows[2][:5] == ("新厂镇杨家潭村", "许英梅", "女", date(1976, 9, 1), "土家族")
    assert sheet.merged == ((0, 0, 0, 10),)


def test_october_keeps_its_zero_where_the_format_shows_it() -> None:
    (sheet,) = read_sheets(SAMPLES / "07-数字月份与小计.xlsx")

    assert sheet.rows[9][4] == 1969.1
    assert sheet.shown(9, 4) == "1969.10"
    assert sheet.shown(2, 4) is None  # 1975.04


def test_each_kind_of_cell_is_a_plain_value(read_sheet: ReadSheet) -> None:
    strings = (
        '<si><r><t>张</t></r><r><t xml:space="preserve"> 三</t></r><rPh sb="0" eb="1"><t>ZHANG</t></rPh></si>'
    )
    cells = (
        '<c r="A1" t="s"><v>0</v></c>',
        '<c r="B1" t="inlineStr"><is><r><t>富</t></r><r><t>文本</t></r><rPh sb="0" eb="1"><t>FU</t></rPh></is></c>',
        '<c r="C1" t="str"><f>A1&amp;"号"</f><v>三号</v></c>',
        '<c r="D1"><f>1+1</f><v>2</v></c>',
        '<c r="E1" t="b"><v>1</v></c>',
        '<c r="F1" t="e"><f>NA()</f><v>#N/A</v></c>',
        '<c r="G1" t="inlineStr"><is><t></t></is></c>',
        '<c r="H1" s="1"/>',
        '<c r="I1" t="inlineStr"><is><t xml:space="preserve"> 上\n下 </t></is></c>',
    )

    sheet = read_sheet(xlsx(data(row(1, *cells)), strings=strings))

    assert sheet.rows == (("张 三", "富文本", "三号", 2.0, True, "#N/A", None, None, " 上\n下 "),)


@pytest.mark.parametrize(
    ("properties", "day"), [("", date(1985, 7, 1)), ('<workbookPr date1904="1"/>', date(1989, 7, 2))]
)
def test_dates_follow_the_files_own_calendar(read_sheet: ReadSheet, properties: str, day: date) -> None:
    formats = styled("yyyy.mm", "yyyy&quot;年&quot;m&quot;月&quot;;@", "[$-804]yyyy/m/d")
    cells = [f'<c r="{column}1" s="{style}"><v>31229</v></c>' for style, column in enumerate("ABC", 1)]

    sheet = read_sheet(xlsx(data(row(1, *cells)), styles=formats, properties=properties))

    assert sheet.rows == ((day, day, day),)


def test_built_in_chinese_date_formats_are_dates(read_sheet: ReadSheet) -> None:
    styles = "<cellXfs>" + "".join(f'<xf numFmtId="{n}"/>' for n in (14, 27, 31, 57, 58)) + "</cellXfs>"
    cells = [f'<c r="{column}1" s="{style}"><v>31229</v></c>' for style, column in enumerate("ABCDE")]

    sheet = read_sheet(xlsx(data(row(1, *cells)), styles=styles))

    assert sheet.rows == ((date(1985, 7, 1),) * 5,)


def test_a_duration_is_its_days(read_sheet: ReadSheet) -> None:
    sheet = read_sheet(xlsx(data(row(1, '<c r="A1" s="1"><v>1.5</v></c>')), styles=styled("[h]:mm")))

    assert sheet.rows == ((1.5,),)


def test_a_wrong_dimension_hides_nothing(read_sheet: ReadSheet) -> None:
    rows = [row(n, *(f'<c r="{column}{n}"><v>{n}</v></c>' for column in "ABC")) for n in (1, 2, 3)]

    sheet = read_sheet(xlsx('<dimension ref="A1"/>' + data(*rows)))

    assert sheet.rows == ((1.0, 1.0, 1.0), (2.0, 2.0, 2.0), (3.0, 3.0, 3.0))


def test_a_sheet_that_begins_lower_down_keeps_its_row_numbers(read_sheet: ReadSheet) -> None:
    cell = '<c r="C4" s="1"><v>1985.1</v></c>'

    sheet = read_sheet(
        xlsx(data(row(4, cell)) + '<mergeCells><mergeCell ref="C4:D4"/></mergeCells>', styles=styled("0.00"))
    )

    assert sheet.first_row == 1
    assert sheet.rows[3][2] == 1985.1
    assert sheet.shown(3, 2) == "1985.10"
    assert sheet.merged == ((3, 2, 3, 2),)


def test_a_prefixed_file_is_read_like_any_other(read_sheet: ReadSheet) -> None:
    cells = '<x:c r="A1" s="1"><x:v>1985.1</x:v></x:c><x:c r="B1" t="e"><x:v>#REF!</x:v></x:c>'
    rows = f'<x:sheetData><x:row r="1">{cells}</x:row></x:sheetData>'

    sheet = read_sheet(xlsx(f'<x:worksheet xmlns:x="{MAIN}">{rows}</x:worksheet>', styles=styled("0.00")))

    assert sheet.rows == ((1985.1, "#REF!"),)
    assert sheet.shown(0, 0) == "1985.10"


def test_formats_down_to_the_last_row_do_not_count(read_sheet: ReadSheet) -> None:
    rows = (
        row(1, '<c r="A1"><v>1</v></c>'),
        row(1048576, '<c r="XFD1048576" s="1"/>', '<c r="C1048576"></c>'),
    )

    assert read_sheet(xlsx(data(*rows))).rows == ((1.0,),)


def test_overlapping_merged_cells_are_forgotten(read_sheet: ReadSheet) -> None:
    ranges = '<mergeCell ref="A1:B2"/>' * 3

    sheet = read_sheet(xlsx(data(row(1, '<c r="A1"><v>1</v></c>')) + f"<mergeCells>{ranges}</mergeCells>"))

    assert sheet.merged == ()


def test_hidden_sheets_are_named_and_charts_left_out(read: Read) -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet("名册").write_string(0, 0, "姓名")
        book.add_worksheet("旧数据").hide()
        book.add_worksheet("参数").very_hidden()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=名册!$A$1:$A$1"})
        book.add_chartsheet("图").set_chart(chart)

    workbook = read(file.getvalue())

    assert [sheet.name for sheet in workbook.sheets] == ["名册"]
    assert workbook.hidden == ("旧数据", "参数")


def test_an_xls_gives_formats_hidden_sheets_and_every_kind_of_cell(read: Read) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("花名册")
    page.write_merge(0, 0, 0, 6, "标题")
    moments = (
        (date(1985, 7, 1), "yyyy.mm"),
        (datetime(1985, 7, 1, 12), "yyyy-mm-dd hh:mm"),
        (time(12), "hh:mm"),
    )
    for column, (value, number_format) in enumerate((*moments, (1985.1, "0.00"), (1985.1, "General"))):
        page.write(1, column, value, xlwt.easyxf(num_format_str=number_format))
    page.write(1, 5, True)
    page.row(1).set_cell_error(6, 0x2A)
    page.write(2, 0, "䶮𣲗")
    book.add_sheet("旧数据").visibility = 1
    file = BytesIO()
    book.save(file)

    workbook = read(file.getvalue())

    (sheet,) = workbook.sheets
    assert _filled(sheet.rows) == [
        ("标题",),
        (date(1985, 7, 1), datetime(1985, 7, 1, 12), time(12), 1985.1, 1985.1, True, "#N/A"),
        ("䶮𣲗",),
    ]
    assert (sheet.shown(1, 3), sheet.shown(1, 4)) == ("1985.10", None)
    assert sheet.merged == ((0, 0, 0, 6),)
    assert workbook.hidden == ("旧数据",)


def test_an_ods_gives_what_it_shows(read: Read) -> None:
    styles = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    tables = (
        '<table:table table:name="花名册">'
        '<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="3">'
        "<office:annotation><text:p>批注</text:p></office:annotation><text:p>花<text:s/>名<text:span>册</text:span></text:p>"
        '<text:p>二</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="2"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        '<table:table-row><table:table-cell/><table:table-cell office:value-type="float" office:value="1985.1"><text:p>1985.10'
        '</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="1985-07-01"><text:p>85/7</text:p>'
        '</table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>'
        '</table:table-cell><table:table-cell office:value-type="float" office:value="3" table:number-columns-repeated="2">'
        "<text:p>3</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="16384"/>'
        '</table:table-row></table:table><table:table table:name="旧" table:style-name="ta2"/>'
    )

    workbook = read(ods(tables, styles=styles))

    (sheet,) = workbook.sheets
    assert sheet.rows == (("花 名册\n二",), (), (), (None, 1985.1, date(1985, 7, 1), True, 3.0, 3.0))
    assert sheet.numbers_shown == {(3, 1): "1985.10"}
    assert sheet.merged == ((0, 0, 0, 2),)
    assert workbook.hidden == ("旧",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separated_values_are_text(read_sheet: ReadSheet, encoding: str, separator: str) -> None:
    lines = (("姓名", "职务", "备注"), ("龚䶮", "书记", '"一,二;三\n四"'), ("𣲗", "", "421099198507121234"))
    text = "\r\n".join(separator.join(line) for line in lines)

    sheet = read_sheet(text.encode(encoding))

    expected: tuple[tuple[Scalar, ...], ...] = (
        ("姓名", "职务", "备注"),
        ("龚䶮", "书记", "一,二;三\n四"),
        ("𣲗", None, "421099198507121234"),
    )
    assert sheet.rows == expected
    assert sheet.name == "报表"


def test_only_line_ends_end_a_row_of_separated_values(read_sheet: ReadSheet) -> None:
    sheet = read_sheet("姓名,职务\r\n张\u2028三,书\x0c记\r\n\r\n李四,委员".encode())

    assert sheet.rows == (("姓名", "职务"), ("张\u2028三", "书\x0c记"), (), ("李四", "委员"))


def test_a_workbook_is_told_by_its_content_not_by_its_name(reader: WorkbookReader, tmp_path: Path) -> None:
    path = tmp_path / "其实是新格式.xls"
    path.write_bytes((SAMPLES / "01-标准花名册.xlsx").read_bytes())

    assert reader.read(path) == reader.read(SAMPLES / "01-标准花名册.xlsx")
