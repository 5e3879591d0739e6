"""Backups (备份): one verified file each time, kept for 14 days and 12 months, and restored whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from errno import ENOENT
from pathlib import Path

from desktop.models.database.archive import (
    ArchiveError,
    Manifest,
    read_manifest,
    unpack_archive,
    write_archive,
)
from desktop.models.database.backup_names import backups_in, new_path, superfluous
from desktop.models.database.checking import Counts, check_thoroughly, count, unit_name
from desktop.models.database.connection import StoreKey
from desktop.models.database.copying import copy_store
from desktop.models.database.files import forget_leftovers
from desktop.models.database.keys import (
    KeyFile,
    KeyFileError,
    WrongPasswordError,
    dump_key_file,
    parse_key_file,
    unlock_with_either,
)
from desktop.models.database.layout import (
    ASIDE_PREFIX,
    ATTACHMENTS_NAME,
    BACKUPS_NAME,
    KEY_FILE_NAME,
    LOG_NAME,
    STORE_NAME,
)
from desktop.models.database.lock import FolderLock
from desktop.models.database.restoring import commit_restore, finish_restore_locked, prepare_restore
from desktop.models.database.roster import last_seq
from desktop.models.database.store import Store
from desktop.models.errors import DesktopError
from desktop.models.services.handoff_places import Places
from desktop.models.services.settings import SettingsService
from desktop.paths import temporary_folder

LAST_SEQ = "backup.seq"  # the setting that says which change set the latest backup reaches to


class RestoreRefusedError(DesktopError):
    """The backup cannot be read; the present data was not touched."""


class BackupPasswordError(WrongPasswordError):
    """Neither the present password nor the backup's own."""

    def __init__(self) -> None:
        DesktopError.__init__(
            self, "密码打不开这份备份。请输入现在的密码、做这份备份时的密码，或与它们一起打印的恢复码。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupResult:
    """How a backup went; ``path`` is None where none was made, ``in_place`` false where it is not in its folder."""

    path: Path | None
    in_place: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupInfo:
    """A backup that is there; of a state set aside by a restore or an upgrade the counts are not known."""

    path: Path
    made_at: datetime  # local
    reason: str
    counts: Counts | None
    size: int  # bytes
    ok: bool  # false: cut off or damaged
    foreign: bool = False  # of another store: another unit's, or one that was made anew


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreResult:
    """How a restore went."""

    counts: Counts
    aside: Path | None  # the folder that keeps what was there before
    other_password: bool  # the backup's own password and recovery code hold from now on
    words: str


class BackupService:
    """Makes and lists the backups of an open office."""

    def __init__(self, folder: Path, store: Store, settings: SettingsService) -> None:
        self._folder = folder
        self._local = folder / BACKUPS_NAME
        self._attachments = folder / ATTACHMENTS_NAME
        self._keys = folder / KEY_FILE_NAME
        self._temporary = temporary_folder(folder)
        self._store = store
        self._settings = settings

    def backup_now(self, reason: str) -> BackupResult:
        """Write a backup to the backup folder, or to the data folder where that one does not take it.

        Nothing is raised: closing and importing go on, and the words tell what is to be done.
        """
        try:
            with self._copied(reason) as (files, manifest):
                return self._written(files, manifest)
        except DesktopError as error:
            return BackupResult(path=None, in_place=False, words=f"没有备份成：{error}")
        except OSError:
            words = "没有备份成：写不进磁盘。请看看磁盘是否已满，再备份一次。"
            return BackupResult(path=None, in_place=False, words=words)

    def backup_if_changed(self, reason: str) -> BackupResult | None:
        """As ``backup_now``; None where the last backup, which is still there, is of this very state."""
        current = self._settings.get(LAST_SEQ) == last_seq(self._store)
        if current and any(map(backups_in, self._folders())):
            return None
        return self.backup_now(reason)

    def all(self) -> list[BackupInfo]:
        """Every backup in the backup folder and the data folder, the newest first."""
        backups = sorted((name for folder in self._folders() for name in backups_in(folder)), reverse=True)
        own = self._own
        return [_info(backup.path, backup.made_at, own) for backup in backups]

    def look(self, path: Path) -> BackupInfo:
        """A backup file of any name and place.

        Raises:
            ArchiveError: it is none, or is damaged.
            RestoreRefusedError: it went away.
        """
        try:
            manifest = read_manifest(path)
            return _described(path, manifest, manifest.made_at.astimezone(), self._own)
        except OSError as error:
            raise RestoreRefusedError(f"没有找到备份“{path}”，请检查备份盘是否接好。") from error

    @property
    def _own(self) -> str:
        """Which store this is, as its backups say."""
        return parse_key_file(self._keys.read_bytes()).store

    def present(self) -> Counts:
        """How much the office holds now, to set beside a backup before it is restored."""
        return count(self._store.db)

    def _folders(self) -> list[Path]:
        """Where backups are, the wanted place first."""
        return [folder for folder in (self._settings.backup_folder, self._local) if folder]

    @contextmanager
    def _copied(self, reason: str) -> Iterator[tuple[Path, Manifest]]:
        """A verified copy of the store beside its key file, for as long as it is packed."""
        forget_leftovers(self._temporary, "backup-*")
        with tempfile.TemporaryDirectory(prefix="backup-", dir=self._temporary) as name:
            files = Path(name)
            copy_store(self._store.db, files / STORE_NAME)
            shutil.copyfile(self._keys, files / KEY_FILE_NAME)
            store = parse_key_file((files / KEY_FILE_NAME).read_bytes()).store
            counts = check_thoroughly(files / STORE_NAME, self._store.key)
            yield (
                files,
                Manifest(store=store, made_at=datetime.now().astimezone(), reason=reason, counts=counts),
            )

    def _written(self, files: Path, manifest: Manifest) -> BackupResult:
        self._local.mkdir(exist_ok=True)
        wanted, *others = self._folders()
        try:
            path = _write(wanted, files, manifest, self._attachments)
        except (ArchiveError, OSError):
            if not others:
                raise
            path = _write(others[0], files, manifest, self._attachments)
            words = f"备份文件夹“{wanted}”不在、已满或写不进去，这次备份存在了本机：{path}。请接好备份盘，再备份一次。"
            return BackupResult(path=path, in_place=False, words=words)
        self._settings.set(LAST_SEQ, last_seq(self._store))
        return BackupResult(
            path=path, in_place=True, words=f"已备份到“{path}”，并核对无误。{self._say_lost()}"
        )

    def _say_lost(self) -> str:
        """Words on attachments that are not in the backup since they are not here, as far as a quick look tells."""
        from desktop.models.services.attachments import AttachmentsService  # not before there is a backup

        lost = len(AttachmentsService(self._store, self._folder).check(thoroughly=False))
        if not lost:
            return ""
        return f"但有 {lost} 个照片、附件的文件本来就不见或损坏了，这份备份里也没有，请到“设置”→“照片和附件”检查。"


def restore(source: Path, folder: Path, password: str) -> RestoreResult:
    """Put a backup in the place of a data folder's state, which is set aside; the office must be closed.

    ``password`` is the present one where the backup is of the same office, else the one it was made under; a
    recovery code does as well. ``source`` may also be a folder that was set aside before.

    Raises:
        RestoreRefusedError, ArchiveError, KeyFileError, BackupPasswordError: nothing was changed.
        AlreadyOpenError, UnsafeDiskError: as ``FolderLock``.
        DamagedStoreError, NewerStoreError: the store in the backup; nothing was changed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FolderLock(folder)
    try:
        finish_restore_locked(folder)
        prepared = prepare_restore(folder)
        try:
            _unpack(source, prepared)
            key, other_password = _unlocked(prepared / KEY_FILE_NAME, folder / KEY_FILE_NAME, password)
            counts = check_thoroughly(prepared / STORE_NAME, key)
            unit = unit_name(prepared / STORE_NAME, key)
        except BaseException:
            shutil.rmtree(prepared)
            raise
        aside = new_path(folder / BACKUPS_NAME, f"{ASIDE_PREFIX}restore", datetime.now())
        Places(folder).forget()  # what is handed over from now on is numbered in a new row
        commit_restore(folder, aside.name)
    finally:
        lock.release()
    return _told(unit, counts, aside if aside.exists() else None, other_password)


def _unpack(source: Path, target: Path) -> None:
    try:
        if not source.is_dir():
            unpack_archive(source, target)
            return
        for name in (STORE_NAME, KEY_FILE_NAME, LOG_NAME):
            if name != LOG_NAME or (source / name).exists():
                shutil.copyfile(source / name, target / name)
        if (source / ATTACHMENTS_NAME).is_dir():
            shutil.copytree(source / ATTACHMENTS_NAME, target / ATTACHMENTS_NAME)
    except FileNotFoundError as error:
        raise RestoreRefusedError(f"没有找到备份“{source}”，请检查备份盘是否接好。") from error
    except OSError as error:
        raise RestoreRefusedError(
            f"没有读完备份“{source}”。请检查备份盘，并看看本机磁盘是否已满。"
        ) from error


def _unlocked(own_path: Path, present_path: Path, password: str) -> tuple[StoreKey, bool]:
    """The backup's key, and whether its own password replaces another one that holds at present.

    Changing the password leaves the key: where the present key file opens the backup too, it stays.
    """
    own = parse_key_file(own_path.read_bytes())
    present = _readable_keys(present_path)
    if present and present.store == own.store:
        try:
            key = unlock_with_either(present, password)
        except WrongPasswordError:
            pass
        else:
            own_path.write_bytes(dump_key_file(present))
            return key, False
    try:
        return unlock_with_either(own, password), present not in (None, own)
    except WrongPasswordError as error:
        raise BackupPasswordError from error


def _readable_keys(path: Path) -> KeyFile | None:
    """A key file, if there is one that reads: what is about to be replaced may be damaged."""
    try:
        return parse_key_file(path.read_bytes())
    except (KeyFileError, OSError):
        return None


def _told(unit: str, counts: Counts, aside: Path | None, other_password: bool) -> RestoreResult:
    words = f"已恢复{unit}的备份：{counts.people} 人、{counts.changes} 次改动。"
    if aside:
        words += f"原来的数据留在“{aside}”。"
    if other_password:
        words += "这份备份另有密码：今后请用做备份时的密码和恢复码打开。"
    return RestoreResult(counts=counts, aside=aside, other_password=other_password, words=words)


def _write(folder: Path, files: Path, manifest: Manifest, attachments: Path) -> Path:
    """Write a backup into a folder that is there, and forget those it makes superfluous."""
    if not folder.is_dir():  # a disk that is not plugged in must not become a folder on this one
        raise FileNotFoundError(ENOENT, "no such folder", str(folder))
    path = new_path(folder, "touyan", manifest.made_at, ".tybak")
    write_archive(path, files, manifest, attachments)
    forget_leftovers(folder, "touyan-*.tybak.partial")
    for backup in superfluous(name for name in backups_in(folder) if _is_of(name.path, manifest.store)):
        if backup.path != path:  # not even where the clock was wrong
            backup.path.unlink(missing_ok=True)
    return path


def _is_of(path: Path, store: str) -> bool:
    """Whether a file is a backup of this store: others may share the folder, and a damaged one is left alone."""
    try:
        return path.is_file() and read_manifest(path).store == store
    except (ArchiveError, OSError):
        return False


def _info(path: Path, made_at: datetime, own: str) -> BackupInfo:
    if path.is_dir():
        reason = "恢复前留存" if path.name.startswith(f"{ASIDE_PREFIX}restore") else "升级前留存"
        size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
        return BackupInfo(path=path, made_at=made_at, reason=reason, counts=None, size=size, ok=True)
    try:
        return _described(path, read_manifest(path), made_at, own)
    except (ArchiveError, OSError):
        size = path.stat().st_size
        return BackupInfo(path=path, made_at=made_at, reason="", counts=None, size=size, ok=False)


def _described(path: Path, manifest: Manifest, made_at: datetime, own: str) -> BackupInfo:
    """A whole backup file, as it says itself."""
    return BackupInfo(
        path=path,
        made_at=made_at,
        reason=manifest.reason,
        counts=manifest.counts,
        size=path.stat().st_size,
        ok=True,
        foreign=manifest.store != own,
    )
