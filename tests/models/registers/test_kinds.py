"""Kinds of field that registers share: money in 万元."""

from __future__ import annotations

import pytest

from desktop.models.domain.reading import Cell
from desktop.models.registers.kinds import WAN_YUAN
from tests.offices import TODAY


@pytest.mark.parametrize(
    ("written", "amount", "shown"),
    [
        ("1200", 1200.0, "1200"),
        ("1,250.5 万元", 1250.5, "1250.5"),
        ("80万", 80.0, "80"),
        ("5000000元", 500.0, "500"),
        (1200.25, 1200.25, "1200.25"),
        ("0", 0.0, "0"),
    ],
)
def test_money_is_kept_in_ten_thousands(written: str | float, amount: float, shown: str) -> None:
    reading = WAN_YUAN.read(Cell(written), TODAY)

    assert (reading.value, reading.problem) == (amount, None)
    assert WAN_YUAN.show(reading.value) == shown
    assert WAN_YUAN.read(Cell(shown), TODAY).value == amount


@pytest.mark.parametrize("written", ["约一千", "1.2亿", "12000000", "-5"])
def test_what_is_no_amount_or_far_too_much_is_told_with_the_unit(written: str) -> None:
    reading = WAN_YUAN.read(Cell(written), TODAY)

    assert reading.value is None
    assert reading.problem == f"“{written}”不像以万元计的数，请只填数字，如 1200 表示 1200 万元。"
