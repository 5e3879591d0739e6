"""Entering a visit (走访) from the line of a unit or of an instructor: what the line says is filled in already."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from desktop.models.domain.days import show_day
from desktop.models.registers.listing import Line
from desktop.models.registers.new_sector import Instructor, serves_on
from desktop.models.registers.sector_listings import VISITS
from desktop.views.records.page import RecordsPage
from desktop.views.widgets.typed_dialog import Take, TypedDialog


def ask_for_visit_to(page: RecordsPage, line: Line) -> None:
    """Ask for a visit to the unit of a line; its instructor is proposed while serving."""
    instructor: Instructor | None = line.behind.get("instructor_id")
    if instructor is not None and not serves_on(instructor, page.source.today):
        instructor = None

    def add(texts: Mapping[str, str]) -> None:
        meant = instructor if instructor and texts["instructor"] == instructor.name else None
        _add(page, line, {**texts, "organization": line.record.name}, meant.id if meant else None)

    dialog = _dialog(page, line, ("day", "instructor", "matter", "result"), add)
    dialog.fill({"instructor": instructor.name if instructor else ""})
    dialog.begin("matter" if instructor else "instructor")


def ask_for_visit_by(page: RecordsPage, line: Line) -> None:
    """Ask for a visit by the instructor of a line; the unit is proposed where there is one only."""
    units = page.office.registers["organization"].records(instructor_id=line.key, closed=None)
    unit = units[0].name if len(units) == 1 else ""
    add = partial(_add, page, line, owner_id=line.key)
    dialog = _dialog(page, line, ("day", "organization", "matter", "result"), add)
    dialog.fill({"organization": unit})
    dialog.begin("matter" if unit else "organization")


def _dialog(page: RecordsPage, line: Line, names: tuple[str, ...], add: Take) -> TypedDialog:
    today = page.source.today
    visits = page.office.registers["visit"]
    dialog = TypedDialog(
        f"登记走访：{line.name}",
        "登记",
        [VISITS.shown.field(name) for name in names],
        lambda name, text: visits.read_cell("", name, text, today),
        add,
        page,
    )
    dialog.fill({"day": show_day(today.isoformat())})
    return dialog


def _add(page: RecordsPage, line: Line, texts: Mapping[str, str], owner_id: str | None = None) -> None:
    values = {name: text for name, text in texts.items() if text}
    place = line.division.code if line.division else None
    page.office.registers["visit"].add(values, page.source.today, owner_id=owner_id, division_code=place)
    page.refresh()
    page.doing.say_done()
