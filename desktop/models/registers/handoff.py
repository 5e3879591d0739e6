"""What an office remembers of hand-offs (报送): files taken, whose each row is; and which rows are a unit's at all."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.models.domain.fields import Field, Register
from desktop.models.registers.activity import ACTIVITY, ATTENDANCE, FIELD_PROBLEM
from desktop.models.registers.checklist import ASSESSMENT, ASSESSMENT_ITEM, GRADING
from desktop.models.registers.committee_term import COMMITTEE_TERM
from desktop.models.registers.division import DIVISION
from desktop.models.registers.mentoring import MANAGED_SECRETARY, MENTORING
from desktop.models.registers.new_sector import INSTRUCTOR, ORGANIZATION, PARTY_BRANCH, VISIT
from desktop.models.registers.person import PERSON
from desktop.models.registers.person_file import ATTACHMENT, RECOGNITIONS, RELATIVE, TRAINING
from desktop.models.registers.person_pair import PERSON_PAIR
from desktop.models.registers.reserve import APPRAISAL, RESERVE
from desktop.models.registers.schemes import SCHEME_ITEM
from desktop.models.registers.study import STUDY
from desktop.models.registers.term import TERM
from desktop.models.registers.village_year import VILLAGE_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenPackage:
    """A township's package that the city has merged. Kept as a record, so undoing the merge takes it back too."""

    id: str  # hash of the file
    unit: str  # division code of the township
    epoch: int
    number: int  # ``seq`` of the header
    previous: str
    schema: int
    as_of: str  # day
    made: str  # UTC
    merged: int  # change set
    registers: str  # JSON: names
    outcome: str  # JSON: counts and refused rows, what the receipt says
    followed_by: str | None = (
        None  # hash of the next one: while it stands, this merge is not the one to take back
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """A row of the city's that a township's package brought; ``id`` is ``register/key``."""

    id: str
    unit: str  # division code of the township
    register: str
    extra: str | None = None  # JSON: what a newer program says of it and ours has no column for
    kept: str | None = None  # JSON: field → what was reported where the city kept its own


TAKEN_PACKAGE = Register(
    name="handoff_taken",
    title="已合并的报送包",
    record=TakenPackage,
    fields=(Field(name="number", label="报送包序号", editable=False),),
)
HELD_ROW = Register(name="handoff_held", title="报送来的记录", record=HeldRow, fields=())

# Which column says whose a row is, and in what register to look: a unit's divisions are its own, and all that hangs
# on them. A person hangs on posts, reserve … (``PLACED``), an attachment on the record that it belongs to.
ANCHORS: dict[str, tuple[str, str]] = {
    register.name: (column, parent.name)
    for column, parent, registers in (
        (
            "division_code",
            DIVISION,
            (
                *(TERM, COMMITTEE_TERM, VILLAGE_YEAR, RESERVE, STUDY, PARTY_BRANCH, INSTRUCTOR, ORGANIZATION),
                *(MANAGED_SECRETARY, MENTORING, ACTIVITY),
            ),
        ),
        ("person_id", PERSON, (TRAINING, RECOGNITIONS, RELATIVE, PERSON_PAIR)),
        ("reserve_id", RESERVE, (APPRAISAL,)),
        ("instructor_id", INSTRUCTOR, (VISIT,)),
        ("branch_id", PARTY_BRANCH, (SCHEME_ITEM, ASSESSMENT, GRADING)),
        ("assessment_id", ASSESSMENT, (ASSESSMENT_ITEM,)),
        ("activity_id", ACTIVITY, (ATTENDANCE, FIELD_PROBLEM)),
    )
    for register in registers
}
PLACED = tuple(register.name for register in (TERM, RESERVE, STUDY, MANAGED_SECRETARY, MENTORING))
OWN = tuple(  # what a unit hands over, parents before children; the rest is the city's or the program's
    register.name
    for register in (
        *(DIVISION, PERSON, TERM, COMMITTEE_TERM, VILLAGE_YEAR, RESERVE, APPRAISAL, STUDY, TRAINING),
        *(RECOGNITIONS, RELATIVE, PERSON_PAIR, PARTY_BRANCH, INSTRUCTOR, ORGANIZATION, VISIT),
        *(SCHEME_ITEM, ASSESSMENT, ASSESSMENT_ITEM, GRADING),
        *(MANAGED_SECRETARY, MENTORING, ACTIVITY, ATTENDANCE, FIELD_PROBLEM, ATTACHMENT),
    )
)
