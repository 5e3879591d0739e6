"""Which controls of a window a screen reader would pass over in silence."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QWidget

_SPOKEN = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit)
_OF_QT = "qt_"  # parts that Qt builds into its own widgets


def nameless(window: QWidget) -> list[str]:
    """Visible controls that take the focus and have no name, as class and object name."""
    return [
        f"{type(control).__name__} {control.objectName()}"
        for control in window.findChildren(QWidget)
        if isinstance(control, _SPOKEN)
        and control.isVisible()
        and control.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not control.objectName().startswith(_OF_QT)
        and not _within_editor(control)
        and not _name(control)
    ]


def _within_editor(control: QWidget) -> bool:
    """The line of an editable combo or a spin box, and a combo's list, speak with their owner's name."""
    return isinstance(control.parentWidget(), QComboBox) or "spinbox" in control.objectName()


def _name(control: QWidget) -> str:
    spoken = QAccessible.queryAccessibleInterface(control)
    return spoken.text(QAccessible.Text.Name) if spoken else ""
