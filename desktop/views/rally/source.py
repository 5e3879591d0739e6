"""What the grid of a rally asks for: a line a township with total, place and what it speaks as, then a column an item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.models.domain.fields import Field
from desktop.models.domain.reading import Reading
from desktop.models.registers.kinds import COUNT, POINTS
from desktop.models.registers.rally import RallyItem
from desktop.models.rules.rally import Standing
from desktop.models.services.rallies import RalliesService, ScoreSheet

_TOWNSHIP = Field(name="township", label="乡镇", width_mm=24, editable=False)
_RANK = Field(name="rank", label="名次", kind=COUNT, width_mm=10, editable=False)
_SPEAKS = Field(name="speaks", label="发言", width_mm=18, editable=False)


class RallySource:
    """One round; ``by_rank``: the best first instead of the local order."""

    editable = True

    def __init__(self, rallies: RalliesService, sheet: ScoreSheet, today: date) -> None:
        self._rallies = rallies
        self._today = today
        self.by_rank = False
        self.sheet = sheet

    @property
    def fields(self) -> tuple[Field, ...]:
        """See Source."""
        items = (
            Field(name=item.id, label=f"{item.name}（{item.points:g}）", kind=POINTS, width_mm=16)
            for item in self.sheet.items
        )
        total = Field(
            name="total", label=f"总分（{self.sheet.full:g}）", kind=POINTS, width_mm=16, editable=False
        )
        return (_TOWNSHIP, total, _RANK, _SPEAKS, *items)  # what comes of the points stays in sight

    def item(self, field: Field) -> RallyItem | None:
        """The item that a column is of."""
        return next((item for item in self.sheet.items if item.id == field.name), None)

    def keys(self) -> Sequence[str]:
        """See Source."""
        ranking = self.sheet.ranking
        return [each.code for each in (ranking.by_rank if self.by_rank else ranking.standings)]

    def rows(self, keys: Sequence[str]) -> Mapping[str, Standing]:
        """See Source."""
        return {each.code: each for each in self.sheet.ranking.standings if each.code in set(keys)}

    def text(self, row: Standing, field: Field, *, whole: bool) -> str:
        """See Source."""
        for item, points in zip(self.sheet.items, row.points, strict=True):
            if item.id == field.name:
                return POINTS.show(points)
        told = {"township": row.name, "speaks": row.speaks, "total": row.total, "rank": row.rank}
        return field.kind.show(told[field.name])

    def doubts(self, row: Standing) -> Mapping[str, str]:
        """What has no points yet."""
        return {
            item.id: "还没打分。"
            for item, points in zip(self.sheet.items, row.points, strict=True)
            if points is None
        }

    def read(self, key: str, field: Field, text: str) -> Reading:
        """See Source."""
        item = self.item(field)
        return self._rallies.read_score(item, text, self._today) if item else Reading(text)

    def facet(self, field: Field) -> Sequence[tuple[str, int]]:
        """Fifteen lines need no filter."""
        return ()
