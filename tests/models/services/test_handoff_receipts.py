"""Receipts that a township takes, and the remarks in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.models.database.records import Records
from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.receipt import RefusedRow
from desktop.models.handoff.trust import KeyStatus
from desktop.models.registers.person import Person
from desktop.models.registers.remark import Remark
from desktop.models.services.handoff_city import MergeResult
from desktop.models.services.handoff_keys import NotCityError
from desktop.models.services.handoff_log import SentStatus
from desktop.models.services.handoff_receipts import (
    NoRecipientError,
    NotOurPackageError,
    TakenReceipt,
    WrittenReceipt,
)
from desktop.models.services.handoff_remarks import EmptyRemarkError
from tests.enrolled import NOW, Offices, two_offices


@pytest.fixture
def offices(tmp_path: Path) -> Iterator[Offices]:
    with two_offices(tmp_path) as offices:
        yield offices


def take(offices: Offices, receipt: WrittenReceipt) -> TakenReceipt:
    return offices.town.handoff.receipts.take(offices.town.handoff.verify(receipt.path))


def somebody(offices: Offices) -> Person:
    return Records(offices.town._store).select(Person)[0]


def test_only_a_valid_receipt_of_one_of_our_packages_says_received(offices: Offices) -> None:
    sent = offices.pack()
    package = offices.merge(sent)
    other = replace(package, id="ab" * 32)
    written = offices.receipt(package)
    result = offices.city.handoff.city.result(package.id)
    foreign = offices.city.handoff.receipts.write(offices.stick, other, result, NOW)
    damaged = offices.stick / "damaged.tybs"
    damaged.write_bytes(written.path.read_bytes()[:-40])
    log = offices.town.handoff.sending.log

    with pytest.raises(NotOurPackageError, match="不在本机的报送记录里"):
        take(offices, foreign)
    with pytest.raises(RefusedFileError, match="文件不完整"):
        take(offices, replace(written, path=damaged))
    with pytest.raises(RefusedFileError, match="不是发给本单位的"):
        take(offices, replace(written, path=offices.stick / sent.file))
    before = log.all()[0].status
    taken = take(offices, written)

    assert before is SentStatus.WRITTEN
    assert (log.all()[0].status, log.all()[0].status.label) == (SentStatus.TAKEN, "已接收")
    assert taken.check_code == written.check_code
    assert taken.receipt.counts == result.counts
    assert {each.name: each.version for each in taken.receipt.code_lists}["GB/T 4658"] == "2006"
    assert {each.name for each in taken.receipt.schemes} == {"scheme.activities", "scheme.checklist"}
    assert taken.words == ()


def test_a_receipt_is_taken_once_and_tells_what_changed_since(offices: Offices) -> None:
    written = offices.receipt(offices.merge(offices.pack()))
    with offices.town._store.change("改备注"):
        Records(offices.town._store).update(Person, somebody(offices).id, remarks="新情况")

    first, again = take(offices, written), take(offices, written)

    assert [(each.register, each.changed) for each in first.since] == [("person", 1)]
    assert first.words == ("这个报送包写出以后，本机又改动了 1 条记录，市里还不知道，请再报送一次。",)
    assert again.sent == first.sent
    assert offices.town.handoff.verify(written.path).code == "unchanged"


def test_remarks_open_at_their_record_and_are_worked_off(offices: Offices) -> None:
    person = somebody(offices)
    package = offices.merge(offices.pack())
    remark = offices.remark(person.id, "birth", "出生年月与身份证号不符，请核对")
    taken = take(offices, offices.receipt(package))
    (line,) = offices.town.handoff.remarks.all()
    assert taken.sent.status.label == "有退回"
    assert (line.who, line.title, line.label, line.is_open) == (person.name, "人员", "出生年月", True)
    assert (line.remark.register, line.remark.row_id) == ("person", person.id)
    assert line.remark.by == "石首市"

    offices.town.handoff.remarks.close(line.remark.id, NOW + timedelta(minutes=1))
    assert [each.is_open for each in offices.town.handoff.remarks.all()] == [False]

    later = NOW + timedelta(hours=1)
    offices.merge(offices.town.handoff.sending.write(offices.stick, now=later))
    (told,) = offices.city.handoff.remarks.all()
    assert (told.is_open, told.answered) == (False, NOW + timedelta(minutes=1))

    offices.city.handoff.remarks.ask_again(remark, later)  # the city is not satisfied
    second = offices.city.handoff.city.packages(offices.town.unit.code)[-1]
    take(offices, offices.receipt(second))
    assert [each.is_open for each in offices.town.handoff.remarks.all()] == [True, False]

    third = offices.merge(offices.town.handoff.sending.write(offices.stick, now=later))
    assert [each.is_open for each in offices.city.handoff.remarks.all()] == [
        True
    ]  # the old answer closes nothing
    offices.city.handoff.remarks.close(remark, later)
    closed = take(offices, offices.receipt(third))

    assert [each.is_open for each in offices.town.handoff.remarks.all()] == [False, False]
    assert closed.sent.status is SentStatus.TAKEN


def test_a_remark_that_a_receipt_repeats_although_it_was_dealt_with_opens_again(offices: Offices) -> None:
    package = offices.merge(offices.pack())
    remark = offices.remark(somebody(offices).id, None, "请核对")
    take(offices, offices.receipt(package))
    (line,) = offices.town.handoff.remarks.all()
    offices.town.handoff.remarks.close(line.remark.id, NOW + timedelta(minutes=1))
    later = NOW + timedelta(hours=1)
    second = offices.merge(offices.town.handoff.sending.write(offices.stick, now=later))
    with offices.city._store.change("还没办"):
        Records(offices.city._store).update(Remark, remark, answered=None)  # as a city that knows no answers

    take(offices, offices.receipt(second))

    assert [each.is_open for each in offices.town.handoff.remarks.all()] == [True]


def test_undoing_a_merge_opens_the_remarks_that_its_package_had_answered(offices: Offices) -> None:
    package = offices.merge(offices.pack())
    offices.remark(somebody(offices).id, None, "请核对")
    take(offices, offices.receipt(package))
    (line,) = offices.town.handoff.remarks.all()
    offices.town.handoff.remarks.close(line.remark.id, NOW)
    second = offices.merge(offices.pack())
    closed = [each.is_open for each in offices.city.handoff.remarks.all()]

    offices.city.handoff.city.undo(second.id)

    assert (closed, [each.is_open for each in offices.city.handoff.remarks.all()]) == ([False], [True])


def test_the_reasons_of_refused_rows_name_the_records_for_the_officer(offices: Offices) -> None:
    person = somebody(offices)
    package = offices.merge(offices.pack())
    refused = tuple(RefusedRow("person", person.id, "不属于本单位") for _ in range(7))
    result = MergeResult(seq=package.merged, refused=refused)

    taken = take(offices, offices.city.handoff.receipts.write(offices.stick, package, result, NOW))

    named = "、".join([f"人员 {person.name}"] * 5)
    assert taken.words[:2] == (
        "有 7 条记录没有被接收，请按理由改好后重新报送：",
        f"· {named}等 7 条：不属于本单位",
    )


def test_taking_a_receipt_can_be_undone_with_its_remarks(offices: Offices) -> None:
    package = offices.merge(offices.pack())
    offices.remark(somebody(offices).id, None, "整条请核对")
    take(offices, offices.receipt(package))

    undone = offices.town.history.undo()

    assert undone is not None
    assert undone.why == "撤销：接收回执：第 1 号报送包"
    assert offices.town.handoff.remarks.all() == []


def test_a_receipt_needs_a_key_in_use_to_be_sealed_to(offices: Offices) -> None:
    package = offices.merge(offices.pack())
    me = offices.town.handoff.keys.me
    offices.city.handoff.trust.set_status(me.fingerprint, KeyStatus.REVOKED, NOW)

    with pytest.raises(NoRecipientError, match="没有在用的密钥"):
        offices.receipt(package)


def test_a_receipt_on_the_way_is_read_with_the_key_before(offices: Offices) -> None:
    written = offices.receipt(offices.merge(offices.pack()))
    offices.enroll()  # with new keys

    assert take(offices, written).sent.status is SentStatus.TAKEN
    assert len(offices.town.handoff.keys.own) == 2
    assert offices.town.handoff.keys.standing == "active"


def test_a_package_that_the_city_refuses_is_not_received(offices: Offices) -> None:
    sent = offices.pack()
    verdict = offices.city.handoff.verify(offices.stick / sent.file)
    refused = offices.city.handoff.receipts.refuse(offices.stick, verdict, " 少报了两个村 ", NOW)

    taken = take(offices, refused)

    assert (taken.sent.status, taken.sent.status.label) == (SentStatus.REFUSED, "未接收")
    assert taken.words == ("市里没有接收这个报送包：少报了两个村。请改好后重新报送。",)
    offices.merge(sent)
    merged = offices.city.handoff.verify(offices.stick / sent.file)
    with pytest.raises(RefusedFileError, match="这个报送包已经合并"):
        offices.city.handoff.receipts.refuse(offices.stick, merged, "又不要了", NOW)


def test_the_package_after_one_that_was_sent_back_is_no_gap_and_nothing_counts_as_lost(
    offices: Offices,
) -> None:
    offices.merge(offices.pack())
    returned, later = offices.pack(), offices.pack()
    verify = offices.city.handoff.verify
    before = verify(offices.stick / later.file).code

    offices.city.handoff.receipts.refuse(offices.stick, verify(offices.stick / returned.file), "重报", NOW)

    assert (before, verify(offices.stick / later.file).code) == (Code.GAP, Code.OK)
    assert verify(offices.stick / returned.file).code is Code.OK  # the city may still think otherwise
    offices.merge(later)
    (line,) = (each for each in offices.city.handoff.city.board(NOW.date()) if each.last)
    assert (line.last and line.last.number, line.lost) == (3, ())


def test_remarks_are_made_by_the_city_and_told_as_long_as_the_record_is_there(offices: Offices) -> None:
    people = Records(offices.town._store).select(Person)
    package = offices.merge(offices.pack())
    remarks, unit = offices.city.handoff.remarks, offices.town.unit.code
    with pytest.raises(EmptyRemarkError, match="请填写退回意见"):
        remarks.attach(unit, "person", people[0].id, "  ", NOW)
    with pytest.raises(NotCityError):
        offices.town.handoff.remarks.attach(unit, "person", people[0].id, "请核对", NOW)

    told = remarks.attach(unit, "person", people[0].id, " 请核对学历 ", NOW, field="education")
    remarks.attach(unit, "person", "gone", "这个人没有了", NOW)
    closed = remarks.attach(unit, "person", people[1].id, "已经说清楚", NOW)
    remarks.close(closed.id, NOW)
    receipt = offices.receipt(package).receipt

    assert [(each.id, each.field, each.text) for each in receipt.remarks] == [
        (people[0].id, "education", "请核对学历")
    ]
    assert [line.is_open for line in remarks.all()] == [True, True, False]
    assert next(line for line in remarks.all() if line.remark == told).who == people[0].name
