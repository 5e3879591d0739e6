"""What the city asks a township to put right in one of its records (退回意见)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.fields import PROSE, Field, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark; it goes down in receipts until it is answered or the record is gone."""

    id: str
    unit: str  # division code of the township
    register: str  # of the record
    row_id: str
    field: str | None = None  # None: the whole record
    text: str
    by: str
    made: str  # UTC, YYYY-MM-DDTHH:MM:SSZ
    answered: str | None = None  # UTC


REMARK = Register(
    name="remark",
    title="退回意见",
    record=Remark,
    fields=(
        Field(name="text", label="意见", kind=PROSE, width_mm=60),
        Field(name="by", label="提出人", width_mm=18),
        Field(name="made", label="提出时间", editable=False, width_mm=24),
        Field(name="answered", label="办结时间", editable=False, width_mm=24),
    ),
)
