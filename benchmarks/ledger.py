"""Drawing a roster ledger against a plain ReportLab canvas and against its LongTable, all in one run."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from functools import partial
from io import BytesIO
from itertools import accumulate

from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import LongTable, SimpleDocTemplate

from desktop.models.ledgers.frame import Part
from desktop.models.ledgers.layout import Layout, Page, layout
from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span
from desktop.models.ledgers.page import draw
from desktop.models.ledgers.slots import Slot
from desktop.paths import resource

FACES = ("NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSansSC-Bold")
COLUMNS = (
    Column(label="序号", width_mm=10),
    Column(label="村（社区）", width_mm=22, merge=True),
    Column(label="姓名", width_mm=18),
    Column(label="性别", width_mm=9),
    Column(label="出生年月", width_mm=17),
    Column(label="政治面貌", width_mm=19),
    Column(label="入党时间", width_mm=17),
    Column(label="全日制", parent="学历", width_mm=14),
    Column(label="在职", parent="学历", width_mm=14),
    Column(label="职务", width_mm=44, align=Align.LEFT),
    Column(label="身份证号", width_mm=41),
    Column(label="联系电话", width_mm=28),
)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰堃喆祎珺翀彧旻赟"
POSTS = (
    "党支部书记、村委会主任、村集体经济股份合作社理事长",
    "党支部副书记、村委会副主任",
    "党支部组织委员、宣传委员、村委会委员、妇联主席",
    "村委会委员",
    "党支部纪检委员、村务监督委员会主任",
)


def roster(rows: int) -> Ledger:
    """Return a roster of invented people, five to a village, on A4."""
    every = [_person(number) for number in range(rows)]
    return Ledger(
        title="石首市村（社区）“两委”班子成员花名册",
        head=("填报单位（盖章）：中共石首市委组织部", "统计截止时间：2026年6月30日", "单位：人"),
        columns=COLUMNS,
        rows=tuple(Row(cells, str(number // 5)) for number, cells in enumerate(every)),
        totals=((Span("合计", 2), Span(f"{rows} 人", 10, Align.LEFT)),),
        signatures=("主要负责人签字：", "审核人：", "填表人：", "联系电话：", "填报日期："),
        marking="内部资料 注意保管",
        paper=Paper.A4,
    )


def _person(number: int) -> tuple[str, ...]:
    pick = number * 7919
    return (
        str(number + 1),
        f"{GIVEN[number // 5 % 32]}{SURNAMES[number // 160 % 32]}垱村",
        SURNAMES[pick % 32] + GIVEN[pick // 32 % 32] + GIVEN[pick // 1024 % 32],
        "男" if pick % 3 else "女",
        f"{1960 + pick % 40}.{pick % 12 + 1:02}",
        "中共党员",
        f"{1985 + pick % 35}.{pick % 11 + 1:02}",
        "高中" if pick % 2 else "大专",
        "本科" if pick % 5 else "—",
        POSTS[number % 5],
        f"421099********{pick % 9973:04}",
        f"1{30 + pick % 60}****{pick % 9967:04}",
    )


def ours(ledger: Ledger) -> None:
    """Lay out and draw."""
    draw(ledger, BytesIO())


def plain_canvas(plan: Layout) -> None:
    """Draw the same text at the same places with drawString and line; breaking and placing come free of charge."""
    canvas = Canvas(BytesIO(), pagesize=plan.size)
    for page in plan.pages:
        canvas.setLineWidth(0.5)
        for top, part in ((page.heading_top, plan.heading), *page.parts):
            _plain_part(canvas, part, top)
        _plain_rows(canvas, plan, page)
        canvas.showPage()
    canvas.save()


def _plain_part(canvas: Canvas, part: Part, top: float) -> None:
    for from_x, from_y, to_x, to_y in part.rules:
        canvas.line(from_x, top + from_y, to_x, top + to_y)
    for box in part.boxes:
        canvas.setFont(box.slot.style.typeface.first.name, box.slot.style.size)
        _plain_text(canvas, box.slot, box.text, top + box.top, box.height)


def _plain_rows(canvas: Canvas, plan: Layout, page: Page) -> None:
    tops = list(
        accumulate(page.heights, lambda y, height: y - height, initial=page.heading_top - plan.heading.height)
    )
    merged = {block.column for block in page.blocks}
    canvas.setFont(FACES[0], plan.ledger.body_pt)
    for number, (top, height) in enumerate(zip(tops, page.heights, strict=False)):
        row = plan.ledger.rows[page.first + number]
        for column, (slot, text) in enumerate(zip(plan.columns, row.cells, strict=True)):
            if column not in merged:
                canvas.line(plan.edges[column], top - height, plan.edges[column + 1], top - height)
                _plain_text(canvas, slot, text, top, height)
    for block in page.blocks:
        left, right = plan.edges[block.column : block.column + 2]
        top, bottom = tops[block.first], tops[block.end]
        text = plan.ledger.rows[page.first + block.first].cells[block.column]
        canvas.rect(left, bottom, right - left, top - bottom)
        _plain_text(canvas, plan.columns[block.column], text, top, top - bottom)
    for edge in plan.edges:
        canvas.line(edge, tops[0], edge, tops[-1])


def _plain_text(canvas: Canvas, slot: Slot, text: str, top: float, height: float) -> None:
    lines = slot[text]
    for line, x, down in zip(lines, slot.starts(lines), slot.baselines(len(lines), height), strict=True):
        canvas.drawString(x, top + down, line)


def long_table(plan: Layout) -> None:
    """Let LongTable draw it: text broken beforehand (no Paragraph), one SPAN a village, the heading repeated."""
    ledger = plan.ledger
    cells = [
        ["\n".join(slot[text]) for slot, text in zip(plan.columns, row.cells, strict=True)]
        for row in ledger.rows
    ]
    heading = [[column.parent or column.label for column in COLUMNS], [column.label for column in COLUMNS]]
    style = [
        ("FONT", (0, 0), (-1, -1), FACES[0], 10.5, 13.4),
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("SPAN", (7, 0), (8, 0)),
        *(("SPAN", (column, 0), (column, 1)) for column in range(12) if column not in (7, 8)),
        *(("SPAN", (1, row + 2), (1, min(row + 6, len(cells) + 1))) for row in range(0, len(cells), 5)),
    ]
    widths = [right - left for left, right in zip(plan.edges, plan.edges[1:], strict=False)]
    table = LongTable(heading + cells, widths, repeatRows=2, style=style)
    SimpleDocTemplate(BytesIO(), pagesize=plan.size, leftMargin=36, rightMargin=36).build([table])


def _best(rounds: int, *works: Callable[[], None]) -> list[float]:
    """Return the best time of each work, taken in turns: the machine is shared."""
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            gc.collect()
            begun = time.perf_counter()
            work()
            best[number] = min(best[number], time.perf_counter() - begun)
    return best


def measure() -> list[tuple[str, float, float, float]]:
    """Return rows of work, our seconds, the yardstick's seconds, and the ratio it may be at most."""
    for face in FACES:
        pdfmetrics.registerFont(TTFont(face, str(resource("fonts", f"{face}.ttf"))))
    ours(roster(10))  # read the faces
    rows = []
    for count, at_most in ((1_000, 0.1), (3_000, 0.05)):
        ledger = roster(count)
        plan = layout(ledger)
        mine, theirs = _best(2, partial(ours, ledger), partial(long_table, plan))
        rows.append((f"{count:,}-row ledger against LongTable with the same spans", mine, theirs, at_most))
    ledger = roster(10_000)
    plan = layout(ledger)
    mine, theirs = _best(4, partial(ours, ledger), partial(plain_canvas, plan))
    rows.append(("10,000-row ledger against a plain canvas", mine, theirs, 1.0))
    return rows


def main() -> None:
    """Print what was measured."""
    for work, mine, theirs, at_most in measure():
        print(f"{work}: {mine:.3f} s / {theirs:.3f} s = {mine / theirs:.3f} × (at most {at_most:g} ×)")


if __name__ == "__main__":
    main()
