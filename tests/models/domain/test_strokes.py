"""The order of strokes is the office's, not the system's."""

from __future__ import annotations

import json

import pytest

from desktop.models.domain.strokes import name_key, surname_key
from desktop.paths import resource


@pytest.mark.parametrize("ordered", ["王韦尤车水牛毛卞文方尹孔邓", "毕曲吕朱伍任向刘江汤安许孙"])
def test_surnames_of_as_many_strokes_sort_as_gf_3003_has_them(ordered: str) -> None:
    assert "".join(sorted(sorted(ordered), key=surname_key)) == ordered


def test_a_one_character_given_name_comes_first_within_its_surname() -> None:
    names = ["王一伟", "王伟", "王三"]

    assert sorted(names, key=surname_key) == ["王三", "王伟", "王一伟"]
    assert sorted(names, key=name_key) == ["王一伟", "王三", "王伟"]


def test_a_compound_surname_sorts_by_its_first_character_then_its_second() -> None:
    names = ["尉迟恭", "司马光", "司徒一", "欧阳修", "张三"]

    assert sorted(names, key=surname_key) == ["司马光", "司徒一", "张三", "欧阳修", "尉迟恭"]


def strokes(char: str) -> int:
    """Number of strokes by the data that the order is made of: a line a number."""
    lines = resource("codes/strokes.txt").read_text(encoding="utf-8").splitlines()
    return next(count for count, line in enumerate(lines, start=1) if char in line)


@pytest.mark.parametrize(
    ("fewer", "rare", "more"),
    [("丰", "㐂", "寿"), ("是", "䶮", "高"), ("高", "𬱖", "游"), ("麤", "龘", "\U0002a6a5")],
)
def test_a_rare_character_sorts_among_those_of_as_many_strokes(fewer: str, rare: str, more: str) -> None:
    assert sorted([more, rare, fewer], key=name_key) == [fewer, rare, more]


def test_every_rare_character_of_names_has_its_place() -> None:
    rare = json.loads(resource("codes/rare_names.json").read_text(encoding="utf-8"))["chars"]

    ordered = sorted((entry["char"] for entry in rare), key=name_key)

    assert [strokes(char) for char in ordered] == sorted(strokes(entry["char"]) for entry in rare)
