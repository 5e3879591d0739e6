"""Choosing, part by part, between what was typed into a form and what was changed elsewhere meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, MutableMapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.models.services.stale_forms import EMPTY, Clash, StaleRecordError
from desktop.views import theme
from desktop.views.widgets.answers import Answers
from desktop.views.widgets.field_input import FieldInput
from desktop.views.widgets.wrapped import WrappedLabel

_TITLE = "打开以后，别处也改过这些内容"
_WORDS = "每一项选一个再保存；点“返回”先不保存，填好的都还在。"
_LONGEST = 160  # characters that are shown of a text; the tool tip has all
_WIDTH = 38  # characters
_HIGH = 10  # lines of choices that are seen without scrolling


class ClashDialog(QDialog):
    """``decided`` with the parts that stay as they were typed; nothing is chosen beforehand."""

    decided = Signal(object)  # frozenset[Hashable]

    def __init__(self, clashes: Sequence[Clash], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("保存")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.mine: dict[Hashable, QRadioButton] = {}
        self.theirs: dict[Hashable, QRadioButton] = {}
        buttons = Answers(self, "保存")
        self.ok = buttons.ok
        self.ok.setEnabled(False)
        self.back = buttons.cancel
        self.back.setText("返回")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(theme.title(WrappedLabel(_TITLE, self)))
        layout.addWidget(theme.quiet(WrappedLabel(_WORDS, self)))
        layout.addWidget(self._build_choices(clashes), 1)
        layout.addWidget(buttons)
        self.setMinimumWidth(theme.characters(self, _WIDTH))

    def _build_choices(self, clashes: Sequence[Clash]) -> QWidget:
        page = QWidget()
        page.setObjectName("areaPage")
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, theme.GAP, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(theme.GAP)
        grid.setColumnStretch(1, 1)
        for clash in clashes:
            grid.addWidget(theme.heading(WrappedLabel(clash.label, page)), grid.rowCount(), 0, 1, 2)
            group = QButtonGroup(page)
            group.idClicked.connect(self._allow)
            for radios, words, text in (
                (self.theirs, "用现在的", clash.now),
                (self.mine, "用我填的", clash.typed),
            ):
                radio = QRadioButton(words, page)
                radio.setAccessibleName(f"{clash.label}{words}：{text or EMPTY}")
                group.addButton(radio)
                radios[clash.part] = radio
                row = grid.rowCount()
                grid.addWidget(radio, row, 0, Qt.AlignmentFlag.AlignTop)
                grid.addWidget(_shown(text, page), row, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName("两边都改过的内容")
        area.setWidget(page)
        area.setMinimumHeight(min(3 * len(clashes), _HIGH) * theme.row_height(self))
        return area

    def _allow(self) -> None:
        self.ok.setEnabled(
            all(self.mine[part].isChecked() or radio.isChecked() for part, radio in self.theirs.items())
        )

    def open(self) -> None:
        """Show it, as high as it needs and the window is."""
        super().open()
        self.adjustSize()  # by now wrapped words know their width
        parent = self.parentWidget()
        if parent is not None:
            self.resize(self.width(), min(self.height(), parent.window().height()))

    def accept(self) -> None:
        """Hand over what was chosen."""
        super().accept()
        self.decided.emit(frozenset(part for part, radio in self.mine.items() if radio.isChecked()))


def ask_which(
    parent: QWidget,
    error: StaleRecordError,
    seen: MutableMapping[str, str],
    inputs: Mapping[str, FieldInput],
    again: Callable[[], None],
) -> ClashDialog:
    """Let somebody choose, put it into a form, and save ``again``; ``seen`` learns what the officer was shown."""

    def take(mine: frozenset[Hashable]) -> None:
        for clash in error.clashes:
            name = str(clash.part)
            seen[name] = clash.now
            if clash.part not in mine:
                inputs[name].set_text(clash.now)
        again()

    dialog = ClashDialog(error.clashes, parent)
    dialog.decided.connect(take)
    dialog.open()
    return dialog


def _shown(text: str, parent: QWidget) -> WrappedLabel:
    label = WrappedLabel(text[:_LONGEST] + ("…" if len(text) > _LONGEST else "") or EMPTY, parent)
    label.setToolTip(text)
    return label
