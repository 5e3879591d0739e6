"""A person's own fields, each kept when it is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QHBoxLayout, QLabel, QScrollArea, QWidget

from desktop.models.domain.fields import Field
from desktop.models.domain.reading import Reading
from desktop.models.errors import DesktopError
from desktop.models.registers.person import PERSON, Person
from desktop.models.services.stale_forms import StaleRecordError
from desktop.views import errors, theme
from desktop.views.widgets.clashes import ask_which
from desktop.views.widgets.editors import line_of
from desktop.views.widgets.field_input import FieldInput
from desktop.views.widgets.side_panel import ClosingGuard

if TYPE_CHECKING:
    from desktop.office import Office

# the first column; the others stand in the second
_ORDER = (
    *("name", "id_number", "sex", "birth", "ethnic_group", "native_place", "phone"),
    *("political_status", "party_stage", "party_joined"),
)

_UNKEPT = "{labels}填得不对，还没有保存，关闭以后就没有了。"


class BasicsTab(QScrollArea):
    """``changed`` once a field was written."""

    changed = Signal()
    wanted = Signal()  # its page is to come to the front

    def __init__(self, office: Office, today: date) -> None:
        super().__init__()
        self._people, self._roster, self._today = office.people, office.roster, today
        self._person: Person | None = None
        self._whole = False
        self._texts: dict[str, str] = {}  # as they stood when they were shown
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("基本信息")
        self.inputs: dict[str, FieldInput] = {}
        page = QWidget()
        page.setObjectName("areaPage")
        beside = QHBoxLayout(page)
        beside.setContentsMargins(0, theme.GAP, theme.GAP, theme.GAP)
        beside.setSpacing(2 * theme.SPACE)
        first = [PERSON.field(name) for name in _ORDER]
        for fields in (first, [field for field in PERSON.fields if field not in first]):
            form = QFormLayout()
            form.setHorizontalSpacing(12)
            form.setVerticalSpacing(theme.GAP)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
            for field in fields:
                self._add(field, form, page)
            beside.addLayout(form, 1)
        self.setWidget(page)
        ClosingGuard(self, self._unkept, ("回去改", self.wanted.emit), self._texts.clear)

    def _unkept(self) -> str:
        """Keep what was typed and not left; words on what cannot be kept."""
        for name in self._texts:
            self._keep(PERSON.field(name))
        labels = [PERSON.field(n).label for n, text in self._texts.items() if self.inputs[n].text != text]
        return _UNKEPT.format(labels="、".join(labels)) if labels else ""

    def _add(self, field: Field, form: QFormLayout, page: QWidget) -> None:
        cell = FieldInput(field, partial(self._read, field.name), page)
        cell.left.connect(partial(self._keep, field))
        cell.submitted.connect(partial(self._keep, field))
        cell.entered.connect(lambda: self.ensureWidgetVisible(cell, 0, theme.SPACE))
        label = theme.quiet(QLabel(field.label, page))
        label.setBuddy(cell)
        form.addRow(label, cell)
        self.inputs[field.name] = cell

    def _read(self, name: str, text: str) -> Reading:
        if self._person is None or text == self._text(PERSON.field(name)):
            return Reading()
        return self._roster.read_cell((self._person.id, ""), name, text, self._today)

    def show_person(self, person: Person, doubts: Mapping[str, str], *, whole: bool) -> None:
        """Show a person; numbers that are masked cannot be written into. What was typed of the same one and is not kept stays."""
        another = self._person is None or self._person.id != person.id
        self._person, self._whole = person, whole
        for field in PERSON.fields:
            cell = self.inputs[field.name]
            if not another and cell.text != self._texts[field.name]:
                continue
            text = self._texts[field.name] = self._text(field)
            if text != cell.text or not cell.hasFocus():
                cell.set_text(text)
            if field.sensitive:
                line_of(cell.editor).setReadOnly(bool(text) and not whole)
            words = doubts.get(field.name, "")
            cell.say(words)
            theme.set_tone(cell.words, theme.Tone.WARN if words else theme.Tone.PLAIN)

    def _text(self, field: Field) -> str:
        value = getattr(self._person, field.name)
        return field.kind.show(value) if self._whole else field.kind.mask(value)

    def _keep(self, field: Field) -> None:
        cell = self.inputs[field.name]
        text = cell.text
        opened = self._texts.get(field.name, text)
        if self._person is None or line_of(cell.editor).isReadOnly() or text == opened:
            return
        try:
            self._people.set_field(self._person.id, field.name, text, self._today, opened)
        except StaleRecordError as error:
            ask_which(self, error, self._texts, self.inputs, partial(self._keep, field))
            return
        except DesktopError as error:
            cell.say(str(error).partition("：")[2] or str(error))
            return
        self._texts[field.name] = text  # leaving it after Enter is no second change
        with errors.told(self):
            self.changed.emit()
