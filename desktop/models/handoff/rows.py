"""Frozen records as rows of a file, read back strictly: every field, no other, each of its own type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

from desktop.models.handoff.codes import Code, RefusedFileError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")


def read_row(record: type[R], row: Mapping[str, Any]) -> R:
    """The record of a row that :func:`dataclasses.asdict` gave.

    Raises:
        RefusedFileError: the row is of another shape; only another program could have signed it.
    """
    try:
        return _record(record, row)
    except (TypeError, ValueError) as error:
        raise RefusedFileError(Code.FORGED) from error


def _record(record: type[R], row: Any) -> R:
    if not isinstance(row, Mapping) or row.keys() != {each.name for each in fields(record)}:
        raise ValueError(f"no {record.__name__}")
    hints = get_type_hints(record)
    return record(**{name: _value(hints[name], value) for name, value in row.items()})


def _value(kind: Any, value: Any) -> Any:
    if kind is Any:
        return value
    if isinstance(kind, type) and is_dataclass(kind):
        return _record(kind, value)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(value)
    if args := get_args(kind):  # tuple[X, ...]
        if not isinstance(value, list):
            raise ValueError("no list")
        return tuple(_value(args[0], each) for each in value)
    if type(value) is not kind:
        raise ValueError(f"no {kind}")
    return value
