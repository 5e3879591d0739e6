"""The tab 体检: what the rules found, by level and rule, with the basis and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.models.rules.rule import Level, Severity
from desktop.views import theme
from desktop.views.health.finding_panel import FindingPanel, request_for
from desktop.views.structure.part import Part
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.rules.health import Finding, HealthReport
    from desktop.office import Office

_FINDINGS = Qt.ItemDataRole.UserRole
_ALL = "all"
_EXPANDED = 60  # findings that are all shown at once; of more, only the rules
_INKS = {Severity.ERROR: "error", Severity.WARNING: "warn", Severity.INFO: "secondary"}
_PEOPLE, _ROOMY = 16, 56  # characters: of the column of people, and of a list that has room for it


class FindingsPart(Part):
    """A tree of levels, rules and findings; the current one is told of in full beside it."""

    title = "体检"
    ledger = "issues"

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, parent)
        self.report: HealthReport | None = None
        self._chip = _ALL
        self._rule: str | None = None  # to go to once it is known what was found
        self.chips: dict[str, QPushButton] = {}
        self.body.addLayout(self._build_chips())
        beside = QSplitter(self)
        self._middle = QStackedWidget(beside)
        self.tree = _Tree(self._middle)
        self._middle.addWidget(self.tree)
        self._nothing = QLabel()
        self._middle.addWidget(theme.centered(self._nothing))
        self.panel = FindingPanel(beside)
        beside.setHandleWidth(theme.GAP)
        beside.setChildrenCollapsible(False)
        beside.setStretchFactor(0, 1)
        self.body.addWidget(beside, 1)
        self._foot = theme.quiet(WrappedLabel(parent=self))
        self.body.addWidget(self._foot)
        self.tree.currentItemChanged.connect(self._show_current)
        self.tree.itemActivated.connect(self._open)
        self.panel.asked.connect(self.asked)

    def _build_chips(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(4)
        group = QButtonGroup(self)
        for chip, words in ((_ALL, "全部"), *((str(each), each.label) for each in Severity)):
            button = QPushButton(words, self)
            button.setProperty("look", "chip")
            button.setCheckable(True)
            button.setAccessibleName(f"只看{words}" if chip != _ALL else "全部问题")
            button.clicked.connect(partial(self._choose, chip))
            group.addButton(button)
            line.addWidget(button)
            self.chips[chip] = button
        self.chips[_ALL].setChecked(True)
        line.addStretch(1)
        return line

    # asking

    def reload(self) -> None:
        """See Part."""
        unit, on = self.unit, self.on
        self.start(lambda office: office.health.check(on, unit), self._show)

    def show_rule(self, rule: str) -> None:
        """Go to what a rule found."""
        self._rule = rule
        self._choose(_ALL)

    def _choose(self, chip: str) -> None:
        self._chip = chip
        self.chips[chip].setChecked(True)
        if self.report is not None:
            self._fill(self.report)

    # showing

    def _show(self, report: HealthReport) -> None:
        self.report = report
        for chip, number in report.chips().items():
            words = "全部" if chip == _ALL else Severity(chip).label
            self.chips[chip].setText(f"{words} {number}" if number else words)
        self._foot.setText(f"换届：{report.next_round}")
        self._fill(report)

    def _fill(self, report: HealthReport) -> None:
        found = [each for each in report.findings if self._chip in (_ALL, each.severity)]
        kept = self._rule or self.tree.current_rule()
        self.tree.show_findings(found)
        self._nothing.setText("没有发现问题。" if self._chip == _ALL else "没有这一类问题。")
        self._middle.setCurrentIndex(0 if found else 1)
        self.panel.setVisible(bool(found))
        self.tree.go_to(kept)
        self._rule = None
        self._show_current()

    def _show_current(self) -> None:
        self.panel.show_findings(self.tree.current_findings(), self.unit, self.on)

    def _open(self, item: QTreeWidgetItem) -> None:
        findings: tuple[Finding, ...] = item.data(0, _FINDINGS) or ()
        if findings:
            self.asked.emit(request_for(findings, self.unit, self.on))

    def go(self) -> None:
        """The keyboard goes to the tree."""
        self.tree.setFocus()


class _Tree(QTreeWidget):
    """Levels, rules, findings."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._several = False  # townships: each line names its own
        self.setAccessibleName("体检发现的问题")
        self.setHeaderLabels(["问题", "程度", "涉及人员"])
        self.setIndentation(16)
        self.setUniformRowHeights(True)
        self.setExpandsOnDoubleClick(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel tells of the people where there is no room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.setColumnWidth(1, theme.characters(self, 4.8))
        self.setColumnWidth(2, theme.characters(self, _PEOPLE))
        self.setColumnHidden(2, self.width() < theme.characters(self, _ROOMY))

    def show_findings(self, findings: Iterable[Finding]) -> None:
        """Show others."""
        found = list(findings)
        self._several = len({each.township for each in found}) > 1
        self.clear()
        for level in Level:
            within = [each for each in found if each.rule.level is level]
            if not within:
                continue
            top = QTreeWidgetItem([f"{level.label}　{len(within)} 条"])
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            self.addTopLevelItem(top)
            top.setExpanded(True)
            for rule_id in dict.fromkeys(each.rule.id for each in within):
                hits = tuple(each for each in within if each.rule.id == rule_id)
                top.addChild(self._rule_item(hits))
        for top in self._tops():
            for place in range(top.childCount()):
                top.child(place).setExpanded(len(found) <= _EXPANDED)

    def _rule_item(self, hits: tuple[Finding, ...]) -> QTreeWidgetItem:
        item = QTreeWidgetItem(
            [f"{hits[0].rule.title}　{len({each.key for each in hits})} {hits[0].rule.counted}"]
        )
        item.setData(0, _FINDINGS, hits)
        for each in hits:
            place = f"{each.township} " if self._several else ""
            words = f"{place}{each.subject}：{each.words}"
            child = QTreeWidgetItem([words, each.severity.label, each.names])
            child.setData(0, _FINDINGS, (each,))
            child.setForeground(1, theme.brush(_INKS[each.severity]))
            for column in (0, 2):
                child.setToolTip(column, child.text(column))
            item.addChild(child)
        return item

    def current_findings(self) -> tuple[Finding, ...]:
        """Those of the current line: one, or all of a rule."""
        item = self.currentItem()
        findings: tuple[Finding, ...] = (item.data(0, _FINDINGS) or ()) if item else ()
        return findings

    def current_rule(self) -> str | None:
        """The rule of the current line."""
        findings = self.current_findings()
        return findings[0].rule.id if findings else None

    def go_to(self, rule: str | None) -> None:
        """Choose a rule's line, else the first one."""
        rules = [top.child(place) for top in self._tops() for place in range(top.childCount())]
        for item in rules:
            if item.data(0, _FINDINGS)[0].rule.id == rule:
                item.setExpanded(True)
                self.setCurrentItem(item)
                self.scrollToItem(item, QTreeWidget.ScrollHint.PositionAtTop)
                return
        if rules:
            self.setCurrentItem(rules[0])

    def _tops(self) -> list[Any]:
        return [self.topLevelItem(place) for place in range(self.topLevelItemCount())]
