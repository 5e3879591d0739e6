"""“8+N” checklists filled cell by cell, by rows and columns, closed, and begun anew from the last period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from errno import ENOSPC

import pytest

from desktop.models.database.records import Records
from desktop.models.registers.checklist import ASSESSMENT_ITEM, MET, NOT_APPLICABLE, PARTLY, UNMET, Assessment
from desktop.models.registers.checklist_rows import UNGRADED, CellKey, MatrixQuery
from desktop.models.registers.new_sector import PartyBranch
from desktop.models.registers.person_file import PHOTO
from desktop.models.services.attachments import UnkeptFileError
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.checklist_reader import VanishedBranchError
from desktop.models.services.checklist_writing import VanishedCellError
from desktop.models.services.checklists import PeriodRefusedError
from desktop.models.services.new_files import Loose, make_each_ready, make_ready
from desktop.office import Office
from tests.models.services.checklists import CODES, LAST, NOW, all_cells, row_of, statuses, two_branches
from tests.models.services.pictures import photo, scene
from tests.offices import COMMUNITY, TODAY


def test_space_goes_through_every_state_and_back_to_nothing(office: Office) -> None:
    branch, _ = two_branches(office)
    key = CellKey(branch, NOW, "3")

    went = [office.checklists.cycle([key], TODAY) for _ in range(5)]

    assert went == [MET, PARTLY, UNMET, NOT_APPLICABLE, None]
    assert [change.why for change in office.history.recent(2)] == [
        "8+N：鑫源公司党支部 组织制度 未填",
        "8+N：鑫源公司党支部 组织制度 不适用",
    ]


def test_a_status_says_who_checked_and_when_until_it_is_taken_out(office: Office) -> None:
    office.settings.operator = "林静"
    branch, _ = two_branches(office)
    key = CellKey(branch, NOW, "1")

    office.checklists.set_status([key], MET, TODAY)
    texts = office.checklists.card(key, TODAY).texts
    assert (texts["status"], texts["checked_by"], texts["checked"]) == ("达标", "林静", "2026.11.24")

    office.checklists.set_status([key], None, TODAY)
    assert office.checklists.card(key, TODAY).texts["checked_by"] == ""


def test_a_row_and_a_column_are_each_one_change_that_ctrl_z_takes_back(office: Office) -> None:
    first, second = two_branches(office)

    assert office.checklists.set_status(all_cells(first), MET, TODAY) == 8
    assert office.checklists.set_status([CellKey(b, NOW, "4") for b in (first, second)], UNMET, TODAY) == 2

    assert statuses(office, first) == [MET, MET, MET, UNMET, MET, MET, MET, MET]
    assert [change.why for change in office.history.recent(2)] == [
        "8+N：电教设施 2 个党组织 未达标",
        "8+N：鑫源公司党支部 8 项 达标",
    ]
    office.history.undo()
    assert (statuses(office, first), statuses(office, second)) == ([MET] * 8, [None] * 8)
    assert row_of(office, second).assessment is None
    office.history.redo()
    assert statuses(office, second)[3] == UNMET


def test_what_is_the_same_already_is_no_change(office: Office) -> None:
    branch, _ = two_branches(office)
    office.checklists.set_status(all_cells(branch), MET, TODAY)
    changes = len(office.history.recent())

    assert office.checklists.set_status(all_cells(branch), MET, TODAY) == 0

    assert len(office.history.recent()) == changes


def test_a_plaque_that_need_not_hang_proposes_its_reason(office: Office) -> None:
    branch, _ = two_branches(office)
    plaque, other = CellKey(branch, NOW, "8"), CellKey(branch, NOW, "7")

    office.checklists.set_status([plaque, other], NOT_APPLICABLE, TODAY)

    told, asked = (office.checklists.card(key, TODAY) for key in (plaque, other))
    assert told.texts["reason"] == "按减负要求不单独挂牌"
    assert told.cell.doubts == {}
    assert asked.cell.doubts == {"reason": "不适用请写明理由。"}
    office.checklists.set_status([plaque], MET, TODAY)
    assert office.checklists.card(plaque, TODAY).texts["reason"] == ""


def test_the_matrix_folds_the_own_items_of_each_organisation_into_numbered_columns(office: Office) -> None:
    first, second = two_branches(office)
    office.schemes.set_own_items(first, ["红色车间", "导师带徒"], TODAY)
    office.schemes.set_own_items(second, ["夜校"], TODAY)
    office.checklists.set_status([CellKey(first, NOW, "N1"), CellKey(second, NOW, "N1")], UNMET, TODAY)

    matrix = office.checklists.matrix(NOW, TODAY)

    assert [row.branch.id for row in matrix.rows] == [second, first]  # communities come first here
    assert [column.label for column in matrix.columns] == [
        *(
            "①活动阵地",
            "②党建元素",
            "③组织制度",
            "④电教设施",
            "⑤工作台账",
            "⑥示范区域",
            "⑦宣传阵地",
            "⑧支部牌匾",
        ),
        *("N1", "N2"),
    ]
    assert [column.total for column in matrix.columns[7:]] == ["未填 2", "缺 2", "未填 1"]
    names = [[cell and cell.item.name for cell in row.cells[8:]] for row in matrix.rows]
    assert names == [["夜校", None], ["红色车间", "导师带徒"]]
    assert (matrix.rows[0].township, matrix.rows[0].place) == ("东升镇", "焦山河社区")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (MatrixQuery(search="商圈"), ["商圈联合党支部"]),
        (MatrixQuery(search="xygs"), ["鑫源公司党支部"]),
        (MatrixQuery(search="Xin Yuan"), ["鑫源公司党支部"]),
        (MatrixQuery(search="石油"), []),
        (MatrixQuery(unit=COMMUNITY), ["商圈联合党支部"]),
        (MatrixQuery(grades=("A",)), ["鑫源公司党支部"]),
        (MatrixQuery(grades=(UNGRADED,)), ["商圈联合党支部"]),
        (MatrixQuery(item="1", statuses=(UNMET,)), ["商圈联合党支部"]),
        (MatrixQuery(item="2", statuses=(UNMET,)), []),
        (MatrixQuery(item="1", statuses=(MET,)), ["鑫源公司党支部"]),
        (MatrixQuery(statuses=(None,)), ["商圈联合党支部"]),
        (MatrixQuery(overdue=True), ["商圈联合党支部"]),
    ],
)
def test_the_matrix_shows_what_is_asked_for(office: Office, query: MatrixQuery, found: list[str]) -> None:
    first, second = two_branches(office)
    office.checklists.set_status(all_cells(first), MET, TODAY)
    office.gradings.decide(first, NOW, "A", "2026.11.20", TODAY)
    late = CellKey(second, NOW, "1")
    office.checklists.set_status([late], UNMET, TODAY)
    office.checklists.edit(late, "due", "2026.11.21", TODAY)

    matrix = office.checklists.matrix(NOW, TODAY, query)

    assert [row.branch.name for row in matrix.rows] == found
    assert sum(matrix.grades.values()) == (1 if query.unit else 2)


def test_a_deadline_that_has_passed_is_told_in_days(office: Office) -> None:
    branch, _ = two_branches(office)
    key = CellKey(branch, NOW, "5")
    office.checklists.set_status([key], UNMET, TODAY)
    assert office.checklists.card(key, TODAY).cell.doubts.keys() == {"reason", "due"}
    office.checklists.edit(key, "due", "11月21日", TODAY)
    office.checklists.edit(key, "reason", "台账断档", TODAY)

    cells = [office.checklists.card(key, day).cell for day in (date(2026, 11, 21), TODAY)]

    assert [cell.words for cell in cells] == ["未达标", "未达标（逾期 3 天）"]
    assert cells[1].open
    assert cells[1].doubts == {}


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        ("township_points", "11", "“活动阵地”最多 10 分，请核对。"),
        ("self_points", "八分", "“八分”不是分数，请填 0 到 999 的数，最多一位小数。"),
        ("closed", "2026.12.01", "“2026.12.01”晚于今天（2026.11.24），请核对。"),
        ("due", "月底", "“月底”看不出是哪一天，请填成 2026.03.04 这样的写法。"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_advice(
    office: Office, field: str, text: str, words: str
) -> None:
    branch, _ = two_branches(office)

    with pytest.raises(InvalidValueError) as refused:
        office.checklists.edit(CellKey(branch, NOW, "1"), field, text, TODAY)

    assert refused.value.problems == {field: words}
    assert row_of(office, branch).assessment is None


def test_the_panel_shows_the_last_change_and_how_the_item_stood_before(office: Office) -> None:
    office.settings.operator = "林静"
    branch, _ = two_branches(office)
    office.checklists.set_status([CellKey(branch, LAST, "1")], UNMET, TODAY)
    key = CellKey(branch, NOW, "1")
    office.checklists.edit(key, "township_points", "8.5", TODAY)

    card = office.checklists.card(key, TODAY)

    assert (card.texts["township_points"], card.texts["checked"]) == ("8.5", "2026.11.24")
    assert card.last_change is not None
    assert (card.last_change.operator, card.last_change.why) == (
        "林静",
        "8+N：鑫源公司党支部 活动阵地 镇评分 8.5",
    )
    assert card.before is not None
    assert (card.before.key.period, card.before.status) == (LAST, UNMET)


def test_a_block_is_pasted_as_one_change_and_what_is_no_status_is_listed(office: Office) -> None:
    branch, _ = two_branches(office)
    cells = all_cells(branch)

    outcome = office.checklists.paste(
        list(zip(cells[:5], ("√", "基本达标", "否", "", "七成"), strict=True)), TODAY
    )

    assert statuses(office, branch)[:5] == [MET, PARTLY, UNMET, None, None]
    assert outcome.applied == 4
    assert [problem.key for problem in outcome.problems] == [cells[4]]
    assert office.history.recent(1)[0].why == "8+N：鑫源公司党支部 5 项 粘贴"


def test_pasting_what_stands_there_already_begins_nothing(office: Office) -> None:
    branch, _ = two_branches(office)
    before = office.history.recent(1)

    outcome = office.checklists.paste([(key, "") for key in all_cells(branch)], TODAY)

    assert (outcome.applied, outcome.problems) == (8, ())
    assert office.history.recent(1) == before
    assert office.checklists.row(branch, NOW, TODAY).assessment is None


def test_closing_needs_a_day_and_words_and_makes_the_item_met(office: Office) -> None:
    branch, _ = two_branches(office)
    key = CellKey(branch, NOW, "6")
    office.checklists.set_status([key], UNMET, TODAY)
    office.checklists.edit(key, "due", "2026.11.01", TODAY)
    with pytest.raises(InvalidValueError) as refused:
        office.checklists.close(key, "", "", TODAY)
    assert refused.value.problems == {"closed": "请填写销号日期。", "closing": "请写明怎样整改的。"}

    office.checklists.close(key, "2026.11.23", "设了三个党员示范岗", TODAY)

    cell = office.checklists.card(key, TODAY).cell
    assert (cell.status, cell.open, cell.overdue, cell.doubts) == (MET, False, 0, {})
    assert [line.words for line in office.rectifications.all(TODAY)] == ["已销号"]
    office.history.undo()
    assert [line.words for line in office.rectifications.all(TODAY)] == ["逾期 23 天"]


def test_a_period_takes_over_states_reasons_and_open_deadlines_only(office: Office) -> None:
    first, second = two_branches(office)
    office.checklists.set_status(all_cells(first, LAST), MET, TODAY)
    late, closed = CellKey(first, LAST, "1"), CellKey(first, LAST, "2")
    for key in (late, closed):
        office.checklists.set_status([key], UNMET, TODAY)
        office.checklists.edit(key, "due", "2026.11.20", TODAY)
        office.checklists.edit(key, "reason", "没有场所", TODAY)
        office.checklists.edit(key, "township_points", "3", TODAY)
    office.checklists.close(closed, "2026.11.22", "租了场所", TODAY, met=False)
    office.checklists.set_status([CellKey(second, NOW, "1")], MET, TODAY)

    assert office.checklists.start_period(NOW, TODAY, LAST) == 1

    assert statuses(office, first) == [UNMET, *[MET] * 7]
    assert statuses(office, second) == [MET, *[None] * 7]  # was there already
    carried = office.checklists.card(CellKey(first, NOW, "1"), TODAY)
    assert (carried.texts["due"], carried.texts["reason"]) == ("2026.11.20", "没有场所")
    assert carried.texts["township_points"] == carried.texts["checked"] == ""
    assert carried.cell.overdue == 4
    assert office.checklists.card(late, TODAY).cell.overdue == 0  # it stands in the later period
    open_ones = office.rectifications.all(TODAY, open_only=True)
    assert [(line.key.period, line.key.code, line.overdue) for line in open_ones] == [(NOW, "1", 4)]
    assert office.history.recent(1)[0].why == "8+N 建立期次：2026年下半年，1 个党组织（沿用2026年上半年）"
    assert office.checklists.start_period(NOW, TODAY, LAST) == 0
    with pytest.raises(PeriodRefusedError, match="请选更早的一期"):
        office.checklists.start_period(LAST, TODAY, NOW)


def test_a_period_may_begin_with_nothing_filled(office: Office) -> None:
    first, second = two_branches(office)

    assert office.checklists.start_period(NOW, TODAY, unit=COMMUNITY) == 1

    assert row_of(office, first).assessment is None
    assert len(row_of(office, second).items) == len(CODES)
    assert row_of(office, second).items[0].record is not None
    assert [facts.row.verdict.filled for facts in office.rectifications.facts(TODAY)] == [0, 0]


def test_periods_are_the_present_one_and_those_assessed(office: Office) -> None:
    branch, _ = two_branches(office)
    assert office.checklists.periods(TODAY) == [NOW]

    office.checklists.set_status([CellKey(branch, "2025H2", "1")], MET, TODAY)

    assert office.checklists.periods(TODAY) == [NOW, "2025H2"]
    assert office.checklists.periods(date(2027, 1, 1)) == ["2027H1", "2025H2"]


def test_an_organisation_is_assessed_while_there_is_one(office: Office) -> None:
    branch, other = two_branches(office)
    with office._store.change("注销"):
        records = Records(office._store)
        records.update(PartyBranch, branch, founded="2025-03", dissolved="2026-06")
        records.update(PartyBranch, other, founded="2026-07")

    assert [[b.id for b in office.checklists.branches(period)] for period in ("2024H2", LAST, NOW)] == [
        *([], [branch], [other])
    ]


def test_the_first_photo_of_an_organisation_begins_its_assessment_in_one_change_set(office: Office) -> None:
    branch, _ = two_branches(office)
    key = CellKey(branch, NOW, "2")
    files = make_each_ready([Loose("门口.jpg", photo()), Loose("屋里.jpg", photo(scene(1)))], PHOTO)

    added = office.checklists.add_photos(key, files, office.attachments, TODAY)

    cell = office.checklists.card(key, TODAY).cell
    assert (cell.record and cell.record.id, cell.status) == (added[0].attachment.owner_id, None)
    assert cell.photos == 2
    assert office.history.recent(1)[0].why == "8+N：鑫源公司党支部 党建元素 添加照片 门口.jpg、屋里.jpg"
    office.history.undo()
    assert office.checklists.card(key, TODAY).cell.record is None
    assert row_of(office, branch).assessment is None
    assert office.attachments.of(ASSESSMENT_ITEM.name, added[0].attachment.owner_id) == []
    office.history.redo()
    assert office.checklists.card(key, TODAY).cell.photos == 2


def test_photos_of_a_cell_that_is_there_join_its_record_and_are_told_of(office: Office) -> None:
    branch, _ = two_branches(office)
    key = CellKey(branch, NOW, "2")
    office.checklists.set_status([key], MET, TODAY)
    record = office.checklists.card(key, TODAY).cell.record

    for name in ("一.jpg", "二.jpg"):
        (added,) = office.checklists.add_photos(
            key, [make_ready(Loose(name, photo(scene(1))), PHOTO)], office.attachments, TODAY
        )

    assert record is not None
    assert [each.name for each in office.attachments.of(ASSESSMENT_ITEM.name, record.id)] == [
        "一.jpg",
        "二.jpg",
    ]
    assert [twin.here for twin in added.twins] == [True]


def test_a_full_disk_begins_no_assessment(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    branch, _ = two_branches(office)
    file = make_ready(Loose("门口.jpg", photo()), PHOTO)

    def full(*_: object) -> None:
        raise OSError(ENOSPC, "full")

    monkeypatch.setattr("desktop.models.database.attachments.write_whole", full)
    with pytest.raises(UnkeptFileError, match="门口"):
        office.checklists.add_photos(CellKey(branch, NOW, "2"), [file], office.attachments, TODAY)

    assert row_of(office, branch).assessment is None


def test_who_checked_the_whole_is_kept_with_the_assessment(office: Office) -> None:
    branch, _ = two_branches(office)

    office.checklists.edit_assessment(branch, NOW, "checked_by", "夏明", TODAY)
    office.checklists.edit_assessment(branch, NOW, "remarks", "现场看过", TODAY)

    (assessment,) = Records(office._store).select(Assessment)
    assert row_of(office, branch).assessment == assessment
    assert replace(assessment, id="", scheme_id="") == Assessment(
        id="", branch_id=branch, scheme_id="", period=NOW, checked_by="夏明", remarks="现场看过"
    )
    with pytest.raises(InvalidValueError):
        office.checklists.edit_assessment(branch, NOW, "checked", "2027.01.01", TODAY)


def test_what_is_gone_is_said_in_words(office: Office) -> None:
    branch, _ = two_branches(office)

    with pytest.raises(VanishedBranchError, match="请刷新后再试"):
        office.checklists.set_status([CellKey("nobody", NOW, "1")], MET, TODAY)
    with pytest.raises(VanishedCellError, match="请刷新后再试"):
        office.checklists.set_status([CellKey(branch, NOW, "N7")], MET, TODAY)
    assert row_of(office, branch).assessment is None


def test_a_reason_of_several_lines_is_kept_and_named_in_one(office: Office) -> None:
    branch, _ = two_branches(office)

    office.checklists.edit(CellKey(branch, NOW, "8"), "reason", "一、门头太小\n二、没有挂正 ", TODAY)

    (cell,) = [
        each for each in office.checklists.row(branch, NOW, TODAY).cells if each and each.item.code == "8"
    ]
    assert cell.record is not None
    assert cell.record.reason == "一、门头太小\n二、没有挂正"
    assert office.history.recent(1)[0].why.endswith("扣分原因 一、门头太小 ⏎ 二、没有挂正")


def test_a_very_long_reason_is_kept_whole_and_named_by_its_beginning(office: Office) -> None:
    branch, _ = two_branches(office)
    key = CellKey(branch, NOW, "1")
    reason = "活动场所被占用。" * 1_250

    office.checklists.edit(key, "reason", reason, TODAY)

    assert office.checklists.card(key, TODAY).texts["reason"] == reason
    assert office.history.recent(1)[0].why == f"8+N：鑫源公司党支部 活动阵地 扣分原因 {reason[:40]}…"


def test_the_history_names_the_organisation_and_the_item(office: Office) -> None:
    branch, _ = two_branches(office)
    office.checklists.set_status(all_cells(branch), MET, TODAY)
    office.checklists.edit(CellKey(branch, NOW, "8"), "reason", "门头太小", TODAY)
    edited, filled = (office.history.details(change.seq) for change in office.history.recent(2))

    assert [(each.who, each.field, each.old, each.new) for each in edited] == [
        ("鑫源公司党支部 支部牌匾 2026年下半年", "扣分原因", "", "门头太小")
    ]
    assert ("鑫源公司党支部 2026年下半年", "期次") in {(each.who, each.field) for each in filled}
    assert ("鑫源公司党支部 活动阵地 2026年下半年", "状态", "达标") in {
        (each.who, each.field, each.new) for each in filled
    }
