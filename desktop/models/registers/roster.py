"""The roster (村“两委”班子成员花名册): a person with the posts held in one village, a view over two records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.models.domain.fields import MONTH, TEXT, Field, Register
from desktop.models.domain.identity import birth_month, sex_code
from desktop.models.domain.months import show_month
from desktop.models.domain.posts import Committee, PartyForm, Post, print_posts
from desktop.models.registers.division import Division
from desktop.models.registers.person import PERSON, Person
from desktop.models.registers.term import TermOfOffice


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One line of the roster: a person, the village, the terms served there on the day asked for."""

    person: Person
    division: Division
    township: str  # name
    terms: tuple[TermOfOffice, ...]  # in the order of posts

    @property
    def key(self) -> tuple[str, str]:
        """Person id and division code: what a line is, whatever is edited in it."""
        return (self.person.id, self.division.code)

    @property
    def posts_text(self) -> str:
        """The printed cell of posts, party posts first, in the local wording."""
        return print_posts(
            [term.held for term in self.terms],
            PartyForm(self.division.party_form),
            community=self.division.is_community,
        )

    @property
    def post_since(self) -> str | None:
        """Since when the first of the posts is held (任现职时间)."""
        return next((term.start for term in self.terms if term.start), None)

    @property
    def both_heads(self) -> bool:
        """一肩挑: secretary of the party organisation and head of the committee."""
        posts = {term.post for term in self.terms}
        return {Post.PARTY_SECRETARY, Post.COMMITTEE_HEAD} <= posts

    @property
    def on_both_committees(self) -> bool:
        """交叉任职: on the party organisation's committee and on the villagers' or residents' one."""
        bodies = {Post(term.post).committee for term in self.terms}
        return {Committee.PARTY, Committee.VILLAGERS} <= bodies

    @property
    def status(self) -> str | None:
        """主持工作, where one of the posts has it."""
        return next((term.status for term in self.terms if term.status), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterQuery:
    """Which lines of the roster, in which order.

    ``filters``: (field, the shown values that stay; “” for empty), “person” for ids of people, of a register “id” for those
    of its lines; ``sort``: (field or one of its ORDERS, descending), None for the local order of villages and, within
    one, of posts, then of strokes.
    """

    on: date  # who served on this day
    unit: str | None = None  # a township's or a village's code; None for all
    search: str = ""  # name, pinyin, initials, tail of a number, post, village
    chip: str = "all"  # a key of CHIPS
    filters: tuple[tuple[str, frozenset[str]], ...] = ()
    sort: tuple[str, bool] | None = None


# How a column can be sorted where that has a name of its own: what a query asks for → words, the usual one first.
ORDERS: Mapping[str, Mapping[str, str]] = {
    "name": {"name:surname": "姓氏笔画", "name:strokes": "姓名笔画", "name": "拼音"},
    "posts": {"posts": "职务序"},
    "village": {"village": "村序"},
}
CHIPS = {
    "all": "全部",
    "secretaries": "书记",
    "under_35": "35 岁以下",
    "women": "女",
    "term_ends": "任期将满",  # of a committee sat on, within six months or already
    "incomplete": "信息不全",
}
# 信息不全 without
ESSENTIAL = ("sex", "birth", "ethnic_group", "political_status", "education", "id_number", "phone")


def value_of(row: RosterRow, field: str) -> object:
    """The stored value of a roster field: the person's, or what the view computes."""
    match field:
        case "township":
            return row.township
        case "village":
            return row.division.short_name
        case "posts":
            return row.posts_text
        case "post_since":
            return row.post_since
        case "both_heads":
            return "是" if row.both_heads else "否"
        case "cross":
            return "是" if row.on_both_committees else "否"
        case _:
            return getattr(row.person, field)


_PERSON_COLUMNS = {field.name: field for field in PERSON.fields}


def _from_person(*names: str) -> tuple[Field, ...]:
    return tuple(_PERSON_COLUMNS[name] for name in names)


ROSTER = Register(
    name="roster",
    title="村（社区）“两委”班子成员花名册",
    record=RosterRow,
    fields=(
        *_from_person("name"),
        Field(
            name="township",
            label="乡镇",
            width_mm=18,
            editable=False,
            grouped=True,
            listed=False,
            headings=("镇", "乡镇街道", "乡镇办区", "街道", "所属乡镇", "乡镇名称", "乡镇场", "镇街"),
        ),
        Field(
            name="village",
            label="村（社区）",
            width_mm=20,
            a4_width_mm=20,
            editable=False,
            grouped=True,
            headings=(
                *(
                    "村",
                    "村名",
                    "村居",
                    "村社区",
                    "行政村",
                    "社区",
                    "所在村",
                    "单位",
                    "单位名称",
                    "村社区名称",
                    "村名称",
                ),
                *("所在村社区", "村别", "村居名称", "所属村", "任职村", "工作单位"),
            ),
        ),
        *_from_person("sex", "birth", "ethnic_group", "political_status", "party_joined"),
        *_from_person("education", "education_full_time", "education_in_service", "school_major"),
        Field(
            name="posts",
            label="职务",
            kind=TEXT,
            width_mm=35.5,
            a4_width_mm=43,
            headings=(
                "现任职务",
                "担任职务",
                "职位",
                "任职情况",
                "村两委职务",
                "现职务",
                "任职",
                "岗位",
                "村两委及监委会职务",
            ),
        ),
        Field(
            name="post_since",
            label="任现职时间",
            kind=MONTH,
            width_mm=17.5,
            a4_width_mm=19,
            headings=(
                "任职时间",
                "任现职年月",
                "任职年月",
                "起任年月",
                "上任时间",
                "任现职务时间",
                "现任职务时间",
                "任职起始时间",
            ),
        ),
        Field(name="both_heads", label="是否一肩挑", width_mm=12, editable=False, listed=False),
        Field(name="cross", label="是否交叉任职", width_mm=12, editable=False, listed=False),
        *_from_person("cadre_since", "source", "native_place", "delegate", "duties", "pay", "pension"),
        *_from_person("id_number", "phone", "party_stage", "remarks"),
    ),
)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two fields of one person that do not agree; ``drop`` says that the field's value is left out."""

    field: str
    message: str
    drop: bool


def contradictions(values: Mapping[str, object]) -> list[Contradiction]:
    """What does not agree within one person's values (stored form, missing fields absent or None).

    A sex that contradicts the identity number is left out; months are kept and pointed out.
    """
    found: list[Contradiction] = []
    number, sex, birth = (values.get(name) for name in ("id_number", "sex", "birth"))
    if isinstance(number, str) and isinstance(sex, str) and sex != sex_code(number):
        told = "男" if sex_code(number) == "1" else "女"
        found.append(
            Contradiction("sex", f"性别与身份证号不符：身份证号第 17 位表示“{told}”，请核对。", True)
        )
    if isinstance(number, str) and isinstance(birth, str) and birth_month(number)[: len(birth)] != birth:
        told = show_month(birth_month(number))
        words = f"出生年月 {show_month(birth)} 与身份证号里的 {told} 不同，已按表格记下；以档案认定为准。"
        found.append(Contradiction("birth", words, False))
    found += _out_of_order(values)
    return found


_ORDER = (
    ("birth", "party_joined", "入党时间早于出生年月"),
    ("birth", "post_since", "任现职时间早于出生年月"),
    ("birth", "cadre_since", "任村干部起始时间早于出生年月"),
    ("cadre_since", "post_since", "任现职时间早于任村干部起始时间"),
)


def _out_of_order(values: Mapping[str, object]) -> list[Contradiction]:
    found = []
    for earlier, later, words in _ORDER:
        first, second = values.get(earlier), values.get(later)
        if isinstance(first, str) and isinstance(second, str):
            length = min(len(first), len(second))
            if second[:length] < first[:length]:
                found.append(Contradiction(later, f"{words}，已按表格记下，请核对。", False))
    return found
