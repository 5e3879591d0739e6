"""The command line (命令行): the same services as the window, one command an action."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import click

from desktop import __version__
from desktop.models.domain.posts import PartyForm, Post
from desktop.models.errors import DesktopError
from desktop.models.registers.division import DIVISION, Division, DivisionKind
from desktop.models.registers.listing import Listing
from desktop.models.registers.listings import LISTINGS
from desktop.models.registers.roster import ROSTER, RosterQuery, RosterRow, value_of
from desktop.models.rules.health import HealthReport
from desktop.models.rules.rule import Severity
from desktop.models.services.divisions import preloaded
from desktop.models.services.importing import ImportService
from desktop.models.services.ledgers import LedgerRequest
from desktop.models.services.register_importing import RegisterPlan
from desktop.models.services.roster_lists import shown
from desktop.models.workbooks.plan import ImportPlan, Outcome
from desktop.models.workbooks.roster_reader import ImportedRow, ImportReading, Problem, posts_of
from desktop.office import PASSWORD_VARIABLE, NoOfficeError, Office
from desktop.paths import default_data_folder

_STEERING = {code: " " for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}
_LEVELS = click.Choice(["township", "city"])
_JSON_FIELDS = (
    *("name", "sex", "birth", "ethnic_group", "political_status", "party_joined", "education"),
    *("posts", "post_since", "id_number", "phone"),
)


class _Day(click.ParamType):  # type: ignore[type-arg]  # not generic in the oldest click we take
    """A day as ``YYYY-MM-DD``."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """See click."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-11-24 这样。", param, ctx)


_DAY = _Day()


class NoPasswordError(DesktopError):
    """There is no password and nobody to ask."""

    def __init__(self) -> None:
        super().__init__(f"没有密码。请在终端里运行本命令，或设置环境变量 {PASSWORD_VARIABLE}。")


class NoTableError(DesktopError):
    """Files hold nothing that could be imported."""

    def __init__(self, files: Iterable[str]) -> None:
        super().__init__(
            f"“{'”“'.join(files)}”里没有找到花名册，什么都没有导入。请核对表头，要有“姓名”一列。"
        )


class NothingLeftError(DesktopError):
    """There is nothing to undo."""

    def __init__(self) -> None:
        super().__init__("没有可以撤销的改动。")


class NotBackedUpError(DesktopError):
    """The backup is not where it should be."""


class UnknownPersonError(DesktopError):
    """Nobody ever had this id."""

    def __init__(self, person_id: str) -> None:
        super().__init__(f"没有编号为 {person_id} 的人员，编号见 rows roster --format json 的 person_id。")


class UnknownDivisionError(DesktopError):
    """A code is no division of this office's list."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有代码为 {code} 的单位，代码见 rows division。")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(path_type=Path), default=None, help="数据文件夹")
@click.version_option(__version__, prog_name="touyan")
@click.pass_context
def cli(context: click.Context, data: Path | None) -> None:
    """头雁台账：乡镇组织干部台账。本软件不得存储、处理、传输国家秘密。

    密码从环境变量 TOUYAN_PASSWORD 读取，没有时在终端询问。
    """
    context.obj = data or default_data_folder()


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 only when all was done."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a cp936 console cannot print every name
    try:
        cli.main(arguments, prog_name="touyan", standalone_mode=False)
    except DesktopError as error:
        _say(f"错误：{error}", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        _say("已取消。", err=True)
        return 130
    except BrokenPipeError:  # the reader of our output went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    return 0


def _say(words: str, *, err: bool = False, nl: bool = True) -> None:
    """Print words; what a workbook brought along does not steer the terminal."""
    click.echo(words.translate(_STEERING), err=err, nl=nl)


def _password(*, confirm: bool = False) -> str:
    """The password from the environment or a prompt; never from an argument, which others on the PC could see."""
    password = os.environ.get(PASSWORD_VARIABLE)
    if password is None:
        if not sys.stdin.isatty():
            raise NoPasswordError
        password = click.prompt("密码", hide_input=True, confirmation_prompt=confirm, err=True)
    return str(password)


@contextmanager
def _opened(folder: Path, *, backup: bool = False) -> Iterator[Office]:
    if not Office.exists(folder):
        raise NoOfficeError(folder)
    office = Office.open(folder, _password())
    try:
        yield office
    finally:
        _tell_backup(office.close(backup=backup))


def _require_division(office: Office, code: str | None) -> None:
    if code is not None and code not in office.divisions.all():
        raise UnknownDivisionError(code)


def _tell_backup(result: Any) -> None:
    if result is not None:
        _say(result.words, err=True)


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--level", type=_LEVELS, default="township", show_default=True)
def sample(folder: Path, level: str) -> None:
    """在 DIR 建立演示数据（人员均为虚构）。"""
    from desktop.models.services.sample import SAMPLE_TOWNSHIP

    city = next(d.code for d in preloaded() if d.kind == DivisionKind.CITY)
    unit = SAMPLE_TOWNSHIP if level == "township" else city
    office, code = Office.create(folder, unit_code=unit, level=level, password=_password(confirm=True))
    try:
        office.fill_with_sample(date.today())
        figures = office.roster.summary(date.today())
        _say(
            f"已建立演示数据：{folder}（{office.unit.name}，{figures.villages} 个村（社区），{figures.people} 人，均为虚构）"
        )
        _say(f"恢复码（只显示这一次）：{code}")
    finally:
        office.close(backup=False)


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--unit", "unit_code", metavar="CODE", required=True, help="单位的 12 位区划代码")
@click.option("--level", type=_LEVELS, default="township", show_default=True)
@click.option(
    "--backup-folder", type=click.Path(path_type=Path), default=None, help="备份文件夹（最好在另一块盘上）"
)
def init(folder: Path, unit_code: str, level: str, backup_folder: Path | None) -> None:
    """在 DIR 建立一个单位的空数据。"""
    password = _password(confirm=True)
    office, code = Office.create(
        folder, unit_code=unit_code, level=level, password=password, backup_folder=backup_folder
    )
    _say(f"已建立：{folder}（{office.unit.name}）")
    _say(f"恢复码（只显示这一次，请打印后锁好）：{code}")
    office.close(backup=False)


@cli.group(name="import")
def import_() -> None:
    """导入表格。"""


@import_.command(name="roster")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只读取和核对，不写入")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：rows 和 problems")
@click.option("--today", type=_DAY, default=None, help="按哪一天判断日期（默认今天）")
@click.pass_obj
def import_roster(
    folder: Path, files: tuple[Path, ...], dry_run: bool, as_json: bool, today: date | None
) -> None:
    """导入“两委”班子成员花名册（.xlsx .xls .ods .csv）。"""
    today = today or date.today()
    with _opened(folder, backup=not dry_run) as office:
        reading = office.imports.read(files, today)
        plan = office.imports.plan(reading, today)
        if as_json:
            _say(json.dumps(_reading_json(reading, office), ensure_ascii=False, indent=1))
        else:
            _print_plan(plan, reading)
        if without := {path.name for path in files} - {table.file for table in reading.tables}:
            raise NoTableError(sorted(without))
        if not dry_run:
            _apply(office.imports, plan, files, quiet=as_json)


def _apply(imports: ImportService, plan: ImportPlan, files: tuple[Path, ...], *, quiet: bool) -> None:
    result = imports.apply(plan, "、".join(path.name for path in files))
    _tell_backup(result.backup)
    if not quiet:
        _say(_written(result.seq))


def _print_plan(plan: ImportPlan, reading: ImportReading) -> None:
    counts = plan.counts
    _say(
        "　".join(f"{outcome.label} {counts[outcome]}" for outcome in Outcome)
        + f"　表里没有 {len(plan.missing)}"
    )
    for row in plan.rows:
        for remark in row.remarks:
            _say(f"  第 {row.imported.row} 行 提醒：{remark}")
        for change in row.changes:
            _say(
                f"  第 {row.imported.row} 行 {change.label}：{change.old or '（空）'} → {change.new or '（空）'}"
            )
    for problem in reading.problems:
        where = f"{problem.file} {problem.sheet} 第 {problem.row} 行 {ROSTER.field(problem.field).label}"
        _say(f"  {'提醒' if problem.kept else '问题'}　{where}：{problem.message}")


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


def _import_register(listing: Listing) -> click.Command:
    """The command that takes in workbooks of one simple register."""

    @click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
    @click.option("--dry-run", is_flag=True, help="只读取和核对，不写入")
    @click.option("--today", type=_DAY, default=None, help="按哪一天判断日期（默认今天）")
    @click.pass_obj
    def import_register(folder: Path, files: tuple[Path, ...], dry_run: bool, today: date | None) -> None:
        today = today or date.today()
        with _opened(folder, backup=not dry_run) as office:
            imports = office.register_imports
            rows = imports.read(listing.name, files)
            if dry_run:
                plan, result = imports.plan(listing.name, rows, today), None
            else:
                source = "、".join(path.name for path in files)
                result = imports.apply(listing.name, rows, today, source)
                plan = result.plan
            _print_lines(plan, listing)
            if without := {path.name for path in files} - {row.file for row in rows}:
                raise NoTableError(sorted(without))
            if result is not None:
                _tell_backup(result.backup)
                _say(_written(result.seq))

    title = f"导入{listing.register.title}（.xlsx .xls .ods .csv）。"
    return click.command(name=listing.name, help=title)(import_register)


def _print_lines(plan: RegisterPlan, listing: Listing) -> None:
    counts = plan.counts
    _say("　".join(f"{outcome.label} {counts[outcome]}" for outcome in Outcome))
    for line in plan.lines:
        where = f"{line.row.file} {line.row.sheet} 第 {line.row.row} 行"
        for change in line.changes:
            _say(f"  {where} {change.label}：{change.old or '（空）'} → {change.new or '（空）'}")
        for column, words in line.problems.items():
            _say(f"  问题　{where} {listing.shown.field(column).label}：{words}")
        if line.remark:
            _say(f"  提醒　{where}：{line.remark}")


def _written(seq: int | None) -> str:
    return "没有需要写入的改动。" if seq is None else f"已导入（变更 {seq}，可用 undo 撤销）。"


for _listing in LISTINGS:
    if _listing.name not in (
        "relative",
        "appraisal",
    ):  # they are of one person or entry, which no table tells
        import_.add_command(_import_register(_listing))


@cli.command()
@click.argument("register", type=click.Choice(["roster", "division", *(each.name for each in LISTINGS)]))
@click.option(
    "--format", "form", type=click.Choice(["json", "csv", "table"]), default="table", show_default=True
)
@click.option("--unit", metavar="CODE", default=None, help="只要某个乡镇或村")
@click.option("--as-of", type=_DAY, default=None, help="哪一天在任的")
@click.option("--recorded", is_flag=True, help="按那一天结束时的记录（默认按任职起止时间）；只对 roster")
@click.option("--full-ids", is_flag=True, help="显示完整的身份证号和电话（要写明用途）")
@click.option("--reason", default=None, help="显示完整号码的用途，会记录在案")
@click.pass_obj
def rows(
    folder: Path,
    register: str,
    form: str,
    unit: str | None,
    as_of: date | None,
    recorded: bool,
    full_ids: bool,
    reason: str | None,
) -> None:
    """列出一个台账的内容。"""
    if recorded and register != "roster":
        raise click.UsageError("--recorded 只能用于 roster。")
    with _opened(folder) as office:
        _require_division(office, unit)
        day = as_of or date.today()
        if register == "division":
            records, names = _division_rows(office, unit, form)
        elif register == "roster":
            found = _roster(office, unit, day, recorded=recorded)
            records, names = _roster_rows(office, found, full_ids=full_ids, reason=reason, form=form)
        else:
            records, names = _register_rows(
                office, register, RosterQuery(on=day, unit=unit), full_ids=full_ids, reason=reason, form=form
            )
        _say(_FORMATS[form](names, records), nl=form != "csv")


Lines = list[dict[str, object]]


def _division_rows(office: Office, unit: str | None, form: str) -> tuple[Lines, dict[str, str]]:
    names = {field.name: field.label for field in DIVISION.fields}
    lines: Lines = [
        {name: getattr(division, name) for name in names}
        for division in office.divisions.under(unit or office.unit.code)
    ]
    if form != "json":
        for line in lines:
            line["kind"] = DivisionKind(str(line["kind"])).label
            line["party_form"] = PartyForm(str(line["party_form"])).label
    return lines, names


def _roster(office: Office, unit: str | None, day: date, *, recorded: bool) -> list[RosterRow]:
    """Who served on a day: by the dates of terms, or as the records said when the day ended."""
    if recorded:
        end = datetime.combine(day, time.max).astimezone()
        return office.term_changes.board_as_recorded(unit or office.unit.code, end)
    return office.roster.rows(office.roster.keys(RosterQuery(on=day, unit=unit)), day)


def _roster_rows(
    office: Office, found: list[RosterRow], *, full_ids: bool, reason: str | None, form: str
) -> tuple[Lines, dict[str, str]]:
    if full_ids:
        office.roster.record_disclosure("命令行 rows roster", reason, len(found))
    names = {"township": "乡镇", "division_code": "区划代码"} | {
        field.name: field.label for field in ROSTER.fields if field.name != "township"
    }
    line = _machine_line if form == "json" else _shown_line
    return [line(row, names, full=full_ids) for row in found], names


def _machine_line(row: RosterRow, names: dict[str, str], *, full: bool) -> dict[str, object]:
    """A roster row with the keys and canonical values of the import's JSON, and ids to refer to."""
    line: dict[str, object] = {"person_id": row.person.id, "division_code": row.division.code}
    for name in names:
        if name == "village":
            line[name] = row.division.name
        elif name == "posts":
            line[name] = [Post(term.post).label for term in row.terms if term.post < Post.SUPPORTING] or None
        elif name != "division_code":
            field = ROSTER.field(name)
            value = value_of(row, name)
            masked = field.sensitive and not full and value is not None
            line[name] = field.kind.mask(value) if masked else field.kind.report(value)
    line["posts_text"] = row.posts_text
    return line


def _shown_line(row: RosterRow, names: dict[str, str], *, full: bool) -> dict[str, object]:
    return {
        name: row.division.code if name == "division_code" else shown(row, name, full=full) for name in names
    }


def _register_rows(
    office: Office, register: str, query: RosterQuery, *, full_ids: bool, reason: str | None, form: str
) -> tuple[Lines, dict[str, str]]:
    """The lines of a simple register: cells as shown, or with ids and canonical values for machines."""
    service = office.registers[register]
    found = service.rows(service.keys(query), query.on)
    if full_ids:
        office.roster.record_disclosure(f"命令行 rows {register}", reason, len(found))
    names = {field.name: field.label for field in service.fields}
    if form != "json":
        return [{name: service.text(line, name, whole=full_ids) for name in names} for line in found], names
    lines = []
    for line in found:
        ids = {"id": line.key, "person_id": line.person.id if line.person else None}
        code = line.division.code if line.division else None
        values = {
            field.name: field.kind.mask(value)
            if field.sensitive and not full_ids
            else field.kind.report(value)
            for field in service.fields
            for value in (service.value_of(line, field.name),)
        }
        village = {"village": line.division.name} if line.division and "village" in values else {}
        lines.append({**ids, "division_code": code, **values, **village})
    return lines, names


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


_FORMATS: dict[str, Callable[[dict[str, str], Lines], str]] = {
    "json": _as_json,
    "csv": _as_csv,
    "table": _as_table,
}


@cli.command()
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="列出有哪些台账")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="PDF 文件")
@click.option("--unit", metavar="CODE", default=None, help="只要某个乡镇或村")
@click.option("--as-of", type=_DAY, default=None, help="统计截止日")
@click.option("--since", type=_DAY, default=None, help="变动台账从哪一天起（默认当年 1 月 1 日）")
@click.option("--paper", type=click.Choice(["A3", "A4"]), default="A3", show_default=True)
@click.option("--full-ids", is_flag=True, help="打印完整的身份证号和电话（要写明用途）")
@click.option("--reason", default=None, help="打印完整号码的用途，会记录在案")
@click.pass_obj
def ledger(
    folder: Path,
    name: str | None,
    listing: bool,
    output: Path | None,
    unit: str | None,
    as_of: date | None,
    since: date | None,
    paper: str,
    full_ids: bool,
    reason: str | None,
) -> None:
    """把台账写成 PDF。"""
    if listing:
        from desktop.models.services.ledgers import LedgersService

        _say("\n".join(f"{kind.name}\t{kind.title}" for kind in LedgersService.kinds()))
        return
    if name is None or output is None:
        raise click.UsageError("请写明台账名称和 -o 文件，例如：ledger roster -o 花名册.pdf")
    with _opened(folder) as office:
        _require_division(office, unit)
        request = LedgerRequest(name, as_of or date.today(), unit, paper, full_ids, reason, since)
        prepared = office.ledgers.write(request, output)
        for missing in prepared.missing:
            _say(
                f"提醒：{missing.village} {missing.name} 的“{'、'.join(missing.characters)}”没有字形，打印为〓。",
                err=True,
            )
        if prepared.left_out:
            _say(f"提醒：{prepared.left_out} 人只任监委会或配套职务，或职务待核，不在本台账上。", err=True)
        _say(f"已保存 {output}（{prepared.pages} 页）")


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：on、chips、findings 和 next_round")
@click.option("--unit", metavar="CODE", default=None, help="只要某个乡镇或村")
@click.option("--as-of", type=_DAY, default=None, help="截止哪一天")
@click.pass_obj
def check(folder: Path, as_json: bool, unit: str | None, as_of: date | None) -> None:
    """体检：按法律、党内法规和已启用的本地规定核对班子。"""
    with _opened(folder) as office:
        _require_division(office, unit)
        report = office.health.check(as_of or date.today(), unit)
    if as_json:
        _say(json.dumps(_report_json(report), ensure_ascii=False, indent=1))
        return
    for found in report.findings:
        people = f"（{found.names}）" if found.people else ""
        place = f"{found.township} {found.division.short_name}"
        _say(f"[{found.severity.label}] {place}：{found.words}{people}　{found.source}")
    chips = report.chips()
    told = "，".join(f"{severity.label} {chips[severity]}" for severity in Severity)
    _say(f"共 {chips['all']} 条（{told}）。{report.next_round}")


def _report_json(report: HealthReport) -> dict[str, object]:
    return {
        "on": report.on.isoformat(),
        "chips": report.chips(),
        "findings": [
            {
                "rule": found.rule.id,
                "title": found.rule.title,
                "level": found.rule.level,
                "severity": found.severity,
                "division_code": found.division.code,
                "township": found.township,
                "village": found.division.name,
                "people": [{"person_id": person_id, "name": name} for person_id, name in found.people],
                "words": found.words,
                "source": found.source,
                "advice": found.rule.advice,
            }
            for found in report.findings
        ],
        "next_round": report.next_round,
    }


@cli.command()
@click.pass_obj
def undo(folder: Path) -> None:
    """撤销最近一次改动。"""
    with _opened(folder, backup=True) as office:
        line = office.history.undo()
        if line is None:
            raise NothingLeftError
        _say(f"已{line.why}")


@cli.command()
@click.argument("person_id", metavar="[ID]", required=False)
@click.option("--limit", default=50, show_default=True)
@click.pass_obj
def history(folder: Path, person_id: str | None, limit: int) -> None:
    """列出变更记录；给出人员 ID 时列出此人的全部变更。"""
    with _opened(folder) as office:
        lines = office.history.of_person(person_id) if person_id else office.history.recent(limit)
        if person_id and not lines:
            raise UnknownPersonError(person_id)
        for line in lines:
            who = f"　{line.operator}" if line.operator else ""
            _say(f"{line.seq}\t{line.at:%Y-%m-%d %H:%M}{who}\t{line.why}")
            for change in line.details:
                _say(f"\t{change.who} {change.field}：{change.old or '（空）'} → {change.new or '（空）'}")


@cli.command()
@click.pass_obj
def backup(folder: Path) -> None:
    """立即备份。"""
    with _opened(folder) as office:
        result = office.backups.backup_now("手动")
    if not result.in_place:
        raise NotBackedUpError(result.words)
    _say(result.words)


@cli.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def restore(folder: Path, file: Path) -> None:
    """从备份恢复；现有数据原样留存在数据文件夹旁。"""
    from desktop.models.services.backup import restore as restore_backup

    result = restore_backup(file, folder, _password())
    _say(result.words)
