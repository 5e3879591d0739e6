"""The figures page (村级数据): each village's figures of a year, incomes measured by thresholds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.models.registers.listings import VILLAGE_YEARS
from desktop.models.rules.village_figures import percent
from desktop.models.services.village_years import YearFigures
from desktop.views import theme
from desktop.views.records.figures_bar import FiguresBar
from desktop.views.records.page import RecordsPage
from desktop.views.widgets.typed_dialog import TypedDialog
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.views.tables.source import Key

_TEN_THOUSAND = 10_000
_PLACES = "个村（社区）"


class VillageFiguresPage(RecordsPage):
    """One year at a time; a year begins with a line for every village."""

    noun = "条"  # of several years; of one year a line is a village
    register = "village_year"
    adding = "建立年度"
    finding = "村名、拼音"
    nothing = "还没有年度数据。"
    bar: FiguresBar

    def build_bar(self, parent: QWidget) -> FiguresBar:
        """See ListPage."""
        bar = FiguresBar(self.register_service.listing.chips, parent)
        bar.year_chosen.connect(self._choose_year)
        years = self.office.village_years.years()
        bar.show_years(years, years[0] if years else None)
        self._ask_for(bar.chosen_year)
        return bar

    def build_above(self, parent: QWidget) -> list[QWidget]:
        """See ListPage."""
        line = QFrame(parent)
        self.figures = WrappedLabel(parent=line)
        self.thresholds = theme.link(QPushButton("改门槛", line))
        self.thresholds.clicked.connect(self._ask_for_thresholds)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.figures, 1)
        layout.addWidget(self.thresholds)
        return [line]

    # what is shown

    def _choose_year(self, year: str | None) -> None:
        self._ask_for(year)
        self.refresh()

    def _ask_for(self, year: str | None) -> None:
        self.noun = _PLACES if year else type(self).noun
        filters = (("year", frozenset({year})),) if year else ()
        self.source.set_usual(filters=filters)

    def show_units(self) -> None:
        """See ListPage; years come and go with their lines."""
        years, chosen = self.office.village_years.years(), self.bar.chosen_year
        begun = bool(years) and not self.bar.year.isEnabled()  # the first year there is
        if begun or (chosen is not None and chosen not in years):
            chosen = years[0] if years else None
            self._ask_for(chosen)
        self.bar.show_years(years, chosen)
        super().show_units()

    def requery(self, *, lines_too: bool) -> None:
        """See ListPage."""
        super().requery(lines_too=lines_too)
        self._show_figures()

    def show_rewritten(self, keys: Sequence[Key]) -> None:
        """See ListPage."""
        super().show_rewritten(keys)
        self._show_figures()

    def _show_figures(self) -> None:
        year = self.bar.chosen_year
        self.thresholds.setVisible(year is not None)
        if year is None:
            self.figures.setText("")
        else:
            self.figures.setText(_in_words(self.office.village_years.figures(year, self.units.code)))

    # changing

    def start_new(self) -> None:
        """Ask which year gets a line for every village."""
        service, today = self.office.village_years, self.source.today
        years = service.years()
        dialog = TypedDialog(
            "建立年度数据",
            "建立",
            [VILLAGE_YEARS.shown.field("year")],
            lambda name, text: service.read_cell("", name, text, today),
            self._start_year,
            self,
            words="每个村（社区）各建一行，已有的不动。",
        )
        dialog.fill({"year": str(today.year if str(today.year) not in years else int(years[0]) + 1)})
        dialog.begin("year")

    def _start_year(self, texts: Mapping[str, str]) -> None:
        self.office.village_years.start_year(texts["year"], self.source.today)
        self.bar.show_years(self.office.village_years.years(), texts["year"].strip()[:4])
        self._choose_year(self.bar.chosen_year)
        self.doing.say_done()

    def _ask_for_thresholds(self) -> None:
        income = VILLAGE_YEARS.shown.field("income")
        fields = [
            replace(income, name=name, label=f"{words}（元）")
            for name, words in (("first", "第一档"), ("second", "第二档"))
        ]
        dialog = TypedDialog(
            "集体经济收入门槛",
            "保存",
            fields,
            lambda _name, text: self.register_service.read_cell("", "income", text, self.source.today),
            partial(self._set_thresholds),
            self,
        )
        first, second = self.office.village_years.thresholds
        dialog.fill({"first": str(first), "second": str(second)})
        dialog.begin("first")

    def _set_thresholds(self, texts: Mapping[str, str]) -> None:
        readings = [
            self.register_service.read_cell("", "income", t, self.source.today) for t in texts.values()
        ]
        yuan = [reading.value for reading in readings if isinstance(reading.value, int)]
        self.office.village_years.thresholds = yuan or [0]
        self.requery(lines_too=False)
        self.doing.say_done()


def _in_words(figures: YearFigures) -> str:
    """A year's figures as one reads them out; communities have lines, but are not measured."""
    parts = [f"{figures.year} 年：{figures.villages} 个村（社区不计），已填 {figures.filled} 个"]
    if figures.filled:
        parts.append(f"收入合计 {_amount(figures.income)}")
    for share in figures.shares:
        reached = f"{_amount(share.threshold)}以上 {share.reached} 个（{share.share}）"
        parts.append(f"{reached}，离 50% 还差 {share.short} 个" if share.short else f"{reached} ✓")
    if figures.together:
        parts.append(f"村社合一 {figures.together} 个（{percent(figures.together, figures.villages)}）")
    return "　·　".join(parts)


def _amount(yuan: int) -> str:
    return f"{yuan / _TEN_THOUSAND:.2f}".rstrip("0").rstrip(".") + " 万元"
