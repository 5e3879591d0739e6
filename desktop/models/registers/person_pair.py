"""What was decided of two entries that looked like one person (同一人): different people, or merged into one."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.fields import Field, Register
from desktop.models.registers.kinds import own_list

DIFFERENT, MERGED = "1", "2"
VERDICT = own_list("认定", {DIFFERENT: "不是同一人", MERGED: "合并为一人"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPair:
    """A decision; ``other_id`` is, where they were merged, the id that is no more. Neither need be there still."""

    id: str
    person_id: str
    other_id: str
    verdict: str  # VERDICT


PERSON_PAIR = Register(
    name="person_pair",
    title="同一人认定",
    record=PersonPair,
    fields=(Field(name="verdict", label="认定", kind=VERDICT, width_mm=20),),
)
