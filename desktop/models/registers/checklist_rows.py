"""The matrix of “8+N” as pages and paper have it: party organisations by items, made of what checklist.py keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.models.registers.checklist import (
    GRADES,
    STATUS,
    Assessment,
    AssessmentItem,
    Grading,
)
from desktop.models.registers.new_sector import PartyBranch
from desktop.models.registers.schemes import Scheme, SchemeItem

UNGRADED = ""  # among the classes: nobody has decided on one
ALL_GRADES = (*GRADES, UNGRADED)


@dataclass(frozen=True, slots=True)
class CellKey:
    """What a cell is, whether or not anything was written in it."""

    branch_id: str
    period: str  # Period
    code: str  # SchemeItem.code


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistCell:
    """One item of one party organisation in one period."""

    key: CellKey
    item: SchemeItem
    worth: float  # the most points it can have
    record: AssessmentItem | None = None  # None: nothing was ever written
    photos: int = 0
    open: bool = False  # 待整改: has a deadline that nobody closed or carried on to a later period
    overdue: int = 0  # days
    doubts: Mapping[str, str] = field(default_factory=dict)  # field → words

    @property
    def status(self) -> str | None:
        """STATUS; None: 未填."""
        return self.record.status if self.record else None

    @property
    def words(self) -> str:
        """The status and, where it is overdue, since when."""
        said = STATUS.show(self.status) or "未填"
        return f"{said}（逾期 {self.overdue} 天）" if self.overdue else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the items of one organisation come to; a person decides on the class.

    ``percent`` is ``points`` of ``possible``, as a hundred: items that are not applicable count in neither.
    """

    met: int
    applicable: int  # items but those not applicable
    filled: int  # of those, how many have a status
    points: float
    possible: float
    percent: float | None  # None: no item is filled
    # self_points, township_points, city_points → their sum, where any were given
    parties: Mapping[str, float]
    suggestion: str | None  # GRADES
    why: str

    @property
    def completion(self) -> str:
        """达标项数，如 7/8."""
        return f"{self.met}/{self.applicable}"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One party organisation in one period; ``cells`` stand in the order of the matrix's columns."""

    branch: PartyBranch
    township: str  # name
    place: str  # name of the village or community, or of the township itself
    scheme: Scheme
    cells: tuple[ChecklistCell | None, ...]  # None: the organisation has no such item
    verdict: Verdict
    assessment: Assessment | None = None
    grading: Grading | None = None  # the last decision, in this period or an earlier one
    decided: bool = False  # in this very period

    @property
    def grade(self) -> str:
        """GRADES, or UNGRADED."""
        return self.grading.grade if self.grading else UNGRADED

    @property
    def items(self) -> tuple[ChecklistCell, ...]:
        """The cells that there are."""
        return tuple(filter(None, self.cells))


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: an item that everybody has, or a place for the N items of single organisations."""

    code: str
    label: str  # ①活动阵地, N1
    own: bool
    says: str = ""
    met: int = 0
    partly: int = 0
    unmet: int = 0
    not_applicable: int = 0
    unfilled: int = 0
    overdue: int = 0

    @property
    def total(self) -> str:
        """What stands at its foot: 缺 3，未填 2; 齐 where nothing is missing."""
        parts = [f"缺 {self.unmet}"] if self.unmet else []
        if self.unfilled:
            parts.append(f"未填 {self.unfilled}")
        return "，".join(parts) or "齐"


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixQuery:
    """Which organisations and which of them to show; nothing given: all."""

    unit: str | None = None  # division code; None: the whole office
    grades: tuple[str, ...] = ()  # GRADES, UNGRADED
    item: str | None = None  # code, for ``statuses``; None: any item
    statuses: tuple[str | None, ...] = ()  # STATUS, None: 未填
    overdue: bool = False
    search: str = ""  # a part of the name, or of its pinyin or initials
    of: frozenset[str] | None = None  # just these organisations, by id; None: all


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Everything a page shows of a period."""

    period: str
    columns: tuple[Column, ...]  # totals are those of the rows shown
    rows: tuple[MatrixRow, ...]
    grades: Mapping[str, int]  # of all organisations asked for, before the filters: A, B, C, UNGRADED

    @property
    def carried(self) -> str:
        """Classes of the rows that were decided before the period (其中 C 类 2 个为上期定级); empty where none was."""
        kept = Counter(row.grade for row in self.rows if row.grading and not row.decided)
        words = "、".join(f"{grade} 类 {kept[grade]} 个" for grade in GRADES if kept[grade])
        return f"其中 {words}为上期定级" if words else ""

    def cell(self, key: CellKey) -> ChecklistCell | None:
        """The cell of a key, where it is shown."""
        cells = (cell for row in self.rows if row.branch.id == key.branch_id for cell in row.items)
        return next((cell for cell in cells if cell.key == key), None)
