"""What belongs to a unit: everything its office keeps of its own, whole, and nothing of others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop.models.database.records import Records
from desktop.models.registers.division import Division
from desktop.models.registers.person import Person
from desktop.models.registers.person_file import Attachment
from desktop.models.registers.term import TermOfOffice
from desktop.models.services.handoff_content import contents, versions, with_parents
from desktop.office import Office
from tests.offices import TOWNSHIP, VILLAGE, opened, whole_office

OTHER_VILLAGE = "421081002001"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with whole_office(tmp_path / "township") as office:
        yield office


def test_everything_of_the_sample_goes_but_schemes_and_others_divisions(office: Office) -> None:
    given = contents(office._store, TOWNSHIP)

    run = office._store.db.conn.execute
    for register, rows in given.rows.items():
        stored = run(f"SELECT count(*) FROM {register}").fetchone()[0]
        if register == "division":
            assert len(rows) == len(office.divisions.under(TOWNSHIP))
        elif register != "scheme_item":
            assert len(rows) == stored, register
    assert sum(bool(rows) for rows in given.rows.values()) >= 20
    assert not given.rows.keys() & {"scheme", "choice"}
    assert given.elsewhere == {}


def test_parents_come_before_children_and_no_reference_leads_outside(office: Office) -> None:
    given = contents(office._store, TOWNSHIP)

    seen: dict[str, set[str]] = {}
    for register, rows in given.rows.items():
        for row in rows:
            if register == "term":
                assert row["person_id"] in seen["person"]
                assert row["division_code"] in seen["division"]
            if register == "assessment_item":
                assert row["assessment_id"] in seen["assessment"]
        seen[register] = {next(iter(row.values())) for row in rows}
    codes = [row["code"] for row in given.rows["division"]]
    assert codes[0] == TOWNSHIP


def test_chosen_registers_bring_those_that_they_refer_to(office: Office) -> None:
    assert with_parents(office._store, ["appraisal"]) == ("division", "person", "reserve", "appraisal")
    assert list(contents(office._store, TOWNSHIP, ["term"]).rows) == ["division", "person", "term"]


def test_what_lies_in_another_township_stays_and_is_counted(office: Office) -> None:
    records = Records(office._store)
    with office._store.change("外镇任职"):
        records.insert_many([Person(id="x", name="外镇人")])
        records.insert_many([TermOfOffice(id="xt", person_id="x", division_code=OTHER_VILLAGE, post="11")])

    given = contents(office._store, TOWNSHIP)

    assert "x" not in {row["id"] for row in given.rows["person"]}
    assert given.elsewhere == {"person": 1, "term": 1}


def test_somebody_without_any_post_is_the_units_own(office: Office) -> None:
    with office._store.change("登记"):
        Records(office._store).insert_many([Person(id="x", name="无职人")])

    assert "x" in {row["id"] for row in contents(office._store, TOWNSHIP).rows["person"]}


def test_attachments_are_named_once_whoever_has_them(office: Office) -> None:
    person = contents(office._store, TOWNSHIP).rows["person"][0]["id"]
    office.attachments._files.put(b"scan")
    digest = "f" * 64
    with office._store.change("附件"):
        Records(office._store).insert_many(
            Attachment(
                id=f"a{n}",
                owner="person",
                owner_id=person,
                purpose="document",
                name="a.txt",
                sha256=digest,
                size=4,
                added="2026-11-24 08:00:00",
            )
            for n in range(2)
        )

    given = contents(office._store, TOWNSHIP)

    assert [(a.sha256, a.bytes) for a in given.attachments if a.sha256 == digest] == [(digest, 4)]
    assert given.attached.count == len(given.attachments)
    assert contents(office._store, TOWNSHIP, ["term"]).attachments == ()


def test_an_earlier_day_gives_what_was_recorded_then(tmp_path: Path) -> None:
    with opened(tmp_path / "township", filled=True) as office:
        before = date.today() - timedelta(days=1)

        assert contents(office._store, TOWNSHIP, as_of=before).rows["person"] == []
        assert (
            contents(office._store, TOWNSHIP, as_of=date.today()).rows
            == contents(office._store, TOWNSHIP).rows
        )


def test_a_village_added_by_hand_goes_along(office: Office) -> None:
    office.divisions.add(
        Division(code="421081106999", name="新设村民委员会", kind="village", parent=TOWNSHIP, position=99)
    )

    assert "421081106999" in {row["code"] for row in contents(office._store, TOWNSHIP).rows["division"]}
    assert VILLAGE in {row["code"] for row in contents(office._store, TOWNSHIP).rows["division"]}


def test_the_versions_of_schemes_are_told(office: Office) -> None:
    assert versions(office._store) == {"scheme.activities": "1", "scheme.checklist": "1"}
