"""The page of 整改: what is to be put right by when, what is late, and its closing (销号)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QCheckBox

from desktop.models.domain.cleaning import in_one_line, in_short
from desktop.models.domain.days import show_day
from desktop.models.domain.periods import Period
from desktop.models.registers.checklist import ASSESSMENT_ITEM, MET, STATUS
from desktop.models.services.rectifications import Rectification
from desktop.views import errors
from desktop.views.checklist.lines_page import TOLD, LinesPage
from desktop.views.exchange.lines_model import Line, Shown
from desktop.views.page import Request
from desktop.views.theme import Tone
from desktop.views.widgets.saving import WORKBOOKS, ask_where_to_save
from desktop.views.widgets.typed_dialog import TypedDialog

OPEN, OVERDUE, CLOSED, ALL = "open", "overdue", "closed", "all"
_CHIPS = {OPEN: "未销号", OVERDUE: "逾期", CLOSED: "已销号", ALL: "全部"}
_CLOSING = ("closed", "closing")
_NOTHING = {
    OPEN: "没有未销号的整改。在总表里打开一项，填上整改期限，就列在这里。",
    OVERDUE: "没有逾期的整改。",
    CLOSED: "还没有销号的整改。",
    ALL: "还没有整改。在总表里打开一项，填上整改期限，就列在这里。",
}


class RectificationsPage(LinesPage):
    """Ctrl+Enter closes the current one."""

    headings = ("乡镇", "党组织", "项目", "扣分原因", "整改期限", "状态", "销号日期", "整改情况")
    widths = ((0, 4, 6), (1, 4, 14), (2, 4, 8), (3, 8, 13), (5, 8, 8))
    first_chip = OPEN

    def build_actions(self) -> None:
        """See LinesPage."""
        super().build_actions()
        self.export = self.header.add_action("导出", "export", "Ctrl+Shift+S")
        self.export.clicked.connect(self._ask_where)
        self.print = self.header.add_action("打印", "printer", "Ctrl+P")
        self.print.clicked.connect(self._ask_to_print)
        self.close_it = self.header.add_primary("销号…", "check", "Ctrl+Return")
        self.close_it.clicked.connect(self.ask_to_close)

    def ask(self) -> list[Rectification]:
        """See LinesPage."""
        return self.office.rectifications.all(self.today, self.unit.code)

    def chip_words(self) -> dict[str, str]:
        """See LinesPage."""
        counts = {chip: sum(_fits(chip, each) for each in self.found) for chip in _CHIPS}
        return {chip: f"{words} {counts[chip]}" if counts[chip] else words for chip, words in _CHIPS.items()}

    def fits(self, each: Rectification) -> bool:
        """See LinesPage."""
        return _fits(self.chip, each)

    def line(self, each: Rectification) -> Line:
        """See LinesPage."""
        record = each.record
        before = (
            each.township,
            each.branch.name,
            each.item.name,
            record.reason or "",
            show_day(record.due or ""),
        )
        after = (show_day(record.closed or ""), record.closing or "")
        tone = Tone.ERROR if each.overdue else Tone.OK if record.closed else Tone.PLAIN
        return Line(
            cells=(
                *(Shown(text=text) for text in map(in_one_line, before)),
                Shown(text=each.words, tone=tone),
                *(Shown(text=text) for text in map(in_one_line, after)),
            )
        )

    def told(self, each: Rectification) -> str:
        """See LinesPage."""
        record, period = each.record, Period.parse(each.key.period).label
        parts = [
            f"{each.branch.name}　{period} {each.item.name}：{STATUS.show(record.status) or '未填'}，{each.words}"
        ]
        if record.reason:
            parts.append(f"扣分原因：{in_short(record.reason, TOLD)}")
        if record.closing:
            parts.append(f"整改情况：{in_short(record.closing, TOLD)}")
        return "　".join(parts)

    def empty_words(self) -> str:
        """See LinesPage."""
        return _NOTHING[self.chip]

    def scope_words(self) -> str:
        """See LinesPage."""
        return f"{len(self.shown)} 项"

    def request_for(self, each: Rectification) -> Request:
        """See LinesPage."""
        return Request(page="checklist", of=(each.branch.id,), item=each.key.code, period=each.key.period)

    def show_current(self, each: Rectification | None) -> None:
        """See LinesPage."""
        super().show_current(each)
        self.close_it.setEnabled(each is not None and each.record.closed is None)
        self.export.setEnabled(bool(self.shown))

    # doing

    def ask_to_close(self) -> None:
        """Ask when and how the current one was put right."""
        each = self.current
        if each is None or each.record.closed:
            return
        met = QCheckBox("同时改为达标")
        met.setChecked(True)
        reason = f"　扣分原因：{in_short(each.record.reason, TOLD)}" if each.record.reason else ""
        dialog = TypedDialog(
            f"销号：{each.item.name}",
            "销号",
            [ASSESSMENT_ITEM.field(name) for name in _CLOSING],
            lambda name, text: self.office.checklists.read(each.key, name, text, self.today),
            partial(self._close, each, met),
            self,
            words=f"{each.branch.name}　{Period.parse(each.key.period).label}{reason}",
            above=met,
        )
        met.setVisible(each.record.status != MET)
        dialog.fill({"closed": show_day(self.today.isoformat()), "closing": each.record.closing or ""})
        dialog.begin("closing")

    def _close(self, each: Rectification, met: QCheckBox, texts: Mapping[str, str]) -> None:
        self.office.checklists.close(
            each.key, texts["closed"], texts["closing"], self.today, met=met.isChecked()
        )
        self.say_done()

    def _ask_to_print(self) -> None:
        self.asked.emit(Request(page="ledgers", ledger="rectification", unit=self.unit.code))

    def _ask_where(self) -> None:
        name = f"{self.unit.currentText()}8+N整改清单 {self.today:%Y.%m.%d}.xlsx"
        ask_where_to_save(self, "导出到", WORKBOOKS, name, lambda file: self.write(Path(file)))

    def write(self, path: Path) -> None:
        """Write the lines that are shown into a workbook."""
        with errors.told(self):
            self.office.rectifications.export(self.shown, path)
            self.noted.emit(f"已导出 {len(self.shown)} 项：{path}")


def _fits(chip: str, each: Rectification) -> bool:
    match chip:
        case "open":
            return each.record.closed is None  # what is met and not closed yet, too
        case "overdue":
            return each.overdue > 0
        case "closed":
            return each.record.closed is not None
    return True
