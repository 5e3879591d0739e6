"""Periods: which one a day lies in, what follows, what is stored and said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.domain.periods import Period, PeriodKind

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
KINDS = st.sampled_from(PeriodKind)


@given(KINDS, DAYS)
def test_a_day_lies_in_exactly_one_period(kind: PeriodKind, day: date) -> None:
    period = Period.of(kind, day)

    assert period.start <= day <= period.end
    assert period.after(-1).end == period.start - timedelta(days=1)
    assert period.after(1).start == period.end + timedelta(days=1)


@given(KINDS, DAYS, st.integers(-40, 40))
def test_going_forth_and_back_is_staying_and_order_is_that_of_time(
    kind: PeriodKind, day: date, step: int
) -> None:
    period = Period.of(kind, day)

    assert period.after(step).after(-step) == period
    assert (period.after(step) < period) == (step < 0)


@given(KINDS, DAYS)
def test_what_is_stored_reads_back(kind: PeriodKind, day: date) -> None:
    period = Period.of(kind, day)

    assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("kind", "stored", "label", "end"),
    [
        (PeriodKind.YEAR, "2026", "2026年", date(2026, 12, 31)),
        (PeriodKind.HALF_YEAR, "2026H2", "2026年下半年", date(2026, 12, 31)),
        (PeriodKind.QUARTER, "2026Q4", "2026年第4季度", date(2026, 12, 31)),
    ],
)
def test_a_period_is_stored_and_said(kind: PeriodKind, stored: str, label: str, end: date) -> None:
    period = Period.of(kind, date(2026, 11, 24))

    assert (str(period), period.label, period.end) == (stored, label, end)
    assert Period.of(kind, date(2026, 2, 28)).start == date(2026, 1, 1)


@pytest.mark.parametrize("text", ["", "26", "2026H3", "2026Q5", "2026H", "2026H0", "2026-11", "２０２６"])
def test_other_text_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="no period"):
        Period.parse(text)
