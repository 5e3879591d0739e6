"""What has become of the records since a change set: the rows that differ now, with what they were then."""

from __future__ import annotations

from desktop.models.database.history import History, RowChange
from desktop.models.database.store import Store
from desktop.models.database.triggers import TrackedTable, tracked_table


def changed_rows(store: Store, table: str, since: int) -> list[RowChange]:
    """The rows of a table that are not as change set ``since`` left them, by key; each names its latest change.

    Reads what was written after ``since`` only, however much there is.
    """
    tracked = tracked_table(store.db, table)
    then = _keyed(store, tracked, tracked.past, "from_seq <= ?1 AND to_seq > ?1", "to_seq", since)
    now = _keyed(store, tracked, tracked.name, "seq > ?1", "seq", since)
    history = History(store)
    changes = []
    for key in sorted(then | now):
        ended, before = then.get(key, (0, None))
        written, after = now.get(key, (0, None))
        if before != after:
            change = history.change(max(ended, written))
            changes.append(RowChange(change=change, table=table, key=key, before=before, after=after))
    return changes


def _keyed(
    store: Store, table: TrackedTable, source: str, condition: str, number: str, since: int
) -> dict[str, tuple[int, dict[str, object]]]:
    rows = store.db.conn.execute(
        f"SELECT {table.key}, {number}, {table.listed()} FROM {source} WHERE {condition}", (since,)
    )
    return {key: (seq, table.row(values)) for key, seq, *values in rows}
