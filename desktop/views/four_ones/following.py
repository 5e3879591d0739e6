"""The form after the one that was saved (登记下一条): the next secretary who lacks its kind."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from desktop.models.registers.activity import SECRETARY
from desktop.models.rules.four_ones import Matrix
from desktop.models.services.activity_forms import ActivityForm

if TYPE_CHECKING:
    from desktop.office import Office

ALL_DONE = "这一类活动，名单上的书记都已登记。"


def next_form(
    office: Office, key: str, today: date, unit: str | None, matrix: Matrix | None = None
) -> ActivityForm | None:
    """Mentor and time stay; None where nobody of ``matrix``, or of the unit in the activity's period, lacks the kind."""
    (saved,) = office.activities.rows([key], today)
    if matrix is None:
        period = office.four_ones.period(date.fromisoformat(saved.record.start[:10]))
        matrix = office.four_ones.matrix(period, today, unit)
    attended = office.activities.attendances([key])[key]
    person = next((each.person_id for each in attended if each.role == SECRETARY), None)
    row = office.four_ones.next_without(matrix, saved.record.kind, person)
    if row is None:
        return None
    subject = row.subject
    return office.activity_forms.draft_after(key, today, subject.person.id, subject.division.code)
