"""Names of people: cleaning without harm, characters without a code, keys of search."""

from __future__ import annotations

import json
from datetime import date

import pytest

from desktop.models.domain.names import (
    clean_name,
    is_private,
    likely_character,
    name_keys,
    pinyin_of,
    read_name,
    search_keys,
    search_prefix,
    split_surname,
)
from desktop.models.domain.reading import SILENT, Cell, Scalar
from desktop.paths import resource

TODAY = date(2026, 11, 24)
RARE = json.loads(resource("codes/rare_names.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        "张三",
        "张 三",
        "张　三",
        "张\u2003三",
        "张\n三",
        " 张三 ",
        "张\u200b三",
        "\ufeff张三",
        "张\xa0三",
        "张三\U000e0100",
    ],
)
def test_padding_and_invisible_characters_are_no_part_of_a_name(text: str) -> None:
    reading = read_name(Cell(text), TODAY)

    assert (reading.value, reading.problem) == ("张三", None)


@pytest.mark.parametrize("dot", "·•‧・．･⋅")
def test_all_dots_between_names_are_one(dot: str) -> None:
    assert read_name(Cell(f"买买提{dot}艾力"), TODAY).value == "买买提·艾力"
    assert read_name(Cell(f"买买提 {dot} 艾力"), TODAY).value == "买买提·艾力"


@pytest.mark.parametrize(
    ("copied", "name"),
    [("⻢建国", "马建国"), ("⽅文", "方文"), ("⻰⼤⽔", "龙大水"), ("⻩⺠", "黄民"), ("○一", "〇一")],
)
def test_radicals_that_pdfs_put_for_characters_are_the_characters(copied: str, name: str) -> None:
    assert read_name(Cell(copied), TODAY).value == name


@pytest.mark.parametrize(
    "name", ["吕布", "呂布", "頔", "𬱖", "\ufa0e一", "Li Ming", "欧阳 修", "古丽 Mary Ann"]
)
def test_nothing_else_is_folded(name: str) -> None:
    assert clean_name(name) == name.replace("欧阳 修", "欧阳修").replace("古丽 ", "古丽")


def test_every_rare_character_is_kept_as_it_is_written() -> None:
    characters = [entry["char"] for entry in RARE["chars"] if not is_private(entry["char"])]

    assert len(characters) > 60
    assert [read_name(Cell(f"王{each}"), TODAY).value for each in characters] == [
        f"王{each}" for each in characters
    ]


def test_a_private_character_is_a_problem_that_names_the_likely_one() -> None:
    reading = read_name(Cell("白\ue863平"), TODAY)

    assert reading.value is None
    assert "很可能是“䶮”，请核对后录入“白䶮平”" in str(reading.problem)


@pytest.mark.parametrize("private", ["\ue5e5", "\uf8ff", "\U000f0001", "\U00100000"])
def test_a_private_character_that_nobody_knows_is_a_problem_too(private: str) -> None:
    assert likely_character(private) is None
    assert read_name(Cell(f"白{private}平"), TODAY).value is None


@pytest.mark.parametrize(
    "value", ["李？", "李?", "李□", "张*三", "张三3", "张三、李四", "123", 5.0, "#N/A", "（兼）", "王\ufffd"]
)
def test_what_cannot_be_a_name_is_a_problem_and_left_out(value: Scalar) -> None:
    reading = read_name(Cell(value), TODAY)

    assert reading.value is None
    assert reading.problem


@pytest.mark.parametrize("value", [None, "", "　", "无", "—"])
def test_nothing_is_silent(value: Scalar) -> None:
    assert read_name(Cell(value), TODAY) == SILENT


@pytest.mark.parametrize("text", ["张三（女）", "张三(女)", "张三（兼）"])
def test_a_note_behind_a_name_is_cut_off_and_pointed_out(text: str) -> None:
    reading = read_name(Cell(text), TODAY)

    assert reading.value == "张三"
    assert reading.problem


@pytest.mark.parametrize(
    ("name", "parts"),
    [("张三", ("张", "三")), ("欧阳修", ("欧阳", "修")), ("单于", ("单", "于")), ("尉迟恭", ("尉迟", "恭"))],
)
def test_compound_surnames_stay_whole(name: str, parts: tuple[str, str]) -> None:
    assert split_surname(name) == parts


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("单田芳", "shan"),
        ("曾国", "zeng"),
        ("仇英", "qiu"),
        ("区大", "ou"),
        ("解缙", "xie"),
        ("尉迟恭", "yu"),
        ("乜一", "nie"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, reading: str) -> None:
    assert pinyin_of(name)[0] == reading


def test_a_name_is_found_by_characters_pinyin_and_initials() -> None:
    assert {"张建国", "建国", "国", "zjg", "jg", "zhangjianguo", "jianguo"} <= name_keys("张建国")


def test_a_surname_is_found_by_each_of_its_readings() -> None:
    assert {"shantianfang", "dantianfang"} <= name_keys("单田芳")


def test_numbers_are_found_by_their_tail() -> None:
    keys = search_keys("张三", "19900001234", "42109919890219667X")

    assert any(key.startswith(search_prefix("1234")) for key in keys)
    assert any(key.startswith(search_prefix("667x")) for key in keys)


@pytest.mark.parametrize(
    ("typed", "prefix"), [("ZJG", "zjg"), (" zhang jian ", "zhangjian"), ("张　三", "张三"), ("12X", "#X21")]
)
def test_what_is_typed_becomes_the_beginning_of_a_key(typed: str, prefix: str) -> None:
    assert search_prefix(typed) == prefix
