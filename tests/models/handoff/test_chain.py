"""Where a package stands among those taken before."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from desktop.models.handoff.chain import Link, place
from desktop.models.handoff.codes import Code
from desktop.models.handoff.header import Kind
from tests.models.handoff.vectors import city_header, package_header

SENT = [Link(1, seq, f"{seq:064x}", f"{seq - 1:064x}" if seq > 1 else "") for seq in range(1, 7)]


def placed(link: Link, *taken: Link) -> Code:
    header = package_header(epoch=link.epoch, seq=link.seq, previous=link.previous)
    return place(header, link.hash, taken)


def test_packages_in_order_are_taken_one_after_the_other() -> None:
    assert [placed(link, *SENT[:index]) for index, link in enumerate(SENT)] == [Code.OK] * 6


def test_a_package_that_was_taken_is_unchanged_even_when_newer_ones_came() -> None:
    assert {placed(link, *SENT) for link in SENT} == {Code.UNCHANGED}


def test_a_lost_package_asks_and_its_late_arrival_is_left_alone() -> None:
    assert placed(SENT[4], *SENT[:3]) is Code.GAP
    assert placed(SENT[3], *SENT[:3], SENT[4]) is Code.ROLLBACK
    assert placed(SENT[5], *SENT[:3], SENT[4]) is Code.OK


def test_the_first_package_of_a_unit_may_be_any() -> None:
    assert placed(SENT[0]) is Code.OK
    assert placed(SENT[3]) is Code.GAP


@pytest.mark.parametrize(
    "other",
    [
        Link(1, 3, "f" * 64, SENT[1].hash),  # the newest's place, another content
        Link(1, 4, "f" * 64, "e" * 64),  # follows something else
        Link(1, 2, "f" * 64, SENT[0].hash),  # an older one's place
    ],
)
def test_a_second_branch_is_a_fork(other: Link) -> None:
    assert placed(other, *SENT[:3]) is Code.FORK


def test_an_older_one_that_the_next_does_not_follow_is_a_fork() -> None:
    assert placed(Link(1, 2, "f" * 64, SENT[0].hash), SENT[0], SENT[2]) is Code.FORK


def test_a_new_epoch_asks_and_then_goes_on_and_the_old_one_is_over() -> None:
    restored = Link(2, 1, "a" * 64, SENT[1].hash)

    assert placed(restored, *SENT[:3]) is Code.RESTORED
    assert placed(Link(2, 2, "b" * 64, "a" * 64), *SENT[:3], restored) is Code.OK
    assert placed(SENT[3], *SENT[:3], restored) is Code.ROLLBACK
    assert placed(Link(2, 1, "c" * 64, SENT[1].hash), *SENT[:3], restored) is Code.FORK


def test_what_comes_down_is_a_version_and_needs_none_before_it() -> None:
    taken = Link(1, 3, "a" * 64)

    found = [
        place(replace(city_header(Kind.DOWN), seq=seq), file_hash, [taken])
        for seq, file_hash in [(4, "b" * 64), (9, "b" * 64), (3, "b" * 64), (3, "a" * 64), (2, "b" * 64)]
    ]

    assert found == [Code.OK, Code.OK, Code.FORK, Code.UNCHANGED, Code.ROLLBACK]


def test_a_receipt_has_no_row() -> None:
    taken = [Link(1, 3, "a" * 64), Link(1, 4, "b" * 64)]

    assert place(city_header(Kind.RECEIPT), "c" * 64, taken) is Code.OK


def test_in_whatever_order_packages_come_the_newest_is_never_left_behind() -> None:
    for order in permutations(SENT[:5]):
        taken: list[Link] = []
        for link in order:
            if placed(link, *taken) in (Code.OK, Code.GAP):
                taken.append(link)
        assert max(taken, key=lambda link: link.seq) == SENT[4]
        assert [link.seq for link in taken] == sorted(link.seq for link in taken)
