"""The content of “四个一”活动纪实表: one page for each activity, with photos and room to sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.models.domain.days import show_day
from desktop.models.domain.moments import show_moment
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
from desktop.models.registers.activity import HELD, SECRETARY, STATE, Activity, Attendance, FieldProblem
from desktop.models.registers.schemes import WITH_PROBLEMS, WITH_VISIT
from desktop.models.registers.village_year import YES

ACTIVITY_TITLE = "“四个一”活动纪实表"
_PROBLEMS = "problems"
_WIDTHS, _HEADINGS = (3.0, 2.6, 1.0, 1.2, 1.2), ("发现问题", "整改措施", "责任人", "整改期限", "销号日期")
_SIGNED, _A_LINE, _SIGN_MM = 2, 6, 8.0  # lines to sign in, signatures on one, their height
_PHOTO_MM, _PHOTO_MOST_MM = 36.0, 72.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityPaper:
    """One activity with what stands beside it on its sheet."""

    activity: Activity
    kind: str  # its name
    form: str | None  # WITH_PROBLEMS, WITH_VISIT
    township: str
    village: str  # the township's own name where it lies in none
    attended: Sequence[Attendance]
    expected: int
    present: int
    problems: Sequence[FieldProblem]
    pictures: Sequence[Picture]
    unreadable: Sequence[str]  # names of photos whose files are missing or damaged


def activity_sheet(paper: ActivityPaper, *, place: str, signature: str) -> Sheet:
    """The sheet of one activity; of one that was not held it is a form to fill in.

    Args:
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
    """
    activity = paper.activity
    entered, checked = padded(activity.entered_by or ""), padded(activity.checked_by or "")
    state = "" if activity.state == HELD else f"（{STATE.show(activity.state)}）"
    return Sheet(
        title=placed_title(place, f"“四个一”{paper.kind}纪实表{state}"),
        head=(reported_by(signature), "", ""),
        lines=(
            written("主题", activity.theme or "", least_mm=0),
            *_when_and_who(paper),
            *_texts(activity),
            *(_problems(paper.problems) if paper.form == WITH_PROBLEMS else ()),
            *(
                photos(paper.pictures, least_mm=_PHOTO_MM, most_mm=_PHOTO_MOST_MM)
                if paper.pictures
                else _to_glue()
            ),
            *_to_sign_in(),
            to_sign("导师签字：", "乡镇党委审核（盖章）：", least_mm=20),
            labelled(
                ("填报人", entered),
                ("审核人", "　".join(filter(None, (checked, show_day(activity.checked or ""))))),
            ),
        ),
        notes=unprinted(paper.unreadable),
        marking=MARKING,
        subject=f"{paper.village} {show_day(activity.start[:10])} {paper.kind}",
    )


def _when_and_who(paper: ActivityPaper) -> tuple[Line, ...]:
    activity = paper.activity
    where = paper.township if paper.village in paper.township else f"{paper.township}{paper.village}"
    visit = (labelled(("参观地", activity.visited or ""), ("带队", padded(activity.led_by or ""))),)
    secretaries = [each for each in paper.attended if each.role == SECRETARY]
    others = [each for each in paper.attended if each.role != SECRETARY]
    return (
        labelled(("时间", _time(activity)), ("地点", activity.place or "")),
        labelled(("主持", padded(activity.host or "")), ("主讲或导师", padded(activity.speaker or ""))),
        *(visit if paper.form == WITH_VISIT else ()),
        labelled(("应到实到", f"应到 {paper.expected} 人，实到 {paper.present} 人"), ("所属", where)),
        written("提级书记", _names(secretaries), least_mm=0),
        written("参加人员", _names(others), least_mm=0),
    )


def _texts(activity: Activity) -> tuple[Line, ...]:
    return (
        written("内容", activity.content or "", least_mm=22, most_mm=45),
        written("成效", activity.effect or "", least_mm=12, most_mm=22),
        written("下步措施", activity.next_steps or "", least_mm=10, most_mm=18),
    )


def _time(activity: Activity) -> str:
    """2026.03.04 14:30 至 16:00; the day of the end only where it is another."""
    start, end = activity.start, activity.end or ""
    same_day = end[:10] == start[:10]
    ended = end[11:] if same_day else show_moment(end)
    return show_moment(start) + (f" 至 {ended}" if ended else "")


def _names(people: Sequence[Attendance]) -> str:
    """Names with the posts they held; who was away is said to be."""
    return "、".join(
        each.name + _bracketed(each.post or "", "" if each.present == YES else "未到") for each in people
    )


def _bracketed(*words: str) -> str:
    said = "，".join(filter(None, words))
    return f"（{said}）" if said else ""


def _problems(problems: Sequence[FieldProblem]) -> tuple[Line, ...]:
    rows: list[Sequence[str]] = [
        (
            each.problem,
            each.measure or "",
            each.responsible or "",
            show_day(each.due or ""),
            show_day(each.closed or ""),
        )
        for each in problems
    ]
    return (_row(_HEADINGS, heading=True), *map(_row, rows or [("",) * len(_HEADINGS)]))


def _row(texts: Sequence[str], *, heading: bool = False) -> Line:
    cells = tuple(
        Cell(
            text=text,
            share=share,
            label=heading,
            align=Align.LEFT if place < 2 and not heading else Align.CENTER,
        )
        for place, (text, share) in enumerate(zip(texts, _WIDTHS, strict=True))
    )
    return Line(cells=cells, group=_PROBLEMS, heading=heading)


def _to_glue() -> tuple[Line, ...]:
    """Room for two photos where none are kept."""
    cells = (Cell(text="照片", align=Align.CENTER), Cell(text="照片", align=Align.CENTER))
    return (Line(cells=cells, least_mm=_PHOTO_MM, most_mm=_PHOTO_MOST_MM),)


def _to_sign_in() -> tuple[Line, ...]:
    """签到: blank cells, in which who was there signs."""
    first = Cell(text="签到", label=True, share=1.0, align=Align.CENTER)
    share = (6.0 - first.share) / _A_LINE
    lines = (
        (first if number == 0 else Cell(label=True, share=first.share), *[Cell(share=share)] * _A_LINE)
        for number in range(_SIGNED)
    )
    return tuple(Line(cells=cells, least_mm=_SIGN_MM) for cells in lines)
