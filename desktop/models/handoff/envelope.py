"""The outside of every file that is handed over: head, frames, signature, footer; every byte is covered."""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from desktop.models.errors import DesktopError
from desktop.models.handoff.canonical import NotCanonicalError
from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.header import LARGEST_CONTENT, LARGEST_HEADER, LARGEST_OPEN, Header
from desktop.models.handoff.keys import UnitKeys, holds
from desktop.models.handoff.sealing import SEALED_KEY, TAG

MAGIC = b"\x89TYBS\r\n\x1a"  # a copy that changes line ends or the eighth bit does not keep it
FORMAT = 1
SUITE = 1  # Ed25519; HPKE with X25519, HKDF-SHA256, ChaCha20-Poly1305. 2 is kept for SM2, SM3, SM4
CONTENT = 64 << 10  # bytes of content in every frame but the last
SIGNATURE, FOOTER = 64, 32  # bytes
_FRONT = struct.Struct(">8sHHI")  # magic, format, suite, length of the header
_LENGTH = struct.Struct(">I")  # of a frame; the highest bit marks the last
_LAST = 1 << 31
TAIL = SIGNATURE + FOOTER
_BLOCK = 1 << 20


class UnreadableFileError(DesktopError):
    """The file cannot be read to its end."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"“{path.name}”读不出来，U盘可能已拔出或已损坏。请重新插好再试，仍不行就换一个U盘重新生成。"
            if path.exists()
            else f"找不到文件“{path.name}”，U盘可能已拔出，或文件已被移动、改名。请插好U盘，重新选择文件。"
        )


@dataclass(frozen=True, slots=True)
class Envelope:
    """A file whose outside is in order. Nothing says yet who wrote it: see ``is_signed_by``."""

    path: Path
    header: Header
    head: bytes  # front and header as they are in the file
    sealed_key: bytes  # empty for what anybody may read
    frames: tuple[int, int]  # where they begin and end in the file
    signed: bytes  # SHA-256 of everything before the signature
    signature: bytes
    hash: str  # the footer, hexadecimal: the name of this file among all

    def is_signed_by(self, signing: str) -> bool:
        """Whether the owner of the public key signed this file."""
        return holds(self.signature, signing, "file", self.signed)


class Sink(Protocol):
    """What a file is written to: nothing more is asked of it."""

    def write(self, data: bytes, /) -> object:
        """Take all of the bytes.

        Raises:
            OSError: it cannot.
        """


class EnvelopeWriter:
    """Writes a file from front to end, without going back; a sealed or an open one."""

    def __init__(self, stream: Sink, head: bytes, sealed_key: bytes) -> None:
        self._stream = stream
        self._sum = hashlib.sha256()
        self._write(head)
        self._write(_LENGTH.pack(len(sealed_key)) + sealed_key)

    def frame(self, content: bytes, last: bool) -> None:
        """Add a frame as it is to stand in the file."""
        self._write(_LENGTH.pack(len(content) | (_LAST if last else 0)) + content)

    def finish(self, sender: UnitKeys) -> str:
        """Sign, close with the footer, and return the file's hash."""
        self._write(sender.sign("file", self._sum.digest()))
        footer = self._sum.digest()
        self._stream.write(footer)
        return footer.hex()

    def _write(self, data: bytes) -> None:
        self._sum.update(data)
        self._stream.write(data)


def head_of(header: Header) -> bytes:
    """Front and header, as a file begins."""
    spelt = header.to_bytes()
    return _FRONT.pack(MAGIC, FORMAT, SUITE, len(spelt)) + spelt


def read_envelope(path: Path) -> Envelope:
    """Read a file once, in blocks, and look at nothing but its outside and its header.

    Raises:
        RefusedFileError: it is not whole, not ours, of a newer format or too large.
        UnreadableFileError: the disk does not give it.
    """
    try:
        with path.open("rb") as file:
            return _read_envelope(path, file)
    except OSError as error:
        raise UnreadableFileError(path) from error


def header_said(path: Path) -> Header | None:
    """The header of a file of which nothing is proven, to put files in order by; None where there is none to read."""
    try:
        with path.open("rb") as file:
            front = file.read(_FRONT.size).ljust(_FRONT.size, b"\0")
            return Header.from_bytes(file.read(min(_FRONT.unpack(front)[3], LARGEST_HEADER)))
    except (OSError, NotCanonicalError, RefusedFileError):
        return None


def frames_of(file: BinaryIO, begin: int, end: int) -> Iterator[tuple[bytes, bool]]:
    """The frames between two places of a file, each with whether it is the last.

    Raises:
        RefusedFileError: there is something else there: the file has changed since it was checked.
    """
    file.seek(begin)
    last = False
    while not last:
        (length,) = _LENGTH.unpack(file.read(_LENGTH.size).ljust(_LENGTH.size, b"\0"))
        last = bool(length & _LAST)
        frame = file.read(min(length & ~_LAST, CONTENT + TAG))
        if len(frame) != length & ~_LAST or file.tell() > end or (last and file.tell() != end):
            raise RefusedFileError(Code.DAMAGED)
        yield frame, last


def _read_envelope(path: Path, file: BinaryIO) -> Envelope:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    front = file.read(_FRONT.size)
    if not MAGIC.startswith(front[: len(MAGIC)]):
        raise RefusedFileError(Code.NOT_OURS)
    if size > LARGEST_CONTENT:
        raise RefusedFileError(Code.TOO_LARGE)
    if size < _FRONT.size + _LENGTH.size * 2 + TAIL:
        raise RefusedFileError(Code.TRUNCATED)
    signed, signature, footer, actual = _sums(file, size)
    if footer != actual:  # first: of a damaged copy nothing else is worth saying
        raise RefusedFileError(Code.TRUNCATED if _runs_out(file, size) else Code.DAMAGED)
    _, format_number, suite, length = _FRONT.unpack(front)
    if format_number > FORMAT or suite > SUITE:
        raise RefusedFileError(Code.NEWER_FORMAT)
    if length > LARGEST_HEADER:
        raise RefusedFileError(Code.TOO_LARGE)
    # From here on the copy is what was written: what is wrong now was written so, and not by this program.
    file.seek(_FRONT.size)
    spelt = file.read(length)
    try:
        header = Header.from_bytes(spelt)
    except NotCanonicalError as error:
        raise RefusedFileError(Code.FORGED) from error
    if size > LARGEST_OPEN and not header.kind.is_sealed:
        raise RefusedFileError(Code.TOO_LARGE)
    sealed_key, begin = _sealed_key(file)
    if (
        (format_number, suite) != (FORMAT, SUITE)
        or len(sealed_key) != (SEALED_KEY if header.kind.is_sealed else 0)
        or _end_of_frames(file, begin, size) != size - TAIL
    ):
        raise RefusedFileError(Code.FORGED)
    frames = (begin, size - TAIL)
    return Envelope(path, header, front + spelt, sealed_key, frames, signed, signature, footer.hex())


def _sums(file: BinaryIO, size: int) -> tuple[bytes, bytes, bytes, bytes]:
    """What was signed, the signature, the footer, and what the footer should be."""
    file.seek(0)
    total = hashlib.sha256()
    left = size - TAIL
    while left:
        block = file.read(min(left, _BLOCK))
        if not block:
            raise OSError("the file became shorter while it was read")
        total.update(block)
        left -= len(block)
    signed = total.digest()
    signature, footer = file.read(SIGNATURE), file.read(FOOTER)
    total.update(signature)
    return signed, signature, footer, total.digest()


def _runs_out(file: BinaryIO, size: int) -> bool:
    """Whether a damaged file ends before its parts do."""
    file.seek(0)
    length = _FRONT.unpack(file.read(_FRONT.size))[3]
    if length > LARGEST_HEADER:
        return False
    file.seek(_FRONT.size + length)
    _, begin = _sealed_key(file)
    end = _end_of_frames(file, begin, size)
    return end is not None and end + TAIL > size


def _sealed_key(file: BinaryIO) -> tuple[bytes, int]:
    """The sealed key, which stands where the file is now, and where the frames begin after it."""
    (length,) = _LENGTH.unpack(file.read(_LENGTH.size).ljust(_LENGTH.size, b"\0"))
    sealed_key = file.read(min(length, SEALED_KEY + 1))
    return sealed_key, file.tell()


def _end_of_frames(file: BinaryIO, begin: int, size: int) -> int | None:
    """Where the frames end, or would if the file went on; None where there is something else."""
    place, last = begin, False
    while not last:
        file.seek(place)
        word = file.read(_LENGTH.size)
        if len(word) < _LENGTH.size:
            return size + 1
        (length,) = _LENGTH.unpack(word)
        last = bool(length & _LAST)
        length &= ~_LAST
        if length > CONTENT + TAG or (not last and length < CONTENT):
            return None
        place += _LENGTH.size + length
    return place
