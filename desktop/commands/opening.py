"""Opening the office a command works on: its password, its backup, its units."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from desktop.commands.printing import say
from desktop.models.errors import DesktopError
from desktop.models.services.backup import BackupResult
from desktop.office import PASSWORD_VARIABLE, NoOfficeError, Office


class NoPasswordError(DesktopError):
    """There is no password and nobody to ask."""

    def __init__(self) -> None:
        super().__init__(f"没有密码。请在终端里运行本命令，或设置环境变量 {PASSWORD_VARIABLE}。")


class UnknownDivisionError(DesktopError):
    """A code is no division of this office's list."""

    def __init__(self, code: str) -> None:
        super().__init__(f"没有代码为 {code} 的单位，代码见 rows division。")


def password(*, confirm: bool = False) -> str:
    """The password from the environment or a prompt; never from an argument, which others on the PC could see."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is None:
        if not sys.stdin.isatty():
            raise NoPasswordError
        given = click.prompt("密码", hide_input=True, confirmation_prompt=confirm, err=True)
    return str(given)


@contextmanager
def opened(folder: Path, *, backup: bool = False) -> Iterator[Office]:
    """The office in a folder, closed again afterwards; ``backup`` where the command may change it."""
    if not Office.exists(folder):
        raise NoOfficeError(folder)
    office = Office.open(folder, password())
    try:
        yield office
    finally:
        tell_backup(office.close(backup=backup))


def require_division(office: Office, code: str | None) -> None:
    """Refuse the code of a unit that this office does not know."""
    if code is not None and code not in office.divisions.all():
        raise UnknownDivisionError(code)


def tell_backup(result: BackupResult | None) -> None:
    """Say where a backup went, if there was one."""
    if result is not None:
        say(result.words, err=True)
