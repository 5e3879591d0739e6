"""Unified social credit codes (统一社会信用代码, GB 32100-2015): reading and checking."""

from __future__ import annotations

import re
from datetime import date

from desktop.models.domain.cleaning import compact, means_nothing
from desktop.models.domain.reading import SILENT, Cell, Reading

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # without I, O, S, V, Z
_WHOLE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+")
_LENGTH = 18


def credit_check_character(first_17: str) -> str:
    """Return the 18th character of a code: weights are powers of 3, modulo 31.

    Source: GB 32100-2015, ISO 7064.

    Raises:
        ValueError: ``first_17`` is not 17 characters of the code's alphabet.
    """
    if len(first_17) != _LENGTH - 1 or not set(first_17) <= set(_CHARACTERS):
        raise ValueError(f"not 17 characters of a credit code: {len(first_17)}")
    total = sum(_CHARACTERS.index(each) * pow(3, place, 31) for place, each in enumerate(first_17))
    return _CHARACTERS[-total % 31]


def read_credit_code(cell: Cell, _today: date) -> Reading:
    """Read a code into 18 characters; what was lost in a numeric cell is not guessed."""
    text = cell.text
    if means_nothing(text):
        return SILENT
    code = compact(text).upper().replace("-", "")
    if isinstance(cell.value, float | int) or _SCIENTIFIC.fullmatch(code):
        return Reading(
            problem="统一社会信用代码被当成数字，末尾几位已丢失。请在 Excel 中把该列改为“文本”后重新录入。"
        )
    if len(code) != _LENGTH:
        return Reading(problem=f"统一社会信用代码应为 18 位，这里是 {len(code)} 位，请对照证照核对。")
    if not _WHOLE.fullmatch(code):
        return Reading(
            problem="统一社会信用代码里有不该出现的字符（不用字母 I、O、S、V、Z），请对照证照核对。"
        )
    if credit_check_character(code[:-1]) != code[-1]:
        return Reading(problem="统一社会信用代码的校验位不对，有字符录错，请对照证照核对。")
    return Reading(code)
