"""What an office has chosen (本单位的规定): its rules of the health check, how a fee is shared, what is measured."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.fields import Field, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One choice by name; where there is none, the program's own stands.

    Kept as a record and not as a setting: it can be taken back, stands in the history and goes with a hand-off.
    """

    id: str  # the name, e.g. ``rule.R10.on``
    value: str  # JSON


CHOICE = Register(
    name="choice", title="本单位的规定", record=Choice, fields=(Field(name="value", label="规定"),)
)
