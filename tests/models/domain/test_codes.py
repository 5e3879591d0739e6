"""Code lists: every spelling of domain.md 1.8, and what is no guess."""

from __future__ import annotations

from datetime import date

import pytest

from desktop.models.domain.codes import (
    EDUCATION,
    ETHNIC_GROUP,
    POLITICAL_STATUS,
    SEX,
    CodeList,
    highest_education,
    party_stage,
    read_code,
    read_education,
    read_political_status,
)
from desktop.models.domain.reading import SILENT, Cell, Scalar

TODAY = date(2026, 11, 24)

_EDUCATIONS = {
    "大学专科毕业": (
        "大专 专科 大学专科 高职 31 大专毕业 大专学历 大专（函授） 函授大专 成人大专 自考大专 高职（大专） 大学专科毕业 "
        "国家开放大学大专 大专（荆州职院） 高职高专 大专文化 全日制大专 ３１ 大专。"
    ),
    "大学本科毕业": "大学 本科 大学本科 21 大学毕业 全日制本科 在职本科 本科（学士学位） 大学本科、学士 中央党校大学 全日制（本科）",
    "中等专科毕业": "中专 中师 41 中等专科 普通中专 中专毕业",
    "普通高中毕业": "高中 普高 61 普通高中 高中毕业 高中文化 高中学历",
    "职业高中毕业": "职高 职业高中 44",
    "技工学校毕业": "技校 中技 47",
    "初中毕业": "初中 71 初级中学",
    "小学毕业": "小学 81",
    "硕士研究生毕业": "硕士 硕士研究生 14 研究生（硕士） 硕士研究生毕业",
    "博士研究生毕业": "博士 博士研究生 11 研究生（博士）",
    "研究生教育": "10 研究生教育",
}
_STATUSES = {
    "中共党员": "党员 中共 正式党员 中国共产党党员 中共党员 是 01 1 中共党员（2001.06） 中共正式党员 共产党员",
    "中共预备党员": "预备党员 中共预备党员 预备 党员（预备） 02",
    "共青团员": "团员 共青团员 共青团 03 团员（积极分子）",
    "群众": "群众 无 非党员 否 13 积极分子 发展对象 入党积极分子 群众（入党积极分子） 重点发展对象 普通群众",
    "无党派民主人士": "无党派 无党派人士 12",
    "民盟盟员": "民盟 民盟盟员 05",
}
_GROUPS = {
    "汉族": "汉 汉族 01 1 汉族（原苗族）",
    "土家族": "土家 土家族 15",
    "蒙古族": "蒙 蒙族 蒙古 蒙古族 02",
    "维吾尔族": "维 维族 维吾尔 维吾尔族",
    "土族": "土 土族",
    "满族": "满",
}
_SEXES: dict[str, tuple[Scalar, ...]] = {
    "男": ("男", "男性", "1", 1.0, " 男 ", "男　"),
    "女": ("女", "女性", "2", 2.0, "女\n"),
}


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    """Each spelling with what it is reported as."""
    return [(text, label) for label, texts in table.items() for text in texts.split()]


@pytest.mark.parametrize(("text", "label"), pairs(_EDUCATIONS))
def test_each_spelling_of_an_education_is_its_code(text: str, label: str) -> None:
    reading = read_education(Cell(text), TODAY)

    assert (EDUCATION.label(str(reading.value)), reading.problem) == (label, None)


@pytest.mark.parametrize("text", ["研究生", "研究生学历", "在职研究生", "省委党校研究生", "研究生毕业"])
def test_a_bare_postgraduate_is_kept_and_asked_about(text: str) -> None:
    reading = read_education(Cell(text), TODAY)

    assert reading.value == "10"
    assert reading.problem


@pytest.mark.parametrize(
    "text",
    [
        *(
            "高中（中专）",
            "中专（高中）",
            "大专/本科",
            "大专、本科",
            "研究生在读（函授）？",
            "大专在读",
            "本科（在读）",
            "大专肄业",
        ),
        *(
            "大学专科肄业",
            "本科？",
            "大专?",
            "初中以上",
            "学士学位",
            "硕士学位",
            "学士",
            "全日制",
            "专升本",
            "中职",
            "高小",
            "#N/A",
            "文盲",
        ),
    ],
)
def test_a_doubtful_education_is_a_problem_and_no_guess(text: str) -> None:
    reading = read_education(Cell(text), TODAY)

    assert reading.value is None
    assert reading.problem


@pytest.mark.parametrize(
    ("codes", "highest"),
    [
        (("31", "21"), "21"),
        (("61", None), "61"),
        ((None, None), None),
        (("10", "21"), "10"),
        (("10", "14"), "14"),
        (("28", "31"), "28"),
    ],
)
def test_of_two_educations_the_higher_counts(codes: tuple[str | None, ...], highest: str | None) -> None:
    assert highest_education(*codes) == highest
    assert highest_education(*reversed(codes)) == highest


@pytest.mark.parametrize(("text", "label"), pairs(_STATUSES))
def test_each_spelling_of_a_political_status_is_its_code(text: str, label: str) -> None:
    reading = read_political_status(Cell(text), TODAY)

    assert (POLITICAL_STATUS.label(str(reading.value)), reading.problem) == (label, None)


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("积极分子", "入党积极分子"),
        ("群众（发展对象）", "发展对象"),
        ("入党申请人", "入党申请人"),
        ("群众", None),
        ("党员", None),
    ],
)
def test_the_stage_on_the_way_into_the_party_is_kept(text: str, stage: str | None) -> None:
    assert party_stage(text) == stage


@pytest.mark.parametrize(("text", "label"), pairs(_GROUPS))
def test_each_spelling_of_an_ethnic_group_is_its_code(text: str, label: str) -> None:
    assert ETHNIC_GROUP.label(str(read_code(ETHNIC_GROUP, Cell(text)).value)) == label


def test_every_ethnic_group_is_known_by_code_name_and_short_name() -> None:
    for code, label in ETHNIC_GROUP.labels.items():
        assert {ETHNIC_GROUP.find(text) for text in (code, label, label.removesuffix("族"))} == {code}


@pytest.mark.parametrize(("value", "label"), [(v, label) for label, values in _SEXES.items() for v in values])
def test_each_spelling_of_a_sex_is_its_code(value: Scalar, label: str) -> None:
    assert SEX.label(str(read_code(SEX, Cell(value)).value)) == label


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        (SEX, "不详"),
        (SEX, "3"),
        (SEX, "0"),
        (ETHNIC_GROUP, "99"),
        (ETHNIC_GROUP, "穿青人"),
        (POLITICAL_STATUS, "政协委员"),
    ],
)
def test_an_unknown_spelling_is_a_problem_that_shows_good_ones(codes: CodeList, text: str) -> None:
    reading = read_code(codes, Cell(text))

    assert reading.value is None
    assert f"不认得{codes.title}“{text}”" in str(reading.problem)


@pytest.mark.parametrize("value", [None, "", " ", "—"])
def test_nothing_is_silent(value: Scalar) -> None:
    assert read_code(SEX, Cell(value)) == SILENT
    assert read_education(Cell(value), TODAY) == SILENT
    assert read_political_status(Cell(value), TODAY) == SILENT


def test_what_is_shown_is_read_again_as_the_same_code() -> None:
    for codes in (SEX, ETHNIC_GROUP, POLITICAL_STATUS, EDUCATION):
        for code in codes.labels:
            assert codes.find(codes.show(code)) == code


def test_a_code_of_a_newer_list_shows_as_itself() -> None:
    assert SEX.show("7") == "7"
