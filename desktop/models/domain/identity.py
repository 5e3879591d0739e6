"""Resident identity numbers (公民身份号码, GB 11643-1999): reading, checking, what they tell, masking."""

from __future__ import annotations

import re
from datetime import date
from operator import mul

from desktop.models.domain.cleaning import compact, means_nothing
from desktop.models.domain.reading import SILENT, Cell, Reading

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHARACTERS = "10X98765432"
_EARLIEST_YEAR = 1800  # the standard's own example was born in 1880
_WHOLE = re.compile(r"[0-9]{17}[0-9X]")
_SHORT = re.compile(r"[0-9]{15}")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+")
_LOST = "数字太长，Excel 只保留了前 15 位，后面的位数已丢失。请在 Excel 中把该列改为“文本”后重新录入。"


def check_character(first_17: str) -> str:
    """Return the 18th character of a resident identity number, ``0``–``9`` or ``X``.

    Source: GB 11643-1999 (ISO 7064, MOD 11-2).

    Raises:
        ValueError: ``first_17`` is not 17 ASCII digits.
    """
    if len(first_17) != 17 or not (first_17.isascii() and first_17.isdigit()):
        raise ValueError(f"not 17 digits: {len(first_17)} characters")
    return _CHARACTERS[sum(map(mul, _WEIGHTS, map(int, first_17))) % 11]


def birth_month(number: str) -> str:
    """The month of birth in an 18-character number, ``YYYY-MM``."""
    return f"{number[6:10]}-{number[10:12]}"


def sex_code(number: str) -> str:
    """The sex in an 18-character number as GB/T 2261.1 has it: ``1`` 男, ``2`` 女."""
    return "1" if int(number[16]) % 2 else "2"


def mask_identity(number: str) -> str:
    """``421081********1234``: the area and the last four stay."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def read_identity(cell: Cell, today: date) -> Reading:
    """Read an identity number into 18 characters; a 15-digit one is widened, digits that were lost are not guessed."""
    value = cell.value
    if isinstance(value, float | int) and not isinstance(value, bool):
        if abs(value) >= 1e15 or value != int(value):
            return Reading(problem=_LOST)
        return _judge(str(int(value)), today)
    text = cell.text
    if _WHOLE.fullmatch(text):
        return _judge(text, today)
    if means_nothing(text):
        return SILENT
    return _judge(compact(text).upper().replace("-", ""), today)


def _judge(number: str, today: date) -> Reading:
    if _SHORT.fullmatch(number):
        first_17 = f"{number[:6]}19{number[6:]}"
        number = first_17 + check_character(first_17)
    if not _WHOLE.fullmatch(number):
        return Reading(problem=_malformed(number))
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return Reading(problem="身份证号里的出生日期不存在，请核对。")
    if born > today or born.year < _EARLIEST_YEAR:
        return Reading(problem="身份证号里的出生日期不合理，请核对。")
    if check_character(number[:17]) != number[17]:
        return Reading(problem="身份证号的校验位不对，有数字录错或丢失，请对照证件核对。")
    return Reading(number)


def _malformed(number: str) -> str:
    if _SCIENTIFIC.fullmatch(number):
        return _LOST
    if "*" in number:
        return "身份证号打了星号，看不到全部数字，请填完整的号码。"
    if len(number) != 18:
        return f"身份证号应为 18 位，这里是 {len(number)} 位，请核对后补全。"
    return "身份证号里有不该出现的字符，请核对后重新录入。"
