"""The page of 方案: the versions of what is assessed in “8+N”, or of the kinds of “四个一”, and editing the next one."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from desktop.models.domain.days import show_day
from desktop.models.errors import DesktopError
from desktop.models.registers.schemes import ACTIVITIES, CHECKLIST, SCHEME, Scheme, SchemeItem
from desktop.models.services.scheme_settling import settled_scheme
from desktop.models.services.schemes import SchemeRefusedError, SchemeVersion
from desktop.models.services.stale_forms import StaleRecordError
from desktop.office import Office
from desktop.views import errors, theme
from desktop.views.checklist.schemes_form import SchemeForm
from desktop.views.checklist.schemes_items import ItemsEditor
from desktop.views.page import Page, Request
from desktop.views.widgets.banner import Banner
from desktop.views.widgets.clashes import ClashDialog
from desktop.views.widgets.side_panel import ClosingGuard
from desktop.views.widgets.wrapped import WrappedLabel

_SIDE = 13  # characters of the list of versions
_CLOSING = "方案改了还没有保存，关闭以后就没有了。"
_IN_PLACE = "这一版还没有用过，保存后直接改在这一版上。"
_NEXT = {
    CHECKLIST: "已有评定按原方案保留，新方案自 {since} 起。",
    ACTIVITIES: "已有记录按原方案保留，新方案自 {since} 起。",
}


class SchemesPage(Page):
    """Versions at the left, one of them at the right; only what comes next is edited."""

    purpose = CHECKLIST  # of SCHEME

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.today = date.today()
        self.base: SchemeVersion | None = None  # that is being edited
        self._begun: tuple[Scheme, list[SchemeItem], dict[str, str]] | None = None
        self.edit = self.header.add_primary("修改方案", "pencil", "Ctrl+E")
        self.edit.clicked.connect(self.begin)
        beside = QSplitter(self)
        beside.setHandleWidth(theme.GAP)
        beside.setChildrenCollapsible(False)
        beside.addWidget(self._build_side())
        beside.addWidget(self._build_version())
        beside.setStretchFactor(1, 1)
        self.body.addWidget(beside, 1)
        back = ("回去保存", lambda: self.asked.emit(Request(page=self.name)))
        ClosingGuard(self, self._unsaved, back, self._show_versions)
        self._show_versions()

    # building

    def _build_side(self) -> QWidget:
        self.side = QWidget(self)
        self.side.setMinimumWidth(theme.characters(self, _SIDE))
        self.list = QListWidget(self.side)
        self.list.setAccessibleName("方案的版本")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(self._show_version)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        column.addWidget(self.list, 1)
        return self.side

    def _build_version(self) -> QWidget:
        shown = QWidget(self)
        self.heading = theme.heading(WrappedLabel(parent=shown))
        self.banner = Banner(parent=shown)
        self.summary = WrappedLabel(parent=shown)
        self.form = SchemeForm(self.purpose, self.today, shown)
        self.form.edited.connect(self._say_outcome)
        self.form.submitted.connect(self.save)
        self.items = ItemsEditor(self.purpose, self.today, shown)
        self.outcome = theme.quiet(WrappedLabel(parent=shown))
        self.save_it = theme.keyed(theme.primary(QPushButton("保存方案", shown)), "Ctrl+Return")
        self.save_it.setToolTip("保存方案（Ctrl+回车）")
        self.save_it.clicked.connect(self.save)
        self.cancel = QPushButton("取消", shown)
        self.cancel.clicked.connect(self._ask_to_leave)
        foot = QHBoxLayout()
        foot.setSpacing(theme.GAP)
        foot.addWidget(self.outcome, 1)
        foot.addWidget(self.save_it)
        foot.addWidget(self.cancel)
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GAP)
        for widget in (self.heading, self.banner, self.summary, self.form):
            column.addWidget(widget)
        column.addWidget(self.items, 1)
        column.addLayout(foot)
        return shown

    # showing

    def activate(self) -> None:
        """The keyboard goes to the versions, or stays in what is edited."""
        if self.base is None:
            self.list.setFocus()

    def refresh(self) -> None:
        """See Page; what is being typed stays."""
        if self.base is None:
            self._show_versions()

    def _show_versions(self) -> None:
        """Show the versions, the latest one in full."""
        self.base = None
        self.versions = self.office.schemes.versions(self.purpose)
        current = self.office.schemes.current(self.purpose, self.today)
        self.list.blockSignals(True)
        self.list.clear()
        for version in self.versions:
            self.list.addItem(self._line(version, current))
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self.header.set_scope(f"{self.kind.group} · {len(self.versions)} 版")
        self._show_version(0)

    def _line(self, version: SchemeVersion, current: SchemeVersion) -> QListWidgetItem:
        scheme = version.scheme
        now = scheme.id == current.scheme.id
        state = "　现行" if now else "　未到启用日期" if scheme.since > self.today.isoformat() else ""
        source = scheme.official or version.words.partition("（")[0]
        item = QListWidgetItem(f"第 {scheme.version} 版{state}\n自 {show_day(scheme.since)} 起\n{source}")
        item.setToolTip(version.words)
        if now:
            font = item.font()
            font.setBold(True)
            item.setFont(font)
        return item

    @property
    def version(self) -> SchemeVersion:
        """The one shown."""
        return self.versions[max(self.list.currentRow(), 0)]

    def _show_version(self, _row: int) -> None:
        version = self.version
        self._show_parts(editing=False)
        self.heading.setText(self.office.settings.worded(version.scheme.title))
        self.banner.words.setText(version.words)
        self.banner.setVisible(version.scheme.official is None)
        self.summary.setText(_in_words(version.scheme))
        self.items.show_items(version.common, version.scheme.own_points, editing=False)

    def _show_parts(self, *, editing: bool) -> None:
        self.side.setEnabled(not editing)
        self.edit.setEnabled(not editing)
        for label in (self.heading, self.summary):
            label.setVisible(not editing)
        for widget in (self.form, self.outcome, self.save_it, self.cancel):
            widget.setVisible(editing)

    # editing

    def begin(self) -> None:
        """Edit what comes next: it starts from the latest version."""
        self._show_versions()
        version = self.base = self.version
        scheme, self._in_place = version.scheme, self.office.schemes.corrects_in_place(version.scheme)
        self._show_parts(editing=True)
        self.form.show_scheme(scheme)
        if not self._in_place:
            self.form.inputs["since"].set_text(show_day(self._next_start(version).isoformat()))
        self.items.show_items(version.common, scheme.own_points, editing=True)
        self._begun = self._typed
        self._say_outcome()
        self.form.inputs["title"].select()

    def _next_start(self, version: SchemeVersion) -> date:
        """The first day of the period after the present one, or after the one in which the version begins."""
        return version.period(max(self.today, date.fromisoformat(version.scheme.since))).after(1).start

    @property
    def _typed(self) -> tuple[Scheme, list[SchemeItem], dict[str, str]]:
        texts = {name: cell.text for name, cell in self.form.inputs.items()}
        return self.version.scheme, self.items.items, texts

    def _say_outcome(self) -> None:
        """What saving does, as it is typed."""
        if self.base is None:
            return
        values = self.form.values
        since = show_day(str(values["since"])) if values["since"] else "（请填启用日期）"
        self.outcome.setText(_IN_PLACE if self._in_place else _NEXT[self.purpose].format(since=since))
        if "own_points" in values:
            points = values["own_points"]
            self.items.show_own_points(points if isinstance(points, float) else None)

    def save(self) -> None:
        """Keep what is typed; what is missing is said at its field."""
        if self.base is None:
            return
        self.items.commit()
        problems = self.form.problems()
        self.form.say(problems)
        field, words = self.items.problem()
        self.items.say(field, words)
        if problems or words:
            return
        try:
            self.office.schemes.save(self.form.scheme(self.base.scheme), self.items.items, self.base)
        except StaleRecordError as error:
            dialog = ClashDialog(error.clashes, self)
            dialog.decided.connect(self._settle)
            dialog.open()
            return
        except SchemeRefusedError as error:
            self._say_refused(error)
            return
        except DesktopError as error:
            errors.tell(self, error)
            return
        self._show_versions()
        self.list.setFocus()
        self.changed.emit(f"已{self.office.history.next_undo()}")

    def _settle(self, mine: frozenset[Hashable]) -> None:
        """Put what was typed over the latest version as it is by now, and save it; ``mine`` stays as it was typed."""
        assert self.base is not None
        typed = self.form.scheme(self.base.scheme), self.items.items
        now = self.office.schemes.versions(self.purpose)[0]
        (scheme, items), _ = settled_scheme(self.base.edited, typed, now.edited, mine)
        self.base, self._in_place = now, self.office.schemes.corrects_in_place(now.scheme)
        self.form.show_scheme(scheme)
        self.items.show_items(items, scheme.own_points, editing=True)
        self._say_outcome()
        self.save()

    def _say_refused(self, error: SchemeRefusedError) -> None:
        if error.field in self.form.inputs:
            self.form.say({error.field: error.why})
        else:
            self.items.say(error.field, error.why)

    def _ask_to_leave(self) -> None:
        """Leave the form; what was typed is asked about."""
        self.items.commit()
        if self._typed == self._begun:
            self._leave()
        else:
            errors.ask(self, "放弃这次修改？", "放弃修改", self._leave, words="填好的内容不会保存。")

    def _unsaved(self) -> str:
        if self.base is not None:
            self.items.commit()
        return _CLOSING if self.base is not None and self._typed != self._begun else ""

    def _leave(self) -> None:
        self._show_versions()
        self.list.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Another size of type."""
        super().changeEvent(event)
        # it also comes while it is built
        if event.type() == QEvent.Type.FontChange and hasattr(self, "versions"):
            self.side.setMinimumWidth(theme.characters(self, _SIDE))
            self.items.fit()


def _in_words(scheme: Scheme) -> str:
    """What stands beside the items, in one sentence."""
    show = {field.name: field.kind.show(getattr(scheme, field.name)) for field in SCHEME.fields}
    parts = [
        f"自 {show['since']} 起",
        f"每{show['period_kind']}一期",
        f"依据文号：{show['official'] or '无'}",
    ]
    if scheme.grade_a is not None:
        parts.append(f"A 类 {show['grade_a']} 分以上")
    if scheme.grade_b is not None:
        parts.append(f"B 类 {show['grade_b']} 分以上")
    if scheme.own_points is not None:
        parts.append(f"自选动作合计 {show['own_points']} 分")
    return "　".join(parts)
