"""The shipped faces and what they draw."""

from __future__ import annotations

import hashlib

import pytest

from desktop.models.ledgers.fonts import HEI, SONG, SONG_BOLD, missing_characters
from desktop.paths import resource
from tests.models.ledgers.rosters import rare_characters


def test_the_fonts_are_those_that_were_checked() -> None:
    lines = resource("fonts", "SHA256SUMS").read_text("ascii").splitlines()

    assert len(lines) == 5
    for line in lines:
        sha256, name = line.split("  ")
        assert hashlib.sha256(resource("fonts", name).read_bytes()).hexdigest() == sha256


@pytest.mark.parametrize("typeface", [SONG, SONG_BOLD, HEI])
def test_every_rare_name_character_is_drawn_by_some_face(typeface) -> None:  # type: ignore[no-untyped-def]
    for char in rare_characters():
        assert char in typeface.face_of(char).characters


def test_only_two_of_the_rare_name_characters_need_the_rare_face() -> None:
    assert [char for char in rare_characters() if SONG.face_of(char).name == "TouyanRare-Regular"] == [
        "𡌴",
        "𥇍",
    ]


def test_text_is_split_into_runs_by_face() -> None:
    runs = [(face.name, run) for face, run in SONG.runs("余𡌴𥇍先生")]

    assert runs == [
        ("NotoSerifSC-Regular", "余"),
        ("TouyanRare-Regular", "𡌴𥇍"),
        ("NotoSerifSC-Regular", "先生"),
    ]


def test_a_compatibility_ideograph_is_drawn_as_its_equivalent() -> None:
    face = SONG.face_of("\ufa00")

    assert face.shape_of("\ufa00") == "切"
    assert missing_characters("金\ufa00熙") == ()


def test_what_no_face_draws_is_listed_once_in_order() -> None:
    assert missing_characters("刘\ue5e5华☑\ue5e5") == ("\ue5e5", "☑")


def test_marks_without_a_shape_are_not_missing() -> None:
    assert missing_characters("\ufeff葛\U000e0100晓\u200b云\n王\t五") == ()
