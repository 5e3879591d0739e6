"""An opened data folder (一个单位的数据): its store and its keys; how it is made, opened and closed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.models.database.connection import StoreKey
from desktop.models.database.files import move
from desktop.models.database.keys import (
    WeakPasswordError,
    change_recovery_code,
    check_password,
    create_keys,
    read_key_file,
    set_password,
    unlock,
    unlock_with_recovery,
    write_key_file,
)
from desktop.models.database.layout import (
    ATTACHMENTS_NAME,
    BACKUPS_NAME,
    KEY_FILE_NAME,
    LOCK_NAME,
    STORE_NAME,
)
from desktop.models.database.records import Records
from desktop.models.database.restoring import finish_restore
from desktop.models.database.store import Store, create_store, open_store
from desktop.models.errors import DesktopError
from desktop.models.registers.division import Division, DivisionKind
from desktop.models.services.divisions import preloaded
from desktop.models.services.history import FLOOR
from desktop.models.services.settings import SettingsService
from desktop.office_services import OfficeServices
from desktop.paths import temporary_folder

if TYPE_CHECKING:
    from desktop.models.services.backup import BackupResult

PASSWORD_VARIABLE = "TOUYAN_PASSWORD"  # never an argument, which others on the PC could see
LEVELS = {"township": DivisionKind.TOWNSHIP, "city": DivisionKind.CITY}
_FOLDERS = (ATTACHMENTS_NAME, BACKUPS_NAME)
_NOT_RECORDS = frozenset({"logs", "temporary", LOCK_NAME})  # may lie in a folder before there is an office


class NoOfficeError(DesktopError):
    """A folder holds no office."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"“{folder}”里没有台账数据。请先用 init 或 sample 建立，或用 --data 指明数据文件夹。"
        )


class OccupiedFolderError(DesktopError):
    """A new office cannot be made where something is already."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"“{folder}”里已有数据，不能在这里新建，以免覆盖。请换一个空文件夹。")


class UnwritableFolderError(DesktopError):
    """A new office's folder cannot be made or written."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"不能在“{folder}”里新建数据：没有写入权限，或磁盘已满。请换一个文件夹。")


class UnknownUnitError(DesktopError):
    """A code is no township or city of the list."""

    def __init__(self, code: str, level: str) -> None:
        is_township = level == "township"
        what, way = ("乡镇", "建市里的数据请加 --level city。") if is_township else ("市县", "")
        super().__init__(f"代码“{code}”不是区划表里的{what}，请核对 12 位区划代码。{way}")


class Office(OfficeServices):
    """One per process; ``worker`` opens it once more for another thread."""

    @staticmethod
    def exists(folder: Path) -> bool:
        """Whether a folder holds an office; a restore that was cut short is carried through first."""
        finish_restore(folder)
        return (folder / STORE_NAME).is_file() and (folder / KEY_FILE_NAME).is_file()

    @classmethod
    def create(
        cls, folder: Path, *, unit_code: str, level: str, password: str, backup_folder: Path | None = None
    ) -> tuple[Office, str]:
        """Make an office in an empty folder; return it and the recovery code, which is shown once.

        Raises:
            OccupiedFolderError, UnknownUnitError, UnwritableFolderError, WeakPasswordError: no office was made.
        """
        divisions = preloaded()
        if not any(d.code == unit_code and d.kind == LEVELS.get(level) for d in divisions):
            raise UnknownUnitError(unit_code, level)
        try:
            if _is_occupied(folder):
                raise OccupiedFolderError(folder)
            key, key_file, recovery_code = create_keys(password)
            making = temporary_folder(folder) / "making"
            shutil.rmtree(making, ignore_errors=True)
            making.mkdir()
            with create_store(making / STORE_NAME, key) as store:
                _fill(store, divisions, unit=unit_code, level=level, backup_folder=backup_folder)
            for name in _FOLDERS:
                (folder / name).mkdir(exist_ok=True)
            write_key_file(folder / KEY_FILE_NAME, key_file)
            move(making / STORE_NAME, folder / STORE_NAME)  # what has its own name is whole
            shutil.rmtree(making)
        except OSError as error:
            raise UnwritableFolderError(folder) from error
        return cls._opened(folder, key), recovery_code

    @classmethod
    def open(cls, folder: Path, password: str) -> Office:
        """Open an office.

        Raises:
            NoOfficeError, WrongPasswordError, AlreadyOpenError, NewerStoreError …: words for each.
        """
        _require(folder)
        key = unlock(read_key_file(folder / KEY_FILE_NAME), password)
        return cls._opened(folder, key)

    @classmethod
    def recover(cls, folder: Path, recovery_code: str, new_password: str) -> Office:
        """Open an office with the printed recovery code and set a new password."""
        _require(folder)
        key_file = read_key_file(folder / KEY_FILE_NAME)
        key = unlock_with_recovery(key_file, recovery_code)
        changed = set_password(key_file, key, new_password)
        office = cls._opened(folder, key)
        write_key_file(folder / KEY_FILE_NAME, changed)
        return office

    @classmethod
    def _opened(cls, folder: Path, key: StoreKey) -> Office:
        """An office with what this program has brought since the store was made."""
        office = cls(folder, open_store(folder / STORE_NAME, key))
        office.schemes.bring_proposals()
        return office

    def change_password(self, old: str, new: str) -> None:
        """Set a new password; the old one must be right."""
        key_file = read_key_file(self.folder / KEY_FILE_NAME)
        key = unlock(key_file, old)
        write_key_file(self.folder / KEY_FILE_NAME, set_password(key_file, key, new))

    def new_recovery_code(self, password: str) -> str:
        """Make a new recovery code to print; the one before opens nothing any more."""
        key_file = read_key_file(self.folder / KEY_FILE_NAME)
        changed, code = change_recovery_code(key_file, unlock(key_file, password))
        write_key_file(self.folder / KEY_FILE_NAME, changed)
        return code

    def fill_with_sample(self, today: date) -> None:
        """Fill a new office with people who do not exist, of an age to serve ``today``."""
        from desktop.models.services.sample import sample_party_forms, sample_people
        from desktop.models.services.sample_checklists import sample_checklists
        from desktop.models.services.sample_four_ones import sample_four_ones
        from desktop.models.services.sample_moves import sample_moves
        from desktop.models.services.sample_new_sector import sample_new_sector
        from desktop.models.services.sample_photos import sample_photos
        from desktop.models.services.sample_rally import sample_rally
        from desktop.models.services.sample_registers import sample_registers

        divisions = self.divisions.under(self.unit.code)
        people, terms = sample_people(divisions, today)
        more = sample_registers(divisions, people, terms, today)
        moves = sample_moves(divisions, terms, today)
        terms = [*(moves.changed.get(term.id, term) for term in terms), *moves.terms]
        new_sector = sample_new_sector(divisions, today)
        checklists = sample_checklists(new_sector.branches, today)
        forms = sample_party_forms(divisions)
        bodies = [replace(each, party_form=forms.get(each.code, each.party_form)) for each in divisions]
        four_ones = sample_four_ones(bodies, people, terms, today)
        photos = [
            record
            for owner, owner_id, files in sample_photos(
                checklists.items, four_ones.activities, city=self.level == "city"
            )
            for record in self.attachments.write(owner, owner_id, files)
        ]
        records = Records(self._store)
        with self._store.change("演示数据（虚构）") as seq:
            for inserted in (
                (*people, *more.people, *moves.people),
                terms,
                *more.records,
                *new_sector.records,
                *checklists.records,
                *four_ones.records,
                photos,
                *sample_rally(self.rallies.townships() if self.level == "city" else (), today),
            ):
                records.insert_many(inserted)
            changes: dict[str, dict[str, object]] = {
                code: {"approved_posts": count} for code, count in more.approved_posts.items()
            }
            for code, form in forms.items():
                changes[code]["party_form"] = str(form)
            records.update_many(Division, changes)
        self.settings.set("sample", True)
        self.settings.set(FLOOR, seq)

    def worker(self) -> Office:
        """The same office on a connection of its own, for one job in another thread; end it with ``release``."""
        return Office(self.folder, self._store.reopen())

    def release(self) -> None:
        """Close a worker's connection, or this office without a backup."""
        self._store.close()

    def close(self, *, backup: bool = True) -> BackupResult | None:
        """Close the office after a backup, where something changed since the last one."""
        result = None
        try:
            if backup:
                result = self.backups.backup_if_changed("关闭时")
        finally:
            self._store.close()
        return result


def unit_choices() -> tuple[Division, ...]:
    """The city and its townships, to choose from before there is a store."""
    return tuple(d for d in preloaded() if d.kind in (DivisionKind.CITY, DivisionKind.TOWNSHIP))


def password_problem(password: str) -> str | None:
    """Why a new password will not do, in words; None when it will."""
    try:
        check_password(password)
    except WeakPasswordError as error:
        return str(error)
    return None


def _fill(
    store: Store, divisions: Sequence[Division], *, unit: str, level: str, backup_folder: Path | None
) -> None:
    """What a new office has; none of it is ever taken back."""
    settings = SettingsService(store)
    settings.set("unit", unit)
    settings.set("level", level)
    settings.backup_folder = backup_folder
    with store.change("建立数据") as seq:
        Records(store).insert_many(divisions)
    settings.set(FLOOR, seq)


def _is_occupied(folder: Path) -> bool:
    """Whether there is anything but the start of an office that was cut short before it had any record."""
    if not folder.is_dir():
        return folder.exists()
    return any(
        entry.name not in _NOT_RECORDS and not (entry.name in _FOLDERS and not any(entry.iterdir()))
        for entry in folder.iterdir()
    )


def _require(folder: Path) -> None:
    if not Office.exists(folder):
        raise NoOfficeError(folder)
