"""Which columns a grid shows, in which order and how wide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop.models.domain.fields import Field

_MM_A_CHARACTER = 3.3  # on paper
_HEADING_EXTRA = 2.9  # characters that padding and funnel take beside the label


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Names of fields from left to right, the hidden ones too; widths in characters of the type."""

    order: tuple[str, ...]
    hidden: frozenset[str]
    ems: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, fields: Sequence[Field]) -> Layout:
        """As the register declares it."""
        hidden = frozenset(f.name for f in fields if not f.listed)
        return cls(order=tuple(f.name for f in fields), hidden=hidden, ems={})

    def to_json(self) -> dict[str, Any]:
        """For the settings."""
        return {"order": list(self.order), "hidden": sorted(self.hidden), "ems": dict(self.ems)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any], fields: Sequence[Field]) -> Layout:
        """From the settings; fields that are new since stand where the register has them."""
        known = [f.name for f in fields]
        order = [name for name in data["order"] if name in known]
        for place, name in enumerate(known):
            if name not in order:
                order.insert(place, name)
        hidden = frozenset(data["hidden"]) | {
            f.name for f in fields if f.name not in data["order"] and not f.listed
        }
        return cls(order=tuple(order), hidden=hidden & frozenset(known), ems=dict(data["ems"]))


def default_ems(fields: Sequence[Field]) -> list[float]:
    """Widths in characters, from what a field takes on paper and its heading on screen."""
    return [_default_em(f) for f in fields]


def _default_em(f: Field) -> float:
    on_paper = max(f.width_mm, f.a4_width_mm or 0) / _MM_A_CHARACTER + 1.2
    return round(max(len(f.label) + _HEADING_EXTRA, on_paper), 1)
