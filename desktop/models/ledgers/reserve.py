"""The content of 村级后备干部台账 (form T3): A3 has every column, A4 those that fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.domain.months import age_on, show_month
from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span, placed_title
from desktop.models.ledgers.roster import padded
from desktop.models.registers.listing import Line
from desktop.models.registers.listings import RESERVES
from desktop.models.registers.reserve import ReserveCadre, in_reserve

# the order of columns is part of the form (domain.md T3)
_COLUMNS = {
    "serial": Column(label="序号", width_mm=9),
    "township": Column(label="乡镇", width_mm=20, merge=True),  # where lines are of several
    "village": Column(label="村\n（社区）", width_mm=20, merge=True),
    "name": Column(label="姓名", width_mm=16),
    "sex": Column(label="性\n别", width_mm=8),
    "birth": Column(label="出生年月\n（岁）", width_mm=17),
    "political_status": Column(label="政治面貌", width_mm=17),
    "education": Column(label="学历", width_mm=13),
    "occupation": Column(label="现从事工作/\n现任职务", width_mm=32, align=Align.LEFT),
    "source": Column(label="身份类别", width_mm=20),
    "aim": Column(label="后备方向", width_mm=25),
    "entered": Column(label="入库时间", width_mm=16),
    "recommended": Column(label="推荐方式", width_mm=18),
    "mentor": Column(label="培养联系人\n及职务", width_mm=26),
    "measures": Column(label="培养措施", width_mm=29, align=Align.LEFT),
    "appraisal": Column(label="年度评价", width_mm=20),
    "state": Column(label="在库\n状态", width_mm=12),
    "left": Column(label="出库时间\n及原因", width_mm=26, align=Align.LEFT),
    "remarks": Column(label="备注", width_mm=18),
}
_NOT_ON_A4 = frozenset({"source", "recommended", "remarks"})
_BODY_PT = {Paper.A3: 9.5, Paper.A4: 9.0}
_SIGNATURES = ("主要负责人签字：", "审核人：", "填表人：", "联系电话：", "填报日期：")
_JUNIOR_COLLEGE = "4"  # GB/T 4658: 1x, 2x, 3x are 大专及以上


def reserve_ledger(
    lines: Sequence[Line], *, place: str, signature: str, on: date, paper: Paper, gap: str = ""
) -> Ledger:
    """The ledger of some entries of the reserve, in their order.

    Args:
        lines: those who had entered by the day, those of one village together.
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
        on: the day the figures are of; whoever left later is in reserve still.
        gap: what villages lack, in words, printed below the table.
    """
    several = len({line.township for line in lines}) > 1
    names = [
        name
        for name in _COLUMNS
        if (paper is Paper.A3 or name not in _NOT_ON_A4) and (name != "township" or several)
    ]
    return Ledger(
        title=placed_title(place, RESERVES.register.title),
        columns=tuple(_COLUMNS[name] for name in names),
        rows=tuple(
            Row(
                tuple(str(number) if name == "serial" else _text(line, name, on) for name in names),
                line.record.division_code,
            )
            for number, line in enumerate(lines, start=1)
        ),
        head=(
            f"填报单位（盖章）：{signature}",
            f"统计截止时间：{on.year}年{on.month}月{on.day}日",
            "单位：人",
        ),
        totals=((Span("合计", 2), Span(_total(lines, on), len(names) - 2, Align.LEFT)),),
        notes=(gap,) if gap else (),
        signatures=_SIGNATURES,
        marking="内部资料 注意保管",
        paper=paper,
        body_pt=_BODY_PT[paper],
    )


def _text(line: Line, name: str, on: date) -> str:
    entry: ReserveCadre = line.record
    value = RESERVES.value_of(line, name)
    match name:
        case "name":
            return padded(str(value))
        case "birth" if isinstance(value, str):
            age = age_on(value, on)
            return show_month(value) + ("" if age is None else f"\n（{age}岁）")
        case "occupation":
            return "\n".join(filter(None, (entry.occupation, str(line.computed["posts"] or ""))))
        case "mentor":
            return "\n".join(filter(None, (entry.mentor, entry.mentor_post)))
        case "left" if in_reserve(entry, on):
            return ""
        case "left":
            told = (
                RESERVES.shown.field(each).kind.show(getattr(entry, each)) for each in ("left", "outcome")
            )
            return " ".join(filter(None, (*told, entry.left_reason)))
        case _:
            return RESERVES.shown.field(name).kind.show(value)


def _total(lines: Sequence[Line], on: date) -> str:
    inside = {line.person.id: line.person for line in lines if in_reserve(line.record, on) and line.person}
    villages = len({line.record.division_code for line in lines if in_reserve(line.record, on)})
    women = sum(person.sex == "2" for person in inside.values())
    ages = [age_on(person.birth, on) for person in inside.values() if person.birth]
    college = sum((person.education or "9") < _JUNIOR_COLLEGE for person in inside.values())
    left = sum(not in_reserve(line.record, on) for line in lines)
    return (
        f"在库 {villages} 个村（社区）{len(inside)} 人，其中女 {women} 人，"
        f"35 岁以下 {sum(age is not None and age <= 35 for age in ages)} 人，大专以上 {college} 人；已出库 {left} 人次"
    )
