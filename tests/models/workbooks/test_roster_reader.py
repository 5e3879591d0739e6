"""Reading rosters: values, doubts, where a village is told, what one field decides about another."""

from __future__ import annotations

import pytest

from desktop.models.domain.posts import PartyForm, Post
from desktop.models.domain.reading import Scalar
from desktop.models.workbooks.headings import ROW_ID_HEADING
from desktop.models.workbooks.roster_reader import (
    ImportedRow,
    ImportReading,
    RosterReader,
    learnt_headings,
    party_forms,
    posts_of,
)
from tests.builders import (
    TODAY,
    code_of,
    division_names,
    divisions,
    doubts,
    identity,
    read,
    read_row,
    read_table,
    reported,
    sheet,
)

MAN = identity("1985-10", sex="男")


def villages(reading: ImportReading) -> list[str | None]:
    """The village of each row."""
    return [str(told) if (told := reported(row)["village"]) else None for row in reading.rows]


def posts(row: ImportedRow) -> list[Post]:
    """The posts of a row."""
    return [held.post for held in posts_of(row)]


# one field about another


def test_october_is_settled_by_the_identity_number_without_a_doubt() -> None:
    row = read_row(出生年月=1985.1, 身份证号=MAN)

    assert (row.values["birth"], row.problems) == ("1985-10", ())


def test_january_is_settled_too() -> None:
    row = read_row(出生年月=1985.1, 身份证号=identity("1985-01"))

    assert (row.values["birth"], row.problems) == ("1985-01", ())


@pytest.mark.parametrize("number", [identity("1985-03"), "", "421099198510010018"])
def test_october_that_nothing_settles_is_a_problem(number: str) -> None:
    row = read_row(出生年月=1985.1, 身份证号=number)

    assert "birth" not in row.values
    assert "birth" in {problem.field for problem in row.problems}


def test_october_is_settled_by_the_number_format_of_the_cell() -> None:
    cells: list[Scalar] = ["石华堰村", "张三", 1985.1]

    (row,) = read_table(["村", "姓名", "出生年月"], cells, shown={(1, 2): "1985.10"}).rows

    assert row.values["birth"] == "1985-10"


def test_no_identity_number_settles_another_month() -> None:
    row = read_row(任现职时间=2018.1, 身份证号=MAN)

    assert doubts(row) == {(2, "post_since")}


def test_a_birth_that_differs_from_the_number_is_kept_and_pointed_out() -> None:
    row = read_row(出生年月="1985.11", 身份证号=MAN)

    assert row.values["birth"] == "1985-11"
    assert [(p.field, p.kept) for p in row.problems] == [("birth", True)]


def test_a_sex_that_contradicts_the_number_is_left_out() -> None:
    row = read_row(性别="女", 身份证号=MAN)

    assert "sex" not in row.values
    assert row.values["id_number"] == MAN
    assert [(p.field, p.value, p.kept) for p in row.problems] == [("sex", "女", False)]


def test_a_wrong_number_contradicts_nothing() -> None:
    assert doubts(read_row(性别="女", 出生年月="1985.01", 身份证号=MAN[:-1])) == {(2, "id_number")}


def test_months_that_contradict_each_other_are_kept_and_pointed_out() -> None:
    row = read_row(出生年月="1985.07", 入党时间="1980.01", 任现职时间="1979.01")

    assert (row.values["party_joined"], row.values["post_since"]) == ("1980-01", "1979-01")
    assert {(p.field, p.kept) for p in row.problems} == {("party_joined", True), ("post_since", True)}


def test_import_fills_nothing_from_the_identity_number() -> None:
    row = read_row(身份证号=MAN)

    assert {"birth", "sex"}.isdisjoint(row.values)
    assert row.problems == ()


def test_the_higher_of_two_educations_is_the_education_and_both_are_kept() -> None:
    row = read_row(全日制学历="中专", 在职学历="大专")

    assert [row.values[name] for name in ("education", "education_full_time", "education_in_service")] == [
        "31",
        "41",
        "31",
    ]


def test_an_empty_column_of_the_highest_education_stays_empty_beside_a_split_one() -> None:
    assert "education" not in read_row(学历="", 全日制学历="大专", 在职学历="本科").values
    assert read_row(学历="高中", 全日制学历="高中", 在职学历="本科").values["education"] == "21"


def test_a_column_that_is_not_split_is_the_highest_education_alone() -> None:
    assert {"education_full_time", "education_in_service"}.isdisjoint(read_row(学历="大专").values)


def test_a_phone_used_twice_is_no_problem() -> None:
    head, row = ["村", "姓名", "电话"], ["石华堰村", "张三", "19900000001"]

    assert read_table(head, row, ["石华堰村", "李四", "19900000001"]).problems == ()


def test_empty_cells_are_no_problems_and_no_values() -> None:
    row = read_row(
        性别="", 民族=None, 出生年月=" ", 政治面貌="—", 学历="/", 职务="无", 身份证号="", 联系电话="　"
    )

    assert row.problems == ()
    assert {"sex", "birth", "education", "posts", "id_number", "phone"}.isdisjoint(row.values)


def test_a_second_column_of_a_field_tells_where_the_first_is_silent() -> None:
    rows = (
        ["村", "姓名", "手机", "联系电话"],
        ["石华堰村", "张三", "", "19900000001"],
        ["石华堰村", "李四", "19900000002", "19900000003"],
    )

    assert [row.values["phone"] for row in read_table(*rows).rows] == ["19900000001", "19900000002"]


def test_the_stage_on_the_way_into_the_party_is_kept_beside_the_status() -> None:
    row = read_row(政治面貌="积极分子")

    assert (row.values["political_status"], row.values["party_stage"]) == ("13", "入党积极分子")


# posts


@pytest.mark.parametrize("tick", ["√", "✓", "1", 1.0, "是", "●", True, " √ "])
def test_a_tick_is_the_post_of_its_column(tick: Scalar) -> None:
    assert posts(read_row(党支部书记=tick, 村委会主任="", 监委会主任="×")) == [Post.PARTY_SECRETARY]


@pytest.mark.parametrize("no", ["", "×", "否", "0", 0.0, False, "—"])
def test_what_is_no_tick_is_no_post(no: Scalar) -> None:
    row = read_row(党支部书记=no, 村委会主任="√")

    assert (posts(row), row.problems) == ([Post.COMMITTEE_HEAD], ())


def test_words_in_a_ticked_column_are_asked_about() -> None:
    assert doubts(read_row(党支部书记="待定")) == {(2, "posts")}


def test_posts_of_several_columns_are_one_persons() -> None:
    row = read_row(党组织职务="委员", 村委会职务="委员", 监委会职务="")

    assert posts(row) == [Post.PARTY_MEMBER, Post.COMMITTEE_MEMBER]
    assert row.problems == ()


def test_a_supporting_post_alone_is_no_problem() -> None:
    row = read_row(职务="文书")

    assert (posts(row), row.problems) == ([Post.SUPPORTING], ())


def test_the_village_before_a_post_is_no_part_of_it_even_where_it_is_unknown() -> None:
    known, unknown = read_row(职务="石华堰村党支部书记"), read_row(村="石桥畈村", 职务="石桥畈村党支部书记")

    assert posts(known) == posts(unknown) == [Post.PARTY_SECRETARY]
    assert doubts(unknown) == {(2, "village")}


def test_posts_below_a_merged_name_are_that_persons() -> None:
    rows = (["村", "姓名", "职务"], ["石华堰村", "张三", "党支部书记"], ["", "", "村委会主任"])

    (row,) = read_table(*rows, merged=[(1, 1, 2, 1)]).rows

    assert posts(row) == [Post.PARTY_SECRETARY, Post.COMMITTEE_HEAD]
    assert row.written("posts") == "党支部书记、村委会主任"


# where


def test_the_township_may_stand_in_the_title_alone() -> None:
    (row,) = read_table(["高基庙镇花名册"], ["村", "姓名", "性别"], ["江波渡", "张三", "男"]).rows

    assert reported(row)["village"] == "江波渡村委会"


def test_a_name_in_two_townships_without_the_township_is_a_problem() -> None:
    reading = read_table(["村", "姓名", "性别"], ["江波渡", "张三", "男"])

    assert doubts(reading) == {(2, "village")}


def test_a_village_of_another_township_is_a_problem() -> None:
    row = read_row(乡镇="调关镇")

    assert doubts(row) == {(2, "village")}
    assert reported(row)["township"] == "调关镇"
    assert not row.applicable


def test_a_township_in_the_village_cell_that_is_not_the_rows_is_a_problem() -> None:
    assert doubts(read_row(村="调关镇石戈垸村")) == {(2, "village")}


def test_an_unknown_township_is_a_problem_and_the_village_is_read_all_the_same() -> None:
    row = read_row(乡镇="桃花镇")

    assert doubts(row) == {(2, "township")}
    assert reported(row)["village"] == "石华堰村委会"


def test_an_unknown_village_is_a_problem_and_the_rest_of_the_row_stays() -> None:
    row = read_row(村="石桥畈村", 性别="男", 职务="村委会委员")

    assert doubts(row) == {(2, "village")}
    assert (reported(row)["township"], reported(row)["sex"], posts(row)) == (
        "桃花山镇",
        "男",
        [Post.COMMITTEE_MEMBER],
    )


def test_a_missing_village_is_a_problem() -> None:
    assert doubts(read_table(["姓名", "性别", "职务"], ["张三", "男", "书记"])) == {(2, "village")}


def test_a_village_told_by_the_title_holds_for_rows_that_leave_it_empty() -> None:
    rows = (
        ["石华堰村花名册"],
        ["村", "姓名", "性别"],
        ["石华堰村", "张三", "男"],
        ["石华堰村", "李四", "男"],
        ["", "王五", "男"],
    )

    reading = read_table(*rows)

    assert villages(reading) == ["石华堰村委会"] * 3
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("大垸镇四岭子村村干部一览表", "Sheet1"),
        ("大垸镇村干部一览表", "四岭子"),
        ("村干部一览表", "大垸镇四岭子村"),
        ("单位：四岭子村", "1"),
    ],
)
def test_the_village_of_a_sheet_may_stand_in_its_title_or_name(title: str, name: str) -> None:
    reading = read_table([title], ["姓名", "性别", "职务"], ["张三", "男", "书记"], name=name)

    assert villages(reading) == ["四岭子村委会"]


def test_a_name_of_a_sheet_is_settled_by_the_township_of_its_title() -> None:
    reading = read_table(["久合垸乡花名册"], ["姓名", "性别", "职务"], ["张三", "男", "书记"], name="江波渡")

    assert villages(reading) == ["江波渡居委会"]


def test_a_file_without_sheets_may_be_named_after_its_village() -> None:
    rows = (["姓名", "性别", "职务"], ["张三", "男", "书记"])

    assert villages(read(sheet(*rows, name=""), file="石华堰村.csv")) == ["石华堰村委会"]
    assert villages(read(sheet(*rows), file="石华堰村.xlsx")) == [None]


def test_sheets_do_not_tell_of_each_other() -> None:
    head, row = ["姓名", "性别", "职务"], ["张三", "男", "书记"]

    assert villages(read(sheet(["石华堰村"], head, row), sheet(head, row))) == ["石华堰村委会", None]


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("band", ["石华堰村", "一、石华堰村", "石华堰村（2人）", "桃花山镇石华堰村党支部："])
def test_a_line_above_people_tells_their_village(band: str, merged: bool) -> None:
    first: list[list[Scalar]] = [[band, "", "", ""], [1.0, "张三", "男", "书记"]]
    second: list[list[Scalar]] = [["小石桥村", "", "", ""], [2.0, "李四", "男", "书记"]]
    ranges = [(2, 0, 2, 3), (4, 0, 4, 3)] if merged else []

    reading = read_table(["桃花山镇花名册"], ["序号", "姓名", "性别", "职务"], *first, *second, merged=ranges)

    assert villages(reading) == ["石华堰村委会", "小石桥村委会"]
    assert reading.problems == ()


def test_a_bare_village_in_the_column_of_names_is_nobody() -> None:
    reading = read_table(
        ["姓名", "性别", "职务"], ["石华堰", "", ""], ["张三", "男", "书记"], ["李四", "", ""]
    )

    assert [row.values["name"] for row in reading.rows] == ["张三", "李四"]
    assert villages(reading) == ["石华堰村委会"] * 2


def test_a_village_goes_on_below_a_repeated_heading() -> None:
    head: list[Scalar] = ["序号", "姓名", "性别", "职务"]
    rows: list[list[Scalar]] = [
        head,
        ["石华堰村"],
        [1.0, "张三", "男", "书记"],
        head,
        [2.0, "李四", "男", "主任"],
    ]

    assert villages(read_table(*rows)) == ["石华堰村委会"] * 2


def test_tables_below_each_other_have_each_its_own_village() -> None:
    head: list[Scalar] = ["序号", "姓名", "性别", "职务"]
    first: list[list[Scalar]] = [["石华堰村"], head, [1.0, "张三", "男", "书记"], []]
    second: list[list[Scalar]] = [["小石桥村花名册"], head, [1.0, "李四", "男", "书记"]]

    assert villages(read_table(*first, *second)) == ["石华堰村委会", "小石桥村委会"]


def test_a_second_table_without_a_title_is_of_the_village_of_the_first() -> None:
    rows = (
        ["石华堰村"],
        ["姓名", "性别", "职务"],
        ["张三", "男", "书记"],
        ["姓名", "民族", "监委会职务"],
        ["李四", "汉", "主任"],
    )

    reading = read_table(*rows)

    assert villages(reading) == ["石华堰村委会"] * 2
    assert posts(reading.rows[1]) == [Post.SUPERVISORY_HEAD]


# rows that are not applied


def test_a_missing_name_is_a_problem_and_the_row_is_read() -> None:
    row = read_row(姓名="", 性别="男", 职务="书记")

    assert doubts(row) == {(2, "name")}
    assert not row.applicable
    assert posts(row) == [Post.PARTY_SECRETARY]


def test_a_private_character_leaves_the_name_out() -> None:
    row = read_row(姓名="白\ue863平")

    assert doubts(row) == {(2, "name")}
    assert "name" not in row.values


def test_a_problem_tells_file_sheet_row_column_value_and_advice() -> None:
    reading = read_table(["大垸镇"], ["村", "姓名", "性别"], ["四岭子村", "张三", "不详"], name="表一")

    (problem,) = reading.problems
    assert (problem.file, problem.sheet, problem.row, problem.field, problem.value, problem.kept) == (
        *("花名册.xlsx", "表一", 3, "sex", "不详"),
        False,
    )
    assert "请改成规范写法" in problem.message


def test_a_sheet_without_people_is_left_beside_one_that_has_them() -> None:
    people = sheet(["村", "姓名", "性别"], ["石华堰村", "张三", "男"])
    notes = sheet(["填表说明"], ["一、姓名按身份证填写，学历填最高学历"])

    assert read(people, notes).problems == ()


@pytest.mark.parametrize("rows", [(["张三", MAN],), (["姓名", "住址"], ["张三", "一组"])])
def test_a_sheet_of_people_without_a_heading_is_told(rows: tuple[list[Scalar], ...]) -> None:
    people = sheet(["村", "姓名", "性别"], ["石华堰村", "张三", "男"])

    (problem,) = read(people, sheet(*rows, name="表二")).unread

    assert (problem.sheet, problem.message) == (
        "表二",
        "这张表里没有找到认得的表头（要有“姓名”，认得的列不少于 3 列），没有读。",
    )


def test_a_file_without_any_table_is_told() -> None:
    assert len(read_table(["填表说明"]).unread) == 1


# our own export


def test_the_hidden_row_id_is_read() -> None:
    assert read_row(**{ROW_ID_HEADING: "p-1"}).values["row_id"] == "p-1"


def test_numbers_masked_by_our_own_export_say_nothing() -> None:
    row = read_row(**{ROW_ID_HEADING: "p-1", "身份证号": "421099********0012", "联系电话": "199****0001"})

    assert row.problems == ()
    assert {"id_number", "phone"}.isdisjoint(row.values)


def test_numbers_that_others_masked_are_problems() -> None:
    assert doubts(read_row(身份证号="421099********0012", 联系电话="199****0001")) == {
        (2, "id_number"),
        (2, "phone"),
    }


# by hand


def test_a_column_is_taken_for_what_a_person_says() -> None:
    page = sheet(["村", "姓名", "性别", "籍贯地"], ["石华堰村", "张三", "男", "湖北石首"])
    reader = RosterReader(division_names(), TODAY)
    column = reader.read("a.xlsx", [page]).tables[0].columns[3]

    mapped = reader.read("a.xlsx", [page], {column.id: "native_place"})

    assert column.field is None
    assert mapped.rows[0].values["native_place"] == "湖北石首"
    assert mapped.tables[0].columns[3].samples == ("湖北石首",)
    assert learnt_headings(mapped, {column.id: "native_place"}) == {"籍贯地": "native_place"}


def test_what_a_person_said_is_remembered_by_heading() -> None:
    reader = RosterReader(division_names(), TODAY, {"籍贯地": "native_place", "性别": None})

    (row,) = reader.read(
        "a.xlsx", [sheet(["村", "姓名", "籍贯地", "性别"], ["石华堰村", "张三", "石首", "男"])]
    ).rows

    assert row.values["native_place"] == "石首"
    assert "sex" not in row.values


def correct(row: ImportedRow, *corrections: tuple[str, str]) -> ImportedRow:
    """The row with some cells written otherwise."""
    reader = RosterReader(division_names(), TODAY)
    for name, text in corrections:
        row = reader.correct(row, name, text)
    return row


def test_a_corrected_cell_is_read_again_with_the_rest_of_its_row() -> None:
    row = correct(read_row(性别="女", 身份证号=MAN), ("sex", "男"))

    assert (row.values["sex"], row.values["id_number"], row.problems) == ("1", MAN, ())
    assert row.written("sex") == "男"


def test_corrections_add_up_and_may_be_of_fields_without_a_column() -> None:
    row = correct(
        read_row(村="石桥畈村", 职务="片长"),
        ("village", "小石桥村"),
        ("posts", "村委会委员"),
        ("phone", "19900000001"),
    )

    assert row.problems == ()
    assert (reported(row)["village"], posts(row), row.values["phone"]) == (
        "小石桥村委会",
        [Post.COMMITTEE_MEMBER],
        "19900000001",
    )


def test_correcting_posts_replaces_all_their_columns() -> None:
    ticked = correct(read_row(党支部书记="√", 村委会主任="待定"), ("posts", "支委"))
    split = correct(read_row(党组织职务="片长", 村委会职务="委员"), ("posts", "支委、村委"))

    assert (posts(ticked), ticked.problems) == ([Post.PARTY_MEMBER], ())
    assert (posts(split), split.problems) == ([Post.PARTY_MEMBER, Post.COMMITTEE_MEMBER], ())


def test_another_cell_corrected_leaves_posts_below_a_merged_name() -> None:
    rows = (
        ["村", "姓名", "性别", "职务"],
        ["石华堰村", "张三", "无", "党支部书记"],
        ["", "", "", "村委会主任"],
    )
    (row,) = read_table(*rows, merged=[(1, 1, 2, 1)]).rows

    assert posts(correct(row, ("sex", "男"))) == [Post.PARTY_SECRETARY, Post.COMMITTEE_HEAD]


def test_what_is_written_is_told_as_the_file_has_it() -> None:
    row = read_row(姓名="张 三", 职务="书记，主任", 出生年月=1985.1, 党组织职务="委员")

    assert [row.written(name) for name in ("name", "posts", "birth", "phone")] == [
        "张 三",
        "书记，主任、委员",
        "1985.1",
        "",
    ]


# what is learnt


def test_the_form_of_a_party_body_is_told_where_rows_agree() -> None:
    rows = [
        ["村", "姓名", "职务"],
        ["石华堰村", "张三", "党总支书记"],
        ["石华堰村", "李四", "支委"],
        ["小石桥村", "王五", "党支部书记"],
    ]

    forms = party_forms(read_table(*rows).rows)

    assert forms == {
        code_of("石华堰村委会"): PartyForm.GENERAL_BRANCH,
        code_of("小石桥村委会"): PartyForm.BRANCH,
    }


def test_every_row_has_the_township_of_its_village() -> None:
    (row,) = read_table(["村", "姓名", "性别"], ["石华堰村", "张三", "男"]).rows

    assert divisions()[str(row.values["township_code"])].name == "桃花山镇"
