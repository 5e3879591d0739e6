"""Commands about what was changed: ``undo`` and ``history``."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.commands.opening import opened
from desktop.commands.printing import say
from desktop.models.errors import DesktopError


class NothingLeftError(DesktopError):
    """There is nothing to undo."""

    def __init__(self) -> None:
        super().__init__("没有可以撤销的改动。")


class UnknownPersonError(DesktopError):
    """Nobody ever had this id."""

    def __init__(self, person_id: str) -> None:
        super().__init__(f"没有编号为 {person_id} 的人员，编号见 rows roster --format json 的 person_id。")


@click.command()
@click.pass_obj
def undo(folder: Path) -> None:
    """撤销最近一次改动。"""
    with opened(folder, backup=True) as office:
        line = office.history.undo()
        if line is None:
            raise NothingLeftError
        say(f"已{line.why}")


@click.command()
@click.argument("person_id", metavar="[ID]", required=False)
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=1), default=50, show_default=True, help="最多列几条"
)
@click.pass_obj
def history(folder: Path, person_id: str | None, limit: int) -> None:
    """列出变更记录；给出人员 ID 时列出此人的全部变更。"""
    with opened(folder) as office:
        lines = office.history.of_person(person_id) if person_id else office.history.recent(limit)
        if person_id and not lines:
            raise UnknownPersonError(person_id)
        for line in lines:
            who = f"　{line.operator}" if line.operator else ""
            say(f"{line.seq}\t{line.at:%Y-%m-%d %H:%M}{who}\t{line.why}")
            for change in line.details:
                say(f"\t{change.who} {change.field}：{change.old or '（空）'} → {change.new or '（空）'}")
