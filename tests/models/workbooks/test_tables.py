"""Finding tables: where they begin, which rows hold people, what merged and grouped cells stand for."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from desktop.models.domain.reading import Scalar
from desktop.models.registers.division import DIVISION
from desktop.models.registers.roster import ROSTER
from desktop.models.workbooks.headings import Headings
from desktop.models.workbooks.tables import Table, find_tables, with_columns
from tests.builders import sheet

HEADINGS = Headings(ROSTER)
HEAD = ("序号", "村", "姓名", "性别", "职务", "联系电话")


def person(name: str, *, number: Scalar = 1.0, village: str = "石华堰村") -> tuple[Scalar, ...]:
    """A row under HEAD."""
    return (number, village, name, "男", "村委会委员", "19900001234")


def tables(*rows: Sequence[Scalar], **about: object) -> list[Table]:
    """The tables of a sheet."""
    return find_tables(sheet(*rows, **about), HEADINGS)  # type: ignore[arg-type]  # the arguments of sheet()


def names(table: Table) -> list[str]:
    """What stands in the column of names of each data row."""
    (index,) = (c.index for c in table.columns if c.field == "name")
    return [table.cell(row, index).text for row in table.rows]


def test_a_table_begins_below_titles_and_blank_rows() -> None:
    (table,) = tables(
        [],
        ["石首市桃花山镇花名册"],
        ["单位：桃花山镇", "", "", "", "", "2026年6月"],
        [],
        HEAD,
        person("张三"),
    )

    assert table.row_number == 5
    assert table.titles == ("石首市桃花山镇花名册", "单位：桃花山镇 2026年6月")
    assert names(table) == ["张三"]


def test_blank_columns_at_the_left_do_no_harm() -> None:
    (table,) = tables(["", "", *HEAD], ["", "", *person("张三")])

    assert [c.index for c in table.columns if c.field == "name"] == [4]


@pytest.mark.parametrize("merged", [True, False])
def test_headings_of_three_levels_are_found_merged_or_not(merged: bool) -> None:
    rows = (
        ["姓名", "性别", "任职情况", "", "", ""],
        ["", "", "党组织", "", "村委会", ""],
        ["", "", "书记", "副书记", "主任", "副主任"],
        ["张三", "男", "√", "", "√", ""],
    )
    ranges = [(0, 0, 2, 0), (0, 1, 2, 1), (0, 2, 0, 5), (1, 2, 1, 3), (1, 4, 1, 5)] if merged else []

    (table,) = tables(*rows, merged=ranges)

    assert [c.heading for c in table.columns][2:] == [
        "任职情况 党组织 书记",
        "任职情况 党组织 副书记",
        "任职情况 村委会 主任",
        "任职情况 村委会 副主任",
    ]
    assert names(table) == ["张三"]


def test_a_merged_heading_reaches_as_far_down_as_its_cells() -> None:
    rows = (
        ["村", "姓名", "学历", "", "联系方式"],
        ["", "", "全日制", "毕业院校", "手机"],
        ["石华堰村", "张三", "大专", "", "19900000001"],
    )

    (table,) = tables(*rows, merged=[(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3)])

    assert table.rows == (2,)


def test_a_title_is_no_level_of_a_heading() -> None:
    (table,) = tables(["桃花山镇村（社区）“两委”班子成员花名册"], ["序号"], HEAD, person("张三"))

    assert (table.heading_row, table.columns[1].heading) == (2, "村")


@pytest.mark.parametrize(
    "frame",
    [
        *(["", "小计", "5人", "", "", ""], ["合计", "", "38人", "", "", ""], ["", "石华堰村小计", "", "", "", "5人"]),
        *(["小 计", "", "", "", "", 5.0], ["总计：", "5人"], ["", "", "5人"], ["共计", "", "", "", "", ""], ["", "", "共5人", "", "", ""]),
        *(["本页小计", "", "3", "", "", ""], ["平均年龄", "45.2"], ["人数", "", "", 20.0, 18.0, ""]),
        *(["主要负责人签字：", "", "", "审核人：", "", "填报日期：2026年7月2日"], ["", "审核人：王五", "", "填表人：赵六", "", ""]),
        *(["填表人", "王五", "审核人", "李六", "", ""], ["负责人（签字）：", "", "张三", "", "", ""], ["填报日期：2026.7.2"]),
        *(["注：1.学历填写最高学历；2.入党时间填写到月。"], ["填表说明：本表一式两份"], ["备注：无"]),
        *(["说明：", "", "按最高学历填写", "", "", ""], ["填报单位（盖章）：", "", "", "", "", "2026年7月2日"]),
        *(["以上情况属实，特此说明。"], ["", "", "以上人员均已公示无异议", "", "", ""]),
        *(HEAD, [9.0, "", "", "", "", ""], ["", "石华堰村", "", "", "", ""], [9.0, "石华堰村", "", "", "村委会主任（空缺）", ""]),
    ],
)  # fmt: skip
def test_rows_around_the_people_are_none(frame: Sequence[Scalar]) -> None:
    (table,) = tables(HEAD, person("张三"), frame, person("李四"))

    assert names(table) == ["张三", "李四"]


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "王𬭎",
        "买买提·艾力",
        "Li Ming",
        "张三（女）",
        "白\ue863平",
        "李？",
        "张三3",
        "⿱鳥甲文华",
        "王　五",
        "仇",
        "",
        "名世民",
        "共青团",
    ],
)
def test_no_person_is_lost_for_an_unusual_name(name: str) -> None:
    (table,) = tables(HEAD, person("张三"), person(name), person("李四"))

    assert len(table.rows) == 3


@pytest.mark.parametrize("remark", ["负责人：李四", "合计12年", "审核人", "注：兼职", "2021/1/1 0:00"])
def test_no_person_is_lost_for_words_of_other_cells(remark: str) -> None:
    head = ["姓名", "性别", "备注", "村"]

    (table,) = tables(head, ["王𬭎", "男", remark, "石华堰村"], ["张三", "男", remark, "石华堰村"])

    assert names(table) == ["王𬭎", "张三"]


def test_a_repeated_heading_goes_on_with_the_table_above() -> None:
    (table,) = tables(HEAD, person("张三"), ["", "小计", "1人"], HEAD, person("李四"))

    assert names(table) == ["张三", "李四"]


def test_another_heading_begins_another_table_with_the_titles_between() -> None:
    first, second = tables(
        HEAD, person("张三"), [], ["监委会成员名单"], ["姓名", "民族", "监委会职务"], ["王五", "汉", "主任"]
    )

    assert (names(first), names(second)) == (["张三"], ["王五"])
    assert second.titles == ("监委会成员名单",)


def test_tables_beside_each_other_are_two() -> None:
    first, second = tables(
        (*HEAD, *HEAD), (*person("张三"), *person("李四")), (*person("王五"), *[""] * 6), ["合计", "", "3人"]
    )

    assert (names(first), names(second)) == (["张三", "王五"], ["李四"])


def test_a_village_above_its_people_is_a_line() -> None:
    (table,) = tables(HEAD, ["石华堰村"], person("张三"), ["", "小石桥村（3人）"], person("李四"))

    assert table.lines == {1: "石华堰村", 3: "小石桥村（3人）"}
    assert names(table) == ["张三", "李四"]


def test_a_name_alone_is_a_row_and_a_line_since_it_may_be_either() -> None:
    (table,) = tables(["姓名", "性别", "职务"], ["石华堰", "", ""], ["张三", "男", "书记"])

    assert table.rows == (1, 2)
    assert table.lines == {1: "石华堰"}


def test_merged_cells_stand_for_all_their_rows() -> None:
    rows = (HEAD, person("张三"), person("李四", village=""), person("王五", village=""))

    (table,) = tables(*rows, merged=[(1, 1, 2, 1)])

    assert [table.cells(row)[1] for row in table.rows] == ["石华堰村", "石华堰村", None]


def test_a_column_written_once_a_group_stands_for_the_rows_below() -> None:
    villages = ("石华堰村", "", "", "小石桥村", "", "九佛岗村")

    (table,) = tables(HEAD, *(person(f"张{i}", village=village) for i, village in enumerate(villages)))

    assert [table.cells(row)[1] for row in table.rows] == [*["石华堰村"] * 3, *["小石桥村"] * 2, "九佛岗村"]


def test_an_empty_cell_of_a_column_that_repeats_its_village_stays_empty() -> None:
    villages = ("石华堰村", "石华堰村", "", "小石桥村")

    (table,) = tables(HEAD, *(person(f"张{i}", village=village) for i, village in enumerate(villages)))

    assert table.cells(table.rows[2])[1] is None


def test_rows_of_one_merged_name_go_on_with_the_person() -> None:
    rows = (HEAD, person("张三"), ("", "", "", "", "村委会主任", ""), person("李四"))

    (table,) = tables(*rows, merged=[(1, 2, 2, 2)])

    assert names(table) == ["张三", "李四"]
    assert table.continued == {1: (2,)}


def test_columns_taken_otherwise_are_grouped_otherwise() -> None:
    (table,) = tables(
        ("姓名", "性别", "职务", "驻地"), ("张三", "男", "书记", "石华堰村"), ("李四", "男", "主任", "")
    )
    columns = (*table.columns[:3], HEADINGS.column(3, ["村"]))

    assert [table.cells(row)[3] for row in with_columns(table, columns, HEADINGS).rows] == ["石华堰村", None]
    assert [with_columns(table, columns, HEADINGS).cells(row)[3] for row in table.rows] == [
        "石华堰村",
        "石华堰村",
    ]


def test_a_short_row_is_as_long_as_the_heading() -> None:
    (table,) = tables(HEAD, (1.0, "石华堰村", "张三", "男"))

    assert list(table.cells(1)) == [1.0, "石华堰村", "张三", "男", None, None]


def test_a_sheet_without_a_heading_has_no_table() -> None:
    assert tables(["填表说明"], ["一、学历填最高学历"], ["张三", "男", "书记"]) == []
    assert tables() == []


def test_a_list_of_divisions_is_found_by_its_column_of_names() -> None:
    (table,) = find_tables(
        sheet(["代码", "名称", "上级"], ["421081001001", "桥南居委会", "421081001000"]), Headings(DIVISION)
    )

    assert [c.field for c in table.columns] == ["code", "name", "parent"]
    assert table.rows == (1,)
