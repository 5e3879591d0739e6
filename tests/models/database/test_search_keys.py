"""The search index follows the people."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.models.database import search_keys
from desktop.models.database.records import Records
from desktop.models.database.store import Store, open_store
from desktop.models.registers.person import Person
from tests.models.database.builders import (
    KEY,
    fresh_orders,
    fresh_search_keys,
    person,
    stored_orders,
    stored_search_keys,
)


def test_a_person_is_found_by_characters_pinyin_and_number_tails(store: Store, records: Records) -> None:
    with store.change("加人"):
        records.insert_many([person("p", "单雄信", phone="13812345678")])

    keys = {key for key, _ in stored_search_keys(store)}
    assert {"单雄信", "雄信", "sxx", "shanxiongxin", "#87654321831"} <= keys


def test_changing_and_removing_people_leaves_no_stale_key(store: Store, records: Records) -> None:
    with store.change("加人"):
        records.insert_many([person("p", phone="13812345678"), person("q", "李雷"), person("r")])
    with store.change("改人"):
        records.update(Person, "p", name="曾国藩", phone=None)
        records.update(Person, "r", remarks="没有换名字")
        records.delete(Person, ["q"])

    assert stored_search_keys(store) == fresh_search_keys(store)
    assert stored_orders(store) == fresh_orders(store)


def test_keys_of_another_version_are_made_anew_at_opening(
    path: Path, store: Store, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store.change("加人"):
        records.insert_many([person("p")])
    store.close()
    monkeypatch.setattr(search_keys, "_VERSION", search_keys._VERSION + 1)
    monkeypatch.setattr(search_keys, "search_keys", lambda name, phone, id_number: {name})

    with open_store(path, KEY) as reopened:
        assert stored_search_keys(reopened) == {("张建国", "p")}
