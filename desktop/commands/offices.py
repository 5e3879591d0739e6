"""Commands that make an office: ``init`` and ``sample``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from desktop.commands.opening import password
from desktop.commands.printing import say
from desktop.models.registers.division import DivisionKind
from desktop.models.services.divisions import preloaded
from desktop.office import Office

_LEVELS = click.Choice(["township", "city"])


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--level", type=_LEVELS, default="township", show_default=True)
def sample(folder: Path, level: str) -> None:
    """在 DIR 建立演示数据（人员均为虚构）。"""
    from desktop.models.services.sample import SAMPLE_TOWNSHIP

    city = next(d.code for d in preloaded() if d.kind == DivisionKind.CITY)
    unit = SAMPLE_TOWNSHIP if level == "township" else city
    office, code = Office.create(folder, unit_code=unit, level=level, password=password(confirm=True))
    try:
        office.fill_with_sample(date.today())
        figures = office.roster.summary(date.today())
        say(
            f"已建立演示数据：{folder}（{office.unit.name}，{figures.villages} 个村（社区），{figures.people} 人，均为虚构）"
        )
        say(f"恢复码（只显示这一次）：{code}")
    finally:
        office.close(backup=False)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--unit", "unit_code", metavar="CODE", required=True, help="单位的 12 位区划代码")
@click.option("--level", type=_LEVELS, default="township", show_default=True)
@click.option(
    "--backup-folder", type=click.Path(path_type=Path), default=None, help="备份文件夹（最好在另一块盘上）"
)
def init(folder: Path, unit_code: str, level: str, backup_folder: Path | None) -> None:
    """在 DIR 建立一个单位的空数据。"""
    made = password(confirm=True)
    office, code = Office.create(
        folder, unit_code=unit_code, level=level, password=made, backup_folder=backup_folder
    )
    say(f"已建立：{folder}（{office.unit.name}）")
    say(f"恢复码（只显示这一次，请打印后锁好）：{code}")
    office.close(backup=False)
