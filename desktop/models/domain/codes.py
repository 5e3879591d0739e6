"""Code lists (代码集): what is stored, what is shown, and the spellings offices use for it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from desktop.models.domain.cleaning import compact, means_nothing, without_notes
from desktop.models.domain.reading import SILENT, Cell, Reading
from desktop.paths import resource


@dataclass(frozen=True, slots=True)
class CodeList:
    """A list of codes with their labels; codes are stored, labels shown.

    ``spellings`` maps a code to what is written for it, ``short`` to the label used on screen and paper.
    """

    title: str
    labels: Mapping[str, str]
    spellings: Mapping[str, str] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    _by_text: dict[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        written = {text: code for code, texts in self.spellings.items() for text in texts.split()}
        for known in (self.short, self.labels):
            written |= {compact(text): code for code, text in known.items()}
        object.__setattr__(self, "_by_text", written)

    def label(self, code: str) -> str:
        """The full label of ``code``; an unknown code (from a newer list) shows as itself."""
        return self.labels.get(code, code)

    def show(self, code: str) -> str:
        """The short label for screens and paper."""
        return self.short.get(code) or self.label(code)

    def find(self, text: str) -> str | None:
        """The code that ``text`` stands for: a code, a label, a known spelling; None when there is none."""
        plain = compact(text)
        if plain.isascii() and plain.isdigit():
            width = max(map(len, self.labels))
            return plain.zfill(width) if plain.zfill(width) in self.labels else None
        return self._by_text.get(plain)

    @property
    def examples(self) -> str:
        """A few labels as people write them."""
        return "、".join([*self.short.values(), *self.labels.values()][:4])


@lru_cache(maxsize=1)
def _national() -> dict[str, Any]:
    data = json.loads(resource("codes/codes.json").read_text(encoding="utf-8"))
    return {
        name: entry["items"] for name, entry in data.items() if isinstance(entry, dict) and "items" in entry
    }


def _labels(name: str) -> dict[str, str]:
    return dict(_national()[name])


def _numbered(name: str) -> dict[str, str]:
    return {f"{number:02d}": label for number, label in enumerate(_national()[name], start=1)}


SEX = CodeList("性别", {"1": "男", "2": "女"}, {"1": "男性", "2": "女性"})
_GROUPS = _labels("GB/T 3304-1991 民族")
ETHNIC_GROUP = CodeList(
    "民族",
    _GROUPS,
    {code: label.removesuffix("族") for code, label in _GROUPS.items()}
    | {"02": "蒙古 蒙 蒙族", "05": "维吾尔 维 维族", "97": "其它"},
)
POLITICAL_STATUS = CodeList(
    "政治面貌",
    _labels("GB/T 4762-1984 政治面貌"),
    {
        "01": "党员 中共 共产党员 正式党员 中共正式党员 中国共产党员 中国共产党党员 中国共产党正式党员 是 √ ✓",
        "02": "预备党员 预备 中共预备 中国共产党预备党员",
        "03": "团员 共青团 中国共产主义青年团团员",
        "04": "民革 民革会员",
        "05": "民盟",
        "06": "民建",
        "07": "民进",
        "08": "农工党",
        "09": "致公党",
        "10": "九三 九三学社",
        "11": "台盟",
        "12": "无党派 无党派人士",
        "13": "普通群众 党外群众 非党员 非党 非中共党员 否 ×",
    },
)
PARTY_STAGES = {"积极分子": "入党积极分子", "发展对象": "发展对象", "申请": "入党申请人"}
EDUCATION = CodeList(
    "学历",
    _labels("GB/T 4658-2006 学历"),
    {
        "11": "博士 博士研究生",
        "14": "硕士 硕士研究生",
        "17": "研究生班",
        "21": "大学 本科 大学本科 本科生",
        "28": "大学普通班 大普",
        "31": "大专 专科 大学专科 高职 高职高专 高等专科 大专生 专科生",
        "41": "中专 中师 中等专科 中等师范 中专生",
        "44": "职高 职业高中 职中",
        "47": "技校 中技 技工学校",
        "61": "高中 普高 普通高中 高中生",
        "71": "初中 初级中学 初中生",
        "81": "小学 小学生",
    },
    short={
        "10": "研究生",
        "11": "博士",
        "14": "硕士",
        "21": "本科",
        "31": "大专",
        "41": "中专",
        "44": "职高",
        "47": "技校",
        "61": "高中",
        "71": "初中",
        "81": "小学",
    },
)
EDUCATION_BANDS = {  # label → how its codes begin
    label: tuple(pattern.removesuffix("x") for pattern in patterns)
    for label, patterns in _national()["app 学历归并(报表用)"].items()
}
SOURCE = CodeList("身份类别", _numbered("app 身份/来源类别"))
APPOINTED_BY = CodeList("任免方式", _numbered("app 任免方式"))

_UNFINISHED = re.compile(r"[?]|在读|肄业|结业|未毕业|辍学|左右|以上|以下")
_DEGREE = re.compile(r"(?:学士|硕士|博士)学位|学士")
_STUDY_FORM = re.compile(
    r"非?全日制|在职|函授|自考|自学考试|成人高考|成考|成人教育|成教|成人|国家开放大学|开放大学|电大|网络教育|网络|远程教育|远程"
    r"|业余|夜大|(?:中央|省委|市委)?党校|普通"
)
_FINISHED = re.compile(r"(?:毕业生?|学历|文化程度|文化)+$")
_NOTE = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_WHICH_POSTGRADUATE = "“研究生”没有写明硕士还是博士，先按“研究生教育”记下，请核对。"
_EDUCATION_RANK = {"10": "19"}  # a lower code is the higher education, but for 研究生 of unknown level


def read_code(codes: CodeList, cell: Cell) -> Reading:
    """Read a cell against a code list; an unknown spelling is a problem."""
    text = cell.text
    if means_nothing(text):
        return SILENT
    code = codes.find(text) or codes.find(without_notes(compact(text)))
    if code is None:
        words = f"不认得{codes.title}“{text.strip()}”，请改成规范写法，如“{codes.examples}”。"
        return Reading(problem=words)
    return Reading(code)


def read_political_status(cell: Cell, _today: date) -> Reading:
    """Read a political status (政治面貌, GB/T 4762); “无” is 群众, so is whoever is still on the way into the party."""
    plain = compact(cell.text)
    if plain in ("无", "没有"):
        return Reading("13")
    if "预备" in plain:
        return Reading("02")  # 党员（预备）
    if party_stage(plain) and not POLITICAL_STATUS.find(without_notes(plain)):
        return Reading("13")  # 入党积极分子; but 团员（积极分子） is 共青团员
    return read_code(POLITICAL_STATUS, cell)


def read_education(cell: Cell, _today: date) -> Reading:
    """Read an education (学历, GB/T 4658); 在读, 肄业, two that differ or a degree are problems, not guesses."""
    text = cell.text
    if means_nothing(text):
        return SILENT
    plain = compact(text).rstrip("。.、,")
    if _UNFINISHED.search(plain) and not plain.isdigit():
        return _doubtful_education(text)
    if code := EDUCATION.find(plain):
        return Reading(code, problem=_WHICH_POSTGRADUATE if plain == "研究生" else None)
    found = _educations(_DEGREE.sub("", plain))
    if found == {"10"}:
        return Reading("10", problem=_WHICH_POSTGRADUATE)
    if "10" in found and found & {"11", "14"}:  # 研究生（硕士）
        found.remove("10")
    if len(found) > 1:
        return _doubtful_education(text)
    code = next(iter(found), None)
    if code is not None:
        return Reading(code)
    if _DEGREE.search(plain):
        return Reading(problem=f"“{text.strip()}”是学位，不是学历，请填学历，如“本科”“硕士研究生”。")
    return Reading(problem=f"不认得学历“{text.strip()}”，请改成规范写法，如“大专”“本科”。")


def _educations(plain: str) -> set[str | None]:
    """The educations a text names, None for a part that nobody knows; how and where one studied is no part of it."""
    parts = filter(None, map(_without_form, re.split("[、,;/]", _NOTE.sub("", plain))))
    noted = (EDUCATION.find(_without_form(note)) for note in _NOTE.findall(plain))
    return {EDUCATION.find(part) for part in parts} | set(filter(None, noted))


def _without_form(text: str) -> str:
    bare = _FINISHED.sub("", text)
    return bare if EDUCATION.find(bare) else _STUDY_FORM.sub("", bare)


def _doubtful_education(text: str) -> Reading:
    return Reading(problem=f"学历“{text.strip()}”说不准，请填已毕业的学历，如“大专”“本科”。")


def highest_education(*codes: str | None) -> str | None:
    """The highest of several educations; None when none is known."""
    known = [code for code in codes if code]
    return min(known, key=lambda code: _EDUCATION_RANK.get(code, code), default=None)


def education_band(code: str) -> int | None:
    """The band of an education in reports, 0 for the highest, as EDUCATION_BANDS names them; None for no known code."""
    return next(
        (band for band, starts in enumerate(EDUCATION_BANDS.values()) if code.startswith(starts)), None
    )


def party_stage(text: str) -> str | None:
    """The stage of joining the party that a political status mentions (入党积极分子, 发展对象)."""
    return next((stage for word, stage in PARTY_STAGES.items() if word in text), None)
