"""The command ``ledger``: a ledger as a PDF file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from desktop.commands.opening import opened, require_division
from desktop.commands.options import DAY, unit_option
from desktop.commands.printing import say
from desktop.models.rules.structure_columns import By
from desktop.models.services.ledgers import LedgerRequest

_STATISTICS = ("structure", "secretaries")


@click.command()
@click.argument("name", required=False)
@click.option("--list", "listing", is_flag=True, help="列出有哪些台账")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="PDF 文件")
@unit_option
@click.option("--as-of", type=DAY, default=None, help="统计截止日")
@click.option("--since", type=DAY, default=None, help="变动台账从哪一天起（默认当年 1 月 1 日）")
@click.option(
    "--by",
    type=click.Choice([str(each) for each in By]),
    default=None,
    help="统计表一村一行还是一乡镇一行（默认看单位）",
)
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
    by: str | None,
    paper: str,
    full_ids: bool,
    reason: str | None,
) -> None:
    """把台账写成 PDF。"""
    if listing:
        from desktop.models.services.ledgers import LedgersService

        say("\n".join(f"{kind.name}\t{kind.title}" for kind in LedgersService.kinds()))
        return
    if name is None or output is None:
        raise click.UsageError("请写明台账名称和 -o 文件，例如：ledger roster -o 花名册.pdf")
    if by is not None and name not in _STATISTICS:
        raise click.UsageError("--by 只用于 structure 和 secretaries。")
    with opened(folder) as office:
        require_division(office, unit)
        request = LedgerRequest(name, as_of or date.today(), unit, paper, full_ids, reason, since, by)
        prepared = office.ledgers.write(request, output)
        for missing in prepared.missing:
            who = " ".join(filter(None, (missing.village, missing.name)))
            say(f"提醒：{who} 的“{'、'.join(missing.characters)}”没有字形，打印为〓。", err=True)
        if prepared.left_out:
            say(f"提醒：{prepared.left_out} 人只任监委会或配套职务，或职务待核，不在本台账上。", err=True)
        say(f"已保存 {output}（{prepared.pages} 页）")
