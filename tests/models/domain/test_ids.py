"""Ids of records."""

from __future__ import annotations

from uuid import UUID

from desktop.models.domain.ids import new_id


def test_ids_are_uuids_of_version_7_that_sort_as_they_were_made() -> None:
    ids = [new_id() for _ in range(2000)]

    assert ids == sorted(set(ids))
    assert {(UUID(each).version, UUID(each).variant) for each in ids} == {(7, UUID(ids[0]).variant)}
