"""Queries of the simple registers: ordered keys for a grid, counts, values — one SQL for any listing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.models.database import sector_lines as sector
from desktop.models.database.roster import NAME_ORDERS, SERVING, Selection
from desktop.models.database.store import Store
from desktop.models.domain.fields import NAME, PHONE, TEXT
from desktop.models.registers.kinds import CREDIT_CODE
from desktop.models.registers.listing import Listing
from desktop.models.registers.new_sector import BRANCH_NAME

# Where somebody is: the post served on the day, else the last one, else the reserve.
_HOME = f"""coalesce(
    (SELECT t.division_code FROM term t WHERE t.person_id = p.id ORDER BY ({SERVING}) DESC, t.post LIMIT 1),
    (SELECT e.division_code FROM reserve e WHERE e.person_id = p.id ORDER BY e."left" IS NOT NULL LIMIT 1))"""
_RANK = f"(SELECT min(t.post) FROM term t WHERE t.person_id = p.id AND {SERVING})"
# In the month of leaving somebody is in reserve no longer.
IN_RESERVE = (
    '(r.entered IS NULL OR r.entered <= :day) AND (r."left" IS NULL OR r."left" > substr(:day, 1, 7))'
)
# In the month of being released, or of the end of a pairing, it is over already.
_MANAGED = (
    "({0}.since IS NULL OR {0}.since <= :day) AND ({0}.until IS NULL OR {0}.until > substr(:day, 1, 7))"
)
_PAIRED = (
    """({0}.start IS NULL OR {0}.start <= :day) AND ({0}."end" IS NULL OR {0}."end" > substr(:day, 1, 7))"""
)
_RUNNING_PAIR = f"x.person_id = r.person_id AND x.division_code = r.division_code AND {_PAIRED.format('x')}"
_IS_MANAGED, _IS_PAIRED = _MANAGED.format("r"), _PAIRED.format("r")
_NAMES_OF = """(SELECT group_concat(name, '、') FROM (
    SELECT x.name FROM attendance x WHERE x.activity_id = r.id AND x.role = '{}' ORDER BY x.id))"""
_PHOTOS = (
    "SELECT 1 FROM attachment x WHERE x.owner = 'activity' AND x.owner_id = r.id AND x.purpose = 'photo'"
)
_OTHERS = {
    "township": "u.name",
    "village": "d.code",
    "posts": _RANK,
    "appraisal": """(SELECT a.year || '年：' || a.result FROM appraisal a WHERE a.reserve_id = r.id
        ORDER BY a.year DESC LIMIT 1)""",
    "state": f"iif({IN_RESERVE}, '在库', '已出库')",
    "mentors": f"""(SELECT group_concat(mentor, '、') FROM (
        SELECT x.mentor FROM mentoring x WHERE {_RUNNING_PAIR} ORDER BY x.id))""",
    "secretaries": _NAMES_OF.format("1"),
    "participants": _NAMES_OF.format("2"),
    "present": "(SELECT count(*) FROM attendance x WHERE x.activity_id = r.id AND x.present = '1')",
    "photos": f"(SELECT count(*) FROM ({_PHOTOS}))",
    "found": "(SELECT substr(x.start, 1, 10) FROM activity x WHERE x.id = r.activity_id)",
}
_CHIPS = {
    "in": IN_RESERVE,
    "left": f"NOT ({IN_RESERVE})",  # of those who had entered: see _BEGINS
    "secretaries": "r.aim = '1'",
    "under_35": "p.birth > :born_after",
    "women": "p.sex = '2'",
    "studying": "r.status = '1'",
    "graduated": "r.status = '2'",
    "below": "r.income < :first",
    "second": "r.income >= :second",
    "due": "r.due <= :in_six_months AND r.due >= substr(:day, 1, length(r.due))",
    "in_effect": "r.effect_end >= substr(:day, 1, length(r.effect_end))",
    "managed": _IS_MANAGED,
    "positive": f"r.kind = '1' AND {_IS_MANAGED}",
    "negative": f"r.kind = '2' AND {_IS_MANAGED}",
    "released": f"NOT ({_IS_MANAGED})",
    "left_post": f"""{_IS_MANAGED} AND NOT EXISTS (SELECT 1 FROM term t WHERE t.person_id = r.person_id
        AND t.division_code = r.division_code AND t.post = '11' AND {SERVING})""",
    "unmentored": f"{_IS_MANAGED} AND NOT EXISTS (SELECT 1 FROM mentoring x WHERE {_RUNNING_PAIR})",
    "running": _IS_PAIRED,
    "ended": f"NOT ({_IS_PAIRED})",
    "orphaned": f"""{_IS_PAIRED} AND NOT EXISTS (SELECT 1 FROM managed_secretary x
        WHERE x.person_id = r.person_id AND x.division_code = r.division_code AND {_MANAGED.format("x")})""",
    "held": "r.state = '1'",
    "planned": "r.state = '0'",
    "no_photos": f"r.state = '1' AND NOT EXISTS ({_PHOTOS})",
    "unchecked": "r.state = '1' AND r.checked_by IS NULL",
    "open_problems": """EXISTS (SELECT 1 FROM field_problem x
        WHERE x.activity_id = r.id AND (x.closed IS NULL OR x.closed > :day))""",
    "open": "r.closed IS NULL OR r.closed > :day",
    "overdue": "(r.closed IS NULL OR r.closed > :day) AND r.due < :day",
    "closed": "r.closed <= :day",
}
_BEGINS = {  # what had not begun on the day is no line of its list
    "reserve": "entered",
    "study": "start",
    "committee_term": "start",
    "training": "start",
    "recognition": "month",
    "managed_secretary": "since",
    "mentoring": "start",
}
_BEGINS |= sector.BEGINS
_BY_KEY = "person_id IN (SELECT person_id FROM search_key WHERE key >= :low AND key < :high)"
_BY_PEOPLE = {  # by owner, or by name of a register that has people of its own
    "person_id": f"r.{_BY_KEY}",
    "activity": f"EXISTS (SELECT 1 FROM attendance x WHERE x.activity_id = r.id AND (x.{_BY_KEY} OR instr(x.name, :low)))",
}
_PLACES = ("u.position", "u.code", "d.position", "d.code")
_PLACES_BY = {"township": _PLACES[:2], "village": _PLACES}
_THEN = {
    "reserve": ('r."left" IS NOT NULL', "r.aim", "r.entered"),
    "village_year": ("r.year DESC",),
    "committee_term": ("r.committee", "r.start DESC"),
    "appraisal": ("r.year DESC",),
    "training": ("r.start DESC",),
    "recognition": ("r.month DESC",),
    "managed_secretary": ("r.until IS NOT NULL", "r.since"),
    "mentoring": ('r."end" IS NOT NULL', "r.start"),
    "activity": ("r.start DESC",),
    "field_problem": ("r.closed IS NOT NULL", "r.due"),
}
_THEN |= sector.THEN
_WORDS = (TEXT, NAME, PHONE, CREDIT_CODE, BRANCH_NAME)  # kinds a text is searched in, of the record itself


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of one listing as SQL sees them; ``values`` are what its chips name (``first``, ``second``)."""

    store: Store
    listing: Listing
    values: Mapping[str, object] = field(default_factory=dict)

    def keys(self, selection: Selection) -> list[str]:
        """The ids of a selection's lines, in its order; by default the local order of villages."""
        field, descending = selection.sort or ("", False)
        rows = self._select(selection, "r.id", f"ORDER BY {self._order(field, descending)}")
        return [row[0] for row in rows]

    def of_owner(self, owner_id: str, selection: Selection) -> list[str]:
        """The ids of a selection's lines that belong to one person, or to a record behind them."""
        condition = f"r.{self.listing.owner} = :owner"
        order = f"ORDER BY {self._order('', False)}"
        rows = self._select(selection, "r.id", order, condition=condition, owner=owner_id)
        return [row[0] for row in rows]

    def chip_counts(self, selection: Selection) -> dict[str, int]:
        """How many of a selection's lines each chip would leave, whatever chip the selection has."""
        sums = ", ".join(f"coalesce(sum({self._chip(chip)}), 0)" for chip in self.listing.chips)
        counts = self._select(replace(selection, chip="all"), sums)[0]
        return dict(zip(self.listing.chips, counts, strict=True))

    def facet(self, field: str, selection: Selection) -> list[tuple[object, int]]:
        """Stored values of a column among a selection's lines, with counts, apart from its own filter."""
        others = tuple(each for each in selection.filters if each[0] != field)
        value = self._expression(field)
        order = ", ".join(_PLACES_BY.get(field, (f"{value} IS NULL", value)))
        return self._select(
            replace(selection, filters=others), f"{value}, count(*)", f"GROUP BY 1 ORDER BY {order}"
        )

    def places(self, keys: Sequence[str], selection: Selection) -> dict[str, str | None]:
        """The division that each line belongs to: the record's, else the person's."""
        condition = "r.id IN (SELECT value FROM json_each(:keys))"
        columns = f"r.id, {self._place()}"
        rows = self._select(selection, columns, condition=condition, keys=json.dumps(list(keys)))
        return {row[0]: row[1] for row in rows}

    def computed(self, keys: Sequence[str], selection: Selection) -> dict[str, dict[str, object]]:
        """What is computed of some lines, by key and column."""
        names = [column.name for column in self.listing.columns if self._is_computed(column.name)]
        columns = ", ".join(("r.id", *map(self._expression, names)))
        condition = "r.id IN (SELECT value FROM json_each(:keys))"
        rows = self._select(selection, columns, condition=condition, keys=json.dumps(list(keys)))
        return {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}

    def _select(
        self, selection: Selection, columns: str, tail: str = "", *, condition: str = "", **more: object
    ) -> list[Any]:
        on = selection.on
        months = on.year * 12 + on.month + 5
        values: dict[str, object] = {
            "day": on.isoformat(),
            "born_after": f"{on.year - 36:04d}-{on.month:02d}",  # 36 is reached in the month itself
            "in_six_months": f"{months // 12:04d}-{months % 12 + 1:02d}",
            **self.values,
            **more,
        }
        conditions = [self._chip(selection.chip), condition or self._begun()]
        if selection.divisions is not None:
            conditions.append(f"{self._place()} IN (SELECT value FROM json_each(:divisions))")
            values["divisions"] = json.dumps(list(selection.divisions))
        if selection.search is not None:
            conditions.append(self._found(selection, values))
        for number, (column, wanted) in enumerate(selection.filters):
            conditions.append(self._filter(column, wanted, f"f{number}", values))
        query = f"SELECT {columns} {self._from()} WHERE {' AND '.join(conditions)} {tail}"
        named = {name: value for name, value in values.items() if f":{name}" in query}
        return self.store.db.conn.execute(query, named).fetchall()

    def _begun(self) -> str:
        begins = _BEGINS.get(self.listing.name)
        return f"(r.{begins} IS NULL OR r.{begins} <= :day)" if begins else "1"

    def _from(self) -> str:
        """Each join adds one row, so SQLite leaves out those that a query does not name."""
        person = self._of("person_id") or "NULL"
        behind = " ".join(
            f"LEFT JOIN {each.register.name} b{number} ON b{number}.id = r.{each.link}"
            for number, each in enumerate(self.listing.behind)
        )
        return f"""
            FROM {self.listing.name} r {behind} LEFT JOIN person p ON p.id = {person}
            LEFT JOIN name_order n ON n.person_id = {person}
            LEFT JOIN division d ON d.code = {self._place()}
            LEFT JOIN division u ON u.code = iif(d.kind = 'township', d.code, d.parent)"""

    def _place(self) -> str:
        return self._of("division_code") or _HOME

    def _of(self, field: str) -> str | None:
        """A field of the record, else of the one that it belongs to."""
        if field in self.listing.stored:
            return f"r.{field}"
        owners = (
            f"b{number}.{field}"
            for number, each in enumerate(self.listing.behind)
            if each.owns and hasattr(each.register.record, field)
        )
        return next(owners, None)

    def _expression(self, field: str) -> str:
        if field == "id":  # of no column: just these lines
            return "r.id"
        if field in self.listing.own:
            return f'r."{field}"'
        if (behind := self.listing.behind_of(field)) is not None:
            return f'b{self.listing.behind.index(behind)}."{behind.columns[field]}"'
        return sector.COLUMNS.get(self.listing.name, _OTHERS).get(field) or _OTHERS.get(field, f"p.{field}")

    def _found(self, selection: Selection, values: dict[str, object]) -> str:
        """What a typed text finds: people by key, villages by name, and the words of the record itself."""
        search = selection.search
        assert search is not None
        ways = ["0"]
        if (people := "person_id" if self.listing.owner == "person_id" else self.listing.name) in _BY_PEOPLE:
            ways.append(_BY_PEOPLE[people])
            values |= {"low": search.key, "high": f"{search.key}\U0010ffff"}
        if search.divisions:
            ways.append(f"{self._place()} IN (SELECT value FROM json_each(:named))")
            values["named"] = json.dumps(list(search.divisions))
        if search.title:
            words = [c for c in self.listing.columns if c.kind in _WORDS and self._is_of_record(c.name)]
            ways += [f"instr({self._expression(column.name)}, :title)" for column in words]
            values["title"] = search.title
        if search.names:
            ways += [f"{self._expression(c)} IN (SELECT value FROM json_each(:names))" for c in self._named()]
            values["names"] = json.dumps(list(search.names))
        return f"({' OR '.join(ways)})"

    def names(self) -> set[str]:
        """What the record, or one behind it, or somebody in it is called: every name of the list."""
        found: set[str] = set()
        for column in self._named():
            query = f"SELECT DISTINCT {self._expression(column)} {self._from()}"
            found |= {name for (name,) in self.store.db.conn.execute(query) if name}
        return found

    def _named(self) -> list[str]:
        """The columns that hold names, of a list that is not of people."""
        if self.listing.owner == "person_id":
            return []
        own = (c for c in self.listing.columns if self._is_of_record(c.name))
        return [c.name for c in own if c.kind in (NAME, BRANCH_NAME) or c.name in ("name", "organization")]

    def _is_computed(self, column: str) -> bool:
        others = sector.COLUMNS.get(self.listing.name, {}).keys() | _OTHERS.keys() - {
            "township",
            "village",
            "posts",
        }
        return column in others and not self._is_of_record(column)

    def _is_of_record(self, column: str) -> bool:
        return column in self.listing.own or self.listing.behind_of(column) is not None

    def _chip(self, chip: str) -> str:
        if chip == "incomplete":
            missing = (f"{self._expression(name)} IS NULL" for name in self.listing.essential)
            return f"({' OR '.join(missing)})"
        return "1" if chip == "all" else f"({sector.CHIPS.get(self.listing.name, _CHIPS)[chip]})"

    def _filter(self, field: str, wanted: frozenset[object], mark: str, values: dict[str, object]) -> str:
        expression = self._expression(field)
        values[mark] = json.dumps(list(wanted - {None}))
        clause = f"{expression} IN (SELECT value FROM json_each(:{mark}))"
        return f"({clause} OR {expression} IS NULL)" if None in wanted else clause

    def _order(self, field: str, descending: bool) -> str:
        direction = "DESC" if descending else "ASC"
        name_orders = NAME_ORDERS if self._of("person_id") else {}
        orders = _PLACES_BY | name_orders
        first = orders[field] if field in orders else (self._expression(field),) if field else ()
        then = (*_PLACES, *_THEN.get(self.listing.name, ()), *name_orders.get("name:surname", ()), "r.id")
        return ", ".join((*(f"{sql} IS NULL, {sql} {direction}" for sql in first), *then))
