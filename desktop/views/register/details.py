"""What the drawer tells of one person: particulars, posts over time, changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.models.domain.months import age_on
from desktop.models.registers.roster import ROSTER, RosterRow
from desktop.models.services.roster_lists import shown
from desktop.views import theme
from desktop.views.handoff.remarking import REMARK
from desktop.views.register.timeline import TimelineTab
from desktop.views.tables.list_details import LineColumns, LineTab, ListDetails
from desktop.views.widgets.changes import ChangesTab
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_ABOVE = ("name", "posts", "village", "township")  # said over the tabs already
_SUMMARY = ("sex", "political_status", "education")


class PersonDetails(ListDetails):
    """Shows one line of the roster."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        posts, summary = WrappedLabel(), theme.quiet(WrappedLabel())
        edit, leave, opening = QPushButton("修改"), QPushButton("离任…"), QPushButton("人员页")
        remark = QPushButton(REMARK)
        icons = ((edit, "pencil"), (leave, "leave"), (opening, "person"), (remark, "info"))
        for button, icon in icons:
            button.setIcon(theme.icon(icon, "text"))
        opening.setToolTip("人员页（Ctrl+Enter）")
        timeline, changes = TimelineTab(office), ChangesTab(office)
        super().__init__(
            LineColumns(
                [field for field in ROSTER.fields if field.name not in _ABOVE],
                lambda row, name, whole: shown(row, name, full=whole),
            ),
            (
                LineTab(words="任职", widget=timeline, show=lambda row: timeline.show_person(row.person.id)),
                LineTab(
                    words="变更记录", widget=changes, show=lambda row: changes.show_person(row.person.id)
                ),
            ),
            (posts, summary),
            (edit, leave, opening),
            parent,
            below=(remark,) if office.level == "city" else (),
        )
        self.posts, self.summary, self.changes = posts, summary, changes
        self.edit, self.leave, self.open, self.remark = edit, leave, opening, remark

    def show_row(
        self,
        row: RosterRow,
        doubts: Mapping[str, str],
        *,
        whole: bool,
        editable: bool,
        day: date,
        recorded: bool = False,
    ) -> None:
        """Show a line as it is on a day; what cannot be changed then cannot be pressed.

        ``recorded``: as the records said then, so that what they say today is not beside it.
        """
        for place in range(1, self.tabs.count()):
            self.tabs.setTabVisible(place, not recorded)
        self.posts.setText(f"{row.division.short_name} {row.posts_text}")
        self.summary.setText(" · ".join(_summary(row, day)))
        self.edit.setEnabled(editable)
        self.leave.setEnabled(editable)
        self.fill_in(row, row.person.name, doubts, whole=whole)


def _summary(row: RosterRow, day: date) -> list[str]:
    person = row.person
    age = age_on(person.birth, day) if person.birth else None
    sex, status, education = (shown(row, name, full=False) for name in _SUMMARY)
    return [words for words in (sex, f"{age} 岁" if age is not None else "", status, education) if words]
