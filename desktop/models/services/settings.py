"""Settings of an office (设置): small values kept in the store, so that none lies about in plain text."""

from __future__ import annotations

from pathlib import Path

from desktop.models.database.settings import Settings
from desktop.models.database.store import Store

FONT_SIZES = (10, 12, 14)


class SettingsService(Settings):
    """Reads and writes settings by name; the well-known ones have properties."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._store = store

    @property
    def unit(self) -> str:
        """The code of the township or city whose office this is."""
        return str(self.get("unit"))

    @property
    def operator(self) -> str:
        """Who works at this PC (操作人); it stands in every change set."""
        return str(self.get("operator", ""))

    @operator.setter
    def operator(self, name: str) -> None:
        self.set("operator", name.strip())
        self._store.operator = name.strip()

    @property
    def backup_folder(self) -> Path | None:
        """Where backups go beside the data folder; None: only there."""
        folder = self.get("backup_folder")
        return Path(folder) if folder else None

    @backup_folder.setter
    def backup_folder(self, folder: Path | None) -> None:
        self.set("backup_folder", str(folder.resolve()) if folder else None)

    @property
    def font_size(self) -> int:
        """Body size of the window in points: one of FONT_SIZES."""
        size = int(self.get("font_size", FONT_SIZES[0]))
        return size if size in FONT_SIZES else FONT_SIZES[0]

    @font_size.setter
    def font_size(self, size: int) -> None:
        self.set("font_size", size)

    @property
    def signature(self) -> str:
        """The unit printed after 填报单位 (落款单位); empty: made from the unit's name."""
        return str(self.get("signature", ""))

    @signature.setter
    def signature(self, text: str) -> None:
        self.set("signature", text.strip())
