"""What comes down from the city (下发): schemes, choices, divisions, versions of code lists — shown before it is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from desktop.models.database.checklists import used_items
from desktop.models.database.records import Records
from desktop.models.database.roster import last_seq
from desktop.models.database.store import Store
from desktop.models.domain.days import show_day
from desktop.models.domain.fields import Field
from desktop.models.domain.ids import new_id
from desktop.models.errors import DesktopError
from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.down import Down, Item, Topic, read_down, write_down
from desktop.models.handoff.header import Kind
from desktop.models.handoff.verifying import Verdict, check_own
from desktop.models.handoff.writing import file_name, write_whole_to
from desktop.models.registers.checklist import AssessmentItem
from desktop.models.registers.division import DIVISION, Division, DivisionKind
from desktop.models.registers.schemes import PURPOSE, SCHEME, SCHEME_ITEM, Scheme, SchemeItem
from desktop.models.services.choices import MEANINGS, Choices
from desktop.models.services.code_list_versions import code_list_versions
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.handoff_keys import HandoffKeys, require_kind
from desktop.models.services.handoff_places import Place, Places, next_place
from desktop.models.services.schemes import SchemesService
from desktop.models.services.settings import SettingsService

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_GIVEN = "handoff.down"  # the last place that the city gave away
# of a division; posts, party form, order and aliases are the township's
_CITYS = ("name", "kind", "parent", "active")


class OutdatedDownError(DesktopError):
    """The store changed between preview and taking."""

    def __init__(self) -> None:
        super().__init__("核对之后本机又有改动，没有采用。请重新核对下发包后再采用。")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in words; ``new`` says what would stand after it is taken."""

    topic: Topic
    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DownPlan:
    """What taking a down file would do; ``hints`` are for the officer, nothing is done about them."""

    version: int
    changes: tuple[Change, ...]
    hints: tuple[str, ...]
    down: Down
    verdict: Verdict
    seq: int  # the last change set when the plan was made


class HandoffDown:
    """Down files written (city) and taken (township)."""

    def __init__(
        self,
        store: Store,
        divisions: DivisionsService,
        schemes: SchemesService,
        settings: SettingsService,
        keys: HandoffKeys,
        places: Places,
    ) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions
        self._schemes = schemes
        self._choices = Choices(store)
        self._settings = settings
        self._keys = keys
        self._places = places

    def write(self, folder: Path, now: datetime) -> tuple[Path, int]:
        """Write all that the city has to say, as the next version; return the file and the version.

        Raises:
            NoKeysError, NoRootError, NotWrittenError: nothing was written.
        """
        self._keys.require_city()
        me, keys = self._keys.me, self._keys.active
        given = self._settings.get(_GIVEN)
        place = next_place(Place(*given) if given else None, self._places.told(Kind.DOWN), now)
        header = self._keys.header(Kind.DOWN, place, now)
        down = Down(place.seq, tuple(self._items(str(place.seq))))

        def check(written: Path, file_hash: str) -> None:
            check_own(written, keys, file_hash)
            self._places.keep(Kind.DOWN, place)
            self._settings.set(_GIVEN, [place.epoch, place.seq])

        name = file_name(Kind.DOWN, me.name, place.seq, now.date())
        path, _ = write_whole_to(folder, name, lambda sink: write_down(sink, header, down, keys), check)
        return path, place.seq

    def plan(self, verdict: Verdict) -> DownPlan:
        """What a down file that was verified would change here; nothing is written.

        Raises:
            RefusedFileError: it is none, older than what was taken, or of another shape.
        """
        down = read_down(require_kind(verdict, Kind.DOWN))
        changes = [change for _, told in self._differences(down) for change in told]
        return DownPlan(
            version=down.version,
            changes=tuple(changes),
            hints=tuple(self._hints(down)),
            down=down,
            verdict=verdict,
            seq=last_seq(self._store),
        )

    def take(self, plan: DownPlan) -> int:
        """Take what a plan shows, as one change set that can be undone; return how many differences were taken.

        Raises:
            OutdatedDownError: something changed since the plan was made.
        """
        envelope = plan.verdict.envelope
        assert envelope is not None
        with self._store.change(f"采用下发包：第 {plan.version} 版", source=envelope.path.name) as seq:
            if last_seq(self._store, before=seq) != plan.seq:
                raise OutdatedDownError
            for item, _ in self._differences(plan.down):
                self._write(item)
        if plan.verdict.code is not Code.UNCHANGED:
            self._keys.keep_taken(envelope.header, envelope.hash)
        return len(plan.changes)

    def _items(self, version: str) -> Iterator[Item]:
        for name, edition in code_list_versions().items():
            yield Item(Topic.CODE_LIST, name, edition, None)
        # an item of all would be too long a line for a prefecture
        by_township: dict[str, list[dict[str, Any]]] = {}
        for division in self._divisions.all().values():
            township = self._divisions.township_of(division)
            by_township.setdefault(township.code, []).append(asdict(division))
        for code, divisions in by_township.items():
            yield Item(Topic.DIVISIONS, code, version, divisions)
        for each in self._schemes.all().values():
            content = {"scheme": asdict(each.scheme), "items": [asdict(item) for item in each.common]}
            yield Item(Topic.SCHEME, each.scheme.id, str(each.scheme.version), content)
        yield Item(Topic.THRESHOLDS, "choices", version, self._choices.all())

    def _differences(self, down: Down) -> Iterator[tuple[Item, list[Change]]]:
        """The items that differ from what is here, with the differences."""
        tell = {
            Topic.DIVISIONS: self._divisions_told,
            Topic.SCHEME: self._scheme_told,
            Topic.THRESHOLDS: self._choices_told,
        }
        for item in down.items:
            if item.topic in tell and (told := list(tell[item.topic](item))):
                yield item, told

    def _hints(self, down: Down) -> Iterator[str]:
        own = code_list_versions()
        for item in down.items:
            if item.topic is Topic.CODE_LIST and own.get(item.name) != item.version:
                yield f"市里的代码表 {item.name} 是 {item.version} 年版，本机不同：请升级本软件。"
            if item.topic is Topic.THRESHOLDS and (unknown := len(item.content) - len(_known_choices(item))):
                yield f"有 {unknown} 项规定本机的版本还不认识，不会采用：请升级本软件，再接收一次。"

    def _divisions_told(self, item: Item) -> Iterator[Change]:
        known = self._divisions.all()
        for each in _divisions(item):
            here = known.get(each.code)
            if here is None:
                yield Change(Topic.DIVISIONS, f"{each.name}（{each.code}）", "没有", "新增")
                continue
            for name in _CITYS:
                old, new = getattr(here, name), getattr(each, name)
                if old != new:
                    what = f"{here.name} {_DIVISION_LABELS[name]}"
                    yield Change(Topic.DIVISIONS, what, self._shown(name, old), self._shown(name, new))

    def _shown(self, name: str, value: Any) -> str:
        if name == "kind":
            return DivisionKind(value).label
        if name == "active":
            return "在用" if value else "停用"
        division = self._divisions.all().get(value) if name == "parent" else None
        return division.name if division else str(value or "")

    def _scheme_told(self, item: Item) -> Iterator[Change]:
        scheme, items = _scheme(item)
        called = f"{PURPOSE.show(scheme.purpose)}“{scheme.title}”第 {scheme.version} 版"
        here = self._schemes.all().get(scheme.id)
        if here is None:
            new = f"新增，{show_day(scheme.since)} 启用，{len(items)} 项"
            yield Change(Topic.SCHEME, called, "没有", new)
            return
        yield from _fields_told(called, SCHEME.fields, here.scheme, scheme)
        there = {each.id: each for each in here.common}
        for each in items:
            if old := there.pop(each.id, None):
                yield from _fields_told(f"{called} {each.name}", SCHEME_ITEM.fields, old, each)
            else:
                yield Change(Topic.SCHEME, f"{called} {each.name}", "没有", "新增")
        for each in there.values():
            if each.ended is None:
                yield Change(Topic.SCHEME, f"{called} {each.name}", "有", "停用")

    def _choices_told(self, item: Item) -> Iterator[Change]:
        for name, value in _known_choices(item).items():
            meaning, here = MEANINGS[name], self._choices.get(name)
            if _plain(here) != _plain(value):
                what = f"{meaning.about} {meaning.label}"
                yield Change(Topic.THRESHOLDS, what, meaning.show(here), meaning.show(value))

    def _write(self, item: Item) -> None:
        if item.topic is Topic.DIVISIONS:
            self._write_divisions(item)
        elif item.topic is Topic.SCHEME:
            self._write_scheme(*_scheme(item))
        else:
            differing = {
                name: value
                for name, value in _known_choices(item).items()
                if _plain(self._choices.get(name)) != _plain(value)
            }
            self._choices.write(differing)

    def _write_divisions(self, item: Item) -> None:
        known = self._divisions.all()
        listed = {each.code: each for each in _divisions(item)}
        fresh = [each for code, each in listed.items() if code not in known]
        while fresh:  # parents first
            ready = [
                each for each in fresh if each.parent is None or each.parent not in {f.code for f in fresh}
            ]
            if not ready:
                raise RefusedFileError(Code.FORGED)
            self._records.insert_many(ready)
            fresh = [each for each in fresh if each not in ready]
        changes = {
            code: {name: getattr(each, name) for name in _CITYS}
            for code, each in listed.items()
            if code in known
        }
        self._records.update_many(Division, changes)

    def _write_scheme(self, scheme: Scheme, items: list[SchemeItem]) -> None:
        here = self._schemes.all().get(scheme.id)
        if here is None:
            earlier = self._schemes.versions(scheme.purpose)
            self._records.insert_many([scheme])
            self._records.insert_many(items)
            own = (
                [each for each in earlier[0].items if each.branch_id and each.ended is None]
                if earlier
                else []
            )
            self._records.insert_many(replace(each, id=new_id(), scheme_id=scheme.id) for each in own)
            return
        self._records.update(Scheme, scheme.id, **_without_id(scheme))
        there = {each.id: each for each in here.common}
        self._records.insert_many(each for each in items if each.id not in there)
        staying = {each.id: _without_id(each) for each in items if each.id in there}
        self._records.update_many(SchemeItem, staying)
        self._remove(there.keys() - staying.keys(), scheme.since)

    def _remove(self, items: Set[str], day: str) -> None:
        """Items that the city has taken out: those of which an assessment says something stay with it, ended."""
        used = used_items(self._store, items)
        unused = items - used
        blank = self._records.select(AssessmentItem, item_id=unused)
        self._records.delete(AssessmentItem, [record.id for record in blank])
        self._records.delete(SchemeItem, unused)
        self._records.update_many(SchemeItem, {id: {"ended": day} for id in used})


_DIVISION_LABELS = {field.name: field.label for field in DIVISION.fields} | {"active": "状态"}
_R = TypeVar("_R", bound="DataclassInstance")


def _divisions(item: Item) -> list[Division]:
    return [_read(Division, each) for each in _listed(item.content)]


def _scheme(item: Item) -> tuple[Scheme, list[SchemeItem]]:
    if not isinstance(item.content, dict) or item.content.keys() < {"scheme", "items"}:
        raise RefusedFileError(Code.FORGED)
    items = [_read(SchemeItem, each) for each in _listed(item.content["items"])]
    return _read(Scheme, item.content["scheme"]), items


def _known_choices(item: Item) -> dict[str, Any]:
    if not isinstance(item.content, dict):
        raise RefusedFileError(Code.FORGED)
    return {name: value for name, value in item.content.items() if _is_understood(name, value)}


def _is_understood(name: str, value: Any) -> bool:
    """Whether a choice, and what was chosen, mean something to this program."""
    try:
        MEANINGS[name].show(value)
    except (LookupError, ValueError, TypeError):
        return False
    return True


def _listed(content: Any) -> list[Any]:
    if not isinstance(content, list):
        raise RefusedFileError(Code.FORGED)
    return content


def _read(record: type[_R], row: Any) -> _R:
    """A record as it came down; what only a newer program knows of it is left out.

    Raises:
        RefusedFileError: it is of another shape.
    """
    names = {field.name for field in fields(record)}
    try:
        values = {name: value for name, value in row.items() if name in names}
        if not all(isinstance(value, str | int | float | None) for value in values.values()):
            raise TypeError("a record has plain values")
        return record(**values)
    except (TypeError, AttributeError) as error:
        raise RefusedFileError(Code.FORGED) from error


def _without_id(record: Scheme | SchemeItem) -> dict[str, Any]:
    return {name: value for name, value in asdict(record).items() if name != "id"}


def _fields_told(what: str, of: Iterable[Field], old: object, new: object) -> Iterator[Change]:
    for field in of:
        before, after = getattr(old, field.name), getattr(new, field.name)
        if before != after:
            shown = (field.kind.show(value) or "（空）" for value in (before, after))
            yield Change(Topic.SCHEME, f"{what} {field.label}", *shown)


def _plain(value: Any) -> Any:
    """A choice as JSON has it: the program's own are tuples."""
    return list(value) if isinstance(value, tuple) else value
