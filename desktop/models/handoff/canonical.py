"""JSON that has one spelling: what is signed can be read in one way only."""

from __future__ import annotations

import json
from typing import Any, NoReturn


class NotCanonicalError(ValueError):
    """Bytes that are no JSON, say a thing twice, or could have been spelt otherwise."""


def canonical(value: object) -> bytes:
    """Spell a value: UTF-8, keys in code point order, no spaces, nothing escaped that need not be.

    Raises:
        ValueError: a number that is not finite.
    """
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def read_canonical(data: bytes) -> Any:
    """The value of bytes that :func:`canonical` could have written.

    Raises:
        NotCanonicalError: it could not.
    """
    value = read_json(data)
    try:
        spelt = canonical(value)
    except (ValueError, RecursionError) as error:  # a lone surrogate
        raise NotCanonicalError(str(error)) from error
    if spelt != data:
        raise NotCanonicalError("another spelling")
    return value


def read_json(data: bytes) -> Any:
    """The value of strict JSON: no name twice in an object, no NaN or infinity.

    Raises:
        NotCanonicalError: it is none.
    """
    try:
        return json.loads(data.decode(), object_pairs_hook=_object, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise NotCanonicalError(str(error)) from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise NotCanonicalError("a name twice")
    return value


def _no_number(word: str) -> NoReturn:
    raise NotCanonicalError(f"{word} is no number")
