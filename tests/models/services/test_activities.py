"""Activities: entered by the form, read from workbooks, kept when people go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop.models.registers.activity import Activity, Attendance, FieldProblem
from desktop.models.registers.person_file import PHOTO, Attachment
from desktop.models.registers.roster import RosterQuery
from desktop.models.services.activity_forms import ActivityForm, ProblemEntry
from desktop.models.services.attendees import Attendee, read_names
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.new_files import make_ready
from desktop.models.workbooks.plan import Outcome
from desktop.office import Office
from tests.models.services.pictures import quarters, scene
from tests.offices import TODAY, VILLAGE, identity_number, member, workbook

EXCHANGE, GUIDANCE, STUDY, VISIT = "1", "2", "3", "4"
ALL = RosterQuery(on=TODAY)
OTHER_VILLAGE = "421081106209"


def secretary(office: Office, name: str = "张建国", village: str = VILLAGE, order: int = 1) -> str:
    """A secretary under management; the id of the person."""
    typed = member(name=name, id_number=identity_number(order=order), phone=f"199000000{order:02d}")
    person_id, _ = office.roster.add(village, typed, TODAY)
    office.managed_secretaries.add(
        {"kind": "正面", "since": "2026.01"}, TODAY, owner_id=person_id, division_code=village
    )
    return person_id


def form(office: Office, person_id: str, kind: str = GUIDANCE, **texts: str) -> ActivityForm:
    """A form as somebody fills it in."""
    draft = office.activity_forms.draft(kind, TODAY, person_id, VILLAGE)
    return replace(draft, values={**draft.values, "theme": "乡村振兴", "place": "村部"} | texts)


def test_a_draft_knows_the_person_village_kind_day_and_mentor(office: Office) -> None:
    person_id = secretary(office)
    office.settings.operator = "李干事"
    typed = {"mentor": "王部长", "mentor_unit": "市委组织部", "start": "2026.02"}
    office.mentoring.add(typed, TODAY, owner_id=person_id, division_code=VILLAGE)

    draft = office.activity_forms.draft(GUIDANCE, TODAY, person_id, VILLAGE)

    shown = {name: draft.values[name] for name in ("kind", "state", "start", "speaker", "entered_by")}
    assert shown == {
        "kind": "实地指导",
        "state": "已开展",
        "start": "2026.11.24",
        "speaker": "王部长",
        "entered_by": "李干事",
    }
    assert draft.division_code == VILLAGE
    assert [(each.name, each.post, each.secretary) for each in draft.attendees] == [
        ("张建国", "党支部书记、村委会主任", True)
    ]


def test_an_activity_with_people_problems_and_photos_is_one_change_set(
    office: Office, tmp_path: Path
) -> None:
    person_id = secretary(office)
    photo = tmp_path / "a.jpg"
    quarters().save(photo)
    filled = replace(
        form(office, person_id),
        problems=(ProblemEntry(values={"problem": "台账不全", "due": "2026.12.10"}),),
        files=(make_ready(photo, PHOTO),),
    )
    filled = replace(filled, attendees=(*filled.attendees, Attendee(name="王部长", post="市委组织部")))

    key = office.activity_forms.save(filled, TODAY)

    line = office.activities.rows([key], TODAY)[0]
    columns = ("kind", "start", "secretaries", "participants", "present", "photos")
    assert [office.activities.text(line, name, whole=True) for name in columns] == [
        *("实地指导", "2026.11.24", "张建国", "王部长", "2", "1")
    ]
    assert office.history.next_undo() == "登记活动：实地指导 毕家塘村 张建国"
    office.history.undo()
    for record in (Activity, Attendance, FieldProblem, Attachment):
        assert office.activities._records.select(record) == []
    office.history.redo()
    assert office.activities.count(line.record, office.activities.attendances([key])[key]).present == 2
    assert office.field_problems.chips(ALL)["open"] == 1


def test_the_history_and_a_photo_used_twice_name_the_activity(office: Office, tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    scene(1).save(photo)
    filled = replace(form(office, secretary(office)), files=(make_ready(photo, PHOTO),))
    key = office.activity_forms.save(filled, TODAY)
    office.activities.set_cell(key, "kind", "集中学习", TODAY)

    (change,) = office.history.details(office.history.recent(1)[0].seq)
    again = replace(form(office, filled.secretaries[0].person_id or ""), files=(make_ready(photo, PHOTO),))

    assert (change.who, change.field, change.old, change.new) == (
        *("毕家塘村 2026.11.24 乡村振兴", "类型", "实地指导", "集中学习"),
    )
    assert "“毕家塘村 2026.11.24 乡村振兴”已用过" in office.activity_forms.checks(again)["photos"]


def test_what_is_worth_a_look_before_saving_is_told(office: Office) -> None:
    filled = form(office, secretary(office), entered_by="李干事", checked_by="李干事")
    absent = replace(filled.attendees[0], present=False)

    told = office.activity_forms.checks(replace(filled, attendees=(absent,)))

    assert told == {
        "checked_by": "审核人与填报人是同一人，请由另一人审核。",
        "secretaries": "张建国没有到场，不计入完成情况。",
    }
    assert "请把书记加进参加人" in office.activity_forms.checks(replace(filled, attendees=()))["secretaries"]


def test_the_next_one_keeps_kind_day_mentor_and_host(office: Office) -> None:
    first = secretary(office)
    second = secretary(office, "李卫东", OTHER_VILLAGE, 2)
    key = office.activity_forms.save(
        form(office, first, start="2026.11.20 14:30", host="赵镇长", speaker="王部长"), TODAY
    )

    after = office.activity_forms.draft_after(key, TODAY, second, OTHER_VILLAGE)

    assert [after.values[name] for name in ("kind", "start", "host", "speaker")] == [
        *("实地指导", "2026.11.20 14:30", "赵镇长", "王部长")
    ]
    assert [each.name for each in after.attendees] == ["李卫东"]
    assert after.division_code == OTHER_VILLAGE


def test_changing_a_saved_activity_keeps_who_stayed_and_empties_what_was_emptied(office: Office) -> None:
    person_id = secretary(office)
    problem = ProblemEntry(values={"problem": "台账不全"})
    key = office.activity_forms.save(replace(form(office, person_id), problems=(problem,)), TODAY)
    (before,) = office.activities.attendances([key])[key]
    opened = office.activity_forms.of(key)

    office.activity_forms.save(
        replace(
            opened,
            values={**opened.values, "place": "", "end": "2026.11.24"},
            attendees=(*opened.attendees, Attendee(name="外来人")),
            problems=(),
        ),
        TODAY,
    )

    activity = office.activities.records(id=key)[0]
    assert (activity.place, activity.theme, activity.end) == (None, "乡村振兴", "2026-11-24")
    attended = office.activities.attendances([key])[key]
    assert [each.name for each in attended] == ["张建国", "外来人"]
    assert attended[0].id == before.id
    assert office.field_problems.keys(ALL) == []


@pytest.mark.parametrize(
    ("texts", "field", "words"),
    [
        ({"start": ""}, "start", "不能空着"),
        ({"kind": "座谈"}, "kind", "工作交流、实地指导、集中学习、参观学习"),
        ({"start": "2026.12.01"}, "state", "计划"),
        ({"start": "2026.11.24 14:30", "end": "13:00"}, "end", "早于开始时间"),
        ({"start": "2026.11.24 25:00"}, "start", "没有这个时间"),
        ({"state": ""}, "state", "不能空着"),
    ],
)
def test_what_cannot_be_is_refused_with_words(
    office: Office, texts: dict[str, str], field: str, words: str
) -> None:
    filled = form(office, secretary(office), **texts)

    with pytest.raises(InvalidValueError) as refused:
        office.activity_forms.save(filled, TODAY)

    assert words in refused.value.problems[field]
    assert office.activities.keys(ALL) == []


def test_the_state_of_an_activity_cannot_be_emptied_and_a_problem_tells_its_number(office: Office) -> None:
    filled = form(office, secretary(office))
    key = office.activity_forms.save(filled, TODAY)
    entries = (
        ProblemEntry(values={"problem": "台账不全"}),
        ProblemEntry(values={"problem": "", "due": "月底"}),
    )

    with pytest.raises(InvalidValueError, match="状态不能空着"):
        office.activities.set_cell(key, "state", "", TODAY)
    with pytest.raises(InvalidValueError) as refused:
        office.activity_forms.save(replace(filled, problems=entries), TODAY)

    assert refused.value.problems["problem"].startswith("第 2 个问题：")
    assert "看不出是哪一天" in refused.value.problems["due"]


def test_nobody_is_there_twice_and_blank_names_are_nobody(office: Office) -> None:
    filled = form(office, secretary(office))
    again = replace(filled.attendees[0], secretary=False)

    key = office.activity_forms.save(
        replace(filled, attendees=(again, *filled.attendees, Attendee(name=" "), Attendee(name="王 明"))),
        TODAY,
    )

    attended = office.activities.attendances([key])[key]
    assert [(each.name, each.role) for each in attended] == [("张建国", "1"), ("王明", "2")]


def test_a_time_alone_ends_on_the_day_of_the_start(office: Office) -> None:
    key = office.activity_forms.save(
        form(office, secretary(office), start="2026.11.24 14:30", end="16:00"), TODAY
    )

    office.activities.set_cell(key, "end", "17:15", TODAY)

    assert office.activities.records(id=key)[0].end == "2026-11-24 17:15"
    with pytest.raises(InvalidValueError, match="早于开始时间"):
        office.activities.set_cell(key, "end", "9:00", TODAY)


def test_a_plan_whose_day_has_gone_by_and_one_person_as_checker_are_pointed_out(office: Office) -> None:
    key = office.activity_forms.save(
        form(office, secretary(office), state="计划", entered_by="李干事", checked_by="李干事"), TODAY
    )
    line = office.activities.rows([key], TODAY)[0]

    assert office.activities.doubts(line)["checked_by"] == "审核人与填报人是同一人，请由另一人审核。"
    assert "计划的日子已经过了" in office.activities.problems(line, date(2026, 11, 25))["state"]


def test_removing_somebody_from_the_roster_or_ending_the_post_leaves_the_record(office: Office) -> None:
    person_id = secretary(office)
    guest, _ = office.roster.add(
        VILLAGE, member(name="刘小会", posts="村委委员", id_number=identity_number(order=9)), TODAY
    )
    filled = form(office, person_id)
    there = office.activities.attendees.known(guest, VILLAGE, TODAY)
    key = office.activity_forms.save(replace(filled, attendees=(*filled.attendees, there)), TODAY)

    office.roster.remove([(guest, VILLAGE)])
    terms = [each.term.id for each in office.roster.terms(person_id)]
    office.roster.end_terms(terms, TODAY, "退休")

    line = office.activities.rows([key], date(2026, 12, 1))[0]
    assert (line.computed["secretaries"], line.computed["participants"]) == ("张建国", "刘小会")
    assert [each.post for each in office.activities.attendances([key])[key]] == [
        "党支部书记、村委会主任",
        "村委会委员",
    ]
    assert office.managed_secretaries.chips(RosterQuery(on=date(2026, 12, 1)))["left_post"] == 1


def test_merging_one_person_entered_twice_moves_what_was_attended_and_keeps_one_management(
    office: Office,
) -> None:
    kept, other = secretary(office), secretary(office, "张建国", VILLAGE, 2)
    for each in (kept, other):
        typed = {"mentor": "王部长", "start": "2026.02"}
        office.mentoring.add(typed, TODAY, owner_id=each, division_code=VILLAGE)
    filled = form(office, other)
    both = (*form(office, kept).attendees, *filled.attendees)
    key = office.activity_forms.save(replace(filled, attendees=both), TODAY)

    office.same_people.merge(kept, other)

    assert [each.person_id for each in office.activities.attendances([key])[key]] == [kept]
    assert [each.person_id for each in office.managed_secretaries.records()] == [kept]
    assert [each.person_id for each in office.mentoring.records()] == [kept]
    row = office.four_ones.matrix(office.four_ones.period(TODAY), TODAY).rows[0]
    assert [len(cell.held) for cell in row.cells] == [0, 1, 0, 0]


def test_removing_an_activity_takes_its_people_problems_and_files_and_comes_back_whole(
    office: Office, tmp_path: Path
) -> None:
    photo = tmp_path / "a.jpg"
    quarters().save(photo)
    filled = replace(
        form(office, secretary(office)),
        problems=(ProblemEntry(values={"problem": "台账不全"}),),
        files=(make_ready(photo, PHOTO),),
    )
    key = office.activity_forms.save(filled, TODAY)

    assert office.activities.remove([key]) == 1

    left = [office.activities._records.select(each) for each in (Attendance, FieldProblem, Attachment)]
    assert left == [[], [], []]
    office.history.undo()
    assert office.activity_forms.of(key).problems[0].values["problem"] == "台账不全"
    assert len(office.attachments.of("activity", key)) == 1


def test_people_are_found_by_pinyin_and_a_secretary_under_management_counts(office: Office) -> None:
    secretary(office)

    (found,) = office.activities.attendees.matching("zjg", TODAY)

    assert (found.name, found.secretary, found.division_code) == ("张建国", True, VILLAGE)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三、李四，王五", ("张三", "李四", "王五")),
        ("张 三", ("张三",)),
        ("张三 李四", ("张三", "李四")),
        ("张三、李四（桥南社区）、王五等12人", ("张三", "李四", "王五")),
        ("", ()),
    ],
)
def test_names_of_a_cell_are_told_apart(text: str, names: tuple[str, ...]) -> None:
    assert read_names(text) == names


HEADINGS = ("活动类型", "活动主题", "活动时间", "村（社区）", "活动地点", "主持人", "参加人员")
ROWS = (
    ("工作交流", "谈思路", "2026.03.05", "毕家塘村", "镇政府", "赵镇长", "张建国、王部长"),
    ("参观学习", "看示范点", "2026年6月8日 9:00", "", "焦山河", "赵镇长", "张建国，刘小会"),
    ("座谈会", "不知道什么", "2026.03.05", "毕家塘村", "", "", "张建国"),
)


def test_a_workbook_of_activities_is_read_and_the_same_one_again_changes_nothing(
    office: Office, tmp_path: Path
) -> None:
    person_id = secretary(office)
    file = workbook(tmp_path / "活动.xlsx", HEADINGS, ROWS, title="“四个一”活动登记表")
    rows = office.register_imports.read("activity", [file])

    result = office.register_imports.apply("activity", rows, TODAY, file.name)

    outcomes = [line.outcome for line in result.plan.lines]
    assert outcomes == [Outcome.NEW, Outcome.NEW, Outcome.REFUSED]
    assert "王部长：名册里没有" in result.plan.lines[0].remark
    assert "工作交流、实地指导" in result.plan.lines[2].problems["kind"]
    lines = office.activities.rows(
        office.activities.keys(RosterQuery(on=TODAY, sort=("start", False))), TODAY
    )
    assert [
        (each.record.start, each.computed["secretaries"], each.computed["participants"]) for each in lines
    ] == [
        ("2026-03-05", "张建国", "王部长"),
        ("2026-06-08 09:00", "张建国", "刘小会"),
    ]
    assert [each.record.division_code for each in lines] == [VILLAGE, VILLAGE]
    matrix = office.four_ones.matrix(office.four_ones.period(TODAY), TODAY)
    assert [(row.subject.person.id, [len(cell.held) for cell in row.cells]) for row in matrix.rows] == [
        (person_id, [1, 0, 0, 1])
    ]
    again = office.register_imports.apply("activity", rows, TODAY, file.name)
    assert again.seq is None
    assert [line.outcome for line in again.plan.lines] == [Outcome.SAME, Outcome.SAME, Outcome.REFUSED]


def test_an_export_of_ours_comes_back_with_what_was_changed_in_it(office: Office, tmp_path: Path) -> None:
    key = office.activity_forms.save(form(office, secretary(office)), TODAY)
    file = tmp_path / "out.xlsx"
    names = [field.name for field in office.activities.fields]
    assert office.activities.export(file, ALL, names) == 1

    rows = office.register_imports.read("activity", [file])
    assert office.register_imports.apply("activity", rows, TODAY, "out.xlsx").seq is None
    office.activities.set_cell(key, "participants", "王部长、刘小会", TODAY)
    office.activities.set_cell(key, "theme", "改过的主题", TODAY)
    office.register_imports.apply("activity", rows, TODAY, "out.xlsx")

    line = office.activities.rows([key], TODAY)[0]
    assert (line.record.theme, line.computed["participants"]) == ("乡村振兴", "王部长、刘小会")


def test_a_field_problem_is_closed_with_words_and_is_overdue_until_then(office: Office) -> None:
    problem = ProblemEntry(values={"problem": "台账不全", "due": "2026.11.20"})
    filled = replace(form(office, secretary(office), start="2026.11.10 9:00"), problems=(problem,))
    activity = office.activity_forms.save(filled, TODAY)
    (key,) = office.field_problems.keys(ALL)
    line = office.field_problems.rows([key], TODAY)[0]
    assert office.field_problems.text(line, "found", whole=True) == "2026.11.10"
    assert "整改期限 2026.11.20 已过" in office.field_problems.problems(line, TODAY)["due"]

    with pytest.raises(InvalidValueError, match="早于发现问题的日期"):
        office.field_problems.set_cell(key, "closed", "2026.11.09", TODAY)
    office.field_problems.set_cell(key, "closed", "2026.11.24", TODAY)
    further = office.field_problems.add(
        {"problem": "公开栏没有更新"}, TODAY, owner_id=activity, division_code=VILLAGE
    )

    line = office.field_problems.rows([key], TODAY)[0]
    assert office.field_problems.problems(line, TODAY) == {
        "measure": "还没有填整改措施。",
        "responsible": "还没有填责任人。",
        "closing": "已销号，还没有填整改情况。",
    }
    chips = office.field_problems.chips(ALL)
    assert (chips["open"], chips["overdue"], chips["closed"]) == (1, 0, 1)
    assert office.field_problems.records(id=further)[0].activity_id == activity


def test_a_kind_added_to_the_scheme_is_a_column_and_a_choice(office: Office) -> None:
    version = office.schemes.current("activities", TODAY)
    item = replace(version.common[0], code="", name="一次谈心谈话", position=5, times=2)
    scheme = replace(version.scheme, since="2026-11-01", period_kind="half_year", title="本镇方案")
    office.schemes.save(scheme, (*version.common, item))
    person_id = secretary(office)
    code = next(code for code, name in office.activities.kinds.names().items() if name == "一次谈心谈话")

    office.activity_forms.save(form(office, person_id, code), TODAY)

    matrix = office.four_ones.matrix(office.four_ones.period(TODAY), TODAY)
    assert matrix.period.label == "2026年下半年"
    assert [kind.name for kind in matrix.kinds][-1] == "一次谈心谈话"
    assert matrix.rows[0].cells[-1].words == "2026.11.24，还差 1 次"
    assert office.activities.fields[0].kind.choices[-1] == "一次谈心谈话"


def test_an_activity_is_added_in_the_grid_with_names(office: Office) -> None:
    secretary(office)
    typed = {"kind": "集中学习", "start": "2026.03.05", "secretaries": "张建国", "participants": "王部长"}

    key = office.activities.add(typed, TODAY, division_code=VILLAGE)

    assert [(each.name, each.role) for each in office.activities.attendances([key])[key]] == [
        ("张建国", "1"),
        ("王部长", "2"),
    ]
    with pytest.raises(InvalidValueError, match="已经有这一行了"):
        office.activities.add(typed, TODAY, division_code=VILLAGE)


def test_a_secretary_who_began_later_or_has_a_namesake_is_still_meant(office: Office) -> None:
    person_id = secretary(office)
    office.roster.add(
        OTHER_VILLAGE, member(posts="村委委员", birth="1990.01", id_number=identity_number("19900101")), TODAY
    )
    for each in office.roster.terms(person_id):
        office.people.correct(each.term.id, TODAY, start="2026.06")
    typed = {"kind": "集中学习", "start": "2026.03.05", "secretaries": "张建国"}

    key = office.activities.add(typed, TODAY, division_code=OTHER_VILLAGE)

    (attended,) = office.activities.attendances([key])[key]
    assert (attended.person_id, attended.division_code, attended.post) == (person_id, VILLAGE, None)


def test_names_typed_into_a_cell_become_people_and_nobody_is_both(office: Office) -> None:
    person_id = secretary(office)
    second = secretary(office, "李卫东", OTHER_VILLAGE, 2)
    key = office.activity_forms.save(form(office, person_id), TODAY)

    office.activities.set_cell(key, "participants", "王部长、李卫东", TODAY)
    office.activities.set_cell(key, "secretaries", "张建国、李卫东", TODAY)

    attended = office.activities.attendances([key])[key]
    assert [(each.name, each.role, each.person_id) for each in attended] == [
        ("张建国", "1", person_id),
        ("王部长", "2", None),
        ("李卫东", "1", second),
    ]
    office.activities.set_cell(key, "participants", "", TODAY)
    assert [each.name for each in office.activities.attendances([key])[key]] == ["张建国", "李卫东"]


def test_the_same_entered_twice_is_told_before_it_is_saved(office: Office) -> None:
    filled = form(office, secretary(office))
    assert office.activity_forms.checks(filled) == {}
    key = office.activity_forms.save(filled, TODAY)

    told = office.activity_forms.checks(filled)["start"]

    assert told == "这一天已经有一次实地指导（乡村振兴），请看是不是登记过了。"
    assert "start" not in office.activity_forms.checks(office.activity_forms.of(key))
    other = replace(filled, values={**filled.values, "start": "2026.11.23"})
    assert "start" not in office.activity_forms.checks(other)


def test_a_year_mistyped_is_told_by_the_start_of_the_management(office: Office) -> None:
    filled = form(office, secretary(office), start="1926.11.24")

    assert office.activity_forms.checks(filled)["start"] == "早于纳入提级管理的时间 2026.01，请核对日期。"


@pytest.mark.parametrize("name", ["due", "closed"])
def test_no_day_of_a_problem_lies_before_it_was_found_in_the_form_either(office: Office, name: str) -> None:
    problem = ProblemEntry(values={"problem": "台账不全", name: "2026.11.23"})
    filled = replace(form(office, secretary(office)), problems=(problem,))

    with pytest.raises(InvalidValueError, match=r"第 1 个问题：早于发现问题的日期 2026\.11\.24"):
        office.activity_forms.save(filled, TODAY)

    assert office.activities._records.select(Activity) == []


def test_a_paragraph_is_no_name_of_somebody_who_was_there(office: Office) -> None:
    filled = form(office, secretary(office))
    filled = replace(filled, attendees=(*filled.attendees, Attendee(name="长" * 5000)))

    with pytest.raises(InvalidValueError) as refused:
        office.activity_forms.save(filled, TODAY)

    words = refused.value.problems["participants"]
    assert words.endswith("太长，不像姓名，请核对。")
    assert len(words) < 80


def test_a_page_of_text_in_a_field_of_numbers_is_refused_in_few_words(office: Office) -> None:
    reading = office.activities.read_cell("", "expected", "应" * 10_000, TODAY)

    assert reading.value is None
    assert reading.problem is not None
    assert reading.problem.startswith("“应应")
    assert reading.problem.endswith("请只填数字。")
    assert len(reading.problem) < 120
