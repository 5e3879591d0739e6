"""What the tables of a register import's review show: the plan of a simple register turned into lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.models.domain.fields import Field
from desktop.models.registers.listing import Listing
from desktop.models.services.register_importing import PlannedLine, RegisterPlan
from desktop.models.workbooks.plan import CellChange, Outcome
from desktop.views.exchange.lines_model import Line, Lines, Shown
from desktop.views.exchange.plan_lines import CHANGES, Places, Tab, doubts_tab
from desktop.views.theme import Tone


def register_tabs(listing: Listing, plan: RegisterPlan) -> tuple[Tab, ...]:
    """The tabs in the order shown, as those of a roster."""
    return _Tabs(listing, plan).all()


class _Tabs:
    def __init__(self, listing: Listing, plan: RegisterPlan) -> None:
        self._listing, self._plan = listing, plan
        self._places = Places((line.row.file, line.row.sheet) for line in plan.lines)
        names = [column.name for column in listing.columns]
        self._key = "name" if "name" in names else names[0]

    def all(self) -> tuple[Tab, ...]:
        """New, changed, same, doubtful."""
        noun = self._listing.noun
        return (
            self._whole(Outcome.NEW, "台账里还没有的。双击可以改。", f"没有要新增的{noun}。"),
            self._changed(),
            self._whole(Outcome.SAME, "和台账里一样，导入不会动它们。", "没有和台账完全一样的行。"),
            self._doubtful(),
        )

    def _with(self, outcome: Outcome) -> list[PlannedLine]:
        return [line for line in self._plan.lines if line.outcome is outcome]

    def _who(self, planned: PlannedLine) -> tuple[Shown, ...]:
        """Where the line stands, its village and who it is of."""
        row = planned.row
        who = row.text("name") or row.text("year") or row.text("committee")
        return (self._places.cell(row), Shown(text=row.text("village")), Shown(text=who))

    def _whole(self, outcome: Outcome, sentence: str, empty: str) -> Tab:
        planned = self._with(outcome)
        fields = [column for column in self._listing.columns if self._is_written(column, planned)]

        def line(each: PlannedLine) -> Line:
            cells = (self._cell(each, field) for field in fields)
            return Line(row=each.row, cells=(self._places.cell(each.row), *cells))

        headings = ("位置", *(field.label for field in fields))
        return Tab(
            title=outcome.label,
            count=len(planned),
            headings=headings,
            lines=Lines(planned, line),
            sentence=sentence,
            empty=empty,
        )

    @staticmethod
    def _is_written(field: Field, planned: Sequence[PlannedLine]) -> bool:
        return any(each.row.text(field.name) or field.name in each.problems for each in planned)

    def _cell(self, planned: PlannedLine, field: Field) -> Shown:
        text = planned.row.text(field.name)
        editable = field.name if field.editable else None
        if words := planned.problems.get(field.name):
            return Shown(text=text, tone=Tone.ERROR, words=words, field=editable)
        shown = field.kind.mask(text) if field.sensitive else text
        cell = Shown(text=shown, edit=text, field=editable)
        if field.name == self._key and planned.remark:
            return replace(cell, tone=Tone.WARN, words=planned.remark)
        return cell

    def _changed(self) -> Tab:
        planned = self._with(Outcome.CHANGED)
        changes = [(each, change) for each in planned for change in each.changes]

        def line(item: tuple[PlannedLine, CellChange]) -> Line:
            each, change = item
            new = Shown(text=change.new, tone=Tone.NEW, field=change.field, edit=each.row.text(change.field))
            old = Shown(text=change.old, tone=Tone.OLD)
            return Line(row=each.row, cells=(*self._who(each), Shown(text=change.label), old, new))

        return Tab(
            title=Outcome.CHANGED.label,
            count=len(planned),
            headings=(*CHANGES[:4], "台账里现在是", CHANGES[5]),
            lines=Lines(changes, line),
            sentence=f"{len(planned)} 行，共 {len(changes)} 处改动。表格里空着的，不动台账里原有的。",
            empty="没有要修改的行。",
        )

    def _doubtful(self) -> Tab:
        labels = {column.name: column.label for column in self._listing.columns}
        doubts = [(each, name, words) for each in self._plan.lines for name, words in each.problems.items()]
        doubts += [(each, "", each.remark) for each in self._plan.lines if each.remark]

        def line(doubt: tuple[PlannedLine, str, str]) -> Line:
            each, name, words = doubt
            written = each.row.text(name or self._key)
            tone = Tone.ERROR if name else Tone.WARN
            told = (
                Shown(text=labels.get(name or self._key, "")),
                Shown(text=written or "（空）", edit=written, tone=tone, field=name or self._key),
                Shown(text=_treatment(each, name)),
                Shown(text=words, words=words),
            )
            return Line(row=each.row, cells=(*self._who(each), *told))

        return doubts_tab(Lines(doubts, line), len(self._with(Outcome.REFUSED)), "缺少必填的内容")


def _treatment(planned: PlannedLine, problem: str) -> str:
    if planned.outcome is Outcome.REFUSED:
        return "整行不导入"
    return "这一格不导入" if problem else "照样导入"
