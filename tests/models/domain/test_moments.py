"""Days with a time: as workbooks and people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from desktop.models.domain.moments import is_before, is_time, read_moment, show_moment
from desktop.models.domain.reading import Cell

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("2026.3.4", "2026-03-04"),
        ("2026-03-04 14:30", "2026-03-04 14:30"),
        ("2026年3月4日14：30", "2026-03-04 14:30"),
        ("3月4日 下午2:30", "2026-03-04 14:30"),
        ("2026.03.04 9时", "2026-03-04 09:00"),
        ("2026-03-04T09:05:00", "2026-03-04 09:05"),
        (datetime(2026, 3, 4, 14, 30), "2026-03-04 14:30"),
        (datetime(2026, 3, 4), "2026-03-04"),
        (46085, "2026-03-04"),
    ],
)
def test_what_is_written_is_read(written: object, stored: str) -> None:
    assert read_moment(Cell(written), TODAY).value == stored  # type: ignore[arg-type]  # what cells hold


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("14:30", "只有时间，没有日期"),
        ("2026.3.4 25:00", "没有这个时间"),
        ("某天 14:30", "看不出是哪一天"),
        ("2026.2.30", "没有这一天"),
    ],
)
def test_what_cannot_be_is_told(written: str, words: str) -> None:
    reading = read_moment(Cell(written), TODAY)

    assert reading.value is None
    assert words in (reading.problem or "")


def test_nothing_is_silent_and_a_moment_is_shown_with_dots() -> None:
    assert read_moment(Cell("—"), TODAY).value is read_moment(Cell("—"), TODAY).problem is None
    assert show_moment("2026-03-04 14:30") == "2026.03.04 14:30"


@pytest.mark.parametrize(
    ("end", "start", "before"),
    [
        ("2026-03-04", "2026-03-04 14:30", False),
        ("2026-03-04 14:00", "2026-03-04 14:30", True),
        ("2026-03-03", "2026-03-04 14:30", True),
        ("2026-03-04 09:00", "2026-03-04", False),
    ],
)
def test_a_bare_day_is_the_whole_day(end: str, start: str, before: bool) -> None:
    assert is_before(end, start) is before


def test_a_time_alone_is_known() -> None:
    assert [is_time(text) for text in ("16:30", "下午4:30", "2026.03.04", "")] == [True, True, False, False]
