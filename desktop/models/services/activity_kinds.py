"""The kinds of “四个一” activities (活动类型) as the schemes have them: read, shown and chosen like a code list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.models.domain.cleaning import compact, means_nothing
from desktop.models.domain.reading import SILENT, Cell, Reading
from desktop.models.registers.schemes import ACTIVITIES, SchemeItem
from desktop.models.services.schemes import SchemesService


@dataclass(frozen=True, slots=True)
class ActivityKinds:
    """A kind of field whose choices are data: what is stored is the ``code`` of a kind, the same in every version."""

    schemes: SchemesService
    align: str = "left"

    @property
    def choices(self) -> tuple[str, ...]:
        """The names of the latest version."""
        return tuple(item.name for item in self.schemes.versions(ACTIVITIES)[0].common)

    def read(self, cell: Cell, _today: date) -> Reading:
        """Read a name; “一次实地指导”, “实地指导活动” too."""
        if means_nothing(cell.text):
            return SILENT
        text = compact(cell.text)
        names = self.names()
        whole = [code for code, name in names.items() if compact(name) == text]
        within = [code for code, name in names.items() if compact(name) in text]
        if len(found := whole or within) == 1:
            return Reading(found[0])
        return Reading(problem=f"“{cell.text}”不是方案里的活动类型，请填{'、'.join(self.choices)}。")

    def show(self, value: object) -> str:
        """The name of a code."""
        return "" if value is None else self.names().get(str(value), str(value))

    def mask(self, value: object) -> str:
        """See Kind."""
        return self.show(value)

    def report(self, value: object) -> object:
        """See Kind."""
        return None if value is None else self.show(value)

    def item(self, code: str) -> SchemeItem | None:
        """The kind of a code in the latest version that has it."""
        versions = self.schemes.versions(ACTIVITIES)
        return next((item for version in versions for item in version.common if item.code == code), None)

    def names(self) -> Mapping[str, str]:
        """Names by code, those of the latest version first and as it calls them."""
        found: dict[str, str] = {}
        for version in self.schemes.versions(ACTIVITIES):
            for item in version.common:
                found.setdefault(item.code, item.name)
        return found
