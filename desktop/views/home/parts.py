"""What the home page is made of: a card with a number, a line with a link."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop.views import theme
from desktop.views.home.values import Figure, Task
from desktop.views.theme import Tone
from desktop.views.widgets.wrapped import WrappedLabel

_ICONS = {Tone.ERROR: ("alert", "error"), Tone.WARN: ("alert", "warn"), Tone.PLAIN: ("pencil", "secondary")}


class FigureCard(QPushButton):
    """A button as large as a card: title, number, a line of words; ``asked`` carries a Request."""

    asked = Signal(object)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("look", "figure")
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._figure: Figure | None = None
        self.title = theme.quiet(QLabel(title, self))
        self.number = theme.figure(QLabel("…", self))
        self.words = theme.quiet(WrappedLabel(parent=self))
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 12)
        layout.setSpacing(2)
        layout.addWidget(self.title)
        layout.addWidget(self.number)
        layout.addWidget(self.words, 1, Qt.AlignmentFlag.AlignTop)
        for label in (self.title, self.number, self.words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.clicked.connect(self._ask)

    def show_figure(self, figure: Figure) -> None:
        """Fill in; another office may count something else here."""
        self._figure = figure
        self.title.setText(figure.title)
        self.number.setText(figure.number)
        self.words.setText(figure.words)
        self.setToolTip(figure.hint)
        self.setAccessibleName(f"{figure.title} {figure.number}，{figure.words}")
        self.updateGeometry()

    def _ask(self) -> None:
        if self._figure is not None:
            self.asked.emit(self._figure.request)

    def sizeHint(self) -> QSize:
        """A button's own knows nothing of what lies on it."""
        layout = self.layout()
        assert layout is not None  # made with the card
        return layout.sizeHint()

    minimumSizeHint = sizeHint

    def event(self, event: QEvent) -> bool:
        """What lies on it grew: so does the card."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


class TaskLine(QWidget):
    """A sentence and its link, which ``asked`` carries as a Request."""

    asked = Signal(object)

    def __init__(self, task: Task, parent: QWidget) -> None:
        super().__init__(parent)
        icon, ink = _ICONS[task.tone]
        mark = QLabel(self)
        mark.setPixmap(theme.icon(icon, ink).pixmap(theme.icon_size(self) * 0.9, self.devicePixelRatioF()))
        self.words = QLabel(task.words, self)
        self.words.setTextFormat(Qt.TextFormat.PlainText)  # names of villages are text, never markup
        self.link = theme.link(QPushButton(f"〔{task.link}〕", self))
        self.link.setAccessibleName(f"{task.words}：{task.link}")
        self.link.clicked.connect(lambda: self.asked.emit(task.request))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(mark)
        layout.addWidget(self.words)
        layout.addWidget(self.link)
        layout.addStretch(1)
