"""Text as offices send it, made comparable."""

from __future__ import annotations

import pytest

from desktop.models.domain.cleaning import (
    clean,
    clean_lines,
    compact,
    in_one_line,
    means_nothing,
    without_notes,
)


def test_cleaning_keeps_single_spaces_between_words() -> None:
    assert clean("　荆州　 职院\u200b ") == "荆州 职院"


def test_cleaning_keeps_lines_and_at_most_one_empty_line_between_two() -> None:
    typed = "\r\n \r\n一、　召开\u200b 支委会。 \r\n\r\n\t\r\n　\r\n二、走访\v三、谈心\u2028\n"

    assert clean_lines(typed) == "一、 召开 支委会。\n\n二、走访\n三、谈心"
    assert clean_lines(clean_lines(typed)) == clean_lines(typed)


def test_lines_shown_in_one_are_told_apart() -> None:
    assert in_one_line("一、开会\n\n二、走访") == "一、开会 ⏎ 二、走访"


def test_compact_text_has_no_space_and_no_full_width_digit() -> None:
    assert compact("＃１９８５．０７ （ａ）\t\n") == "#1985.07(a)"
    assert compact("'1985") == compact("‘1985") == compact('="1985"') == "1985"


@pytest.mark.parametrize("text", ["", " ", "　", "无", " 无 ", "—", "——", "/", "-", "暂无", "\u200b"])
def test_words_for_nothing(text: str) -> None:
    assert means_nothing(text)


@pytest.mark.parametrize("text", ["无锡", "0", "否", "无无"])
def test_words_for_something(text: str) -> None:
    assert not means_nothing(text)


@pytest.mark.parametrize("text", ["学历（全日制）", "学历(全日制)", "学历【全日制】", "学历"])
def test_bracketed_notes_are_dropped(text: str) -> None:
    assert without_notes(text) == "学历"
