"""What is inside a file: rows of registers as compressed lines, then attachments; written and read as a stream."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any, BinaryIO

from desktop.models.database.attachments import LARGEST as LARGEST_ATTACHMENT
from desktop.models.handoff.canonical import NotCanonicalError, canonical, read_json
from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.envelope import (
    CONTENT,
    TAIL,
    Envelope,
    EnvelopeWriter,
    Sink,
    UnreadableFileError,
    frames_of,
    head_of,
)
from desktop.models.handoff.header import Header
from desktop.models.handoff.keys import PublicKeys, UnitKeys
from desktop.models.handoff.sealing import Cipher, NoCipher, NotForUsError, new_cipher, open_cipher

LONGEST_LINE = 1 << 20  # bytes
_BLOCK = 1 << 18
_LEVEL = 6  # rows shrink to a tenth; attachments are pictures and documents, which do not shrink, and stay as they are

Row = Mapping[str, Any]  # a JSON object


@dataclass(frozen=True, slots=True)
class Attachment:
    """One content that goes along; rows refer to it by its SHA-256 (hexadecimal)."""

    sha256: str
    bytes: int


def pack(
    stream: Sink,
    header: Header,
    sender: UnitKeys,
    rows: Mapping[str, Iterable[Row]],
    attachments: Sequence[Attachment] = (),
    content: Callable[[str], bytes] = lambda sha256: b"",
) -> str:
    """Write a file and return its hash. Rows are asked for once, in the header's order; ``content`` by SHA-256.

    Raises:
        ValueError: rows, attachments or keys are not what the header says, or it says what no header does.
        RefusedFileError: it is more than we take.
        OSError: the disk takes no more.
    """
    if header.signer != sender.public.signing:
        raise ValueError("the header names another signer")
    head = head_of(Header.from_bytes(header.to_bytes()))  # what nobody could read is not written
    sealed_key: bytes = b""
    cipher: Cipher | NoCipher = NoCipher()
    if header.kind.is_sealed:
        recipient = PublicKeys(header.signer, header.recipient_key)
        sealed_key, cipher = new_cipher(recipient.sealing_key(), head)
    envelope = EnvelopeWriter(stream, head, sealed_key)
    frames = _Frames(envelope, cipher)
    squeeze = zlib.compressobj(_LEVEL)
    for line in _lines_of(header, rows, attachments):
        frames.write(squeeze.compress(line))
    frames.write(squeeze.flush())
    for each in attachments:
        data = content(each.sha256)
        if len(data) != each.bytes:
            raise ValueError(f"attachment {each.sha256} is of another size")
        frames.write(data)
    frames.close()
    return envelope.finish(sender)


def pack_rows(stream: Sink, header: Header, sender: UnitKeys, rows: Mapping[str, Sequence[Row]]) -> str:
    """Write a small file whose header says nothing of its rows yet, and return its hash."""
    registers = tuple((register, len(each)) for register, each in rows.items())
    return pack(stream, replace(header, registers=registers), sender, rows)


class _Frames:
    """Cuts a stream into frames of one size; what is left is the last."""

    def __init__(self, envelope: EnvelopeWriter, cipher: Cipher | NoCipher) -> None:
        self._envelope = envelope
        self._cipher = cipher
        self._waiting = bytearray()
        self._index = 0

    def write(self, data: bytes) -> None:
        self._waiting += data
        while len(self._waiting) >= CONTENT:
            self._put(bytes(self._waiting[:CONTENT]), last=False)
            del self._waiting[:CONTENT]

    def close(self) -> None:
        self._put(bytes(self._waiting), last=True)

    def _put(self, content: bytes, last: bool) -> None:
        self._envelope.frame(self._cipher.seal(self._index, last, content), last)
        self._index += 1


def _lines_of(
    header: Header, rows: Mapping[str, Iterable[Row]], attachments: Sequence[Attachment]
) -> Iterator[bytes]:
    """The rows of each register in the header's order, then a line for each attachment."""
    for register, count in header.registers:
        written = 0
        for row in rows[register]:
            line = canonical(row)
            if len(line) > LONGEST_LINE:
                raise RefusedFileError(Code.TOO_LARGE)
            yield line + b"\n"
            written += 1
        if written != count:
            raise ValueError(f"{written} rows of {register} instead of {count}")
    said = header.attachments
    if (len(attachments), sum(each.bytes for each in attachments)) != (said.count, said.bytes):
        raise ValueError("other attachments than the header says")
    for each in attachments:
        yield canonical(asdict(each)) + b"\n"


class Content:
    """What is inside a file that was verified. Read the rows first, then the attachments; each once.

    Whatever is inside is checked as it is read: keep what you read apart until the end is reached.
    """

    def __init__(self, header: Header, contents: Iterator[bytes]) -> None:
        self._header = header
        self._contents = contents
        self._lines = self._inflated()
        self._after_rows = b""

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every row with the name of its register, in the header's order.

        Raises:
            RefusedFileError: what is inside is not what a package holds.
        """
        for register, count in self._header.registers:
            for _ in range(count):
                yield register, self._object()

    def attachments(self) -> Iterator[tuple[str, bytes]]:
        """Every attachment's SHA-256 and content.

        Raises:
            RefusedFileError: one is not what its line says, or the file does not end after the last.
        """
        listed = [_attachment(self._object()) for _ in range(self._header.attachments.count)]
        total = sum(each.bytes for each in listed)
        if total != self._header.attachments.bytes or next(self._lines, None) is not None:
            raise _malformed()
        rest = bytearray(self._after_rows)
        for each in listed:
            while len(rest) < each.bytes:
                rest += next(self._contents, b"") or _stop()
            data = bytes(rest[: each.bytes])
            del rest[: each.bytes]
            if hashlib.sha256(data).hexdigest() != each.sha256:
                raise _malformed()
            yield each.sha256, data
        if rest or next(self._contents, b""):
            raise _malformed()

    def _object(self) -> dict[str, Any]:
        try:
            value = read_json(next(self._lines, b""))
        except NotCanonicalError as error:
            raise _malformed() from error
        if not isinstance(value, dict):
            raise _malformed()
        return value

    def _inflated(self) -> Iterator[bytes]:
        """The lines, never more than a block of them at a time in memory, whatever they were squeezed from."""
        inflate = zlib.decompressobj()
        waiting = b""
        while not inflate.eof:
            block = inflate.unconsumed_tail or next(self._contents, b"")
            try:
                piece = inflate.decompress(block, _BLOCK)
            except zlib.error as error:
                raise _malformed() from error
            if not block and not piece:
                raise _malformed()
            *lines, waiting = (waiting + piece).split(b"\n")
            if max(map(len, (waiting, *lines))) > LONGEST_LINE:
                raise _malformed()
            yield from lines
        if waiting:
            raise _malformed()
        self._after_rows = inflate.unused_data


@contextmanager
def opened(envelope: Envelope, own: Sequence[UnitKeys]) -> Iterator[Content]:
    """Open a file that was verified, with whichever of our keys it is sealed to.

    Raises:
        RefusedFileError: it is sealed to none, or not the file that was verified any more.
        UnreadableFileError: the disk does not give it.
    """
    with _reading(envelope):
        file = envelope.path.open("rb")
    with file:
        if envelope.header.kind.is_sealed:
            contents = _contents(file, envelope, _cipher(envelope, own))
        else:  # nothing but the signature vouches for it: check and read the same bytes
            contents = _contents(io.BytesIO(_as_signed(envelope, file)), envelope, NoCipher())
        yield Content(envelope.header, contents)


@contextmanager
def _reading(envelope: Envelope) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnreadableFileError(envelope.path) from error


def read_rows(envelope: Envelope, own: Sequence[UnitKeys] = ()) -> dict[str, list[dict[str, Any]]]:
    """All rows of a small file that was verified, by register; it has no attachments.

    Raises:
        RefusedFileError, UnreadableFileError: as of :func:`opened`.
    """
    rows: dict[str, list[dict[str, Any]]] = {register: [] for register, _ in envelope.header.registers}
    with opened(envelope, own) as content:
        for register, row in content.rows():
            rows[register].append(row)
        for _ in content.attachments():
            raise _malformed()
    return rows


def _cipher(envelope: Envelope, own: Sequence[UnitKeys]) -> Cipher:
    for keys in own:
        if keys.public.sealing == envelope.header.recipient_key:
            try:
                return open_cipher(envelope.sealed_key, keys.sealing, envelope.head)
            except NotForUsError as error:
                raise _malformed() from error
    raise RefusedFileError(Code.WRONG_RECIPIENT)


def _as_signed(envelope: Envelope, file: BinaryIO) -> bytes:
    with _reading(envelope):
        data = file.read(envelope.frames[1] + TAIL)
    if hashlib.sha256(data[: envelope.frames[1]]).digest() != envelope.signed:
        raise RefusedFileError(Code.DAMAGED)
    return data


def _contents(file: BinaryIO, envelope: Envelope, cipher: Cipher | NoCipher) -> Iterator[bytes]:
    """What the frames hold, one after the other."""
    with _reading(envelope):
        for index, (frame, last) in enumerate(frames_of(file, *envelope.frames)):
            try:
                yield cipher.open(index, last, frame)
            except NotForUsError as error:  # verified a moment ago
                raise RefusedFileError(Code.DAMAGED) from error


def _attachment(line: dict[str, Any]) -> Attachment:
    if line.keys() != {"sha256", "bytes"}:
        raise _malformed()
    each = Attachment(**line)
    if (
        type(each.bytes) is not int
        or not 0 <= each.bytes <= LARGEST_ATTACHMENT
        or not isinstance(each.sha256, str)
    ):
        raise _malformed()
    return each


def _malformed() -> RefusedFileError:
    return RefusedFileError(
        Code.DAMAGED, "签名有效，但内容不合格式", "没有接收。请发送单位升级软件后重新生成。"
    )


def _stop() -> bytes:
    raise _malformed()
