"""What is inside a package: whole, private, streamed, and checked as it is read."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.models.handoff.canonical import NotCanonicalError, canonical, read_canonical
from desktop.models.handoff.codes import Code, RefusedFileError
from desktop.models.handoff.envelope import EnvelopeWriter, UnreadableFileError, head_of, read_envelope
from desktop.models.handoff.header import NOTICE, Attached, Header
from desktop.models.handoff.package import LONGEST_LINE, Attachment, opened, pack
from desktop.models.handoff.sealing import new_cipher
from desktop.models.handoff.verifying import Trust, verify
from tests.models.handoff.vectors import CITY, CITY_KEYS, ROOT, SCHEMA, TOWN_KEYS, package_header

TRUST = Trust(unit=CITY.code, keys=(CITY_KEYS,), root=ROOT, schema=SCHEMA)


def packed(path: Path, header: Header, *given: Any) -> Path:
    with path.open("wb") as file:
        pack(file, header, TOWN_KEYS, *given)
    return path


def hostile(path: Path, header: Header, content: bytes) -> Path:
    """A package as the township's own key could sign it, with any bytes inside."""
    head = head_of(header)
    sealed_key, cipher = new_cipher(CITY.keys.sealing_key(), head)
    with path.open("wb") as file:
        envelope = EnvelopeWriter(file, head, sealed_key)
        for index in range(0, len(content) + 1, 65536):
            last = index + 65536 > len(content)
            envelope.frame(cipher.seal(index // 65536, last, content[index : index + 65536]), last)
        envelope.finish(TOWN_KEYS)
    return path


def drained(path: Path) -> tuple[list[Any], list[Any]]:
    verdict = verify(path, TRUST)
    assert verdict.code is Code.OK
    assert verdict.envelope
    with opened(verdict.envelope, TRUST.keys) as content:
        return list(content.rows()), list(content.attachments())


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 131072, 200_000])
def test_what_goes_in_comes_out(tmp_path: Path, size: int) -> None:
    data = bytes(range(251)) * (size // 251 + 1)
    data = data[:size]
    attachment = Attachment(hashlib.sha256(data).hexdigest(), size)
    rows = [{"id": "p-1", "name": "甄\u2028虚构", "note": "一\n二"}]
    header = package_header(registers=(("person", 1), ("term", 0)), attachments=Attached(1, size))

    path = packed(
        tmp_path / "p.tybs", header, {"person": rows, "term": []}, [attachment], lambda sha256: data
    )

    assert drained(path) == ([("person", rows[0])], [(attachment.sha256, data)])


def test_nobodys_name_is_in_the_clear(tmp_path: Path) -> None:
    given = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"
    names = [f"{family}虚{last}" for family in "赵钱孙李周吴郑王冯陈" for last in given]
    rows = [{"id": str(number), "name": name} for number, name in enumerate(names)]

    path = packed(tmp_path / "p.tybs", package_header(registers=(("person", len(rows)),)), {"person": rows})

    data = path.read_bytes()
    assert len(set(names)) == 200
    assert NOTICE.encode() in data
    assert not any(name.encode(form) in data for name in names for form in ("utf-8", "utf-16-le", "gb18030"))


def test_a_package_sealed_to_another_key_of_ours_that_was_replaced_still_opens(tmp_path: Path) -> None:
    path = packed(tmp_path / "p.tybs", package_header(registers=(("person", 1),)), {"person": [{"id": "p"}]})
    envelope = read_envelope(path)

    with opened(envelope, (TOWN_KEYS, CITY_KEYS)) as content:
        assert list(content.rows()) == [("person", {"id": "p"})]
    with pytest.raises(RefusedFileError) as refused, opened(envelope, (TOWN_KEYS,)):
        pass
    assert refused.value.code is Code.WRONG_RECIPIENT


def test_a_file_that_changes_after_it_was_verified_is_not_read(tmp_path: Path) -> None:
    rows = {"person": [{"id": "p"}]}
    path = packed(tmp_path / "p.tybs", package_header(registers=(("person", 1),)), rows)
    verdict = verify(path, TRUST)
    packed(path, package_header(registers=(("person", 1),)), {"person": [{"id": "q"}]})

    assert verdict.envelope
    with pytest.raises(RefusedFileError) as refused, opened(verdict.envelope, TRUST.keys) as content:
        list(content.rows())
    assert refused.value.code is Code.DAMAGED


def test_a_stick_pulled_while_it_is_read_is_told_from_our_own_disk_in_trouble(tmp_path: Path) -> None:
    path = packed(tmp_path / "p.tybs", package_header(registers=(("person", 1),)), {"person": [{"id": "p"}]})
    envelope = read_envelope(path)

    with pytest.raises(OSError, match="ours") as ours, opened(envelope, TRUST.keys):
        raise OSError("ours")
    path.unlink()
    with pytest.raises(UnreadableFileError, match="U盘可能已拔出"), opened(envelope, TRUST.keys):
        pass
    assert ours.type is OSError


@pytest.mark.parametrize(
    "content",
    [
        b"no zlib",
        zlib.compress(b'{"id":"p"}\n')[:-3],
        zlib.compress(b""),
        zlib.compress(b'{"id":"p"}'),
        zlib.compress(b'{"id":"p"}\n{"id":"q"}\n'),
        zlib.compress(b'{"id":"p"}\n') + b"more",
        zlib.compress(b'{"id":"p","id":"q"}\n'),
        zlib.compress(b'{"id":NaN}\n'),
        zlib.compress(b'["p"]\n'),
        zlib.compress(b"[" * 100_000 + b"\n"),
        zlib.compress(b'{"id":"\xff"}\n'),
        zlib.compress(b'{"id":"' + b"0" * LONGEST_LINE + b'"}\n'),
        zlib.compress(bytes(50 << 20)),
    ],
    ids=lambda content: content[:12].hex(),
)
def test_content_that_is_none_is_refused_though_it_is_signed(tmp_path: Path, content: bytes) -> None:
    path = hostile(tmp_path / "p.tybs", package_header(registers=(("person", 1),)), content)

    with pytest.raises(RefusedFileError, match="签名有效，但内容不合格式") as refused:
        drained(path)
    assert refused.value.code is Code.DAMAGED


@pytest.mark.parametrize(
    "line",
    [
        {"sha256": "0" * 64, "bytes": 3},
        {"sha256": hashlib.sha256(b"abc").hexdigest(), "bytes": 2},
        {"sha256": hashlib.sha256(b"abc").hexdigest(), "bytes": 4},
        {"sha256": hashlib.sha256(b"abc").hexdigest(), "bytes": -1},
        {"sha256": hashlib.sha256(b"abc").hexdigest(), "bytes": 1 << 40},
        {"sha256": hashlib.sha256(b"abc").hexdigest(), "bytes": 3, "name": "x"},
        {"sha256": None, "bytes": 3},
    ],
)
def test_attachments_that_are_not_what_is_said_are_refused(tmp_path: Path, line: dict[str, Any]) -> None:
    content = zlib.compress(canonical(line) + b"\n") + b"abc"
    said = line["bytes"] if line["bytes"] in (2, 4) else 3  # of 2 and 4 the header says the same

    path = hostile(tmp_path / "p.tybs", package_header(attachments=Attached(1, said)), content)

    with pytest.raises(RefusedFileError, match="内容不合格式"):
        drained(path)


def test_a_bomb_takes_no_memory(tmp_path: Path) -> None:
    bomb = zlib.compress(b'{"id":"' + b"0" * (50 << 20) + b'"}\n', 9)
    path = hostile(tmp_path / "p.tybs", package_header(registers=(("person", 1),)), bomb)

    def refused() -> None:
        with pytest.raises(RefusedFileError):
            drained(path)

    assert peak_of(refused) < 8 << 20


def test_a_long_register_is_streamed(tmp_path: Path) -> None:
    count = 30_000

    def rows() -> Iterator[dict[str, Any]]:
        return ({"id": str(number), "text": "无" * 100} for number in range(count))

    header = package_header(registers=(("person", count),))
    path = tmp_path / "p.tybs"

    def through() -> None:
        packed(path, header, {"person": rows()})
        verdict = verify(path, TRUST)
        assert verdict.envelope
        with opened(verdict.envelope, TRUST.keys) as content:
            assert sum(1 for _ in content.rows()) == count

    assert peak_of(through) < 4 << 20  # of 9 MB of text


def peak_of(work: Callable[[], object]) -> int:
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_what_is_packed_must_be_what_the_header_says() -> None:
    header = package_header(registers=(("person", 2),))
    photo = Attachment("0" * 64, 5)

    with pytest.raises(ValueError, match="1 rows of person instead of 2"):
        pack(io.BytesIO(), header, TOWN_KEYS, {"person": [{}]})
    with pytest.raises(ValueError, match="other attachments"):
        pack(io.BytesIO(), package_header(), TOWN_KEYS, {}, [photo])
    with pytest.raises(ValueError, match="of another size"):
        pack(
            io.BytesIO(),
            package_header(attachments=Attached(1, 5)),
            TOWN_KEYS,
            {},
            [photo],
            lambda sha256: b"1",
        )
    with pytest.raises(ValueError, match="another signer"):
        pack(io.BytesIO(), package_header(), CITY_KEYS, {})
    with pytest.raises(NotCanonicalError, match="seq"):
        pack(io.BytesIO(), package_header(seq=0), TOWN_KEYS, {})


def test_a_row_that_nobody_would_read_is_not_packed() -> None:
    header = package_header(registers=(("person", 1),))

    with pytest.raises(RefusedFileError, match="超过允许的大小"):
        pack(io.BytesIO(), header, TOWN_KEYS, {"person": [{"text": "0" * LONGEST_LINE}]})


def test_a_newer_schema_by_one_is_taken_and_by_two_not(tmp_path: Path) -> None:
    codes = [
        verify(packed(tmp_path / "p.tybs", package_header(schema=schema), {}), TRUST).code
        for schema in (1, SCHEMA, SCHEMA + 1, SCHEMA + 2)
    ]

    assert codes == [Code.OK, Code.OK, Code.OK, Code.NEWER_SCHEMA]


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="读不出来，U盘可能已拔出或已损坏"):
        verify(tmp_path, TRUST)  # a folder stands for a disk that fails
    with pytest.raises(UnreadableFileError, match=r"找不到文件“missing\.tybs”"):
        verify(tmp_path / "missing.tybs", TRUST)


def test_a_file_larger_than_a_stick_can_hold_is_not_read(tmp_path: Path) -> None:
    path = packed(tmp_path / "p.tybs", package_header(), {})
    with path.open("r+b") as file:
        file.truncate(1 << 32)  # a hole: takes no place on the disk

    assert verify(path, TRUST).code is Code.TOO_LARGE


@pytest.mark.parametrize(
    "spelling",
    [
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b'{"a":1.0e1}',
        b'"\\u4e00"',
        b'{"a":1}\n',
        b"-0",
        b"1E400",
        b'"\\ud800"',
        b"\xff",
    ],
)
def test_there_is_one_spelling_only(spelling: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        read_canonical(spelling)


def test_the_header_says_its_notice_and_no_other(tmp_path: Path) -> None:
    header = package_header()

    assert Header.from_bytes(header.to_bytes()) == header
    with pytest.raises(NotCanonicalError, match="notice"):
        Header.from_bytes(replace(header, notice="").to_bytes())
