"""Forms saved over what was changed since they were opened: what was typed goes over what stands now, field by field."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from desktop.models.domain.fields import Register
from desktop.models.errors import DesktopError

Part = TypeVar("Part", bound=Hashable)  # of a form: a field, somebody on its list
Value = TypeVar("Value")
Tell = Callable[[Part, Mapping[Part, Value]], str]  # of a part of a form, in words
EMPTY = "（空）"  # how a part that says nothing is told


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A part of a form that was typed anew, and that was changed elsewhere as well."""

    part: Hashable
    label: str
    now: str  # as it stands
    typed: str


class StaleRecordError(DesktopError):
    """Parts that were typed anew were changed meanwhile; nothing was written, a person decides about each."""

    def __init__(self, clashes: Sequence[Clash]) -> None:
        self.clashes = tuple(clashes)
        told = (f"{c.label}：现在是“{c.now or EMPTY}”，您填的是“{c.typed or EMPTY}”。" for c in clashes)
        super().__init__("打开以后，别处也改过同样的内容，没有保存：\n" + "\n".join(told))


def settle(
    opened: Mapping[Part, Value],
    typed: Mapping[Part, Value],
    now: Mapping[Part, Value],
    mine: Container[Any] = (),
    *,
    label: Tell[Part, Value],
    words: Tell[Part, Value],
) -> tuple[dict[Part, Value], list[Clash]]:
    """Put what was typed since a form was opened over what stands now; a part that is missing is not there.

    ``label`` names a part of a form, ``words`` tell what it says there. Returns the form as it is to be saved, and the
    parts that both changed otherwise: they are as they stand now, those in ``mine`` as typed.
    """
    changed = [part for part in opened.keys() | typed.keys() if typed.get(part) != opened.get(part)]
    clashing = {part for part in changed if now.get(part) not in (opened.get(part), typed.get(part))}
    taken = {part for part in changed if part not in clashing or part in mine}
    settled = {
        part: typed[part] if part in taken else now[part]
        for part in (*now, *(part for part in typed if part not in now))
        if (part in typed if part in taken else part in now)
    }
    order = (*typed, *(part for part in now if part not in typed))
    known = {**typed, **now}
    return settled, [
        Clash(part=part, label=label(part, known), now=words(part, now), typed=words(part, typed))
        for part in order
        if part in clashing
    ]


def typed_anew(
    opened: Mapping[str, str], typed: Mapping[str, str], now: Callable[[str], str], register: Register
) -> dict[str, str]:
    """The texts by field that were typed since a form was opened; ``now`` is what a field says by now.

    Raises:
        StaleRecordError: some of them were changed otherwise meanwhile.
    """
    anew = {name: text for name, text in typed.items() if text != opened.get(name, "")}
    clashes = [
        Clash(part=name, label=register.field(name).label, now=stands, typed=text)
        for name, text in anew.items()
        if (stands := now(name)) not in (opened.get(name, ""), text)
    ]
    if clashes:
        raise StaleRecordError(clashes)
    return anew


def require_as_opened(register: Register, record: object, field: str, text: str, opened: str | None) -> None:
    """Refuse a field that is typed over what it does not say any more; ``opened`` None: over whatever it says.

    ``record``: as it stands, None where there is none yet.

    Raises:
        StaleRecordError: it was changed otherwise since.
    """
    if opened is not None:
        stands = register.field(field).kind.show(getattr(record, field, None))
        typed_anew({field: opened}, {field: text}, lambda _: stands, register)
