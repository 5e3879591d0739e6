"""The form of an activity put over what the activity says by now: its fields, each of its people, each field problem."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from desktop.models.registers.activity import ACTIVITY, FIELD_PROBLEM
from desktop.models.services.attendees import Attendee
from desktop.models.services.stale_forms import Clash, settle

if TYPE_CHECKING:
    from desktop.models.services.activity_forms import ActivityForm, ProblemEntry

_NAME = 12  # characters of a problem that tell which one it is
Parts = dict[tuple[str, ...], Any]  # what a part is of, which one, and of a problem that is there the field


def settled_form(
    opened: ActivityForm, typed: ActivityForm, now: ActivityForm, mine: Container[Any] = ()
) -> tuple[ActivityForm, list[Clash]]:
    """A kept activity as it is to be saved, and what both changed otherwise; see ``stale_forms.settle``."""
    both = {each.key for each in typed.problems} & {each.key for each in now.problems}
    before, after, there = (_parts(form, both) for form in (opened, typed, now))
    settled, clashes = settle(before, after, there, mine, label=_label, words=_words)
    unmoved = typed.division_code == opened.division_code
    form = replace(
        typed,
        division_code=now.division_code if unmoved else typed.division_code,
        values={part[1]: value for part, value in settled.items() if part[0] == "field"},
        attendees=tuple(value for part, value in settled.items() if part[0] == "person"),
        problems=(*_problems(settled, typed, now), *(each for each in typed.problems if each.key is None)),
    )
    return form, clashes


def _problems(settled: Parts, typed: ActivityForm, now: ActivityForm) -> Iterator[ProblemEntry]:
    """The problems that were kept before; one that is gone by now and was typed anew becomes a new one."""
    found: dict[str, dict[str, str]] = {}
    for part, value in settled.items():
        if part[0] == "problem":
            found.setdefault(part[1], {}).update({part[2]: value} if len(part) > 2 else value)
    known = {each.key: each for each in (*now.problems, *typed.problems) if each.key}
    kept = {each.key for each in now.problems}
    for key, values in found.items():
        yield replace(known[key], values=values, key=key if key in kept else None)


def _parts(form: ActivityForm, by_field: Container[str | None]) -> Parts:
    """What a form consists of; the problems of ``by_field`` field by field, others whole."""
    parts: Parts = {("field", name): text for name, text in form.values.items()}
    parts |= {("person", each.person_id or each.name): each for each in form.attendees}
    for each in form.problems:
        if each.key in by_field:
            parts |= {("problem", str(each.key), name): text for name, text in each.values.items()}
        elif each.key is not None:
            parts["problem", each.key] = each.values
    return parts


def _label(part: tuple[str, ...], parts: Mapping[tuple[str, ...], Any]) -> str:
    what, which, *field = part
    if what == "field":
        return ACTIVITY.field(which).label
    if what == "person":
        return f"参加人 {parts[part].name}"
    problem = parts["problem", which, "problem"] if field else parts[part]["problem"]
    label = f" {FIELD_PROBLEM.field(field[0]).label}" if field else ""
    return f"问题“{problem[:_NAME]}”{label}"


def _words(part: tuple[str, ...], parts: Mapping[tuple[str, ...], Any]) -> str:
    value = parts.get(part)
    if value is None:
        return "不在名单上" if part[0] == "person" else "没有这个问题"
    if isinstance(value, Attendee):
        words = ("提级书记" if value.secretary else "", value.post, "到场" if value.present else "缺席")
        return "，".join(filter(None, words))
    if isinstance(value, str):
        return value
    return "　".join(f"{FIELD_PROBLEM.field(n).label}：{text}" for n, text in value.items() if text)
