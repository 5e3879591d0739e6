"""What the ledger page does with the ledgers that are ticked (备检包): asks of which units and where to, writes, tells."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from desktop.models.errors import DesktopError
from desktop.models.services.dossiers import DossierRequest, WrittenDossier
from desktop.views import theme
from desktop.views.ledgers.dossier_dialog import DossierDialog
from desktop.views.ledgers.dossier_menu import DossierMenu
from desktop.views.ledgers.dossier_run import DossierRun
from desktop.views.ledgers.missing import missing_words
from desktop.views.ledgers.options import LedgerOptions
from desktop.views.theme import Tone
from desktop.views.widgets.busy import Busy
from desktop.views.widgets.saving import ask_where_to_save

if TYPE_CHECKING:
    from desktop.office import Office

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|]')  # of Windows
_NAMES_SHOWN = 8


def file_name(words: str) -> str:
    """Words as they may stand in the name of a file."""
    return _NOT_IN_FILE_NAMES.sub(" ", words)


class Dossiers(QObject):
    """One dossier at a time; ``outcome`` says what is going on, then what came of it."""

    began = Signal()
    ended = Signal()
    noted = Signal(str)  # as a page's
    changed = Signal(str)  # as a page's

    def __init__(
        self, page: QWidget, office: Office, options: LedgerOptions, busy: Busy, button: QPushButton
    ) -> None:
        super().__init__(page)
        self._page = page
        self._office = office
        self._options = options
        self._busy = busy
        self._run: DossierRun | None = None
        self.menu = DossierMenu(button, office.dossiers)
        self.menu.picked.connect(options.tick)
        self.menu.wanted.connect(self._ask_of_what)
        self.menu.kept.connect(self.changed)
        options.ticked_changed.connect(self._take_ticks)
        self.outcome = QLabel(page)
        self.outcome.setWordWrap(True)
        self.outcome.hide()

    @property
    def running(self) -> bool:
        """Whether one is being written."""
        return self._run is not None

    def write(self, request: DossierRequest, name: str) -> None:
        """Write a dossier as a PDF."""
        self._run = run = DossierRun(self._office, request, Path(name), self)
        run.moved.connect(self._show_step)
        run.done.connect(self._show_written)
        run.failed.connect(self._show_failure)
        run.ended.connect(self._end)
        self._busy.stopped.connect(run.stop)
        self._tell("正在生成备检包…", Tone.PLAIN)
        self._busy.begin("", can_stop=True)
        self.began.emit()
        run.start()

    def _take_ticks(self) -> None:
        self.menu.ticked = self._options.ticked

    def _ask_of_what(self, title: str) -> None:
        office = self._office.unit
        below = self._office.divisions.under(office.code)
        units = [each for each in below if each.active and each.code != office.code]
        words = self._options.dossier_words()
        dialog = DossierDialog(self._page, office, units, words, self._ask_where)
        unit = self._options.unit.code
        dialog.begin(title, None if unit == office.code else unit)

    def _ask_where(self, title: str, units: tuple[str, ...]) -> None:
        request = self._options.dossier(title, units)
        name = file_name(self._office.dossiers.file_name(request))
        ask_where_to_save(self._page, "保存备检包", "PDF 文件", name, partial(self.write, request))

    def _show_step(self, done: int, total: int, words: str) -> None:
        self._busy.advance(done, total, f"{min(done + 1, total)} / {total}")
        self._tell(f"正在生成备检包：{words}", Tone.PLAIN)

    def _show_written(self, written: WrittenDossier) -> None:
        assert self._run is not None
        self._tell(outcome_words(written, self._run.path.name), Tone.WARN if written.missing else Tone.OK)
        self.noted.emit("备检包已保存")

    def _show_failure(self, error: DesktopError) -> None:
        self._tell(str(error), Tone.ERROR)

    def _tell(self, words: str, tone: Tone) -> None:
        self.outcome.setText(words)
        self.outcome.show()
        theme.set_tone(self.outcome, tone)

    def _end(self) -> None:
        assert self._run is not None
        self._run.deleteLater()
        self._run = None
        self._busy.end()
        self.ended.emit()


def outcome_words(written: WrittenDossier, name: str) -> str:
    """What should be known of a dossier that was written."""
    lines = [f"✓ 已生成“{name}”：{written.ledgers} 张台账，共 {written.pages} 页，已读回核对。"]
    if written.empty:
        more = f" 等 {len(written.empty)} 张" if len(written.empty) > _NAMES_SHOWN else ""
        lines.append(f"没有记录、目录里写“无记录”的：{'、'.join(written.empty[:_NAMES_SHOWN])}{more}。")
    if written.missing:
        lines.append(missing_words(written.missing))
    return "\n".join(lines)
