"""Names of villages and townships as offices write them (村名、简称), resolved to division codes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from desktop.models.domain.cleaning import compact, means_nothing

_VILLAGE = re.compile(r"(?:村村民委员会|村民委员会|村委会|村委|村党支部|村党总支|村党委|村两委|村)$")
_COMMUNITY = re.compile(
    r"(?:社区居民委员会|社区居委会|居民委员会|居委会|社区党支部|社区党总支|社区党委|社区|居委)$"
)
_TOWNSHIP = re.compile(
    r"(?:街道办事处|街道办|街道|办事处|经济开发区|开发区|镇|乡|办)(?:党委|党工委|人民政府|政府)?$"
)


@dataclass(frozen=True, slots=True)
class NamedDivision:
    """What resolving needs of a division: its code, its parent's, its name, other names, whether it is a 社区."""

    code: str
    parent: str | None
    name: str
    aliases: tuple[str, ...]
    kind: str  # city, township, village, community, living_area


@dataclass(frozen=True, slots=True)
class Resolved:
    """A division's code, or the words why there is none."""

    code: str | None = None
    problem: str | None = None


def village_stem(name: str) -> str:
    """The part of a village's name that stays the same in every spelling: 石华堰村民委员会 → 石华堰."""
    plain = compact(name)
    for suffix in (_VILLAGE, _COMMUNITY):
        stem = suffix.sub("", plain)
        if stem and stem != plain:
            return stem
    return plain


def township_stem(name: str) -> str:
    """The part of a township's name that stays the same: 绣林街道办事处 → 绣林."""
    plain = compact(name)
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
        self._cities: list[str] = []
        self._villages: dict[str, list[NamedDivision]] = defaultdict(list)
        self._memory: dict[tuple[str, str | None], Resolved] = {}
        for division in self._by_code.values():
            names = (division.name, *division.aliases)
            if division.kind == "township":
                for name in names:
                    self._townships[compact(name)] = division.code
                    self._townships.setdefault(township_stem(name), division.code)
            elif division.kind == "city":
                self._cities += [compact(name) for name in names]
            else:
                for stem in {stem for name in names for stem in (village_stem(name), compact(name))}:
                    self._villages[stem].append(division)

    def township(self, text: str) -> Resolved:
        """Resolve a township's name, with or without 镇, 街道 or the city before it."""
        plain = self._without_city(compact(text))
        code = self._townships.get(plain) or self._townships.get(township_stem(plain))
        if code is None:
            return Resolved(
                problem=f"没有找到乡镇“{text.strip()}”，请核对名称，或到“备份与设置”的区划里添加。"
            )
        return Resolved(code)

    def village(self, text: str, township: str | None = None) -> Resolved:
        """Resolve a village's or community's name; ``township`` (a code) settles a name that stands in several."""
        if means_nothing(text):
            return Resolved()
        key = (text, township)
        if key not in self._memory:
            self._memory[key] = self._resolve(text, township)
        return self._memory[key]

    def mentioned(self, line: str) -> tuple[str | None, str | None]:
        """Township and village codes that a title or a sheet's name mentions (大垸镇四岭子村村干部一览表)."""
        plain = self._without_city(re.sub(r"^(?:填报)?单位[^:：]*[:：]", "", compact(line)))
        township = self._leading_township(plain)
        rest = plain[len(township[0]) :] if township else plain
        code = township[1] if township else None
        for end in range(len(rest), 1, -1):
            if (
                end < len(rest)
                and not re.match(r"[村社居党“\"两干班及(]|$", rest[end:])
                and not rest[:end].endswith(("村", "社区", "会"))
            ):
                continue
            found = self._candidates(rest[:end], code)
            if len(found) == 1:
                return (code or found[0].parent, found[0].code)
        return code, None

    def stem(self, code: str) -> str | None:
        """The part of a village's name that offices write before each post; None for an unknown code."""
        division = self._by_code.get(code)
        return village_stem(division.name) if division else None

    def _resolve(self, text: str, township: str | None) -> Resolved:
        plain = self._without_city(compact(text))
        leading = self._leading_township(plain)
        for name, within in (
            (plain, township),
            *(((plain[len(leading[0]) :], leading[1]),) if leading else ()),
        ):
            found = self._candidates(name, within) if name else []
            if len(found) == 1:
                return Resolved(found[0].code)
            if len(found) > 1:
                where = "、".join(
                    self._by_code[d.parent].name if d.parent in self._by_code else d.name for d in found
                )
                if within is None:
                    return Resolved(problem=f"“{text.strip()}”在{where}都有，请写明是哪个乡镇的。")
                both = "、".join(d.name for d in found)
                return Resolved(problem=f"“{text.strip()}”可能是{both}，请写全称。")
        return Resolved(problem=self._not_found(text.strip(), plain, township))

    def _candidates(self, name: str, township: str | None) -> list[NamedDivision]:
        found = [d for d in self._villages.get(village_stem(name), ()) if township in (None, d.parent)]
        found = found or [d for d in self._villages.get(name, ()) if township in (None, d.parent)]
        exact = [d for d in found if name in (compact(d.name), *map(compact, d.aliases))]
        if len(exact) == 1 and len(found) > 1:
            return exact
        if len(found) > 1:
            community = bool(_COMMUNITY.search(name)) and not _VILLAGE.search(name)
            village = bool(_VILLAGE.search(name))
            fitting = [
                d for d in found if (d.kind == "village" and village) or (d.kind != "village" and community)
            ]
            return fitting or found
        return found

    def _leading_township(self, plain: str) -> tuple[str, str] | None:
        names = (name for name in self._townships if plain.startswith(name) and len(plain) >= len(name))
        best = max(names, key=len, default=None)
        return (best, self._townships[best]) if best else None

    def _without_city(self, plain: str) -> str:
        plain = re.sub(r"^(?:湖北省)?(?:荆州市)?", "", plain)
        for city in self._cities:
            plain = plain.removeprefix(city)
        return plain

    def _not_found(self, text: str, plain: str, township: str | None) -> str:
        names = {d.name for ds in self._villages.values() for d in ds if township in (None, d.parent)}
        stems = {village_stem(name): name for name in names}
        close = get_close_matches(village_stem(plain), stems, n=1, cutoff=0.6)
        where = self._by_code[township].name if township in self._by_code else "本市"
        hint = f"是不是“{stems[close[0]]}”？" if close else ""
        return f"{where}没有“{text}”，{hint}请核对村名，或在区划里给它加一个别名。"
