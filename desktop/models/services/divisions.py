"""Divisions of an office (区划): the preloaded list, editing it, loading another city's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from desktop.models.database.records import Records
from desktop.models.database.roster import last_seq
from desktop.models.database.store import Store
from desktop.models.domain.cleaning import compact
from desktop.models.domain.division_names import DivisionNames
from desktop.models.domain.reading import Cell
from desktop.models.errors import DesktopError
from desktop.models.registers.division import DIVISION, Division, DivisionKind
from desktop.models.workbooks.headings import Headings
from desktop.models.workbooks.reading import read_sheets
from desktop.models.workbooks.tables import Table, find_tables
from desktop.paths import resource

_ALIASES = {
    "421081001000": "绣林办\n绣林街道办事处",
    "421081002000": "笔架山办\n笔架山街道办事处",
    "421081500000": "天鹅洲经济开发区\n天鹅洲",
}
_KINDS = {"居委会": DivisionKind.COMMUNITY, "村委会": DivisionKind.VILLAGE}


class DivisionListError(DesktopError):
    """A workbook of divisions cannot be taken as it is."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"“{file}”不能作为区划表导入：{why}")


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
        self._names: DivisionNames | None = None

    def all(self) -> dict[str, Division]:
        """Every division by code, in the local order: city, then each township with its villages.

        What a change set writes is seen when it is done: its number may yet be given to another.
        """
        if self._store.db.conn.in_transaction and self._all:
            return self._all
        if (seq := last_seq(self._store)) != self._seq:
            found = {d.code: d for d in self._records.select(Division)}
            self._all = {division.code: division for division, _ in _in_order(found.values())}
            self._names = None
            self._seq = seq
        return self._all

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

    def tree(self) -> list[tuple[Division, int]]:
        """Every division with its depth, in the local order."""
        return list(_in_order(self.all().values()))

    def under(self, code: str) -> list[Division]:
        """The division and everything below it, in the local order."""
        divisions = self.all()
        inside = {code}
        for division in divisions.values():  # parents come before their children
            if division.parent in inside:
                inside.add(division.code)
        return [division for division in divisions.values() if division.code in inside]

    def update(self, code: str, **changes: object) -> None:
        """Change fields of a division: name, aliases, approved_posts, party_form, position, active."""
        name = str(changes.get("name", self.get(code).name)).strip()
        if not name:
            raise DivisionListError(self.get(code).name, "名称不能空着，请填写。")
        with self._store.change(f"修改区划：{name}"):
            self._records.update(Division, code, **changes)

    def add(self, division: Division) -> None:
        """Add a village or township; its code must be free and 12 digits, its parent known."""
        if not re.fullmatch(r"[0-9]{12}", division.code):
            raise DivisionListError(division.name, "区划代码应为 12 位数字，请核对。")
        if division.code in self.all():
            raise DivisionListError(
                division.name, f"代码 {division.code} 已经是“{self.get(division.code).name}”，请核对。"
            )
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
        """Take another city's list from a workbook (代码、名称、类型、上级); return how many divisions are new or changed."""
        found = {d.code: d for d in _read_list(path)}
        known = self.all()
        for division in found.values():
            if division.parent is not None and division.parent not in found and division.parent not in known:
                raise DivisionListError(
                    path.name, f"“{division.name}”的上级 {division.parent} 不在表里，请补上。"
                )
        fresh = [d for code, d in found.items() if code not in known]
        changed = [d for code, d in found.items() if code in known and known[code].name != d.name]
        in_order = sorted(fresh, key=lambda d: (d.parent is not None, d.code))  # parents come first
        if fresh or changed:
            with self._store.change(f"导入区划表：{path.name}", source=path.name):
                self._records.insert_many(in_order)
                for division in changed:
                    self._records.update(Division, division.code, name=division.name)
        return len(fresh) + len(changed)


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


def _read_list(path: Path) -> Iterator[Division]:
    headings = Headings(DIVISION)
    tables = [table for sheet in read_sheets(path) for table in find_tables(sheet, headings)]
    if not tables:
        raise DivisionListError(path.name, "没有找到表头，要有“代码”“名称”“上级”三列。")
    position = 0
    for table in tables:
        for row in table.rows:
            position += 1
            yield _read_division(path, table, row, position)


def _read_division(path: Path, table: Table, row: int, position: int) -> Division:
    cells = table.sheet.rows[row]
    text = {
        column.field: Cell(cells[column.index] if column.index < len(cells) else None).text.strip()
        for column in table.columns
        if column.field
    }
    code = compact(text.get("code", "")).removesuffix(".0")
    code = code.ljust(12, "0") if len(code) in (6, 9) else code
    if not re.fullmatch(r"[0-9]{12}", code):
        raise DivisionListError(
            path.name, f"第 {table.sheet.first_row + row} 行的代码“{code}”不是 12 位数字。"
        )
    kind = _kind(code, text.get("kind", ""))
    above = {DivisionKind.CITY: None, DivisionKind.TOWNSHIP: code[:6] + "000000"}.get(kind, code[:9] + "000")
    parent = compact(text.get("parent", "")).ljust(12, "0")
    return Division(
        code=code,
        name=text.get("name", ""),
        kind=kind,
        parent=parent if re.fullmatch(r"[0-9]{12}", parent) and kind != DivisionKind.CITY else above,
        position=position,
        aliases=text.get("aliases", "").replace("、", "\n"),
        approved_posts=int(text["approved_posts"]) if text.get("approved_posts", "").isdigit() else None,
    )


def _kind(code: str, written: str) -> DivisionKind:
    """What a division is: as written, else as its code tells (001–199 居委会, 200–399 村委会, 400+ 类似)."""
    if code.endswith("000000"):
        return DivisionKind.CITY
    if code.endswith("000"):
        return DivisionKind.TOWNSHIP
    if "类似" in written or "生活区" in written:
        return DivisionKind.LIVING_AREA
    for word, kind in (
        ("居", DivisionKind.COMMUNITY),
        ("社区", DivisionKind.COMMUNITY),
        ("村", DivisionKind.VILLAGE),
    ):
        if word in written:
            return kind
    number = int(code[9:])
    if number < 200:
        return DivisionKind.COMMUNITY
    return DivisionKind.VILLAGE if number < 400 else DivisionKind.LIVING_AREA
