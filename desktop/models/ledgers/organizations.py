"""The content of 两新组织台账: every unit with its party organisation; A4 leaves out what an inspector asks last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.listed import ListedForm, Shape
from desktop.models.ledgers.usual import Around, as_of
from desktop.models.registers.checklist import GRADES
from desktop.models.registers.listing import Line
from desktop.models.registers.new_sector import ORGANIZATION_KIND, Organization
from desktop.models.registers.sector_listings import ORGANIZATIONS

_MEMBERS = "党员数"
_FORM = ListedForm(  # the order of columns is part of the form (domain.md §2, Recommended)
    listing=ORGANIZATIONS,
    shapes={
        "township": Shape(15, "乡镇"),
        "village": Shape(18, "所在社区\n或乡镇"),
        "name": Shape(30, left=True),
        "credit_code": Shape(22, "统一社会\n信用代码"),
        "kind": Shape(13),
        "area": Shape(18, "行业\n（片区）", a4=False),
        "industry_committee": Shape(19, "所属行业\n党委", a4=False),
        "address": Shape(21, a4=False, left=True),
        "head": Shape(21, "负责人\n电话\n政治面貌"),
        "employees": Shape(10, "从业\n人数"),
        "full_members": Shape(8, "正\n式", _MEMBERS),
        "probationary_members": Shape(8, "预\n备", _MEMBERS),
        "floating_members": Shape(10, "流动\n党员", a4=False),
        "branch": Shape(30, "党组织名称", left=True),
        "form": Shape(12, "组建\n方式"),
        "founded": Shape(15, "成立\n时间", a4=False),
        "approval": Shape(19, a4=False),
        "secretary": Shape(21, "书记\n电话"),
        "instructor": Shape(26, "党建指导员\n（派出单位）"),
        "grade": Shape(20, "8+N 等级\n及日期"),
        "brand": Shape(16, "品牌", a4=False),
        "not_founded_reason": Shape(18, "未建原因"),
        "remarks": Shape(12, a4=False),
    },
)
_BODY_PT = 9.0


def organizations_ledger(
    lines: Sequence[Line],
    around: Around,
    *,
    on: date,
    full_ids: bool,
) -> Ledger:
    """The ledger of some units that are open, in their order.

    Args:
        lines: behind them only party organisations that stand and instructors that serve on the day.
        full_ids: print telephones whole.
    """
    return _FORM.ledger(
        lines,
        _total(lines),
        around,
        time=as_of(on),
        unit="个、人",
        full=full_ids,
        disclosed=people_with_phones(lines),
        worded=[_worded(line, full=full_ids) for line in lines],
        body_pt=_BODY_PT,
    )


def _worded(line: Line, *, full: bool) -> dict[str, str]:
    """What stands otherwise on paper than in a list: some columns share a cell."""

    def text(name: str) -> str:
        return _FORM.text(line, name, full=full)

    sender = text("instructor_unit")
    return {
        "head": stacked(text("head"), text("head_phone"), text("head_political_status")),
        "secretary": stacked(text("secretary"), text("secretary_phone")),
        "instructor": stacked(text("instructor"), f"（{sender}）" if sender else ""),
        "grade": text("grade").replace(" 类 ", " 类\n"),
    }


def stacked(*texts: str) -> str:
    """Texts of one cell, each on a line; empty ones left out."""
    return "\n".join(filter(None, texts))


def _total(lines: Sequence[Line]) -> str:
    branches = {line.record.branch_id: line for line in lines if "branch_id" in line.behind}
    grades = Counter(str(line.computed["grade"] or "")[:1] for line in branches.values())
    instructors = {line.record.instructor_id for line in lines if "instructor_id" in line.behind}
    classes = "，".join(f"{grade} 类 {grades[grade]} 个" for grade in GRADES)
    members = (
        ("employees", "从业人员"),
        ("full_members", "正式党员"),
        ("probationary_members", "预备党员"),
        ("floating_members", "流动党员"),
    )
    return (
        f"{units_in_words(lines)}；8+N 等级：{classes}；党建指导员 {len(instructors)} 人；"
        f"{counted([line.record for line in lines], members)}"
    )


def units_in_words(lines: Sequence[Line]) -> str:
    """How many units there are, of which kinds, and how many are covered by how many party organisations."""
    kinds = Counter(line.record.kind for line in lines)
    each = "，".join(
        f"{ORGANIZATION_KIND.show(kind)} {kinds[kind]} 个" for kind in sorted(filter(None, kinds))
    )
    covering = [line.record.branch_id for line in lines if "branch_id" in line.behind]
    return (
        f"{len(lines)} 个单位"
        + (f"（{each}）" if each else "")
        + f"，已由 {len(set(covering))} 个党组织覆盖 "
        f"{len(covering)} 个"
    )


def counted(units: Sequence[Organization], fields: Iterable[tuple[str, str]]) -> str:
    """The sum of some fields that count people, each with its word."""
    return "，".join(
        f"{words} {sum(getattr(unit, name) or 0 for unit in units)} 人" for name, words in fields
    )


def people_with_phones(lines: Sequence[Line]) -> int:
    """The heads and secretaries of some units who have a telephone, each once."""
    heads = sum(line.record.head_phone is not None for line in lines)
    branches = {key: line.behind["branch_id"] for line in lines if (key := _branch_of(line)) is not None}
    return heads + sum(branch.secretary_phone is not None for branch in branches.values())


def _branch_of(line: Line) -> str | None:
    return line.record.branch_id if "branch_id" in line.behind else None
