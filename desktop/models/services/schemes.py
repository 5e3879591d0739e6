"""Schemes (方案) as an office keeps them: versions for “8+N” and “四个一”, N items of single party organisations."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from itertools import chain, count

from desktop.models.database.checklists import bring, is_scheme_used, schemes_stamp, used_items
from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.cleaning import in_short
from desktop.models.domain.ids import new_id
from desktop.models.domain.periods import Period, PeriodKind
from desktop.models.errors import DesktopError
from desktop.models.registers.checklist import Assessment, AssessmentItem
from desktop.models.registers.new_sector import PartyBranch
from desktop.models.registers.schemes import ACTIVITIES, CHECKLIST, Scheme, SchemeItem
from desktop.models.services.scheme_settling import Edited, settled_scheme
from desktop.models.services.stale_forms import Clash, StaleRecordError
from desktop.paths import resource

OWN = "own"  # what a form calls the N items of an organisation
PROPOSAL = "建议方案（本软件提供，非上级正式方案，可按本地文件修改）"

_LONGEST_TITLE, _LONGEST_NAME = 60, 30  # characters

WITHOUT_DOCUMENT = "本单位自定方案（没有注明依据文号，非上级正式方案）"


class SchemeRefusedError(DesktopError):
    """A scheme cannot be kept as it was entered."""

    def __init__(self, why: str, field: str = "") -> None:
        super().__init__(f"方案没有保存：{why}")
        self.why = why
        self.field = field  # of SCHEME, else of SCHEME_ITEM


@dataclass(frozen=True, slots=True)
class SchemeVersion:
    """One version with its items in order."""

    scheme: Scheme
    common: tuple[SchemeItem, ...]  # what everybody has
    own: Mapping[str, tuple[SchemeItem, ...]]  # party organisation → the N items it has or had

    @classmethod
    def of(cls, scheme: Scheme, items: Iterable[SchemeItem]) -> SchemeVersion:
        """A version with these items, put in order."""
        ordered = sorted(items, key=lambda item: item.position)
        own: dict[str, tuple[SchemeItem, ...]] = {}
        for item in ordered:
            if item.branch_id is not None:
                own[item.branch_id] = (*own.get(item.branch_id, ()), item)
        return cls(scheme, tuple(item for item in ordered if item.branch_id is None), own)

    @property
    def items(self) -> tuple[SchemeItem, ...]:
        """All of them."""
        return (*self.common, *chain.from_iterable(self.own.values()))

    @property
    def words(self) -> str:
        """Where it comes from: its document, or that it is only proposed, or the office's own."""
        proposed = self.scheme.id == proposal(self.scheme.purpose).scheme.id
        return self.scheme.official or (PROPOSAL if proposed else WITHOUT_DOCUMENT)

    @property
    def edited(self) -> Edited:
        """What of it is edited: the scheme and its common items."""
        return self.scheme, self.common

    def own_of(self, branch_id: str) -> tuple[SchemeItem, ...]:
        """The N items of one organisation that are asked for today."""
        return tuple(item for item in self.own.get(branch_id, ()) if item.ended is None)

    def asked_of(self, branch_id: str) -> tuple[SchemeItem, ...]:
        """What a new assessment of an organisation asks for."""
        return self.common + self.own_of(branch_id)

    def period(self, day: date) -> Period:
        """The period that a day lies in."""
        return Period.of(PeriodKind(self.scheme.period_kind), day)


class SchemesService:
    """The schemes of an office; held in memory and read again when the store has moved on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._records = Records(store)
        self._stamp: tuple[int, ...] | None = None  # of what is known
        self._known: dict[str, SchemeVersion] = {}

    def bring_proposals(self) -> None:
        """Give an office the program's proposals where it has no scheme; they were part of it from the start."""
        for purpose in (CHECKLIST, ACTIVITIES):
            if not self.versions(purpose):
                proposed = proposal(purpose)
                bring(self._store, [proposed.scheme], proposed.items)

    def all(self) -> dict[str, SchemeVersion]:
        """Every version by its id."""
        stamp = schemes_stamp(self._store)
        if stamp != self._stamp:
            items: dict[str, list[SchemeItem]] = {}
            for item in self._records.select(SchemeItem):
                items.setdefault(item.scheme_id, []).append(item)
            self._known = {
                scheme.id: SchemeVersion.of(scheme, items.get(scheme.id, ()))
                for scheme in self._records.select(Scheme)
            }
            self._stamp = None if self._store.db.conn.in_transaction else stamp  # may yet be taken back
        return self._known

    def versions(self, purpose: str) -> list[SchemeVersion]:
        """The versions of one scheme, the latest first."""
        found = [version for version in self.all().values() if version.scheme.purpose == purpose]
        return sorted(found, key=lambda each: (each.scheme.since, each.scheme.version), reverse=True)

    def current(self, purpose: str, day: date) -> SchemeVersion:
        """The version that holds on a day; before the first one began, that one."""
        versions = self.versions(purpose)
        return next((v for v in versions if v.scheme.since <= day.isoformat()), versions[-1])

    def corrects_in_place(self, scheme: Scheme) -> bool:
        """Whether ``save`` corrects this version, which nobody used yet, or begins a new one."""
        latest = self.versions(scheme.purpose)[0].scheme
        if scheme.id != latest.id or scheme.id == proposal(scheme.purpose).scheme.id:
            return False
        return not is_scheme_used(self._store, scheme.purpose, scheme.id)

    def save(
        self, scheme: Scheme, items: Sequence[SchemeItem], opened: SchemeVersion | None = None
    ) -> SchemeVersion:
        """Keep an edited version and its common items, in their order; old records stay as they were.

        What was used, or came with the program, stays and a new version is made; one that nobody used yet is
        corrected in place. New items have the code ``""``. N items of single organisations are carried over.
        ``opened``: the latest version as somebody began to edit it; what was changed since stays unless it was edited.

        Raises:
            SchemeRefusedError: with what is missing.
            StaleRecordError: what was edited was changed elsewhere, too; see ``settled_scheme``.
        """
        standing = self.versions(scheme.purpose)[0]
        if opened is not None and standing != opened:
            edited, clashes = settled_scheme(opened.edited, (scheme, items), standing.edited)
            if clashes:
                raise StaleRecordError(clashes)
            scheme, items = edited
        _refuse_unfit(scheme, items)
        latest, *earlier = self.versions(scheme.purpose)
        in_place = self.corrects_in_place(scheme)
        before = earlier[0] if in_place else latest
        if scheme.since <= before.scheme.since:
            words = f"启用日期应晚于上一版的 {before.scheme.since.replace('-', '.')}。"
            raise SchemeRefusedError(words, "since")
        if not in_place:
            scheme = replace(scheme, id=new_id(), version=latest.scheme.version + 1)
        own = [] if in_place else [i for i in latest.items if i.branch_id and i.ended is None]
        known = [item for version in self.versions(scheme.purpose) for item in version.common]
        fresh = _anew(scheme.id, [*_coded(items, known), *own])
        with self._store.change(
            f"{'修改' if in_place else '新版'}方案：{scheme.title}（第 {scheme.version} 版）"
        ):
            if in_place:
                self._records.delete(SchemeItem, [item.id for item in latest.common])
                self._records.update(Scheme, scheme.id, **_stored(scheme))
            else:
                self._records.insert_many([scheme])
            self._records.insert_many(fresh)
        return self.all()[scheme.id]

    def set_own_items(
        self, branch_id: str, names: Sequence[str], today: date, opened: Sequence[str] | None = None
    ) -> None:
        """Give a party organisation its own N items (自选动作), in this order; no name is needed: N is free.

        They stand in the version that holds today and in that of an assessment still going on. One that is gone
        stays in the assessments that say something of it. ``opened``: the names as somebody began to change them.

        Raises:
            SchemeRefusedError: two have the same name, or one is no name.
            StaleRecordError: they were changed elsewhere since they were opened.
        """
        branch = self._records.get(PartyBranch, branch_id)
        wanted = [name.strip() for name in names if name.strip()]
        if len(set(wanted)) < len(wanted):
            raise SchemeRefusedError("自选动作有重名，请改成不同的名称。")
        _refuse_long(wanted)
        ever = [i for v in self.versions(CHECKLIST) for i in v.own.get(branch_id, ())]
        codes = {item.name: item.code for item in ever}
        fresh = [name for name in wanted if name not in codes]
        codes |= {name: f"N{number}" for number, name in enumerate(fresh, start=1 + _highest(ever))}
        with self._store.change(f"设置自选动作：{branch.name} {in_short('、'.join(wanted)) or '无'}"):
            there = [item.name for item in self.current(CHECKLIST, today).own_of(branch_id)]
            if opened is not None and there not in (list(opened), wanted):
                now, typed = "\n".join(there), "\n".join(wanted)
                raise StaleRecordError([Clash(part=OWN, label="自选动作", now=now, typed=typed)])
            for version in self._going_on(branch_id, today):
                self._set_own(version, branch_id, {name: codes[name] for name in wanted}, today)

    def _going_on(self, branch_id: str, today: date) -> list[SchemeVersion]:
        """The version that holds today, and those of an organisation's assessments whose period has not ended."""
        begun = [
            self.all()[assessment.scheme_id]
            for assessment in self._records.select(Assessment, branch_id=branch_id)
            if Period.parse(assessment.period).end >= today
        ]
        by_id = {version.scheme.id: version for version in (self.current(CHECKLIST, today), *begun)}
        return list(by_id.values())

    def _set_own(self, version: SchemeVersion, branch_id: str, codes: Mapping[str, str], today: date) -> None:
        """Write an organisation's N items (name → code) into one version."""
        gone = [item for item in version.own_of(branch_id) if item.name not in codes]
        used = used_items(self._store, (item.id for item in gone))
        unused = [item.id for item in gone if item.id not in used]
        blank = self._records.select(AssessmentItem, item_id=unused)
        self._records.delete(AssessmentItem, [record.id for record in blank])
        self._records.delete(SchemeItem, unused)
        changes: dict[str, Mapping[str, object]] = {id: {"ended": today.isoformat()} for id in used}
        there = {item.name: item.id for item in version.own.get(branch_id, ())}
        for position, (name, code) in enumerate(codes.items(), start=1):
            if name in there:
                changes[there[name]] = {"position": position, "ended": None}
                continue
            own = SchemeItem(
                id=new_id(),
                scheme_id=version.scheme.id,
                code=code,
                position=position,
                name=name,
                own="1",
                branch_id=branch_id,
            )
            self._records.insert_many([own])
        self._records.update_many(SchemeItem, changes)


@cache
def proposal(purpose: str) -> SchemeVersion:
    """The program's own scheme (建议方案): the same ids in every office, so that they meet as one."""
    data = json.loads(resource("schemes", f"{purpose}.json").read_text(encoding="utf-8"))
    items = data.pop("items")
    scheme = Scheme(**data)
    return SchemeVersion.of(scheme, [SchemeItem(scheme_id=scheme.id, **item) for item in items])


def _coded(items: Sequence[SchemeItem], known: Iterable[SchemeItem]) -> list[SchemeItem]:
    """The common items in their order; what is new gets a code that no version ever had."""
    codes = count(1 + _highest([*items, *known]))
    return [
        replace(item, position=position, code=item.code or str(next(codes)))
        for position, item in enumerate(items, start=1)
    ]


def _highest(items: Iterable[SchemeItem]) -> int:
    return max((int(item.code.lstrip("N")) for item in items if item.code), default=0)


def _anew(scheme_id: str, items: Iterable[SchemeItem]) -> list[SchemeItem]:
    return [replace(item, id=new_id(), scheme_id=scheme_id) for item in items]


def _refuse_unfit(scheme: Scheme, items: Sequence[SchemeItem]) -> None:
    names = [item.name.strip() for item in items]
    if not scheme.title.strip():
        raise SchemeRefusedError("名称不能空着，请填写。", "title")
    if not names or not all(names) or len(set(names)) < len(names):
        raise SchemeRefusedError("至少要有一个项目，每个项目都要有名称，名称不能重复。", "name")
    if len(scheme.title) > _LONGEST_TITLE:
        raise SchemeRefusedError(f"名称最多 {_LONGEST_TITLE} 个字，请写短些。", "title")
    _refuse_long(names)
    if scheme.purpose == CHECKLIST and any(item.points is None for item in items):
        raise SchemeRefusedError("每个项目都要有分值，请填写。", "points")
    if scheme.purpose == ACTIVITIES and not all(item.times for item in items):
        raise SchemeRefusedError("每个项目都要有每期次数，请填写。", "times")
    if (scheme.grade_a or 0) < (scheme.grade_b or 0):
        raise SchemeRefusedError("A 类最低分不能低于 B 类最低分，请核对。", "grade_a")


def _refuse_long(names: Iterable[str]) -> None:
    """An item's name stands at the head of a column and in sentences."""
    long = next((name for name in names if len(name) > _LONGEST_NAME), None)
    if long is not None:
        words = f"“{in_short(long, 20)}”太长，项目名称最多 {_LONGEST_NAME} 个字，请写短些。"
        raise SchemeRefusedError(words, "name")


def _stored(scheme: Scheme) -> dict[str, object]:
    return {field.name: getattr(scheme, field.name) for field in fields(scheme) if field.name != "id"}
