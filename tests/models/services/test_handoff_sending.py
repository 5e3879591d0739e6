"""What a township hands over: differences, checks, numbers, sticks that do not take it, nobody's name in the open."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta
from errno import ENODEV
from pathlib import Path

import pytest

from desktop.models.database.attachments import MissingAttachmentError
from desktop.models.database.records import Records
from desktop.models.handoff import writing
from desktop.models.handoff.writing import NotWrittenError, Trouble
from desktop.models.registers.handoff import OWN
from desktop.models.registers.person import PERSON, Person
from desktop.models.services import backup
from desktop.models.services.drives import Drive
from desktop.models.services.handoff_log import SentStatus
from desktop.models.services.handoff_places import Place, next_place, next_version
from desktop.models.services.handoff_sending import NotReadyError
from tests.enrolled import NOW, Offices, two_offices
from tests.offices import PASSWORD, TODAY, identity_number, opened


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with two_offices(tmp_path) as offices:
        yield offices


def add_people(offices: Offices, names: list[str]) -> list[Person]:
    people = [
        Person(id=f"planted-{order}", name=name, id_number=identity_number(order=order))
        for order, name in enumerate(names, start=1)
    ]
    with offices.town._store.change("录入"):
        Records(offices.town._store).insert_many(people)
    return people


def test_the_difference_is_what_changed_since_the_last_package(offices: Offices) -> None:
    sending = offices.town.handoff.sending
    everything = {each.register: each.added for each in sending.difference()}
    first = offices.pack()
    unchanged = sending.difference()
    someone, other = Records(offices.town._store).select(Person)[:2]
    add_people(offices, ["欧阳新来"])
    with offices.town._store.change("改名"):
        Records(offices.town._store).update(Person, someone.id, name="司马改名")
    with offices.town._store.change("改后又改回"):
        Records(offices.town._store).update(Person, other.id, remarks="暂记")
    with offices.town._store.change("改回"):
        Records(offices.town._store).update(Person, other.id, remarks=other.remarks)

    (difference,) = sending.difference()

    assert everything == {name: count for name, count in first.registers.items() if count}
    assert unchanged == ()
    assert (difference.register, difference.added, difference.changed, difference.removed) == (
        *(PERSON.name, 1, 1, 0),
    )
    told = {(each.who, each.field): (each.old, each.new) for each in sending.told(difference.rows)}
    assert told["司马改名", "姓名"] == (someone.name, "司马改名")
    assert told["欧阳新来", "身份证号"][1].startswith("421099")
    assert identity_number(order=1) not in str(told)


def test_the_check_says_what_blocks_and_what_only_warns(tmp_path: Path, offices: Offices) -> None:
    with opened(tmp_path / "alone") as alone:
        blocked = alone.handoff.sending.check(as_of=TODAY, today=TODAY)
        with pytest.raises(NotReadyError, match="本机还没有密钥"):
            alone.handoff.sending.write(offices.stick, now=NOW)
    tomorrow = offices.town.handoff.sending.check(as_of=TODAY + timedelta(days=1), today=TODAY)
    offices.town.health.set_rule("R6-1", limits={"least": 7})
    offices.pack()

    warned = offices.town.handoff.sending.check(as_of=TODAY, today=TODAY)

    assert [each.blocking for each in blocked] == [True, True]
    assert [each.words for each in tomorrow if each.blocking] == ["截止日期晚于今天，请改成今天或更早。"]
    assert not any(each.blocking for each in warned)
    assert any("须纠正" in each.words for each in warned)


def test_a_package_is_chosen_by_register_and_by_day(offices: Offices) -> None:
    sending = offices.town.handoff.sending
    whole = sending.preview(as_of=TODAY, today=TODAY)
    add_people(offices, ["欧阳新来"])

    few = sending.preview(["term"], as_of=TODAY, today=TODAY)
    before = sending.preview(as_of=date(2020, 1, 1), today=TODAY)

    assert [name for name, _, _ in whole.registers] == list(OWN)
    assert [name for name, _, _ in few.registers] == ["division", "person", "term"]
    assert few.registers[1][2] == 126
    assert sum(count for _, _, count in before.registers) == 0


def test_packages_follow_one_another_and_the_log_tells_where_each_went(
    offices: Offices, tmp_path: Path
) -> None:
    sending = offices.town.handoff.sending
    stick = Drive(
        root=offices.stick,
        device="/dev/sdx1",
        label="办公U盘",
        serial="1234-ABCD",
        file_system="vfat",
        free=1 << 30,
        size=1 << 30,
        read_only=False,
    )
    offices.town.settings.operator = "周经办"

    unknown = sending.is_unknown_disk(stick)
    first = sending.write(offices.stick, now=NOW, purpose=" 月报 ", approver="吴领导", drives=lambda: [stick])
    second = offices.pack()

    assert (unknown, sending.is_unknown_disk(stick)) == (True, False)
    assert (first.label, first.serial, first.purpose, first.approver) == (
        *("办公U盘", "1234-ABCD", "月报", "吴领导"),
    )
    assert (first.operator, first.size) == ("周经办", (offices.stick / first.file).stat().st_size)
    assert (second.epoch, second.seq, second.previous) == (first.epoch, 2, first.hash)
    assert sending.log.all() == [first, second]
    assert offices.city.handoff.verify(offices.stick / first.file).code == "ok"


def test_a_pulled_stick_leaves_no_success_and_its_number_free(offices: Offices, tmp_path: Path) -> None:
    away = tmp_path / "away"

    def pull(written: int) -> None:
        offices.stick.rename(away)

    with pytest.raises(NotWrittenError, match="U盘已拔出或没有插好") as error:
        offices.town.handoff.sending.write(offices.stick, now=NOW, progress=pull)
    away.rename(offices.stick)

    assert error.value.trouble is Trouble.GONE
    assert offices.town.handoff.sending.log.all() == []
    assert offices.pack().seq == 1


def test_a_stick_pulled_after_the_file_got_its_name_leaves_no_success_and_its_number_taken(
    offices: Offices, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = tmp_path / "away"

    def pull(folder: Path) -> None:
        shutil.copytree(folder, away)
        shutil.rmtree(folder)
        raise OSError(ENODEV, "no such device")

    monkeypatch.setattr(writing, "_sync_names", pull)
    with pytest.raises(NotWrittenError):
        offices.pack()
    monkeypatch.undo()
    shutil.copytree(away, offices.stick)
    (kept,) = offices.stick.glob("*报送包*.tybs")
    (lost,) = offices.town.handoff.sending.log.all()

    following = offices.pack()

    assert lost.status is SentStatus.WRITING
    assert lost.status.label == "没有写成"
    assert (following.seq, following.previous) == (2, lost.hash)
    assert offices.city.handoff.verify(offices.stick / following.file).code == "gap"
    offices.merge(replace(lost, file=kept.name))
    assert offices.city.handoff.verify(offices.stick / following.file).code == "ok"


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "full"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(place)]
    if sys.platform == "win32" or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts nothing for us")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_full_disk_leaves_no_success(offices: Offices, full_disk: Path) -> None:
    with pytest.raises(NotWrittenError, match="磁盘空间不够。请清理后再试，或换一个U盘"):
        offices.town.handoff.sending.write(full_disk, now=NOW)

    assert list(full_disk.iterdir()) == []
    assert offices.town.handoff.sending.log.all() == []


def test_a_fat_image_is_a_stick(offices: Offices, tmp_path: Path) -> None:
    image, place = tmp_path / "fat.img", tmp_path / "fat"
    place.mkdir()
    if not shutil.which("mkfs.vfat"):
        pytest.skip("no mkfs.vfat here")
    image.write_bytes(bytes(8 << 20))
    subprocess.run(["mkfs.vfat", str(image)], capture_output=True, check=True)
    words = ["mount", "-o", "loop,iocharset=utf8", str(image), str(place)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts no FAT for us")
    try:
        sent = offices.town.handoff.sending.write(place, now=NOW)
        assert offices.city.handoff.verify(place / sent.file).code == "ok"
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_an_attachment_that_is_missing_is_told_before_and_stops_the_package(
    offices: Offices, tmp_path: Path
) -> None:
    (tmp_path / "证书.pdf").write_bytes(b"%PDF-1.4 invented")
    someone = Records(offices.town._store).select(Person)[0]
    offices.town.attachments.add(PERSON.name, someone.id, [tmp_path / "证书.pdf"])
    shutil.rmtree(tmp_path / "town" / "attachments")

    doubts = offices.town.handoff.sending.check(as_of=TODAY, today=TODAY)
    with pytest.raises(MissingAttachmentError):
        offices.pack()

    assert [each.words for each in doubts if each.blocking] == [
        "有 1 个附件缺失或损坏，请在“设置”里核对附件，从备份恢复或重新添加。"
    ]
    assert not list(offices.stick.glob("*报送包*"))
    assert offices.town.handoff.sending.log.all() == []


def test_places_follow_and_are_never_given_twice() -> None:
    late, early = NOW, NOW - timedelta(days=9000)
    first = next_place(None, None, late)

    assert first == Place(int(f"{NOW.astimezone(UTC):%Y%m%d%H%M%S}"), 1)
    assert next_place(first, first, late) == Place(first.epoch, 2)
    assert next_place(first, None, late) > Place(first.epoch, 10**6)
    assert next_place(first, Place(first.epoch, 5), early) == Place(first.epoch + 1, 1)
    assert next_place(None, Place(first.epoch, 0), early) == Place(first.epoch + 1, 1)
    assert next_version(3, Place(1, 3), late) == 4
    assert next_version(3, Place(1, 7), late) == 20261125


def test_a_restore_begins_a_new_row_even_where_the_clock_is_wrong(tmp_path: Path) -> None:
    with two_offices(tmp_path) as offices:
        made = offices.town.backups.backup_now("测试")
        first = offices.pack()
    assert made.path
    backup.restore(made.path, tmp_path / "town", PASSWORD)

    with opened(tmp_path / "town", filled=True) as town:
        restored = town.handoff.sending.write(offices.stick, now=NOW - timedelta(days=9000))

    assert restored.seq == 1
    assert restored.epoch == first.epoch + 1


def test_no_name_of_200_planted_people_is_in_the_open(offices: Offices, tmp_path: Path) -> None:
    surnames, given = "欧阳司马上官诸葛东方", "嫄媛芃昉翀峣珩瑄晟暄"
    names = [f"{surnames[i % 5 * 2 : i % 5 * 2 + 2]}{given[i // 20]}{given[i % 10]}{i}" for i in range(200)]
    people = add_people(offices, names)
    (tmp_path / "照片.txt").write_text(names[0], encoding="utf-8")
    offices.town.attachments.add(PERSON.name, people[0].id, [tmp_path / "照片.txt"])
    (tmp_path / "照片.txt").unlink()

    package = offices.merge(offices.pack())
    offices.remark(people[1].id, "birth", f"{names[1]}的出生年月不对")
    receipt = offices.receipt(package)
    offices.town.handoff.receipts.take(offices.town.handoff.verify(receipt.path))

    words = [*names, *(str(person.id_number) for person in people)]
    needles = [each.encode(code) for each in words for code in ("utf-8", "utf-16-le", "gb18030")]
    for path in (each for each in tmp_path.rglob("*") if each.is_file()):
        content = path.read_bytes()
        assert not any(needle in content for needle in needles), path
        assert not any(name in str(path) for name in words)
    assert receipt.path.stat().st_size > 500
    assert offices.town.handoff.remarks.all()[0].remark.text == f"{names[1]}的出生年月不对"
