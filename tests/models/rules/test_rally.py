"""Places in a rally, counted by hand."""

from __future__ import annotations

from desktop.models.rules.rally import EXAMPLE, PLEDGE, Ranking, ranking


def ranked(*totals: float | None, first: int = 2, last: int = 2) -> Ranking:
    """One item; townships 甲, 乙, 丙 … in their local order."""
    names = dict(zip("abcdefgh", "甲乙丙丁戊己庚辛", strict=True))
    names = dict(list(names.items())[: len(totals)])
    points = {code: [total] for code, total in zip(names, totals, strict=True)}
    return ranking(names, points, first=first, last=last)


def ranks(found: Ranking) -> list[int | None]:
    return [each.rank for each in found.standings]


def speaking(found: Ranking, kind: str) -> str:
    return "".join(each.name for each in found.standings if each.speaks == kind)


def test_equal_totals_share_a_place_and_the_next_place_counts_them_all() -> None:
    assert ranks(ranked(88, 95, 90, 90, 70)) == [4, 1, 2, 2, 5]


def test_the_first_two_and_the_last_two_are_marked_and_nothing_needs_saying() -> None:
    found = ranked(88, 95, 90, 70, 60)

    assert (speaking(found, EXAMPLE), speaking(found, PLEDGE), found.words) == ("乙丙", "丁戊", ())


def test_all_who_share_the_second_place_are_marked_and_words_say_so() -> None:
    found = ranked(95, 90, 90, 80, 70, 60)

    assert (speaking(found, EXAMPLE), speaking(found, PLEDGE)) == ("甲乙丙", "戊己")
    assert found.words == (
        "前 2 名有并列（90 分）：乙、丙，并列的都列为典型发言，共 3 个；要减少请人工确定。",
    )


def test_two_who_share_the_first_place_are_the_first_two() -> None:
    found = ranked(95, 95, 90, 80, 70)

    assert (ranks(found), speaking(found, EXAMPLE), found.words) == ([1, 1, 3, 4, 5], "甲乙", ())


def test_all_who_share_the_last_but_one_place_are_marked_and_words_say_so() -> None:
    found = ranked(95, 90, 85, 70.5, 70.5, 60)

    assert (ranks(found), speaking(found, PLEDGE)) == ([1, 2, 3, 4, 4, 6], "丁戊己")
    assert found.words == (
        "后 2 名有并列（70.5 分）：丁、戊，并列的都列为表态发言，共 3 个；要减少请人工确定。",
    )


def test_who_would_be_first_and_last_at_once_is_not_marked() -> None:
    found = ranked(90, 90, 90)

    assert speaking(found, EXAMPLE) == speaking(found, PLEDGE) == ""
    assert found.words == (
        "打分的太少或并列太多，甲、乙、丙既在前列又在后列，没有标注发言，请打完分再看或人工确定。",
    )


def test_without_points_there_is_no_place_and_places_are_said_to_be_for_the_time_being() -> None:
    found = ranked(None, 95, 90, 80, 70)

    assert (ranks(found), speaking(found, PLEDGE)) == ([None, 1, 2, 3, 4], "丁戊")
    assert found.words == ("1 个乡镇还有项目没打分，名次是暂时的：甲。",)
    assert [each.name for each in found.by_rank] == ["乙", "丙", "丁", "戊", "甲"]


def test_tenths_add_up_exactly_so_that_equal_totals_tie() -> None:
    names = {"a": "甲", "b": "乙"}

    found = ranking(names, {"a": [0.1, 0.2], "b": [0.3, 0.0]}, first=1, last=1)

    assert [(each.total, each.rank) for each in found.standings] == [(0.3, 1), (0.3, 1)]


def test_how_many_speak_is_a_matter_of_the_round() -> None:
    found = ranked(95, 90, 80, 70, 60, first=1, last=3)

    assert (speaking(found, EXAMPLE), speaking(found, PLEDGE)) == ("甲", "丙丁戊")
