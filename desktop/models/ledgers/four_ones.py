"""The content of “四个一”完成情况表: secretaries by kinds of activities in a period, completion by township."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span
from desktop.models.ledgers.roster import padded
from desktop.models.ledgers.usual import SERIAL, chinese_day, usual_ledger
from desktop.models.registers.mentoring import LIST_KIND
from desktop.models.rules.four_ones import Completion, Matrix, MatrixRow
from desktop.models.rules.village_figures import percent

FOUR_ONES_TITLE = "村（社区）党组织书记“四个一”完成情况表"
_TOWNSHIP = Column(label="乡镇", width_mm=22, merge=True)
_SUBJECT = (
    Column(label="村（社区）", width_mm=24),
    Column(label="姓名", width_mm=18),
    Column(label="清单\n类型", width_mm=12),
    Column(label="结对导师", width_mm=26),
)
_KIND_MM = 34.0
_DONE = Column(label="已开展/\n应开展", width_mm=18)
_RATE = Column(label="完成率", width_mm=18)
_SUM = "小计"


def four_ones_ledger(
    matrix: Matrix, *, place: str, signature: str, on: date, paper: Paper, scheme: str
) -> Ledger:
    """The ledger of a matrix; where it is of several townships, each has its sum below its rows.

    Args:
        place: what the title begins with (石首市东升镇).
        signature: the unit that reports (填报单位).
        on: the day that it stands for.
        scheme: the scheme's name and where it comes from.
    """
    several = len(matrix.townships) > 1
    before = (SERIAL, *((_TOWNSHIP,) if several else ()), *_SUBJECT)
    kinds = (Column(label=kind.name, parent="活动", width_mm=_KIND_MM) for kind in matrix.kinds)
    total = matrix.total
    whole = f"{total.secretaries} 人，其中各项齐全 {total.complete} 人"
    return usual_ledger(
        FOUR_ONES_TITLE,
        (*before, *kinds, _DONE, _RATE),
        list(_rows(matrix, several=several)),
        place=place,
        signature=signature,
        paper=paper,
        time=f"期次：{matrix.period.label}（截至{chinese_day(on)}）",
        unit="人、次",
        totals=((Span("合计", 2), Span(whole, len(before) - 2, Align.CENTER), *map(Span, _counts(total))),),
        notes=(matrix.definition, scheme),
    )


def _rows(matrix: Matrix, *, several: bool) -> Iterator[Row]:
    sums = iter(matrix.townships)
    rows = matrix.rows
    for number, row in enumerate(rows, start=1):
        township = row.subject.township
        first = (township,) if several else ()
        yield Row((str(number), *first, *_cells(row)), township)
        last = number == len(rows) or rows[number].subject.township != township
        if several and last:
            some = next(sums)
            words = (_SUM, f"{some.secretaries} 人", "", f"齐全 {some.complete} 人")
            yield Row(("", township, *words, *_counts(some)), township)


def _cells(row: MatrixRow) -> tuple[str, ...]:
    subject = row.subject
    done, wanted = sum(cell.done for cell in row.cells), sum(cell.wanted for cell in row.cells)
    return (
        subject.division.short_name,
        padded(subject.person.name),
        LIST_KIND.show(subject.managed.kind),
        "、".join(padded(pair.mentor) for pair in subject.mentors),
        *(cell.words for cell in row.cells),
        f"{done}/{wanted}",
        percent(done, wanted),
    )


def _counts(some: Completion) -> Sequence[str]:
    pairs = list(zip(some.done, some.wanted, strict=True))
    kinds = (f"{done}/{wanted}\n{percent(done, wanted)}".strip() for done, wanted in pairs)
    done, wanted = sum(some.done), sum(some.wanted)
    return (*kinds, f"{done}/{wanted}", percent(done, wanted))
