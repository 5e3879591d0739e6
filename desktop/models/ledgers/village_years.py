"""The content of 村级集体经济一览表: each village's figures of a year, how many reach which income."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop.models.ledgers.ledger import Ledger
from desktop.models.ledgers.listed import ListedForm, Shape
from desktop.models.ledgers.usual import Around, as_of
from desktop.models.registers.listing import Line
from desktop.models.registers.listings import VILLAGE_YEARS
from desktop.models.rules.village_figures import IncomeShare

VILLAGE_YEARS_TITLE = "村级集体经济一览表"
_FORM = ListedForm(
    listing=VILLAGE_YEARS,
    shapes={
        "township": Shape(28),
        "village": Shape(34),
        "year": Shape(18),
        "income": Shape(34, "集体经济收入\n（元）"),
        "economy": Shape(34),
        "village_and_cooperative": Shape(24),
        "party_members": Shape(22),
        "households": Shape(22),
    },
)
_SHARES = "占比按村委会个数计算，居委会不计；没有填收入的村按没有达到计。"


def village_years_ledger(
    lines: Sequence[Line], shares: Sequence[IncomeShare], around: Around, *, on: date
) -> Ledger:
    """The ledger of one year's lines; ``shares``: how many villages (村委会) reach each threshold."""
    income = sum(line.record.income or 0 for line in lines)
    reached = "，".join(
        f"达到 {share.threshold / 10_000:g} 万元的村 {share.reached} 个（{share.share or '—'}）"
        for share in shares
    )
    return _FORM.ledger(
        lines,
        f"{len(lines)} 个村（社区），集体经济收入 {income} 元；{reached}",
        around,
        time=as_of(on),
        unit="元、人、户",
        notes=(_SHARES,),
    )
