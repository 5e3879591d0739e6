"""The content of one party organisation's “8+N” checklist: items, points, deadlines, who signs, the photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.models.domain.days import show_day
from desktop.models.domain.months import show_month
from desktop.models.domain.periods import Period
from desktop.models.ledgers.ledger import Align, placed_title
from desktop.models.ledgers.roster import padded
from desktop.models.ledgers.sheet import (
    Cell,
    Line,
    Picture,
    Sheet,
    labelled,
    photos,
    to_sign,
    unprinted,
    written,
)
from desktop.models.ledgers.usual import MARKING, reported_by
from desktop.models.registers.checklist import GRADE, AssessmentItem
from desktop.models.registers.checklist_rows import ChecklistCell, MatrixRow
from desktop.models.registers.kinds import show_points
from desktop.models.registers.new_sector import BRANCH_FORM

CHECKLIST_TITLE = "两新党组织“8+N”标准化清单"
_ITEMS, _PHOTOS = "items", "photos"  # groups of lines: their heading is repeated on the next page
_WIDTHS = (1.3, 3.6, 0.9, 0.55, 0.55, 0.55, 1.35, 1.2)
_HEADINGS = ("项目", "标准说明", "状态", "自评", "镇评", "市评", "扣分原因", "整改期限\n及销号")
_PHOTO_MM = 95.0  # two rows a page


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistPaper:
    """What a sheet needs besides the row: what the organisation covers, its photos in the order of items."""

    row: MatrixRow
    units: Sequence[str]
    pictures: Sequence[Picture]
    unreadable: Sequence[str]  # names of photos whose files are missing or damaged
    scheme: str  # its name and where it comes from


def checklist_sheet(paper: ChecklistPaper, *, title: str, place: str, signature: str) -> Sheet:
    """The sheet of one organisation in one period.

    Args:
        title: CHECKLIST_TITLE, as the new sector is called here.
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
    """
    row = paper.row
    heading = [Cell(text="证据照片", label=True, align=Align.CENTER)]
    evidence = (
        Line(cells=tuple(heading), group=_PHOTOS, heading=True),
        *photos(paper.pictures, least_mm=_PHOTO_MM, most_mm=_PHOTO_MM + 15, group=_PHOTOS),
    )
    return Sheet(
        title=placed_title(place, title),
        head=(
            reported_by(signature),
            "",
            f"期次：{Period.parse(row.items[0].key.period).label}" if row.items else "",
        ),
        lines=(
            *_about(paper),
            _table(_HEADINGS, heading=True),
            *(_table(_item(number, cell)) for number, cell in enumerate(row.items, start=1)),
            *_result(row),
            written("方案", paper.scheme, least_mm=0),
            to_sign("检查人（签字）：", "被检查单位（签字、盖章）：", "日期：", least_mm=18),
            *(evidence if paper.pictures else ()),
        ),
        notes=unprinted(paper.unreadable),
        marking=MARKING,
        subject=row.branch.name,
    )


def _about(paper: ChecklistPaper) -> tuple[Line, ...]:
    branch, row = paper.row.branch, paper.row
    where = row.township if row.place in row.township else f"{row.township}{row.place}"
    return (
        labelled(("党组织", branch.name), ("所在地", where)),
        labelled(("组建方式", BRANCH_FORM.show(branch.form)), ("成立时间", show_month(branch.founded or ""))),
        labelled(("书记", padded(branch.secretary or "")), ("党建品牌", branch.brand or "")),
        written(f"覆盖单位\n（{len(paper.units)} 个）", "、".join(paper.units), least_mm=0),
    )


def _result(row: MatrixRow) -> tuple[Line, ...]:
    verdict, assessment, grading = row.verdict, row.assessment, row.grading
    score = "" if verdict.percent is None else f"，折合 {show_points(str(verdict.percent))} 分"
    grade = f"{GRADE.show(grading.grade)}（{show_day(grading.decided)} 审批）" if grading else "未定级"
    remarks = assessment.remarks if assessment else None
    return (
        labelled(
            ("达标项数", f"{verdict.completion}{score}"),
            ("等级", grade if row.decided or not grading else f"{grade}，本期未定"),
        ),
        written("建议等级", verdict.why, least_mm=0),
        *((written("说明", remarks, least_mm=0),) if remarks else ()),
        labelled(("检查人", padded(_checked_by(row))), ("检查日期", show_day(_checked(row)))),
    )


def _item(number: int, cell: ChecklistCell) -> tuple[str, ...]:
    record = cell.record
    points = (record.self_points, record.township_points, record.city_points) if record else (None,) * 3
    name = f"{_circled(number)}{cell.item.name}" + ("\n（自选）" if cell.item.branch_id else "")
    return (
        name,
        cell.item.says or "",
        cell.words.replace("（", "\n").replace("逾期 ", "逾期\n").removesuffix("）"),
        *("" if each is None else show_points(str(each)) for each in points),
        (record.reason if record else None) or "",
        _deadline(record) if record else "",
    )


def _deadline(record: AssessmentItem) -> str:
    parts = [show_day(record.due)] if record.due else []
    if record.closed:
        parts.append(f"{show_day(record.closed)} 销号")
    return "\n".join((*parts, *filter(None, (record.closing,))))


def _table(texts: Sequence[str], *, heading: bool = False) -> Line:
    """A line of the table of items; what is short stands in the middle of its cell."""
    cells = tuple(
        Cell(
            text=text,
            share=share,
            label=heading,
            align=Align.LEFT if place in (1, 6) and not heading else Align.CENTER,
        )
        for place, (text, share) in enumerate(zip(texts, _WIDTHS, strict=True))
    )
    return Line(cells=cells, group=_ITEMS, heading=heading)


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if number <= 20 else f"{number} "


def _checked(row: MatrixRow) -> str:
    """When it was checked: of the whole, else the last day an item was."""
    if row.assessment and row.assessment.checked:
        return row.assessment.checked
    return max((cell.record.checked or "" for cell in row.items if cell.record), default="")


def _checked_by(row: MatrixRow) -> str:
    if row.assessment and row.assessment.checked_by:
        return row.assessment.checked_by
    names = [cell.record.checked_by for cell in row.items if cell.record and cell.record.checked_by]
    return "、".join(dict.fromkeys(names))
