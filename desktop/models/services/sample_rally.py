"""Invented rounds of a city's rally (拉练), for a sample office: one scored whole with ties, one still to be scored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from desktop.models.domain.ids import new_id
from desktop.models.registers.rally import Rally, RallyItem, RallyScore

_ITEMS = (
    ("班子建设", 20.0),
    ("阵地建设", 20.0),
    ("党员教育管理", 20.0),
    ("集体经济", 20.0),
    ("亮点特色", 20.0),
)
# points, again and again: second place is shared
_LOST = (1.0, 2.5, 1.5, 3.0, 0.5, 2.0, 4.5, 1.2, 2.2, 0.8, 1.7)
_PARTLY = 6  # townships scored so far in the later round


def sample_rally(
    townships: Iterable[str], today: date
) -> tuple[list[Rally], list[RallyItem], list[RallyScore]]:
    """Two rounds over some townships (codes); nothing where there are none."""
    codes = list(townships)
    if not codes:
        return [], [], []
    rallies: list[Rally] = []
    items: list[RallyItem] = []
    scores: list[RallyScore] = []
    for ago, scored in ((75, codes), (4, codes[:_PARTLY])):
        day = today - timedelta(days=ago)
        rally = Rally(id=new_id(), name=f"{day.year} 年 {day.month} 月基层党建拉练", day=day.isoformat())
        made = [
            RallyItem(id=new_id(), rally_id=rally.id, position=place, name=item, points=points)
            for place, (item, points) in enumerate(_ITEMS, start=1)
        ]
        rallies.append(rally)
        items += made
        scores += [
            RallyScore(
                id=f"{item.id}/{code}",
                item_id=item.id,
                division_code=code,
                points=round(item.points - _LOST[(4 * number + 6 * place + number * place) % len(_LOST)], 1),
            )
            for number, code in enumerate(scored)
            for place, item in enumerate(made)
        ]
    return rallies, items, scores
