"""Commands that take workbooks into a simple register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from desktop.commands.imports import NoTableError, written
from desktop.commands.opening import opened, tell_backup
from desktop.commands.options import today_option
from desktop.commands.printing import say
from desktop.models.registers.listing import Listing
from desktop.models.registers.listings import LISTINGS
from desktop.models.services.register_importing import RegisterPlan
from desktop.models.workbooks.plan import Outcome
from desktop.models.workbooks.register_reader import key_column


def _import_register(listing: Listing) -> click.Command:
    """The command that takes in workbooks of one simple register."""

    @click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
    @click.option("--dry-run", is_flag=True, help="只读取和核对，不写入")
    @today_option
    @click.pass_obj
    def import_register(folder: Path, files: tuple[Path, ...], dry_run: bool, today: date | None) -> None:
        today = today or date.today()
        with opened(folder, backup=not dry_run) as office:
            imports = office.register_imports
            rows = imports.read(listing.name, files)
            if without := {path.name for path in files} - {row.file for row in rows}:
                column = listing.shown.field(key_column(listing)).label
                raise NoTableError(sorted(without), listing.register.title, column)
            if dry_run:
                plan, result = imports.plan(listing.name, rows, today), None
            else:
                source = "、".join(path.name for path in files)
                result = imports.apply(listing.name, rows, today, source)
                plan = result.plan
            _print_lines(plan, listing)
            if result is not None:
                tell_backup(result.backup)
                say(written(result.seq))

    title = f"导入{listing.register.title}（.xlsx .xls .ods .csv）。"
    return click.command(name=listing.name, help=title)(import_register)


def _print_lines(plan: RegisterPlan, listing: Listing) -> None:
    counts = plan.counts
    say("　".join(f"{outcome.label} {counts[outcome]}" for outcome in Outcome))
    if unread := plan.unread(listing):
        say(f"  提醒　{unread}")
    for line in plan.lines:
        where = f"{line.row.file} {line.row.sheet} 第 {line.row.row} 行"
        for change in line.changes:
            say(f"  {where} {change.label}：{change.old or '（空）'} → {change.new or '（空）'}")
        for column, words in line.problems.items():
            say(f"  问题　{where} {listing.shown.field(column).label}：{words}")
        if line.remark:
            say(f"  提醒　{where}：{line.remark}")


IMPORTS = [_import_register(listing) for listing in LISTINGS if listing.tells_owner]
