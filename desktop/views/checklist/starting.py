"""Beginning a period (开始新一期): the present one and the next, each from the last, with how many organisations it makes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QMenu

from desktop.models.domain.periods import Period
from desktop.models.registers.schemes import CHECKLIST
from desktop.office import Office


def offer(
    menu: QMenu, office: Office, unit: str | None, today: date, start: Callable[[str, str | None], None]
) -> None:
    """Fill a menu; ``start`` gets the period and the one it takes over from, None: it begins empty."""
    present = office.schemes.current(CHECKLIST, today).period(today)
    for period in (present, present.after(1)):
        rows = office.checklists.rows(str(period), today, unit)
        fresh = [row for row in rows if row.assessment is None]
        if not fresh:
            menu.addAction(f"{period.label}：没有还要建立的").setEnabled(False)
            continue
        source = _last_begun(office, period, unit, today)
        words = f"沿用{Period.parse(source).label}" if source else "从空白开始"
        menu.addAction(
            f"开始{period.label}（{len(fresh)} 个党组织，{words}）", partial(start, str(period), source)
        )


def _last_begun(office: Office, period: Period, unit: str | None, today: date) -> str | None:
    """The last period before one in which something of the unit was assessed."""
    for each in office.checklists.periods(today):
        earlier = Period.parse(each).start < period.start
        if earlier and any(row.assessment for row in office.checklists.rows(each, today, unit)):
            return each
    return None
