"""The printed recovery code (恢复码): made to be copied by hand, read tolerantly, its slips told from a wrong code."""

from __future__ import annotations

import secrets
import unicodedata

from desktop.models.errors import DesktopError

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 characters, none that looks like another: 0 O 1 I are out
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_LENGTH = 26  # 130 bits
_GROUP = 4
_PRIME = 1021  # below 32²: two check characters find every wrong character and every swap of neighbors


class MistypedRecoveryCodeError(DesktopError):
    """What was typed is no recovery code at all: a slip, not a wrong code."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"恢复码{reason}。恢复码有 7 组、每组 4 个字符，没有数字 0、1 和字母 O、I，请对照纸上重新输入。"
        )


def new_recovery_code() -> str:
    """Return a code of 130 random bits in seven groups of four, as ``AB3K-…``."""
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    text = body + _check(body)
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))


def read_recovery_code(typed: str) -> str:
    """Return the 28 characters of a code typed in any case, with or without dashes and spaces.

    Raises:
        MistypedRecoveryCodeError: too long, too short, a character that no code has, or a wrong check.
    """
    code = "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if c.isalnum())
    strange = "".join(sorted(set(code) - set(_ALPHABET)))
    if strange:
        raise MistypedRecoveryCodeError(f"里没有“{strange}”这样的字符")
    if len(code) != _LENGTH + 2:
        raise MistypedRecoveryCodeError(f"应有 {_LENGTH + 2} 个字符，输入了 {len(code)} 个")
    if _check(code[:_LENGTH]) != code[_LENGTH:]:
        raise MistypedRecoveryCodeError("有字符输错或颠倒了")
    return code


def _check(body: str) -> str:
    number = 0
    for character in body:
        number = number * 32 + _VALUES[character]
    high, low = divmod(-number * 32 * 32 % _PRIME, 32)  # the whole code is then a multiple of the prime
    return _ALPHABET[high] + _ALPHABET[low]
