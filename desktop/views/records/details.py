"""What the drawer tells of one line of a register, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.models.registers.listing import Line
from desktop.views import theme
from desktop.views.tables.list_details import LineColumns, LineTab, ListDetails
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.models.services.registers import RegisterService


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAction:
    """Something to do with the current line: a button of the drawer and a line of the menu."""

    words: str
    icon: str
    act: Callable[[], None]
    keys: str = ""
    fits: Callable[[Line], bool] = lambda _line: True
    several: bool = False  # may be done with many lines at once
    seldom: bool = False  # stands on a line below the others


class LineDetails(ListDetails):
    """Shows one line with the actions that fit it."""

    def __init__(
        self,
        service: RegisterService,
        actions: Sequence[LineAction],
        tabs: Sequence[LineTab],
        parent: QWidget | None = None,
    ) -> None:
        place = WrappedLabel()
        buttons = {action.words: _button(action) for action in actions}
        usual, seldom = (
            tuple(buttons[action.words] for action in actions if action.seldom is below)
            for below in (False, True)
        )
        super().__init__(_columns(service), tabs, (place,), usual, parent, below=seldom)
        self.place, self.buttons = place, buttons
        self._actions = {action.words: action for action in actions}

    def show_line(self, line: Line, doubts: Mapping[str, str], *, whole: bool) -> None:
        """Show a line with what is doubtful in it; numbers whole or masked."""
        name = line.name
        village = line.division.short_name if line.division else ""
        place = line.township if name == village else village
        self.place.setText("　".join(filter(None, (place, str(line.computed.get("posts") or "")))))
        for words, button in self.buttons.items():
            button.setVisible(self._actions[words].fits(line))
        self.fill_in(line, name, doubts, whole=whole)


def _button(action: LineAction) -> QPushButton:
    button = QPushButton(action.words)
    button.setIcon(theme.icon(action.icon, "text"))
    button.setToolTip(f"{action.words}（{action.keys}）" if action.keys else action.words)
    button.clicked.connect(action.act)
    return button


def _columns(service: RegisterService) -> LineColumns:
    above = {"name", "posts", "village"} | ({"township"} if service.listing.of_person else set())
    fields = [field for field in service.fields if field.name not in above]
    return LineColumns(fields, lambda line, name, whole: service.text(line, name, whole=whole))
