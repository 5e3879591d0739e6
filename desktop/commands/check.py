"""The command ``check``: the health check (体检)."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from desktop.commands.opening import opened, require_division
from desktop.commands.options import DAY, unit_option
from desktop.commands.printing import say
from desktop.models.rules.health import HealthReport
from desktop.models.rules.rule import Severity


@click.command()
@click.option("--json", "as_json", is_flag=True, help="输出 JSON：on、chips、findings 和 next_round")
@unit_option
@click.option("--as-of", type=DAY, default=None, help="截止哪一天")
@click.pass_obj
def check(folder: Path, as_json: bool, unit: str | None, as_of: date | None) -> None:
    """体检：按法律、党内法规和已启用的本地规定核对班子。"""
    with opened(folder) as office:
        require_division(office, unit)
        report = office.health.check(as_of or date.today(), unit)
    if as_json:
        say(json.dumps(_report_json(report), ensure_ascii=False, indent=1))
        return
    for found in report.findings:
        people = f"（{found.names}）" if found.people else ""
        place = f"{found.township} {found.subject}"
        say(f"[{found.severity.label}] {place}：{found.words}{people}　{found.source}")
    chips = report.chips()
    told = "，".join(f"{severity.label} {chips[severity]}" for severity in Severity)
    say(f"共 {chips['all']} 条（{told}）。{report.next_round}")


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
                "about": asdict(found.about) if found.about else None,
                "people": [{"person_id": person_id, "name": name} for person_id, name in found.people],
                "words": found.words,
                "source": found.source,
                "advice": found.rule.advice,
            }
            for found in report.findings
        ],
        "next_round": report.next_round,
    }
