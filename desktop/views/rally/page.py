"""The page 拉练评比: a city's score sheet over its townships, written in place as in Excel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QMenu, QPushButton, QWidget

from desktop.models.registers.rally import RALLY, RALLY_ITEM, RallyItem
from desktop.models.rules.rally import EXAMPLE, PLEDGE
from desktop.models.services.rallies import Place
from desktop.views import errors, theme
from desktop.views.page import Page, Request
from desktop.views.rally.source import RallySource
from desktop.views.tables.grid import Grid
from desktop.views.tables.model import RegisterModel
from desktop.views.tables.source import Edit
from desktop.views.widgets.saving import WORKBOOKS, ask_where_to_save
from desktop.views.widgets.typed_dialog import TypedDialog
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_ITEM_FIELDS = [RALLY_ITEM.field(name) for name in ("name", "points")]
_NOTHING = "还没有拉练。按“新建拉练”建立第一轮，评分项目可以再改。"
_HOW = "直接输入分数，回车向下；可从 Excel 粘贴一整块。表头的箭头可以改项目。"


class RallyPage(Page):
    """One round at a time; its items are changed from the menu of their columns."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.grid: Grid | None = None
        self._export = self.header.add_action("导出 Excel", "export", "Ctrl+Shift+S")
        self._export.clicked.connect(self._ask_where)
        self._print = self.header.add_action("通报表", "printer", "Ctrl+P")
        self._print.clicked.connect(self._ask_to_print)
        self.new = self.header.add_primary("新建拉练", keys="Ctrl+N")
        self.new.clicked.connect(self._ask_for_round)
        self._build_bar()
        QShortcut(QKeySequence("F6"), self, self._step_over)
        self.speakers, self.words = WrappedLabel(parent=self), WrappedLabel(parent=self)
        theme.set_tone(self.words, theme.Tone.WARN)
        self.body.addWidget(self.speakers)
        self.body.addWidget(self.words)
        self.how = theme.quiet(WrappedLabel(_HOW, self))
        self.body.addWidget(self.how)
        self.body.addStretch()
        self.refresh()

    def _build_bar(self) -> None:
        self.rounds = QComboBox(self)
        self.rounds.setAccessibleName("哪一轮拉练")
        self.rounds.activated.connect(lambda _place: self._show_round())
        self.settings, self.adding = QPushButton("改名称和发言名次", self), QPushButton("增加项目", self)
        self.removing = QPushButton("删除这一轮", self)
        self.settings.clicked.connect(self._ask_for_settings)
        self.adding.clicked.connect(lambda: self._ask_for_item())
        self.removing.clicked.connect(self._ask_to_remove)
        self.by_rank = QCheckBox("按名次排列", self)
        self.by_rank.toggled.connect(lambda _on: self._show_round())
        bar = QHBoxLayout()
        bar.setSpacing(theme.GAP)
        for control in (self.rounds, self.settings, self.adding, self.removing):
            bar.addWidget(control)
        bar.addStretch()
        bar.addWidget(self.by_rank)
        self.body.addLayout(bar)

    # what is shown

    def activate(self) -> None:
        """The keyboard goes to the scores."""
        (self.grid or self.new).setFocus()

    def _step_over(self) -> None:
        """F6: out of the scores, where Tab goes from cell to cell, and back."""
        inside = self.grid is not None and self.grid.hasFocus()
        (self.rounds if inside else self.grid or self.new).setFocus()

    def refresh(self) -> None:
        """See Page."""
        self._fill_rounds(self.rounds.currentData())

    def _fill_rounds(self, chosen: str | None) -> None:
        rounds = self.office.rallies.rounds()
        self.rounds.clear()
        for each in rounds:
            self.rounds.addItem(f"{each.name}（{RALLY.field('day').kind.show(each.day)}）", each.id)
        self.rounds.setCurrentIndex(max(self.rounds.findData(chosen), 0 if rounds else -1))
        self._show_round()

    def _show_round(self) -> None:
        """Another round, other items, or other points."""
        there = self.rounds.currentData() is not None
        for control in (
            *(self.rounds, self.settings, self.adding, self.removing, self.by_rank),
            *(self._export, self._print, self.how),
        ):
            control.setVisible(there)
        self.words.setVisible(True)
        if not there:
            self._drop_grid()
            self.speakers.setText("")
            self.words.setText(_NOTHING)
            self.header.set_scope("")
            return
        source = RallySource(
            self.office.rallies, self.office.rallies.sheet(self.rounds.currentData()), date.today()
        )
        source.by_rank = self.by_rank.isChecked()
        self._show_source(source)
        self._show_words(source)

    def _show_source(self, source: RallySource) -> None:
        """The same columns keep their grid with its current cell."""
        self.source = source
        if self.grid is not None and self.grid.register.fields == source.fields:
            self.grid.register.source = source
            self.grid.register.ask_again(lines_too=True)
            return
        focused = self.grid is not None and self.grid.hasFocus()
        self._drop_grid()
        model = RegisterModel(source)
        self.grid = Grid(model, self)
        self.grid.setAccessibleName("拉练评分表")
        self.grid.edited.connect(self._write)
        self.grid.refused.connect(self._refuse)
        self.grid.overflowed.connect(self._write_overflowing)
        self.grid.funneled.connect(self._offer)
        self.body.insertWidget(self.body.count() - 2, self.grid, 1)
        model.ask_again(lines_too=True)
        self.grid.go_to(source.keys()[0], len(source.fields) - len(source.sheet.items))
        if focused:
            self.grid.setFocus()

    def _drop_grid(self) -> None:
        if self.grid is not None:
            self.grid.hide()
            self.grid.deleteLater()
            self.grid = None

    def _show_words(self, source: RallySource) -> None:
        sheet = source.sheet
        told = [
            f"{kind}：{'、'.join(names)}"
            for kind in (EXAMPLE, PLEDGE)
            if (names := [each.name for each in sheet.ranking.by_rank if each.speaks == kind])
        ]
        self.speakers.setText("　　".join(told))
        self.speakers.setVisible(bool(told))
        self.words.setText("\n".join(sheet.ranking.words))
        self.words.setVisible(bool(sheet.ranking.words))
        scored = sum(each.total is not None for each in sheet.ranking.standings)
        self.header.set_scope(
            f"{len(sheet.ranking.standings)} 个乡镇 · 已打分 {scored} 个 · {len(sheet.items)} 项共 {sheet.full:g} 分"
        )

    # scores

    def _write(self, edits: list[Edit], _why: str) -> None:
        typed: list[tuple[Place, str]] = [((edit.key, edit.field), edit.text) for edit in edits]
        with errors.told(self):
            outcome = self.office.rallies.write(typed, date.today())
            if outcome.applied:
                self._say_done()
            if outcome.problems:
                self._tell_problems([(str(each.key), each.field, each.message) for each in outcome.problems])

    def _write_overflowing(self, edits: list[Edit], beyond: list[Mapping[str, str]]) -> None:
        self._write(edits, "")
        errors.tell(self, f"粘贴的内容比乡镇多 {len(beyond)} 行，多出的没有写入，请核对是否对齐。")

    def _tell_problems(self, problems: list[tuple[str, str, str]]) -> None:
        names = self.office.rallies.townships()
        items = {item.id: item.name for item in self.source.sheet.items}
        lines = [f"{names[town]} {items[item]}：{words}" for town, item, words in problems[:8]]
        more = f"\n……共 {len(problems)} 格" if len(problems) > len(lines) else ""
        errors.tell(self, f"这些格没有写入：\n{chr(10).join(lines)}{more}")

    def _refuse(self, words: str) -> None:
        self.noted.emit(words)

    # rounds and items

    def _offer(self, column: int) -> None:
        """The menu of a column: what can be done with its item, or how lines are sorted."""
        assert self.grid is not None
        item = self.source.item(self.grid.register.fields[column])
        rallies, menu = self.office.rallies, QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if item is None:
            for words, by_rank in (("按行政顺序排列", False), ("按名次排列", True)):
                menu.addAction(words, partial(self.by_rank.setChecked, by_rank))
            menu.popup(self.grid.below_heading(column))
            return
        menu.addAction("改名称和满分…", partial(self._ask_for_item, item))
        menu.addAction("左移", lambda: self._do(lambda: rallies.move_item(item.id, -1)))
        menu.addAction("右移", lambda: self._do(lambda: rallies.move_item(item.id, 1)))
        menu.addAction("删除项目和得分", lambda: self._do(lambda: rallies.remove_item(item.id)))
        menu.popup(self.grid.below_heading(column))

    def _ask_for_round(self) -> None:
        last = next(iter(self.office.rallies.rounds()), None)
        self._ask_round(
            "新建拉练",
            "建立",
            {
                "name": f"{date.today():%Y} 年基层党建拉练",
                "day": f"{date.today():%Y.%m.%d}",
                "first": str(last.first if last else 2),
                "last": str(last.last if last else 2),
            },
            self._start,
        )

    def _ask_for_settings(self) -> None:
        rally = self.source.sheet.rally
        texts = {field.name: field.kind.show(getattr(rally, field.name)) for field in RALLY.fields}

        def take(typed: Mapping[str, str]) -> None:
            self.office.rallies.edit(rally.id, typed, date.today())
            self._say_done()

        self._ask_round("拉练的名称和发言名次", "保存", texts, take)

    def _ask_round(
        self,
        title: str,
        deed: str,
        texts: Mapping[str, str],
        take: Callable[[Mapping[str, str]], None],
    ) -> None:
        dialog = TypedDialog(
            title,
            deed,
            RALLY.fields,
            lambda name, text: self.office.rallies.read_round(name, text, date.today()),
            take,
            self,
            words="评分项目沿用上一轮，建立后可改。名次并列时，并列的都列入发言。",
        )
        dialog.fill(texts)
        dialog.begin("name")

    def _start(self, typed: Mapping[str, str]) -> None:
        made = self.office.rallies.start(typed, date.today())
        self._fill_rounds(made)
        self._tell_changed()

    def _ask_for_item(self, known: RallyItem | None = None) -> None:
        rallies = self.office.rallies

        def take(typed: Mapping[str, str]) -> None:
            if known:
                rallies.edit_item(known.id, typed, date.today())
            else:
                rallies.add_item(self.source.sheet.rally.id, typed, date.today())
            self._say_done()

        dialog = TypedDialog(
            "修改评分项目" if known else "增加评分项目",
            "保存" if known else "增加",
            [replace(field, width_mm=30) for field in _ITEM_FIELDS],
            lambda name, text: rallies.read_item(name, text, date.today()),
            take,
            self,
        )
        dialog.fill({f.name: f.kind.show(getattr(known, f.name)) for f in _ITEM_FIELDS} if known else {})
        dialog.begin("name")

    def _ask_to_remove(self) -> None:
        rally = self.source.sheet.rally
        errors.ask(
            self,
            f"删除“{rally.name}”和它的全部得分？",
            "删除",
            lambda: self._do(lambda: self.office.rallies.remove(rally.id)),
            words="删除后可以用“撤销”恢复。",
        )

    def _do(self, act: Callable[[], object]) -> None:
        with errors.told(self):
            act()
            self._say_done()

    def _say_done(self) -> None:
        self.refresh()
        self._tell_changed()

    def _tell_changed(self) -> None:
        self.changed.emit(f"已{self.office.history.next_undo()}")

    # paper and workbook

    def _ask_to_print(self) -> None:
        day = date.fromisoformat(self.source.sheet.rally.day)
        self.asked.emit(Request(page="ledgers", ledger="rally", on=day))

    def _ask_where(self) -> None:
        ask_where_to_save(self, "导出到", WORKBOOKS, f"{self.source.sheet.rally.name}.xlsx", self._write_file)

    def _write_file(self, path: str) -> None:
        with errors.told(self):
            self.office.rallies.export(self.source.sheet.rally.id, Path(path))
            self.noted.emit(f"已导出 {len(self.source.sheet.ranking.standings)} 个乡镇：{path}")
