"""The page of 方案 of “四个一”: its kinds, how many of each in a period."""

from __future__ import annotations

from desktop.models.registers.schemes import ACTIVITIES
from desktop.views.checklist.schemes import SchemesPage


class FourOnesSchemesPage(SchemesPage):
    """Shows and edits them as those of “8+N”."""

    purpose = ACTIVITIES
