"""Files kept with records: added, shown small, replaced, checked, and carried by backups."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path
from re import fullmatch
from typing import Any

import pytest

from desktop.models.database.attachments import (
    DamagedAttachmentError,
    LargeAttachmentError,
    MissingAttachmentError,
)
from desktop.models.database.layout import ATTACHMENTS_NAME, STORE_NAME
from desktop.models.database.store import open_store
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.person_file import DOCUMENT, PHOTO, Attachment
from desktop.models.registers.study import STUDY
from desktop.models.services.attachments import AttachmentsService, VanishedAttachmentError
from desktop.models.services.backup import restore
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.new_files import UnreadableFileError
from desktop.models.services.photos import PictureError
from desktop.office import Office
from tests.models.services.pictures import HEIC, corners, photo, png, quarters, scene, seen
from tests.offices import PASSWORD, TODAY, VILLAGE, member, opened


@pytest.fixture
def person(office: Office) -> str:
    return office.roster.add(VILLAGE, member(), TODAY)[0]


def file(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def added(
    office: Office, owner: str, owner_id: str, paths: Sequence[Path], purpose: str = DOCUMENT
) -> list[Attachment]:
    """Files that were kept, whatever was said of them."""
    return [each.attachment for each in office.attachments.add(owner, owner_id, paths, purpose)]


def whys(office: Office) -> list[str]:
    return [change.why for change in office.history.recent()][:-1]


def test_a_document_is_kept_as_it_is_and_a_picture_stripped(
    office: Office, person: str, tmp_path: Path
) -> None:
    document = file(tmp_path, "任职文件.pdf", b"%PDF-1.7 ...")
    picture = file(tmp_path, "合影.png", png(quarters(2000, 1500)))

    kept = added(office, "person", person, [document, picture])

    assert [(each.name, each.taken, each.purpose) for each in kept] == [
        ("任职文件.pdf", None, "document"),
        ("合影.jpg", None, "document"),
    ]
    assert office.attachments.content(kept[0].id) == b"%PDF-1.7 ..."
    assert seen(office.attachments.content(kept[1].id)).size == (1600, 1200)
    assert whys(office)[0] == "添加附件：张建国 任职文件.pdf、合影.jpg"
    assert {each.id for each in office.people.card(person, TODAY).attachments} == {each.id for each in kept}
    office.history.undo()
    assert office.attachments.of("person", person) == []


def test_a_photo_replaces_the_one_before_and_undo_brings_it_back(
    office: Office, person: str, tmp_path: Path
) -> None:
    first = office.attachments.set_photo(person, file(tmp_path, "一.jpg", photo()))
    second = office.attachments.set_photo(person, file(tmp_path, "二.jpg", photo(quarters(900, 700))))

    assert office.people.card(person, TODAY).photo == second
    assert second.taken == "2026-05-01"
    width, height = seen(office.attachments.content(second.id)).size
    assert abs(width * 4 - height * 3) <= 4
    office.history.undo()
    assert office.people.card(person, TODAY).photo == first
    assert seen(office.attachments.content(first.id)).size == (450, 600)


def test_a_thumbnail_is_small_and_of_pictures_only(office: Office, person: str, tmp_path: Path) -> None:
    paths = [file(tmp_path, "合影.jpg", photo()), file(tmp_path, "说明.txt", "说明".encode())]
    picture, text = added(office, "person", person, paths)

    small = office.attachments.thumbnail(picture.id, 96)

    assert small is not None
    assert seen(small).size == (96, 72)
    assert office.attachments.thumbnail(picture.id, 96) is small
    assert office.attachments.thumbnail(text.id, 96) is None


def test_what_cannot_be_added_is_told_and_nothing_is_written(
    office: Office, person: str, tmp_path: Path
) -> None:
    good = file(tmp_path, "好.txt", b"1")
    large = file(tmp_path, "大.zip", b"")
    with large.open("wb") as out:
        out.truncate((32 << 20) + 1)
    before = whys(office)

    with pytest.raises(LargeAttachmentError, match="大"):
        office.attachments.add("person", person, [good, large])
    with pytest.raises(UnreadableFileError):
        office.attachments.add("person", person, [tmp_path / "没有.pdf"])
    with pytest.raises(PictureError):
        office.attachments.set_photo(person, good)

    assert whys(office) == before
    assert office.attachments.of("person", person) == []


def test_a_file_is_removed_and_brought_back_with_its_content(
    office: Office, person: str, tmp_path: Path
) -> None:
    (proof,) = added(office, "person", person, [file(tmp_path, "证明.pdf", b"%PDF")])

    assert office.attachments.remove([proof.id]) == 1
    with pytest.raises(VanishedAttachmentError):
        office.attachments.content(proof.id)
    office.history.undo()
    office.attachments.save(proof.id, tmp_path / "出.pdf")

    assert (tmp_path / "出.pdf").read_bytes() == b"%PDF"


def test_missing_and_damaged_files_are_found_with_whom_they_belong_to(
    office: Office, person: str, tmp_path: Path
) -> None:
    paths = [file(tmp_path, f"{n}.txt", f"第{n}份".encode()) for n in range(3)]
    whole, gone, broken = added(office, "person", person, paths)
    folder = office.folder / ATTACHMENTS_NAME
    (folder / gone.sha256[:2] / gone.sha256).unlink()
    path = folder / broken.sha256[:2] / broken.sha256
    path.write_bytes(path.read_bytes()[:-1])

    found = {trouble.attachment.id: trouble for trouble in office.attachments.check()}

    assert found.keys() == {gone.id, broken.id}
    assert {trouble.who for trouble in found.values()} == {"张建国"}
    quick = office.attachments.check(thoroughly=False)
    assert {trouble.attachment.id for trouble in quick} == {gone.id, broken.id}
    with pytest.raises(MissingAttachmentError):
        office.attachments.content(gone.id)
    with pytest.raises(DamagedAttachmentError):
        office.attachments.content(broken.id)
    assert office.attachments.content(whole.id) == "第0份".encode()


def test_a_backup_says_that_files_are_lost_until_the_same_file_is_added_again(
    office: Office, tmp_path: Path
) -> None:
    (one,) = added(office, STUDY.name, "a", pictures(tmp_path, 1), PHOTO)
    assert office.backups.backup_now("手动").words.endswith("并核对无误。")
    (office.folder / ATTACHMENTS_NAME / one.sha256[:2] / one.sha256).unlink()

    lost = office.backups.backup_now("手动")
    again = added(office, STUDY.name, "a", pictures(tmp_path, 1), PHOTO)
    whole = office.backups.backup_now("手动")

    assert lost.in_place
    assert "但有 1 个照片、附件的文件本来就不见或损坏了" in lost.words
    assert "请到“设置”→“照片和附件”检查" in lost.words
    assert whole.words.endswith("并核对无误。")
    assert office.attachments.content(one.id) == office.attachments.content(again[0].id)


def test_somebody_with_a_file_alone_stays_when_the_line_goes(
    office: Office, person: str, tmp_path: Path
) -> None:
    office.attachments.add("person", person, [file(tmp_path, "证明.pdf", b"%PDF")])

    office.roster.remove([(person, VILLAGE)])

    assert office.people.get(person).name == "张建国"


def test_merging_takes_files_along_and_leaves_one_photo(office: Office, person: str, tmp_path: Path) -> None:
    other, _ = office.roster.add(VILLAGE, member(id_number="", posts="文书"), TODAY)
    mine = office.attachments.set_photo(person, file(tmp_path, "一.jpg", photo()))
    office.attachments.set_photo(other, file(tmp_path, "二.jpg", photo(quarters(900, 700))))
    office.attachments.add("person", other, [file(tmp_path, "证明.pdf", b"%PDF")])

    office.same_people.merge(person, other)

    card = office.people.card(person, TODAY)
    assert card.photo == mine
    assert sorted(each.name for each in card.attachments) == ["二.jpg", "证明.pdf"]


def test_a_backup_carries_the_files_and_restoring_puts_them_in_place(tmp_path: Path) -> None:
    with opened(tmp_path / "office") as office:
        person, _ = office.roster.add(VILLAGE, member(), TODAY)
        (kept,) = added(office, "person", person, [file(tmp_path, "证明.pdf", b"%PDF one")])
        backup = office.backups.backup_now("手动").path
        (later,) = added(office, "person", person, [file(tmp_path, "后来.pdf", b"%PDF two")])
        key = office._store.key
    assert backup is not None
    shutil.rmtree(tmp_path / "office" / ATTACHMENTS_NAME / kept.sha256[:2])
    (tmp_path / "disk").mkdir()
    moved = shutil.copy(backup, tmp_path / "disk")

    result = restore(Path(moved), tmp_path / "office", PASSWORD)

    assert result.aside is not None
    assert (result.aside / ATTACHMENTS_NAME / later.sha256[:2] / later.sha256).is_file()
    with open_store(tmp_path / "office" / STORE_NAME, key) as store:
        attachments = AttachmentsService(store, tmp_path / "office")
        assert attachments.content(kept.id) == b"%PDF one"
        assert attachments.check() == []
    restore(result.aside, tmp_path / "office", PASSWORD)
    with open_store(tmp_path / "office" / STORE_NAME, key) as store:
        assert AttachmentsService(store, tmp_path / "office").content(later.id) == b"%PDF two"


def test_a_backup_with_a_damaged_file_is_refused(tmp_path: Path) -> None:
    with opened(tmp_path / "office") as office:
        person, _ = office.roster.add(VILLAGE, member(), TODAY)
        office.attachments.add("person", person, [file(tmp_path, "证明.bin", bytes(100_000))])
        backup = office.backups.backup_now("手动").path
    assert backup is not None
    content = bytearray(backup.read_bytes())
    middle = content.index(hashlib.sha256(bytes(100_000)).hexdigest().encode()) + 50_000
    content[middle] ^= 1
    backup.write_bytes(content)

    with pytest.raises(Exception, match="不是完整的备份文件"):
        restore(backup, tmp_path / "office", PASSWORD)

    with opened(tmp_path / "office") as office:
        assert office.attachments.check() == []


def pictures(tmp_path: Path, *seeds: int) -> list[Path]:
    return [file(tmp_path, f"{seed}.jpg", photo(scene(seed))) for seed in seeds]


def test_photos_come_behind_those_that_are_there_and_are_put_in_order(office: Office, tmp_path: Path) -> None:
    one, two = added(office, STUDY.name, "a", pictures(tmp_path, 1, 2), PHOTO)
    (three,) = added(office, STUDY.name, "a", pictures(tmp_path, 3), PHOTO)
    assert [each.id for each in office.attachments.of(STUDY.name, "a", PHOTO)] == [one.id, two.id, three.id]

    office.attachments.arrange(STUDY.name, "a", [three.id, one.id, two.id])

    assert [each.id for each in office.attachments.of(STUDY.name, "a", PHOTO)] == [three.id, one.id, two.id]
    office.history.undo()
    assert [each.id for each in office.attachments.of(STUDY.name, "a", PHOTO)] == [one.id, two.id, three.id]


def test_a_photo_is_a_picture_whatever_it_is_called(office: Office, tmp_path: Path) -> None:
    (heic,) = added(office, STUDY.name, "a", [file(tmp_path, "IMG_1.png", HEIC.read_bytes())], PHOTO)

    assert (heic.name, heic.taken) == ("IMG_1.jpg", "2026-05-01")
    with pytest.raises(PictureError, match="假的"):
        added(office, STUDY.name, "a", [file(tmp_path, "假的.jpg", b"%PDF-1.7")], PHOTO)


def test_the_same_photo_used_elsewhere_is_pointed_out_and_taken(
    office: Office, person: str, tmp_path: Path
) -> None:
    attachments = AttachmentsService(office._store, office.folder, lambda owner, key: f"{owner} {key}")
    (first,) = added(office, STUDY.name, "a", pictures(tmp_path, 1), PHOTO)
    smaller = file(tmp_path, "小.png", png(scene(1).resize((200, 150))))
    again, other = file(tmp_path, "再.jpg", photo(scene(1))), file(tmp_path, "别.jpg", photo(scene(2)))

    found = attachments.add(STUDY.name, "b", [again, smaller, other], PHOTO)

    day, where = first.added[:10].replace("-", "."), f"study a（{STUDY.title}）"
    assert [[twin.words for twin in each.twins if not twin.here] for each in found] == [
        [f"这张照片在“{where}”已用过（{day}）。"],
        [f"与“{where}”的一张照片几乎相同（{day}），请看看是不是同一张。"],
        [],
    ]
    assert [[twin.same for twin in each.twins if twin.here] for each in found] == [[False], [False], []]
    assert len(office.attachments.of(STUDY.name, "b")) == 3


@pytest.mark.parametrize(
    ("register", "words"),
    [
        ("assessment_item", r"\S+党支部 \S+ 20\d\d年[上下]半年"),
        ("activity", r"\S+ 20\d\d\.\d\d\.\d\d \S+"),
        ("managed_secretary", r"\S+ \S+（村（社区）党组织书记提级管理台账）"),
        ("mentoring", r"\S+ \S+（挂钩结对台账）"),
        ("study", r"\S+ \S+（学历能力“双提升”台账）"),
        ("person", r"[^（\s]+"),
    ],
)
def test_a_file_used_twice_is_told_with_what_it_belongs_to(
    whole: Office, tmp_path: Path, register: str, words: str
) -> None:
    record = {each.name: each for each in REGISTERS}[register].record
    records: list[Any] = whole.attachments._records.select(record)
    first, second = records[0].id, records[1].id
    scan = file(tmp_path, "协议.pdf", b"%PDF invented")
    whole.attachments.add(register, first, [scan])

    (again,) = whole.attachments.add(register, second, [scan])

    (said,) = again.remarks
    assert fullmatch(f"“协议.pdf”：这个文件在“{words}”已用过（.*）。", said)
    assert fullmatch(f"添加附件：{words} 协议.pdf", whole.history.recent(1)[0].why)


def test_a_photo_that_was_turned_is_found_again(office: Office, tmp_path: Path) -> None:
    (first,) = added(office, STUDY.name, "a", pictures(tmp_path, 1), PHOTO)
    office.attachments.rotate(first.id, 1)

    (again,) = office.attachments.add(STUDY.name, "b", pictures(tmp_path, 1), PHOTO)

    assert [(twin.attachment.id, twin.same) for twin in again.twins] == [(first.id, False)]


def test_a_photo_that_was_removed_is_no_other_use(office: Office, tmp_path: Path) -> None:
    (first,) = added(office, STUDY.name, "a", pictures(tmp_path, 1), PHOTO)
    office.attachments.remove([first.id])

    (again,) = office.attachments.add(STUDY.name, "b", pictures(tmp_path, 1), PHOTO)

    assert again.twins == ()


def test_portraits_and_scans_are_not_said_to_look_alike(office: Office, person: str, tmp_path: Path) -> None:
    office.attachments.set_photo(person, file(tmp_path, "证件照.jpg", photo(scene(1, 300, 400))))

    (scan,) = office.attachments.add(
        "person", person, [file(tmp_path, "扫描.jpg", photo(scene(1, 330, 440)))]
    )
    (used,) = office.attachments.add(
        STUDY.name, "a", [file(tmp_path, "合影.png", png(scene(1, 330, 440)))], PHOTO
    )

    assert scan.twins == ()
    assert used.twins == ()


def test_caption_and_day_are_written_as_typed_and_taken_back(office: Office, tmp_path: Path) -> None:
    (one,) = added(office, STUDY.name, "a", pictures(tmp_path, 1), PHOTO)

    office.attachments.describe(one.id, TODAY, caption=" 座谈 ", taken="2026年3月4日")

    (shown,) = office.attachments.of(STUDY.name, "a")
    assert (shown.caption, shown.taken) == ("座谈", "2026-03-04")
    with pytest.raises(InvalidValueError, match=r"拍摄日期：.*晚于今天"):
        office.attachments.describe(one.id, TODAY, taken="2027.1.1")
    office.attachments.describe(one.id, TODAY, taken="")
    assert office.attachments.of(STUDY.name, "a")[0].taken is None
    office.history.undo()
    office.history.undo()
    assert office.attachments.of(STUDY.name, "a") == [one]
    office.attachments.remove([one.id])
    with pytest.raises(VanishedAttachmentError):
        office.attachments.describe(one.id, TODAY, caption="晚了")


def test_a_photo_is_turned_and_turned_back_by_undo(office: Office, tmp_path: Path) -> None:
    (one,) = added(office, STUDY.name, "a", [file(tmp_path, "照片.jpg", photo())], PHOTO)

    office.attachments.rotate(one.id, 1)

    (turned,) = office.attachments.of(STUDY.name, "a")
    assert corners(seen(office.attachments.content(one.id))) == ["blue", "red", "white", "green"]
    assert turned.size == len(office.attachments.content(one.id))
    small = office.attachments.thumbnail(one.id, 80)
    assert small is not None
    assert seen(small).size == (60, 80)
    office.history.undo()
    assert office.attachments.of(STUDY.name, "a") == [one]
    assert office.attachments.check() == []


def test_thumbnails_lie_sealed_on_the_disk_and_may_be_lost(office: Office, tmp_path: Path) -> None:
    paths = [*pictures(tmp_path, 1, 2, 3), file(tmp_path, "说明.txt", b"text")]
    kept = added(office, STUDY.name, "a", paths)
    keys = [each.id for each in kept]
    (office.folder / ATTACHMENTS_NAME / kept[2].sha256[:2] / kept[2].sha256).unlink()

    found = office.attachments.thumbnails(keys, 120)

    assert list(found) == keys[:2]
    assert {seen(small).size for small in found.values()} == {(120, 90)}
    folder = office.folder / "temporary" / "thumbnails"
    lying = [path for path in folder.rglob("*") if path.is_file()]
    assert len(lying) == 2
    assert not any(b"JFIF" in path.read_bytes() for path in lying)
    again = AttachmentsService(office._store, office.folder)
    (office.folder / ATTACHMENTS_NAME / kept[0].sha256[:2] / kept[0].sha256).rename(tmp_path / "aside")
    lying[lying[0].name.startswith(kept[0].sha256)].write_bytes(b"not ours")
    assert again.thumbnails(keys, 120) == found
    shutil.rmtree(folder)
    fresh = AttachmentsService(office._store, office.folder)
    assert fresh.thumbnails(keys, 120) == {keys[1]: found[keys[1]]}


def test_files_that_no_record_names_are_listed(office: Office, tmp_path: Path) -> None:
    one, two = added(office, STUDY.name, "a", pictures(tmp_path, 1, 2), PHOTO)
    office.attachments.thumbnails([one.id, two.id], 120)
    office.attachments.remove([two.id])
    stray = office.attachments._files.put(b"nobody's")

    assert office.attachments.orphans() == [stray]
    office.attachments.check()

    left = {path.stem for path in (office.folder / "temporary" / "thumbnails").glob("*/*")}
    assert left == {one.sha256}
    office.history.undo()
    assert office.attachments.check() == []
