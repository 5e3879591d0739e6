"""Divisions as the office calls them."""

from __future__ import annotations

import pytest

from desktop.models.registers.division import Division, DivisionKind
from tests.builders import divisions


@pytest.mark.parametrize(
    ("name", "short", "community"),
    [
        ("石华堰村委会", "石华堰村", False),
        ("桥南居委会", "桥南社区", True),
        ("桃花山林场生活区", "桃花山林场生活区", True),
        ("桃花山镇", "桃花山镇", False),
    ],
)
def test_a_division_has_a_short_name_and_a_kind(name: str, short: str, community: bool) -> None:
    (division,) = (each for each in divisions().values() if each.name == name)

    assert (division.short_name, division.is_community) == (short, community)


def test_aliases_are_names_one_a_line() -> None:
    division = Division(
        code="1", name="俞家鋪村委会", kind="village", parent=None, position=1, aliases="俞家铺村\n\n老俞家"
    )

    assert division.named.aliases == ("俞家铺村", "老俞家")


def test_every_kind_has_a_word() -> None:
    assert [kind.label for kind in DivisionKind] == ["市县", "乡镇", "村", "社区", "生活区"]
