"""What the columns of workbooks are called (表头): headings of up to three levels, recognised as fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.models.domain.cleaning import compact, without_notes
from desktop.models.domain.fields import Register
from desktop.models.domain.post_reading import read_posts
from desktop.models.domain.posts import Committee, HeldPost

ROW_ID_HEADING = "系统编号"  # the hidden column of our own exports
SERIAL = "#serial"
ROW_ID = "#row_id"
_IGNORED = re.compile(r"[“”\"'‘’：:＊*、，,。.·_/／\\|]")
_SERIALS = frozenset({"序号", "编号", "序", "号", "行号", "no", "序列", "排序"})
_NAMES = re.compile(r"(?:村|社区|两委|班子|成员|干部|人员|委员|党员|现任)*姓名")
# other people, other units
_NOT_OURS = re.compile(r"配偶|家庭|家属|子女|父|母|户主|联系人|推荐|介绍|培养|曾用|万元")
_BARE_MEMBER = frozenset({"委员", "成员"})

# headings that no list holds, by what they contain and what not; the first that fits
_CONTAINED = tuple(
    (field, re.compile(holds), re.compile(but) if but else None)
    for field, holds, but in (
        ("id_number", r"身份证|公民身份号|证件号", ""),
        ("cadre_since", r"(?:任|当|进入).*(?:村|社区).*干部.*(?:时间|年月|日期)", ""),
        (
            "post_since",
            r"(?:任现职|任职|上任|起任|现任).*(?:时间|年月|日期|起始)",
            r"首次|初任|村干部|离任|截止|终|职务及|职务和",
        ),
        ("party_joined", r"入党.*(?:时间|年月|日期)|加入.*党.*时间", r"申请|积极"),
        ("birth", r"出生", r"出生地"),
        ("phone", r"手机|电话|联系方式", r"紧急"),
        ("school_major", r"毕业.*(?:院校|学校)", ""),
        ("education_full_time", r"全日制.*学历|第一学历", r"学校|院校|专业|时间"),
        ("education_in_service", r"在职.*学历|第二学历", r"学校|院校|专业|时间"),
        ("education", r"学历|文化程度", r"学校|院校|专业|时间|提升|报读|在读|证"),
        ("political_status", r"政治面貌|党派|是否.*党员", ""),
        ("posts", r"职务(?:名称|情况|职级|岗位)?$|职位$", r"原|曾|拟|职称|社会|技术"),
        ("village", r"(?:乡镇|镇|街道).*(?:村|社区)$", ""),
        ("township", r"^(?:所属|所在)?(?:乡镇|镇街|街道|镇办)", ""),
        ("village", r"行政村|村名|社区名|所在村|村居|村社区", r"两委|干部|职务|集体|收入"),
    )
)
_POST_COLUMNS = (
    (Committee.SUPERVISORY, r"(?:村务|居务|村|社区)?(?:监委会|监督委员会|监委|监督)"),
    (Committee.PARTY, r"(?:村|社区)?(?:党组织|党内|党支部|党总支|党委|党|支部|支委会?|党务)"),
    (Committee.VILLAGERS, r"村?(?:村委会|村民委员会|居委会|居民委员会|行政|村委|居委|自治组织)"),
)
_BODY_OF_COLUMN = tuple(
    (body, re.compile(rf"(?:现任|担任)?{words}(?:班子|成员)?(?:职务|任职)(?:情况|名称)?"))
    for body, words in _POST_COLUMNS
)
_BODY_WORDS = (
    (Committee.SUPERVISORY, re.compile(r"监委|监督")),
    (Committee.PARTY, re.compile(r"党组织|党支部|党总支|党委|支部|支委|党内")),
    (Committee.VILLAGERS, re.compile(r"村委|村民委|居委|居民委|行政")),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a found table: its heading, what it is taken for, what a tick in it means."""

    index: int
    heading: str
    field: str | None
    committee: Committee | None = None
    ticked: tuple[HeldPost, ...] = ()


def normal_heading(text: str) -> str:
    """A heading as it is compared: no spaces, line breaks, punctuation or bracketed notes."""
    return _IGNORED.sub("", without_notes(compact(text))).lower()


class Headings:
    """What a register's columns are called in workbooks."""

    def __init__(self, register: Register, learnt: Mapping[str, str | None] | None = None) -> None:
        self._fields = {
            normal_heading(word): field.name
            for field in register.fields
            for word in (field.label, *field.headings)
        }
        self._known = {field.name for field in register.fields}
        self.grouped = frozenset(field.name for field in register.fields if field.grouped)
        self._in_wan = frozenset(field.name for field in register.fields if "万元" in field.label)
        self._learnt = dict(learnt or {})
        # headings repeat on each page
        self._memory: dict[tuple[int, tuple[str, ...], Column | None], Column] = {}
        names = [word for word, field in self._fields.items() if field == "name"]
        self._like_a_name = re.compile(
            "|".join({"名" if "名" in word else re.escape(word) for word in names})
        )

    def has_name(self, cells: Iterable[object]) -> bool:
        """Whether one of a row's cells is the heading of the column of names, by which tables are found."""
        texts = [cell for cell in cells if cell.__class__ is str]
        # one search a row, since every row of a sheet is asked
        return bool(self._like_a_name.search("\n".join(texts))) and any(map(self.is_name, texts))

    def is_name(self, text: str) -> bool:
        """Whether a text is the heading of the column of names."""
        if not self._like_a_name.search(text):
            return False
        word = normal_heading(text)
        return self._fields.get(word) == "name" or bool(_NAMES.fullmatch(word))

    def column(self, index: int, path: Sequence[str], left: Column | None = None) -> Column:
        """What the column under a heading is; ``path`` holds the levels from the top, ``left`` is its neighbor."""
        key = (index, tuple(path), left)
        if key not in self._memory:
            self._memory[key] = self._read_column(index, path, left)
        return self._memory[key]

    def _read_column(self, index: int, path: Sequence[str], left: Column | None) -> Column:
        heading = " ".join(dict.fromkeys("".join(part.split()) for part in path if part.strip()))
        words = list(dict.fromkeys(filter(None, map(normal_heading, path))))
        if not words:
            return Column(index, heading, None)
        wholes = ["".join(words[start:]) for start in range(len(words))]  # with all parents, with one less …
        learnt = next((word for word in wholes if word in self._learnt), None)
        if learnt is not None:
            return Column(index, heading, self._learnt[learnt], _body(words))
        if words[-1] in _SERIALS:
            return Column(index, heading, SERIAL)
        if words[-1] == ROW_ID_HEADING:
            return Column(index, heading, ROW_ID)
        return self._column(index, heading, words, wholes, left)

    def _column(
        self, index: int, heading: str, words: list[str], wholes: list[str], left: Column | None
    ) -> Column:
        if self._is_not_ours(words, heading):
            return Column(index, heading, None)
        if (committee := _body_of_column(words, wholes)) is not None:
            return Column(index, heading, "posts", committee)
        field = next((self._fields[word] for word in wholes if word in self._fields), None)
        if field == "posts":
            return Column(index, heading, field, _body(words[:-1]))
        if field is not None:
            return Column(index, heading, field)
        if "posts" in self._known and (ticked := _ticked(words, left)):
            return Column(index, heading, "posts", ticked[0].post.committee, ticked)
        if "posts" in self._known and words[-1] in _BARE_MEMBER:
            return Column(index, heading, "posts")  # a tick in it is asked about
        field = next((name for word in (wholes[0], words[-1]) for name in self._contained(word)), None)
        return Column(index, heading, field, _body(words[:-1]) if field == "posts" else None)

    def _is_not_ours(self, words: Sequence[str], heading: str) -> bool:
        """Whether a heading is of other people or units, unless the register itself calls a column so (培养联系人)."""
        for word in words:
            if word in self._fields:
                heading = heading.replace(word, "")
                if self._fields[word] in self._in_wan:
                    heading = heading.replace("万元", "")
                    if "元" in heading:  # 年产值（元）, （亿元）
                        return True
            elif _NOT_OURS.search(word):
                return True
        return bool(_NOT_OURS.search(heading))

    def _contained(self, word: str) -> Iterator[str]:
        if _NAMES.fullmatch(word):
            yield "name"
        for field, holds, but in _CONTAINED:
            if field in self._known and holds.search(word) and not (but and but.search(word)):
                yield field


def _body_of_column(words: Sequence[str], wholes: Sequence[str]) -> Committee | None:
    """The body whose posts a column holds: 党组织职务, or 党组织 below 现任职务."""
    turned = [f"{words[-1]}职务"] if any(re.search("职务|任职", word) for word in words[:-1]) else []
    return next(
        (body for word in (*wholes, *turned) for body, pattern in _BODY_OF_COLUMN if pattern.fullmatch(word)),
        Committee.SUPERVISORY if words == ["监委会"] else None,
    )


def _body(words: Sequence[str]) -> Committee | None:
    """The one body that a heading names, the nearest level first; 村“两委”及监委会 is not one body."""
    for word in reversed(words):
        bodies = [body for body, pattern in _BODY_WORDS if pattern.search(word)]
        if len(bodies) == 1 and "两委" not in word:
            return bodies[0]
    return None


def _ticked(words: Sequence[str], left: Column | None) -> tuple[HeldPost, ...]:
    """The posts that a tick in a column means, where its heading is the name of a post.

    A bare 委员 belongs to the body above it, else to that of the ticked column at its left (书记、副书记、委员).
    """
    beside = left.committee if left and left.ticked else None
    reading = read_posts(words[-1], _body(words[:-1]) or (beside if words[-1] in _BARE_MEMBER else None))
    return reading.posts if reading.problem is None else ()
