"""What most ledgers of an office have in common: who signs, the marking, the head line, the size of print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop.models.ledgers.ledger import Column, Ledger, Paper, Row, Span, placed_title

MARKING = "内部资料 注意保管"
SERIAL = Column(label="序号", width_mm=9)
_SIGNATURES = ("主要负责人签字：", "审核人：", "填表人：", "联系电话：", "填报日期：")
_BODY_PT = {Paper.A3: 10.5, Paper.A4: 9.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a ledger has around its rows, whatever they are.

    The title is as the office calls things; ``place`` is what it begins with (石首市东升镇), ``signature`` the unit that
    reports (填报单位).
    """

    title: str
    place: str
    signature: str
    paper: Paper


def reported_by(signature: str) -> str:
    """填报单位（盖章）：东升镇党委."""
    return f"填报单位（盖章）：{signature}"


def chinese_day(day: date) -> str:
    """2026年11月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


def as_of(on: date) -> str:
    """The middle of the head line of what is counted on a day."""
    return f"统计截止时间：{chinese_day(on)}"


def usual_ledger(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    *,
    place: str,
    signature: str,
    paper: Paper,
    time: str,
    unit: str,
    totals: tuple[tuple[Span, ...], ...] = (),
    notes: Sequence[str] = (),
    body_pt: float | None = None,
    disclosed: int = 0,
) -> Ledger:
    """A ledger with what most of them have around their rows.

    Args:
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
        time: the middle of the head line (``as_of``).
        unit: what is counted (单位：人).
        notes: printed below, numbered where there are several.
        body_pt: the size of print, where it is not the usual one.
        disclosed: see Ledger.
    """
    numbered = [f"{n}. {note}" for n, note in enumerate(notes, start=1)] if len(notes) > 1 else notes
    return Ledger(
        title=placed_title(place, title),
        columns=tuple(columns),
        rows=tuple(rows),
        head=(reported_by(signature), time, f"单位：{unit}"),
        totals=totals,
        notes=tuple(numbered),
        signatures=_SIGNATURES,
        marking=MARKING,
        paper=paper,
        body_pt=body_pt or _BODY_PT[paper],
        disclosed=disclosed,
    )
