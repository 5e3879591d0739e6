"""The line above a preview: page by page, zoom, and what is going on."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from desktop.views import theme
from desktop.views.widgets.busy import Busy
from desktop.views.widgets.preview import FIT_WIDTH, PageView

_STEP = 1.25
_POINTS_AT_FULL_SIZE = 96 / 72  # pixels a point at 100 %


class PreviewBar(QWidget):
    """Turns and zooms a PageView."""

    def __init__(self, view: PageView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self.earlier = self._button("chevron-left", "上一页（PageUp）")
        self.later = self._button("chevron-right", "下一页（PageDown）")
        self._page = QLabel()
        self.smaller = self._button("zoom-out", "缩小（Ctrl+滚轮）")
        self._zoom = QLabel()
        self.larger = self._button("zoom-in", "放大（Ctrl+滚轮）")
        self.fit = QPushButton("适合宽度")
        self.busy = Busy()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        for widget in (self.earlier, self._page, self.later, self.smaller, self._zoom, self.larger, self.fit):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.busy)
        self.earlier.clicked.connect(self._go_earlier)
        self.later.clicked.connect(self._go_later)
        self.smaller.clicked.connect(self._zoom_out)
        self.larger.clicked.connect(self._zoom_in)
        self.fit.clicked.connect(self._fit)
        view.page_changed.connect(self.say)
        view.zoom_changed.connect(self.say)
        self.say()

    def say(self) -> None:
        """Say which page is shown, how large."""
        pages, page = self._view.pages, self._view.page
        self._page.setText(f"第 {page + 1} / {pages} 页" if pages else "")
        self._zoom.setText(f"{self._view.scale / _POINTS_AT_FULL_SIZE:.0%}" if pages else "")
        self.earlier.setEnabled(page > 0)
        self.later.setEnabled(page + 1 < pages)

    @staticmethod
    def _button(icon: str, words: str) -> QToolButton:
        button = QToolButton()
        theme.icon_button(button, icon, words)
        return button

    def _go_earlier(self) -> None:
        self._view.go_to(self._view.page - 1)

    def _go_later(self) -> None:
        self._view.go_to(self._view.page + 1)

    def _zoom_out(self) -> None:
        self._view.zoom_by(1 / _STEP)

    def _zoom_in(self) -> None:
        self._view.zoom_by(_STEP)

    def _fit(self) -> None:
        self._view.set_zoom(FIT_WIDTH)
