"""Rows to records and back."""

from __future__ import annotations

import pytest

from desktop.models.database.connection import Database
from desktop.models.database.disclosures import disclosures, record_disclosure
from desktop.models.database.history import History
from desktop.models.database.records import Records
from desktop.models.database.settings import Settings
from desktop.models.database.store import Store
from desktop.models.registers.division import Division
from desktop.models.registers.person import Person
from desktop.models.registers.term import TermOfOffice
from tests.models.database.builders import VILLAGE, division, person, term


def test_records_come_back_as_they_went_in(store: Store, records: Records) -> None:
    everything = person(
        "p",
        "𠮷野·买买提",
        sex="1",
        birth="1985-10",
        pay=36000,
        id_number="421099198510010019",
        remarks="多行\n备注",
    )
    post = term("t", "p", title="组织委员", start="2021-11", end="2026-11-24")

    with store.change("任职"):
        records.insert_many([everything])
        records.insert_many([post])

    assert records.get(Person, "p") == everything
    assert records.get(TermOfOffice, "t") == post
    assert records.get(Division, VILLAGE) == division(VILLAGE, parent="421081000000")


def test_selecting_by_fields(store: Store, records: Records) -> None:
    with store.change("加人"):
        records.insert_many([person("b", sex="2"), person("a"), person("c", "李", sex="2")])

    assert [p.id for p in records.select(Person)] == ["a", "b", "c"]
    assert [p.id for p in records.select(Person, sex="2")] == ["b", "c"]
    assert [p.id for p in records.select(Person, sex=None)] == ["a"]
    assert [p.id for p in records.select(Person, sex="2", name="李")] == ["c"]
    assert [p.id for p in records.select(Person, id={"a", "c", "x"})] == ["a", "c"]
    assert records.select(Person, id=[]) == []


def test_a_key_that_is_not_there_is_said_so(store: Store, records: Records) -> None:
    with pytest.raises(LookupError, match="person x"):
        records.get(Person, "x")
    with store.change("改"), pytest.raises(LookupError, match="person x"):
        records.update(Person, "x", name="李")


def test_updating_writes_what_it_is_told(store: Store, records: Records) -> None:
    with store.change("加人"):
        records.insert_many([person("a", phone="1"), person("b")])
    with store.change("改"):
        records.update_many(Person, {"a": {"phone": None, "name": "李"}, "b": {"sex": "1"}})

    assert records.select(Person) == [person("a", "李"), person("b", sex="1")]


def test_updating_to_the_same_is_no_change(store: Store, records: Records, history: History) -> None:
    with store.change("加人"):
        records.insert_many([person("a", phone="1")])
    with store.change("没改什么"):
        records.update(Person, "a", phone="1", sex=None)
        records.update(Person, "a")

    assert history.changes()[0].why == "加人"


def test_a_person_with_terms_cannot_go_before_them(store: Store, records: Records) -> None:
    with store.change("任职"):
        records.insert_many([person("p")])
        records.insert_many([term("t", "p")])

    with pytest.raises(Exception, match="FOREIGN KEY"), store.change("删除"):
        records.delete(Person, ["p"])
    with store.change("删除"):
        records.delete(TermOfOffice, ["t"])
        records.delete(Person, ["p"])

    assert records.select(Person) == []


def test_strict_tables_refuse_a_wrong_type(store: Store, records: Records) -> None:
    with pytest.raises(Exception, match="cannot store TEXT"), store.change("加人"):
        records.insert_many([person("p", pay="三万")])


def test_a_write_outside_a_change_set_is_refused(store: Store, records: Records) -> None:
    with store.change("加人"):
        records.insert_many([person("p")])

    for write in (
        lambda: records.insert_many([person("q")]),
        lambda: records.update(Person, "p", name="李"),
        lambda: records.delete(Person, ["p"]),
        lambda: store.db.execute("UPDATE person SET name = '李'"),
        lambda: store.db.execute("INSERT INTO person (id, name) VALUES ('q', '李')"),
        lambda: store.db.execute("INSERT OR REPLACE INTO person (id, name, seq) VALUES ('p', '李', 1)"),
    ):
        with pytest.raises(Exception, match=r"not in the open change set|NOT NULL"):
            write()

    assert records.select(Person) == [person("p")]


def test_settings_keep_any_json(store: Store) -> None:
    settings = Settings(store)

    settings.set("unit", {"name": "调关镇", "codes": [1, None]})

    assert settings.get("unit") == {"name": "调关镇", "codes": [1, None]}
    assert settings.get("nothing") is None
    assert settings.get("nothing", 5) == 5


def test_disclosures_are_written_once(store: Store) -> None:
    store.operator = "李雷"
    record_disclosure(store, what="花名册", reason="报市委组织部", people=86)

    (disclosure,) = disclosures(store)
    assert (disclosure.operator, disclosure.what, disclosure.people) == ("李雷", "花名册", 86)
    db: Database = store.db
    for statement in ("UPDATE disclosure SET people = 1", "DELETE FROM disclosure"):
        with pytest.raises(Exception, match="never"):
            db.execute(statement)
