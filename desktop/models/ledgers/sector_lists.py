"""The content of the lists of the new sector: 指导员台账, 走访台账, 升降级台账, 整改清单."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from desktop.models.domain.fields import Field, Plain
from desktop.models.domain.periods import Period
from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.listed import ListedForm, Shape
from desktop.models.ledgers.usual import Around, as_of, chinese_day
from desktop.models.registers.checklist import ASSESSMENT_ITEM, GRADE, GRADING, STATUS, AssessmentItem
from desktop.models.registers.listing import Line, Listing
from desktop.models.registers.new_sector import ENGAGEMENT
from desktop.models.registers.sector_listings import INSTRUCTORS, PLACE, VISITS
from desktop.models.rules.checklist import days_overdue, is_open, progress

VISITS_TITLE = "党建指导员走访台账"
RECTIFICATION_TITLE = "两新党组织“8+N”整改清单"
_BODY_PT = 9.0  # lists of hundreds of lines
_PLACE = {"township": Shape(20, "乡镇"), "village": Shape(22, "所在社区\n或乡镇")}
_INSTRUCTORS = ListedForm(
    listing=INSTRUCTORS,
    shapes={
        **_PLACE,
        "name": Shape(18),
        "engagement": Shape(12, "专/\n兼职"),
        "phone": Shape(25),
        "unit": Shape(34, left=True),
        "post": Shape(26),
        "level": Shape(16, "级别"),
        "start": Shape(17, "派驻\n时间", a4=False),
        "units": Shape(60, "指导单位", left=True),
        "visits_planned": Shape(15, "每月\n计划", "走访（次）"),
        "visits": Shape(15, "本年\n实际", "走访（次）"),
    },
)
_VISITS = ListedForm(
    listing=VISITS,
    shapes={
        **_PLACE,
        "day": Shape(20),
        "instructor": Shape(18, "指导员"),
        "instructor_unit": Shape(32, left=True),
        "organization": Shape(50, left=True),
        "matter": Shape(60, left=True),
        "result": Shape(50, left=True),
    },
)
# what is printed only: lines that nobody lists on a page of its own
_PERIOD = Field(name="period", label="期次", kind=Plain(shows=lambda period: Period.parse(period).label))
_BRANCH = Field(name="branch", label="党组织")
_MOVES = ListedForm(
    listing=Listing(
        register=GRADING,
        noun="定级",
        columns=(
            *(*PLACE, _BRANCH, *GRADING.fields, _PERIOD),
            Field(name="before", label="原等级", kind=GRADE),
            Field(name="move", label="变动类型"),
        ),
    ),
    shapes={
        "decided": Shape(20, "时间"),
        **_PLACE,
        "branch": Shape(46, left=True),
        "period": Shape(26),
        "before": Shape(26),
        "grade": Shape(26, "现等级"),
        "move": Shape(18),
        "reason": Shape(46, left=True),
        "approved_by": Shape(28),
    },
)
_RECTIFICATIONS = ListedForm(
    listing=Listing(
        register=ASSESSMENT_ITEM,
        noun="整改",
        columns=(
            *(*PLACE, _BRANCH, *ASSESSMENT_ITEM.fields, _PERIOD),
            *(Field(name="item", label="项目"), Field(name="progress", label="整改进展")),
        ),
    ),
    shapes={
        **_PLACE,
        "branch": Shape(42, left=True),
        "period": Shape(20),
        "item": Shape(18),
        "status": Shape(16),
        "reason": Shape(44, "存在问题（扣分原因）", left=True),
        "due": Shape(20),
        "progress": Shape(22),
        "closing": Shape(40, left=True),
        "closed": Shape(20),
    },
)


def instructors_ledger(
    lines: Sequence[Line],
    units: Mapping[str, Sequence[str]],
    around: Around,
    *,
    on: date,
    full_ids: bool,
) -> Ledger:
    """The ledger of some instructors who serve on a day, in their order.

    Args:
        units: the names of the open units that each looks after, by the instructor's id.
        full_ids: print telephones whole.
    """
    people = [line.record for line in lines]
    kinds = Counter(person.engagement for person in people)
    each = "，".join(f"{label} {kinds[code]} 人" for code, label in ENGAGEMENT.codes.labels.items())
    idle = sum(not units.get(person.id) for person in people)
    visits = [_number(line, "visits") for line in lines]
    return _INSTRUCTORS.ledger(
        lines,
        f"在任 {len(people)} 人（{each}），指导单位 {sum(len(units.get(one.id, ())) for one in people)} 个，"
        f"没有指导单位的 {idle} 人；本年走访 {sum(visits)} 次，走访过的 {sum(map(bool, visits))} 人",
        around,
        time=as_of(on),
        unit="人、个、次",
        full=full_ids,
        disclosed=sum(person.phone is not None for person in people),
        worded=[
            {"units": "、".join(units.get(person.id, ())), "visits": str(number)}
            for person, number in zip(people, visits, strict=True)
        ],
        notes=(f"本年走访：{on.year}年1月1日至{chinese_day(on)}登记的走访次数。",),
        body_pt=_BODY_PT,
    )


def visits_ledger(
    lines: Sequence[Line],
    around: Around,
    *,
    days: tuple[date, date],
) -> Ledger:
    """The ledger of some visits, in their order.

    Args:
        days: the first and the last day of the visits, both counted.
    """
    visits = [line.record for line in lines]
    units = {visit.organization_id for visit in visits} - {None}
    solved = sum(visit.result is not None for visit in visits)
    return _VISITS.ledger(
        lines,
        f"走访 {len(visits)} 次：指导员 {len({visit.instructor_id for visit in visits})} 人，"
        f"单位 {len(units)} 个；写明解决问题的 {solved} 次",
        around,
        time=_between(*days),
        unit="次",
        body_pt=_BODY_PT,
    )


def class_moves_ledger(
    lines: Sequence[Line],
    around: Around,
    *,
    since: date,
    until: date,
) -> Ledger:
    """The ledger of decisions that changed a class, in their order.

    Args:
        lines: of Grading; computed are ``branch``, ``before`` (GRADE) and ``move`` (首次定级, 升级, 降级).
        since: the first day, counted too, as is ``until``.
    """
    moves = Counter(line.computed["move"] for line in lines)
    each = "，".join(f"{move} {number}" for move, number in moves.items())
    return _MOVES.ledger(
        lines,
        f"{len(lines)} 条" + (f"：{each}" if each else ""),
        around,
        time=_between(since, until),
        unit="条",
    )


def rectification_ledger(lines: Sequence[Line], around: Around, *, on: date) -> Ledger:
    """What is to be put right by when, what is late, what was closed (销号), in their order.

    Args:
        lines: of AssessmentItem; computed are ``branch``, ``period`` and ``item``.
        on: the day from which days overdue are counted.
    """
    records = [line.record for line in lines]
    return _RECTIFICATIONS.ledger(
        lines,
        _put_right(records, on),
        around,
        time=as_of(on),
        unit="项",
        worded=[
            {"status": STATUS.show(record.status) or "未填", "progress": progress(record, on)}
            for record in records
        ],
        notes=("逾期天数按统计截止日计算；达标后还没有填销号日期的，列为“已达标，待销号”。",),
    )


def _put_right(records: Sequence[AssessmentItem], on: date) -> str:
    if not records:
        return "没有要整改的项目"
    days = [days_overdue(record, on) for record in records]
    closed = sum(record.closed is not None for record in records)
    late = sum(number > 0 for number in days)
    still = sum(map(is_open, records))
    longest = f"（最长 {max(days)} 天）" if late else ""
    return (
        f"{len(records)} 项：整改中 {still - late} 项，逾期 {late} 项{longest}，"
        f"已达标待销号 {len(records) - still - closed} 项，已销号 {closed} 项"
    )


def _between(since: date, until: date) -> str:
    return f"统计时间：{chinese_day(since)}至{chinese_day(until)}"


def _number(line: Line, name: str) -> int:
    value = line.computed[name]
    return value if isinstance(value, int) else 0  # None: none
