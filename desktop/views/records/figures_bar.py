"""The line over the yearly figures: chips, and the year that is shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from desktop.views import theme
from desktop.views.tables.list_bar import ListBar

_EVERY = "全部年度"


class FiguresBar(ListBar):
    """``year_chosen`` carries a year, or None for all."""

    year_chosen = Signal(object)

    def __init__(self, chips: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(chips, "全部", masked=False, parent=parent)

    def build_middle(self) -> None:
        """The year."""
        label = theme.quiet(QLabel("年度", self))
        self.year = QComboBox(self)
        self.year.setAccessibleName("年度")
        self.year.activated.connect(lambda _place: self.year_chosen.emit(self.chosen_year))
        label.setBuddy(self.year)
        self.line.addWidget(label)
        self.line.addWidget(self.year)

    @property
    def chosen_year(self) -> str | None:
        """The year shown; None for all."""
        words = self.year.currentText()
        return None if words in ("", _EVERY) else words

    def show_years(self, years: Sequence[str], chosen: str | None) -> None:
        """Offer years, the latest first."""
        self.year.clear()
        self.year.addItems([*years, *([_EVERY] if years else [])])
        self.year.setEnabled(bool(years))
        self.year.setCurrentText(chosen or _EVERY)
