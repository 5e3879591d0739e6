"""Figures of villages: the numbers that domain.md asks for come out of these functions."""

from __future__ import annotations

from decimal import Decimal

from desktop.models.rules.village_figures import (
    income_share,
    needed,
    percent,
    ratio,
)


def test_141_of_153_villages_is_about_92_percent() -> None:
    assert percent(141, 153) == "92.2%"


def test_half_of_153_villages_needs_77() -> None:
    assert needed(50, 153) == 77
    assert needed(50, 154) == 77  # 50% itself reaches it


def test_a_hundred_reserves_are_half_a_person_a_body() -> None:
    assert ratio(100, 192) == Decimal("0.52")


def test_81_of_192_secretaries() -> None:
    assert percent(81, 192) == "42.2%"


def test_rounding_is_that_of_workbooks() -> None:
    assert ratio(1, 8) == Decimal("0.13")  # not the even neighbor
    assert percent(1, 16) == "6.3%"


def test_nothing_is_no_share() -> None:
    assert ratio(1, 0) is None
    assert percent(0, 0) == ""
    assert percent(0, 5) == "0%"


def test_income_over_a_threshold() -> None:
    share = income_share([100_000, 99_999, 250_000, None, 180_000], 100_000)
    assert (share.villages, share.reached, share.unknown) == (5, 3, 1)
    assert share.share == "60%"
    assert share.short == 0


def test_how_many_villages_are_short_of_half() -> None:
    incomes = [200_000] * 60 + [150_000] * 81 + [50_000] * 12
    assert income_share(incomes, 100_000).reached == 141
    assert income_share(incomes, 200_000).short == 77 - 60
    assert income_share([], 200_000).short == 0
