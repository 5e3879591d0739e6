"""How a register is looked at (台账页): its lines with the person and village they belong to, columns, chips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from typing import Any

from desktop.models.domain.fields import Field, Register
from desktop.models.registers.division import Division
from desktop.models.registers.person import PERSON, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a register: the record, whom and where it belongs to, what is computed beside it."""

    record: Any
    person: Person | None
    division: Division | None
    township: str  # name
    # of the listing's columns that nothing stores
    computed: Mapping[str, object] = field(default_factory=dict)
    behind: Mapping[str, Any] = field(default_factory=dict)  # the records behind it, by ``Behind.link``

    @property
    def key(self) -> str:
        """The record's id: what a line is, whatever is edited in it."""
        return str(self.record.id)

    @property
    def name(self) -> str:
        """What it is called: its person, else itself, else what it belongs to, else its village."""
        named = (self.person, self.record, *self.behind.values())
        names = (getattr(each, "name", None) for each in named)
        place = self.division.short_name if self.division else ""
        return next((str(name) for name in names if name), place)


Values = Mapping[str, object]  # stored values of a record, by field


def _nothing(_values: Values) -> Values:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A record that lines refer to (所属): a unit's party organisation, a visit's instructor, an appraisal's entry.

    Its columns are shown and edited on the line; editing one edits the record, whatever other lines refer to it.
    """

    link: str  # the line's stored field that holds its id
    register: Register
    noun: str = ""
    owns: bool = False  # whether lines belong to it: they lie where it lies, and go with it
    columns: Mapping[str, str] = field(default_factory=dict)  # the line's → the record's field
    named: str = ""  # the column that says which record it is, by its name in the township
    makes: bool = False  # whether a name that is not known makes one
    ended: str = ""  # the record's field: what has ended is taken for nothing new
    apart: str = ""  # the record's field that tells namesakes apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """The page of one register, declared once.

    Columns are the record's own fields, some of the person's, the place (``township``, ``village``) and computed
    ones; a record's own field goes before a person's of the same name.
    """

    register: Register
    noun: str  # one line of it, in what officers read of a change
    columns: tuple[Field, ...]
    chips: Mapping[str, str] = field(default_factory=lambda: {"all": "全部"})
    needed: tuple[str, ...] = ()  # no record without them
    essential: tuple[str, ...] = ()  # 信息不全 without them
    unique: tuple[str, ...] = ()  # stored fields that no two records share: the same line of a workbook
    behind: tuple[Behind, ...] = ()
    in_township: bool = False  # whether a record may lie in a township itself
    makes_people: bool = True  # whether somebody unknown may stand on it
    proposes: Callable[[Values], Values] = _nothing  # what follows from other fields, unless typed otherwise
    own: frozenset[str] = field(init=False)
    stored: frozenset[str] = field(init=False)  # every field of the record, those nobody sees too
    shown: Register = field(init=False)  # all columns, for headings and labels

    def __post_init__(self) -> None:
        stored = frozenset(each.name for each in dataclass_fields(self.register.record))
        columns = Register(
            name=self.register.name, title=self.register.title, record=Line, fields=self.columns
        )
        object.__setattr__(self, "stored", stored)
        object.__setattr__(self, "own", frozenset(f.name for f in self.register.fields) & stored)
        object.__setattr__(self, "shown", columns)

    @property
    def name(self) -> str:
        """The register's."""
        return self.register.name

    @property
    def owner(self) -> str | None:
        """The field that says whom or what a record belongs to; None: a village alone."""
        if "person_id" in self.stored:
            return "person_id"
        return next((behind.link for behind in self.behind if behind.owns), None)

    @property
    def tells_owner(self) -> bool:
        """Whether a line says by itself what it belongs to, so that a workbook can bring new ones."""
        if self.owner == "person_id":
            return "name" in self.of_person
        return all(behind.named for behind in self.behind if behind.owns)

    def behind_of(self, column: str) -> Behind | None:
        """The record behind a line whose a column is."""
        return next((each for each in self.behind if column in each.columns), None)

    @property
    def of_person(self) -> frozenset[str]:
        """The columns that are the person's."""
        if self.owner != "person_id":
            return frozenset()
        return frozenset(column.name for column in self.columns if column.name in _PERSON) - self.own

    def value_of(self, line: Line, name: str) -> object:
        """The stored value of a column: the record's, the person's, the place's, or what is computed."""
        if name in self.own:
            return getattr(line.record, name)
        if (behind := self.behind_of(name)) is not None:
            return getattr(line.behind.get(behind.link), behind.columns[name], None)
        if name == "township":
            return line.township
        if name == "village":
            return line.division.short_name if line.division else None
        if name in line.computed:
            return line.computed[name] or None
        return getattr(line.person, name) if line.person and name in _PERSON else None


_PERSON = frozenset(declared.name for declared in PERSON.fields)
