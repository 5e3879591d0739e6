"""The content of 班子结构分析统计表 (T4): the form's columns, rows, the total, notes; on A3 and A4."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest

from desktop.models.ledgers.layout import layout
from desktop.models.ledgers.ledger import Ledger, Paper
from desktop.models.ledgers.page import draw
from desktop.models.ledgers.structure import structure_ledger
from desktop.models.rules.structure import structure
from desktop.models.rules.structure_columns import By, Population
from tests.models.rules.test_structure import OFFICE
from tests.models.rules.villages import ON

T4 = [
    *("班子数", "应配职数", "实配", "缺额", "党组织委员数", "村居委会成员数", "交叉任职数", "交叉任职率"),
    *("一肩挑数", "一肩挑率", "女性人数", "女性有女性班子数", "少数民族"),
    *("年龄35岁以下", "年龄36–45", "年龄46–55", "年龄56–60", "年龄60岁以上", "年龄平均年龄"),
    *("学历研究生", "学历本科", "学历大专", "学历高中中专", "学历初中及以下", "学历大专以上占比"),
    *("来源居民", "来源经济组织负责人", "来源产业协会负责人", "来源返乡", "来源机关下派", "来源高校毕业生"),
    *("来源大学生村官", "来源离岗退休", "新任", "连任", "两代表一委员", "后备数"),
]

THOUSANDS = ("应配职数", "实配", "党组织委员数", "村居委会成员数")


def ledger(
    paper: Paper = Paper.A3,
    by: By = By.VILLAGE,
    population: Population = Population.ALL,
    benchmarks: tuple[str, ...] = (),
) -> Ledger:
    table = structure(OFFICE, ON, by, population)
    return structure_ledger(
        table, place="石首市", signature="石首市委组织部", paper=paper, benchmarks=benchmarks
    )


def headings(made: Ledger) -> list[str]:
    return [f"{column.parent}{column.label}".replace("\n", "") for column in made.columns]


def test_a3_has_the_columns_of_the_form_in_its_order() -> None:
    assert headings(ledger()) == ["序号", "村（社区）", *T4]


def test_a4_leaves_out_where_members_come_from() -> None:
    made = ledger(Paper.A4)
    assert headings(made) == ["序号", "村（社区）", *(label for label in T4 if not label.startswith("来源"))]
    assert not any("来源" in note for note in made.notes)


def test_rows_say_what_was_counted() -> None:
    made = ledger()
    assert made.title == "石首市村（社区）“两委”班子结构分析统计表"
    assert made.head[1] == "统计截止时间：2026年11月24日"
    line = dict(zip(headings(made), made.rows[0].cells, strict=True))
    assert (line["序号"], line["村（社区）"], line["实配"], line["缺额"]) == ("1", "石桥村", "3", "2")
    assert (line["交叉任职率"], line["一肩挑率"], line["年龄平均年龄"]) == ("66.7%", "100%", "43.3")


def test_a_community_without_approved_posts_leaves_the_cells_blank() -> None:
    made = ledger()
    line = dict(zip(headings(made), made.rows[2].cells, strict=True))
    assert (line["应配职数"], line["缺额"], line["实配"]) == ("", "", "2")


def test_the_total_stands_below() -> None:
    made = ledger()
    (total,) = made.totals
    assert [span.text for span in total[:6]] == ["合计", "3", "7", "7", "2", "5"]
    assert (total[0].columns, sum(span.columns for span in total)) == (2, len(made.columns))


def test_definitions_and_chosen_benchmarks_are_numbered_notes() -> None:
    made = ledger(benchmarks=("参考：一肩挑 38.4%。",))
    assert made.notes[0].startswith("1. 口径：全体“两委”成员，以 2026.11.24 在任为准")
    assert made.notes[-1] == f"{len(made.notes)}. 参考：一肩挑 38.4%。"


def test_secretaries_and_townships_have_words_of_their_own() -> None:
    made = ledger(by=By.TOWNSHIP, population=Population.SECRETARIES)
    assert made.title == "石首市村（社区）党组织书记结构分析统计表"
    assert headings(made)[1] == "乡镇"
    assert [row.cells[1] for row in made.rows] == ["东升镇", "绣林街道"]
    assert any("应配按每个班子书记 1 名" in note for note in made.notes)


@pytest.mark.parametrize("paper", Paper)
def test_every_number_and_share_fits_on_one_line(paper: Paper) -> None:
    made = ledger(paper)
    slots = layout(made).columns
    for row in made.rows:
        assert all(len(slot[text]) <= 1 for slot, text in zip(slots[2:], row.cells[2:], strict=True))
    of_a_city = [("1108" if label in THOUSANDS else "999") for label in headings(made)[2:]]
    assert all(len(slot[text]) == 1 for slot, text in zip(slots[2:], of_a_city, strict=True))


def test_it_is_drawn_on_one_page() -> None:
    file = BytesIO()
    assert draw(ledger(), file).pages == 1
    with pypdfium2.PdfDocument(file.getvalue()) as pdf:
        text = pdf[0].get_textpage().get_text_range()
    assert "石桥村" in text
    assert "按人头去重" in text
