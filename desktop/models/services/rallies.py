"""Rallies (拉练评比) of a city's townships: rounds, items, scores written in place or pasted from Excel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop.models.database.records import Records
from desktop.models.database.store import Store
from desktop.models.domain.days import show_day
from desktop.models.domain.fields import Register
from desktop.models.domain.ids import new_id
from desktop.models.domain.reading import Cell, Reading
from desktop.models.errors import DesktopError
from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.rally import rally_ledger
from desktop.models.registers.division import DivisionKind
from desktop.models.registers.rally import RALLY, RALLY_ITEM, RALLY_SCORE, Rally, RallyItem, RallyScore
from desktop.models.rules.rally import Ranking, ranking
from desktop.models.services.cell_edits import CellProblem, EditOutcome, InvalidValueError
from desktop.models.services.divisions import DivisionsService
from desktop.models.services.files import written_whole
from desktop.models.services.ledgers import Builder, Frame, LedgerRequest

Read = Callable[[str, str, date], Reading]
Place = tuple[str, str]  # a township's code and an item's id
_USUAL_ITEMS = (  # where there is no round before to take them from
    ("班子建设", 20.0),
    ("阵地建设", 20.0),
    ("党员教育管理", 20.0),
    ("集体经济", 20.0),
    ("亮点特色", 20.0),
)
_MOST_SPEAKERS = 7  # of either kind


class NoRallyError(DesktopError):
    """A rally is wanted and there is none."""

    def __init__(self, on: date) -> None:
        super().__init__(f"到 {on:%Y.%m.%d} 还没有拉练。请先在市级“拉练评比”页新建一轮，或换一个统计截止日。")


class VanishedRallyError(DesktopError):
    """A round or an item that is being edited is gone."""

    def __init__(self) -> None:
        super().__init__("这一轮拉练或这个项目已被删除或撤销，请重新选择一轮。")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSheet:
    """A round with its items in order, and how every township stands."""

    rally: Rally
    items: tuple[RallyItem, ...]
    ranking: Ranking

    @property
    def full(self) -> float:
        """The most points that can be had."""
        return round(sum(item.points for item in self.items), 1)


class RalliesService:
    """Writes rallies; each method is one change set."""

    def __init__(self, store: Store, divisions: DivisionsService) -> None:
        self._store = store
        self._records = Records(store)
        self._divisions = divisions

    # reading

    def rounds(self) -> list[Rally]:
        """Every round, the latest first."""
        return sorted(self._records.select(Rally), key=lambda each: (each.day, each.id), reverse=True)

    def townships(self) -> dict[str, str]:
        """Code → name of those that are scored, in the local order."""
        return {
            division.code: division.short_name
            for division in self._divisions.all().values()
            if division.kind == DivisionKind.TOWNSHIP and division.active
        }

    def sheet(self, rally_id: str) -> ScoreSheet:
        """A round as it stands.

        Raises:
            VanishedRallyError: it is gone.
        """
        rally, items, names = self._rally(rally_id), self._items(rally_id), self.townships()
        scores = self._records.select(RallyScore, item_id=[item.id for item in items])
        had = {score.id: score.points for score in scores}
        points = {code: [had.get(_score_id(item.id, code)) for item in items] for code in names}
        return ScoreSheet(
            rally=rally,
            items=tuple(items),
            ranking=ranking(names, points, first=rally.first, last=rally.last),
        )

    def latest(self, on: date) -> ScoreSheet:
        """The last round up to a day.

        Raises:
            NoRallyError: there is none.
        """
        found = next((each for each in self.rounds() if each.day <= on.isoformat()), None)
        if found is None:
            raise NoRallyError(on)
        return self.sheet(found.id)

    @staticmethod
    def read_round(name: str, text: str, today: date) -> Reading:
        """Check a field of a round as typed."""
        reading = _read(RALLY, name, text, today)
        speakers = reading.value if name in ("first", "last") else None
        if isinstance(speakers, int) and not 1 <= speakers <= _MOST_SPEAKERS:
            return Reading(problem=f"请填 1 到 {_MOST_SPEAKERS}。")
        return reading

    @staticmethod
    def read_item(name: str, text: str, today: date) -> Reading:
        """Check a field of an item as typed."""
        reading = _read(RALLY_ITEM, name, text, today)
        if reading.value == 0:
            return Reading(problem="满分应大于 0。")
        return reading

    @staticmethod
    def read_score(item: RallyItem, text: str, today: date) -> Reading:
        """Check the points of an item as typed; there are no more than its full ones."""
        reading = RALLY_SCORE.field("points").kind.read(Cell(text), today)
        if isinstance(reading.value, float) and reading.value > item.points:
            return Reading(problem=f"{reading.value:g} 分超过满分 {item.points:g} 分，请核对。")
        return reading

    # rounds and items

    def start(self, typed: Mapping[str, str], today: date) -> str:
        """Begin a round with the items of the one before; return its id.

        Raises:
            InvalidValueError: something is missing or wrong.
        """
        values = self._values(typed, self.read_round, RALLY, today)
        before = next(iter(self.rounds()), None)
        items = [(item.name, item.points) for item in self._items(before.id)] if before else _USUAL_ITEMS
        rally = Rally(id=new_id(), **values)
        with self._store.change(f"新建拉练：{rally.name}"):
            self._records.insert_many([rally])
            self._records.insert_many(
                RallyItem(id=new_id(), rally_id=rally.id, position=place, name=name, points=points)
                for place, (name, points) in enumerate(items, start=1)
            )
        return rally.id

    def edit(self, rally_id: str, typed: Mapping[str, str], today: date) -> None:
        """Write a round's name, day and how many speak, as typed.

        Raises:
            InvalidValueError: something is missing or wrong.
        """
        rally = self._rally(rally_id)
        values = self._values(typed, self.read_round, RALLY, today)
        with self._store.change(f"修改拉练：{rally.name}"):
            self._records.update(Rally, rally_id, **values)

    def remove(self, rally_id: str) -> None:
        """Take a round out with its items and scores."""
        rally, items = self._rally(rally_id), self._items(rally_id)
        with self._store.change(f"删除拉练：{rally.name}"):
            self._remove_items(items)
            self._records.delete(Rally, [rally_id])

    def add_item(self, rally_id: str, typed: Mapping[str, str], today: date) -> None:
        """Add an item behind the others.

        Raises:
            InvalidValueError: something is missing or wrong.
        """
        self._rally(rally_id)
        values = self._values(typed, self.read_item, RALLY_ITEM, today)
        places = [item.position for item in self._items(rally_id)]
        item = RallyItem(id=new_id(), rally_id=rally_id, position=max(places, default=0) + 1, **values)
        with self._store.change(f"拉练增加项目：{item.name}"):
            self._records.insert_many([item])

    def edit_item(self, item_id: str, typed: Mapping[str, str], today: date) -> None:
        """Write an item's name and full points, as typed.

        Raises:
            InvalidValueError: something is missing or wrong, or a township has more points already.
        """
        item = self._item(item_id)
        values = self._values(typed, self.read_item, RALLY_ITEM, today)
        given = [score.points or 0 for score in self._records.select(RallyScore, item_id=item_id)]
        if max(given, default=0) > values["points"]:
            words = f"已有乡镇得 {max(given):g} 分，满分不能更低，请先改得分。"
            raise InvalidValueError({"points": words}, RALLY_ITEM)
        with self._store.change(f"拉练修改项目：{item.name}"):
            self._records.update(RallyItem, item_id, **values)

    def move_item(self, item_id: str, step: int) -> None:
        """Move an item to the left (negative) or to the right."""
        item = self._item(item_id)
        items = self._items(item.rally_id)
        old = items.index(item)
        new = min(max(old + step, 0), len(items) - 1)
        if new == old:
            return
        items.insert(new, items.pop(old))
        with self._store.change(f"拉练调整项目顺序：{item.name}"):
            order = {each.id: {"position": place} for place, each in enumerate(items, start=1)}
            self._records.update_many(RallyItem, order)

    def remove_item(self, item_id: str) -> None:
        """Take an item out with its scores."""
        item = self._item(item_id)
        with self._store.change(f"拉练删除项目：{item.name}"):
            self._remove_items([item])

    # scores

    def write(self, edits: Sequence[tuple[Place, str]], today: date) -> EditOutcome:
        """Write points as typed or pasted, all as one action: good ones are applied, bad ones listed; ``""`` empties."""
        items = {item_id: self._item(item_id) for item_id in {item_id for (_, item_id), _ in edits}}
        readings = {place: self.read_score(items[place[1]], text, today) for place, text in edits}
        problems = tuple(
            CellProblem(township, item_id, reading.problem)
            for (township, item_id), reading in readings.items()
            if reading.problem is not None
        )
        good = {place: reading.value for place, reading in readings.items() if reading.problem is None}
        if good:
            with self._store.change(self._told(list(good), items)):
                self._put(good)
        return EditOutcome(len(good), problems)

    def _put(self, points: Mapping[Place, object]) -> None:
        wanted = {_score_id(item_id, township): (item_id, township) for township, item_id in points}
        known = {score.id for score in self._records.select(RallyScore, id=list(wanted))}
        self._records.update_many(
            RallyScore,
            {key: {"points": points[town, item]} for key, (item, town) in wanted.items() if key in known},
        )
        self._records.insert_many(
            RallyScore(id=key, item_id=item, division_code=town, points=value)
            for key, (item, town) in wanted.items()
            if key not in known and isinstance(value := points[town, item], float)
        )

    def _told(self, places: Sequence[Place], items: Mapping[str, RallyItem]) -> str:
        if len(places) > 1:
            return f"拉练打分 {len(places)} 格"
        township, item_id = places[0]
        return f"拉练打分：{self._divisions.get(township).short_name} {items[item_id].name}"

    # paper and workbook

    def ledgers(self) -> Mapping[str, Builder]:
        """How its ledger is made, by name."""
        return {"rally": self._ledger}

    def _ledger(self, request: LedgerRequest, frame: Frame) -> Ledger:
        sheet = self.latest(request.on)
        return rally_ledger(
            sheet.ranking,
            name=sheet.rally.name,
            items=[(item.name, item.points) for item in sheet.items],
            time=f"拉练日期：{show_day(sheet.rally.day)}",
            place=frame.place,
            signature=frame.signature,
            paper=frame.paper,
        )

    def export(self, rally_id: str, path: Path) -> None:
        """Write a round as a workbook, the best first."""
        # who exports nothing need not wait for the workbook library
        from desktop.models.services.rally_export import write_sheet

        sheet = self.sheet(rally_id)
        with written_whole(path) as file:
            write_sheet(file, sheet)

    # records

    def _rally(self, rally_id: str) -> Rally:
        found = self._records.select(Rally, id=rally_id)
        if not found:
            raise VanishedRallyError
        return found[0]

    def _item(self, item_id: str) -> RallyItem:
        found = self._records.select(RallyItem, id=item_id)
        if not found:
            raise VanishedRallyError
        return found[0]

    def _items(self, rally_id: str) -> list[RallyItem]:
        found = self._records.select(RallyItem, rally_id=rally_id)
        return sorted(found, key=lambda item: (item.position, item.id))

    def _remove_items(self, items: Sequence[RallyItem]) -> None:
        keys = [item.id for item in items]
        scores = self._records.select(RallyScore, item_id=keys)
        self._records.delete(RallyScore, [score.id for score in scores])
        self._records.delete(RallyItem, keys)

    @staticmethod
    def _values(typed: Mapping[str, str], read: Read, register: Register, today: date) -> dict[str, Any]:
        """All fields as values; each is needed."""
        readings = {name: read(name, text, today) for name, text in typed.items()}
        problems = {name: reading.problem for name, reading in readings.items() if reading.problem}
        for name, reading in readings.items():
            if reading.value is None and name not in problems:
                problems[name] = f"请填写{register.field(name).label}。"
        if problems:
            raise InvalidValueError(problems, register)
        return {name: reading.value for name, reading in readings.items()}


def _read(register: Register, name: str, text: str, today: date) -> Reading:
    return register.field(name).kind.read(Cell(text), today)


def _score_id(item_id: str, township: str) -> str:
    return f"{item_id}/{township}"
