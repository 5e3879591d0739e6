"""The settings page (备份与设置): sections at the left, the chosen one at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QStackedWidget, QVBoxLayout, QWidget

from desktop.office import Office
from desktop.views import theme
from desktop.views.page import Page, Request
from desktop.views.settings.about_section import AboutSection
from desktop.views.settings.backup_section import BackupSection
from desktop.views.settings.display_section import DisplaySection
from desktop.views.settings.divisions_section import DivisionsSection
from desktop.views.settings.files_section import FilesSection
from desktop.views.settings.history_section import HistorySection
from desktop.views.settings.password_section import PasswordSection
from desktop.views.settings.section import Section
from desktop.views.settings.sector_section import SectorSection
from desktop.views.settings.unit_section import UnitSection

_SECTIONS: tuple[type[Section], ...] = (
    BackupSection,
    FilesSection,
    UnitSection,
    SectorSection,
    DivisionsSection,
    PasswordSection,
    DisplaySection,
    HistorySection,
    AboutSection,
)


class SettingsPage(Page):
    """Sections are built when they are first shown."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._built: dict[type[Section], Section] = {}
        self.sections = QListWidget()
        self.sections.setAccessibleName("设置的各部分")
        self.sections.ensurePolished()  # lines are measured when one is chosen
        self.sections.addItems([kind.title for kind in _SECTIONS])
        theme.fix_width(self.sections, 9)
        self._stack = QStackedWidget()
        card = theme.card(QFrame())
        inside = QVBoxLayout(card)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._stack)
        beside = QHBoxLayout()
        beside.setSpacing(theme.GAP)
        beside.addWidget(self.sections)
        beside.addWidget(card, 1)
        self.body.addLayout(beside, 1)
        self.sections.currentRowChanged.connect(self._show)
        self.sections.setCurrentRow(0)

    @property
    def section(self) -> Section:
        """The section shown."""
        section = self._stack.currentWidget()
        assert isinstance(section, Section)
        return section

    def show_section(self, kind: type[Section]) -> Section:
        """Show a section."""
        self.sections.setCurrentRow(_SECTIONS.index(kind))
        return self.section

    def take(self, request: Request) -> None:
        """Another page sends people here for their backups, or to put a division (``unit``) right."""
        self.sections.setCurrentRow(0)
        if request.unit is not None:
            section = self.show_section(DivisionsSection)
            assert isinstance(section, DivisionsSection)
            section.choose(request.unit)

    def activate(self) -> None:
        """What happened meanwhile shows."""
        self.section.refresh()

    def refresh(self) -> None:
        """The same."""
        self.section.refresh()

    def _show(self, row: int) -> None:
        kind = _SECTIONS[row]
        if kind not in self._built:
            section = kind(self.office)
            section.changed.connect(self.changed)
            section.undone.connect(self.undone)
            section.noted.connect(self.noted)
            section.restore_wanted.connect(self.restore_wanted)
            self._stack.addWidget(section)
            self._built[kind] = section
        self._stack.setCurrentWidget(self._built[kind])
        self._built[kind].refresh()
