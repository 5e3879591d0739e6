"""Commands ``handoff keys``, ``enrol`` and ``root``: who a unit is, and whom it believes."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from desktop.commands.opening import opened
from desktop.commands.printing import say_json_or_words
from desktop.models.handoff.codes import RefusedFileError
from desktop.models.handoff.trust import KeyStatus, Root, Unit
from desktop.models.services.handoff_keys import key_words
from desktop.office import Office

json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON")
to_option = click.option(
    "--to",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="写到这个文件夹",
)
compared_option = click.option(
    "--compared",
    metavar="DIGITS",
    multiple=True,
    help="电话里核对过的 12 位指纹；采用新密钥时必须给出",
)


def now() -> datetime:
    """This moment on the office's clock."""
    return datetime.now().astimezone()


@click.command()
@click.option("--new", is_flag=True, help="生成（或更换）本单位的密钥；更换后要重新登记")
@click.option("--new-row", is_flag=True, help="重新起算报送序号（两份数据同时用过、序号重复时）")
@json_option
@click.pass_obj
def keys(folder: Path, new: bool, new_row: bool, as_json: bool) -> None:
    """本单位的密钥、指纹和登记情况。"""
    with opened(folder, backup=new or new_row) as office:
        if new and office.level == "city" and office.handoff.keys.own:
            root = office.handoff.trust.change_city_keys(now())
            words = [f"已更换市里的密钥，信任文件为第 {root.version} 版。请用 root --to 写出，发给各乡镇。"]
        elif new:
            office.handoff.keys.make()
            words = ["已生成密钥。"]
        else:
            words = []
        if new_row:
            office.handoff.begin_anew()
            words.append(
                "下发包的序号将重新起算，乡镇导入时要打电话核实一次。"
                if office.handoff.keys.is_city
                else "下一个报送包的序号将重新起算，市里会打电话核实一次。"
            )
        me = office.handoff.keys.me if office.handoff.keys.own else None
        standing, meaning = office.handoff.keys.standing, office.handoff.keys.standing_words
    if me:
        words.append(f"{me.name}（{me.code}）的指纹：{me.fingerprint}")
    words.append(meaning)
    told = {"unit": _unit_json(me) if me else None, "standing": standing.value, "message": meaning}
    say_json_or_words(told, words, as_json=as_json)


@click.command()
@click.argument("files", metavar="[FILE]…", nargs=-1, type=click.Path(path_type=Path, dir_okay=False))
@to_option
@compared_option
@json_option
@click.pass_obj
def enrol(
    folder: Path, files: tuple[Path, ...], to: Path | None, compared: tuple[str, ...], as_json: bool
) -> None:
    """登记文件：乡镇用 --to 写出；市里列出 FILE 的指纹，核对后用 --compared 采用。"""
    _require_one(files, to)
    with opened(folder, backup=bool(compared)) as office:
        if to:
            path = office.handoff.trust.write_enrolment(to, now())
            me = office.handoff.keys.me
            words = [f"已写出：{path}", f"请把文件交给市里，并在电话里报指纹：{me.fingerprint}"]
            say_json_or_words({"file": str(path), "unit": _unit_json(me)}, words, as_json=as_json)
            return
        units = _enrolled(office, files)
        told: dict[str, Any] = {"units": [_unit_json(each) for each in units], "root": None}
        words = [f"{each.name}（{each.code}）的指纹：{each.fingerprint}" for each in units]
        if compared:
            root = office.handoff.trust.take_enrolments(units, compared, now())
            told["root"] = root.version if root else office.handoff.keys.known_root.version
            words.append(f"已登记，信任文件为第 {told['root']} 版。请用 root --to 写出，发给各乡镇。")
        else:
            words.append("请打电话逐组核对，一致后用 --compared 给出每个指纹。现在还没有采用。")
    say_json_or_words(told, words, as_json=as_json)


@click.command()
@click.argument("file", metavar="[FILE]", required=False, type=click.Path(path_type=Path, dir_okay=False))
@to_option
@compared_option
@click.option("--lost", metavar="DIGITS", default=None, help="市里：把这个指纹的密钥挂失")
@click.option("--revoke", metavar="DIGITS", default=None, help="市里：停用这个指纹的密钥")
@click.option("--forget", is_flag=True, help="乡镇：市里的密钥全部丢失、重新建立时，清除已有的信任文件")
@json_option
@click.pass_obj
def root(
    folder: Path,
    file: Path | None,
    to: Path | None,
    compared: tuple[str, ...],
    lost: str | None,
    revoke: str | None,
    forget: bool,
    as_json: bool,
) -> None:
    """信任文件：市里用 --to 写出；乡镇导入 FILE。都不给时列出现有的。"""
    with opened(folder, backup=bool(file or lost or revoke or forget)) as office:
        trust, words = office.handoff.trust, []
        for digits, status in ((lost, KeyStatus.LOST), (revoke, KeyStatus.REVOKED)):
            if digits:
                changed = trust.set_status(digits, status, now())
                words.append(f"已{status.label.removeprefix('已')}，信任文件为第 {changed.version} 版。")
        if forget:
            trust.forget_root()
            words.append("已清除信任文件。请导入市里新的信任文件，并重新核对市里的指纹。")
        if file:
            taken = trust.take_root(office.handoff.verify(file), next(iter(compared), None))
            words.append(f"已采用信任文件第 {taken.version} 版。")
        path = trust.write_root(to, now()) if to else None
        if path:
            words.append(f"已写出：{path}")
        held, standing = office.handoff.keys.root, office.handoff.keys.standing
        meaning = office.handoff.keys.standing_words
    words += _root_words(held) if held else [meaning]
    told = {
        "file": str(path) if path else None,
        "standing": standing.value,
        "version": held.version if held else None,
        "city": _unit_json(held.city) if held else None,
        "townships": [_unit_json(each) for each in held.townships] if held else [],
    }
    say_json_or_words(told, words, as_json=as_json)


def _enrolled(office: Office, files: tuple[Path, ...]) -> list[Unit]:
    """The units of enrolment files; the first file that is refused ends it."""
    units = []
    for path, (verdict, unit) in zip(files, office.handoff.trust.read_enrolments(files), strict=True):
        if unit is None:
            raise RefusedFileError(verdict.code, f"“{path.name}”：{verdict.message}", verdict.advice)
        units.append(unit)
    return units


def _require_one(files: tuple[Path, ...], to: Path | None) -> None:
    if bool(files) == bool(to):
        raise click.UsageError("请给出 FILE 或 --to 其中之一。")


def _root_words(held: Root) -> list[str]:
    lines = [f"信任文件第 {held.version} 版。{held.city.name}的指纹：{held.city.fingerprint}"]
    lines += [f"  {each.name}　{each.fingerprint}　{key_words(each.status)}" for each in held.townships]
    return lines


def _unit_json(unit: Unit) -> dict[str, str]:
    return {
        "code": unit.code,
        "name": unit.name,
        "fingerprint": unit.fingerprint,
        "status": unit.status.value,
    }
