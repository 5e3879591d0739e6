"""The content of 村（社区）“两委”班子成员花名册 (form T1): A3 has every column, A4 those that fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.domain.fields import Field
from desktop.models.domain.months import age_on, show_month
from desktop.models.domain.posts import ON_COMMITTEES
from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span, placed_title
from desktop.models.registers.roster import ROSTER, RosterRow, value_of

# the order of columns is part of the form (domain.md T1)
_FORM = (
    *("village", "name", "sex", "ethnic_group", "birth", "native_place", "political_status", "party_joined"),
    *("education", "education_full_time", "education_in_service", "school_major", "posts", "post_since"),
    *("cadre_since", "source", "both_heads", "cross", "delegate", "duties", "pay", "pension"),
    *("id_number", "phone", "remarks"),
)
_PARENTS = {
    "education": ("学历", "最高"),
    "education_full_time": ("学历", "全日\n制"),
    "education_in_service": ("学历", "在职"),
    "posts": ("现任职务", "职务"),
    "post_since": ("现任职务", "任现职时间"),
}
_LABELS = {
    "village": "村\n（社区）",
    "birth": "出生\n年月\n（岁）",
    "source": "身份类别\n（来源）",
    "pay": "年报酬\n（元）",
    "sex": "性\n别",
    "both_heads": "是否\n一肩\n挑",
    "cross": "是否\n交叉\n任职",
    "pension": "养老\n保险",
    "delegate": "两代\n表一\n委员",
    "political_status": "政治\n面貌",
    "party_joined": "入党\n时间",
}
_LEFT = frozenset({"school_major", "posts", "duties", "remarks", "native_place"})
_SERIAL = Column(label="序号", width_mm=9)
_BODY_PT = {Paper.A3: 9.0, Paper.A4: 9.5}
_SIGNATURES = ("主要负责人签字：", "审核人：", "填表人：", "联系电话：", "填报日期：")


def on_ledger(row: RosterRow) -> bool:
    """Whether somebody stands on T1: those who sit only on the 监委会, or whose post is not known, do not."""
    return any(term.post in ON_COMMITTEES for term in row.terms)


def roster_ledger(
    rows: Sequence[RosterRow],
    *,
    place: str,
    signature: str,
    on: date,
    paper: Paper,
    full_ids: bool,
    recorded: bool = False,
) -> Ledger:
    """The ledger of some roster lines, in their order.

    Args:
        rows: lines in the order of print, those of one village together.
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
        on: the day the figures are of (统计截止时间).
        full_ids: print identity numbers and telephones whole.
        recorded: the lines are as the records said that day (按当时记录), and the paper says so.
    """
    fields = [ROSTER.field(name) for name in _FORM if paper is Paper.A3 or ROSTER.field(name).a4_width_mm]
    printed = [row for row in rows if on_ledger(row)]
    if len({row.township for row in printed}) > 1:
        fields.insert(0, ROSTER.field("township"))
    return Ledger(
        title=placed_title(place, ROSTER.title),
        columns=(_SERIAL, *(_column(field, paper) for field in fields)),
        rows=tuple(
            Row((str(number), *(_text(row, field, on, full=full_ids) for field in fields)), row.division.code)
            for number, row in enumerate(printed, start=1)
        ),
        head=(
            f"填报单位（盖章）：{signature}",
            f"按{on.year}年{on.month}月{on.day}日当时的记录"
            if recorded
            else f"统计截止时间：{on.year}年{on.month}月{on.day}日",
            "单位：人、元",
        ),
        totals=(_total(printed, len(fields) + 1),),
        signatures=_SIGNATURES,
        marking="内部资料 注意保管",
        paper=paper,
        body_pt=_BODY_PT[paper],
        disclosed=len({row.person.id for row in printed}) if full_ids else 0,
    )


def _column(field: Field, paper: Paper) -> Column:
    parent, label = _PARENTS.get(field.name, ("", _LABELS.get(field.name, field.label)))
    if paper is Paper.A4 and field.name == "education":
        parent, label = "", field.label
    return Column(
        label=label,
        parent=parent,
        width_mm=field.width_mm if paper is Paper.A3 else field.a4_width_mm or field.width_mm,
        align=Align.LEFT
        if field.name in _LEFT
        else Align(field.kind.align)
        if field.name == "pay"
        else Align.CENTER,
        merge=field.name in ("township", "village"),
    )


def _text(row: RosterRow, field: Field, on: date, *, full: bool) -> str:
    value = value_of(row, field.name)
    if field.name == "name":
        return padded(str(value))
    if field.name == "birth" and isinstance(value, str):
        age = age_on(value, on)
        return show_month(value) + ("" if age is None else f"\n（{age}岁）")
    return field.kind.show(value) if full else field.kind.mask(value)


def padded(name: str) -> str:
    """A two-character name as it is printed: 张　三."""
    return f"{name[0]}\u3000{name[1]}" if len(name) == 2 else name


def _total(rows: Sequence[RosterRow], columns: int) -> tuple[Span, ...]:
    people = {row.person.id: row.person for row in rows}.values()
    villages = len({row.division.code for row in rows})
    women = sum(person.sex == "2" for person in people)
    members = sum(person.political_status in ("01", "02") for person in people)
    heads = sum(row.both_heads for row in rows)
    crossed = len({row.person.id for row in rows if row.on_both_committees})
    words = (
        f"{villages} 个村（社区），{len(people)} 人；其中女 {women} 人，中共党员（含预备）{members} 人，"
        f"一肩挑 {heads} 个村（社区），交叉任职 {crossed} 人"
    )
    return (Span("合计", 2), Span(words, columns - 2, Align.LEFT))
