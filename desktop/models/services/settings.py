"""Settings of an office (设置): small values kept in the store, so that none lies about in plain text."""

from __future__ import annotations

from pathlib import Path

from desktop.models.database.settings import Settings
from desktop.models.database.store import Store

FONT_SIZES = (10, 12, 14)
SECTOR_WORDS = ("两新", "三新", "新兴领域")  # titles are written with the first
DEPARTMENTS = ("市委社会工作部", "市委组织部")


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
    def sector_word(self) -> str:
        """What the new sector is called here: SECTOR_WORDS, or as the office writes it."""
        return str(self.get("new_sector.word", SECTOR_WORDS[0]))

    @sector_word.setter
    def sector_word(self, word: str) -> None:
        self.set("new_sector.word", word.strip() or SECTOR_WORDS[0])

    @property
    def sector_department(self) -> str:
        """主管部门 of the new sector: DEPARTMENTS, or as the office writes it."""
        return str(self.get("new_sector.department", DEPARTMENTS[0]))

    @sector_department.setter
    def sector_department(self, name: str) -> None:
        self.set("new_sector.department", name.strip() or DEPARTMENTS[0])

    def worded(self, text: str) -> str:
        """A title of ours (两新组织台账) with what the new sector is called here."""
        return text.replace(SECTOR_WORDS[0], self.sector_word)

    @property
    def signature(self) -> str:
        """The unit printed after 填报单位 (落款单位); empty: made from the unit's name."""
        return str(self.get("signature", ""))

    @signature.setter
    def signature(self, text: str) -> None:
        self.set("signature", text.strip())
