"""What a command prints: words, and lines as JSON, CSV or a table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable

import click

_STEERING = {code: " " for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}

Lines = list[dict[str, object]]


def say(words: str, *, err: bool = False, nl: bool = True) -> None:
    """Print words; what a workbook brought along does not steer the terminal."""
    click.echo(words.translate(_STEERING), err=err, nl=nl)


def say_json_or_words(told: object, words: Iterable[str], *, as_json: bool) -> None:
    """Print one value for machines, or lines for people."""
    if as_json:
        say(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for line in words:
        say(line)


def _as_json(_names: dict[str, str], lines: Lines) -> str:
    return json.dumps(lines, ensure_ascii=False, indent=1)


def _as_csv(names: dict[str, str], lines: Lines) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names.values())
    writer.writerows([_unformulated(line[name]) for name in names] for line in lines)
    return "\ufeff" + out.getvalue()


def _unformulated(value: object) -> str:
    """Text that a spreadsheet will not run as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _as_table(names: dict[str, str], lines: Lines) -> str:
    wanted = [name for name in names if any(line[name] not in (None, "") for line in lines)]
    cells = [
        [names[name] for name in wanted],
        *([_in_one_line(line[name]) for name in wanted] for line in lines),
    ]
    widths = [max((_columns(row[i]) for row in cells), default=0) for i in range(len(wanted))]
    return "\n".join(
        "  ".join(
            text + " " * (width - _columns(text)) for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in cells
    )


def _in_one_line(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def _columns(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


FORMATS: dict[str, Callable[[dict[str, str], Lines], str]] = {
    "json": _as_json,
    "csv": _as_csv,
    "table": _as_table,
}
