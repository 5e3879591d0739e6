"""The command line (命令行): the same services as the window, one command an action."""

from __future__ import annotations

import gettext
import io
import os
import sys
from pathlib import Path

import click

from desktop import __version__
from desktop.commands.backups import backup, restore
from desktop.commands.changes import history, undo
from desktop.commands.check import check
from desktop.commands.handoff import handoff
from desktop.commands.imports import import_
from desktop.commands.ledgers import ledger
from desktop.commands.offices import init, sample
from desktop.commands.printing import say
from desktop.commands.register_imports import IMPORTS
from desktop.commands.rows import rows
from desktop.models.errors import DesktopError
from desktop.paths import default_data_folder, resource


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(path_type=Path), default=None, help="数据文件夹")
@click.version_option(__version__, prog_name="touyan", message="%(prog)s %(version)s", help="显示版本。")
@click.pass_context
def cli(context: click.Context, data: Path | None) -> None:
    """头雁台账：乡镇组织干部台账。本软件不得存储、处理、传输国家秘密。

    密码从环境变量 TOUYAN_PASSWORD 读取，没有时在终端询问。
    """
    context.obj = data or default_data_folder()


for _command in (sample, init, import_, rows, ledger, check, undo, history, backup, restore, handoff):
    cli.add_command(_command)
for _command in IMPORTS:
    import_.add_command(_command)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 only when all was done."""
    _speak_chinese()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")  # a cp936 console cannot print every name
    try:
        ended = cli.main(arguments, prog_name="touyan", standalone_mode=False)
    except DesktopError as error:
        say(f"错误：{error}", err=True)
        return 1
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("已取消。", err=True)
        return 130
    except BrokenPipeError:  # the reader of our output went away
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return int(ended or 0)  # what a command gives to Exit; commands themselves return nothing


def _speak_chinese() -> None:
    """Have click say its own words in Chinese, whatever the language of the system (installer/translate_click.py)."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("messages", resource("locale"))
