"""Workbooks of the new sector as offices send them, and our own exports again."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from desktop.models.domain.credit_code import credit_check_character
from desktop.models.registers.roster import RosterQuery
from desktop.models.services.register_importing import RegisterPlan
from desktop.models.workbooks.plan import Outcome
from desktop.models.workbooks.sheets import Sheet
from desktop.office import Office
from tests.models.workbooks.files import by_xlsxwriter, by_xlwt
from tests.offices import TODAY, opened, workbook

ALL = RosterQuery(on=TODAY)
RECOMMENDED = (
    *("序号", "组织名称", "统一社会信用代码", "类型", "行业", "所属行业党委", "地址", "负责人/电话/政治面貌"),
    *(
        "从业人数",
        "党员数（正式/预备）",
        "流动党员",
        "党组织名称",
        "组建方式",
        "成立时间",
        "批准文号",
        "书记/电话",
    ),
    *("党建指导员（派出单位）", "8+N等级及日期", "品牌", "未建原因", "备注"),
)


def credit_code(number: int) -> str:
    first_17 = f"91421099MA{number:07d}"
    return first_17 + credit_check_character(first_17)


BRANCH = (
    "禾汀联合党支部",
    "联合",
    "2023.05",
    "石组批〔2023〕5 号",
    "李芳 19900000002",
    "王强（市税务局）",
    "",
)
ROWS: tuple[tuple[object, ...], ...] = (
    (
        *(1, "禾汀纺织有限公司", credit_code(1), "非公企业", "纺织", "园区企业党委", "兴业路 1 号"),
        *("张建国/19900000001/中共党员", 60, "5/1", 2, *BRANCH, "红色车间", None, None),
    ),
    (
        *(2, "岚湄商行", credit_code(2), "新业态", "零售", "个体协党委", "兴业路 2 号"),
        *("王小明\n19900000003", 8, "1/0", 0, *BRANCH, "", None, None),
    ),
    (
        *(3, "棠岑服务中心", credit_code(3), "民非", "服务", None, "兴业路 3 号"),
        *("赵云", 8, "0", 0, "未建", "", "", "", "", "", "", "", "党员不足", None),
    ),
)


def plan(office: Office, register: str, path: Path) -> RegisterPlan:
    return office.register_imports.plan(register, office.register_imports.read(register, [path]), TODAY)


def take(office: Office, register: str, path: Path) -> RegisterPlan:
    """Take a workbook in; the plan of taking it in again, which should do nothing."""
    rows = office.register_imports.read(register, [path])
    office.register_imports.apply(register, rows, TODAY, path.name)
    return plan(office, register, path)


def told(office: Office, register: str) -> list[dict[str, str]]:
    """Every line as shown, by column; empty cells left out."""
    service = office.registers[register]
    lines = service.rows(service.keys(ALL), TODAY)
    shown = [{f.name: service.text(line, f.name, whole=True) for f in service.fields} for line in lines]
    return [{name: text for name, text in line.items() if text} for line in shown]


def by_name(office: Office, register: str = "organization") -> dict[str, dict[str, str]]:
    return {line["name"]: line for line in told(office, register)}


def test_the_recommended_ledger_is_taken_in_with_its_joint_branch_once(
    office: Office, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "两新.xlsx", RECOMMENDED, ROWS, title="东升镇两新组织台账")

    assert plan(office, "organization", path).counts == {Outcome.NEW: 3}
    again = take(office, "organization", path)

    units = by_name(office)
    first = units["禾汀纺织有限公司"]
    assert (first["credit_code"], first["kind"], first["industry_committee"]) == (
        credit_code(1),
        "非公企业",
        "园区企业党委",
    )
    assert (first["head"], first["head_phone"], first["head_political_status"]) == (
        "张建国",
        "19900000001",
        "中共党员",
    )
    assert (first["full_members"], first["probationary_members"], first["floating_members"]) == (
        "5",
        "1",
        "2",
    )
    assert (first["secretary"], first["secretary_phone"]) == ("李芳", "19900000002")
    assert (first["instructor"], first["instructor_unit"]) == ("王强", "市税务局")
    assert (units["岚湄商行"]["head"], units["岚湄商行"]["head_phone"]) == ("王小明", "19900000003")
    assert units["岚湄商行"]["brand"] == "红色车间"  # the branch's, whoever says it
    assert units["棠岑服务中心"]["kind"] == "社会组织"
    assert "branch" not in units["棠岑服务中心"]  # 未建 is no name
    (branch,) = told(office, "party_branch")
    assert (branch["form"], branch["founded"], branch["units"], branch["members"]) == (
        "联合组建",
        "2023.05",
        "2",
        "6",
    )
    assert [line["units"] for line in told(office, "instructor")] == ["2"]
    assert again.counts == {Outcome.SAME: 3}


def test_it_is_one_change_set_that_is_taken_back_at_once(office: Office, tmp_path: Path) -> None:
    take(office, "organization", workbook(tmp_path / "两新.xlsx", RECOMMENDED, ROWS))

    assert office.history.recent(1)[0].why == "导入两新组织台账：3 行"
    office.history.undo()
    assert told(office, "organization") == told(office, "party_branch") == told(office, "instructor") == []


@pytest.mark.parametrize("number", [9.1421099e17, "9.14E+17"])
def test_a_credit_code_that_was_a_number_is_left_out_with_words(
    office: Office, tmp_path: Path, number: object
) -> None:
    headings = ("序号", "单位名称", "统一社会信用代码", "类型")
    path = workbook(tmp_path / "数字.xlsx", headings, [(1, "禾汀纺织有限公司", number, "非公企业")])

    (line,) = plan(office, "organization", path).lines

    assert line.outcome is Outcome.NEW
    assert "改为“文本”" in line.problems["credit_code"]
    take(office, "organization", path)
    assert "credit_code" not in by_name(office)["禾汀纺织有限公司"]


def test_an_old_ledger_that_names_no_branch_gives_it_the_units_name_and_says_so(
    office: Office, tmp_path: Path
) -> None:
    headings = ("单位名称", "党员数", "职工数", "是否建党组织", "建立方式", "书记姓名", "活动场所", "面积")
    rows = [
        ("禾汀纺织有限公司", 5, 60, "是", "单独", "张建国", "有", 40),
        ("岚湄商行", 1, 8, "否", None, None, None, None),
        ("棠岑商行", 3, 9, "是", None, None, None, None),
    ]
    path = workbook(tmp_path / "单机台账.xlsx", headings, rows)

    remarks = [line.remark for line in plan(office, "organization", path).lines]
    again = take(office, "organization", path)

    assert remarks == [
        "没有写党组织名称，新记的党组织叫“禾汀纺织有限公司党支部”，请核对。",
        "",
        "党组织“棠岑商行党支部”只知道有，请补组建方式、成立时间和书记。",
    ]
    units = by_name(office)
    assert units["禾汀纺织有限公司"]["secretary"] == "张建国"
    assert units["禾汀纺织有限公司"]["form"] == "单独组建"
    assert [units[name]["has_branch"] for name in units] == [
        "是" if name != "岚湄商行" else "否" for name in units
    ]
    assert again.counts == {Outcome.SAME: 3}


MEMBER_COUNTS = (
    *("full_time_members", "part_time_members", "probationary_members"),
    *("development_targets", "activists", "applicants"),
)


def survey() -> Sheet:
    """摸底表: headings of three levels, units of two townships."""
    top: tuple[str, ...] = (
        "序号",
        "组织名称",
        "所属乡镇",
        "创办时间",
        "主营业务",
        "年产值（万元）",
        "状态",
        "类型",
        "从业人数",
        "党员人数",
    )
    top += ("负责人", "负责人身份")
    width = len(top)
    rows = (
        (*top, "覆盖情况", *(None,) * 7),
        (*(None,) * width, "党组织", *(None,) * 4, "工作覆盖", None, "未覆盖"),
        (*(None,) * width, "名称", "成立时间", "组建方式", "书记", "电话", "指导员", "手机", None),
        (
            *(
                "1",
                "禾汀纺织有限公司",
                "东升镇",
                "2015.03",
                "棉纱",
                "1,250.5",
                "正常",
                "非公企业",
                "60",
                "5",
                "张建国",
            ),
            *(
                "中共党员",
                "禾汀党支部",
                "2020.05",
                "单独",
                "李芳",
                "19900000001",
                "王强",
                "19900000002",
                None,
            ),
        ),
        (
            *(
                "2",
                "岚湄商行",
                "桃花山镇",
                "2018.03",
                "零售",
                "80万元",
                "正常",
                "个体工商户",
                "6",
                "0",
                "李建国",
            ),
            *("市人大代表", None, None, None, None, None, "王强", "19900000002", "√"),
        ),
    )
    merged = (
        *((0, column, 2, column) for column in range(width)),
        *((0, width, 0, width + 7), (1, width, 1, width + 4)),
        *((1, width + 5, 1, width + 6), (1, width + 7, 2, width + 7)),
    )
    return Sheet(name="摸底表", rows=rows, merged=merged)


@pytest.mark.parametrize(("write", "name"), [(by_xlsxwriter, "摸底.xlsx"), (by_xlwt, "摸底.xls")])
def test_a_survey_of_a_city_is_taken_in_with_its_three_levels_of_headings(
    tmp_path: Path, write: object, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(write([survey()]))  # type: ignore[operator]  # a Write
    with opened(tmp_path / "city", level="city") as office:
        again = take(office, "organization", path)

        units = by_name(office)
        first, second = units["禾汀纺织有限公司"], units["岚湄商行"]
        assert (first["township"], second["township"]) == ("东升镇", "桃花山镇")
        assert (first["branch"], first["founded"], first["form"]) == ("禾汀党支部", "2020.05", "单独组建")
        assert (first["secretary"], first["secretary_phone"]) == ("李芳", "19900000001")
        assert (first["established"], first["employees"], first["full_members"]) == ("2015.03", "60", "5")
        assert (first["main_business"], first["output"], second["output"]) == ("棉纱", "1250.5", "80")
        # 负责人身份 may be a political status, or anything else
        assert (first["head_political_status"], first.get("head_identity")) == ("中共党员", None)
        assert (second.get("head_political_status"), second["head_identity"]) == (None, "市人大代表")
        assert second["kind"] == "非公企业"
        assert [line["units"] for line in told(office, "instructor")] == ["2"]  # one person in two townships
        assert again.counts == {Outcome.SAME: 2}


def test_two_levels_of_party_members_are_two_columns(office: Office, tmp_path: Path) -> None:
    rows = (
        ("序号", "组织名称", "类型", "党员数", None, None),
        (None, None, None, "正式", "预备", "流动"),
        ("1", "禾汀纺织有限公司", "非公企业", "5", "1", "2"),
    )
    merged = (*((0, column, 1, column) for column in range(3)), (0, 3, 0, 5))
    path = tmp_path / "党员.xlsx"
    path.write_bytes(by_xlsxwriter([Sheet(name="台账", rows=rows, merged=merged)]))

    take(office, "organization", path)

    (line,) = told(office, "organization")
    assert (line["full_members"], line["probationary_members"], line["floating_members"]) == ("5", "1", "2")


def test_social_organisations_bring_their_branch_and_what_it_belongs_to(
    office: Office, tmp_path: Path
) -> None:
    headings = (
        *("社会组织名称", "登记证号", "种类", "法定代表人", "党组织名称", "建制", "党组织成立时间"),
        *(
            "审批文号",
            "隶属",
            "专兼职党员",
            "预备党员",
            "发展对象",
            "积极分子",
            "申请人",
            "未建原因",
            "指导员",
        ),
    )
    rows = [
        (
            *("书法协会", credit_code(7), "社团", "张三", "书法协会党支部", "单独", "2021.06"),
            *("石民批 1 号", "社会组织党委", "2/3", 1, 1, 2, 4, "", "王强"),
        ),
        (
            *("养老服务中心", "石民证字第 12 号", "民非", "李四", "", "", "", "", "社会组织党委"),
            *("", 0, 0, 0, 0, "没有党员", ""),
        ),
    ]
    remarks = [
        line.remark
        for line in plan(office, "organization", workbook(tmp_path / "先看.xlsx", headings, rows)).lines
    ]

    again = take(office, "organization", workbook(tmp_path / "社会组织.xlsx", headings, rows))

    units = by_name(office)
    first = units["书法协会"]
    assert (first["kind"], first["form"], first["approval"]) == ("社会组织", "单独组建", "石民批 1 号")
    assert (first["superior"], first["social_kind"]) == ("社会组织党委", "社会团体")
    assert [first[name] for name in MEMBER_COUNTS] == ["2", "3", "1", "1", "2", "4"]
    second = units["养老服务中心"]
    assert (second["kind"], second["social_kind"]) == ("社会组织", "民办非企业单位")
    assert (second.get("credit_code"), second["registration"]) == (None, "石民证字第 12 号")
    assert second["not_founded_reason"] == "没有党员"
    assert remarks == ["", "没有党组织可以隶属，“隶属党组织”没有记下，请补党组织名称。"]
    assert [line["superior"] for line in told(office, "party_branch")] == ["社会组织党委"]
    assert again.counts == {Outcome.SAME: 2}


def test_instructors_and_their_visits_are_taken_in(office: Office, tmp_path: Path) -> None:
    office.registers["organization"].add({"name": "禾汀纺织有限公司", "instructor": "王强"}, TODAY)
    headings = ("序号", "姓名", "专/兼职", "电话", "所属单位", "职务", "派驻等级", "走访频率")
    people = [
        (1, "王强", "兼", "19900000002", "市税务局", "科员", "县级", "2"),
        (2, "周敏", "专", "19900000009", "镇党建办", "干事", "乡级", "1次/月"),
        (3, "何平", "专", "19900000008", "镇党建办", "干事", "乡级", "每季1次"),
    ]
    file = workbook(tmp_path / "指导员.xlsx", headings, people)
    assert plan(office, "instructor", file).counts == {Outcome.CHANGED: 1, Outcome.NEW: 2}
    assert "每月几次" in plan(office, "instructor", file).lines[2].problems["visits_planned"]
    again = take(office, "instructor", file)
    visits = [
        (1, "2026.05.04", "王强", "禾汀纺织有限公司", "看望", ""),
        (2, "5月9日", "周敏", "禾汀纺织有限公司", "摸底", "解决用工"),
        (3, "2026.05.04", "不认识", "禾汀纺织有限公司", "看望", ""),
    ]
    walked = workbook(
        tmp_path / "走访.xlsx", ("序号", "走访日期", "指导员", "企业名称", "走访内容", "解决问题"), visits
    )
    walked_again = take(office, "visit", walked)

    known = by_name(office, "instructor")
    assert (known["王强"]["unit"], known["王强"]["visits_planned"], known["王强"]["units"]) == (
        "市税务局",
        "2",
        "1",
    )
    assert known["周敏"]["visits_planned"] == "1"
    assert again.counts == {Outcome.SAME: 3}
    assert [line["day"] for line in told(office, "visit")] == ["2026.05.09", "2026.05.04"]
    assert walked_again.counts == {Outcome.SAME: 2, Outcome.REFUSED: 1}
    assert "没有找到指导员“不认识”" in walked_again.lines[2].problems["instructor"]
    assert by_name(office)["禾汀纺织有限公司"]["visits"] == "2"


def test_another_file_changes_the_unit_and_the_branch_behind_it(office: Office, tmp_path: Path) -> None:
    take(office, "organization", workbook(tmp_path / "一.xlsx", RECOMMENDED, ROWS))
    headings = ("组织名称", "从业人数", "党组织名称", "书记")
    later = workbook(tmp_path / "二.xlsx", headings, [("岚湄商行", 12, "禾汀联合党支部", "赵敏")])

    (line,) = plan(office, "organization", later).lines
    take(office, "organization", later)

    assert [(each.label, each.old, each.new) for each in line.changes] == [
        ("从业人数", "8", "12"),
        ("书记", "李芳", "赵敏"),
    ]
    assert {unit.get("secretary") for unit in told(office, "organization")} == {"赵敏", None}
    assert len(told(office, "party_branch")) == 1


def test_our_own_exports_taken_in_again_change_nothing(whole: Office, tmp_path: Path) -> None:
    for register, full in product(("organization", "party_branch", "instructor", "visit"), (True, False)):
        service, out = whole.registers[register], tmp_path / "导出.xlsx"
        fields = [field.name for field in service.fields]
        count = service.export(out, ALL, fields, full_ids=full, reason="核对" if full else None)

        again = plan(whole, register, out)

        assert again.counts == {Outcome.SAME: count}, (register, full)
        assert not any(line.problems for line in again.lines)


def test_an_export_corrected_by_hand_brings_the_corrections_only(office: Office, tmp_path: Path) -> None:
    take(office, "organization", workbook(tmp_path / "一.xlsx", RECOMMENDED, ROWS))
    service, out = office.registers["organization"], tmp_path / "导出.xlsx"
    service.export(out, ALL, ["name", "credit_code", "employees", "secretary"])
    rows = office.register_imports.read("organization", [out])
    corrected = [
        row.corrected("name", "岚湄贸易商行") if row.text("name") == "岚湄商行" else row for row in rows
    ]

    office.register_imports.apply("organization", corrected, TODAY, out.name)

    assert sorted(by_name(office)) == sorted(["禾汀纺织有限公司", "岚湄贸易商行", "棠岑服务中心"])


def test_a_visit_is_not_given_to_an_instructor_whom_nobody_knows(office: Office, tmp_path: Path) -> None:
    office.registers["organization"].add({"name": "禾汀纺织有限公司", "instructor": "王强"}, TODAY)
    visits, out = office.registers["visit"], tmp_path / "走访.xlsx"
    visits.add({"day": "5.4", "instructor": "王强", "organization": "禾汀纺织有限公司"}, TODAY)
    visits.export(out, ALL, ["day", "instructor", "organization", "matter"])
    (row,) = office.register_imports.read("visit", [out])
    corrected = row.corrected("instructor", "不认识").corrected("matter", "看望")

    (line,) = office.register_imports.apply("visit", [corrected], TODAY, out.name).plan.lines

    assert line.problems["instructor"] == "没有找到指导员“不认识”，请核对，或先到指导员台账里登记。"
    (visit,) = told(office, "visit")
    assert (visit["instructor"], visit["matter"]) == ("王强", "看望")
    assert len(told(office, "instructor")) == 1


@pytest.mark.parametrize(
    ("title", "name", "place"),
    [
        ("石首市东升镇两新组织台账", "台账.xlsx", "东升镇"),
        ("两新组织台账", "桃花山镇两新组织.xlsx", "桃花山镇"),
        ("绣林街道桥南社区两新组织摸底表", "台账.xlsx", "桥南社区"),
    ],
)
def test_a_citys_office_takes_the_place_from_the_title_or_the_files_name(
    tmp_path: Path, title: str, name: str, place: str
) -> None:
    path = workbook(
        tmp_path / name, ("单位名称", "党员数", "职工数"), [("禾汀纺织有限公司", 3, 60)], title=title
    )
    with opened(tmp_path / "city", level="city") as office:
        again = take(office, "organization", path)

        assert by_name(office)["禾汀纺织有限公司"]["village"] == place
        assert again.counts == {Outcome.SAME: 1}


def test_a_citys_office_refuses_rows_that_nothing_places(tmp_path: Path) -> None:
    path = workbook(tmp_path / "台账.xlsx", ("单位名称", "党员数", "职工数"), [("禾汀纺织有限公司", 3, 60)])
    with opened(tmp_path / "city", level="city") as office:
        (line,) = plan(office, "organization", path).lines

        assert line.outcome is Outcome.REFUSED
        assert line.problems == {"village": "所在社区或乡镇不能空着，请填写。"}


def test_what_a_file_says_of_a_counted_column_is_named_as_not_read(office: Office, tmp_path: Path) -> None:
    listing = office.registers["organization"].listing
    headings = ("组织名称", "统一社会信用代码", "8+N等级及日期", "本年走访次数")
    graded = workbook(tmp_path / "定级.xlsx", headings, [("禾汀商行", credit_code(9), "A 类 2026.06", "3")])
    plain = workbook(tmp_path / "未定级.xlsx", headings, [("禾汀商行", credit_code(9), "", "")])

    assert plan(office, "organization", graded).unread(listing) == (
        "表里的“本年走访次数”“8+N 等级及日期”由本软件按记录算出，不读入。"
    )
    assert plan(office, "organization", plain).unread(listing) == ""
    take(office, "organization", plain)
    assert "“8+N 等级及日期”" in plan(office, "organization", graded).unread(listing)
