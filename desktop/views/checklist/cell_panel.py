"""The panel of one cell: status, standard, points, reason, deadline and its closing, photos, who changed it last."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop.models.domain.reading import SILENT, Reading
from desktop.models.registers.checklist import ASSESSMENT_ITEM, STATUS
from desktop.models.registers.checklist_rows import CellKey
from desktop.models.registers.kinds import show_points
from desktop.models.services.checklists import CYCLE, CellCard
from desktop.models.services.new_files import Source
from desktop.models.services.photo_sets import CellPhotos
from desktop.office import Office
from desktop.views import errors, theme
from desktop.views.checklist.faces import NOT_FILLED
from desktop.views.checklist.field_panel import FieldPanel, Write
from desktop.views.widgets.dropped import TakesFiles, holds_pictures
from desktop.views.widgets.photo_strip import PhotoStrip
from desktop.views.widgets.wrapped import WrappedLabel

_POINTS = ("self_points", "township_points", "city_points")
_TEXTS = ("reason", "due", "closed", "closing", "checked_by", "checked")
_ORDER = (*CYCLE[1:], None)
_LATE = "整改逾期 {days} 天。整改好了请填销号日期和整改情况，或改为达标。"


class CellPanel(TakesFiles, FieldPanel):
    """Shows the cell of a key; each edit is written at once. See FieldPanel for its signals."""

    def __init__(self, office: Office, today: date, parent: QWidget) -> None:
        super().__init__("评定项目", parent)
        self._office, self._today = office, today
        self.key: CellKey | None = None
        self._photos: CellPhotos | None = None
        self.setAcceptDrops(True)
        self.late, self.doubts = WrappedLabel(parent=self), WrappedLabel(parent=self)
        theme.set_tone(self.late, theme.Tone.ERROR)
        theme.set_tone(self.doubts, theme.Tone.WARN)
        self.says, self.before, self.last = (theme.quiet(WrappedLabel(parent=self)) for _ in range(3))
        self.strip = PhotoStrip(office, self)
        self.strip.changed.connect(self.written)
        self.rows.addWidget(self._build_statuses())
        for label in (self.late, self.doubts, self.says):
            self.rows.addWidget(label)
        self.rows.addLayout(self._build_points())
        fields = (ASSESSMENT_ITEM.field(name) for name in _TEXTS)
        self.add_form({f.label: self.add_input(f, partial(self._read, f.name)) for f in fields})
        self.rows.addWidget(theme.heading(QLabel("佐证照片", self)))
        for part in (self.strip, self.before, self.last):
            self.rows.addWidget(part)
        self.rows.addStretch(1)

    def _build_statuses(self) -> QWidget:
        box = QWidget(self)
        self.statuses = QButtonGroup(self)
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for number, status in enumerate(_ORDER):
            words = STATUS.show(status) or NOT_FILLED
            button = QPushButton(words, box)
            button.setCheckable(True)
            button.setProperty("look", "chip")
            button.setAccessibleName(f"状态：{words}")
            self.statuses.addButton(button, number)
            line.addWidget(button)
        line.addStretch(1)
        self.statuses.idClicked.connect(self._set_status)
        return box

    def _build_points(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GAP)
        grid.setVerticalSpacing(2)
        for column, name in enumerate(_POINTS):
            field = ASSESSMENT_ITEM.field(name)
            made = self.add_input(field, partial(self._read, name))
            label = theme.quiet(QLabel(field.label, self))
            label.setBuddy(made)
            grid.addWidget(label, 0, column)
            grid.addWidget(made, 1, column, Qt.AlignmentFlag.AlignTop)
        return grid

    # showing

    def show_cell(self, key: CellKey, label: str) -> None:
        """Show a cell as it is kept; ``label`` is its column's.

        Raises:
            VanishedBranchError, VanishedCellError: there is no such cell any more.
        """
        if self.key not in (None, key):
            self.finish()
        card = self._office.checklists.card(key, self._today)
        another, self.key = key != self.key, key
        cell, item = card.cell, card.cell.item
        self.title.setText(item.name if item.branch_id else label)
        self.who.setText(
            f"{card.row.branch.name} · {card.row.place} · 本项 {show_points(str(cell.worth))} 分"
        )
        self.statuses.button(_ORDER.index(cell.status)).setChecked(True)
        _say(self.late, _LATE.format(days=cell.overdue) if cell.overdue else "")
        _say(self.doubts, "".join(cell.doubts.values()))
        _say(self.says, f"标准：{item.says}" if item.says else "")
        self.show_texts(card.texts, afresh=another)
        self._show_photos(key, cell.record.id if cell.record else "")
        _say(self.before, _before(card))
        last = card.last_change
        self.last.setText(
            f"最后改动：{last.at:%Y.%m.%d %H:%M} {last.operator} {last.why.removeprefix('8+N：')}"
            if last
            else "还没有填写过。"
        )
        if another:
            self.area.verticalScrollBar().setValue(0)

    def _show_photos(self, key: CellKey, owner_id: str) -> None:
        """Show the photos, unless the strip shows just these already: its words on them stay."""
        photos = self._photos
        if photos is None or photos.key != key:
            self._photos = CellPhotos(self._office.attachments, key, owner_id, self._today)
            self.strip.show_photos(self._photos)
            return
        photos.owner_id = owner_id  # the assessment was begun, or that taken back
        if tuple(photos.photos()) != self.strip.photos:
            self.strip.show_photos(photos)

    def go(self) -> None:
        """See FieldPanel: to the status."""
        if (button := self.statuses.checkedButton()) is not None:
            button.setFocus(Qt.FocusReason.TabFocusReason)

    # writing

    def writer(self) -> Write:
        """See FieldPanel."""
        assert self.key is not None
        edit, key, today = self._office.checklists.edit, self.key, self._today
        return lambda name, text, opened: edit(key, name, text, today, opened)

    def _read(self, name: str, text: str) -> Reading:
        if self.key is None:
            return SILENT
        return self._office.checklists.read(self.key, name, text, self._today)

    def _set_status(self, number: int) -> None:
        if self.key is None:
            return
        with errors.told(self):
            if self._office.checklists.set_status([self.key], _ORDER[number], self._today):
                self.written.emit()

    # files

    def take(self, sources: Sequence[Source]) -> None:
        """Add photos, and show where they are."""
        self.strip.take(sources)
        self.area.ensureWidgetVisible(self.strip)

    def paste(self) -> bool:
        """See FieldPanel: a picture is a photo, from wherever in the panel."""
        pictures = holds_pictures(QGuiApplication.clipboard().mimeData())
        if pictures:
            self.strip.paste()
            self.area.ensureWidgetVisible(self.strip)
        return pictures

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V on a status."""
        if not (event.matches(QKeySequence.StandardKey.Paste) and self.paste()):
            super().keyPressEvent(event)


def _say(label: WrappedLabel, words: str) -> None:
    label.setText(words)
    label.setVisible(bool(words))


def _before(card: CellCard) -> str:
    if card.before is None:
        return ""
    photos = f"，照片 {card.before.photos} 张" if card.before.photos else ""
    return f"上一期：{STATUS.show(card.before.status) or NOT_FILLED}{photos}"
