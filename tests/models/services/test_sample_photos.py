"""The sample's photos: as many as are told, of records that can have some, no two alike, quickly kept."""

from __future__ import annotations

from collections import Counter
from io import BytesIO

from PIL import Image

from desktop.models.database.records import Records
from desktop.models.registers.person_file import PHOTO, Attachment
from desktop.office import Office
from tests.offices import TODAY


def photos(office: Office) -> list[Attachment]:
    return list(Records(office._store).select(Attachment))


def test_a_township_has_two_photos_of_three_activities_and_of_three_items(whole: Office) -> None:
    kept = photos(whole)

    assert Counter(each.owner for each in kept) == {"activity": 6, "assessment_item": 6}
    assert set(Counter((each.owner, each.owner_id) for each in kept).values()) == {2}
    assert {(each.purpose, each.caption) for each in kept} == {(PHOTO, "示例图片（虚构）")}
    assert all(each.taken is None or each.taken <= TODAY.isoformat() for each in kept)


def test_no_two_of_them_are_taken_for_the_same_and_all_read_back(whole: Office) -> None:
    kept = photos(whole)

    assert [whole.attachments.twins(each) for each in kept] == [[]] * len(kept)
    assert whole.attachments.check() == []
    for each in kept:
        assert Image.open(BytesIO(whole.attachments.content(each.id))).size == (480, 360)
