"""The panel in which one activity (活动) is entered or changed: prefilled, files dropped anywhere, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.models.errors import DesktopError
from desktop.models.registers.activity import ACTIVITY
from desktop.models.registers.division import Division
from desktop.models.registers.listing import Line
from desktop.models.services.activity_forms import ActivityForm
from desktop.models.services.cell_edits import InvalidValueError
from desktop.models.services.new_files import NewFile
from desktop.models.services.photo_sets import KeptPhotos, PendingPhotos, PhotoSet
from desktop.models.services.register_entry import VanishedLineError
from desktop.models.services.stale_forms import StaleRecordError
from desktop.views import errors, theme
from desktop.views.four_ones.activity_fields import ActivityFields
from desktop.views.widgets.clashes import ClashDialog
from desktop.views.widgets.dropped import TakesFiles
from desktop.views.widgets.side_panel import ClosingGuard, SidePanel
from desktop.views.widgets.wrapped import WrappedLabel

if TYPE_CHECKING:
    from desktop.office import Office

_WIDTH = 31  # characters: the line above the matrix has room beside it in large type, too
_PICTURES = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".bmp", ".webp")
_KEPT = "没有保存的内容先留着，再打开这一条接着填。"
_UNDECIDED = "参加人里的“{typed}”还没有选定：按 Enter 选上，或者清空，再保存。"
_CLOSING = "还有没保存的活动，关闭以后就没有了。"
_UNSAVED = "再点开原来那一格（总表上标着“没保存”）或那一条、那一天，就接着填。"
_PRINT_LATER = "还有没保存的内容，请先保存再打印。"
_STILL_THERE = "接着上次没有保存的内容填。"
_GONE = "这条活动已被删除，或者登记它的那一步已被撤销。"
_ANEW = "作为新的一条保存"
_STAYS = "填好的内容还在；原来的照片不在了，要留就重新拖进来。"
Place = tuple[str, ...]  # what a form is of


@dataclass(frozen=True, slots=True)
class _Draft:
    """What was typed and not saved, and what it was typed over."""

    base: ActivityForm
    form: ActivityForm
    photos: PhotoSet
    sheets: list[NewFile]


class ActivityPanel(TakesFiles, SidePanel):
    """``saved`` with the key of an activity; ``again``, too, where the next one is to follow.

    ``changed`` after a photo or a paper of a kept activity was changed. See SidePanel for the other signals.
    """

    saved = Signal(str)
    again = Signal(str)
    changed = Signal()
    printing = Signal(str)

    def __init__(self, office: Office, today: date, parent: QWidget | None = None) -> None:
        super().__init__("登记活动", _WIDTH, parent)
        self._office, self._today = office, today
        self._base: ActivityForm | None = None  # as it was opened
        self._opened: ActivityForm | None = None  # as it was read back then: a change is told by it
        self._photos: PhotoSet = PendingPhotos(office.attachments)
        self._drafts: dict[Place, _Draft] = {}
        self.setAcceptDrops(True)
        self.fields = ActivityFields(office, today, self)
        self.fields.submitted.connect(self.save_form)
        self.fields.touched.connect(self._check)
        self.fields.receiving.connect(self._allow)
        self.fields.strip.changed.connect(self._note_files)
        self.fields.sheets.removed.connect(self.changed)
        self.doubts = WrappedLabel(parent=self)
        theme.set_tone(self.doubts, theme.Tone.WARN)
        self.problem = WrappedLabel(parent=self)
        theme.set_tone(self.problem, theme.Tone.ERROR)
        self.column.addWidget(self._build_remainder())
        self.column.addWidget(self.fields, 1)
        self.column.addWidget(self.doubts)
        self.column.addWidget(self.problem)
        self.column.addLayout(self._build_buttons())
        back = ("回去保存", self.wanted.emit)
        ClosingGuard(self, self._unsaved, back, self._drop_drafts, where=_UNSAVED)

    def _build_remainder(self) -> QWidget:
        self.remainder = QFrame(self)
        self.remainder.setProperty("look", "banner")
        line = QHBoxLayout(self.remainder)
        line.setContentsMargins(theme.GAP, 2, theme.GAP, 2)
        line.addWidget(WrappedLabel(_STILL_THERE, self.remainder), 1)
        self.forget = theme.link(QPushButton("不要了，重新填", self.remainder))
        self.forget.setAutoDefault(False)
        self.forget.clicked.connect(self.start_over)
        line.addWidget(self.forget)
        return self.remainder

    def _build_buttons(self) -> QHBoxLayout:
        self.save = theme.primary(QPushButton("保存", self))
        self.save.setToolTip("保存（Enter，在大段文字里 Ctrl+Enter）")
        self.save.clicked.connect(self.save_form)
        self.save_again = QPushButton("保存并登记下一条", self)
        self.save_again.setToolTip("导师、时间照旧，接着登记下一位还没有开展的书记")
        self.save_again.clicked.connect(lambda: self._save(again=True))
        self.print = QPushButton("打印纪实表", self)
        self.print.clicked.connect(self._ask_to_print)
        self.close_form = QPushButton("关闭", self)
        self.close_form.setToolTip("关闭（Esc），没有保存的内容先留着")
        self.close_form.clicked.connect(self.leave)
        line = QHBoxLayout()
        for button in (self.save, self.save_again, self.print):
            line.addWidget(button)
        line.addStretch(1)
        line.addWidget(self.close_form)
        return line

    # what is shown

    @property
    def key(self) -> str | None:
        """The activity shown, where it is kept already."""
        return self._base.key if self._base else None

    @property
    def is_open(self) -> bool:
        """Whether a form is shown."""
        return self._base is not None

    @property
    def is_changed(self) -> bool:
        """Whether something was typed or dropped that is not saved."""
        if self._base is None:
            return False
        pending = isinstance(self._photos, PendingPhotos)  # those of a kept activity are kept at once
        photos = pending and bool(self.fields.strip in self.fields.reading or self._photos.photos())
        sheets = bool(self.fields.sheets in self.fields.reading or self.fields.sheets.files)
        return photos or sheets or self.fields.read_form() != self._opened

    def has_draft(self, form_place: Place) -> bool:
        """Whether something was typed for a place that is not shown now, and was not saved."""
        return form_place in self._drafts

    def open_form(self, form: ActivityForm) -> None:
        """Show an activity, with what was typed for it before and not saved; what is shown now is kept for later."""
        if self._base is not None and place_of(self._base) == place_of(form):
            self.go()
            return
        self._keep()
        draft = self._drafts.pop(place_of(form), None)
        self._show(form, draft)
        self.remainder.setVisible(draft is not None)

    def start_new(self, _units: Sequence[Division], code: str | None) -> None:
        """See ListForm: a new activity of a unit, its kind still to be chosen."""
        kinds = self._office.four_ones.scheme(self._today).common
        self.open_form(self._office.activity_forms.draft(kinds[0].code, self._today, None, code))

    def start_correcting(self, row: Line) -> None:
        """See ListForm."""
        with errors.told(self):
            self.open_form(self._office.activity_forms.of(row.key))

    def start_over(self) -> None:
        """Forget what was typed."""
        if self._base is None:
            return
        with errors.told(self):
            key = self._base.key
            self._show(self._base if key is None else self._office.activity_forms.of(key), None)
            self.remainder.hide()

    def refresh(self) -> None:
        """Ask again for the activity shown: it was changed elsewhere, or taken back."""
        if self._base is None or self._base.key is None:
            return
        self.fields.sheets.refresh()
        if self.is_changed:
            return
        try:
            self._show(self._office.activity_forms.of(self._base.key), None)
        except VanishedLineError:
            self._base = None
            self.left.emit()

    def _show(self, form: ActivityForm, draft: _Draft | None) -> None:
        form = self._base = draft.base if draft else form
        self._photos = draft.photos if draft else self._photos_of(form)
        self.fields.show_form(form)
        self._opened = self.fields.read_form()
        if draft:
            self.fields.show_form(draft.form)
        self.fields.strip.show_photos(self._photos)
        self.fields.sheets.show_files(form.key, draft.sheets if draft else [])
        kind = form.values["kind"]
        self.title.setText(f"{'登记' if form.key is None else ''}{kind or '活动'}")
        names = "、".join(each.name for each in form.secretaries)
        place = self._office.divisions.get(form.division_code).short_name
        self.who.setText(" · ".join(filter(None, (place, names))))
        self.print.setVisible(form.key is not None)
        self._say("")
        self._check()
        self._allow()
        self.fields.begin()

    def _photos_of(self, form: ActivityForm) -> PhotoSet:
        if form.key is None:
            return PendingPhotos(self._office.attachments)
        return KeptPhotos(self._office.attachments, ACTIVITY.name, form.key)

    def _check(self) -> None:
        """Say what is worth a look; nothing is refused for it."""
        words = "".join(dict.fromkeys(self._office.activity_forms.checks(self.fields.read_form()).values()))
        self.doubts.setText(words)
        self.doubts.setVisible(bool(words))

    def _allow(self) -> None:
        reading = self.fields.is_receiving
        for button in (self.save, self.save_again):
            button.setEnabled(not reading)
        self.save.setText("正在处理照片…" if reading else "保存")

    def _say(self, words: str) -> None:
        self.problem.setText(words)
        self.problem.setVisible(bool(words))

    def _note_files(self) -> None:
        if isinstance(self._photos, KeptPhotos):
            self.changed.emit()

    # saving and leaving

    def save_form(self) -> None:
        """Write it down."""
        self._save(again=False)

    def _save(self, *, again: bool) -> None:
        if self._base is None or self.fields.is_receiving:
            return
        if undecided := self.fields.people.undecided:
            self._say(_UNDECIDED.format(typed=undecided))
            self.fields.people.line.setFocus()
            return
        photos = self._photos.files if isinstance(self._photos, PendingPhotos) else []
        form = replace(self.fields.read_form(), files=(*photos, *self.fields.sheets.files))
        self._say("")
        try:
            key = self._office.activity_forms.save(form, self._today, self._base)
        except StaleRecordError as error:
            dialog = ClashDialog(error.clashes, self)
            dialog.decided.connect(partial(self._settle, form, again))
            dialog.open()
            return
        except VanishedLineError:
            errors.choose(self, _GONE, {_ANEW: partial(self._save_anew, form, again)}, words=_STAYS)
            return
        except InvalidValueError as error:
            self._say(self.fields.show_problems(error.problems))
            return
        except DesktopError as error:
            self._say(str(error))
            return
        self._base = None
        (self.again if again else self.saved).emit(key)

    def _settle(self, form: ActivityForm, again: bool, mine: frozenset[Hashable]) -> None:
        """Put what was typed over what stands by now, and save it; ``mine`` stays as it was typed."""
        assert self._base is not None
        with errors.told(self):
            now, settled = self._office.activity_forms.settled(self._base, form, mine)
            self._show(now, _Draft(now, settled, self._photos, self.fields.sheets.files))
            self._save(again=again)

    def _save_anew(self, form: ActivityForm, again: bool) -> None:
        """Save what was typed for an activity that is gone as a new one."""
        problems = tuple(replace(each, key=None) for each in form.problems)
        self._show(replace(form, key=None, problems=problems), None)
        self._save(again=again)

    def leave(self) -> None:
        """Close the form; what was typed is kept for later."""
        self._keep()
        self._base = None
        self.left.emit()

    def _keep(self) -> None:
        """Keep what was typed and not saved."""
        if self._base is None or not self.is_changed:
            return
        form = self.fields.read_form()
        draft = _Draft(self._base, form, self._photos, self.fields.sheets.files)
        self._drafts[place_of(self._base)] = draft
        self.noted.emit(_KEPT)

    def _ask_to_print(self) -> None:
        if self.key is None:
            return
        if self.is_changed:
            self._say(_PRINT_LATER)
        else:
            self.printing.emit(self.key)

    def _unsaved(self) -> str:
        return _CLOSING if self._drafts or self.is_changed else ""

    def _drop_drafts(self) -> None:
        self._drafts, self._base = {}, None

    def go(self) -> None:
        """See SidePanel."""
        self.fields.inputs["theme"].select()

    # files

    def take(self, paths: Sequence[Path]) -> None:
        """Add files wherever they were dropped: pictures are photos, the rest papers."""
        pictures = [path for path in paths if path.suffix.lower() in _PICTURES]
        papers = [path for path in paths if path not in pictures]
        self.fields.strip.take(pictures)
        if papers:
            self.fields.sheets.take(papers)
        self.fields.ensureWidgetVisible(self.fields.strip if pictures else self.fields.sheets)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter within the form is the form's, not the list's beside it."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and _is_control_enter(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter saves."""
        if _is_control_enter(event):
            self.save_form()
        else:
            super().keyPressEvent(event)


def _is_control_enter(event: QKeyEvent) -> bool:
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(control) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def place_of(form: ActivityForm) -> Place:
    """What a form is of: an activity, or a kind, person and village that have none yet."""
    if form.key is not None:
        return (form.key,)
    person = next((each.person_id for each in form.secretaries if each.person_id), None)
    return new_place(form.values["kind"], person, form.division_code, form.values["start"][:10])


def new_place(kind: str, person_id: str | None, division_code: str, day: str) -> Place:
    """Of a new one; what is for nobody yet is told apart by its day."""
    return (kind, person_id or day, division_code)
