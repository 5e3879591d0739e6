"""Divisions of an office (区划): the preloaded list, editing it, loading another city's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop.models.database.records import Records
from desktop.models.database.roster import divisions_changed, last_seq
from desktop.models.database.store import Store
from desktop.models.domain.division_names import DivisionNames
from desktop.models.errors import DesktopError
from desktop.models.registers.division import CODE, Division, DivisionKind
from desktop.paths import resource

_ALIASES = {
    "421081001000": "绣林办\n绣林街道办事处",
    "421081002000": "笔架山办\n笔架山街道办事处",
    "421081500000": "天鹅洲经济开发区\n天鹅洲",
}
_KINDS = {"居委会": DivisionKind.COMMUNITY, "村委会": DivisionKind.VILLAGE}


class DivisionError(DesktopError):
    """A division cannot be kept as it was entered."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"“{name}”没有保存：{why}")


def preloaded() -> tuple[Division, ...]:
    """石首市 with its 15 townships and 203 villages, communities and living areas (国家统计局 2023)."""
    towns = json.loads(resource("divisions/townships.json").read_text(encoding="utf-8"))
    villages = json.loads(resource("divisions/villages.json").read_text(encoding="utf-8"))["items"]
    city = towns["code6"] + "000000"
    return (
        Division(code=city, name=towns["city"], kind=DivisionKind.CITY, parent=None, position=0),
        *(_township(item, city) for item in towns["townships"]),
        *(_village(item, position) for position, item in enumerate(villages, start=1)),
    )


def _township(item: dict[str, object], city: str) -> Division:
    code = str(item["code12"])
    return Division(
        code=code,
        name=str(item["name"]),
        kind=DivisionKind.TOWNSHIP,
        parent=city,
        position=int(str(item["order"])),
        aliases=_ALIASES.get(code, ""),
    )


def _village(item: dict[str, str], position: int) -> Division:
    common = item["name"].replace("鋪", "铺")  # the official list spells one village with 鋪
    return Division(
        code=item["code"],
        name=item["name"],
        kind=_KINDS.get(item["kind"], DivisionKind.LIVING_AREA),
        parent=item["town_code"],
        position=position,
        aliases=common if common != item["name"] else "",
    )


class DivisionsService:
    """The divisions of an office; held in memory (a few hundred) and read again when the store has moved on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._records = Records(store)
        self._seq = -1
        self._all: dict[str, Division] = {}
        self._tree: list[tuple[Division, int]] = []
        self._called: dict[str, str] | None = None
        self._names: DivisionNames | None = None

    def all(self) -> dict[str, Division]:
        """Every division by code, in the local order: city, then each township with its villages.

        What a change set writes is seen when it is done: its number may yet be given to another.
        """
        if self._store.db.conn.in_transaction and self._all:
            return self._all
        if (seq := last_seq(self._store)) != self._seq:
            if divisions_changed(self._store, self._seq):
                self._read()
            self._seq = seq
        return self._all

    def _read(self) -> None:
        self._tree = list(_in_order(self._records.select(Division)))
        self._all = {division.code: division for division, _ in self._tree}
        self._called = self._names = None

    def get(self, code: str) -> Division:
        """The division with ``code``.

        Raises:
            KeyError: there is none.
        """
        return self.all()[code]

    def names(self) -> DivisionNames:
        """The index that resolves written names."""
        divisions = self.all()
        if self._names is None:
            self._names = DivisionNames(d.named for d in divisions.values() if d.active)
        return self._names

    def called(self, text: str) -> frozenset[str]:
        """Codes of the divisions that have a text in one of their names."""
        divisions = self.all()
        if self._called is None:
            self._called = {
                code: f"{each.short_name}\n{each.name}\n{each.aliases}" for code, each in divisions.items()
            }
        return frozenset(code for code, names in self._called.items() if text in names)

    def tree(self) -> list[tuple[Division, int]]:
        """Every division with its depth, in the local order."""
        self.all()
        return list(self._tree)

    def under(self, code: str) -> list[Division]:
        """The division and everything below it, in the local order."""
        divisions = self.all()
        inside = {code}
        for division in divisions.values():  # parents come before their children
            if division.parent in inside:
                inside.add(division.code)
        return [division for division in divisions.values() if division.code in inside]

    def around(self, code: str) -> list[Division]:
        """The township that a division lies in with all its villages."""
        return self.under(self.township_of(self.get(code)).code)

    def township_of(self, division: Division) -> Division:
        """The township that a village lies in; a township and the city are their own."""
        if division.kind in (DivisionKind.CITY, DivisionKind.TOWNSHIP) or division.parent is None:
            return division
        return self.get(division.parent)

    def update(self, code: str, **changes: object) -> None:
        """Change fields of a division: name, aliases, approved_posts, party_form, position, active."""
        if "name" in changes:
            changes["name"] = str(changes["name"]).strip()
        name = str(changes.get("name", self.get(code).name))
        if not name:
            raise DivisionError(self.get(code).name, "名称不能空着，请填写。")
        with self._store.change(f"修改区划：{name}"):
            self._records.update(Division, code, **changes)

    def add(self, division: Division) -> None:
        """Add a village or township.

        Raises:
            DivisionError: its code is taken or not of 12 digits, it has no name, or its parent is not known.
        """
        known = self.all()
        if not CODE.fullmatch(division.code):
            raise DivisionError(division.name, "区划代码应为 12 位数字，请核对。")
        if division.code in known:
            raise DivisionError(
                division.name, f"代码 {division.code} 已经是“{known[division.code].name}”，请核对。"
            )
        if not division.name.strip():
            raise DivisionError(division.code, "名称不能空着，请填写。")
        if division.parent not in known:
            raise DivisionError(division.name, f"没有上级 {division.parent}，请先添加上级。")
        with self._store.change(f"新增区划：{division.name}"):
            self._records.insert_many([division])

    def move(self, code: str, step: int) -> None:
        """Move a division up (negative) or down among its siblings."""
        division = self.get(code)
        siblings = [d for d in self.all().values() if d.parent == division.parent]
        old = siblings.index(division)
        new = min(max(old + step, 0), len(siblings) - 1)
        if new == old:
            return
        siblings.insert(new, siblings.pop(old))
        with self._store.change(f"调整顺序：{division.name}"):
            for position, sibling in enumerate(siblings, start=1):
                if sibling.position != position:
                    self._records.update(Division, sibling.code, position=position)

    def load_workbook(self, path: Path) -> int:
        """Take another city's list from a workbook (代码、名称、类型、上级); return how many divisions are new or changed.

        Raises:
            DivisionListError: nothing was taken.
            WorkbookError: the file cannot be read.
        """
        from desktop.models.services import division_list  # seldom asked for, and it reads workbooks

        known = self.all()
        found = division_list.read_division_list(
            path, after=max((d.position for d in known.values()), default=0)
        )
        fresh = {code: division for code, division in found.items() if code not in known}
        in_order = [division for division, _ in _in_order(fresh.values())]  # parents come first
        division_list.require_parents(path, found, known.keys() | {division.code for division in in_order})
        changes = {code: _told(division, known[code]) for code, division in found.items() if code in known}
        changed = {code: told for code, told in changes.items() if told}
        with self._store.change(f"导入区划表：{path.name}", source=path.name):
            self._records.insert_many(in_order)
            self._records.update_many(Division, changed)
        return len(fresh) + len(changed)


def _told(division: Division, known: Division) -> dict[str, object]:
    """What a list says of a division that is known already; what it is silent about stays."""
    told = {"name": division.name, "aliases": division.aliases, "approved_posts": division.approved_posts}
    return {name: value for name, value in told.items() if value and value != getattr(known, name)}


def _in_order(divisions: Iterable[Division]) -> Iterator[tuple[Division, int]]:
    children: dict[str | None, list[Division]] = {}
    codes = {division.code for division in divisions}
    for division in divisions:
        children.setdefault(division.parent if division.parent in codes else None, []).append(division)

    def walk(parent: str | None, depth: int) -> Iterator[tuple[Division, int]]:
        for division in sorted(children.get(parent, ()), key=lambda d: (d.position, d.code)):
            yield division, depth
            yield from walk(division.code, depth + 1)

    return walk(None, 0)
