"""The remarks of an office (退回意见): in a township what is to be put right, in the city what it asked of whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.models.services.handoff_remarks import RecordPlace, RemarkLine
from desktop.views import errors
from desktop.views.page import Request
from desktop.views.widgets.rows import add_row, rows_table

if TYPE_CHECKING:
    from desktop.office import Office

_HEADINGS = ("状态", "哪条记录", "项目", "退回意见", "提出")
_WIDTHS = (7, 12, 6, 21, 10)
# where a register's records are opened; what hangs on one of them opens with it
_PAGES: Mapping[str, str] = {
    "division": "settings",
    "person": "person",
    "reserve": "reserve",
    "study": "study",
    "village_year": "village_figures",
    "committee_term": "committee_terms",
    "activity": "activities",
    "field_problem": "field_problems",
    "mentoring": "mentoring",
    "managed_secretary": "managed_secretaries",
    "organization": "organizations",
    "party_branch": "party_branches",
    "instructor": "instructors",
    "visit": "visits",
}


class RemarkList(QWidget):
    """A line a remark, of the city township by township; opens the record, notes what became of it."""

    asked = Signal(object)  # a Request
    changed = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._lines: list[RemarkLine] = []
        self._is_city = office.level == "city"
        headings, widths = (("乡镇", *_HEADINGS), (8, *_WIDTHS)) if self._is_city else (_HEADINGS, _WIDTHS)
        self.table = rows_table("退回意见", headings, widths)
        self.table.itemActivated.connect(lambda _item: self._open())
        self.table.currentCellChanged.connect(lambda *_cell: self._allow())
        self.open_record = QPushButton("打开这条记录", self)
        self.open_record.clicked.connect(self._open)
        self.mark_done = QPushButton("标为已办", self)
        self.mark_done.clicked.connect(self._mark_done)
        self.ask_again = QPushButton("没改好，再次提出", self)
        self.ask_again.clicked.connect(self._ask_again)
        self.ask_again.setVisible(self._is_city)
        foot, layout = QHBoxLayout(), QVBoxLayout(self)
        for button in (self.open_record, self.mark_done, self.ask_again):
            foot.addWidget(button)
        foot.addStretch(1)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        layout.addLayout(foot)

    @property
    def waiting(self) -> Counter[str]:
        """How many remarks are to be dealt with still, by unit."""
        return Counter(line.remark.unit for line in self._lines if line.is_open)

    def refresh(self) -> None:
        """Ask again, and stay at the remark that was chosen."""
        chosen = self._current.remark.id if self._current else None
        self._lines = self._office.handoff.remarks.all()
        names = {code: each.name for code, each in self._office.divisions.all().items()}
        if self._is_city:
            self._lines.sort(key=lambda line: line.remark.unit)
        self.table.setRowCount(0)
        for line in self._lines:
            texts = (_state(line), f"{line.title} {line.who}", line.label, line.remark.text, _by(line))
            add_row(self.table, (names.get(line.remark.unit, ""), *texts) if self._is_city else texts)
        if self._lines:
            ids = [line.remark.id for line in self._lines]
            self.table.setCurrentCell(ids.index(chosen) if chosen in ids else 0, 0)
        self._allow()

    @property
    def _current(self) -> RemarkLine | None:
        row = self.table.currentRow()
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def _allow(self) -> None:
        line = self._current
        self.open_record.setEnabled(line is not None)
        self.mark_done.setEnabled(line is not None and line.is_open)
        self.ask_again.setEnabled(line is not None and not line.is_open)

    def _open(self) -> None:
        if (line := self._current) is None:
            return
        place = self._office.handoff.remarks.place_of(line.remark, _PAGES)
        if place is None:
            errors.tell(self, f"找不到“{line.title}”的这条记录，可能已经删除。不用再改的，请标为已办。")
        else:
            self.asked.emit(_request(place))

    def _mark_done(self) -> None:
        self._note(self._office.handoff.remarks.close, "已标为已办")

    def _ask_again(self) -> None:
        self._note(self._office.handoff.remarks.ask_again, "已再次提出，随下一份回执交给乡镇")

    def _note(self, note: Callable[[str, datetime], None], words: str) -> None:
        if (line := self._current) is not None:
            with errors.told(self):
                note(line.remark.id, datetime.now().astimezone())
                self.refresh()
                self.changed.emit(words)


def _state(line: RemarkLine) -> str:
    return f"已办 {line.answered:%m.%d}" if line.answered else "待办"


def _by(line: RemarkLine) -> str:
    return f"{line.made:%m.%d} {line.remark.by}".strip()


def _request(place: RecordPlace) -> Request:
    """The page that shows a record, at the record."""
    if place.period is not None:
        return Request(page="checklist", of=(place.key,), period=place.period, item=place.item)
    page = _PAGES[place.register]
    if place.register == "person":
        return Request(page=page, person=place.key)
    if place.register == "division":
        return Request(page=page, unit=place.key)
    return Request(page=page, of=(place.key,))
