"""Commands ``backup`` and ``restore``."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.commands.opening import opened, password
from desktop.commands.printing import say
from desktop.models.errors import DesktopError


class NotBackedUpError(DesktopError):
    """The backup is not where it should be."""


@click.command()
@click.pass_obj
def backup(folder: Path) -> None:
    """立即备份。"""
    with opened(folder) as office:
        result = office.backups.backup_now("手动")
    if not result.in_place:
        raise NotBackedUpError(result.words)
    say(result.words)


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.pass_obj
def restore(folder: Path, file: Path) -> None:
    """从备份恢复；现有数据原样留存在数据文件夹旁。"""
    from desktop.models.services.backup import restore as restore_backup

    result = restore_backup(file, folder, password())
    say(result.words)
