"""One finding, or all of a rule, in full: what was found, what the rule says, where that stands, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.models.rules.rule import Severity
from desktop.views import theme
from desktop.views.health.opening import opening_of
from desktop.views.page import Request
from desktop.views.theme import Tone
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.rules.health import Finding

_WIDTH = 21  # characters
_TONES = {Severity.ERROR: Tone.ERROR, Severity.WARNING: Tone.WARN, Severity.INFO: Tone.PLAIN}
_RESERVES = frozenset(("R9", "R10"))  # whom they are about stands in the reserve
_TOLD = 5  # villages of a rule that are named


class FindingPanel(QFrame):
    """``asked`` carries a Request for whom it is about."""

    asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.card(self)
        self.setMinimumWidth(theme.characters(self, _WIDTH))
        self._request: Request | None = None
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("问题说明")
        page = QWidget(area)
        page.setObjectName("areaPage")
        self._layout = QVBoxLayout(page)
        self._layout.setContentsMargins(0, 0, theme.GAP, 0)
        self._layout.setSpacing(4)
        self.title = theme.title(WrappedLabel(parent=page))
        self.level = QLabel(page)
        self._layout.addWidget(self.title)
        self._layout.addWidget(self.level)
        self.found = self._paragraph("发现", page)
        self.people = self._paragraph("涉及人员", page)
        self.says = self._paragraph("规定", page)
        self.source = self._paragraph("依据", page)
        self.advice = self._paragraph("怎么办", page)
        self._layout.addStretch(1)
        area.setWidget(page)
        self.open = QPushButton("在名册中打开", self)
        self.open.clicked.connect(lambda: self.asked.emit(self._request))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 8, 12)
        layout.addWidget(area, 1)
        layout.addWidget(self.open)

    def _paragraph(self, name: str, page: QWidget) -> WrappedLabel:
        words = WrappedLabel(parent=page)
        self._layout.addSpacing(theme.GAP)
        self._layout.addWidget(theme.quiet(QLabel(name, page)))
        self._layout.addWidget(words)
        return words

    def show_findings(self, findings: Sequence[Finding], unit: str | None, on: date) -> None:
        """Tell of one finding, or of all that one rule found."""
        self.open.setEnabled(bool(findings))
        if not findings:
            return
        rule, worst = findings[0].rule, findings[0].severity
        self.title.setText(rule.title)
        self.level.setText(f"{rule.level.label} · {worst.label}")
        theme.set_tone(self.level, _TONES[worst])
        self.found.setText("\n".join(_told(findings)))
        self.people.setText(
            "、".join(dict.fromkeys(name for found in findings for _, name in found.people)) or "—"
        )
        self.says.setText(rule.says)
        self.source.setText(findings[0].source)
        self.advice.setText(rule.advice)
        self._request = request_for(findings, unit, on)
        self.open.setText(_open_words(findings[0]))


def request_for(findings: Sequence[Finding], unit: str | None, on: date) -> Request:
    """The page that shows what findings of one rule are about: the records, the people, else the village."""
    if opening := opening_of(findings[0]):
        return opening.request(findings, unit)
    villages = {found.division.code for found in findings}
    where = villages.pop() if len(villages) == 1 else unit
    if findings[0].rule.id in _RESERVES:
        return Request(page="reserve", unit=where)
    people = tuple(dict.fromkeys(person_id for found in findings for person_id, _ in found.people))
    return Request(page="roster", unit=where, on=on, of=people, chip=None if people else "all")


def _open_words(found: Finding) -> str:
    if opening := opening_of(found):
        return f"在{opening.title}中打开"
    return "在后备力量中打开" if found.rule.id in _RESERVES else "在名册中打开"


def _told(findings: Sequence[Finding]) -> list[str]:
    if len(findings) == 1:
        return [f"{findings[0].subject}：{findings[0].words}"]
    lines = [f"{found.subject}：{found.words}" for found in findings[:_TOLD]]
    more = len(findings) - _TOLD
    return [*lines, f"还有 {more} 条见左边。"] if more > 0 else lines
