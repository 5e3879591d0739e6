"""The button 备检包: sets of ledgers to tick at once, own ones kept, and making what is ticked into one PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from desktop.models.domain.fields import TEXT, Field
from desktop.models.domain.reading import Reading
from desktop.models.services.dossiers import DossiersService
from desktop.views import errors
from desktop.views.widgets.typed_dialog import TypedDialog

_NAME = Field(name="name", label="名称", kind=TEXT)
USUAL_TITLE = "备检资料"  # of what is no set


class DossierMenu(QObject):
    """The menu of a button; it knows which ledgers are ticked because it is told (``ticked``)."""

    wanted = Signal(str)  # make what is ticked into one PDF; its title
    picked = Signal(tuple)  # tick these ledgers, by name
    kept = Signal(str)  # the sets changed; words for the toast

    def __init__(self, button: QPushButton, dossiers: DossiersService) -> None:
        super().__init__(button)
        self._button = button
        self._dossiers = dossiers
        self.ticked: Sequence[str] = ()
        button.setToolTip("把勾选的台账做成一个 PDF，带封面、目录和书签")
        button.clicked.connect(self.open)

    def open(self) -> None:
        """Open the menu below the button."""
        menu = QMenu(self._button)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        count = len(self.ticked)
        told = f"已勾选 {count} 张" if count else "先在左边勾选台账，或选一套"
        make = menu.addAction(f"生成备检包（{told}）…", self._make)
        menu.addSeparator()
        for each in self._dossiers.sets():
            words = f"{each.name}（{len(each.ledgers)} 张）".replace("&", "&&")
            menu.addAction(words, partial(self._pick, each.name, each.ledgers))
        menu.addSeparator()
        keep = menu.addAction("把勾选的存为一套…", self._ask_to_keep)
        remove = menu.addMenu("删除存好的")
        for name in self._dossiers.own_names():
            remove.addAction(name.replace("&", "&&"), partial(self._ask_to_remove, name))
        remove.setEnabled(bool(self._dossiers.own_names()))
        untick = menu.addAction("全部不勾选", partial(self.picked.emit, ()))
        for action in (make, keep, untick):
            action.setEnabled(count > 0)
        menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height())))

    def _make(self) -> None:
        """Under the name of the set that is ticked, where it is one."""
        names = (each.name for each in self._dossiers.sets() if each.ledgers == tuple(self.ticked))
        self.wanted.emit(next(names, USUAL_TITLE))

    def _pick(self, name: str, ledgers: tuple[str, ...]) -> None:
        self.picked.emit(ledgers)
        self.wanted.emit(name)

    def _ask_to_keep(self) -> None:
        def take(texts: Mapping[str, str]) -> None:
            self._dossiers.save(texts["name"], self.ticked)
            self.kept.emit(f"已存为一套：{texts['name'].strip()}")

        words = "以后从“备检包”里一点就勾好；同名的会被替换。"
        title = f"把勾选的 {len(self.ticked)} 张台账存为一套"

        def read(_field: str, text: str) -> Reading:
            return Reading(text)

        dialog = TypedDialog(title, "保存", [_NAME], read, take, self._button, words=words)
        dialog.begin("name")

    def _ask_to_remove(self, name: str) -> None:
        words = "只删除这一套的勾选，台账和记录不变。"
        errors.ask(self._button, f"删除“{name}”这一套？", "删除", partial(self._remove, name), words=words)

    def _remove(self, name: str) -> None:
        self._dossiers.remove(name)
        self.kept.emit(f"已删除一套：{name}")
