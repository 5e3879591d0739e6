"""Photos of a record that is saved, and of one that is not yet: shown and changed in one way."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.models.registers.person_file import PHOTO
from desktop.models.registers.study import STUDY
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.new_files import Loose
from desktop.models.services.photo_sets import KeptPhotos, PendingPhotos, PhotoSet
from desktop.office import Office
from tests.models.services.pictures import corners, photo, png, quarters, scene, seen
from tests.offices import TODAY

OWNER = (STUDY.name, "a")


@pytest.fixture(params=["kept", "pending"])
def photos(office: Office, request: pytest.FixtureRequest) -> PhotoSet:
    """Either kind, empty."""
    if request.param == "kept":
        return KeptPhotos(office.attachments, *OWNER)
    return PendingPhotos(office.attachments)


def receive(office: Office, photos: PhotoSet, *contents: bytes) -> list[str]:
    """Let a set receive photos and return what is said of them."""
    sources = [Loose(f"{number}.jpg", content) for number, content in enumerate(contents, start=1)]
    received = photos.receive(office, sources)
    photos.settle(received)
    return [*received.refused, *received.remarks]


def names(photos: PhotoSet) -> list[str]:
    return [each.name for each in photos.photos()]


def test_what_is_no_picture_is_told_and_the_others_are_taken(office: Office, photos: PhotoSet) -> None:
    said = receive(office, photos, photo(scene(1)), b"%PDF-1.7", png(scene(2)))

    assert names(photos) == ["1.jpg", "3.jpg"]
    assert said == ["“2.jpg”不是 JPG、PNG 或 HEIC 图片，或者已损坏，请另存为 JPG 再添加，或换一张。"]


def test_photos_are_put_in_order_described_turned_and_removed(office: Office, photos: PhotoSet) -> None:
    receive(office, photos, photo(quarters()), photo(scene(2)), photo(scene(3)))
    one, two, three = (each.id for each in photos.photos())

    photos.arrange([three, one, two])
    photos.describe(one, TODAY, caption="座谈", taken="20260304")
    photos.rotate(one, 1)
    photos.remove(two)

    assert [each.id for each in photos.photos()] == [three, one]
    shown = photos.photos()[1]
    assert (shown.caption, shown.taken) == ("座谈", "2026-03-04")
    assert corners(seen(photos.content(one))) == ["blue", "red", "white", "green"]
    small = photos.thumbnails(office, [one], 80)
    assert seen(small[one]).size == (60, 80)
    with pytest.raises(InvalidValueError):
        photos.describe(one, TODAY, taken="某天")


def test_the_same_photo_twice_is_pointed_out_and_taken(office: Office, photos: PhotoSet) -> None:
    receive(office, photos, photo(scene(1)))

    said = receive(office, photos, photo(scene(1)))

    assert len(photos.photos()) == 2
    assert len(said) == 1
    assert "重复" in said[0]


def test_pending_photos_are_kept_in_one_change_with_what_was_said_of_them(office: Office) -> None:
    receive(office, KeptPhotos(office.attachments, STUDY.name, "before"), photo(scene(1)))
    pending = PendingPhotos(office.attachments)
    said = receive(office, pending, photo(scene(1)), photo(scene(2)))
    pending.describe(pending.files[0].id, TODAY, caption="座谈")
    pending.arrange([each.id for each in reversed(pending.files)])

    added = pending.keep(*OWNER)

    kept = office.attachments.of(*OWNER, PHOTO)
    assert [(each.name, each.caption) for each in kept] == [("2.jpg", None), ("1.jpg", "座谈")]
    assert [each.attachment for each in added] == kept
    assert [STUDY.title in words for words in said] == [True]
    assert pending.files == []
    office.history.undo()
    assert office.attachments.of(*OWNER) == []


def test_a_photo_that_cannot_be_read_has_no_thumbnail(office: Office, tmp_path: Path) -> None:
    photos = KeptPhotos(office.attachments, *OWNER)
    receive(office, photos, photo(scene(1)), photo(scene(2)))
    one, two = office.attachments.of(*OWNER)
    (office.folder / "attachments" / one.sha256[:2] / one.sha256).rename(tmp_path / "aside")

    assert list(photos.thumbnails(office, [one.id, two.id], 80)) == [two.id]
