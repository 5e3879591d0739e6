"""What a person's hands and eyes do in the tests of the window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QRadioButton, QTableView, QWidget


def press(button: QWidget) -> None:
    """Click with the mouse."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def tap(widget: QWidget | None, key: Qt.Key) -> None:
    """Press a key."""
    assert widget is not None  # QTest ends the process where nothing has the focus
    QTest.keyClick(widget, key)


def tap_letter(character: str) -> None:
    """Press the key of an ASCII character into what has the focus by now."""
    control = QApplication.focusWidget()
    assert control is not None
    QTest.keyClicks(control, character)


def letter(widget: QWidget, character: str) -> None:
    """Press the key of an ASCII letter; a large one comes without Shift, as under Caps Lock."""
    key, keys = ord(character.upper()), Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, keys, character))


def write(field: QWidget | None, text: str) -> None:
    """Type by an input method, as Chinese is typed; QTest's keys know ASCII only."""
    assert field is not None
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)


def write_over_cell(table: QTableView, text: str) -> None:
    """Type over the current cell, as in Excel, and leave it with Enter."""
    tap(table, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    editor.selectAll()
    write(editor, text)
    tap(editor, Qt.Key.Key_Return)


def tab_round() -> list[QWidget]:
    """What the Tab key comes by, from the control that has the focus until it is there again."""
    visited: list[QWidget] = []
    while (control := QApplication.focusWidget()) not in visited:
        assert control is not None
        visited.append(control)
        while QApplication.focusWidget() is control:  # a date's year, month and day are three stops
            tap(control, Qt.Key.Key_Tab)
    return visited


def out_of_reach(window: QWidget) -> list[str]:
    """Controls in sight that take the focus by Tab and that the Tab key does not come by."""
    visited = tab_round()
    return [
        f"{type(control).__name__} {control.accessibleName() or control.objectName()}"
        for control in window.findChildren(QWidget)
        if control.isVisible()
        and control.isEnabled()
        and control.focusPolicy() & Qt.FocusPolicy.TabFocus
        and control.focusProxy() is None
        and not (isinstance(control, QRadioButton) and not control.isChecked())  # the arrows reach it
        and not isinstance(control, QLabel)
        and control not in visited
    ]


def words(widget: QWidget) -> str:
    """All that the labels in sight say."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())
