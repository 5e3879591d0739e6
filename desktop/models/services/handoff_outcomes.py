"""What is told of a merge (合并结果): kept with the package, read for its receipt and the report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from desktop.models.handoff.plan import MergePlan, Outcome
from desktop.models.handoff.receipt import Count, RefusedRow
from desktop.models.ledgers.merging import ConflictLine, MergeReport
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.handoff import TakenPackage

_NUMBERS = ("added", "changed", "removed", "same", "refused")
_TITLES = {register.name: register.title for register in REGISTERS}
_FIELDS = {(register.name, field.name): field for register in REGISTERS for field in register.fields}


def outcome_of(plan: MergePlan) -> str:
    """The text (JSON) that is kept."""
    conflicts: list[Mapping[str, str]] = [
        {
            "register": title_of(row.register),
            "what": row.what,
            "field": each.label,
            "old": _shown(row.register, each.name, each.old),
            "new": _shown(row.register, each.name, each.new),
            "chosen": str(each.chosen),
        }
        for row in plan.rows
        if row.outcome is Outcome.CONFLICT
        for each in row.fields
        if each.chosen
    ]
    told = {
        "counts": [asdict(count) for count in plan.counts],
        "refused": [
            {
                "register": each.register,
                "id": each.key,
                "what": " ".join(plan.called[each.register, each.key]).strip(),
                "reason": each.reason,
            }
            for each in plan.refused
        ],
        "conflicts": conflicts,
    }
    return json.dumps(told, ensure_ascii=False)


def receipt_of(taken: TakenPackage) -> tuple[tuple[Count, ...], tuple[RefusedRow, ...]]:
    """What the receipt tells: the counts and the rows that were refused."""
    told = json.loads(taken.outcome)
    refused = (RefusedRow(each["register"], each["id"], each["reason"]) for each in told["refused"])
    return tuple(Count(**each) for each in told["counts"]), tuple(refused)


def report_of(taken: TakenPackage, unit: str) -> MergeReport:
    """What the report tells; ``unit``: the name of the township."""
    told = json.loads(taken.outcome)
    return MergeReport(
        unit=unit,
        number=taken.number,
        as_of=taken.as_of,
        counts={
            title_of(each["register"]): tuple(each[name] for name in _NUMBERS) for each in told["counts"]
        },
        refused=tuple(
            (title_of(each["register"]), each.get("what", each["id"]), each["reason"])
            for each in told["refused"]
        ),
        conflicts=tuple(ConflictLine(**each) for each in told["conflicts"]),
    )


def title_of(register: str) -> str:
    """A register's title; one of a newer program by its name."""
    return _TITLES.get(register, register)


def _shown(register: str, name: str, value: object) -> str:
    """A value as the report prints it: numbers masked, a whole row as there or not."""
    if not name:
        return "没有" if value is None else "有"
    field = _FIELDS.get((register, name))
    return field.kind.mask(value) if field else str(value or "")
