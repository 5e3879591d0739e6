"""The tab 体检规则: which rules are on, with which numbers, by which document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QHeaderView, QSplitter, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.models.errors import DesktopError
from desktop.models.rules.rule import Level
from desktop.views import theme
from desktop.views.health.rule_panel import RulePanel
from desktop.views.structure.part import Part

if TYPE_CHECKING:
    from desktop.models.services.health import RuleSetting
    from desktop.office import Office

_ID = Qt.ItemDataRole.UserRole
_STATES = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}


class RulesPart(Part):
    """A list with ticks; the current rule's numbers and basis are edited beside it, and kept at once."""

    title = "体检规则"

    def __init__(self, office: Office, parent: QWidget) -> None:
        super().__init__(office, parent)
        self._items: dict[str, QTreeWidgetItem] = {}
        beside = QSplitter(self)
        self.tree = QTreeWidget(beside)
        self.tree.setAccessibleName("体检规则，空格键启用或停用")
        self.tree.setHeaderLabels(["启用的规则", "依据"])
        self.tree.setIndentation(16)
        self.tree.setUniformRowHeights(True)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.header().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.panel = RulePanel(beside)
        beside.setHandleWidth(theme.GAP)
        beside.setChildrenCollapsible(False)
        beside.setStretchFactor(0, 1)
        self.body.addWidget(beside, 1)
        self._build_items()
        self.tree.currentItemChanged.connect(self._show_current)
        self.tree.itemChanged.connect(self._tick)
        self.panel.set.connect(self._set)

    def _build_items(self) -> None:
        for level in Level:
            top = QTreeWidgetItem(
                [level.label, "默认启用" if level is not Level.LOCAL else "填写依据文号后启用"]
            )
            font = top.font(0)
            font.setBold(True)
            top.setFont(0, font)
            top.setForeground(1, theme.brush("secondary"))
            self.tree.addTopLevelItem(top)
            for setting in self.office.health.rules():
                if setting.rule.level is level:
                    item = QTreeWidgetItem([setting.rule.title])
                    item.setData(0, _ID, setting.rule.id)
                    top.addChild(item)
                    self._items[setting.rule.id] = item
            top.setExpanded(True)
        self._show_settings()
        self.tree.setCurrentItem(next(iter(self._items.values())))
        self._show_current()

    def reload(self) -> None:
        """See Part."""
        self._show_settings()
        self._show_current()

    def _show_settings(self) -> None:
        with QSignalBlocker(self.tree):
            for setting in self.office.health.rules():
                item = self._items[setting.rule.id]
                item.setCheckState(0, _STATES[setting.on])
                basis = setting.basis or (
                    setting.rule.source if setting.rule.level is not Level.LOCAL else ""
                )
                item.setText(1, basis)
                item.setToolTip(1, basis)
                item.setForeground(1, theme.brush("secondary"))

    @property
    def current(self) -> RuleSetting | None:
        """The rule of the current line."""
        item = self.tree.currentItem()
        rule_id = item.data(0, _ID) if item else None
        return next((each for each in self.office.health.rules() if each.rule.id == rule_id), None)

    def _show_current(self) -> None:
        setting = self.current
        self.panel.setEnabled(setting is not None)
        if setting is not None:
            self.panel.show_setting(setting)

    def _tick(self, item: QTreeWidgetItem) -> None:
        """Ticked or not in the list: as if it were in the panel."""
        if item.data(0, _ID) is None:
            return
        self.tree.setCurrentItem(item)
        self._set({"on": item.checkState(0) == Qt.CheckState.Checked})

    def _set(self, what: dict[str, object]) -> None:
        setting = self.current
        if setting is None:
            return
        words = ""
        try:
            self.office.health.set_rule(setting.rule.id, **what)  # type: ignore[arg-type]  # as RulePanel.set says
        except DesktopError as error:
            words = str(error)
        self._show_settings()
        self._show_current()
        self.panel.say(words, typed=what)
        if not words:
            self.ruled.emit()

    def go(self) -> None:
        """The keyboard goes to the list."""
        self.tree.setFocus()
