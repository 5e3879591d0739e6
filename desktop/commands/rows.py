"""The command ``rows``: what a register holds."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from desktop.commands.opening import opened, require_division
from desktop.commands.options import DAY, unit_option
from desktop.commands.printing import FORMATS, Lines, say
from desktop.models.domain.posts import Post
from desktop.models.registers.division import DIVISION
from desktop.models.registers.listings import LISTINGS
from desktop.models.registers.roster import ROSTER, RosterQuery, RosterRow, value_of
from desktop.models.services.roster_lists import RosterLists, shown
from desktop.office import Office


@click.command()
@click.argument(
    "register",
    metavar="REGISTER",
    type=click.Choice(["roster", "division", "rally", *(each.name for each in LISTINGS)]),
)
@click.option(
    "--format", "form", type=click.Choice(["json", "csv", "table"]), default="table", show_default=True
)
@unit_option
@click.option("--as-of", type=DAY, default=None, help="哪一天在任的")
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
    with opened(folder) as office:
        require_division(office, unit)
        day = as_of or date.today()
        if register == "division":
            records, names = _division_rows(office, unit, form)
        elif register == "rally":
            records, names = _rally_rows(office, unit, day)
        elif register == "roster":
            found = _roster(office, unit, day, recorded=recorded)
            records, names = _roster_rows(office, found, full_ids=full_ids, reason=reason, form=form)
        else:
            records, names = _register_rows(
                office, register, RosterQuery(on=day, unit=unit), full_ids=full_ids, reason=reason, form=form
            )
        say(FORMATS[form](names, records), nl=form != "csv")


def _division_rows(office: Office, unit: str | None, form: str) -> tuple[Lines, dict[str, str]]:
    names = {field.name: field.label for field in DIVISION.fields}
    lines: Lines = [
        {
            field.name: getattr(division, field.name)
            if form == "json"
            else field.kind.show(getattr(division, field.name))
            for field in DIVISION.fields
        }
        for division in office.divisions.under(unit or office.unit.code)
    ]
    return lines, names


def _rally_rows(office: Office, unit: str | None, day: date) -> tuple[Lines, dict[str, str]]:
    """The last round up to a day, townships in their local order; the same keys for machines."""
    sheet = office.rallies.latest(day)
    inside = {division.code for division in office.divisions.under(unit or office.unit.code)}
    items = {f"item_{place}": item.name for place, item in enumerate(sheet.items, start=1)}
    names = {
        "rally": "拉练",
        "day": "日期",
        "division_code": "区划代码",
        "township": "乡镇",
        **items,
        "total": "总分",
        "rank": "名次",
        "speaks": "发言",
    }
    about = {"rally": sheet.rally.name, "day": sheet.rally.day}
    return [
        {
            **about,
            "division_code": each.code,
            "township": each.name,
            **dict(zip(items, each.points, strict=True)),
            "total": each.total,
            "rank": each.rank,
            "speaks": each.speaks or None,
        }
        for each in sheet.ranking.standings
        if each.code in inside
    ], names


def _roster(office: Office, unit: str | None, day: date, *, recorded: bool) -> list[RosterRow]:
    """Who served on a day: by the dates of terms, or as the records said when the day ended."""
    if recorded:
        lists: RosterLists = office.term_changes.roster_as_recorded(day)
    else:
        lists = office.roster
    return lists.rows(lists.keys(RosterQuery(on=day, unit=unit)), day)


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
        lines.append({**ids, "division_code": code, "township": line.township, **values, **village})
    return lines, names
