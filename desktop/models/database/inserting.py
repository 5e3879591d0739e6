"""Inserting many rows by few statements: half the time of ``executemany``."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.models.database.connection import Database

_VALUES_A_STATEMENT = 2000


def insert_rows(db: Database, into: str, width: int, values: Sequence[object]) -> None:
    """Insert rows of ``width`` values, which follow each other in ``values``; ``into`` is all that precedes VALUES."""
    row = f"({', '.join('?' * width)})"
    step = max(1, _VALUES_A_STATEMENT // width) * width
    for start in range(0, len(values), step):
        part = values[start : start + step]
        db.conn.execute(f"{into} VALUES {', '.join([row] * (len(part) // width))}", part)
