"""The order of strokes is the office's, not the system's."""

from __future__ import annotations

import json

import pytest

from desktop.models.domain.strokes import name_key, stroke_count, surname_key
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


@pytest.mark.parametrize(("char", "strokes"), [("王", 4), ("㐂", 6), ("䶮", 9), ("𬱖", 11), ("龘", 48)])
def test_strokes_of_rare_characters_are_counted(char: str, strokes: int) -> None:
    assert stroke_count(char) == strokes


def test_every_rare_character_sorts_among_those_of_its_strokes() -> None:
    rare = json.loads(resource("codes/rare_names.json").read_text(encoding="utf-8"))["chars"]

    for entry in rare:
        strokes = stroke_count(entry["char"])
        assert strokes is not None
        assert name_key("一") < name_key(entry["char"]) < name_key("龘龘")
