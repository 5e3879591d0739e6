"""How everything looks: colors, type, spacing and the one style sheet they fill."""

from __future__ import annotations

import sys
from enum import Enum
from functools import cache
from string import Template
from typing import TypeVar

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QIcon,
    QKeySequence,
    QPalette,
    QShortcut,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QVBoxLayout, QWidget

from desktop.paths import resource
from desktop.views import icons

GAP = 8  # between things that belong together
SPACE = 16  # between groups
SIZES = (10, 12, 14)  # points of body text a person may choose
COLORS = {
    "accent": "#A61B1B",
    "accent_hover": "#8C1515",
    "accent_surface": "#FBEFEF",
    "error": "#B3261E",
    "error_surface": "#FDECEA",
    "ok": "#1B7F3B",
    "ok_surface": "#EDF7F0",
    "warn": "#9A5B00",
    "warn_surface": "#FFF6E5",
    "text": "#1F2328",
    "secondary": "#5B6470",
    "border": "#8A919C",  # of what takes input: at least 3:1
    "button_border": "#C9CED6",  # a button's words say enough
    "line": "#E1E4E8",
    "hover": "#F0F2F5",
    "page": "#F6F7F9",
    "surface": "#FFFFFF",
    "selection": "#FBE9E7",
    "disabled": "#8A919C",
}
_FAMILIES = ("Microsoft YaHei UI",) if sys.platform == "win32" else ()
_BUNDLED = ("NotoSansSC-Regular.ttf", "TouyanRare-Regular.ttf")
_BOLD = "NotoSansSC-Bold.ttf"
_TITLE_RATIO, _HEADING_RATIO, _FIGURE_RATIO = 1.5, 1.2, 1.9

W = TypeVar("W", bound=QWidget)
B = TypeVar("B", bound=QAbstractButton)


class Tone(Enum):
    """What a cell or a sentence says by its colors; its words always say it too."""

    PLAIN = ""
    OK = "ok"
    WARN = "warn"
    ERROR = "error"
    OLD = "old"  # what a change replaces
    NEW = "new"  # what it puts there


_INKS = {Tone.OK: "ok", Tone.WARN: "warn", Tone.ERROR: "error", Tone.OLD: "secondary", Tone.NEW: "ok"}
_SURFACES = {
    Tone.OK: "ok_surface",
    Tone.WARN: "warn_surface",
    Tone.ERROR: "error_surface",
    Tone.NEW: "ok_surface",
}


def load_fonts() -> None:
    """Make the shipped fonts known: the system's may lack characters of village names (垱, 剅)."""
    for name in _BUNDLED:
        _load(name)


@cache
def _load(name: str) -> None:
    QFontDatabase.addApplicationFont(str(resource("fonts", name)))


def install(app: QApplication, points: int) -> None:
    """Dress the application with body text of ``points``; may be called again while it runs."""
    app.setFont(body_font(points))
    app.setPalette(_palette())
    app.setStyleSheet(style_sheet(points))


def body_font(points: float) -> QFont:
    """The font of body text; each character missing in the first family comes from the next."""
    font = QFont([*_FAMILIES, "Noto Sans SC", "Touyan Rare"])
    font.setPointSizeF(points)
    if not _FAMILIES:  # hinting changes nothing one could see in our own faces, and takes its time
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def style_sheet(points: int) -> str:
    """The style sheet with colors and sizes filled in."""
    sizes = {"title": f"{points * _TITLE_RATIO:g}pt", "heading": f"{points * _HEADING_RATIO:g}pt"}
    sizes["figure"] = f"{points * _FIGURE_RATIO:g}pt"
    text = resource("style", "touyan.qss").read_text(encoding="utf-8")
    return Template(text).substitute(COLORS | sizes, icons=resource("icons").as_posix())


def color(name: str) -> QColor:
    """The color called ``name`` in COLORS."""
    return QColor(COLORS[name])


def brush(name: str) -> QBrush:
    """A brush of that color."""
    return QBrush(color(name))


def icon(name: str, ink: str = "secondary", *, checked: str | None = None) -> QIcon:
    """The icon called ``name`` in icons.GLYPHS, in a color of COLORS; in another where its button is on."""
    return icons.icon(name, COLORS[ink], COLORS[checked] if checked else None)


def tone_text(tone: Tone) -> QBrush | None:
    """The ink of a cell's words; None for the usual one."""
    return brush(_INKS[tone]) if tone in _INKS else None


def tone_background(tone: Tone) -> QBrush | None:
    """The surface of a cell; None for the usual one."""
    return brush(_SURFACES[tone]) if tone in _SURFACES else None


def set_tone(widget: QWidget, tone: Tone | str) -> None:
    """Let the style sheet color a label or an input: ``ok``, ``warn``, ``error`` or empty."""
    _set(widget, "tone", Tone(tone).value)


def primary(button: W) -> W:
    """The one button of a page or dialog that does what it is for."""
    return _set(button, "look", "primary")


def link(button: W) -> W:
    """A button that reads as a link within a sentence."""
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return _set(button, "look", "link")


def quiet(label: W) -> W:
    """Words that explain and stand back."""
    return _set(label, "look", "quiet")


def title(label: W) -> W:
    """The name of a page or of what a dialog is about."""
    return _set(label, "look", "title")


def heading(label: W) -> W:
    """The name of a group within a page."""
    _load(_BOLD)  # the first window does without
    return _set(label, "look", "heading")


def figure(label: W) -> W:
    """A number that one sees first."""
    return _set(label, "look", "figure")


def card(frame: W) -> W:
    """A white surface with a fine line around it."""
    return _set(frame, "look", "card")


def cells(table: W) -> W:
    """A table whose cells are edited one by one: the current one is framed."""
    return _set(table, "look", "cells")


def keyed(button: B, keys: str) -> B:
    """Let keys press a button while it is in sight; a button's own shortcut would take a tenth of a second."""
    QShortcut(QKeySequence(keys), button, button.click)
    return button


def icon_button(button: QAbstractButton, name: str, words: str) -> QAbstractButton:
    """A button that shows an icon only; ``words`` are its tool tip and its name for screen readers."""
    button.setIcon(icon(name))
    button.setToolTip(words)
    button.setAccessibleName(words)
    return _set(button, "look", "icon")


def centered(*widgets: QWidget) -> QWidget:
    """The widgets below each other in the middle of a page that has nothing else."""
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setSpacing(GAP)
    layout.addStretch(2)
    for widget in widgets:
        if isinstance(widget, QLabel):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
    layout.addStretch(3)
    return page


def characters(widget: QWidget, count: float) -> int:
    """The width of ``count`` Chinese characters in the widget's font: widths grow with the type."""
    return round(QFontMetrics(widget.font()).horizontalAdvance("国") * count)


def fix_width(widget: QWidget, count: float) -> None:
    """Keep a widget as wide as ``count`` characters, in whatever size of type."""
    _Width(widget, count)


class _Width(QObject):
    def __init__(self, widget: QWidget, count: float) -> None:
        super().__init__(widget)
        self._widget, self._count = widget, count
        widget.installEventFilter(self)
        self._fit()

    def _fit(self) -> None:
        self._widget.setFixedWidth(characters(self._widget, self._count))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Another size of type."""
        if event.type() == QEvent.Type.FontChange:
            self._fit()
        return False


def icon_size(widget: QWidget) -> QSize:
    """The size of icons beside the widget's type, 20 pixels at 10 points."""
    side = characters(widget, 1.5)
    return QSize(side, side)


def row_height(widget: QWidget) -> int:
    """The height of a table's row: 2.4 times the type, 32 pixels at 10 points."""
    return round(QFontMetrics(widget.font()).horizontalAdvance("国") * 2.4)


def _set(widget: W, name: str, value: str) -> W:
    widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)
    return widget


def _palette() -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "page",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "page",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "surface",
        QPalette.ColorRole.Accent: "accent",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.PlaceholderText: "secondary",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, color(name))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, color("disabled"))
    return palette
