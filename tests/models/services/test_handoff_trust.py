"""Keys and roots in the store: who may make what, roots that follow, a city that starts again or was restored."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.models.handoff.codes import RefusedFileError
from desktop.models.handoff.trust import KeyStatus
from desktop.models.services import backup
from desktop.models.services.handoff_keys import NotCityError, NotTownshipError, Standing
from desktop.models.services.handoff_trust import NotComparedError, UnknownUnitKeyError
from tests.enrolled import NOW, Offices, two_offices
from tests.offices import PASSWORD, opened


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with two_offices(tmp_path) as offices:
        yield offices


@pytest.mark.parametrize(
    ("status", "standing", "words"),
    [
        (KeyStatus.LOST, Standing.LOST, "已按丢失挂失"),
        (KeyStatus.REVOKED, Standing.REVOKED, "市里停用了本机的密钥"),
    ],
)
def test_a_key_out_of_use_has_words_of_its_own_until_a_new_one_is_listed(
    offices: Offices, status: KeyStatus, standing: Standing, words: str
) -> None:
    fingerprint = offices.town.handoff.keys.me.fingerprint

    offices.city.handoff.trust.set_status(fingerprint, status, NOW)
    offices.hand_down_root()
    told = offices.town.handoff.keys.standing
    blocking = offices.town.handoff.sending.check(as_of=NOW.date(), today=NOW.date())
    offices.enroll()

    assert told is standing
    assert words in told.words
    assert (blocking[0].blocking, blocking[0].words) == (True, told.words)
    assert offices.town.handoff.keys.standing is Standing.ACTIVE
    with pytest.raises(UnknownUnitKeyError, match="没有指纹为“0000 0000 0000”的密钥"):
        offices.city.handoff.trust.set_status("0000 0000 0000", status, NOW)


def test_another_pc_that_is_enrolled_replaces_the_key_of_the_first(offices: Offices, tmp_path: Path) -> None:
    with opened(tmp_path / "other", filled=True) as other:
        Offices(other, offices.city, offices.stick).enroll()

    offices.hand_down_root()

    assert offices.town.handoff.keys.standing is Standing.REPLACED
    assert "已更换" in offices.town.handoff.keys.standing.words


def test_a_township_makes_nothing_that_only_the_city_makes(offices: Offices) -> None:
    town = offices.town.handoff
    root = town.keys.root
    for forbidden in (
        lambda: town.trust.write_root(offices.stick, NOW),
        lambda: town.trust.change_city_keys(NOW),
        lambda: town.trust.take_enrolments([town.keys.me], [town.keys.me.fingerprint], NOW),
        lambda: town.down.write(offices.stick, NOW),
    ):
        with pytest.raises(NotCityError, match="这一步由市里做"):
            forbidden()

    assert town.keys.root == root
    doubts = offices.city.handoff.sending.check(as_of=NOW.date(), today=NOW.date())
    assert doubts[0].words == "本机是市里的数据，不用报送。"


def test_a_city_writes_no_enrolment_file_and_forgets_no_root(offices: Offices) -> None:
    handoff = offices.city.handoff
    root = handoff.keys.root

    with pytest.raises(NotTownshipError, match="请写出信任文件"):
        handoff.trust.write_enrolment(offices.stick, NOW)
    with pytest.raises(NotTownshipError, match="什么都没有改"):
        handoff.trust.forget_root()

    assert list(offices.stick.iterdir()) == []
    assert root is not None
    assert handoff.keys.root == root


def test_a_township_that_missed_a_change_of_the_citys_key_follows(offices: Offices) -> None:
    for _ in range(2):
        offices.city.handoff.trust.change_city_keys(NOW)
    path = offices.city.handoff.trust.write_root(offices.stick, NOW)

    verdict = offices.town.handoff.verify(path)
    taken = offices.town.handoff.trust.take_root(verdict)

    assert verdict.code == "ok"
    assert taken.city.keys == offices.city.handoff.keys.me.keys
    assert offices.merge(offices.pack()).number == 1


def test_a_city_that_begins_anew_is_believed_after_comparing_only(offices: Offices, tmp_path: Path) -> None:
    with opened(tmp_path / "again", level="city") as city:
        city.handoff.keys.make()
        path = city.handoff.trust.write_root(offices.stick, NOW)
        fingerprint = city.handoff.keys.me.fingerprint
    trust = offices.town.handoff.trust

    with pytest.raises(RefusedFileError):
        trust.take_root(offices.town.handoff.verify(path), fingerprint)
    trust.forget_root()
    with pytest.raises(NotComparedError, match="1234 5678 9012 与石首市文件里的密钥对不上") as wrong:
        trust.take_root(offices.town.handoff.verify(path), "1234 5678 9012")
    assert fingerprint not in str(wrong.value)  # what the screen tells nobody needs to hear
    trust.take_root(offices.town.handoff.verify(path), fingerprint.replace(" ", ""))

    assert offices.town.handoff.keys.standing is Standing.NOT_LISTED


def test_a_restored_city_takes_its_last_root_back_and_numbers_the_next_above_it(tmp_path: Path) -> None:
    with two_offices(tmp_path) as offices:
        made = offices.city.backups.backup_now("测试")
        fingerprint = offices.town.handoff.keys.me.fingerprint
        offices.city.handoff.trust.set_status(fingerprint, KeyStatus.LOST, NOW)
        offices.hand_down_root()
        newest = offices.town.handoff.keys.known_root
    assert made.path
    backup.restore(made.path, tmp_path / "city", PASSWORD)

    with (
        opened(tmp_path / "city", level="city") as city,
        opened(tmp_path / "town", filled=True) as town,
    ):
        again = Offices(town, city, tmp_path / "stick")
        (given,) = again.stick.glob(f"*信任文件_第{newest.version}号*")
        assert city.handoff.trust.take_root(city.handoff.verify(given)) == newest
        before = town.handoff.keys.standing
        assert before is Standing.LOST
        city.handoff.trust.set_status(fingerprint, KeyStatus.REVOKED, NOW)
        again.hand_down_root()

        assert town.handoff.keys.known_root.version > newest.version
        assert town.handoff.keys.standing is Standing.REVOKED


def test_a_restored_city_without_its_last_root_numbers_the_next_above_it(tmp_path: Path) -> None:
    with two_offices(tmp_path) as offices:
        made = offices.city.backups.backup_now("测试")
        for _ in range(3):
            offices.city.handoff.trust.change_city_keys(NOW)
        given = offices.city.handoff.keys.known_root.version
    assert made.path
    backup.restore(made.path, tmp_path / "city", PASSWORD)

    with opened(tmp_path / "city", level="city") as city:
        fresh = city.handoff.trust.change_city_keys(NOW)

    assert fresh.version > given


def test_the_city_is_told_its_own_next_step(tmp_path: Path) -> None:
    with opened(tmp_path / "city", level="city") as city:
        keys, told = city.handoff.keys, []
        told.append(keys.standing_words)
        keys.make()
        told.append(keys.standing_words)
        city.handoff.trust.write_root(tmp_path, NOW)
        told.append(keys.standing_words)

    assert [words.partition("。")[0] for words in told] == [
        "市里还没有密钥",
        "市里已有密钥，还没有信任文件",
        "市里的密钥在用",
    ]
