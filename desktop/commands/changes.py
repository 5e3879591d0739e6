"""Commands about what was changed: ``undo`` and ``history``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from desktop.commands.opening import opened
from desktop.commands.printing import say
from desktop.models.errors import DesktopError
from desktop.office import Office


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
    "--disclosures", "whole_numbers", is_flag=True, help="列出完整号码的使用记录：谁、用在哪里、用途、人数"
)
@click.option(
    "--limit", metavar="N", type=click.IntRange(min=1), default=50, show_default=True, help="最多列几条"
)
@click.pass_obj
def history(folder: Path, person_id: str | None, whole_numbers: bool, limit: int) -> None:
    """列出变更记录；给出人员 ID 时列出此人的全部变更。"""
    if person_id and whole_numbers:
        raise click.UsageError("完整号码的使用记录不按人记：--disclosures 和人员 ID 只能给一个。")
    with opened(folder) as office:
        if whole_numbers:
            _say_disclosures(office, limit)
            return
        lines = office.history.of_person(person_id) if person_id else office.history.recent(limit)
        if person_id and not lines:
            raise UnknownPersonError(person_id)
        for line in lines:
            say(f"{line.seq}\t{_when_and_who(line.at, line.operator)}\t{line.why}")
            for change in line.details:
                say(f"\t{change.who} {change.field}：{change.old or '（空）'} → {change.new or '（空）'}")


def _say_disclosures(office: Office, limit: int) -> None:
    found = office.history.disclosures()[:limit]
    for use in found:
        say(f"{_when_and_who(use.at, use.operator)}\t{use.what}\t{use.reason}\t{use.people} 人")
    if not found:
        say("还没有用过完整的号码。")


def _when_and_who(at: datetime, operator: str) -> str:
    return f"{at:%Y-%m-%d %H:%M}" + (f"　{operator}" if operator else "")
