"""How a grid's cells are drawn and edited."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.models.domain.cleaning import in_one_line
from desktop.views import icons, theme
from desktop.views.tables.model import NOT_FILLED, RegisterModel
from desktop.views.theme import Tone
from desktop.views.widgets.editors import Input, Judge, input_for, line_of, set_text, text_of
from desktop.views.widgets.paragraphs import Paragraphs

Index = QModelIndex | QPersistentModelIndex
_PADDING = 8
_ICON = 14
_PARAGRAPH_EMS, _PARAGRAPH_LINES = 24, 5
_Hint = QAbstractItemDelegate.EndEditHint
_LEAVING = {
    Qt.Key.Key_Return: _Hint.SubmitModelCache,
    Qt.Key.Key_Enter: _Hint.SubmitModelCache,
    Qt.Key.Key_Tab: _Hint.EditNextItem,
    Qt.Key.Key_Backtab: _Hint.EditPreviousItem,
}


class CellDelegate(QStyledItemDelegate):
    """Draws cells without asking the style, which is what makes a full screen of them quick.

    ``refused`` carries the words on a text that cannot be kept when its editor is left.
    """

    refused = Signal(str)

    def __init__(self, model: RegisterModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._aligns = [
            int(model.alignment(column)) | int(Qt.TextFlag.TextSingleLine)
            for column in range(model.columnCount())
        ]
        self.em = theme.characters(parent, 1)
        self._colors = {name: theme.color(name) for name in theme.COLORS}
        self.current: tuple[int, int] | None = None  # row and column of the framed cell
        self.focused = False
        self.opens_list = (
            False  # whether the editor about to open shows its choices at once, or goes on writing
        )
        self.opens = False  # whether the first column has a mark to open what the line is about
        self.hovered: int | None = None  # the row under the mouse

    # drawing

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Surface, words, a mark where they are doubtful, a frame around the current cell."""
        place, column = index.row(), index.column()
        text = in_one_line(self._model.text(place, column))
        tone, _ = self._model.doubt(place, column)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._colors["selection"])
        elif tone is Tone.ERROR:
            painter.fillRect(rect, self._colors["error_surface"])
        room = rect.adjusted(_PADDING, 0, -_PADDING, 0)
        if column == 0 and self.opens and self._has_mark(place):
            mark = self.opening_mark(rect)
            icons.draw(painter, "person", mark, theme.COLORS["accent"])
            room.setRight(mark.left() - 2)
        if tone is Tone.ERROR:
            mark = _mark_in(room)
            icons.draw(painter, "alert", mark, theme.COLORS["error"])
            room.setRight(mark.left() - 2)
        self._draw_text(painter, room, text, tone, column)
        if self.current == (place, column):
            frame = QPen(self._colors["accent" if self.focused else "border"], 2)
            frame.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(frame)
            painter.drawRect(rect.adjusted(1, 1, -1, -1))

    def _has_mark(self, place: int) -> bool:
        return place == self.hovered or (self.current is not None and place == self.current[0])

    def opening_mark(self, rect: QRect) -> QRect:
        """Where the mark of a cell of the first column stands."""
        return _mark_in(rect.adjusted(_PADDING, 0, -_PADDING, 0))

    def _draw_text(self, painter: QPainter, room: QRect, text: str, tone: Tone, column: int) -> None:
        ink = "text"
        if tone is Tone.WARN:
            text, ink = NOT_FILLED, "warn"
        elif tone is Tone.ERROR:
            ink = "error"
        if not text:
            return
        if len(text) * self.em > room.width():  # may be too long; most are not, and measuring takes time
            text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(self._colors[ink])
        painter.drawText(room, self._aligns[column], text)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """What fitting a column to its contents asks."""
        text = in_one_line(self._model.text(index.row(), index.column()))
        metrics = option.fontMetrics
        return QSize(metrics.horizontalAdvance(text) + 2 * _PADDING + _ICON, round(metrics.height() * 1.6))

    # editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """An input that shows while typing whether the text can be taken."""
        field, key = self._model.field(index), self._model.key(index)
        editor = input_for(field, parent)
        editor.setProperty("look", "cell")
        Judge(editor, lambda text: self._model.source.read(key, field, text))
        if isinstance(editor, Paragraphs):
            editor.show_lines(_PARAGRAPH_LINES)
        if isinstance(editor, QComboBox):
            editor.activated.connect(lambda: self._finish(editor))
            if self.opens_list:
                QTimer.singleShot(0, editor, editor.showPopup)  # after the view has placed it
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Cover the cell; a box for paragraphs reaches over others as far as it needs, within the grid."""
        room: QRect = option.rect
        if isinstance(editor, Paragraphs):
            grid = editor.parentWidget()
            assert grid is not None  # what createEditor was given
            seen = grid.rect()
            width = min(max(room.width(), self.em * _PARAGRAPH_EMS), seen.width())
            room = QRect(room.topLeft(), QSize(width, editor.height()))
            room.moveRight(min(room.right(), seen.right()))
            room.moveBottom(min(room.bottom(), seen.bottom()))
        editor.setGeometry(room)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The whole text, selected: typing replaces it; paragraphs that were opened to go on writing are not."""
        assert isinstance(editor, Input)
        set_text(editor, self._model.text(index.row(), index.column(), whole=True))
        if isinstance(editor, Paragraphs) and self.opens_list:
            editor.moveCursor(QTextCursor.MoveOperation.End)
        else:
            line_of(editor).selectAll()

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Hand the text over; what cannot be kept is told in words and changes nothing."""
        assert isinstance(editor, Input)
        words = self._refusal(editor)
        if words:
            self.refused.emit(f"{self._model.field(index).label}没有改：{words}")
        else:
            self._model.setData(index, text_of(editor))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab stay in the cell while its text cannot be kept."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(watched, Input)
        ):
            hint = _LEAVING.get(Qt.Key(event.key()))
            if hint is not None and (words := self._refusal(watched)):
                self.refused.emit(words)
                return True
            begins_line = event.modifiers() & Qt.KeyboardModifier.AltModifier
            if hint is not None and isinstance(watched, Paragraphs) and not begins_line:
                self._finish(watched, hint)  # which Qt leaves to such a box
                return True
        return super().eventFilter(watched, event)

    def _finish(self, editor: QWidget, hint: _Hint = _Hint.SubmitModelCache) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, hint)

    def _refusal(self, editor: Input) -> str:
        judge = editor.findChild(Judge)
        return judge.judge() if isinstance(judge, Judge) else ""


def _mark_in(room: QRect) -> QRect:
    return QRect(room.right() - _ICON + 1, room.center().y() - _ICON // 2, _ICON, _ICON)
