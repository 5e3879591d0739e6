"""What columns are called: the table of domain.md 1.7, levels of headings, and what is none of ours."""

from __future__ import annotations

import pytest

from desktop.models.domain.posts import Committee, Post
from desktop.models.registers.roster import ROSTER
from desktop.models.registers.sector_listings import ORGANIZATIONS
from desktop.models.workbooks.headings import SERIAL, Column, Headings

HEADINGS = Headings(ROSTER)
_CALLED = {
    "township": "乡镇 镇 乡镇（街道） 乡镇办区 街道 所属乡镇 镇（街道、开发区） 乡镇名称",
    "village": (
        "村（社区） 村 村名 村（居） 村社区 行政村 社区 所在村 单位 单位名称 村/社区 村（社区）名称 所在村（社区） 社区（村） 乡镇、村"
    ),
    "name": "姓名 名字 姓名* 姓名： 成员姓名 村干部姓名 两委成员姓名",
    "sex": "性别",
    "ethnic_group": "民族 族别",
    "birth": "出生年月 出生日期 出生时间 出生年月日 生日 出生年月（岁） 出生年月/年龄",
    "political_status": "政治面貌 面貌 是否党员 党派 是否中共党员 是否为党员",
    "party_joined": "入党时间 入党年月 入党日期 加入中国共产党时间 入党（转正）时间",
    "education": "文化程度 学历 最高学历 学历层次 教育程度 学历学位 学历/学位",
    "education_full_time": "第一学历 全日制学历",
    "education_in_service": "在职学历",
    "school_major": "毕业院校及专业 毕业院校系及专业 毕业学校",
    "posts": (
        "职务 现任职务 担任职务 职位 任职情况 党组织职务 党内职务 村委会职务 行政职务 村“两委”职务 村“两委”及监委会职务 监委会职务 职务名称"
    ),
    "post_since": (
        "任职时间 任现职时间 任现职年月 任职年月 起任年月 上任时间 任现职务时间 现任职务时间 担任现职务时间 任职起始时间"
    ),
    "cadre_since": "任村干部起始时间 任村干部时间 首次任村干部时间",
    "id_number": "身份证 身份证号 身份证号码 公民身份号码 公民身份证号 证件号码 居民身份证号码 身份证号（18位）",
    "phone": "联系电话 联系方式 手机 手机号 手机号码 电话 联系电话（手机） 联系电话/手机",
    "native_place": "籍贯",
    "duties": "分管工作 分工",
    "pay": "年报酬 年薪 年报酬（元）",
    "remarks": "备注 说明",
    SERIAL: "序号 编号 NO.",
}


def column(*path: str, left: Column | None = None) -> Column:
    """The column under a heading of some levels."""
    return HEADINGS.column(0, path, left)


@pytest.mark.parametrize(
    ("field", "word"), [(f, word) for f, words in _CALLED.items() for word in words.split()]
)
def test_each_heading_is_its_field(field: str, word: str) -> None:
    assert column(word).field == field
    assert column("\n".join(word)).field == field
    assert column("　".join(word)).field == field


@pytest.mark.parametrize(
    "word",
    [
        *(
            "年龄",
            "出生地",
            "党龄",
            "转正时间",
            "学位",
            "所学专业",
            "原职务",
            "拟任职务",
            "职称",
            "专业技术职务",
            "参加工作时间",
            "离任时间",
        ),
        *(
            "任期",
            "任职年限",
            "配偶姓名",
            "联系人",
            "家庭住址",
            "家庭电话",
            "紧急联系电话",
            "照片",
            "学历证书编号",
            "党员",
            "年报酬（万元）",
            "",
        ),
    ],
)
def test_other_headings_are_left(word: str) -> None:
    assert column(word).field is None


@pytest.mark.parametrize(
    ("word", "field"),
    [
        *(("年产值（万元）", "output"), ("年产值", "output"), ("上年产值(万元)", "output")),
        *(("年产值（元）", None), ("年产值（亿元）", None), ("年利税（万元）", None)),
    ],
)
def test_money_that_a_register_has_in_ten_thousands_is_known_in_no_other_unit(
    word: str, field: str | None
) -> None:
    assert Headings(ORGANIZATIONS.shown).column(0, [word]).field == field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        (("学历", "全日制"), "education_full_time"),
        (("学历", "在职"), "education_in_service"),
        (("全日制教育", "学历学位"), "education_full_time"),
        (("在职教育", "学历"), "education_in_service"),
        (("全日制教育", "毕业院校系及专业"), "school_major"),
        (("任职情况", "党组织", "任职时间"), "post_since"),
        (("联系方式", "手机"), "phone"),
        (("基本情况", "姓名"), "name"),
        (("出生", "年月"), "birth"),
        (("身份证", "号码"), "id_number"),
        (("家庭成员", "姓名"), None),
        (("家庭主要成员", "出生年月"), None),
        (("姓名", "姓名"), "name"),
    ],
)
def test_levels_of_a_heading_are_joined(path: tuple[str, ...], field: str | None) -> None:
    assert column(*path).field == field


@pytest.mark.parametrize(
    ("path", "body"),
    [
        (("党组织职务",), Committee.PARTY),
        (("党内职务",), Committee.PARTY),
        (("村委会职务",), Committee.VILLAGERS),
        (("村（居）委会职务",), Committee.VILLAGERS),
        (("行政职务",), Committee.VILLAGERS),
        (("监委会职务",), Committee.SUPERVISORY),
        (("现任职务", "党组织职务"), Committee.PARTY),
        (("现任职务", "党支部"), Committee.PARTY),
        (("职务", "村委会"), Committee.VILLAGERS),
        (("任职情况", "村务监督委员会"), Committee.SUPERVISORY),
        (("党组织", "职务"), Committee.PARTY),
        (("任职情况", "村委会", "职务"), Committee.VILLAGERS),
        (("现任职务",), None),
        (("村“两委”及监委会职务",), None),
    ],
)
def test_a_column_of_posts_tells_the_body(path: tuple[str, ...], body: Committee | None) -> None:
    found = column(*path)

    assert (found.field, found.committee, found.ticked) == ("posts", body, ())


@pytest.mark.parametrize(
    ("path", "post"),
    [
        (("党支部书记",), Post.PARTY_SECRETARY),
        (("书记",), Post.PARTY_SECRETARY),
        (("村主任",), Post.COMMITTEE_HEAD),
        (("支委",), Post.PARTY_MEMBER),
        (("监委会主任",), Post.SUPERVISORY_HEAD),
        (("党组织", "委员"), Post.PARTY_MEMBER),
        (("村委会", "委员"), Post.COMMITTEE_MEMBER),
        (("监委会", "主任"), Post.SUPERVISORY_HEAD),
        (("任职情况", "党组织班子", "副书记"), Post.PARTY_DEPUTY),
        (("社区党组织", "书记"), Post.PARTY_SECRETARY),
        (("文书",), Post.SUPPORTING),
    ],
)
def test_a_column_called_as_a_post_is_ticked(path: tuple[str, ...], post: Post) -> None:
    assert [held.post for held in column(*path).ticked] == [post]


def test_a_bare_member_is_of_the_body_of_the_ticked_column_at_its_left() -> None:
    party = column("委员", left=column("副书记"))
    villagers = column("委员", left=column("副主任"))
    nobody = column("委员", left=column("姓名"))

    assert [held.post for held in (*party.ticked, *villagers.ticked)] == [
        Post.PARTY_MEMBER,
        Post.COMMITTEE_MEMBER,
    ]
    assert (nobody.field, nobody.ticked) == ("posts", ())


def test_what_was_taught_comes_first() -> None:
    taught = Headings(ROSTER, {"干部": "name", "职务": None})

    assert taught.column(0, ["干部"]).field == "name"
    assert taught.column(0, ["职务"]).field is None


@pytest.mark.parametrize(
    ("text", "is_name"),
    [("姓 名", True), ("姓\n名", True), ("成员姓名", True), ("名称", False), ("王名", False)],
)
def test_the_column_of_names_is_known_by_its_heading(text: str, is_name: bool) -> None:
    assert HEADINGS.is_name(text) == is_name
