"""What a file is by its content, and whether it is small enough, before any parser sees it."""

from __future__ import annotations

import re
from enum import Enum, auto
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from desktop.models.workbooks.refusals import (
    EncryptedWorkbookError,
    LargeWorkbookError,
    NotWorkbookError,
    UnreadableWorkbookError,
    WebPageError,
)
from desktop.models.workbooks.sheets import Limits

DAMAGED = "文件已损坏或没有拷贝完整"

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB] 2.2
_BARE_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")  # .xls of before 1995
_WEB_PAGE = re.compile(rb"<(!doctype|html|head|meta|table|style|body|div|\?xml)|mime-version:", re.IGNORECASE)
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]|^%PDF-")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Kind(Enum):
    """What can be read."""

    XLSX = auto()
    XLS = auto()
    ODS = auto()
    TEXT = auto()  # separated values


def kind_of(file: str, data: bytes, limits: Limits) -> Kind:
    """Tell what a file holds; its name, ``file``, is only for the words.

    Raises:
        WorkbookError: nothing that can be read, or more than ``limits`` allow.
    """
    if data.startswith(_ZIP):
        return _kind_of_zip(file, data, limits)
    if data.startswith(_COMPOUND):
        return _kind_of_compound(file, data)
    if _BARE_BIFF.match(data):
        return Kind.XLS
    if data.startswith(_UTF_16):
        return Kind.TEXT
    start = data[:65536].removeprefix(b"\xef\xbb\xbf").lstrip()
    if _NOT_TEXT.search(start):
        raise NotWorkbookError(file)
    if _WEB_PAGE.match(start):
        raise WebPageError(file)
    return Kind.TEXT


def _kind_of_zip(file: str, data: bytes, limits: Limits) -> Kind:
    try:
        with ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            names = {part.filename.lower(): part for part in parts}
            manifest = names.get("meta-inf/manifest.xml")
            described = archive.read(manifest) if manifest and manifest.file_size < 1 << 20 else b""
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise UnreadableWorkbookError(file, DAMAGED) from error
    size = sum(part.file_size for part in parts)
    if len(parts) > limits.parts or size > limits.unpacked_bytes:
        raise LargeWorkbookError(file, f"解开后有 {len(parts)} 个部件、{size >> 20} MB")
    if b"encryption-data" in described or any(part.flag_bits & 1 for part in parts):
        raise EncryptedWorkbookError(file)
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if b"opendocument.spreadsheet" in described:
        return Kind.ODS
    raise NotWorkbookError(file)


def _kind_of_compound(file: str, data: bytes) -> Kind:
    """A cut file may have lost the name of its workbook stream, so only other streams tell against it."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedWorkbookError(file)
    if "Workbook".encode("utf-16-le") in data:
        return Kind.XLS
    if any(name.encode("utf-16-le") in data for name in ("WordDocument", "PowerPoint Document")):
        raise NotWorkbookError(file)
    return Kind.XLS
