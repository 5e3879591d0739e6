"""Attachments' bytes (附件): one encrypted file for each content, under its SHA-256, whole or not there."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.models.database.connection import StoreKey
from desktop.models.database.files import forget_leftovers, write_whole
from desktop.models.database.store import Store
from desktop.models.errors import DesktopError

LARGEST = 32 << 20  # bytes: a file is sealed and opened in memory, as a whole
_MAGIC = b"TYA1"  # format, then nonce, then what AES-256-GCM makes of the content
_NONCE = 12
_AROUND = len(_MAGIC) + _NONCE + 16  # bytes of a sealed file beside the content
_PURPOSE = b"touyan attachments 1"


class MissingAttachmentError(DesktopError):
    """The file is not in the data folder."""

    def __init__(self) -> None:
        super().__init__("附件的文件不在数据文件夹里，可能被移走或删除了。请从备份恢复，或重新添加这个附件。")


class DamagedAttachmentError(DesktopError):
    """The file is not what was written."""

    def __init__(self) -> None:
        super().__init__("附件的文件已损坏，打不开。请从备份恢复，或重新添加这个附件。")


class LargeAttachmentError(DesktopError):
    """More bytes than are taken."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”超过 {LARGEST >> 20} MB，没有添加。请压缩或分成几个文件后再试。")


class _Seal:
    """Encrypts under a key that is made of the store's (HKDF-SHA256, RFC 5869); each content is bound to a name."""

    def __init__(self, key: StoreKey) -> None:
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.secret)
        self._cipher = AESGCM(derived)

    def close(self, content: bytes, name: bytes) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return _MAGIC + nonce + self._cipher.encrypt(nonce, content, _MAGIC + name)

    def open(self, sealed: bytes, name: bytes) -> bytes:
        """Raises DamagedAttachmentError where it is not what was sealed under that name."""
        start = len(_MAGIC) + _NONCE
        try:
            content = self._cipher.decrypt(sealed[len(_MAGIC) : start], sealed[start:], _MAGIC + name)
        except (InvalidTag, ValueError) as error:
            raise DamagedAttachmentError from error
        if not sealed.startswith(_MAGIC):
            raise DamagedAttachmentError
        return content


class AttachmentFiles:
    """The folder of attachments of one store. A content is written once, whoever adds it again."""

    def __init__(self, folder: Path, key: StoreKey) -> None:
        self._folder = folder
        self._seal = _Seal(key)

    def put(self, content: bytes) -> str:
        """Write a content unless it is there, and return its SHA-256.

        Raises:
            OSError: the disk is full or does not keep what is written.
        """
        digest = hashlib.sha256(content).hexdigest()
        path = self._path(digest)
        try:
            self.get(digest)
        except (MissingAttachmentError, DamagedAttachmentError):  # one left by another store does not count
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, self._seal.close(content, bytes.fromhex(digest)))
        return digest

    def get(self, digest: str) -> bytes:
        """The content.

        Raises:
            MissingAttachmentError, DamagedAttachmentError: it is not there whole.
        """
        try:
            with self._path(digest).open("rb") as file:
                sealed = file.read(LARGEST + _AROUND + 1)
        except FileNotFoundError as error:
            raise MissingAttachmentError from error
        except OSError as error:
            raise DamagedAttachmentError from error
        content = self._seal.open(sealed, bytes.fromhex(digest))
        if hashlib.sha256(content).hexdigest() != digest:
            raise DamagedAttachmentError
        return content

    def look_at(self, digest: str, size: int) -> None:
        """See that there is a file as long as a content of ``size`` bytes makes it, without reading it.

        Raises:
            MissingAttachmentError, DamagedAttachmentError: there is none, or it is longer or shorter.
        """
        try:
            found = self._path(digest).stat().st_size
        except OSError as error:
            raise MissingAttachmentError from error
        if found != size + _AROUND:
            raise DamagedAttachmentError

    def digests(self) -> set[str]:
        """Of every file in the folder, what it is called."""
        return {path.name for folder in self._folders() for path in folder.iterdir() if not path.suffix}

    def forget_leftovers(self) -> None:
        """Remove what a writing that was cut short left, a day later."""
        for folder in self._folders():
            forget_leftovers(folder, "*.partial")

    def _folders(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from (path for path in self._folder.iterdir() if path.is_dir())

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


class ThumbnailFiles:
    """Small pictures made of attachments, sealed as they are. All may be lost: they are made again."""

    def __init__(self, folder: Path, key: StoreKey) -> None:
        self._folder = folder
        self._seal = _Seal(key)

    def get(self, digest: str, longest: int) -> bytes | None:
        """What was kept of a content in a size; None where nothing is, or nothing whole."""
        try:
            return self._seal.open(self._path(digest, longest).read_bytes(), _small(digest, longest))
        except (OSError, DamagedAttachmentError):
            return None

    def put(self, digest: str, longest: int, small: bytes) -> None:
        """Keep one; a disk that takes no more costs time later and nothing else."""
        path = self._path(digest, longest)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self._seal.close(small, _small(digest, longest)))

    def forget_others(self, digests: Collection[str]) -> None:
        """Remove those of contents that are not among these."""
        for path in self._folder.glob("*/*"):
            if path.stem not in digests:
                path.unlink(missing_ok=True)

    def _path(self, digest: str, longest: int) -> Path:
        return self._folder / digest[:2] / f"{digest}.{longest}"


def _small(digest: str, longest: int) -> bytes:
    return bytes.fromhex(digest) + longest.to_bytes(4)


def looks(store: Store) -> list[tuple[str, str]]:
    """The ids and looks of all pictures that have one."""
    found: list[tuple[str, str]] = store.db.conn.execute(
        "SELECT id, look FROM attachment WHERE look IS NOT NULL"
    ).fetchall()
    return found


def named_digests(store: Store) -> set[str]:
    """Of all contents that a record names, or did before a change that can be taken back."""
    return {digest for (digest,) in store.db.conn.execute("SELECT sha256 FROM attachment_version")}
