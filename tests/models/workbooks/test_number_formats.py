"""Only zeros that a number has lost are shown."""

from __future__ import annotations

import pytest

from desktop.models.workbooks.number_formats import shower


@pytest.mark.parametrize(
    ("number_format", "value", "shown"),
    [
        ("0.00", 1985.1, "1985.10"),
        ("0.00_ ", 1985.1, "1985.10"),
        (r"0.00_);[Red]\(0.00\)", 1985.1, "1985.10"),
        (r"0.00_ ;[Red]\-0.00\ ", 1985.1, "1985.10"),
        ("[$-804]0.00", 1985.1, "1985.10"),
        ("#,##0.00", 1985.1, "1985.10"),
        ("####.00", 1985.1, "1985.10"),
        ("0.000", 1985.1, "1985.100"),
        ("000000", 7.0, "000007"),
        ("000.0", 7.0, "007.0"),
    ],
)
def test_added_zeros_are_shown(number_format: str, value: float, shown: str) -> None:
    show = shower(number_format)

    assert show is not None
    assert show(value) == shown


@pytest.mark.parametrize(
    ("number_format", "value"),
    [
        ("0.00", 1985.12),  # nothing added
        ("0.0", 1985.1),
        ("0.0", 1985.12),  # rounding would make another month
        ("0.00", 1985.104),
        ("0.00", -1985.1),
        ("0.00", 421099198510012344.0),  # digits are lost already
        ("0.00", float("nan")),
    ],
)
def test_other_numbers_read_as_they_are(number_format: str, value: float) -> None:
    show = shower(number_format)

    assert show is not None
    assert show(value) is None


@pytest.mark.parametrize(
    "number_format",
    [
        *("", "General", "0", "#,##0", "@", "0%", "0.00%", "0.00E+00", "# ?/?"),
        *("yyyy.mm", '0.00"元"', '"编号"000', "[<=99999]00000;0.00"),
    ],
)
def test_other_formats_show_nothing(number_format: str) -> None:
    assert shower(number_format) is None
