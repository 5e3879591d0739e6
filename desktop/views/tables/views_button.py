"""The button of saved views: choose one, save what is shown under a name, rename, remove."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from desktop.models.domain.fields import TEXT, Field
from desktop.models.domain.reading import Reading
from desktop.models.services.saved_views import SavedView, SavedViews
from desktop.views import errors

_NAME = Field(name="name", label="视图名称", kind=TEXT)


class ViewsButton(QPushButton):
    """``chosen`` carries a SavedView; ``now`` tells what the page shows."""

    chosen = Signal(object)

    def __init__(self, views: SavedViews, now: Callable[[], SavedView], parent: QWidget) -> None:
        super().__init__("视图 ▾", parent)
        self.setProperty("look", "chip")
        self.setToolTip("把现在的筛选、排序和列存起来，以后一点就回到这个样子")
        self.setAccessibleName("保存的视图")
        self._views = views
        self._now = now
        self.clicked.connect(self.open_menu)

    def open_menu(self) -> None:
        """Open the list below the button."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        views = self._views.all()
        for view in views:
            menu.addAction(view.name.replace("&", "&&"), partial(self.chosen.emit, view))
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
            self._views.save(replace(self._now(), name=texts["name"]))

        self._ask("保存视图", "保存", take, "", "保存现在的筛选、排序和列；同名的视图会被替换。")

    def _ask_to_rename(self, old: str) -> None:
        def take(texts: Mapping[str, str]) -> None:
            self._views.rename(old, texts["name"])

        self._ask(f"视图“{old}”改名", "改名", take, old, "")

    def _ask_to_remove(self, name: str) -> None:
        deed = partial(self._views.remove, name)
        errors.ask(self, f"删除视图“{name}”？", "删除", deed, words="只删除这个视图，名册里的内容不变。")

    def _ask(
        self, title: str, deed: str, take: Callable[[Mapping[str, str]], None], text: str, words: str
    ) -> None:
        from desktop.views.widgets.typed_dialog import TypedDialog

        dialog = TypedDialog(title, deed, [_NAME], _anything, take, self, words=words)
        dialog.fill({"name": text})
        dialog.begin("name")


def _anything(_field: str, text: str) -> Reading:
    return Reading(text)
