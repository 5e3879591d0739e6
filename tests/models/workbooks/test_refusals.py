"""Each file that cannot be read is refused in words of its own that name it and say what to do."""

from __future__ import annotations

import os
import pickle
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlwt

from desktop.models.errors import DesktopError
from desktop.models.workbooks.reading import WorkbookReader, read_sheets
from desktop.models.workbooks.refusals import (
    BusyFileError,
    EmptyFileError,
    EncryptedWorkbookError,
    LargeWorkbookError,
    MissingFileError,
    NotWorkbookError,
    UnreadableWorkbookError,
    WebPageError,
    WorkbookError,
)
from desktop.models.workbooks.sheets import Limits
from tests.models.workbooks.conftest import SAMPLES, Read
from tests.models.workbooks.packages import data, ods, row, xlsx, zipped

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def _stream(name: str) -> bytes:
    return _COMPOUND + name.encode("utf-16-le") + bytes(512)


def _encrypted_xls() -> bytes:
    """An .xls whose workbook stream says, in a FILEPASS record after the first one, that it is encrypted."""
    file = BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("表")
    book.save(file)
    content = file.getvalue()
    start = content.index(b"\x09\x08\x10\x00")  # BOF, 16 bytes
    after = start + 20
    return content[:after] + b"\x2f\x00\x02\x00\x00\x00" + content[after + 6 :]


def _encrypted_zip() -> bytes:
    content = bytearray(xlsx(data()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.index(signature)
        content[place + offset] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        pytest.param(b"<html><body><table><tr><td>1</td></tr></table>", WebPageError, id="html"),
        pytest.param(b"\xef\xbb\xbf\r\n <!DOCTYPE html><html>", WebPageError, id="html with a mark"),
        pytest.param(b"MIME-Version: 1.0\r\nContent-Type: multipart/related", WebPageError, id="mhtml"),
        pytest.param(b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>', WebPageError, id="xml table"),
        pytest.param(_stream("EncryptedPackage"), EncryptedWorkbookError, id="encrypted xlsx"),
        pytest.param(_encrypted_xls(), EncryptedWorkbookError, id="encrypted xls"),
        pytest.param(_encrypted_zip(), EncryptedWorkbookError, id="encrypted zip"),
        pytest.param(ods("", manifest="<m:encryption-data/>"), EncryptedWorkbookError, id="encrypted ods"),
        pytest.param(b"", EmptyFileError, id="no bytes"),
        pytest.param(b"\xef\xbb\xbf \r\n\t", EmptyFileError, id="white space"),
        pytest.param(_stream("WordDocument"), NotWorkbookError, id="doc"),
        pytest.param(zipped({"word/document.xml": "<w/>"}), NotWorkbookError, id="docx"),
        pytest.param(zipped({}), NotWorkbookError, id="empty zip"),
        pytest.param(b"%PDF-1.7\n\xe2\xe3\xcf\xd3", NotWorkbookError, id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", NotWorkbookError, id="picture"),
        pytest.param(_stream("Workbook"), UnreadableWorkbookError, id="damaged xls"),
        pytest.param(b"PK\x03\x04 and no more", UnreadableWorkbookError, id="damaged zip"),
        pytest.param((SAMPLES / "04-旧版.xls").read_bytes()[:6000], UnreadableWorkbookError, id="cut xls"),
        pytest.param("姓名,村\n张三,四岭子".encode()[:-1] * 3, UnreadableWorkbookError, id="cut UTF-8"),
        pytest.param(
            "姓名,村".encode("gb18030") + b"\xff\xff\xff", UnreadableWorkbookError, id="no encoding"
        ),
        pytest.param(
            xlsx(data()).replace(b"xl/workbook", b"xl/workb00k"), NotWorkbookError, id="renamed part"
        ),
    ],
)
def test_what_is_no_readable_workbook_is_refused_by_name(
    read: Read, content: bytes, refusal: type[WorkbookError]
) -> None:
    with pytest.raises(DesktopError, match="“报表") as caught:
        read(content)

    assert type(caught.value) is refusal


def test_a_missing_file_and_a_folder_are_refused_in_words(reader: WorkbookReader, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "没有.xlsx"):
        with pytest.raises(MissingFileError, match=path.name):
            reader.read(path)


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() == 0, reason="needs permissions that bind")
def test_a_file_that_may_not_be_read_is_refused_in_words(reader: WorkbookReader, tmp_path: Path) -> None:
    path = tmp_path / "锁住.xlsx"
    path.touch(mode=0)

    with pytest.raises(BusyFileError, match="“锁住"):
        reader.read(path)


@pytest.mark.parametrize(
    ("content", "limits", "words"),
    [
        pytest.param(b"x" * 2_000_000, Limits(file_bytes=1 << 20), "文件超过 1 MB", id="file"),
        pytest.param(
            zipped({"a": bytes(2 << 20)}), Limits(unpacked_bytes=1 << 20), "1 个部件、2 MB", id="unpacked"
        ),
        pytest.param(xlsx(data()), Limits(parts=3), "6 个部件", id="parts"),
        pytest.param(b"a,b\n" * 100, Limits(cells=100), "超过 51 行、2 列", id="text"),
    ],
)
def test_what_is_too_big_is_refused_before_a_parser_sees_it(
    tmp_path: Path, content: bytes, limits: Limits, words: str
) -> None:
    path = tmp_path / "大表"
    path.write_bytes(content)

    with pytest.raises(LargeWorkbookError, match=words):
        read_sheets(path, limits=limits)


def test_a_cell_far_away_is_named(read: Read) -> None:
    far = xlsx(data(row(1, '<c r="A1"><v>1</v></c>'), row(1048576, '<c r="XFD1048576"><v>2</v></c>')))

    with pytest.raises(LargeWorkbookError, match="“表一”的内容一直到第 1048576 行、XFD 列"):
        read(far)


def test_an_ods_that_repeats_a_value_forever_is_refused(read: Read) -> None:
    cell = (
        '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    )
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'

    with pytest.raises(LargeWorkbookError, match="“名册”的内容一直到第 1048576 行、第 16384 列"):
        read(ods(f'<table:table table:name="名册">{rows}</table:table>'))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_parts_of_one_name_are_all_counted(tmp_path: Path) -> None:
    path = tmp_path / "重名.xlsx"
    with ZipFile(path, "w") as archive:
        for _ in range(5):
            archive.writestr("xl/workbook.xml", "<workbook/>")

    with pytest.raises(LargeWorkbookError):
        read_sheets(path, limits=Limits(parts=4))


def test_a_refusal_crosses_to_another_process_whole() -> None:
    refusal = LargeWorkbookError("名册.xlsx", "文件超过 64 MB")
    refusal.add_note("where it was")

    copy = pickle.loads(pickle.dumps(refusal))

    assert type(copy) is LargeWorkbookError
    assert str(copy) == str(refusal)
    assert copy.__notes__ == ["where it was"]
