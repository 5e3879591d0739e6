"""Attachments' bytes (附件): one encrypted file for each content, under its SHA-256, whole or not there."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from desktop.models.database.connection import StoreKey
from desktop.models.database.files import forget_leftovers, write_whole
from desktop.models.errors import DesktopError

LARGEST = 32 << 20  # bytes: a file is sealed and opened in memory, as a whole
_MAGIC = b"TYA1"  # format, then nonce, then what AES-256-GCM makes of the content
_NONCE = 12
_PURPOSE = b"touyan attachments 1"


class MissingAttachmentError(DesktopError):
    """The file is not in the data folder."""

    def __init__(self) -> None:
        super().__init__("附件的文件不在数据文件夹里，可能被移走或删除了。请从备份恢复。")


class DamagedAttachmentError(DesktopError):
    """The file is not what was written."""

    def __init__(self) -> None:
        super().__init__("附件的文件已损坏，打不开。请从备份恢复，或重新添加这个附件。")


class LargeAttachmentError(DesktopError):
    """More bytes than are taken."""

    def __init__(self, name: str) -> None:
        super().__init__(f"“{name}”超过 {LARGEST >> 20} MB，没有添加。请压缩或分成几个文件后再试。")


class AttachmentFiles:
    """The folder of attachments of one store. A content is written once, whoever adds it again.

    The key is made of the store's (HKDF-SHA256, RFC 5869); each file is bound to its name.
    """

    def __init__(self, folder: Path, key: StoreKey) -> None:
        self._folder = folder
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.secret)
        self._cipher = AESGCM(derived)

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
            nonce = secrets.token_bytes(_NONCE)
            write_whole(path, _MAGIC + nonce + self._cipher.encrypt(nonce, content, _bound(digest)))
        return digest

    def get(self, digest: str) -> bytes:
        """The content.

        Raises:
            MissingAttachmentError, DamagedAttachmentError: it is not there whole.
        """
        try:
            with self._path(digest).open("rb") as file:
                sealed = file.read(LARGEST + len(_MAGIC) + _NONCE + 17)
        except FileNotFoundError as error:
            raise MissingAttachmentError from error
        except OSError as error:
            raise DamagedAttachmentError from error
        start = len(_MAGIC) + _NONCE
        try:
            content = self._cipher.decrypt(sealed[len(_MAGIC) : start], sealed[start:], _bound(digest))
        except (InvalidTag, ValueError) as error:
            raise DamagedAttachmentError from error
        if not sealed.startswith(_MAGIC) or hashlib.sha256(content).hexdigest() != digest:
            raise DamagedAttachmentError
        return content

    def is_there(self, digest: str) -> bool:
        """Whether there is a file for a content, whatever is in it."""
        return self._path(digest).is_file()

    def forget_leftovers(self) -> None:
        """Remove what a writing that was cut short left, a day later."""
        for folder in self._folders():
            forget_leftovers(folder, "*.partial")

    def _folders(self) -> Iterator[Path]:
        if self._folder.is_dir():
            yield from (path for path in self._folder.iterdir() if path.is_dir())

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / digest


def _bound(digest: str) -> bytes:
    """What the seal vouches for besides the content: its format and its name."""
    return _MAGIC + bytes.fromhex(digest)
