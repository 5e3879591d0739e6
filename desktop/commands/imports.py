"""The command ``import``, and taking in a roster."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from desktop.commands.opening import opened, tell_backup
from desktop.commands.options import today_option
from desktop.commands.printing import say
from desktop.models.domain.posts import Post
from desktop.models.errors import DesktopError
from desktop.models.registers.division import Division
from desktop.models.registers.roster import ROSTER
from desktop.models.services.importing import ImportService
from desktop.models.workbooks.plan import ImportPlan, Outcome
from desktop.models.workbooks.roster_reader import ImportedRow, ImportReading, Problem, posts_of
from desktop.office import Office

_JSON_FIELDS = (
    *("name", "sex", "birth", "ethnic_group", "political_status", "party_joined", "education"),
    *("posts", "post_since", "id_number", "phone"),
)


class NoTableError(DesktopError):
    """Files hold nothing that could be imported."""

    def __init__(self, files: Iterable[str], table: str = "花名册", column: str = "姓名") -> None:
        super().__init__(
            f"“{'”“'.join(files)}”里没有找到{table}，什么都没有导入。"
            f"请核对表头：要有“{column}”一列，认得的列不少于 3 列。"
        )


@click.group(name="import")
def import_() -> None:
    """导入表格。"""


@import_.command(name="roster")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只读取和核对，不写入")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：rows 和 problems")
@today_option
@click.pass_obj
def import_roster(
    folder: Path, files: tuple[Path, ...], dry_run: bool, as_json: bool, today: date | None
) -> None:
    """导入“两委”班子成员花名册（.xlsx .xls .ods .csv）。"""
    today = today or date.today()
    with opened(folder, backup=not dry_run) as office:
        reading = office.imports.read(files, today)
        plan = office.imports.plan(reading, today)
        if as_json:
            say(json.dumps(_reading_json(reading, office), ensure_ascii=False, indent=1))
        else:
            _print_plan(plan, reading)
        if without := {path.name for path in files} - {table.file for table in reading.tables}:
            raise NoTableError(sorted(without))
        if not dry_run:
            _apply(office.imports, plan, files, quiet=as_json)


def _apply(imports: ImportService, plan: ImportPlan, files: tuple[Path, ...], *, quiet: bool) -> None:
    result = imports.apply(plan, "、".join(path.name for path in files))
    tell_backup(result.backup)
    if not quiet:
        say(written(result.seq))


def written(seq: int | None) -> str:
    """Words for what an import wrote."""
    return "没有需要写入的改动。" if seq is None else f"已导入（变更 {seq}，可用 undo 撤销）。"


def _print_plan(plan: ImportPlan, reading: ImportReading) -> None:
    counts = plan.counts
    say(
        "　".join(f"{outcome.label} {counts[outcome]}" for outcome in Outcome)
        + f"　表里没有 {len(plan.missing)}"
    )
    for row in plan.rows:
        for remark in row.remarks:
            say(f"  第 {row.imported.row} 行 提醒：{remark}")
        for change in row.changes:
            say(
                f"  第 {row.imported.row} 行 {change.label}：{change.old or '（空）'} → {change.new or '（空）'}"
            )
    for problem in reading.problems:
        where = f"{problem.file} {problem.sheet} 第 {problem.row} 行 {ROSTER.field(problem.field).label}"
        say(f"  {'提醒' if problem.kept else '问题'}　{where}：{problem.message}")


def _reading_json(reading: ImportReading, office: Office) -> dict[str, object]:
    divisions = office.divisions.all()
    return {
        "rows": [_row_json(row, divisions) for row in reading.rows],
        "problems": [_problem_json(problem) for problem in reading.problems],
    }


def _row_json(row: ImportedRow, divisions: dict[str, Division]) -> dict[str, object]:
    """One imported row as machines read it; the divisions by their official names."""
    village = divisions.get(str(row.values.get("division_code")))
    township = divisions.get(str(village.parent if village else row.values.get("township_code")))
    return {
        "township": township.name if township else None,
        "village": village.name if village else None,
        "division_code": village.code if village else None,
        **{name: _reported(row, name) for name in _JSON_FIELDS},
    }


def _reported(row: ImportedRow, name: str) -> object:
    if name != "posts":
        return ROSTER.field(name).kind.report(row.values.get(name))
    held = posts_of(row)  # 文书 alone is a post that is not among the eight: an empty list, not silence
    return [each.post.label for each in held if each.post < Post.SUPPORTING] if held else None


def _problem_json(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.file,
        "sheet": problem.sheet,
        "row": problem.row,
        "field": problem.field,
        "value": problem.value,
        "message": problem.message,
        "kept": problem.kept,
    }
