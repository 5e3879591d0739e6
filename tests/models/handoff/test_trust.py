"""Enrolment and root files: who is believed, and what changes when keys do."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.models.handoff.codes import Code, RefusedFileError, Standing
from desktop.models.handoff.envelope import Sink
from desktop.models.handoff.header import Kind
from desktop.models.handoff.keys import PublicKeys, UnitKeys
from desktop.models.handoff.package import pack
from desktop.models.handoff.trust import (
    Handover,
    KeyStatus,
    Root,
    Unit,
    read_enrolment,
    write_enrolment,
    write_root,
)
from desktop.models.handoff.verifying import Trust, Verdict, verify
from faults.scene import signed
from tests.models.handoff.vectors import (
    CITY,
    CITY_KEYS,
    MADE,
    ROOT,
    SCHEMA,
    TOWN,
    TOWN_KEYS,
    city_header,
    package_header,
)


@pytest.fixture
def judged(tmp_path: Path) -> Callable[..., Verdict]:
    """What somebody who holds a root makes of a file."""

    def judge(write: Callable[[Sink], str], held: Root | None, unit: Unit = TOWN) -> Verdict:
        path = tmp_path / "file.tybs"
        stream = io.BytesIO()
        write(stream)
        path.write_bytes(stream.getvalue())
        keys = {TOWN.code: TOWN_KEYS, CITY.code: CITY_KEYS}[unit.code]
        return verify(path, Trust(unit=unit.code, keys=(keys,), root=held, schema=SCHEMA))

    return judge


def root_file(root: Root, keys: UnitKeys = CITY_KEYS) -> Callable[[Sink], str]:
    return lambda sink: write_root(sink, root, keys, MADE, SCHEMA)


def package_file(keys: UnitKeys = TOWN_KEYS) -> Callable[[Sink], str]:
    return lambda sink: pack(sink, package_header(signer=keys.public.signing), keys, {})


def test_an_enrolment_is_to_be_compared_by_telephone(judged: Callable[..., Verdict]) -> None:
    verdict = judged(lambda sink: write_enrolment(sink, TOWN, TOWN_KEYS, MADE, SCHEMA), Root(1, CITY), CITY)

    assert verdict.code is Code.COMPARE
    assert verdict.standing is Standing.ASK
    assert "12 位指纹" in verdict.advice
    assert verdict.envelope
    assert read_enrolment(verdict.envelope).fingerprint == TOWN.fingerprint


def test_an_enrolment_of_keys_that_one_does_not_hold_is_forged(judged: Callable[..., Verdict]) -> None:
    def signed_by_another(sink: Sink) -> str:
        stream = io.BytesIO()
        write_enrolment(stream, TOWN, TOWN_KEYS, MADE, SCHEMA)
        sink.write(signed(stream.getvalue(), UnitKeys.generate()))
        return ""

    verdict = judged(signed_by_another, Root(1, CITY), CITY)

    assert verdict.code is Code.FORGED
    assert verdict.envelope is None


def test_the_first_root_is_to_be_compared_and_the_next_ones_follow(judged: Callable[..., Verdict]) -> None:
    newer = ROOT.with_status(TOWN.keys, KeyStatus.LOST)

    assert judged(root_file(ROOT), None).code is Code.COMPARE
    assert judged(root_file(newer), ROOT).code is Code.OK
    assert judged(root_file(ROOT), ROOT).code is Code.UNCHANGED
    assert judged(root_file(ROOT), newer).code is Code.ROLLBACK
    assert judged(root_file(replace(newer, townships=())), newer).code is Code.FORK


def test_a_root_of_somebody_else_is_not_believed(judged: Callable[..., Verdict]) -> None:
    stranger = UnitKeys.generate()
    claimed = replace(ROOT, version=9, city=replace(CITY, keys=stranger.public))
    forged = Handover(9, CITY.keys, stranger.public, "00" * 64)

    assert judged(root_file(claimed, stranger), ROOT).code is Code.UNKNOWN_KEY
    assert judged(root_file(replace(claimed, handovers=(forged,)), stranger), ROOT).code is Code.UNKNOWN_KEY
    with pytest.raises(ValueError, match="other keys"):
        write_root(io.BytesIO(), ROOT, stranger, MADE, SCHEMA)


def test_a_new_key_of_the_city_is_believed_on_the_word_of_the_old_one(judged: Callable[..., Verdict]) -> None:
    second, third = UnitKeys.generate(), UnitKeys.generate()
    changed = ROOT.with_city_keys(CITY_KEYS, second.public)
    changed_again = changed.with_city_keys(second, third.public)

    assert judged(root_file(changed, second), ROOT).code is Code.OK
    assert judged(root_file(changed_again, third), ROOT).code is Code.OK  # one root was never seen
    assert judged(root_file(ROOT), changed).code is Code.ROLLBACK
    late = replace(ROOT, version=99)  # the old key, stolen
    assert judged(root_file(late), changed).code is Code.REVOKED_KEY
    moved = replace(changed.handovers[0], new=third.public)
    hijacked = replace(changed, city=replace(CITY, keys=third.public), handovers=(moved,))
    assert judged(root_file(hijacked, third), ROOT).code is Code.UNKNOWN_KEY


def test_the_citys_old_key_signs_nothing_more(judged: Callable[..., Verdict]) -> None:
    changed = ROOT.with_city_keys(CITY_KEYS, UnitKeys.generate().public)

    def down(sink: Sink) -> str:
        return pack(sink, city_header(Kind.DOWN), CITY_KEYS, {})

    verdicts = judged(down, ROOT), judged(down, changed)

    assert [verdict.code for verdict in verdicts] == [Code.OK, Code.REVOKED_KEY]
    assert verdicts[1].message == "石首市委组织部的这把密钥已更换"


@pytest.mark.parametrize(
    ("status", "word"),
    [(KeyStatus.REPLACED, "已更换"), (KeyStatus.REVOKED, "已停用"), (KeyStatus.LOST, "已挂失")],
)
def test_each_key_out_of_use_has_words_of_its_own(
    judged: Callable[..., Verdict], status: KeyStatus, word: str
) -> None:
    verdict = judged(package_file(), ROOT.with_status(TOWN.keys, status), CITY)

    assert verdict.code is Code.REVOKED_KEY
    assert verdict.message == f"绣林街道的这把密钥{word}"


def test_a_unit_that_enrols_again_goes_on_with_its_new_key(judged: Callable[..., Verdict]) -> None:
    new = UnitKeys.generate()
    root = ROOT.with_townships(replace(TOWN, keys=new.public))

    assert judged(package_file(new), root, CITY).code is Code.OK
    assert judged(package_file(), root, CITY).message.endswith("已更换")
    assert root.active(TOWN.code) == replace(TOWN, keys=new.public)
    assert len(root.townships) == 2


def test_a_key_that_was_taken_out_of_use_or_is_anothers_does_not_come_back() -> None:
    lost = ROOT.with_status(TOWN.keys, KeyStatus.LOST)

    with pytest.raises(RefusedFileError, match="已经停用"):
        lost.with_townships(TOWN)
    with pytest.raises(RefusedFileError, match="对不上"):
        ROOT.with_townships(replace(TOWN, code="421081100"))


def test_a_sender_who_holds_a_newer_root_says_so(judged: Callable[..., Verdict]) -> None:
    new = UnitKeys.generate()
    header = package_header(signer=new.public.signing, root=ROOT.version + 3)

    verdict = judged(lambda sink: pack(sink, header, new, {}), ROOT, CITY)

    assert verdict.code is Code.UNKNOWN_KEY
    assert verdict.message == "签名的密钥不在本机的信任文件里：本机的是第 2 版，对方已用第 5 版"


def test_without_a_root_nobody_is_believed(judged: Callable[..., Verdict]) -> None:
    assert judged(package_file(), None, CITY).code is Code.UNKNOWN_KEY


def test_keys_come_back_from_the_store() -> None:
    assert UnitKeys.from_bytes(TOWN_KEYS.to_bytes()).public == TOWN.keys
    with pytest.raises(ValueError, match="32 bytes"):
        UnitKeys.from_bytes(b"short")
    with pytest.raises(ValueError, match="64 hexadecimal"):
        PublicKeys("A" * 64, "0" * 64)


def test_rows_of_another_shape_are_refused(judged: Callable[..., Verdict]) -> None:
    header = replace(city_header(Kind.ENROLMENT), registers=(("unit", 1),))
    row = {"code": CITY.code, "name": 1, "keys": {"signing": "", "sealing": ""}, "status": "active"}

    verdict = judged(lambda sink: pack(sink, header, CITY_KEYS, {"unit": [row]}), ROOT, CITY)

    assert verdict.code is Code.FORGED


def test_a_file_that_is_refused_says_what_to_do() -> None:
    assert str(RefusedFileError(Code.WRONG_UNIT)).endswith("必要时更新信任文件。")
