"""Icons: glyphs of a small font (Material Design Icons, Apache 2.0), drawn in the colors of the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPixmap

from desktop.paths import resource

# The font holds these glyphs only; installer/subset_icons.py makes it anew from this table.
GLYPHS = {
    "alert": 0xF05D6,
    "arrow-down": 0xF0045,
    "arrow-up": 0xF005D,
    "backup": 0xF006F,
    "calendar": 0xF0E18,
    "check": 0xF012C,
    "check-circle": 0xF05E1,
    "chevron-down": 0xF0140,
    "chevron-left": 0xF0141,
    "chevron-right": 0xF0142,
    "chevron-up": 0xF0143,
    "circle-half": 0xF1396,
    "circle-outline": 0xF0766,
    "clipboard": 0xF08A8,
    "close": 0xF0156,
    "cog": 0xF08BB,
    "columns": 0xF1487,
    "copy": 0xF018F,
    "dashboard": 0xF0A1D,
    "delete": 0xF09E7,
    "drag": 0xF01DB,
    "drawer": 0xF10AB,
    "excel": 0xF102D,
    "expand": 0xF084E,
    "export": 0xF13BD,
    "eye": 0xF06D0,
    "eye-off": 0xF06D1,
    "filter": 0xF0232,
    "filter-outline": 0xF0233,
    "folder": 0xF0256,
    "figures": 0xF012A,
    "group": 0xF0B58,
    "help": 0xF0625,
    "history": 0xF02DA,
    "home-city": 0xF0D16,
    "import": 0xF102F,
    "info": 0xF02FD,
    "key": 0xF0DD6,
    "leave": 0xF0AED,
    "lock": 0xF0341,
    "minus": 0xF0374,
    "more": 0xF01D8,
    "paperclip": 0xF03E2,
    "pdf": 0xF0226,
    "pencil": 0xF0CB6,
    "person": 0xF0013,
    "person-add": 0xF0801,
    "plus": 0xF0415,
    "printer": 0xF1786,
    "redo": 0xF044E,
    "refresh": 0xF0450,
    "save": 0xF0818,
    "school": 0xF1180,
    "search": 0xF0349,
    "sort-down": 0xF04BD,
    "sort-up": 0xF04BC,
    "structure": 0xF154E,
    "tray": 0xF0120,
    "undo": 0xF054C,
    "zoom-in": 0xF06ED,
    "zoom-out": 0xF06EC,
}


_FAINT = 0.4  # how strong a disabled icon is


@cache
def _family() -> str:
    font = QFontDatabase.addApplicationFont(str(resource("icons", "TouyanIcons.ttf")))
    return QFontDatabase.applicationFontFamilies(font)[0]


class _Glyph(QIconEngine):
    """One glyph, drawn once for each size, scale and color; paler where the control is disabled."""

    def __init__(self, glyph: str, color: str, checked: str) -> None:
        super().__init__()
        self._glyph, self._color, self._checked = glyph, color, checked

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw into ``rect``."""
        color = self._checked if state == QIcon.State.On else self._color
        scale = painter.device().devicePixelRatioF()
        painter.setOpacity(_FAINT if mode == QIcon.Mode.Disabled else 1.0)
        painter.drawPixmap(rect, _picture(self._glyph, color, rect.height(), scale))
        painter.setOpacity(1.0)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """Draw onto nothing."""
        image = QPixmap(size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return image

    def clone(self) -> QIconEngine:
        """Icons are shared by value."""
        return _Glyph(self._glyph, self._color, self._checked)


@cache
def _picture(glyph: str, color: str, side: int, scale: float) -> QPixmap:
    image = QPixmap(round(side * scale), round(side * scale))
    image.setDevicePixelRatio(scale)
    image.fill(Qt.GlobalColor.transparent)
    font = QFont(_family())
    font.setPixelSize(max(side, 1))
    painter = QPainter(image)
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(QRect(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, glyph)
    painter.end()
    return image


@cache
def icon(name: str, color: str, checked: str | None = None) -> QIcon:
    """The icon ``name`` of GLYPHS in ``color``; in ``checked`` where its button is on."""
    return QIcon(_Glyph(chr(GLYPHS[name]), color, checked or color))


def draw(painter: QPainter, name: str, rect: QRect, color: str) -> None:
    """Draw an icon into a cell or a heading."""
    scale = painter.device().devicePixelRatioF()
    painter.drawPixmap(rect, _picture(chr(GLYPHS[name]), color, rect.height(), scale))
