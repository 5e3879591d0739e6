"""Big files of invented people, for measuring."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

HEADINGS = (
    *("序号", "乡镇", "村（社区）", "姓名", "性别", "民族", "出生年月", "政治面貌", "入党时间"),
    *("学历", "职务", "任现职时间", "身份证号", "联系电话"),
)
_SURNAMES = "王韦尤车水牛毛卞文方尹孔邓李张刘陈杨赵黄周吴徐孙马朱胡郭何高"
_GIVEN = "建国志明海波春燕小红文军新华少英霞平兴旺堃喆祎玥珺屾頔䶮𣲗"
_POSTS = (
    *("党支部书记、村委会主任", "党支部副书记", "党支部委员、村委会副主任", "村委会委员", "监委会主任"),
    *("党支部委员", "监委会委员"),
)
_EDUCATION = ("初中", "高中", "中专", "大专", "本科")
_PER_VILLAGE = 7
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643-1999


def big_roster_workbook(
    path: Path, villages: Sequence[Mapping[str, str]], *, rows: int = 10_000, seed: int = 1
) -> None:
    """Write a roster of ``rows`` people and 14 columns; ``villages`` are the items of divisions/villages.json.

    Birth months are numbers under the format 0.00, so that October has lost its zero; the rest is text. The people
    are in the villages' order; with more rows than the villages hold, the villages come round again.
    """
    chance = random.Random(seed)
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        page = book.add_worksheet("花名册")
        page.write_row(0, 0, HEADINGS)
        month = book.add_format({"num_format": "0.00"})
        for row in range(1, rows + 1):
            village = villages[(row - 1) // _PER_VILLAGE % len(villages)]
            page.write_number(row, 0, row)
            for column, value in enumerate(_person(chance, row, village), 1):
                if isinstance(value, float):
                    page.write_number(row, column, value, month)
                else:
                    page.write_string(row, column, value)


def _person(chance: random.Random, row: int, village: Mapping[str, str]) -> tuple[str | float, ...]:
    year, month, woman = chance.randint(1962, 2000), chance.randint(1, 12), chance.random() < 0.4
    party = chance.random() < 0.8
    first_17 = (
        f"421099{year}{month:02d}{chance.randint(1, 28):02d}{chance.randrange(50) * 20 + 2 - woman:03d}"
    )
    return (
        village["town"],
        village["name"],
        chance.choice(_SURNAMES) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2)))),
        "女" if woman else "男",
        "土家族" if chance.random() < 0.1 else "汉族",
        year + month / 100,
        "中共党员" if party else "群众",
        f"{year + chance.randint(20, 24)}.{chance.randint(1, 12):02d}" if party else "",
        chance.choice(_EDUCATION),
        _POSTS[(row - 1) % _PER_VILLAGE],
        f"2021.{chance.randint(1, 12):02d}",
        first_17 + _check_character(first_17),
        f"199{chance.randrange(10**8):08d}",
    )


def _check_character(first_17: str) -> str:
    return "10X98765432"[
        sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True)) % 11
    ]
