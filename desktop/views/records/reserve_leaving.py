"""Leaving the reserve (出库): asked for, or offered because somebody in reserve took up a post."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.models.domain.months import show_month
from desktop.models.registers.listing import Line
from desktop.models.registers.listings import RESERVES
from desktop.views import errors
from desktop.views.widgets.typed_dialog import TypedDialog

if TYPE_CHECKING:
    from desktop.office import Office

_FIELDS = ("left", "outcome", "left_reason")
_APPOINTED = "进班子"
_NAMES_SHOWN = 4


def ask_to_leave(
    office: Office, lines: Sequence[Line], today: date, parent: QWidget, done: Callable[[], None]
) -> TypedDialog:
    """Ask when people leave the reserve, where to and why; then let them go."""
    reserve = office.reserve

    def take(texts: Mapping[str, str]) -> None:
        keys = [line.key for line in lines]
        reserve.leave(keys, texts["left"], texts["outcome"], texts["left_reason"], today)
        done()

    dialog = TypedDialog(
        f"{_names(lines)} 出库",
        "办理出库",
        [RESERVES.shown.field(name) for name in _FIELDS],
        lambda name, text: reserve.read_cell("", name, text, today),
        take,
        parent,
        words="记录会保留，可在“已出库”里查看。",
    )
    dialog.fill({"left": f"{today:%Y.%m}"})
    dialog.begin("outcome")
    return dialog


def offer_to_leave(
    office: Office, people: Iterable[str], today: date, parent: QWidget, done: Callable[[], None]
) -> None:
    """Where people in reserve took up posts in their villages, ask once whether they leave the reserve for it."""
    lines = [line for person_id in people for line in office.reserve.after_appointment(person_id, today)]
    if lines:
        question = f"{_names(lines)}已进班子，从后备力量出库？"
        words = f"出库时间 {show_month(f'{today:%Y-%m}')}，去向“{_APPOINTED}”。"
        errors.ask(parent, question, "出库", partial(_leave, office, lines, today, parent, done), words=words)


def _leave(
    office: Office, lines: Sequence[Line], today: date, parent: QWidget, done: Callable[[], None]
) -> None:
    with errors.told(parent):
        office.reserve.leave([line.key for line in lines], f"{today:%Y.%m}", _APPOINTED, None, today)
        done()


def _names(lines: Sequence[Line]) -> str:
    names = list(dict.fromkeys(line.person.name for line in lines if line.person))
    more = f" 等 {len(names)} 人" if len(names) > _NAMES_SHOWN else ""
    return "、".join(names[:_NAMES_SHOWN]) + more
