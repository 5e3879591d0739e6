"""The preview of a merge (合并预览): row by row, field by field, and whose value is taken where both changed it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QTabBar,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.models.handoff.plan import MergePlan, Outcome, PlannedField, PlannedRow, Side
from desktop.models.registers.catalogue import REGISTERS
from desktop.views import theme
from desktop.views.widgets.wrapped import WrappedLabel

_FIELDS = {(register.name, field.name): field for register in REGISTERS for field in register.fields}
_TITLES = {register.name: register.title for register in REGISTERS}
_PLACE = Qt.ItemDataRole.UserRole  # register, key, field
_HEADINGS = ("记录", "村（社区）、职务", "项目", "市库现值", "报来值", "采用")
_OF_VALUES = (2, 3, 4)  # columns
_SHOWN = 400  # rows of a tab
_RULE = "冲突默认采用报来值；双击或按回车改为采用市库现值。其余按报来的写入。"
_KINDS: Mapping[str, Callable[[PlannedRow], bool]] = {
    "冲突": lambda row: row.outcome is Outcome.CONFLICT,
    "新增": lambda row: row.outcome is Outcome.NEW,
    "修改": lambda row: row.outcome is Outcome.CHANGED,
    "删除": lambda row: row.outcome is Outcome.REMOVED,
    "疑似重复": lambda row: bool(row.alike),
    "代码无效": lambda row: bool(row.unknown),
}
_REFUSED = "不能接收"


class Preview(QWidget):
    """Tabs by outcome, conflicts first where there are any; ``chosen`` carries the places and the side."""

    chosen = Signal(list, object)  # of (register, key, field), a Side
    remark_wanted = Signal(str, str, str)  # register, key, field

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: MergePlan | None = None
        self.kinds = QTabBar(self)
        self.kinds.setAccessibleName("合并预览的分类")
        self.kinds.setExpanding(False)
        for name in (*_KINDS, _REFUSED):
            self.kinds.addTab(name)
        self.kinds.currentChanged.connect(lambda _tab: self._fill())
        self.rows = QTreeWidget(self)
        self.rows.setAccessibleName("合并预览")
        self.rows.setRootIsDecorated(False)
        self.rows.setHeaderLabels(_HEADINGS)
        for column, width in enumerate((13, 13, 7, 8, 8)):
            self.rows.setColumnWidth(column, theme.characters(self, width))
        self.rows.itemActivated.connect(lambda item, _column: self._turn(item))
        self.all_reported = QPushButton("同类全部采用报来值", self)
        self.all_reported.clicked.connect(lambda: self._take_alike(Side.REPORTED))
        self.all_city = QPushButton("同类全部采用市库现值", self)
        self.all_city.clicked.connect(lambda: self._take_alike(Side.CITY))
        self.turn = QPushButton("改采用这一处", self)
        self.turn.clicked.connect(lambda: self._turn(self.rows.currentItem()))
        self.remark = QPushButton("对这条提退回意见…", self)
        self.remark.clicked.connect(self._remark)
        foot = QHBoxLayout()
        for button in (self.turn, self.all_reported, self.all_city, self.remark):
            foot.addWidget(button)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.kinds)
        layout.addWidget(theme.quiet(WrappedLabel(_RULE, self)))
        layout.addWidget(self.rows, 1)
        layout.addLayout(foot)
        self.show_plan(None)

    def show_plan(self, plan: MergePlan | None, *, afresh: bool = True) -> None:
        """Show another plan; ``afresh``: turn to the first tab that holds something."""
        self._plan = plan
        counts = [sum(map(holds, plan.rows)) if plan else 0 for holds in _KINDS.values()]
        counts.append(len(plan.refused) if plan else 0)
        for tab, (name, count) in enumerate(zip((*_KINDS, _REFUSED), counts, strict=True)):
            self.kinds.setTabText(tab, f"{name} {count}")
        if afresh:
            self.kinds.setCurrentIndex(next((tab for tab, count in enumerate(counts) if count), 0))
        self._fill()

    def _fill(self) -> None:
        current = self.rows.currentIndex().row()
        self.rows.clear()
        conflicts = self.kinds.currentIndex() == 0
        for button in (self.turn, self.all_reported, self.all_city):
            button.setVisible(conflicts)
        is_refused = self.kinds.currentIndex() == len(_KINDS)
        for column in _OF_VALUES:  # the reason takes their room
            self.rows.setColumnHidden(column, is_refused)
        self.rows.headerItem().setText(len(_HEADINGS) - 1, "原因" if is_refused else _HEADINGS[-1])
        if self._plan is None:
            return
        lines = list(self._lines(self._plan))
        self.rows.addTopLevelItems(lines if conflicts else lines[:_SHOWN])
        if len(lines) > _SHOWN and not conflicts:
            self.rows.addTopLevelItem(QTreeWidgetItem([f"……共 {len(lines)} 处，这里列出前 {_SHOWN} 处"]))
        if lines:
            self.rows.setCurrentItem(
                lines[min(max(current, 0), self.rows.topLevelItemCount() - 1, _SHOWN - 1)]
            )
        self.remark.setEnabled(bool(lines))

    def _lines(self, plan: MergePlan) -> Iterator[QTreeWidgetItem]:
        kind = self.kinds.currentIndex()
        if kind == len(_KINDS):
            for refused in plan.refused:
                id = (refused.register, refused.key)
                what, where = plan.called[id]
                yield _item((*id, ""), _titled(refused.register, what), where, "", "", "", refused.reason)
            return
        for row in filter(list(_KINDS.values())[kind], plan.rows):
            place, told = (*row.id, ""), (_titled(row.register, row.what), row.where)
            if row.alike:
                who = "、".join(f"{each.unit} {each.name}" for each in row.alike)
                yield _item(place, *told, "疑似同一人", who, "", "不自动合并，请人工核实")
            elif kind == 5:
                yield _item(place, *told, "代码不认识", "", "、".join(row.unknown), "原样保留")
            elif row.fields:
                listed = [each for each in row.fields if kind or each.chosen]
                for number, each in enumerate(listed):
                    yield _field_item(row, each, ("", "") if number and not kind else told)
            else:
                yield _item(place, *told, "整条", "", "", row.outcome.value)

    def _turn(self, item: QTreeWidgetItem | None) -> None:
        place = item.data(0, _PLACE) if item is not None else None
        if not place:
            return
        row = self._row(place)
        each = next((told for told in row.fields if told.name == place[2]), None) if row else None
        if each is not None and each.chosen is not None:
            side = Side.REPORTED if each.chosen is Side.CITY else Side.CITY
            self.chosen.emit([place], side)

    def _take_alike(self, side: Side) -> None:
        item = self.rows.currentItem()
        if item is None or self._plan is None:
            return
        register, _, name = item.data(0, _PLACE)
        alike = [
            (row.register, row.key, each.name)
            for row in self._plan.rows
            for each in row.fields
            if row.register == register and each.name == name and each.chosen
        ]
        self.chosen.emit(alike, side)

    def _row(self, place: tuple[str, str, str]) -> PlannedRow | None:
        rows = self._plan.rows if self._plan else ()
        return next((row for row in rows if row.id == (place[0], place[1])), None)

    def _remark(self) -> None:
        item = self.rows.currentItem()
        if item is not None and item.data(0, _PLACE):
            self.remark_wanted.emit(*item.data(0, _PLACE))


def _titled(register: str, what: str) -> str:
    return f"{_TITLES.get(register, register)}：{what}"


def _field_item(row: PlannedRow, each: PlannedField, told: tuple[str, str]) -> QTreeWidgetItem:
    old, new = (_shown(row.register, each.name, value) for value in (each.old, each.new))
    taken = each.chosen.value if each.chosen else "报来值"
    return _item((*row.id, each.name), *told, each.label or "整条", old, new, taken)


def _item(place: tuple[str, str, str], *texts: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem(list(texts))
    item.setData(0, _PLACE, place)
    for column, text in enumerate(texts):
        item.setToolTip(column, text)
    return item


def _shown(register: str, name: str, value: object) -> str:
    """A value as it is read, numbers masked; a whole row is there or not."""
    if not name:
        return "没有" if value is None else "有"
    field = _FIELDS.get((register, name))
    return field.kind.mask(value) if field else str(value if value is not None else "")
