"""Names of villages and townships as offices write them (村名、简称), resolved to division codes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from desktop.models.domain.cleaning import compact, means_nothing, without_notes

_VILLAGE = re.compile(r"(?:村村民委员会|村民委员会|村村委会|村委会|村委|村)$")
_COMMUNITY = re.compile(r"(?:社区居民委员会|社区居委会|社区居委|社区委员会|社区|居民委员会|居委会|居委)$")
_LIVING_AREA = re.compile(r"生活区$")
_BODY = re.compile(r"(?:党支部|支部|党总支部?|总支部?|党委|党组织)(?:委员会)?$|两委(?:班子)?$|\(盖章\)$")
_TOWNSHIP = re.compile(r"(?:街道办事处|街道办|街道|办事处|经济开发区|开发区|镇|乡|办)$")
_AFTER_STEM = re.compile(r"^(?:街道办事处|街道办|街道|办事处|经济开发区|开发区|管委会|镇|乡|办)")
_OFFICE = re.compile(r"(?:党工委|党委|工委|人民政府|政府|管委会|管理委员会)$")
_QUOTES = re.compile("[“”\"‘’']")
_BEFORE = re.compile(
    r"(?:附件\d*[:、]?|表\d+[:、\-_]?|\d{4}年度?|\d{1,3}[.、\-_]?|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)"
    r"|(?:填报|报送|上报)?单位(?:名称)?(?:\(盖章\))?:|(?:所在|所属|行政)?村名?(?:\(社区\))?:|中共|湖北省|荆州市)+"
)
_AFTER = r"(?=村(?!级|\(社区\)|\(居\)|居|镇)|社区|居委会?|居民|党支部|党总支|党委|支部|两委|班子)"


@dataclass(frozen=True, slots=True)
class NamedDivision:
    """What resolving needs of a division: its code, its parent's, its name, other names, its kind."""

    code: str
    parent: str | None
    name: str
    aliases: tuple[str, ...]
    kind: str  # city, township, village, community, living_area


@dataclass(frozen=True, slots=True)
class Resolved:
    """A division's code, or the words why there is none; neither where nothing was written."""

    code: str | None = None
    problem: str | None = None


def village_stem(name: str) -> str:
    """The part of a village's name that stays the same in every spelling: 石华堰村民委员会 → 石华堰."""
    plain = _BODY.sub("", compact(name)) or name
    for suffix in (_VILLAGE, _COMMUNITY):
        stem = suffix.sub("", plain)
        if stem and stem != plain:
            return stem
    return plain


def township_stem(name: str) -> str:
    """The part of a township's name that stays the same: 绣林街道办事处 → 绣林."""
    plain = _OFFICE.sub("", compact(name))
    return _TOWNSHIP.sub("", plain) or plain


def short_village(name: str) -> str:
    """The name on screens and paper: 石华堰村委会 → 石华堰村, 桥南居委会 → 桥南社区."""
    plain = compact(name)
    if _VILLAGE.search(plain):
        return village_stem(plain) + "村"
    return village_stem(plain) + "社区" if _COMMUNITY.search(plain) else plain


class DivisionNames:
    """An index over divisions that turns written names into codes."""

    def __init__(self, divisions: Iterable[NamedDivision]) -> None:
        self._by_code = {division.code: division for division in divisions}
        self._townships: dict[str, str] = {}
        self._villages: dict[str, list[NamedDivision]] = defaultdict(list)
        self._stems = {d.code: village_stem(d.name) for d in self._by_code.values()}
        self._memory: dict[tuple[str, str | None], Resolved] = {}
        cities: list[str] = []
        for division in self._by_code.values():
            names = [compact(name) for name in (division.name, *division.aliases)]
            if division.kind == "city":
                cities += names
            elif division.kind == "township":
                self._townships |= dict.fromkeys(names, division.code)
                self._townships.setdefault(township_stem(division.name), division.code)
            else:
                stems = {
                    stem for name in names for stem in (name, village_stem(name), _LIVING_AREA.sub("", name))
                }
                for stem in stems:
                    self._villages[stem].append(division)
        self._city = _any_of(cities)
        self._full_township = _any_of(name for name in self._townships if _TOWNSHIP.search(name))
        self._village = re.compile(_any_of(self._villages).pattern + _AFTER)

    def township(self, text: str) -> Resolved:
        """Resolve a township's name, with or without 镇, 街道 or the city before it."""
        if means_nothing(text):
            return Resolved()
        key = (text, "")
        if key not in self._memory:
            self._memory[key] = self._resolve_township(text)
        return self._memory[key]

    def village(self, text: str, township: str | None = None) -> Resolved:
        """Resolve a village's or community's name; ``township`` (a code) settles a name that stands in several."""
        if means_nothing(text):
            return Resolved()
        key = (text, township)
        if key not in self._memory:
            self._memory[key] = self._resolve(text, township)
        return self._memory[key]

    def mentioned(self, line: str, township: str | None = None) -> tuple[str | None, str | None]:
        """Township and village codes that a title or a sheet's name mentions (大垸镇四岭子村村干部一览表).

        A line that mentions several villages mentions none; ``township`` is where to look if the line has none.
        """
        plain = self._without_city(_QUOTES.sub("", compact(line)))
        found = {self._townships[name] for name in self._full_township.findall(plain)}
        township = found.pop() if len(found) == 1 else township
        rest = self._full_township.sub("|", plain)
        villages = {d.code for d in self._candidates(without_notes(rest.strip("|:")), township)}
        villages = villages or {
            d.code for match in self._village.finditer(rest) for d in self._at(match, township)
        }
        if len(villages) == 1:
            (code,) = villages
            return self._by_code[code].parent, code
        if township is None and not villages:
            township = self._leading_township(rest)[1]
        return township, None

    def stem(self, code: str) -> str | None:
        """The part of a village's name that offices write before each post; None for an unknown code."""
        return self._stems.get(code)

    def parent(self, code: str) -> str | None:
        """The code of the township a village lies in."""
        division = self._by_code.get(code)
        return division.parent if division else None

    def _resolve_township(self, text: str) -> Resolved:
        plain = self._without_city(compact(text))
        for name in (plain, township_stem(plain), township_stem(without_notes(plain))):
            if (code := self._townships.get(name)) is not None:
                return Resolved(code)
        return Resolved(
            problem=f"没有找到乡镇“{text.strip()}”，请核对名称，或到“备份与设置”的“村和社区”里添加。"
        )

    def _resolve(self, text: str, township: str | None) -> Resolved:
        for name, within in self._readings(self._without_city(compact(text)), township):
            found = self._candidates(name, within)
            if len(found) == 1:
                return self._inside(found[0], text, township)
            if len(found) > 1:
                return Resolved(problem=self._several(text.strip(), found))
        return Resolved(problem=self._not_found(text.strip(), township))

    def _readings(self, plain: str, township: str | None) -> Iterator[tuple[str, str | None]]:
        """The names a text may mean, and the township each would lie in."""
        for name in dict.fromkeys((plain, without_notes(plain))):
            yield name, township
            leading, code = self._leading_township(name)
            if code is not None:
                yield _AFTER_STEM.sub("", name.removeprefix(township_stem(leading))), code

    def _inside(self, found: NamedDivision, text: str, township: str | None) -> Resolved:
        if township is None or found.parent == township:
            return Resolved(found.code)
        words = f"“{text.strip()}”写的乡镇与{self._by_code[township].name}不一致，请核对乡镇和村名。"
        return Resolved(problem=words)

    def _candidates(self, name: str, township: str | None) -> list[NamedDivision]:
        found = self._villages.get(village_stem(name)) or self._villages.get(name, [])
        found = [d for d in found if township in (None, d.parent)]
        if len(found) < 2:
            return found
        exact = [d for d in found if name in map(compact, (d.name, *d.aliases))]
        if len(exact) == 1:
            return exact
        if _VILLAGE.search(name):
            return [d for d in found if d.kind == "village"] or found
        if _COMMUNITY.search(name):
            return [d for d in found if d.kind != "village"] or found
        return found

    def _at(self, match: re.Match[str], township: str | None) -> list[NamedDivision]:
        """The divisions a match of the pattern of villages means, with the 村 or 社区 that follows it."""
        rest = match.string[match.end() :]
        suffix = next((word for word in ("村", "社区", "居委会", "居民委员会") if rest.startswith(word)), "")
        return self._candidates(match[0] + suffix, township)

    def _leading_township(self, plain: str) -> tuple[str, str | None]:
        best = max((name for name in self._townships if plain.startswith(name)), key=len, default="")
        return best, self._townships.get(best)

    def _without_city(self, plain: str) -> str:
        """The text without what stands before a township: numbers of titles, 填报单位, the city and above."""
        while (shorter := self._city.sub("", _BEFORE.sub("", plain, count=1), count=1)) != plain:
            plain = shorter
        return plain

    def _several(self, text: str, found: list[NamedDivision]) -> str:
        parents = {d.parent for d in found}
        if len(parents) > 1:
            where = "、".join(self._by_code[d.parent].name for d in found if d.parent in self._by_code)
            return f"“{text}”在{where}都有，请写明是哪个乡镇的。"
        return f"“{text}”可能是{'、'.join(d.name for d in found)}，请写全称。"

    def _not_found(self, text: str, township: str | None) -> str:
        stems = {stem: d for stem, ds in self._villages.items() for d in ds if township in (None, d.parent)}
        where = self._by_code[township].name if township in self._by_code else "本市"
        elsewhere = self.village(text).code if township else None
        if elsewhere is not None:
            parent = self._by_code[self._by_code[elsewhere].parent or elsewhere].name
            return f"{where}没有“{text}”，{parent}有，请核对乡镇和村名。"
        close = get_close_matches(village_stem(text), stems, n=1, cutoff=0.6)
        hint = f"是不是“{stems[close[0]].name}”？" if close else ""
        return f"{where}没有“{text}”，{hint}请核对村名，或在“村和社区”里给它加一个别名。"


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """A pattern that matches the longest of some names, or nothing."""
    ordered = sorted(names, key=len, reverse=True)
    return re.compile("(?:" + "|".join(map(re.escape, ordered)) + ")" if ordered else "(?!)")
