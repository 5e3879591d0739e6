"""Divisions (区划): townships, villages and communities, with what a village is allowed and called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from desktop.models.domain.division_names import NamedDivision, short_village
from desktop.models.domain.fields import AMOUNT, TEXT, Field, Plain, Register
from desktop.models.domain.posts import PartyForm

CODE = re.compile(r"[0-9]{12}")


class DivisionKind(StrEnum):
    """What a division is. Values are stored: never reuse one."""

    CITY = "city"
    TOWNSHIP = "township"  # 乡镇办区
    VILLAGE = "village"  # 村委会
    COMMUNITY = "community"  # 居委会
    LIVING_AREA = "living_area"  # 类似居委会: a living area without two committees

    @property
    def label(self) -> str:
        """The word officers use."""
        words = {
            "city": "市县",
            "township": "乡镇",
            "village": "村",
            "community": "社区",
            "living_area": "生活区",
        }
        return words[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """A township, village or community; ``aliases`` one a line, ``position`` the local order (行政顺序)."""

    code: str  # 12 digits
    name: str
    kind: str
    parent: str | None
    position: int
    aliases: str = ""
    approved_posts: int | None = None  # 核定职数
    party_form: str = PartyForm.BRANCH
    active: int = 1

    @property
    def short_name(self) -> str:
        """The name on screens and paper: 石华堰村, 桥南社区, 调关镇."""
        return (
            short_village(self.name)
            if self.kind in (DivisionKind.VILLAGE, DivisionKind.COMMUNITY)
            else self.name
        )

    @property
    def is_community(self) -> bool:
        """Whether its committee is a 居委会."""
        return self.kind in (DivisionKind.COMMUNITY, DivisionKind.LIVING_AREA)

    @property
    def named(self) -> NamedDivision:
        """What resolving written names needs."""
        aliases = tuple(filter(None, self.aliases.splitlines()))
        return NamedDivision(self.code, self.parent, self.name, aliases, self.kind)


_KINDS = {kind.value: kind.label for kind in DivisionKind}
_FORMS = {form.value: form.label for form in PartyForm}

DIVISION = Register(
    name="division",
    title="区划",
    record=Division,
    fields=(
        Field(name="code", label="代码", headings=("区划代码", "统计用区划代码"), editable=False),
        Field(name="name", label="名称", headings=("村（社区）", "单位名称")),
        Field(name="kind", label="类型", kind=Plain(shows=lambda kind: _KINDS.get(kind, kind))),
        Field(name="parent", label="上级", headings=("上级代码", "所属乡镇")),
        Field(name="aliases", label="别名", kind=TEXT),
        Field(name="approved_posts", label="核定职数", kind=AMOUNT),
        Field(name="party_form", label="党组织形式", kind=Plain(shows=lambda form: _FORMS.get(form, form))),
    ),
)
