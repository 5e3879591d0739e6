"""The content of 村（社区）“两委”班子成员花名册: columns of A3 and A4, cells, merged villages, the total."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest

from desktop.models.domain.posts import PartyForm, Post
from desktop.models.ledgers.layout import layout
from desktop.models.ledgers.ledger import Ledger, Paper
from desktop.models.ledgers.page import draw
from desktop.models.ledgers.raster import render
from desktop.models.ledgers.roster import on_ledger, padded, roster_ledger
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.registers.person import Person
from desktop.models.registers.roster import RosterRow
from desktop.models.registers.term import TermOfOffice
from tests.offices import TODAY, identity_number

VILLAGE = Division(
    code="421081106208", name="毕家塘村委会", kind=DivisionKind.VILLAGE, parent="421081106000", position=5
)
COMMUNITY = Division(
    code="421081106003", name="焦山河居委会", kind=DivisionKind.COMMUNITY, parent="421081106000", position=3
)
PERSON = Person(
    id="1",
    name="张三",
    sex="1",
    birth="1985-07",
    ethnic_group="01",
    native_place="湖北石首",
    political_status="01",
    party_joined="2008-06",
    education="31",
    education_full_time="61",
    education_in_service="31",
    school_major="长江大学 农学",
    cadre_since="2015-03",
    source="04",
    delegate="市党代表",
    duties="全面工作",
    pay=38600,
    pension="已参保",
    id_number=identity_number(),
    phone="19900000001",
    remarks="优秀",
)


def row(
    *posts: Post, person: Person = PERSON, division: Division = VILLAGE, title: str | None = None
) -> RosterRow:
    """A line of the roster."""
    terms = tuple(
        TermOfOffice(
            id=f"{person.id}-{post}",
            person_id=person.id,
            division_code=division.code,
            post=post,
            title=title,
            start="2021-12",
        )
        for post in posts
    )
    return RosterRow(person=person, division=division, township="东升镇", terms=terms)


def ledger(*rows: RosterRow, paper: Paper = Paper.A3, full_ids: bool = False) -> Ledger:
    """The ledger of some lines."""
    return roster_ledger(
        rows, place="石首市东升镇", signature="东升镇党委", on=TODAY, paper=paper, full_ids=full_ids
    )


def cells(made: Ledger, line: int = 0) -> dict[str, str]:
    """A row's cells by heading, without line breaks."""
    labels = [f"{column.parent}{column.label}".replace("\n", "") for column in made.columns]
    return dict(zip(labels, made.rows[line].cells, strict=True))


BOTH_HEADS = row(Post.PARTY_SECRETARY, Post.COMMITTEE_HEAD)


def test_a3_has_every_column_of_the_form_in_its_order() -> None:
    assert cells(ledger(BOTH_HEADS)) == {
        "序号": "1",
        "村（社区）": "毕家塘村",
        "姓名": "张　三",
        "性别": "男",
        "民族": "汉族",
        "出生年月（岁）": "1985.07\n（41岁）",
        "籍贯": "湖北石首",
        "政治面貌": "中共党员",
        "入党时间": "2008.06",
        "学历最高": "大专",
        "学历全日制": "高中",
        "学历在职": "大专",
        "毕业院校及专业": "长江大学 农学",
        "现任职务职务": "党支部书记、村委会主任",
        "现任职务任现职时间": "2021.12",
        "任村干部起始时间": "2015.03",
        "身份类别（来源）": "退役军人",
        "是否一肩挑": "是",
        "是否交叉任职": "是",
        "两代表一委员": "市党代表",
        "分管工作": "全面工作",
        "年报酬（元）": "38600",
        "养老保险": "已参保",
        "身份证号": f"{identity_number()[:6]}********{identity_number()[-4:]}",
        "联系电话": "199****0001",
        "备注": "优秀",
    }


def test_a4_has_a_part_of_the_columns_that_can_be_read() -> None:
    a4, a3 = ledger(BOTH_HEADS, paper=Paper.A4), ledger(BOTH_HEADS)

    assert cells(a4).items() <= (cells(a3) | {"学历": "大专"}).items()
    assert {"姓名", "村（社区）", "现任职务职务", "身份证号"} <= cells(a4).keys()
    assert min(a4.body_pt, a3.body_pt) >= 9


@pytest.mark.parametrize("paper", list(Paper))
def test_numbers_fit_their_columns_in_one_line(paper: Paper) -> None:
    made = ledger(BOTH_HEADS, paper=paper, full_ids=True)

    plan = layout(made)
    by_label = {column.label: slot for column, slot in zip(made.columns, plan.columns, strict=True)}

    assert cells(made)["身份证号"] == identity_number()
    assert by_label["身份证号"][identity_number()] == (identity_number(),)
    assert by_label["联系电话"]["19900000001"] == ("19900000001",)
    assert by_label["姓名"]["欧阳春"] == ("欧阳春",)


def test_months_fit_in_one_line_beside_the_column_of_townships_too() -> None:
    made = ledger(BOTH_HEADS, replace(BOTH_HEADS, township="绣林街道"), full_ids=True)

    plan = layout(made)
    by_label = {column.label: slot for column, slot in zip(made.columns, plan.columns, strict=True)}

    assert "乡镇" in by_label
    for label in ("入党\n时间", "任现职时间", "任村干部起始时间"):
        assert by_label[label]["2008.08"] == ("2008.08",)
    assert by_label["出生\n年月\n（岁）"]["1968.08\n（58岁）"] == ("1968.08", "（58岁）")
    assert by_label["身份证号"]["42109920000808008X"] == ("42109920000808008X",)  # no narrow digits
    assert by_label["联系电话"]["19900000000"] == ("19900000000",)


def test_what_is_not_known_is_left_empty() -> None:
    made = ledger(row(Post.PARTY_MEMBER, person=Person(id="2", name="李四丰")))

    assert {label for label, text in cells(made).items() if text} == {
        *("序号", "村（社区）", "姓名", "现任职务职务", "现任职务任现职时间", "是否一肩挑", "是否交叉任职")
    }


def test_a_year_of_birth_has_no_age() -> None:
    made = ledger(row(Post.PARTY_MEMBER, person=replace(PERSON, birth="1985")))

    assert cells(made)["出生年月（岁）"] == "1985"


def test_posts_are_in_the_local_wording() -> None:
    division = replace(COMMUNITY, party_form=PartyForm.COMMITTEE)

    made = ledger(row(Post.PARTY_DEPUTY, Post.COMMITTEE_MEMBER, Post.SUPERVISORY_HEAD, division=division))

    assert cells(made)["现任职务职务"] == "党委副书记、居委会委员、居务监督委员会主任"


@pytest.mark.parametrize(
    ("posts", "stands"),
    [
        ((Post.PARTY_SECRETARY,), True),
        ((Post.COMMITTEE_MEMBER, Post.SUPERVISORY_HEAD), True),
        ((Post.SUPERVISORY_HEAD,), False),
        ((Post.SUPERVISORY_MEMBER, Post.SUPPORTING), False),
        ((Post.SUPPORTING,), False),
        ((Post.PENDING,), False),
    ],
)
def test_only_members_of_the_two_committees_stand_on_it(posts: tuple[Post, ...], stands: bool) -> None:
    assert on_ledger(row(*posts)) is stands
    assert len(ledger(row(*posts)).rows) == stands


def test_the_total_counts_people_once() -> None:
    woman = replace(PERSON, id="2", name="李四", sex="2", political_status="13")
    made = ledger(
        row(Post.PARTY_SECRETARY, Post.COMMITTEE_HEAD),
        row(Post.COMMITTEE_MEMBER, person=woman),
        row(Post.COMMITTEE_MEMBER, division=COMMUNITY),
        row(Post.PARTY_MEMBER, Post.COMMITTEE_MEMBER, division=COMMUNITY, person=replace(PERSON, id="3")),
    )

    assert [span.text for span in made.totals[0]] == [
        "合计",
        "2 个村（社区），3 人；其中女 1 人，中共党员（含预备）2 人，一肩挑 1 个村（社区），交叉任职 2 人",
    ]


def test_cells_of_one_village_are_one_on_each_page_it_reaches() -> None:
    people = [replace(PERSON, id=str(number)) for number in range(60)]
    made = ledger(*(row(Post.COMMITTEE_MEMBER, person=person) for person in people), paper=Paper.A4)

    plan = layout(made)

    assert len(plan.pages) > 1
    for page in plan.pages:
        blocks = [block for block in page.blocks if block.column == 1]
        assert [(block.first, block.end) for block in blocks] == [(0, len(page.heights))]


def test_names_are_padded_on_paper_only() -> None:
    assert [padded(name) for name in ("张三", "张\U0002c029", "张建国", "张")] == [
        *("张　三", "张　\U0002c029", "张建国", "张")
    ]


def test_a_page_is_turned_into_pixels_of_its_size() -> None:
    file = BytesIO()
    draw(ledger(BOTH_HEADS, paper=Paper.A4), file)

    raster = render(file.getvalue(), 0, 2)

    with pypdfium2.PdfDocument(file.getvalue()) as document:
        width, height = document[0].get_size()
    assert (round(width), round(height)) == (842, 595)
    assert abs(raster.width - 2 * width) <= 1
    assert abs(raster.height - 2 * height) <= 1
    assert raster.stride >= 4 * raster.width
    assert set(raster.data) > {0, 255}  # black on white
