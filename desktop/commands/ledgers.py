"""The command ``ledger``: a ledger as a PDF file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from desktop.commands.opening import opened, require_division
from desktop.commands.options import DAY
from desktop.commands.printing import say
from desktop.models.domain.periods import Period
from desktop.models.errors import DesktopError
from desktop.models.services.dossiers import DossierRequest
from desktop.models.services.ledgers import LedgerKind, LedgerRequest, LedgersService, MissingName, Subject

_SHOWN = 12  # of what there is to choose from


class NoSuchSheetError(DesktopError):
    """What was typed names no sheet of the ledger, or several."""

    def __init__(self, typed: str, there: Sequence[Subject]) -> None:
        names = "、".join(each.label for each in there[:_SHOWN]) or "没有"
        more = f" 等 {len(there)} 份" if len(there) > _SHOWN else ""
        super().__init__(f"--of “{typed}”对不上，或对上了几份。可以选：{names}{more}。")


class PeriodText(click.ParamType):  # type: ignore[type-arg]  # not generic in the oldest click we take
    """A period as it is kept: ``2026``, ``2026H2``, ``2026Q4``."""

    name = "期次"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """See click."""
        try:
            return str(Period.parse(str(value).upper()))
        except ValueError:
            self.fail(
                f"“{value}”不是期次，请写成 2026（全年）、2026H2（下半年）或 2026Q4（四季度）。", param, ctx
            )


@click.command()
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="列出有哪些台账")
@click.option(
    "--set",
    "set_name",
    metavar="NAME",
    default=None,
    help="把一套台账做成一个 PDF，带封面、目录和书签，如 拉练备检包（代替台账名称）",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="PDF 文件")
@click.option("--unit", "units", metavar="CODE", multiple=True, help="只要某个乡镇或村；--set 可写几次")
@click.option("--as-of", type=DAY, default=None, help="统计截止日")
@click.option("--recorded", is_flag=True, help="按统计截止日当时的记录，不含后来补录、更正的（只用于花名册）")
@click.option("--since", type=DAY, default=None, help="变动台账从哪一天起（默认当年 1 月 1 日）")
@click.option(
    "--by",
    type=click.Choice(list(dict.fromkeys(by for kind in LedgersService.kinds() for by in kind.by))),
    default=None,
    help="统计表一行是什么（默认看单位；coverage 默认全部分类）",
)
@click.option(
    "--period", type=PeriodText(), default=None, help="期次，如 2026、2026H2（默认统计截止日所在的一期）"
)
@click.option(
    "--of",
    "names",
    multiple=True,
    metavar="NAME",
    help="只要哪几份：党组织，或活动的日期、村、书记；可写几次",
)
@click.option("--paper", type=click.Choice(["A3", "A4"]), default="A3", show_default=True)
@click.option("--full-ids", is_flag=True, help="打印完整的身份证号和电话（要写明用途）")
@click.option("--reason", default=None, help="打印完整号码的用途，会记录在案")
@click.pass_obj
def ledger(
    folder: Path,
    name: str | None,
    listing: bool,
    set_name: str | None,
    output: Path | None,
    units: tuple[str, ...],
    as_of: date | None,
    recorded: bool,
    since: date | None,
    by: str | None,
    period: str | None,
    names: tuple[str, ...],
    paper: str,
    full_ids: bool,
    reason: str | None,
) -> None:
    """把台账写成 PDF。"""
    if listing:
        say("\n".join(f"{kind.name}\t{kind.title}\t{kind.group}" for kind in LedgersService.kinds()))
        return
    if set_name is not None and output is not None:
        _refuse_beside_set(name, since, by, period, names, recorded=recorded)
        asked = DossierRequest(
            title=set_name,
            ledgers=(),
            on=as_of or date.today(),
            units=tuple(dict.fromkeys(units)),
            paper=paper,
            full_ids=full_ids,
            reason=reason,
        )
        _write_set(folder, asked, output)
        return
    kind = LedgersService.kind(name) if name is not None else None
    if kind is None or output is None:
        raise click.UsageError(
            "请写明台账名称和 -o 文件，例如：ledger roster -o 花名册.pdf，或 ledger --set 拉练备检包 -o 备检包.pdf"
        )
    if len(units) > 1:
        raise click.UsageError("一张台账只能写一个 --unit；几个单位合在一个文件里请用 --set。")
    _refuse_unfit(kind, by, period, names, recorded=recorded)
    with opened(folder) as office:
        unit = units[0] if units else None
        require_division(office, unit)
        request = LedgerRequest(
            kind.name, as_of or date.today(), unit, paper, full_ids, reason, since, by, period
        )
        request = replace(request, of=_meant(office.ledgers, request, names), recorded=recorded)
        prepared = office.ledgers.write(request, output)
        _tell(prepared.missing, prepared.left_out)
        say(f"已保存 {output}（{prepared.pages} 页）")


def _write_set(folder: Path, request: DossierRequest, output: Path) -> None:
    """Write the ledgers of the set that the title names."""
    with opened(folder) as office:
        for unit in request.units:
            require_division(office, unit)
        ledgers = office.dossiers.set_named(request.title).ledgers
        written = office.dossiers.write(replace(request, ledgers=ledgers), output)
        _tell(written.missing, written.left_out)
        for title in written.empty:
            say(f"提醒：{title} 没有记录，目录里写“无记录”。", err=True)
        say(f"已保存 {output}（{written.ledgers} 张台账，{written.pages} 页）")


def _tell(missing: Sequence[MissingName], left_out: int) -> None:
    """Say what should be known before it is printed."""
    for each in missing:
        who = " ".join(filter(None, (each.village, each.name)))
        say(f"提醒：{who} 的“{'、'.join(each.characters)}”没有字形，打印为〓。", err=True)
    if left_out:
        say(f"提醒：{left_out} 人只任监委会或配套职务，或职务待核，不列入花名册。", err=True)


def _refuse_beside_set(
    name: str | None,
    since: date | None,
    by: str | None,
    period: str | None,
    names: tuple[str, ...],
    *,
    recorded: bool,
) -> None:
    """Refuse what is asked of single ledgers only."""
    given = {
        "台账名称": name, "--since": since, "--by": by, "--period": period, "--of": names, "--recorded": recorded
    }  # fmt: skip
    if unfit := [option for option, value in given.items() if value]:
        raise click.UsageError(f"--set 是一整套台账，不能再写 {'、'.join(unfit)}。")


def _refuse_unfit(
    kind: LedgerKind, by: str | None, period: str | None, names: tuple[str, ...], *, recorded: bool
) -> None:
    """Say which ledgers an option is for, where it is for others only."""
    kinds = LedgersService.kinds()
    for option, given, fitting in (
        ("--by", by, [each for each in kinds if by in each.by]),
        ("--period", period, [each for each in kinds if each.has_periods]),
        ("--recorded", recorded, [each for each in kinds if each.has_clocks]),
        ("--of", names, [each for each in kinds if each.has_sheets]),
    ):
        if given and kind not in fitting:
            such = f"{option} {by}" if option == "--by" and kind.by else option
            raise click.UsageError(f"{such} 只用于 {'、'.join(each.name for each in fitting)}。")


def _meant(ledgers: LedgersService, request: LedgerRequest, names: Sequence[str]) -> tuple[str, ...]:
    """The sheets that names mean: each the one with the very id or label, else the only one whose label has it."""
    there = ledgers.subjects(request) if names else []
    found = []
    for name in names:
        exact = [each for each in there if name in (each.id, each.label)]
        within = [each for each in there if all(part in each.label for part in name.split())]
        if len(matching := exact or within) != 1:
            raise NoSuchSheetError(name, matching or there)
        found.append(matching[0].id)
    return tuple(found)
