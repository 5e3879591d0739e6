"""Options that several commands take."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import click


class Day(click.ParamType):  # type: ignore[type-arg]  # not generic in the oldest click we take
    """A day as ``YYYY-MM-DD``."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """See click."""
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-11-24 这样。", param, ctx)


DAY = Day()


unit_option = click.option("--unit", metavar="CODE", default=None, help="只要某个乡镇或村")
today_option = click.option("--today", type=DAY, default=None, help="按哪一天判断日期（默认今天）")
