"""Pages of a document one below the other, drawn only where they are seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop.views import theme

Render = Callable[[int, float], QImage]  # page from 0, pixels a point

FIT_WIDTH = 0.0
_KEPT = 6  # rendered pages
_ZOOM_STEP = 1.25
_LARGEST, _SMALLEST = 4.0, 0.25


class PageView(QAbstractScrollArea):
    """Shows the pages that ``render`` draws; the last pages stay until others are given."""

    page_changed = Signal(int)  # from 0
    zoom_changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pageView")
        self.setAccessibleName("打印预览")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # else fitting the width may flicker
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._render: Render | None = None
        self._pages = 0
        self._size = (1.0, 1.0)  # points
        self._zoom = FIT_WIDTH
        self._drawn: OrderedDict[int, QPixmap] = OrderedDict()
        self._page = 0
        self.verticalScrollBar().valueChanged.connect(self._follow)

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return self._pages

    @property
    def page(self) -> int:
        """The page in the middle of the view, from 0."""
        return self._page

    @property
    def rendered(self) -> tuple[int, ...]:
        """The pages drawn and kept."""
        return tuple(sorted(self._drawn))

    def show_pages(self, pages: int, size: tuple[float, float], render: Render) -> None:
        """Show other pages, all of one ``size`` in points; the place in the document stays."""
        self._pages, self._size, self._render = pages, size, render
        self._lay_out()

    def set_zoom(self, zoom: float) -> None:
        """Pixels a point, or FIT_WIDTH."""
        self._zoom = zoom
        self._lay_out()
        self.zoom_changed.emit(self.scale)

    def go_to(self, page: int) -> None:
        """Bring a page to the top."""
        self.verticalScrollBar().setValue(self._top(min(max(page, 0), self._pages - 1)) - theme.GAP)

    @property
    def scale(self) -> float:
        """Pixels a point as shown."""
        if self._zoom != FIT_WIDTH:
            return self._zoom
        return max(self.viewport().width() - 2 * theme.GAP, 1) / self._size[0]

    def _height(self) -> int:
        return round(self._size[1] * self.scale)

    def _top(self, page: int) -> int:
        return theme.GAP + page * (self._height() + theme.GAP)

    def _lay_out(self) -> None:
        bar = self.verticalScrollBar()
        place = bar.value() / max(self._top(self._pages), 1)
        before = bar.maximum()
        self._drawn.clear()
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(self.fontMetrics().height() * 2)
        bar.setMaximum(max(self._top(self._pages) - self.viewport().height(), 0))
        if before != bar.maximum():
            bar.setValue(round(place * self._top(self._pages)))
        across = self.horizontalScrollBar()
        across.setPageStep(self.viewport().width())
        across.setMaximum(max(round(self._size[0] * self.scale) + 2 * theme.GAP - self.viewport().width(), 0))
        self.viewport().update()
        self._follow()

    def _follow(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        page = min(max((middle - theme.GAP) // (self._height() + theme.GAP), 0), max(self._pages - 1, 0))
        if page != self._page:
            self._page = page
            self.page_changed.emit(page)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        """Draw what came into view."""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages in view, each on its sheet of white."""
        painter = QPainter(self.viewport())
        if self._render is None:
            return
        width, height = round(self._size[0] * self.scale), self._height()
        left = max((self.viewport().width() - width) // 2, theme.GAP) - self.horizontalScrollBar().value()
        for page in range(self._pages):
            top = self._top(page) - self.verticalScrollBar().value()
            sheet = QRect(left, top, width, height)
            if sheet.intersects(event.rect()):
                painter.drawPixmap(sheet, self._drawing(page))
                painter.setPen(theme.color("line"))
                painter.drawRect(sheet)

    def _drawing(self, page: int) -> QPixmap:
        if page not in self._drawn:
            assert self._render is not None
            self._drawn[page] = QPixmap.fromImage(self._render(page, self.scale * self.devicePixelRatioF()))
            while len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
        self._drawn.move_to_end(page)
        return self._drawn[page]

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(_ZOOM_STEP if event.angleDelta().y() > 0 else 1 / _ZOOM_STEP)
        else:
            super().wheelEvent(event)

    def zoom_by(self, factor: float) -> None:
        """Larger or smaller."""
        self.set_zoom(min(max(self.scale * factor, _SMALLEST), _LARGEST))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page by page; to both ends."""
        match event.key():
            case Qt.Key.Key_PageDown:
                self.go_to(self._page + 1)
            case Qt.Key.Key_PageUp:
                self.go_to(self._page - 1)
            case Qt.Key.Key_Home:
                self.go_to(0)
            case Qt.Key.Key_End:
                self.go_to(self._pages - 1)
            case _:
                super().keyPressEvent(event)
