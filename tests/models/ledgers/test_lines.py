"""Chinese text broken into lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.ledgers.fonts import SONG
from desktop.models.ledgers.lines import balance_lines, break_lines


def _of_one_width(text: str) -> float:
    return float(len(text))


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    lines = break_lines("党总支书记、村委会主任（兼民兵连长）。", 5, _of_one_width)

    assert "".join(lines) == "党总支书记、村委会主任（兼民兵连长）。"
    assert all(line[0] not in "、，。）”" and line[-1] not in "（“" for line in lines)


def test_an_identity_number_stays_whole_while_it_fits() -> None:
    assert break_lines("证号421099********1234", 18, _of_one_width) == ("证号", "421099********1234")


def test_a_number_wider_than_the_line_is_cut_into_equal_parts() -> None:
    assert break_lines("421099********1234", 10, _of_one_width) == ("421099***", "*****1234")


def test_centered_text_is_broken_into_lines_of_even_width() -> None:
    assert break_lines("中共党员", 3, _of_one_width) == ("中共党", "员")
    assert balance_lines("中共党员", 3, _of_one_width) == ("中共", "党员")


def test_a_line_break_in_the_text_begins_a_new_line() -> None:
    assert balance_lines("1985.07\n（39岁）", 20, _of_one_width) == ("1985.07", "（39岁）")


def test_nothing_has_no_lines() -> None:
    assert break_lines("", 5, _of_one_width) == ()


@pytest.mark.parametrize("broken", [break_lines, balance_lines])
@given(text=st.text(alphabet="书记、村委会（兼）12aB.*“”—· 　𬱖", max_size=60), limit=st.integers(1, 12))
def test_lines_keep_every_character_and_fit(broken, text, limit):  # type: ignore[no-untyped-def]  # hypothesis fills them
    lines = broken(text, limit, _of_one_width)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= limit for line in lines)


@given(st.text(alphabet="书记、（）Wi1.", min_size=1, max_size=30), st.integers(1200, 6000))
def test_lines_fit_by_the_face_s_own_widths(text: str, limit: int) -> None:
    assert all(SONG.advance(line) <= limit for line in break_lines(text, limit, SONG.advance))
