"""The button after the chips: save what is shown as a view, rename, remove, choose what had no room."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton

from desktop.models.domain.fields import TEXT, Field
from desktop.models.domain.reading import Reading
from desktop.models.services.saved_views import SavedView, SavedViews
from desktop.views import errors
from desktop.views.tables.chip_strip import SAVED, ChipStrip

_NAME = Field(name="name", label="视图名称", kind=TEXT)


def key_of(view: SavedView) -> str:
    """The key of a view's chip."""
    return f"{SAVED}:{view.name}"


class ViewsButton(QPushButton):
    """Stands at the end of the chips; ``now`` tells what the page shows.

    ``chosen`` carries the key of a chip, ``kept`` the key of a view just saved (empty: one was renamed or removed).
    """

    chosen = Signal(str)
    kept = Signal(str)

    def __init__(self, views: SavedViews, now: Callable[[], SavedView], strip: ChipStrip) -> None:
        super().__init__("视图 ▾", strip)
        self.setProperty("look", "chip")
        self.setToolTip("把现在的筛选、排序和列存起来，以后一点就回到这个样子；放不下的也在这里")
        self.setAccessibleName("视图：保存、改名，和放不下的筛选")
        self._views = views
        self._now = now
        self._strip = strip
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        """Open the list below the button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        views = self._views.all()
        for key, words in self._strip.hidden.items():
            menu.addAction(words.replace("&", "&&"), partial(self.chosen.emit, key))
        menu.addSeparator()
        menu.addAction("存为视图…", self._ask_to_save)
        for words, act in (("改名", self._ask_to_rename), ("删除", self._ask_to_remove)):
            part = menu.addMenu(words)
            part.setEnabled(bool(views))
            for view in views:
                part.addAction(view.name.replace("&", "&&"), partial(act, view.name))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _ask_to_save(self) -> None:
        def take(texts: Mapping[str, str]) -> None:
            view = replace(self._now(), name=texts["name"].strip())
            self._views.save(view)
            self.kept.emit(key_of(view))

        self._ask("保存视图", "保存", take, "", "保存现在的筛选、排序和列；同名的视图会被替换。")

    def _ask_to_rename(self, old: str) -> None:
        def take(texts: Mapping[str, str]) -> None:
            self._views.rename(old, texts["name"])
            self.kept.emit("")

        self._ask(f"视图“{old}”改名", "改名", take, old, "")

    def _ask_to_remove(self, name: str) -> None:
        words = "只删除这个视图，名册里的内容不变。"
        errors.ask(self, f"删除视图“{name}”？", "删除", partial(self._remove, name), words=words)

    def _remove(self, name: str) -> None:
        self._views.remove(name)
        self.kept.emit("")

    def _ask(
        self, title: str, deed: str, take: Callable[[Mapping[str, str]], None], text: str, words: str
    ) -> None:
        from desktop.views.widgets.typed_dialog import TypedDialog

        dialog = TypedDialog(title, deed, [_NAME], _anything, take, self, words=words)
        dialog.fill({"name": text})
        dialog.begin("name")


def _anything(_field: str, text: str) -> Reading:
    return Reading(text)
