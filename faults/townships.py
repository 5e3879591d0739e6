"""Small townships that change at random: rows as a real store would have them, references whole."""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields
from random import Random
from typing import Any

from desktop.models.database.history import Row
from desktop.models.registers.catalogue import REGISTERS
from desktop.models.registers.handoff import OWN

Rows = dict[str, dict[str, Row]]

_RECORDS = {register.name: register.record for register in REGISTERS}
_NAMES = ("甄虚构", "尉迟𠮷", "乐乐乐", "张建国", "李秀英", "欧阳一")
_CODES = {"sex": "12", "political_status": ("01", "13"), "education": ("21", "31", "61")}


def make_row(register: str, key: str, **values: Any) -> Row:
    """A row with every column of a register."""
    row = {
        each.name: None if each.default is MISSING else each.default for each in fields(_RECORDS[register])
    }
    return row | {"id": key} | values


class Township:
    """What one township keeps; ``villages`` are its divisions below the township itself."""

    def __init__(self, chance: Random, unit: str, villages: tuple[str, ...], people: int = 4) -> None:
        self.unit = unit
        self.rows: Rows = {register: {} for register in OWN if register != "division"}
        self.files: dict[str, bytes] = {}
        self._chance = chance
        self._villages = villages
        self._next = 0
        for _ in range(people):
            self._add_person()

    def change(self, times: int = 3) -> None:
        """Do some things that officers do."""
        for _ in range(times):
            self._chance.choice(self._actions())()

    def sent(self, registers: Mapping[str, object] | None = None) -> dict[str, list[Row]]:
        """The rows as a package has them, of some registers or all."""
        return {
            register: [copy.copy(row) for _, row in sorted(rows.items())]
            for register, rows in self.rows.items()
            if registers is None or register in registers
        }

    def attached(self) -> dict[str, bytes]:
        """Contents that the rows name, by SHA-256."""
        return {row["sha256"]: self.files[row["sha256"]] for row in self.rows["attachment"].values()}

    def _actions(self) -> tuple[Callable[[], None], ...]:
        return (
            *(self._add_person, self._edit_person, self._edit_person, self._remove_person),
            *(self._add_child, self._add_child, self._edit_term, self._attach, self._found_branch),
        )

    def _key(self) -> str:
        self._next += 1
        return f"{self.unit}-{self._next}-{self._chance.getrandbits(32):08x}"

    def _put(self, register: str, **values: Any) -> str:
        key = self._key()
        self.rows[register][key] = make_row(register, key, **values)
        return key

    def _add_person(self) -> None:
        key = self._put("person", name=self._chance.choice(_NAMES), birth=self._month(), **self._coded())
        self._put(
            "term", person_id=key, division_code=self._village(), post=self._post(), start=self._month()
        )

    def _edit_person(self) -> None:
        if (key := self._pick("person")) is not None:
            name = self._chance.choice(("name", "phone", "duties", "birth", "remarks"))
            value = self._month() if name == "birth" else self._chance.choice(_NAMES)
            self.rows["person"][key] |= {name: value}

    def _remove_person(self) -> None:
        if (key := self._pick("person")) is not None:
            self._remove("person", key)

    def _remove(self, register: str, key: str) -> None:
        """With what hangs on it."""
        del self.rows[register][key]
        for child, rows in self.rows.items():
            for child_key, row in list(rows.items()):
                links = {
                    name: value for name, value in row.items() if name.endswith("_id") and name != "other_id"
                }
                if child_key in rows and key in links.values():
                    if row.get("relative_id") == key and row["person_id"] != key:
                        row |= {"relative_id": None}
                    elif child != "attendance" or row["activity_id"] == key:
                        self._remove(child, child_key)

    def _add_child(self) -> None:
        person = self._pick("person")
        if person is None:
            return
        place = {"person_id": person, "division_code": self._village()}
        kind = self._chance.randrange(7)
        if kind == 0:
            entry = self._put("reserve", aim="1", entered=self._month(), **place)
            self._put("appraisal", reserve_id=entry, year="2025", result="优秀")
        elif kind == 1:
            self._put("training", person_id=person, topic="党务", start=self._month())
        elif kind == 2:
            self._put(
                "relative", person_id=person, relation="父亲", name="老甄", relative_id=self._pick("person")
            )
        elif kind == 3:
            self._put("study", school="开放大学", fee=1000, **place)
        elif kind == 4:
            self._put(
                "village_year",
                division_code=self._village(),
                year="2025",
                income=self._chance.randrange(9999),
            )
        elif kind == 5:
            done = self._put(
                "activity", division_code=self._village(), kind="1", state="1", start="2026-03-04 14:30"
            )
            self._put("attendance", activity_id=done, role="1", person_id=person, name="甲", present="1")
        else:
            self._put("person_pair", person_id=person, other_id=self._key(), verdict="2")

    def _edit_term(self) -> None:
        if (key := self._pick("term")) is not None:
            self.rows["term"][key] |= {
                "end": self._month(),
                "post": self._post(),
                "division_code": self._village(),
            }

    def _attach(self) -> None:
        person = self._pick("person")
        if person is not None:
            content = self._chance.randbytes(40)
            digest = hashlib.sha256(content).hexdigest()
            self.files[digest] = content
            self._put(
                "attachment",
                owner="person",
                owner_id=person,
                purpose="document",
                name="扫描.pdf",
                sha256=digest,
                size=len(content),
                added="2026-11-24 08:00:00",
            )

    def _found_branch(self) -> None:
        village = self._village()
        branch = self._put("party_branch", division_code=village, name="联合党支部")
        self._put("organization", division_code=village, name="虚构公司", branch_id=branch)
        self._put("grading", branch_id=branch, period="2026Q3", grade="B", decided="2026-10-01")

    def _pick(self, register: str) -> str | None:
        keys = sorted(self.rows[register])
        return self._chance.choice(keys) if keys else None

    def _village(self) -> str:
        return self._chance.choice(self._villages)

    def _month(self) -> str:
        return f"{self._chance.randrange(1960, 2025)}-{self._chance.randrange(1, 13):02d}"

    def _post(self) -> str:
        return self._chance.choice(("11", "13", "21", "23", "90"))

    def _coded(self) -> dict[str, str]:
        return {name: self._chance.choice(codes) for name, codes in _CODES.items()}


def spoilt(chance: Random, rows: Mapping[str, list[Row]]) -> Iterator[str]:
    """Do to some rows what no store of ours would: unknown codes and columns, wrong types, broken references.

    Says what it did; the rows are changed in place.
    """
    for _ in range(chance.randrange(4)):
        register = chance.choice([name for name, found in rows.items() if found] or [""])
        if not register:
            return
        row = chance.choice(rows[register])
        what = chance.randrange(6)
        if what == 0:
            row["newer"] = {"a": [1, "新"]}
        elif what == 1 and register == "person":
            row["sex"] = "7"
        elif what == 2 and register == "term":
            row["post"] = "77"
        elif what == 3:
            row[chance.choice(sorted(row))] = [1]
        elif what == 4:
            row |= {name: "nobody" for name in row if name.endswith("_id")}
        elif what == 5 and "division_code" in row:
            row["division_code"] = "421081000000"
        yield f"{register}: {what}"
