"""Code lists (代码集): what is stored, what is shown, and the spellings offices use for it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from desktop.models.domain.cleaning import compact, means_nothing, without_notes
from desktop.models.domain.reading import SILENT, Cell, Reading
from desktop.paths import resource


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes with their labels; codes are stored, labels shown.

    ``spellings`` maps what is written to a code, ``short`` a code to the label used on screen and paper.
    """

    title: str
    labels: Mapping[str, str]
    spellings: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    empty_means: str | None = None  # the code that “无” stands for

    def label(self, code: str) -> str:
        """The full label of ``code``; an unknown code (from a newer list) shows as itself."""
        return self.labels.get(code, code)

    def show(self, code: str) -> str:
        """The short label for screens and paper."""
        return self.short.get(code) or self.label(code)

    def find(self, text: str) -> str | None:
        """The code that ``text`` stands for: a code, a label, a known spelling; None when there is none."""
        plain = compact(text)
        if plain.isascii() and plain.isdigit() and (found := self._code_of(plain)):
            return found
        return self._by_text().get(plain)

    def _code_of(self, digits: str) -> str | None:
        width = max(map(len, self.labels))
        padded = digits.zfill(width)
        return padded if padded in self.labels else None

    def _by_text(self) -> dict[str, str]:
        return _by_text(self.title)


@cache
def _by_text(title: str) -> dict[str, str]:
    codes = BY_TITLE[title]
    table = {compact(text): code for text, code in codes.spellings.items()}
    table |= {compact(text): code for code, text in codes.short.items()}
    table |= {compact(label): code for code, label in codes.labels.items()}
    return table


@lru_cache(maxsize=1)
def _national() -> dict[str, dict[str, str]]:
    data = json.loads(resource("codes/codes.json").read_text(encoding="utf-8"))
    return {
        name: entry["items"] for name, entry in data.items() if isinstance(entry, dict) and "items" in entry
    }


def _labels(name: str) -> dict[str, str]:
    return dict(_national()[name])


SEX = CodeList(
    "性别",
    {code: label for code, label in _labels("GB/T 2261.1-2003 性别").items() if code in "12"},
    spellings={"男性": "1", "女性": "2"},
)
_GROUPS = _labels("GB/T 3304-1991 民族")
ETHNIC_GROUP = CodeList(
    "民族",
    _GROUPS,
    spellings={label.removesuffix("族"): code for code, label in _GROUPS.items()}
    | {"蒙": "02", "维族": "05", "维": "05"},
)
POLITICAL_STATUS = CodeList(
    "政治面貌",
    _labels("GB/T 4762-1984 政治面貌"),
    spellings=dict.fromkeys(("党员", "中共", "正式党员", "中国共产党党员", "是", "中共正式党员"), "01")
    | dict.fromkeys(("预备党员", "预备", "中共预备"), "02")
    | dict.fromkeys(("团员", "共青团", "中国共产主义青年团团员"), "03")
    | dict.fromkeys(("民革", "民革会员"), "04")
    | {
        "民盟": "05",
        "民建": "06",
        "民进": "07",
        "农工党": "08",
        "致公党": "09",
        "九三学社": "10",
        "台盟": "11",
    }
    | {"无党派": "12", "无党派人士": "12"}
    | dict.fromkeys(("普通群众", "群众党外", "非党员", "否", "非党", "党外群众"), "13")
    | dict.fromkeys(("积极分子", "入党积极分子", "发展对象", "入党申请人", "申请人"), "13"),
    empty_means="13",
)
PARTY_STAGES = {"积极分子": "入党积极分子", "发展对象": "发展对象", "申请": "入党申请人"}
EDUCATION = CodeList(
    "学历",
    _labels("GB/T 4658-2006 学历"),
    spellings=dict.fromkeys(("大专", "专科", "大学专科", "高职", "高职高专", "专科生"), "31")
    | dict.fromkeys(("大学", "本科", "大学本科", "本科生"), "21")
    | dict.fromkeys(("中专", "中师", "中等专科", "中等师范", "中专生"), "41")
    | dict.fromkeys(("高中", "普高", "普通高中", "高中生"), "61")
    | dict.fromkeys(("职高", "职业高中", "职中"), "44")
    | dict.fromkeys(("技校", "中技", "技工学校"), "47")
    | dict.fromkeys(("初中", "初级中学", "初中生"), "71")
    | dict.fromkeys(("小学", "小学生"), "81")
    | dict.fromkeys(("硕士", "硕士研究生", "研究生硕士"), "14")
    | dict.fromkeys(("博士", "博士研究生"), "11")
    | dict.fromkeys(("研究生班",), "17"),
    short={
        "10": "研究生",
        "11": "博士",
        "14": "硕士",
        "21": "本科",
        "31": "大专",
        "41": "中专",
        "44": "职高",
        "47": "技校",
    }
    | {"61": "高中", "71": "初中", "81": "小学"},
)
SOURCE = CodeList(
    "身份类别",
    {f"{i + 1:02d}": label for i, label in enumerate(_national()["app 身份/来源类别"])},
)
APPOINTED_BY = CodeList(
    "任免方式", {f"{i + 1:02d}": label for i, label in enumerate(_national()["app 任免方式"])}
)
BY_TITLE = {c.title: c for c in (SEX, ETHNIC_GROUP, POLITICAL_STATUS, EDUCATION, SOURCE, APPOINTED_BY)}

_EDUCATION_DOUBT = re.compile(r"[?？、/／]|在读|肄业|结业|未毕业|辍学|左右|高中中专|高中及|及以上|及以下")
_DEGREE = re.compile(r"学位|学士")
_STUDY_FORM = re.compile(
    r"全日制|在职|函授|自考|自学考试|电大|国家开放大学|开放大学|成教|成人教育|成人|网络教育|网络|业余|夜大|党校|普通"
)
_WHICH_POSTGRADUATE = "“研究生”没有写明硕士还是博士，先按“研究生教育”记下，请核对。"
# 大学普通班 stands between 本科 and 专科; a lower code is the higher education, but for 10 (研究生, level unknown)
_EDUCATION_RANK = {code: code for code in EDUCATION.labels} | {"10": "19"}


def read_code(codes: CodeList, cell: Cell) -> Reading:
    """Read a cell against a code list; an unknown spelling is a problem."""
    text = cell.text
    if codes.empty_means is not None and compact(text) in ("无", "没有"):
        return Reading(codes.empty_means)
    if means_nothing(text):
        return SILENT
    code = codes.find(text) or codes.find(without_notes(text))
    if code is None:
        return Reading(
            problem=f"不认得{codes.title}“{text.strip()}”，请改成规范写法，如“{_example(codes)}”。"
        )
    return Reading(code)


def _example(codes: CodeList) -> str:
    return "、".join(list(codes.short.values())[:4] or list(codes.labels.values())[:3])


def read_education(cell: Cell, _today: date) -> Reading:
    """Read an education (学历, GB/T 4658); 在读, 肄业, two at once or a degree are problems, not guesses."""
    text = cell.text
    if means_nothing(text):
        return SILENT
    plain = compact(text)
    if plain == "研究生":
        return Reading("10", problem=_WHICH_POSTGRADUATE)
    if code := EDUCATION.find(text):
        return Reading(code)
    if _EDUCATION_DOUBT.search(plain) or re.search(r"[(（](高中|中专|大专|本科)", plain):
        return Reading(problem=f"学历“{text.strip()}”说不准，请填已毕业的学历，如“大专”“本科”。")
    if _DEGREE.search(plain):
        return Reading(problem=f"“{text.strip()}”是学位，不是学历，请填学历，如“本科”“硕士研究生”。")
    bare = re.sub(r"(毕业生|毕业|学历|文化程度|文化)$", "", without_notes(plain))
    bare = bare if EDUCATION.find(bare) else _STUDY_FORM.sub("", bare)
    if bare == "研究生":
        return Reading("10", problem=_WHICH_POSTGRADUATE)
    code = EDUCATION.find(bare)
    if code is None:
        return Reading(problem=f"不认得学历“{text.strip()}”，请改成规范写法，如“大专”“本科”。")
    return Reading(code)


def highest_education(*codes: str | None) -> str | None:
    """The highest of several educations; None when none is known."""
    known = [code for code in codes if code]
    return min(known, key=lambda code: _EDUCATION_RANK.get(code, code), default=None)


def party_stage(text: str) -> str | None:
    """The stage of joining the party that a political status mentions (入党积极分子, 发展对象)."""
    return next((stage for word, stage in PARTY_STAGES.items() if word in text), None)
