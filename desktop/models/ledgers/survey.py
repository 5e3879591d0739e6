"""The content of 两新组织摸底表: what offices are asked of every unit, covered or not, with members to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.listed import ListedForm, Shape
from desktop.models.ledgers.organizations import counted, people_with_phones, stacked, units_in_words
from desktop.models.ledgers.usual import Around, as_of
from desktop.models.registers.kinds import WAN_YUAN
from desktop.models.registers.listing import Line
from desktop.models.registers.sector_listings import ORGANIZATIONS

SURVEY_TITLE = "两新组织摸底表"
_MEMBERS, _TO_BE, _HEAD, _PARTY, _WORK = "党员人数", "发展党员", "负责人", "党组织覆盖", "工作覆盖"
_FORM = ListedForm(  # the columns of the forms in use, those of 社会组织 among them (domain.md §2)
    listing=ORGANIZATIONS,
    shapes={
        "township": Shape(14, "乡镇"),
        "village": Shape(17, "所在社区\n或乡镇"),
        "name": Shape(28, left=True),
        "credit_code": Shape(23, "信用代码\n或登记证号"),
        "established": Shape(15, "创办\n时间"),
        "main_business": Shape(21, a4=False, left=True),
        "output": Shape(14, "年产值\n万元", a4=False),
        "kind": Shape(17, "类型\n及种类"),
        "employees": Shape(10, "从业\n人数"),
        "full_members": Shape(8, "正\n式", _MEMBERS),
        "probationary_members": Shape(8, "预\n备", _MEMBERS),
        "full_time_members": Shape(11, "专职/\n兼职", _MEMBERS, a4=False),
        "development_targets": Shape(9, "发展\n对象", _TO_BE, a4=False),
        "activists": Shape(9, "积极\n分子", _TO_BE, a4=False),
        "applicants": Shape(9, "申请\n人", _TO_BE, a4=False),
        "head": Shape(21, "姓名\n电话", _HEAD),
        "head_identity": Shape(17, "身份", _HEAD, a4=False),
        "branch": Shape(25, "名称", _PARTY, left=True),
        "founded": Shape(15, "成立\n时间", _PARTY, a4=False),
        "form": Shape(11, "组建\n方式", _PARTY),
        "approval": Shape(24, "批准文号\n及隶属", _PARTY, a4=False),
        "secretary": Shape(21, "书记\n电话", _PARTY),
        "instructor": Shape(21, "指导员\n电话", _WORK),
        "has_branch": Shape(7, "未\n覆盖"),
        "not_founded_reason": Shape(16, "未建\n原因"),
    },
)
_BODY_PT = 9.0


def survey_ledger(
    lines: Sequence[Line],
    around: Around,
    *,
    on: date,
    full_ids: bool,
) -> Ledger:
    """The form about some units that are open, in their order.

    Args:
        lines: behind them only party organisations that stand and instructors that serve on the day.
        full_ids: print telephones whole.
    """
    return _FORM.ledger(
        lines,
        _total(lines),
        around,
        time=as_of(on),
        unit="个、人、万元",
        full=full_ids,
        disclosed=people_with_phones(lines) + _instructors_with_phones(lines),
        worded=[_worded(line, full=full_ids) for line in lines],
        notes=("未覆盖：没有党组织，也没有派党建指导员的单位。",),
        body_pt=_BODY_PT,
    )


def _worded(line: Line, *, full: bool) -> dict[str, str]:
    """What stands otherwise on paper than in a list: some columns share a cell."""

    def text(name: str) -> str:
        return _FORM.text(line, name, full=full)

    members = (text("full_time_members"), text("part_time_members"))
    return {
        "credit_code": stacked(text("credit_code"), text("registration")),
        "kind": stacked(text("kind"), text("social_kind")),
        "full_time_members": "/".join(each or "0" for each in members) if any(members) else "",
        "head": stacked(text("head"), text("head_phone")),
        "head_identity": stacked(text("head_political_status"), text("head_identity")),
        "approval": stacked(text("approval"), text("superior")),
        "secretary": stacked(text("secretary"), text("secretary_phone")),
        "instructor": stacked(text("instructor"), text("instructor_phone")),
        "has_branch": "" if line.behind else "√",
    }


def _total(lines: Sequence[Line]) -> str:
    units = [line.record for line in lines]
    output = WAN_YUAN.show(sum(unit.output or 0 for unit in units))
    to_be = (("development_targets", "发展对象"), ("activists", "积极分子"), ("applicants", "申请人"))
    return (
        f"{units_in_words(lines)}；没有覆盖 {sum(not line.behind for line in lines)} 个；"
        f"年产值 {output} 万元；{counted(units, to_be)}"
    )


def _instructors_with_phones(lines: Sequence[Line]) -> int:
    there = (line.behind.get("instructor_id") for line in lines)
    return len({each.id for each in there if each is not None and each.phone is not None})
