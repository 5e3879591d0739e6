"""Where a ledger's rows, merged cells and foot stand on paper."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.models.ledgers.frame import MM, TooTallError
from desktop.models.ledgers.layout import Layout, Page, layout
from desktop.models.ledgers.ledger import Align, Column, Ledger, Paper, Row, Span
from tests.models.ledgers.rosters import roster

COLUMNS = (
    Column(label="村（社区）", width_mm=10, merge=True),
    Column(label="姓名", width_mm=10),
    Column(label="党组织职务", parent="现任职务", width_mm=20, align=Align.LEFT),
    Column(label="村委会职务", parent="现任职务", width_mm=20, align=Align.LEFT),
)


def _ledger(rows: list[Row], **changes: object) -> Ledger:
    plain = Ledger(title="花名册", columns=COLUMNS, rows=tuple(rows), paper=Paper.A4)
    return replace(plain, **changes)  # type: ignore[arg-type]  # the caller names real fields


def _bottom(plan: Layout, page: Page) -> float:
    return page.heading_top - plan.heading.height - sum(page.heights)


def _texts(page: Page) -> list[str]:
    return [box.text for _, part in page.parts for box in part.boxes]


@given(
    st.lists(
        st.builds(
            lambda village, length: Row((village, "张　三", "书记、" * length, ""), village),
            village=st.sampled_from(["垱", "万家剅村", "天鹅洲经济开发区天鹅洲社区居民委员会" * 3]),
            length=st.integers(0, 40),
        ),
        max_size=60,
    ),
    st.integers(0, 12),
)
def test_every_row_stands_once_and_whole_and_merged_text_inside_its_cell(rows: list[Row], notes: int) -> None:
    plan = layout(_ledger(rows, signatures=("填表人：",), notes=("说明",) * notes))

    starts = [page.first for page in plan.pages] + [len(rows)]
    for page, (first, end) in zip(plan.pages, pairwise(starts), strict=True):
        assert len(page.heights) == end - first
        assert _bottom(plan, page) >= 15 * MM
        for block in page.blocks:
            text = rows[first + block.first].cells[block.column]
            assert all(rows[first + row].cells[block.column] == text for row in range(block.first, block.end))
            assert plan.columns[block.column].height(text) <= sum(page.heights[block.first : block.end])
        for row, height in zip(rows[first:end], page.heights, strict=True):
            assert (
                max(slot.height(text) for slot, text in zip(plan.columns[1:], row.cells[1:], strict=True))
                < height
            )
    closing_top, closing = plan.pages[-1].parts[-1]
    assert closing_top - closing.height >= 15 * MM
    assert closing.boxes[-1].text == "填表人："


def test_a_village_that_goes_on_over_the_page_is_named_again() -> None:
    plan = layout(_ledger([Row(("万家剅村", f"{number}", "", ""), "1") for number in range(40)]))

    assert len(plan.pages) > 1
    for page in plan.pages:
        (block,) = page.blocks
        assert (block.first, block.end) == (0, len(page.heights))


def test_villages_of_one_name_in_two_townships_are_not_merged() -> None:
    rows = [Row(("新建村", "张　三", "", ""), "421081100"), Row(("新建村", "李　四", "", ""), "421081101")]

    (page,) = layout(_ledger(rows)).pages

    assert [(block.first, block.end) for block in page.blocks] == [(0, 1), (1, 2)]


def test_a_row_grows_where_the_village_s_name_needs_more_than_its_rows() -> None:
    name = "天鹅洲经济开发区天鹅洲社区居民委员会天鹅洲经济开发区天鹅洲社区居民委员会"
    alone, first, second = (Row((name, "张　三", "", ""), group) for group in "122")

    (page,) = layout(_ledger([alone, first, second])).pages

    assert page.heights[0] > page.heights[1] == page.heights[2]
    assert page.heights[0] == pytest.approx(page.heights[1] + page.heights[2])


def test_the_signatures_never_stand_without_a_row() -> None:
    for count in range(1, 45):
        plan = layout(_ledger([Row(("村", "人", "", ""))] * count, signatures=("填表人：",)))

        assert plan.pages[-1].heights
        assert "填表人：" in _texts(plan.pages[-1])


def test_title_and_head_stand_on_the_first_page_only() -> None:
    pages = layout(roster(100, Paper.A4)).pages

    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert ("单位：人、元" in _texts(page)) == (number == 1)


def test_the_columns_fill_the_printable_width_whatever_was_declared() -> None:
    plan = layout(_ledger([]))

    assert plan.edges[0] == pytest.approx(15 * MM, abs=0.01)
    assert plan.edges[-1] == pytest.approx((297 - 15) * MM, abs=0.01)
    assert plan.edges[2] - plan.edges[1] == pytest.approx((plan.edges[3] - plan.edges[2]) / 2, abs=0.02)


def test_neighbors_of_one_parent_stand_below_one_heading_and_the_others_reach_over_both_levels() -> None:
    heading = layout(_ledger([])).heading

    boxes = {box.text: box for box in heading.boxes}
    assert list(boxes) == ["现任职务", "村（社区）", "姓名", "党组织职务", "村委会职务"]
    assert boxes["姓名"].height == heading.height
    assert boxes["现任职务"].height + boxes["党组织职务"].height == heading.height
    assert boxes["现任职务"].slot.left == boxes["党组织职务"].slot.left
    assert boxes["现任职务"].slot.right == boxes["村委会职务"].slot.right


def test_a_row_taller_than_a_page_is_refused_with_words() -> None:
    rows = [Row(("村", "张　三", "", "")), Row(("村", "李　四", "书记、" * 2000, ""))]

    with pytest.raises(TooTallError, match=r"第 2 行的“党组织职务”.*缩短"):
        layout(_ledger(rows))


def test_a_heading_taller_than_a_page_is_refused_with_words() -> None:
    columns = (Column(label="字" * 3000, width_mm=1), Column(label="姓名", width_mm=100))

    with pytest.raises(TooTallError, match=r"表头.*A3"):
        layout(Ledger(title="花名册", columns=columns, rows=()))


def test_notes_taller_than_a_page_are_refused_with_words() -> None:
    with pytest.raises(TooTallError, match=r"签字栏.*说明"):
        layout(_ledger([Row(("村", "人", "", ""))], notes=("说明",) * 100))


def test_a_total_reaches_over_its_columns() -> None:
    plan = layout(_ledger([Row(("村", "人", "", ""))], totals=((Span("合计", 2), Span("1 人", 2)),)))

    _, closing = plan.pages[-1].parts[-1]
    total, count = closing.boxes
    assert total.slot.left < plan.edges[1] < total.slot.right < plan.edges[2] < count.slot.left


@pytest.mark.parametrize(
    "changes",
    [
        {"body_pt": 8.5},
        {"columns": ()},
        {"rows": (Row(("村", "人")),)},
        {"totals": ((Span("合计", 3),),)},
    ],
)
def test_what_no_paper_could_show_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"column|cells"):
        replace(_ledger([]), **changes)  # type: ignore[arg-type]  # these are real fields
