"""A scheme as it was edited put over what it says by now: what stands beside the items, and each item."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.models.registers.schemes import SCHEME, SCHEME_ITEM, Scheme, SchemeItem
from desktop.models.services.stale_forms import Clash, settle

_FIELDS = tuple(field for field in SCHEME.fields if field.editable)
_OF_ITEM = tuple(field for field in SCHEME_ITEM.fields if field.name not in ("position", "own", "ended"))
Edited = tuple[Scheme, Sequence[SchemeItem]]  # its common items in their order; new ones have the code ""
Parts = dict[tuple[str, str], Any]  # a field of the scheme, or an item by its code


def settled_scheme(
    opened: Edited, typed: Edited, now: Edited, mine: Container[Any] = ()
) -> tuple[Edited, list[Clash]]:
    """The scheme as it is to be saved over ``now``, and what both changed otherwise; see ``stale_forms.settle``."""
    settled, clashes = settle(_parts(opened), _parts(typed), _parts(now), mine, label=_label, words=_words)
    values = {name: value for (what, name), value in settled.items() if what == "field"}
    known = {item.code: item for item in (*now[1], *typed[1])}
    kept = {
        code: replace(known[code], **dict(zip(map(_name, _OF_ITEM), value, strict=True)))
        for (what, code), value in settled.items()
        if what == "item"
    }
    moved = [item.code for item in typed[1]] != [item.code for item in opened[1]]
    ordered = [item.code for item in (*typed[1], *now[1]) if moved] or [item.code for item in now[1]]
    fresh = [item for item in typed[1] if not item.code]
    places = list(dict.fromkeys([code for code in ordered if code in kept] + list(kept)))
    return (replace(now[0], **values), [*(kept[code] for code in places), *fresh]), clashes


def _parts(edited: Edited) -> Parts:
    scheme, items = edited
    parts: Parts = {("field", field.name): getattr(scheme, field.name) for field in _FIELDS}
    return parts | {
        ("item", item.code): tuple(getattr(item, field.name) for field in _OF_ITEM)
        for item in items
        if item.code
    }


def _name(field: Any) -> str:
    return str(field.name)


def _label(part: tuple[str, str], parts: Mapping[tuple[str, str], Any]) -> str:
    what, which = part
    return SCHEME.field(which).label if what == "field" else f"项目“{parts[part][0]}”"


def _words(part: tuple[str, str], parts: Mapping[tuple[str, str], Any]) -> str:
    if part not in parts:
        return "没有这个项目"
    value = parts[part]
    if part[0] == "field":
        return SCHEME.field(part[1]).kind.show(value)
    texts = ((field, field.kind.show(each)) for field, each in zip(_OF_ITEM, value, strict=True))
    return "　".join(f"{field.label}：{text}" for field, text in texts if text)
