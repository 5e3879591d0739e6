"""The same known people written as workbooks in many layouts, as offices would lay them out, by chance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from random import Random

from desktop.models.domain.reading import Scalar
from desktop.models.workbooks.sheets import Range, Sheet
from tests.builders import divisions, identity, sheet

_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡林郭何高罗"
_GIVEN = ("伟", "芳", "建国", "小红", "志强", "垚", "𬭎", "玉兰", "明", "文斌")
_SEXES = {"男": ("男", "男性", "1"), "女": ("女", "女性", "2")}
_GROUPS = {"汉族": ("汉族", "汉", "01"), "土家族": ("土家族", "土家", "15")}
_STATUSES = {
    "中共党员": ("中共党员", "党员", "正式党员", "中共"),
    "中共预备党员": ("中共预备党员", "预备党员"),
    "群众": ("群众", "非党员"),
    "共青团员": ("共青团员", "团员"),
}
_EDUCATIONS = {
    "大学本科毕业": ("本科", "大学", "大学本科", "21"),
    "大学专科毕业": ("大专", "专科", "大学专科", "高职", "31"),
    "中等专科毕业": ("中专", "中师", "41"),
    "普通高中毕业": ("高中", "普高", "61"),
    "初中毕业": ("初中", "71"),
    "硕士研究生毕业": ("硕士", "硕士研究生"),
}
_PARTY: dict[str, tuple[str, ...]] = {
    "党组织书记": ("党支部书记", "支部书记", "村党支部书记", "支书", "书记"),
    "党组织副书记": ("党支部副书记", "副书记", "副支书", "专职副书记"),
    "党组织委员": ("党支部委员", "支部委员", "支委", "党支部组织、宣传委员", "纪检委员"),
}
_COMMITTEE: dict[str, tuple[str, ...]] = {
    "村（居）委会主任": ("村委会主任", "村主任", "主任", "村民委员会主任"),
    "村（居）委会副主任": ("村委会副主任", "副主任", "村副主任"),
    "村（居）委会委员": ("村委会委员", "村委委员", "村委", "村委会成员"),
}
_SUPERVISORY: dict[str, tuple[str, ...]] = {
    "村务监督委员会主任": ("村务监督委员会主任", "监委会主任", "村监委会主任"),
    "村务监督委员会委员": ("村务监督委员会委员", "监委会委员", "监督委员"),
}
_BARE = {  # in a column of the body
    "党组织书记": "书记",
    "党组织副书记": "副书记",
    "党组织委员": "委员",
    "村（居）委会主任": "主任",
    "村（居）委会副主任": "副主任",
    "村（居）委会委员": "委员",
    "村务监督委员会主任": "主任",
    "村务监督委员会委员": "委员",
}
_HELD = (
    ("党组织书记", "村（居）委会主任"),
    ("党组织副书记",),
    ("党组织副书记", "村（居）委会副主任"),
    ("党组织委员", "村（居）委会委员"),
    ("党组织委员",),
    ("村（居）委会副主任",),
    ("村（居）委会委员",),
    ("党组织委员", "村务监督委员会主任"),
    ("村务监督委员会委员",),
)
_JOINTS = ("、", "兼", "，", "/", " ", "；", "+", "\n", "和", "；兼")
_HEADINGS = {
    "township": ("乡镇", "镇", "乡镇（街道）", "乡镇办区", "街道", "所属乡镇"),
    "village": ("村（社区）", "村", "村名", "村（居）", "村社区", "行政村", "社区", "所在村", "单位", "单位名称"),
    "name": ("姓名", "名字", "姓 名", "姓\n名", "姓　　名"),
    "sex": ("性别", "性\n别"),
    "birth": ("出生年月", "出生日期", "出生时间", "出生年月日", "生日", "出生\n年月", "出生年月（岁）"),
    "ethnic_group": ("民族", "族别"),
    "political_status": ("政治面貌", "面貌", "政治\n面貌"),
    "party_joined": ("入党时间", "入党年月", "入党日期"),
    "education": ("学历", "文化程度", "最高学历", "学历层次", "教育程度", "学历学位"),
    "posts": ("职务", "现任职务", "担任职务", "职位", "任职情况", "村“两委”职务", "村“两委”及监委会职务"),
    "post_since": ("任现职时间", "任职时间", "任现职年月", "任职年月", "起任年月", "上任时间", "任现职\n时间"),
    "id_number": ("身份证号", "身份证", "身份证号码", "公民身份号码", "公民身份证号", "证件号码", "身份证号：", "身份证\n号码"),
    "phone": ("联系电话", "联系方式", "手机", "手机号", "手机号码", "电话", "联系电话*"),
}  # fmt: skip
_OTHERS: tuple[tuple[tuple[str, ...], str], ...] = (  # columns that are none of ours
    (("备注",), "兼任合作社理事长，分管民政"),
    (("年龄",), "45"),
    (("工作单位地址",), "石首市"),
    (("家庭住址",), "石华堰村三组"),
    (("党龄",), "12"),
    (("原职务",), "村主任"),
    (("参加工作时间",), "2001.07"),
    (("年度考核结果",), "优秀"),
    (("配偶姓名",), "李四"),
    (("联系人",), "王五"),
    (("家庭成员", "姓名"), "赵六"),
    (("家庭成员", "出生年月"), "1990.01"),
    (("学位",), "学士学位"),
    (("毕业院校系及专业",), "荆州职业技术学院会计专业"),
    (("离任时间",), "2030.12"),
    (("健康状况",), "健康"),
    (("分管工作",), "党建、综治"),
    (("任期（年）",), "5"),
    (("照片",), ""),
)
_FEET: tuple[tuple[str, ...], ...] = (
    ("主要负责人签字：", "", "填报日期：2026年7月2日"),
    ("审核人：王五", "填表人：赵六", "联系电话：19900000000"),
    ("填表人", "王五", "审核人", "赵六"),
    ("负责人（签字）：", "", "制表："),
    ("注：1.学历填写最高学历；2.入党时间填写到月。",),
    ("填表说明：1.本表由村填报。",),
    ("说明：“职务”填写现任职务。",),
    ("备注：此表一式两份",),
    ("以上情况属实，特此说明。",),
    ("盖章：",),
    ("填报单位（盖章）：", "", "2026年7月2日"),
)


@dataclass(frozen=True, slots=True)
class Villager:
    """One known person as ``import --json`` reports one."""

    township: str
    village: str
    division_code: str
    name: str
    sex: str
    birth: str
    ethnic_group: str
    political_status: str
    party_joined: str | None
    education: str
    posts: tuple[str, ...]
    post_since: str
    id_number: str
    phone: str


def villagers(chance: Random, villages: int = 3) -> list[Villager]:
    """People of some villages of one township, a village after the other."""
    towns = [d for d in divisions().values() if d.kind == "township"]
    town = chance.choice(towns)
    inside = [d for d in divisions().values() if d.parent == town.code and d.kind in ("village", "community")]
    people: list[Villager] = []
    for division in chance.sample(inside, min(villages, len(inside))):
        names: set[str] = set()
        for _ in range(chance.randint(2, 6)):
            name = next(
                n
                for n in iter(lambda: chance.choice(_SURNAMES) + chance.choice(_GIVEN), None)
                if n not in names
            )
            names.add(name)
            sex = chance.choice("男女")
            birth = f"{chance.randint(1962, 1999)}-{chance.randint(1, 12):02d}"
            status = chance.choice(list(_STATUSES))
            person = Villager(
                town.name,
                division.name,
                division.code,
                name,
                sex,
                birth,
                chance.choice(list(_GROUPS)),
                status,
                f"{int(birth[:4]) + 22}-{chance.randint(1, 12):02d}" if "党员" in status else None,
                chance.choice(list(_EDUCATIONS)),
                chance.choice(_HELD),
                f"{chance.randint(2022, 2025)}-{chance.randint(1, 12):02d}",
                identity(birth, sex=sex, number=len(people)),
                f"199{chance.randint(0, 99999999):08d}",
            )
            people.append(person)
    return people


@dataclass(slots=True)
class _Page:
    """A sheet in the making."""

    rows: list[list[Scalar]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)

    def line(self, text: str, width: int, *, merge: bool = True) -> None:
        self.rows.append([text, *[""] * (width - 1)])
        if merge and width > 1:
            self.merged.append((len(self.rows) - 1, 0, len(self.rows) - 1, width - 1))


@dataclass(frozen=True, slots=True)
class _Out:
    """A column to write: the levels of its heading, and what stands in it."""

    path: tuple[str, ...]
    cell: Callable[[Villager], Scalar]
    place: bool = False


class Layout:
    """One way of laying people out, drawn by chance; ``told`` are the fields the layout has.

    ``twists`` are cells written otherwise, by the person's identity number and the field.
    """

    def __init__(self, chance: Random, *, one_sheet: bool = False, merges: bool = True) -> None:
        self._chance = chance
        self.twists: dict[tuple[str, str], Scalar] = {}
        self.told: set[str] = {"township", "village", "division_code", "name", "posts"}
        self._month = chance.choice(_MONTHS)
        self._day = chance.choice(_DAYS)
        self._village = chance.choice(_VILLAGES)
        self._joint = chance.choice(_JOINTS)
        self._places = chance.choice(
            ("full", "merged", "first", "band", "stacked", "sheet name", "title")[: 5 if one_sheet else 7]
        )
        self._township = chance.choice(("column", "title", "in the village"))
        self._padded = chance.random() < 0.4
        self._blank_rows = chance.choice((0, 0, 1, 2))
        self._blank_columns = chance.choice((0, 0, 0, 1, 2))
        self._totals = chance.choice(("", "小计", "合计"))
        self._repeats = chance.choice((0, 0, 4))
        self._template_rows = chance.random() < 0.3
        self._gaps = chance.random() < 0.2
        self._merges = merges and chance.random() < 0.7
        self._columns = self._drawn_columns()

    def __repr__(self) -> str:
        return f"{self._places}, {self._township}: {[column.path for column in self._columns]}"

    def sheets(self, people: Sequence[Villager]) -> list[Sheet]:
        """The people as sheets."""
        title = people[0].township
        if self._places in ("sheet name", "title"):
            out = []
            for number, group in enumerate(_by_village(people)):
                name = self._village_text(group[0]) if self._places == "sheet name" else f"Sheet{number + 1}"
                where = title if self._places == "sheet name" else f"{title}{_village_word(group[0])}"
                out.append(self._page([group], where, name))
            return out
        if self._places == "stacked":
            return [self._stacked(_by_village(people))]
        return [self._page(_by_village(people), title, "花名册")]

    # columns

    def _drawn_columns(self) -> list[_Out]:
        chance = self._chance
        columns = [self._heading("name", self._name)]
        optional: list[tuple[str, Callable[[Villager], Scalar]]] = [
            ("sex", lambda p: chance.choice(_SEXES[p.sex])),
            ("birth", lambda p: self._day(p.birth)),
            ("ethnic_group", lambda p: chance.choice(_GROUPS[p.ethnic_group])),
            ("political_status", lambda p: chance.choice(_STATUSES[p.political_status])),
            ("party_joined", lambda p: self._month(p.party_joined) if p.party_joined else ""),
            ("post_since", lambda p: self._month(p.post_since)),
            ("id_number", self._id_number),
            ("phone", self._phone),
        ]
        columns += [self._heading(name, cell) for name, cell in optional if chance.random() < 0.8]
        columns += self._education() + self._posts()
        for path, text in chance.sample(_OTHERS, chance.choice((0, 0, 1, 3))):
            columns.append(_Out(path, partial(self._sometimes, text)))
        if chance.random() < 0.6:
            order = {c.path[0]: chance.random() for c in columns}  # what has one parent stays together
            columns.sort(key=lambda c: order[c.path[0]])
        places = []
        if self._township == "column":
            places.append(_Out((chance.choice(_HEADINGS["township"]),), lambda p: p.township, place=True))
        if self._places in ("full", "merged", "first"):
            cell = self._twisted("village", self._village_text)
            places.append(_Out((chance.choice(_HEADINGS["village"]),), cell, place=True))
        numbers = iter(range(1, 10000))
        serial = [_Out(("序号",), lambda _: float(next(numbers)))] if chance.random() < 0.7 else []
        return serial + places + columns

    @property
    def twistable(self) -> list[str]:
        """The fields of which a cell may be written otherwise, in order."""
        names = {name for name in self.told if name in _HEADINGS}
        paths = {column.path for column in self._columns}
        for name in ("education", "posts"):
            if not any((heading,) in paths for heading in _HEADINGS[name]):
                names.discard(name)  # it stands in several columns
        if "id_number" not in names:
            names.discard("sex")
        return sorted(names - {"township"} if self._places == "full" else names - {"township", "village"})

    def _heading(self, name: str, cell: Callable[[Villager], Scalar]) -> _Out:
        self.told.add(name)
        return _Out((self._chance.choice(_HEADINGS[name]),), self._twisted(name, cell))

    def _twisted(self, name: str, cell: Callable[[Villager], Scalar]) -> Callable[[Villager], Scalar]:
        def written(p: Villager) -> Scalar:
            twist = (p.id_number, name)
            return self.twists[twist] if twist in self.twists else cell(p)

        return written

    def _education(self) -> list[_Out]:
        chance = self._chance
        match chance.choice(("one", "one", "two", "none")):
            case "one":
                return [self._heading("education", lambda p: chance.choice(_EDUCATIONS[p.education]))]
            case "two":
                self.told.add("education")

                def level(p: Villager, *, full_time: bool) -> Scalar:
                    return chance.choice(_EDUCATIONS[p.education]) if (p.sex == "男") == full_time else ""

                return [
                    _Out(("学历", "全日制"), partial(level, full_time=True)),
                    _Out(("学历", "在职"), partial(level, full_time=False)),
                ]
        return []

    def _posts(self) -> list[_Out]:
        chance = self._chance
        match chance.choice(("one", "one", "bodies", "bodies alone", "three levels", "ticks", "ticks alone")):
            case "one":
                return [self._heading("posts", self._joined_posts)]
            case "bodies":
                return [
                    _Out(("现任职务", heading), self._posts_of(body, bare=chance.random() < 0.5))
                    for heading, body in (
                        (chance.choice(("党组织职务", "党组织", "党支部")), _PARTY),
                        (chance.choice(("村委会职务", "村委会")), _COMMITTEE),
                        (chance.choice(("监委会", "监委会职务", "村务监督委员会")), _SUPERVISORY),
                    )
                ]
            case "bodies alone":
                return [
                    _Out((heading,), self._posts_of(body, bare=chance.random() < 0.5))
                    for heading, body in (
                        (chance.choice(("党组织职务", "党内职务")), _PARTY),
                        (chance.choice(("村委会职务", "行政职务")), _COMMITTEE),
                        ("监委会职务", _SUPERVISORY),
                    )
                ]
            case "three levels":
                return self._ticked(lambda body, post: ("任职情况", body, _BARE[post]))
            case "ticks":
                return self._ticked(lambda body, post: (body, _BARE[post]))
        return self._ticked(
            lambda body, post: (chance.choice((_PARTY | _COMMITTEE | _SUPERVISORY)[post][:1]),)
        )

    def _ticked(self, path: Callable[[str, str], tuple[str, ...]]) -> list[_Out]:
        tick = self._chance.choice("√✓1是●")
        bodies = (("党组织", _PARTY), ("村委会", _COMMITTEE), ("监委会", _SUPERVISORY))
        return [
            _Out(path(body, post), lambda p, post=post: tick if post in p.posts else "")  # type: ignore[misc]
            for body, posts in bodies
            for post in posts
        ]

    def _posts_of(self, body: dict[str, tuple[str, ...]], *, bare: bool) -> Callable[[Villager], Scalar]:
        def cell(p: Villager) -> Scalar:
            held = [post for post in p.posts if post in body]
            return self._joint.join(_BARE[post] if bare else self._chance.choice(body[post]) for post in held)

        return cell

    def _joined_posts(self, p: Villager) -> Scalar:
        wordings = _PARTY | _COMMITTEE | _SUPERVISORY
        words = [self._chance.choice(wordings[post]) for post in p.posts]
        return self._joint.join(words)

    # cells

    def _sometimes(self, text: str, _: Villager) -> Scalar:
        return text if self._chance.random() < 0.5 else ""

    def _name(self, p: Villager) -> Scalar:
        if len(p.name) == 2 and self._padded:
            return f"{p.name[0]}{self._chance.choice((' ', '　', '  '))}{p.name[1]}"
        return p.name

    def _id_number(self, p: Villager) -> Scalar:
        return self._chance.choice((p.id_number, p.id_number.lower(), f"\t{p.id_number}", f" {p.id_number} "))

    def _phone(self, p: Villager) -> Scalar:
        return self._chance.choice(
            (p.phone, float(p.phone), f"{p.phone[:3]} {p.phone[3:7]} {p.phone[7:]}", f"{p.phone}.0")
        )

    def _village_text(self, p: Villager) -> str:
        text = self._village(p)
        return p.township + text if self._township == "in the village" else text

    # pages

    def _page(self, groups: Sequence[Sequence[Villager]], where: str, name: str) -> Sheet:
        page = _Page()
        self._write_titles(
            page,
            f"{where}村（社区）“两委”班子成员花名册"
            if where == groups[0][0].township
            else f"{where}村干部基本情况一览表",
        )
        self._write_heading(page)
        self._write_people(page, groups)
        self._write_foot(page)
        return self._finished(page, name)

    def _stacked(self, groups: Sequence[Sequence[Villager]]) -> Sheet:
        page = _Page()
        for group in groups:
            self._write_titles(page, f"{group[0].township}{_village_word(group[0])}“两委”班子成员名册")
            self._write_heading(page)
            self._write_people(page, [group])
            page.line("", 1, merge=False)
        return self._finished(page, "Sheet1")

    def _finished(self, page: _Page, name: str) -> Sheet:
        down, right = self._blank_rows, self._blank_columns
        blank: list[Scalar] = [""] * right
        rows = [blank] * down + [blank + row for row in page.rows]
        merged = [(t + down, a + right, b + down, c + right) for t, a, b, c in page.merged]
        shown = {(row + down, column + right): text for (row, column), text in page.shown.items()}
        return sheet(*rows, name=name, merged=merged if self._merges else (), shown=shown)

    def _write_titles(self, page: _Page, title: str) -> None:
        width = len(self._columns)
        page.line(title, width)
        if self._chance.random() < 0.5:
            page.rows.append(["填报单位（盖章）：", *[""] * (width - 2), "统计截止时间：2026年6月30日"])

    def _write_heading(self, page: _Page) -> None:
        top = len(page.rows)
        depth = max(len(column.path) for column in self._columns)
        for level in range(depth):
            cells: list[Scalar] = []
            for index, column in enumerate(self._columns):
                path = self._full_path(column, depth)
                left = self._full_path(self._columns[index - 1], depth) if index else ()
                is_head = path[: level + 1] != left[: level + 1]
                cells.append(path[level] if is_head or level == depth - 1 else "")
            page.rows.append(cells)
        if depth > 1:
            self._merge_heading(page, top, depth)

    @staticmethod
    def _full_path(column: _Out, depth: int) -> tuple[str, ...]:
        """The levels of a heading: a shorter one is written at the top, and merged downwards."""
        return column.path + ("",) * (depth - len(column.path))

    def _merge_heading(self, page: _Page, top: int, depth: int) -> None:
        for index, column in enumerate(self._columns):
            length = len(column.path)
            if length < depth:
                page.merged.append((top + length - 1, index, top + depth - 1, index))
        for level in range(depth - 1):
            start = 0
            for index in range(1, len(self._columns) + 1):
                path = self._columns[start].path
                same = (
                    index < len(self._columns) and self._columns[index].path[: level + 1] == path[: level + 1]
                )
                if not same:
                    if index - start > 1 and len(path) > level + 1:
                        page.merged.append((top + level, start, top + level, index - 1))
                    start = index

    def _write_people(self, page: _Page, groups: Sequence[Sequence[Villager]]) -> None:
        written = 0
        for group in groups:
            if self._places == "band":
                page.line(
                    self._village_text(group[0])
                    if self._chance.random() < 0.5
                    else f"{_village_word(group[0])}（{len(group)}人）",
                    len(self._columns),
                )
            top = len(page.rows)
            for number, p in enumerate(group):
                if (
                    self._repeats
                    and written
                    and written % self._repeats == 0
                    and self._places in ("full", "band")
                ):
                    self._write_heading(page)
                cells = [
                    c.cell(p) if not c.place or self._writes_place(number) else "" for c in self._columns
                ]
                page.rows.append(cells)
                self._note_shown(page)
                written += 1
            if self._places == "merged" and len(group) > 1:
                for index, column in enumerate(self._columns):
                    if column.place:
                        page.merged.append((top, index, len(page.rows) - 1, index))
            if self._totals == "小计":
                self._write_total(page, "小计", len(group), _village_word(group[0]))
            if self._gaps:
                page.line("", 1, merge=False)
        if self._totals == "合计":
            self._write_total(page, "合计", sum(map(len, groups)))

    def _writes_place(self, number: int) -> bool:
        return self._places not in ("merged", "first") or number == 0

    def _note_shown(self, page: _Page) -> None:
        """Numbers such as 1985.1 are shown with two decimals."""
        row = len(page.rows) - 1
        for index, value in enumerate(page.rows[row]):
            if isinstance(value, float) and 1900 < value < 2100:
                page.shown[row, index] = f"{value:.2f}"

    def _write_total(self, page: _Page, word: str, number: int, village: str = "") -> None:
        """A sub-total, in the first column or beside the village's cell."""
        place = self._chance.choice((0, min(1, len(self._columns) - 1)))
        cells: list[Scalar] = [""] * len(self._columns)
        cells[place] = self._chance.choice((word, f"{word[0]} {word[1]}", f"{village}{word}", f"{word}："))
        cells[-1] = self._chance.choice((f"{number}人", f"共{number}人", float(number)))
        page.rows.append(cells)

    def _write_foot(self, page: _Page) -> None:
        width = len(self._columns)
        if self._template_rows:
            for number in range(self._chance.randint(1, 3)):
                page.rows.append(
                    [float(90 + number) if self._columns[0].path == ("序号",) else "", *[""] * (width - 1)]
                )
        for texts in self._chance.sample(_FEET, self._chance.choice((0, 1, 2))):
            if len(texts) == 1:
                page.line(texts[0], width)
            else:
                apart = max(1, (width - 1) // len(texts))
                cells: list[Scalar] = [""] * max(width, len(texts))
                for place, text in enumerate(texts):
                    cells[min(place * apart, width - 1) if width > len(texts) else place] = text
                page.rows.append(cells)


def _by_village(people: Sequence[Villager]) -> list[list[Villager]]:
    groups: dict[str, list[Villager]] = {}
    for p in people:
        groups.setdefault(p.division_code, []).append(p)
    return list(groups.values())


def _stem(p: Villager) -> str:
    return p.village.removesuffix("村委会").removesuffix("居委会").removesuffix("社区")


def _village_word(p: Villager) -> str:
    return _stem(p) + ("村" if p.village.endswith("村委会") else "社区")


def _long_name(p: Villager) -> str:
    return _stem(p) + ("村民委员会" if p.village.endswith("村委会") else "社区居民委员会")


_VILLAGES: tuple[Callable[[Villager], str], ...] = (lambda p: p.village, _stem, _village_word, _long_name)


def _number_of(month: str) -> float:
    return float(month.replace("-", "."))


def _serial(month: str) -> float:
    return float((date.fromisoformat(f"{month}-15") - date(1899, 12, 30)).days)


_MONTHS: tuple[Callable[[str], Scalar], ...] = (
    lambda m: m.replace("-", "."),
    lambda m: f"{m[:4]}.{int(m[5:])}",
    lambda m: m,
    lambda m: f"{m[:4]}/{int(m[5:])}",
    lambda m: f"{m[:4]}年{int(m[5:])}月",
    lambda m: m.replace("-", ""),
    lambda m: float(m.replace("-", "")),
    _number_of,
    _serial,
    lambda m: date.fromisoformat(f"{m}-01"),
    lambda m: datetime.fromisoformat(f"{m}-01T00:00:00"),
)
_DAYS: tuple[Callable[[str], Scalar], ...] = (
    *_MONTHS,
    lambda m: f"{m[:4]}年{int(m[5:])}月12日",
    lambda m: m.replace("-", "") + "12",
    lambda m: m.replace("-", ".") + ".12",
)
