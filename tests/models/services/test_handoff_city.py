"""Packages of townships in the city's office: preview, merge, undo, whose a row is, conflicts, who is missing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.models.database.history import History, UndoRefusedError
from desktop.models.database.records import Records
from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.header import Kind
from desktop.models.handoff.plan import WHOLE, Outcome, Side
from desktop.models.registers.checklist import Assessment
from desktop.models.registers.division import Division
from desktop.models.registers.new_sector import PartyBranch
from desktop.models.registers.person import Person
from desktop.models.registers.person_file import Attachment
from desktop.models.registers.term import TermOfOffice
from desktop.models.services.handoff_city import (
    BrakeError,
    NotLastMergeError,
    OutdatedMergeError,
    State,
    UnconfirmedError,
)
from desktop.models.services.handoff_content import SCHEMA, contents
from tests.handoffs import OTHER_TOWNSHIP, City, city_with, everything, keyed
from tests.models.database.builders import redo_last
from tests.offices import TOWNSHIP, VILLAGE, whole_office

OTHER_VILLAGE = "421081001001"
TODAY = date(2026, 11, 24)


def person(key: str = "p1", **others: object) -> dict[str, object]:
    record = Person(id=key, name="张建国", sex="1", birth="1985-07")
    return {name: getattr(record, name) for name in Person.__slots__} | others


def term(key: str = "t1", person_id: str = "p1", **others: object) -> dict[str, object]:
    record = TermOfOffice(id=key, person_id=person_id, division_code=VILLAGE, post="11", start="2021-12")
    return {name: getattr(record, name) for name in TermOfOffice.__slots__} | others


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with city_with(tmp_path, TOWNSHIP, OTHER_TOWNSHIP) as city:
        yield city


def send(
    city: City, people: list[dict[str, object]], terms: list[dict[str, object]], unit: str = TOWNSHIP
) -> Path:
    return city.senders[unit].send({"person": people, "term": terms})


def change(city: City, record: type[object], key: str, **values: object) -> None:
    with city.store.change("市里改"):
        Records(city.store).update(record, key, **values)


def test_a_whole_office_arrives_whole_with_its_attachments(tmp_path: Path, city: City) -> None:
    scan = tmp_path / "扫描.txt"
    scan.write_bytes(b"scan")
    with whole_office(tmp_path / "township") as office:
        owners = [contents(office._store, TOWNSHIP).rows[name][0]["id"] for name in ("person", "activity")]
        for name, owner in zip(("person", "activity"), owners, strict=True):
            assert len(office.attachments.add(name, owner, [scan])) == 1
        path = city.senders[TOWNSHIP].send_store(office._store)
        staged = city.handoff.take(path)
        plan = city.handoff.plan(staged)
        result = city.handoff.merge(plan)

        assert result.seq is not None
        assert result.refused == ()
        assert len(city.office.history.details(result.seq)) > 1000
        assert city.rows() == keyed(contents(office._store, TOWNSHIP).rows)
        assert city.rows() == {register: rows for register, rows in plan.expected().items() if rows}
        attached = Records(office._store).select(Attachment)
        assert {each.owner for each in attached} == {"person", "activity", "assessment_item"}
        for each in attached:
            assert city.office.attachments.content(each.id) == office.attachments.content(each.id)
        assert [line for line in city.office.attachments.check() if line] == []


def test_merging_makes_people_findable(city: City) -> None:
    city.merge(send(city, [person()], [term()]))

    found = city.store.db.conn.execute("SELECT person_id FROM search_key WHERE key = 'zjg'").fetchall()
    assert found == [("p1",)]


def test_the_same_package_again_changes_nothing_and_says_so(city: City) -> None:
    path = send(city, [person()], [term()])
    staged = city.handoff.take(path)
    plan = city.handoff.plan(staged)
    city.handoff.merge(plan)
    before = everything(city.store)

    again = city.handoff.merge(plan)

    assert (again.seq, again.words) == (None, "已导入，无变化")
    verdict = city.handoff.verify(path)
    assert verdict.code is Code.UNCHANGED
    assert verdict.message == f"已导入，无变化（{date.today():%Y.%m.%d} 合并过）"
    assert everything(city.store) == before


def test_the_plan_tells_what_is_new_changed_removed_and_from_what_to_what(city: City) -> None:
    city.merge(send(city, [person(), person("p2")], [term(), term("t2", "p2")]))
    path = send(city, [person(phone="19900000001"), person("p3")], [term(), term("t3", "p3")])

    plan = city.handoff.plan(city.handoff.take(path))

    rows = {row.id: row for row in plan.rows}
    assert rows["person", "p1"].outcome is Outcome.CHANGED
    assert [(f.label, f.old, f.new) for f in rows["person", "p1"].fields] == [
        ("联系电话", None, "19900000001")
    ]
    assert rows["person", "p2"].outcome is Outcome.REMOVED
    assert rows["person", "p3"].outcome is Outcome.NEW
    assert rows["term", "t1"].outcome is Outcome.SAME
    counts = {
        count.register: (count.added, count.changed, count.removed, count.same) for count in plan.counts
    }
    assert counts == {"person": (1, 1, 1, 0), "term": (1, 0, 1, 1)}


def test_removing_more_than_a_fifth_asks_again(city: City) -> None:
    people = [person(f"p{n}") for n in range(10)]
    city.merge(send(city, people, []))
    two_less, three_less = people[2:], people[3:]

    city.handoff.merge(city.handoff.plan(city.handoff.take(send(city, two_less, []))))
    plan = city.handoff.plan(city.handoff.take(send(city, three_less[2:], [])))

    assert plan.brakes == ("person",)
    with pytest.raises(BrakeError, match=r"人员.*打电话"):
        city.handoff.merge(plan)
    assert city.handoff.merge(plan, confirmed_removals=True).seq


def test_what_the_city_changed_too_is_a_conflict_and_the_township_prevails_unless_chosen(city: City) -> None:
    city.merge(send(city, [person(), person("p2")], []))
    change(city, Person, "p1", phone="19900000009", duties="党建")
    path = send(city, [person(phone="19900000001", remarks="新"), person("p2")], [])
    staged = city.handoff.take(path)

    plan = city.handoff.plan(staged)

    row = next(row for row in plan.rows if row.key == "p1")
    chosen = {f.name: (f.old, f.new, f.chosen) for f in row.fields}
    assert row.outcome is Outcome.CONFLICT
    assert chosen == {
        "phone": ("19900000009", "19900000001", Side.REPORTED),
        "duties": ("党建", None, Side.REPORTED),
        "remarks": (None, "新", None),
    }
    choices = {("person", "p1", "phone"): Side.CITY, ("person", "", "duties"): Side.CITY}
    city.handoff.merge(city.handoff.plan(staged, choices))
    stands = Records(city.store).get(Person, "p1")
    assert (stands.phone, stands.duties, stands.remarks) == ("19900000009", "党建", "新")


def test_a_choice_of_the_citys_value_stands_until_the_township_reports_another(city: City) -> None:
    city.merge(send(city, [person(phone="1")], []))
    change(city, Person, "p1", phone="9")
    city.merge(send(city, [person(phone="2")], []), choices={("person", "p1", "phone"): Side.CITY})

    city.merge(send(city, [person(phone="2", duties="x")], []))
    assert Records(city.store).get(Person, "p1").phone == "9"
    city.merge(send(city, [person(phone="3")], []))
    assert Records(city.store).get(Person, "p1").phone == "3"


def test_a_merge_that_was_undone_is_no_change_of_the_citys(city: City) -> None:
    city.merge(send(city, [person(phone="1")], []))
    package = city.merge(send(city, [person(phone="2")], []))
    city.handoff.undo(package)
    sender = city.senders[TOWNSHIP]
    sender.seq, sender.last = 1, city.handoff.packages(TOWNSHIP)[-1].id

    plan = city.handoff.plan(city.handoff.take(send(city, [person(phone="3")], [])))

    assert [row.outcome for row in plan.rows] == [Outcome.CHANGED]


@pytest.mark.parametrize("side", list(Side))
def test_what_one_side_removed_and_the_other_changed_is_a_conflict(city: City, side: Side) -> None:
    city.merge(send(city, [person(), person("p2")], []))
    change(city, Person, "p1", phone="9")
    with city.store.change("市里删"):
        Records(city.store).delete(Person, ["p2"])
    staged = city.handoff.take(send(city, [person("p2")], []))

    plan = city.handoff.plan(staged, {("person", "", WHOLE): side})

    assert [(row.key, row.outcome) for row in plan.rows] == [
        ("p2", Outcome.CONFLICT),
        ("p1", Outcome.CONFLICT),
    ]
    city.handoff.merge(plan, confirmed_removals=True)
    expected = {"p2"} if side is Side.REPORTED else {"p1"}
    assert {each.id for each in Records(city.store).select(Person)} == expected
    if side is Side.CITY:  # asked again, and the choice stands
        later = city.handoff.plan(city.handoff.take(send(city, [person("p2")], [])))
        assert {(row.key, row.outcome) for row in later.rows} == {
            ("p2", Outcome.CONFLICT),
            ("p1", Outcome.CONFLICT),
        }


def test_rows_of_others_are_refused_with_the_reason_and_their_children_with_them(city: City) -> None:
    city.merge(
        send(city, [person("theirs")], [term("tt", "theirs", division_code=OTHER_VILLAGE)], OTHER_TOWNSHIP)
    )
    before = everything(city.store)

    path = send(
        city,
        [person("theirs", phone="666")],
        [term("a", "theirs"), term("b", "theirs", division_code=OTHER_VILLAGE), term("c", "nobody")],
    )
    plan = city.handoff.plan(city.handoff.take(path))
    result = city.handoff.merge(plan)

    reasons = {each.id: each.reason for each in result.refused}
    assert "绣林街道" in reasons["theirs"]
    assert "不属于本单位" in reasons["b"]
    assert "市里没有" in reasons["c"]
    after = everything(city.store)
    assert after["person"] == before["person"]
    assert result.result == "partly"
    assert all(reason.endswith("。") for reason in reasons.values())


def test_nobody_is_merged_by_the_program_but_namesakes_elsewhere_are_marked(city: City) -> None:
    city.merge(send(city, [person("theirs", id_number="x" * 18)], [], OTHER_TOWNSHIP))

    plan = city.handoff.plan(
        city.handoff.take(send(city, [person(), person("p2", name="李四", id_number="x" * 18)], []))
    )

    alike = {row.key: [(a.person_id, a.unit) for a in row.alike] for row in plan.rows}
    assert alike == {"p1": [("theirs", "绣林街道")], "p2": [("theirs", "绣林街道")]}
    city.handoff.merge(plan)
    assert len(Records(city.store).select(Person)) == 3


def test_what_somebody_else_still_refers_to_is_not_removed(city: City) -> None:
    city.merge(send(city, [person(), person("p2")], []))
    with city.store.change("市里任职"):
        Records(city.store).insert_many([TermOfOffice(**term("ct", division_code=OTHER_VILLAGE))])  # type: ignore[arg-type]  # made from a dict

    result = city.handoff.merge(
        city.handoff.plan(city.handoff.take(send(city, [person("p2")], []))), confirmed_removals=True
    )

    assert [(each.id, each.register) for each in result.refused] == [("p1", "person")]
    assert "还在引用" in result.refused[0].reason
    assert {p.id for p in Records(city.store).select(Person)} == {"p1", "p2"}


@pytest.mark.parametrize("schema", range(SCHEMA - 3, SCHEMA + 2))
def test_what_a_package_does_not_have_at_all_is_left_alone(tmp_path: Path, city: City, schema: int) -> None:
    """An older program has no such registers; a newer one was asked for some only."""
    with whole_office(tmp_path / "township") as office:
        city.merge(city.senders[TOWNSHIP].send_store(office._store))
    before = city.rows()

    rows = {"person": list(before["person"].values()), "term": list(before["term"].values())}
    package = city.merge(city.senders[TOWNSHIP].send(rows, schema=schema))

    assert city.rows() == before
    assert {count.same for count in city.handoff.result(package).counts} == {
        len(rows["person"]),
        len(rows["term"]),
    }


def test_a_person_removed_takes_along_what_hangs_on_it_in_registers_not_sent(
    tmp_path: Path, city: City
) -> None:
    with whole_office(tmp_path / "township") as office:
        city.merge(city.senders[TOWNSHIP].send_store(office._store))
        trained = office._store.db.conn.execute("SELECT DISTINCT person_id FROM training").fetchall()
        gone = trained[0][0]
        rows = {
            "person": [row for key, row in city.rows()["person"].items() if key != gone],
            "term": [row for row in city.rows()["term"].values() if row["person_id"] != gone],
        }

        city.merge(city.senders[TOWNSHIP].send(rows))

        left = city.store.db.conn.execute(
            "SELECT count(*) FROM training WHERE person_id = ?", (gone,)
        ).fetchone()
        assert left == (0,)
        assert gone not in {p.id for p in Records(city.store).select(Person)}
        assert city.store.db.conn.execute("PRAGMA foreign_key_check").fetchall() == []


def test_undo_restores_records_and_the_chain(city: City) -> None:
    city.merge(send(city, [person()], [term()]))
    before, links = everything(city.store), city.handoff.taken(Kind.PACKAGE, TOWNSHIP)
    path = send(city, [person(phone="2")], [])
    package = city.merge(path)

    city.handoff.undo(package)

    assert everything(city.store) == before
    assert city.handoff.taken(Kind.PACKAGE, TOWNSHIP) == links
    assert city.handoff.verify(path).code is Code.OK
    with pytest.raises(NotLastMergeError):
        city.handoff.undo(package)
    redo_last(History(city.store))
    assert city.handoff.verify(path).code is Code.UNCHANGED


def test_a_merge_before_the_last_one_is_not_taken_back_from_the_history_either(city: City) -> None:
    first = city.merge(send(city, [person()], []))
    city.merge(send(city, [person()], []))

    with pytest.raises(NotLastMergeError):
        city.handoff.undo(first)
    seq = next(each.merged for each in city.handoff.packages(TOWNSHIP) if each.id == first)
    with pytest.raises(UndoRefusedError):
        city.office.history.undo(seq)


def test_a_merge_that_changes_no_record_is_a_change_set_all_the_same(city: City) -> None:
    city.merge(send(city, [person()], []))
    package = city.merge(send(city, [person()], []))

    city.handoff.undo(package)

    assert len(city.handoff.packages(TOWNSHIP)) == 1


def test_a_plan_is_not_applied_to_a_store_that_moved_on(city: City) -> None:
    plan = city.handoff.plan(city.handoff.take(send(city, [person()], [])))
    change(city, Division, VILLAGE, approved_posts=5)

    with pytest.raises(OutdatedMergeError, match="重新核对"):
        city.handoff.merge(plan)


def test_an_older_package_is_refused_even_when_it_was_opened_before_the_newer(city: City) -> None:
    first = city.handoff.take(send(city, [person()], []))
    second = send(city, [person()], [])
    with pytest.raises(UnconfirmedError, match="没有收到"):
        city.handoff.take(second)
    city.merge(second)

    with pytest.raises(RefusedFileError) as refused:
        city.handoff.merge(city.handoff.plan(first))
    assert refused.value.code is Code.ROLLBACK


def test_a_backup_is_made_before(tmp_path: Path) -> None:
    with city_with(tmp_path, TOWNSHIP, backups=True) as city:
        result = city.handoff.merge(city.handoff.plan(city.handoff.take(send(city, [person()], []))))

        assert result.backup
        assert result.backup.path
        assert result.backup.path.is_file()
        assert [each.reason for each in city.office.backups.all()] == ["合并前"]
        assert city.office.history.recent(1)[0].why == "合并报送包：东升镇第 1 号"


def test_an_attachment_without_its_content_is_refused(city: City) -> None:
    sha256 = hashlib.sha256(b"scan").hexdigest()
    row = dict.fromkeys(Attachment.__slots__) | {
        "id": "a",
        "owner": "person",
        "owner_id": "p1",
        "purpose": "document",
        "name": "a.txt",
        "sha256": sha256,
        "size": 4,
        "added": "2026-11-24 08:00:00",
    }
    rows = {"person": [person()], "attachment": [row]}

    plan = city.handoff.plan(city.handoff.take(city.senders[TOWNSHIP].send(rows)))
    assert [each.key for each in plan.refused] == ["a"]
    city.merge(city.senders[TOWNSHIP].send(rows, {sha256: b"scan"}))
    assert city.office.attachments.content("a") == b"scan"
    city.merge(city.senders[TOWNSHIP].send(rows))  # the city has it


def test_assessments_under_a_scheme_that_the_city_does_not_have_are_refused(
    tmp_path: Path, city: City
) -> None:
    with whole_office(tmp_path / "township") as office:
        staged = city.handoff.take(city.senders[TOWNSHIP].send_store(office._store))
        key, first = next(iter(staged.rows["assessment"].items()))
        other = replace(first, values=first.values | {"scheme_id": "own"})
        staged = replace(
            staged, rows={**staged.rows, "assessment": {**staged.rows["assessment"], key: other}}
        )

        plan = city.handoff.plan(staged)

        assert ("assessment", key) in {(each.register, each.key) for each in plan.refused}
        items = {each.key for each in plan.refused if each.register == "assessment_item"}
        assert items == {
            item for item, row in staged.rows["assessment_item"].items() if row.values["assessment_id"] == key
        }
        assert city.handoff.merge(plan).seq
        assert key not in {each.id for each in Records(city.store).select(Assessment)}


def test_the_townships_own_attributes_of_its_villages_go_but_not_where_they_lie(city: City) -> None:
    rows = list(city.rows()["division"].values())
    for row in rows:
        if row["code"] == VILLAGE:
            row |= {"approved_posts": 7, "aliases": "毕家塘", "parent": OTHER_TOWNSHIP, "kind": "community"}
    new = rows[0] | {"code": "421081106999", "name": "新设村民委员会", "kind": "village", "parent": TOWNSHIP}
    foreign = rows[0] | {"code": OTHER_VILLAGE, "name": "夺来的"}

    city.merge(city.senders[TOWNSHIP].send({"division": [*rows, new, foreign]}))

    divisions = city.office.divisions
    village = divisions.get(VILLAGE)
    assert (village.approved_posts, village.aliases) == (7, "毕家塘")
    assert (village.parent, village.kind) == (TOWNSHIP, "village")
    assert divisions.get("421081106999").parent == TOWNSHIP
    assert divisions.get(OTHER_VILLAGE).name != "夺来的"


def test_the_board_tells_who_is_missing_late_in_conflict_older_or_restored(city: City) -> None:
    city.handoff.set_round(date(2026, 11, 1), date(2026, 11, 25))
    sender = city.senders[TOWNSHIP]
    lines = {line.division.code: line for line in city.handoff.board(TODAY)}
    assert len(lines) == 15
    assert {line.state for line in lines.values()} == {State.MISSING}

    send(city, [person()], [])  # lost
    city.merge(sender.send({"person": [person()]}, schema=5))
    line = next(line for line in city.handoff.board(TODAY) if line.division.code == TOWNSHIP)
    assert (line.state, line.lost, line.is_older, line.is_restored) == (State.RECEIVED, (1,), True, False)

    sender.seq, sender.last = 1, ""  # the township works from an old copy
    assert city.handoff.verify(send(city, [person("other")], [])).code is Code.FORK
    assert next(line for line in city.handoff.board(TODAY) if line.division.code == TOWNSHIP).in_conflict
    sender.epoch, sender.seq, sender.last = 2, 0, ""
    city.merge(send(city, [person("other")], []))
    line = next(line for line in city.handoff.board(TODAY) if line.division.code == TOWNSHIP)
    assert (line.in_conflict, line.is_restored, line.is_older, line.lost) == (False, True, False, ())

    late = {line.state for line in city.handoff.board(date(2026, 11, 26)) if line.division.code != TOWNSHIP}
    assert late == {State.LATE}


def test_the_report_tells_counts_refusals_and_conflicts_and_is_written_as_pdf(
    tmp_path: Path, city: City
) -> None:
    city.merge(send(city, [person()], [term()]))
    change(city, Person, "p1", phone="19900000009")
    package = city.merge(
        send(city, [person(phone="19900000001")], [term(), term("b", division_code=OTHER_VILLAGE)])
    )

    ledger = city.handoff.report([package], TODAY)

    text = "\n".join(cell for row in ledger.rows for cell in row.cells)
    assert "东升镇" in text
    assert "第 2 号" in text
    assert "冲突：张建国 联系电话 市库“199****0009”，报来“199****0001”，采用报来值" in text
    assert "退回 1 条：所在的村（社区）421081001001 不属于本单位" in text
    assert ledger.head[0] == "合并单位（盖章）：石首市委组织部"
    city.handoff.write_report([package], tmp_path / "report.pdf", TODAY)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    assert city.handoff.result(package).counts


def test_a_report_of_more_conflicts_than_a_page_has_room_for_has_a_line_for_each(
    tmp_path: Path, city: City
) -> None:
    people = [f"p{number}" for number in range(90)]
    city.merge(send(city, [person(key) for key in people], []))
    for key in people:
        change(city, Person, key, phone="19900000009")
    package = city.merge(send(city, [person(key, phone="19900000001") for key in people], []))

    city.handoff.write_report([package], tmp_path / "report.pdf", TODAY)

    told = [row for row in city.handoff.report([package], TODAY).rows if "冲突：" in row.cells[-1]]
    assert len(told) == len(people)
    assert [row.cells[4] for row in told] == ["90", *[""] * 89]  # the number stands once
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")


def test_a_report_tells_the_form_of_a_partys_body_in_words(city: City) -> None:
    city.merge(send(city, [person()], []))
    rows = list(city.rows()["division"].values())
    change(city, Division, VILLAGE, party_form="general_branch")
    theirs = [row | {"party_form": "committee"} if row["code"] == VILLAGE else row for row in rows]
    package = city.merge(city.senders[TOWNSHIP].send({"division": theirs, "person": [person()]}))

    text = "\n".join(row.cells[-1] for row in city.handoff.report([package], TODAY).rows)

    assert "党组织形式 市库“党总支”，报来“党委”" in text


def test_somebody_whom_the_city_merged_into_another_does_not_come_back_by_itself(city: City) -> None:
    city.merge(send(city, [person("theirs", id_number="x" * 18)], [], OTHER_TOWNSHIP))
    city.merge(send(city, [person()], [term()]))
    city.office.same_people.merge("theirs", "p1", {})

    result = city.handoff.merge(city.handoff.plan(city.handoff.take(send(city, [person()], [term()]))))

    assert {p.id for p in Records(city.store).select(Person)} == {"theirs"}
    assert [t.person_id for t in Records(city.store).select(TermOfOffice)] == ["theirs"]
    assert [(each.id, "合并为一人" in each.reason) for each in result.refused] == [("t1", True)]


def test_two_packages_of_a_township_are_planned_one_on_what_the_other_leaves(city: City) -> None:
    city.merge(send(city, [person(), person("p2")], [term()]))
    second = send(city, [person(phone="1"), person("p2"), person("p3")], [term()])
    third = send(city, [person(phone="2"), person("p3")], [term()])
    before = everything(city.store)
    ordered = city.handoff.in_order([third, second])
    first_staged = city.handoff.take(ordered[0])
    then_staged = city.handoff.take(ordered[1], before=[first_staged])

    plans = city.handoff.plan_row([(first_staged, {}), (then_staged, {})])

    assert ordered == [second, third]
    assert everything(city.store) == before
    told = [
        {(r.key, r.outcome, *((f.old, f.new) for f in r.fields)) for r in plan.rows if r.register == "person"}
        for plan in plans
    ]
    assert told == [
        {("p1", Outcome.CHANGED, (None, "1")), ("p2", Outcome.SAME), ("p3", Outcome.NEW)},
        {("p1", Outcome.CHANGED, ("1", "2")), ("p3", Outcome.SAME), ("p2", Outcome.REMOVED)},
    ]
    results = [
        city.handoff.merge(city.handoff.plan(staged), confirmed_removals=True)
        for staged in (first_staged, then_staged)
    ]
    assert [result.counts for result in results] == [plan.counts for plan in plans]
    assert {**city.rows(), "division": {}} == {"division": {}, **plans[1].expected()}


def test_a_choice_in_the_first_of_two_packages_shows_in_the_plan_of_the_second(city: City) -> None:
    city.merge(send(city, [person(phone="1")], []))
    change(city, Person, "p1", phone="9")
    first = city.handoff.take(send(city, [person(phone="2")], []))
    second = city.handoff.take(send(city, [person(phone="2", remarks="x")], []), before=[first])

    plans = city.handoff.plan_row([(first, {("person", "p1", "phone"): Side.CITY}), (second, {})])

    (row,) = plans[1].rows
    assert {f.name: (f.old, f.new, f.chosen) for f in row.fields} == {
        "phone": ("9", "2", Side.CITY),  # the choice stands for as long as the township reports the same
        "remarks": (None, "x", None),
    }


def test_another_copy_of_a_package_that_waits_is_told_as_one(city: City, tmp_path: Path) -> None:
    path = send(city, [person()], [])
    copy = tmp_path / "copy.tybs"
    copy.write_bytes(path.read_bytes())

    verdict = city.handoff.verify(copy, [city.handoff.take(path)])

    assert (verdict.code, verdict.message) == (Code.UNCHANGED, "与收到的另一个文件是同一个报送包")


def test_rows_that_go_say_in_which_village_and_with_which_posts(city: City) -> None:
    posts = [term(), term("t1b", post="21"), term("t2", "p2", end="2024-03")]
    city.merge(send(city, [person(), person("p2", name="李四"), person("p3", name="王五")], posts))
    path = send(city, [person("p3", name="王五"), person("p4", name="赵六")], [term("t4", "p4", post="23")])

    plan = city.handoff.plan(city.handoff.take(path))

    told = {
        row.key: (row.outcome, row.what, row.where) for row in plan.rows if row.outcome is not Outcome.SAME
    }
    assert told == {
        "p1": (Outcome.REMOVED, "张建国", "毕家塘村 党支部书记、村委会主任"),
        "p2": (Outcome.REMOVED, "李四", "原任 毕家塘村 党支部书记"),
        "p4": (Outcome.NEW, "赵六", "毕家塘村 村委会委员"),
        "t1": (Outcome.REMOVED, "张建国", "毕家塘村 党支部书记"),
        "t1b": (Outcome.REMOVED, "张建国", "毕家塘村 村委会主任"),
        "t2": (Outcome.REMOVED, "李四", "原任 毕家塘村 党支部书记"),
        "t4": (Outcome.NEW, "赵六", "毕家塘村 村委会委员"),
    }


def test_what_hangs_on_a_record_is_called_after_it_and_lies_where_it_lies(tmp_path: Path, city: City) -> None:
    with whole_office(tmp_path / "township") as office:
        first = city.handoff.take(city.senders[TOWNSHIP].send_store(office._store))
        rows = {row.register: row for row in city.handoff.plan(first).rows if row.where}
        branches = {branch.name for branch in Records(office._store).select(PartyBranch)}
        keys = {row.key for row in city.handoff.plan(first).rows}

    assert {"person", "term", "assessment", "assessment_item", "training", "visit", "activity"} <= rows.keys()
    assert rows["assessment"].what in branches
    assert rows["assessment_item"].what in branches
    assert not any(row.what in keys for row in rows.values())


def test_rows_that_are_refused_are_called_by_name_in_the_plan_and_the_report(city: City) -> None:
    path = send(city, [person()], [term("t1", division_code=OTHER_VILLAGE)])
    plan = city.handoff.plan(city.handoff.take(path))
    city.handoff.merge(plan)

    assert plan.called == {("term", "t1"): ("张建国", "党支部书记")}  # the village is another unit's
    report = city.handoff.report([plan.staged.hash], TODAY)
    assert any("（张建国 党支部书记）" in cell for row in report.rows for cell in row.cells)
