"""The papers behind a post as they are typed (批准机关及文号, 备案时间)."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop.models.domain.reading import Cell
from desktop.models.registers.term import TERM


def read_papers(today: date, **typed: str) -> tuple[dict[str, Any], dict[str, str]]:
    """Read texts by TERM field, empty ones as None; and what cannot be kept, in words by field."""
    readings = {name: TERM.field(name).kind.read(Cell(text), today) for name, text in typed.items()}
    values = {name: str(each.value) if each.value else None for name, each in readings.items()}
    problems = {name: each.problem for name, each in readings.items() if each.problem and each.value is None}
    return values, problems
