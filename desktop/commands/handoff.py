"""The command ``handoff``: by USB stick to the city, and back (报送).

A file that is looked at ends the command with 0 only where it is acceptable, with 3 where a person has to confirm,
with 4 where it was taken before, with 5 where it is refused; 1 is any other failure, 2 a mistake in the command.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import click

from desktop.commands.handoff_trust import enrol, json_option, keys, now, root, to_option
from desktop.commands.opening import opened, require_division
from desktop.commands.options import DAY
from desktop.commands.printing import say, say_json_or_words
from desktop.models.errors import DesktopError
from desktop.models.handoff.codes import Standing
from desktop.models.handoff.plan import MergePlan, Outcome
from desktop.models.handoff.verifying import Verdict
from desktop.models.registers.handoff import OWN
from desktop.models.services.handoff_city import BrakeError, UnconfirmedError
from desktop.models.services.handoff_content import TITLES
from desktop.models.services.handoff_log import Sent
from desktop.models.services.handoff_remarks import RemarkLine
from desktop.models.services.handoff_sending import RegisterDifference
from desktop.office import Office

EXIT = {Standing.TAKE: 0, Standing.ASK: 3, Standing.LEAVE: 4, Standing.REFUSE: 5}
_FILE = click.Path(path_type=Path, dir_okay=False)
confirmed_option = click.option(
    "--confirmed", is_flag=True, help="已打电话核实：前面缺包、恢复过备份的也接收"
)


@click.group()
def handoff() -> None:
    """报送：乡镇写到U盘交市里，市里合并、回执、下发。"""


@handoff.command()
@click.argument("to", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--register", "registers", multiple=True, type=click.Choice(OWN), help="只报某些台账，可重复")
@click.option("--as-of", type=DAY, default=None, help="按哪一天的记录（默认今天）")
@click.option("--purpose", default="", help="报送事由，记在报送记录里")
@click.option("--approver", default="", help="审批人，记在报送记录里")
@click.option("--dry-run", is_flag=True, help="只核对和列出差异，不写出")
@json_option
@click.pass_obj
def pack(
    folder: Path,
    to: Path,
    registers: tuple[str, ...],
    as_of: date | None,
    purpose: str,
    approver: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """生成报送包，写到 DIR（U盘），读回核对。"""
    moment, chosen = now(), registers or OWN
    day = as_of or moment.date()
    with opened(folder, backup=not dry_run) as office:
        sending = office.handoff.sending
        doubts = sending.check(chosen, as_of=day, today=moment.date())
        difference = sending.difference(chosen)
        sent = None
        if not dry_run:
            sent = sending.write(
                to, now=moment, registers=chosen, as_of=day, purpose=purpose, approver=approver
            )
    told = {
        "doubts": [asdict(each) for each in doubts],
        "difference": [_difference_json(each) for each in difference],
        "sent": _sent_json(sent) if sent else None,
        "file": str(to / sent.file) if sent else None,
    }
    words = [f"{'不能报送' if each.blocking else '提醒'}：{each.words}" for each in doubts]
    words += _difference_words(difference)
    if sent:
        words.append(
            f"{sent.status.label}：{to / sent.file}（第 {sent.seq} 号，{sent.size} 字节，已读回核对）"
        )
    say_json_or_words(told, words, as_json=as_json)
    if dry_run and any(each.blocking for each in doubts):
        raise click.exceptions.Exit(1)


@handoff.command()
@click.argument("file", metavar="FILE", type=_FILE)
@json_option
@click.pass_obj
def verify(folder: Path, file: Path, as_json: bool) -> None:
    """核对一个文件：读完整，验签名；只有可以接收的返回 0。

    返回 3：要先打电话核实；4：已经导入过；5：不能接收。
    """
    with opened(folder) as office:
        verdict = office.handoff.verify(file)
    _say_verdict(verdict, as_json=as_json)
    _end(verdict)


@handoff.command()
@click.argument("file", metavar="FILE", type=_FILE)
@confirmed_option
@json_option
@click.pass_obj
def plan(folder: Path, file: Path, confirmed: bool, as_json: bool) -> None:
    """预览合并（市里）：新增、修改、删除、冲突，不写入；合并过的只说哪天合并的。"""
    with opened(folder) as office:
        city = office.handoff.city
        verdict = city.verify(file)
        if verdict.standing is Standing.LEAVE:
            _say_verdict(verdict, as_json=as_json)
            return
        try:
            planned = city.plan(city.take(file, confirmed=confirmed))
        except UnconfirmedError as error:
            raise UnconfirmedError(f"{error}{_way_on(error)}") from error
        unit = office.divisions.get(planned.staged.header.unit).name
    say_json_or_words(_plan_json(planned), [unit, *_plan_words(planned)], as_json=as_json)


@handoff.command()
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=_FILE)
@confirmed_option
@click.option("--remove", is_flag=True, help="已核实：删除超过 20% 也合并")
@click.option("--report", type=_FILE, default=None, help="把这几个包的合并报告存为 PDF")
@json_option
@click.pass_obj
def merge(
    folder: Path,
    files: tuple[Path, ...],
    confirmed: bool,
    remove: bool,
    report: Path | None,
    as_json: bool,
) -> None:
    """合并报送包（市里）：先备份一次，一个包一次改动，可用 undo 撤销；一个包不能合并，别的照常合并。

    同一乡镇的几个包按序号先后合并。
    """
    lines: list[dict[str, Any]] = []
    words = []
    with opened(folder, backup=True) as office:
        city = office.handoff.city
        for file in city.in_order(files):
            try:
                planned = city.plan(city.take(file, confirmed=confirmed))
                is_first = all(line["seq"] is None for line in lines)
                result = city.merge(planned, source=file.name, confirmed_removals=remove, backup=is_first)
            except DesktopError as error:  # of this package; the others go on
                say(f"错误：{file.name}：{error}{_way_on(error)}", err=True)
                continue
            lines.append(
                {
                    "file": file.name,
                    "package": planned.staged.hash,
                    "seq": result.seq,
                    "result": result.result.value,
                    "counts": [asdict(each) for each in result.counts],
                    "refused": [asdict(each) for each in result.refused],
                    "message": result.words,
                }
            )
            words.append(f"{file.name}：{result.words}")
        say_json_or_words(lines, words, as_json=as_json)
        if report and lines:
            city.write_report([str(line["package"]) for line in lines], report, date.today())
            say(f"合并报告已保存：{report}", err=as_json)
    if len(lines) < len(files):
        raise click.exceptions.Exit(1)


@handoff.command()
@click.argument("file", metavar="[FILE]", required=False, type=_FILE)
@to_option
@click.option("--unit", metavar="CODE", default=None, help="市里：只写给某个乡镇（默认所有已合并的）")
@click.option("--reason", default=None, help="市里：不合并 FILE 这个报送包，整包退回的理由")
@json_option
@click.pass_obj
def receipt(
    folder: Path, file: Path | None, to: Path | None, unit: str | None, reason: str | None, as_json: bool
) -> None:
    """回执：市里用 --to 写出最近一次合并的，或用 FILE --to --reason 整包退回；乡镇导入 FILE。"""
    if bool(file and to) != bool(reason) or not (file or to):
        raise click.UsageError("乡镇请给出 FILE；市里请给出 --to，整包退回时再加 FILE 和 --reason。")
    with opened(folder, backup=bool(file)) as office:
        if to:
            lines, words = _write_receipts(office, to, unit, file, reason or "")
            say_json_or_words(lines, words, as_json=as_json)
            return
        assert file
        verdict = office.handoff.verify(file)
        taken = office.handoff.receipts.take(verdict)
    told = {
        "status": taken.sent.status.value,
        "seq": taken.sent.seq,
        "check_code": taken.check_code,
        "receipt": asdict(taken.receipt),
        "since": [_difference_json(each) for each in taken.since],
        "advice": list(taken.words),
    }
    words = [
        f"第 {taken.sent.seq} 号报送包：{taken.sent.status.label}。电话核对码：{taken.check_code}",
        *taken.words,
    ]
    say_json_or_words(told, words, as_json=as_json)


@handoff.command()
@click.argument("file", metavar="[FILE]", required=False, type=_FILE)
@to_option
@click.option("--dry-run", is_flag=True, help="只列出差异，不采用")
@confirmed_option
@json_option
@click.pass_obj
def down(
    folder: Path, file: Path | None, to: Path | None, dry_run: bool, confirmed: bool, as_json: bool
) -> None:
    """下发包：市里用 --to 写出方案、规定、区划；乡镇核对差异后采用 FILE。"""
    if bool(file) == bool(to):
        raise click.UsageError("请给出 FILE 或 --to 其中之一。")
    with opened(folder, backup=bool(file) and not dry_run) as office:
        if to:
            path, version = office.handoff.down.write(to, now())
            told: dict[str, Any] = {"file": str(path), "version": version}
            say_json_or_words(told, [f"已写出：{path}（第 {version} 版）"], as_json=as_json)
            return
        assert file
        verdict = office.handoff.verify(file)
        planned = office.handoff.down.plan(verdict)
        if verdict.standing is Standing.ASK and not (confirmed or dry_run):
            say(f"{verdict.message}。{verdict.advice}核实后加 --confirmed。", err=True)
            _end(verdict)
        taken = None if dry_run else office.handoff.down.take(planned)
    told = {
        "version": planned.version,
        "changes": [asdict(each) for each in planned.changes],
        "hints": list(planned.hints),
        "taken": taken,
    }
    words = [f"{each.topic.label}　{each.what}：{each.old} → {each.new}" for each in planned.changes]
    words += [*planned.hints, *([] if words else ["与本机没有差异。"])]
    if taken:
        words.append(f"已采用第 {planned.version} 版的 {taken} 处差异（可用 undo 撤销）。")
    say_json_or_words(told, words, as_json=as_json)


@handoff.command()
@json_option
@click.pass_obj
def status(folder: Path, as_json: bool) -> None:
    """现状：乡镇看登记、报送记录、差异和退回意见；市里看各乡镇报送情况和退回意见。"""
    with opened(folder) as office:
        if office.level == "city":
            told, words = _board(office)
        else:
            told, words = _sent_and_remarks(office)
    say_json_or_words(told, words, as_json=as_json)


for _command in (keys, enrol, root):
    handoff.add_command(_command)


def _way_on(error: DesktopError) -> str:
    """The option that goes on where a person has to make sure first."""
    options = {UnconfirmedError: "核实后加 --confirmed。", BrakeError: "属实时加 --remove。"}
    return options.get(type(error), "")


def _say_verdict(verdict: Verdict, *, as_json: bool) -> None:
    told = {"code": verdict.code.value, "message": verdict.message, "advice": verdict.advice}
    say_json_or_words(told, [f"{verdict.message}。{verdict.advice}"], as_json=as_json)


def _end(verdict: Verdict) -> None:
    if code := EXIT[verdict.standing]:
        raise click.exceptions.Exit(code)


def _write_receipts(
    office: Office, to: Path, unit: str | None, refused: Path | None, reason: str
) -> tuple[list[dict[str, Any]], list[str]]:
    receipts, city = office.handoff.receipts, office.handoff.city
    office.handoff.keys.require_city()
    require_division(office, unit)
    if refused:
        written = [receipts.refuse(to, office.handoff.verify(refused), reason, now())]
    else:
        packages = [line.last for line in city.board(date.today()) if line.last]
        written = [
            receipts.write(to, package, city.result(package.id), now())
            for package in packages
            if unit in (None, package.unit)
        ]
    lines = [
        {
            "file": str(each.path),
            "package": each.receipt.package,
            "result": each.receipt.result.value,
            "check_code": each.check_code,
        }
        for each in written
    ]
    words = [f"已写出：{each.path}　电话核对码：{each.check_code}" for each in written]
    return lines, words or ["还没有合并过报送包，没有回执可写。"]


def _board(office: Office) -> tuple[dict[str, Any], list[str]]:
    lines = office.handoff.city.board(date.today())
    told = [
        {
            "unit": each.division.code,
            "name": each.division.name,
            "state": each.state.value,
            "seq": each.last.number if each.last else None,
            "as_of": each.last.as_of if each.last else None,
            "lost": list(each.lost),
            "in_conflict": each.in_conflict,
            "is_older": each.is_older,
            "is_restored": each.is_restored,
        }
        for each in lines
    ]
    words = [
        f"{each.division.name}　{each.state.label}"
        + (f"　第 {each.last.number} 号，截至 {each.last.as_of}" if each.last else "")
        + ("　有冲突" if each.in_conflict else "")
        for each in lines
    ]
    remarks = office.handoff.remarks.all()
    names = office.divisions.all()
    words += [f"{names[each.remark.unit].name}　{_remark_words(each)}" for each in remarks if each.is_open]
    return {"townships": told, "remarks": [_remark_json(each) for each in remarks]}, words


def _sent_and_remarks(office: Office) -> tuple[dict[str, Any], list[str]]:
    standing, log = office.handoff.keys.standing, office.handoff.sending.log.all()
    difference = office.handoff.sending.difference()
    remarks = office.handoff.remarks.all()
    told = {
        "standing": standing.value,
        "message": standing.words,
        "sent": [_sent_json(each) for each in log],
        "difference": [_difference_json(each) for each in difference],
        "remarks": [_remark_json(each) for each in remarks],
    }
    words = [standing.words]
    words += [
        f"第 {each.seq} 号　{each.status.label}　{each.made_at:%Y.%m.%d %H:%M}　{each.file}" for each in log
    ]
    words += _difference_words(difference)
    words += [_remark_words(each) for each in remarks if each.is_open]
    return told, words


def _remark_json(line: RemarkLine) -> dict[str, Any]:
    return {**asdict(line.remark), "who": line.who, "label": line.label, "open": line.is_open}


def _remark_words(line: RemarkLine) -> str:
    return f"退回意见　{line.title} {line.who} {line.label}：{line.remark.text}"


def _difference_json(each: RegisterDifference) -> dict[str, Any]:
    return {
        "register": each.register,
        "added": each.added,
        "changed": each.changed,
        "removed": each.removed,
    }


def _difference_words(difference: Iterable[RegisterDifference]) -> list[str]:
    return [
        f"{each.title}　新增 {each.added}　修改 {each.changed}　减少 {each.removed}" for each in difference
    ] or ["上次报送以后没有改动。"]


def _sent_json(sent: Sent) -> dict[str, Any]:
    return asdict(sent)


def _plan_json(planned: MergePlan) -> dict[str, Any]:
    return {
        "package": planned.staged.hash,
        "unit": planned.staged.header.unit,
        "seq": planned.staged.header.seq,
        "counts": [asdict(each) for each in planned.counts],
        "outcomes": {outcome.name.lower(): count for outcome, count in _outcomes(planned).items()},
        "alike": sum(bool(row.alike) for row in planned.rows),
        "unknown_codes": sum(bool(row.unknown) for row in planned.rows),
        "removed": [
            {"register": row.register, "key": row.key, "what": row.what, "where": row.where}
            for row in planned.rows
            if row.outcome is Outcome.REMOVED
        ],
        "refused": [asdict(each) for each in planned.refused],
        "brakes": list(planned.brakes),
    }


def _plan_words(planned: MergePlan) -> list[str]:
    conflicts = Counter(row.register for row in planned.rows if row.outcome is Outcome.CONFLICT)
    added, changed, removed = (
        sum(getattr(each, name) for each in planned.counts) for name in ("added", "changed", "removed")
    )
    same = _outcomes(planned)[Outcome.SAME]
    words = [f"{_counted(added, changed, removed, conflicts.total())}　未变 {same}"]
    words += [
        f"  {TITLES.get(each.register, each.register)}　"
        + _counted(each.added, each.changed, each.removed, conflicts[each.register])
        for each in planned.counts
        if each.added or each.changed or each.removed or conflicts[each.register]
    ]
    words += [
        f"  删除　{TITLES[row.register]}：{row.what}　{row.where}".rstrip()
        for row in planned.rows
        if row.outcome is Outcome.REMOVED
    ]
    words += [
        f"  退回　{TITLES.get(each.register, each.register)}　{planned.called[each.register, each.key][0]}：{each.reason}"
        for each in planned.refused
    ]
    if planned.brakes:
        words.append("会删除已有记录的 20% 以上，请打电话核实；属实合并时加 --remove。")
    return words


def _counted(added: int, changed: int, removed: int, conflicts: int) -> str:
    """What is written, of which both sides had changed some."""
    of_them = f"（其中市里也改过的 {conflicts}，采用报来值）" if conflicts else ""
    return f"新增 {added}　修改 {changed}　删除 {removed}{of_them}"


def _outcomes(planned: MergePlan) -> dict[Outcome, int]:
    counts = Counter(row.outcome for row in planned.rows)
    return {outcome: counts[outcome] for outcome in Outcome}
