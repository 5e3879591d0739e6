"""Names of villages and townships as offices write them."""

from __future__ import annotations

import pytest

from desktop.models.domain.division_names import DivisionNames, NamedDivision, short_village
from tests.builders import code_of, division_names, divisions

VILLAGE = code_of("石华堰村委会")
COMMUNITY = code_of("桥南居委会")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "石华堰",
            "石华堰村",
            "石华堰村委会",
            "石华堰村民委员会",
            "石华堰村村委会",
            "石华堰村村民委员会",
            "石华堰村党支部",
            "石 华 堰",
        ),
        *(
            "桃花山镇石华堰村",
            "桃花山石华堰村",
            "石首市桃花山镇石华堰村",
            "湖北省石首市桃花山镇石华堰村委会",
            "石华堰村（合并）",
            " 石华堰村\n",
        ),
        "中共石首市桃花山镇石华堰村支部委员会",
    ],
)
def test_each_spelling_of_a_village_is_its_code(text: str) -> None:
    assert division_names().village(text).code == VILLAGE


@pytest.mark.parametrize(
    "text",
    [
        *(
            "桥南",
            "桥南社区",
            "桥南居委会",
            "桥南社区居委会",
            "桥南居民委员会",
            "桥南社区居民委员会",
            "桥南社区党总支",
            "绣林街道桥南社区",
        ),
        *("绣林办桥南社区", "绣林办事处桥南居委会", "绣林街道办事处桥南社区", "绣林桥南"),
    ],
)
def test_each_spelling_of_a_community_is_its_code(text: str) -> None:
    assert division_names().village(text).code == COMMUNITY


@pytest.mark.parametrize("code", [d.code for d in divisions().values() if d.kind not in ("city", "township")])
def test_every_village_is_found_by_its_names_within_its_township(code: str) -> None:
    village = divisions()[code]
    township = divisions()[str(village.parent)].name
    names = (village.name, short_village(village.name))

    for text in (*names, *(township + name for name in names)):
        assert division_names().village(text, village.parent).code == code


def test_a_name_that_stands_in_two_townships_needs_the_township() -> None:
    names = division_names()
    ambiguous = names.village("江波渡")

    assert ambiguous.code is None
    assert "高基庙镇、久合垸乡都有" in str(ambiguous.problem)
    assert names.village("江波渡", code_of("高基庙镇")).code == code_of("江波渡村委会")
    assert names.village("江波渡", code_of("久合垸乡")).code == code_of("江波渡居委会")
    assert names.village("久合垸乡江波渡").code == code_of("江波渡居委会")


def test_the_word_behind_a_name_tells_village_from_community() -> None:
    assert division_names().village("江波渡村").code == code_of("江波渡村委会")
    assert division_names().village("江波渡社区").code == code_of("江波渡居委会")


def test_a_village_and_a_community_of_one_name_in_one_township_are_told_apart() -> None:
    names = DivisionNames(
        [
            NamedDivision("1", None, "白鹭镇", (), "township"),
            NamedDivision("2", "1", "石桥村委会", (), "village"),
            NamedDivision("3", "1", "石桥居委会", (), "community"),
        ]
    )

    assert [names.village(text).code for text in ("石桥村", "石桥社区", "石桥居委会", "石桥村委会")] == [
        "2",
        "3",
        "3",
        "2",
    ]
    assert names.village("石桥").problem == "“石桥”可能是石桥村委会、石桥居委会，请写全称。"


@pytest.mark.parametrize("text", ["新厂村", "新厂镇新厂村", "新厂新厂村"])
def test_a_village_may_be_called_as_its_township(text: str) -> None:
    assert division_names().village(text, code_of("新厂镇")).code == code_of("新厂村委会")


@pytest.mark.parametrize("text", ["桃花山林场生活区", "桃花山林场", "桃花山镇桃花山林场"])
def test_a_living_area_is_found_with_or_without_that_word(text: str) -> None:
    assert division_names().village(text).code == code_of("桃花山林场生活区")


def test_an_alias_is_a_name() -> None:
    assert (
        division_names().village("俞家铺村").code == division_names().village("俞家鋪村委会").code is not None
    )


@pytest.mark.parametrize("text", ["石华堰村", "桃花山镇石华堰村"])
def test_a_village_of_another_township_is_a_problem(text: str) -> None:
    found = division_names().village(text, code_of("调关镇"))

    assert found.code is None
    assert found.problem


def test_an_unknown_village_is_a_problem_that_names_the_likely_one() -> None:
    found = division_names().village("石华偃村")

    assert found.code is None
    assert "是不是“石华堰村委会”" in str(found.problem)


@pytest.mark.parametrize("text", ["", "　", "无", "—"])
def test_nothing_is_neither_found_nor_a_problem(text: str) -> None:
    for found in (division_names().village(text), division_names().township(text)):
        assert (found.code, found.problem) == (None, None)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(
            (text, "桃花山镇")
            for text in (
                "桃花山",
                "桃花山镇",
                "桃花山镇党委",
                "桃花山镇人民政府",
                "石首市桃花山镇",
                "桃花山镇（农村）",
            )
        ),
        *(
            (text, "绣林街道")
            for text in ("绣林", "绣林办", "绣林街道", "绣林街道办事处", "绣林办事处", "绣林街道党工委")
        ),
        *(
            (text, "天鹅洲开发区")
            for text in ("天鹅洲", "天鹅洲开发区", "天鹅洲经济开发区", "天鹅洲开发区管委会")
        ),
        *(("笔架山办", "笔架山街道"), ("横沟市", "横沟市镇"), ("久合垸", "久合垸乡")),
    ],
)
def test_each_spelling_of_a_township_is_its_code(text: str, name: str) -> None:
    assert division_names().township(text).code == code_of(name)


def test_an_unknown_township_is_a_problem() -> None:
    assert division_names().township("桃花镇").problem


@pytest.mark.parametrize(
    ("line", "township", "village"),
    [
        ("石首市桃花山镇村（社区）“两委”班子成员花名册", "桃花山镇", None),
        ("填报单位（盖章）：桃花山镇党委", "桃花山镇", None),
        ("大垸镇四岭子村村干部基本情况一览表", "大垸镇", "四岭子村委会"),
        ("单位：四岭子村", "大垸镇", "四岭子村委会"),
        ("村“两委”干部信息统计表", None, None),
        ("东升镇村级班子名册", "东升镇", None),
        ("东升镇东升村两委", "东升镇", "东升村委会"),
        ("四岭子", "大垸镇", "四岭子村委会"),
        ("四岭子 (2)", "大垸镇", "四岭子村委会"),
        ("1.四岭子", "大垸镇", "四岭子村委会"),
        ("01四岭子", "大垸镇", "四岭子村委会"),
        ("表3-四岭子村", "大垸镇", "四岭子村委会"),
        ("一、石华堰村", "桃花山镇", "石华堰村委会"),
        ("石华堰村（5人）：", "桃花山镇", "石华堰村委会"),
        ("附件1：2026年大垸镇四岭子村“两委”班子成员", "大垸镇", "四岭子村委会"),
        ("填报单位：四岭子村党支部      2026年6月30日", "大垸镇", "四岭子村委会"),
        ("桥南社区“两委”班子成员花名册", "绣林街道", "桥南居委会"),
        ("石首市绣林街道社区两委干部", "绣林街道", None),
        ("小河口镇村干部花名册", "小河口镇", None),
        ("小河口镇南河口村干部花名册", "小河口镇", "南河口村委会"),
        ("新厂镇村两委花名册", "新厂镇", None),
        ("绣林办", "绣林街道", None),
        ("桃花山", "桃花山镇", None),
        ("石华堰村、小石桥村干部花名册", None, None),
        ("江波渡村两委名单", "高基庙镇", "江波渡村委会"),
        ("填表人：王海", None, None),
        ("花名册", None, None),
        ("Sheet1", None, None),
        ("", None, None),
    ],
)
def test_titles_and_names_of_sheets_mention_places(
    line: str, township: str | None, village: str | None
) -> None:
    found = division_names().mentioned(line)

    names = [None if code is None else divisions()[code].name for code in found]
    assert names == [township, village]


def test_a_bare_name_in_a_title_is_settled_by_the_township_known_already() -> None:
    assert division_names().mentioned("江波渡") == (None, None)
    assert division_names().mentioned("江波渡", code_of("久合垸乡"))[1] == code_of("江波渡居委会")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("石华堰村委会", "石华堰村"),
        ("桥南居委会", "桥南社区"),
        ("金银垱社区", "金银垱社区"),
        ("石桥村民委员会", "石桥村"),
    ],
)
def test_the_short_name_is_what_screens_and_paper_show(name: str, short: str) -> None:
    assert short_village(name) == short
