"""Saved views (视图): the conditions, order and columns of a page under a name, kept in the office's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from desktop.models.errors import DesktopError
from desktop.models.services.settings import SettingsService


class ViewNameError(DesktopError):
    """A view cannot be called so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """What a page shows, apart from the unit and the day; fields as in ``RosterQuery``."""

    name: str
    search: str = ""
    chip: str = "all"
    filters: tuple[tuple[str, frozenset[str]], ...] = ()
    sort: tuple[str, bool] | None = None
    columns: Mapping[str, Any]  # as the page's layout is kept


class SavedViews:
    """The saved views of one page, in the order they were made."""

    def __init__(self, settings: SettingsService, page: str) -> None:
        self._settings = settings
        self._setting = f"view.{page}.saved"

    def all(self) -> list[SavedView]:
        """Every one."""
        return [_from_json(data) for data in self._settings.get(self._setting, [])]

    def save(self, view: SavedView) -> None:
        """Keep a view; one of the same name is replaced where it stands.

        Raises:
            ViewNameError: it has no name.
        """
        view = replace(view, name=_checked(view.name))
        views = {each.name: each for each in self.all()} | {view.name: view}
        self._keep(list(views.values()))

    def rename(self, old: str, new: str) -> None:
        """Call a view otherwise.

        Raises:
            ViewNameError: there is no new name, or another view has it.
        """
        new, views = _checked(new), self.all()
        if new != old and new in {each.name for each in views}:
            raise ViewNameError(f"已经有叫“{new}”的视图，请换个名称。")
        self._keep([replace(each, name=new) if each.name == old else each for each in views])

    def remove(self, name: str) -> None:
        """Forget a view."""
        self._keep([each for each in self.all() if each.name != name])

    def _keep(self, views: list[SavedView]) -> None:
        self._settings.set(self._setting, [_to_json(each) for each in views])


def _checked(name: str) -> str:
    if not name.strip():
        raise ViewNameError("请给视图起个名称。")
    return name.strip()


def _to_json(view: SavedView) -> dict[str, Any]:
    filters = {field: sorted(texts) for field, texts in view.filters}
    return {
        "name": view.name,
        "search": view.search,
        "chip": view.chip,
        "filters": filters,
        "sort": view.sort,
        "columns": dict(view.columns),
    }


def _from_json(data: Mapping[str, Any]) -> SavedView:
    filters = tuple((field, frozenset(texts)) for field, texts in data["filters"].items())
    sort = tuple(data["sort"]) if data["sort"] else None
    return SavedView(**{**data, "filters": filters, "sort": sort})
