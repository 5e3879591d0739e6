"""A person's posts over time, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from desktop.models.domain.months import show_month
from desktop.views import theme
from desktop.views.widgets.entries import Entries, Entry
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.registers.term import TermOfOffice
    from desktop.models.services.roster_lists import TermLine
    from desktop.office import Office


class TimelineTab(Entries):
    """One entry a term of office; those that ended say when and why."""

    def __init__(self, office: Office) -> None:
        super().__init__("任职经历", "还没有任职记录。")
        self._roster = office.roster

    def show_person(self, person_id: str) -> None:
        """Show all terms of a person."""
        self.show_entries([_entry(line) for line in self._roster.terms(person_id)])


def papers_in_words(term: TermOfOffice) -> list[str]:
    """Who approved a post and its end, and when it was filed, a line each; nothing where nothing is known."""
    filed = show_month(term.filed) if term.filed else None
    papers = (("批准", term.approval), ("备案", filed), ("离任批准", term.end_approval))
    return [f"{words}：{text}" for words, text in papers if text]


def _entry(line: TermLine) -> Entry:
    term = line.term
    start = show_month(term.start) if term.start else "时间不详"
    end = show_month(term.end) if term.end else "至今"
    lines = [f"{line.village} {line.wording or '职务待核'}"]
    if term.end_reason:
        lines.append(f"离任：{term.end_reason}")
    lines += papers_in_words(term)
    label = WrappedLabel("\n".join(lines))
    period = theme.quiet(QLabel(f"{start} — {end}"))
    return Entry((period, label), current=term.end is None)
