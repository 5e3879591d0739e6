"""Every way we could think of in which a package can be bad, and what is to be found of each."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from desktop.models.handoff.canonical import canonical
from desktop.models.handoff.codes import Code
from desktop.models.handoff.header import Kind
from faults.scene import (
    CITY,
    LOST_TOWN,
    NEWEST,
    OTHER_TOWN,
    SCHEMA,
    TOWN,
    Scene,
    closed,
    flipped,
    parts,
    signed,
)

SECTOR = 512  # bytes
COPY = {Code.DAMAGED, Code.TRUNCATED, Code.NOT_OURS}  # what may be said of a bad copy
# What may be said of a header that somebody changed without the township's key.
CHANGED = {
    *{Code.FORGED, Code.NOT_OURS, Code.NEWER_FORMAT, Code.TOO_LARGE},
    *{Code.WRONG_UNIT, Code.UNKNOWN_KEY},
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A bad file, and the codes of which one is to be found."""

    group: str
    data: bytes
    codes: frozenset[Code]


def bad_packages(scene: Scene) -> Iterator[Fault]:
    """All of them, in groups; the same for the same scene."""
    sources = (
        *(
            _header_bits,
            _content_bits,
            _tail_bits,
            _cut,
            _lengthened,
            _sectors,
            _swapped,
            _roots,
            _foreign_files,
        ),
        *(_keys, _order, _addresses, _versions, _spellings),
    )
    for source in sources:
        for group, data, codes in source(scene):
            yield Fault(group, data, frozenset(codes))


Found = Iterator[tuple[str, bytes, set[Code]]]


def _header_bits(scene: Scene) -> Found:
    data = scene.good.data
    bits = 8 * (16 + len(scene.good.header.to_bytes()))
    for bit in range(bits):
        yield "头部每一位", flipped(data, bit), COPY
    for bit in range(bits):
        yield "头部每一位，改后重算校验和", closed(flipped(data, bit)), CHANGED


def _content_bits(scene: Scene) -> Found:
    data = scene.good.data
    first, end = 16 + len(scene.good.header.to_bytes()), len(data) - 96
    for _ in range(2500):
        bit = scene.random.randrange(8 * first, 8 * end)
        yield "内容随机位", flipped(data, bit), COPY
        yield "内容随机位，改后重算校验和", closed(flipped(data, bit)), {Code.FORGED}


def _tail_bits(scene: Scene) -> Found:
    data = scene.good.data
    for bit in range(8 * (len(data) - 96), 8 * len(data)):
        yield "签名与校验和每一位", flipped(data, bit), {Code.DAMAGED}
    for bit in range(8 * (len(data) - 96), 8 * (len(data) - 32)):
        yield "签名每一位，改后重算校验和", closed(flipped(data, bit)), {Code.FORGED}


def _cut(scene: Scene) -> Found:
    data = scene.good.data
    edges = {sum(map(len, list(parts(data))[:count])) for count in range(len(list(parts(data))))}
    lengths = (
        {edge + off for edge in edges for off in (-1, 0, 1)}
        | set(range(2000))
        | set(range(0, len(data), 997))
    )
    for length in sorted(each for each in lengths if 0 <= each < len(data)):
        yield "截断", data[:length], {Code.TRUNCATED}
    for _ in range(300):
        begin = scene.random.randrange(len(data))
        size = scene.random.randrange(1, 5000)
        yield "中间缺一段", data[:begin] + data[begin + size :], COPY


def _lengthened(scene: Scene) -> Found:
    data = scene.good.data
    for _ in range(300):
        more = scene.random.randbytes(scene.random.randrange(1, 5000))
        yield "尾部多出", data + more, {Code.DAMAGED}
        yield "尾部多出，改后重算校验和", closed(data + more), {Code.FORGED}
        begin = scene.random.randrange(16, len(data))
        yield "中间多出", data[:begin] + more + data[begin:], COPY
    yield "尾部多出", data + data, {Code.DAMAGED}
    yield "尾部多出", data + bytes(SECTOR), {Code.DAMAGED}


def _sectors(scene: Scene) -> Found:
    data = scene.good.data
    for size in (SECTOR, 4096, 65536):
        for begin in range(0, len(data), size):
            length = len(data[begin : begin + size])
            yield "扇区清零", data[:begin] + bytes(length) + data[begin + length :], COPY
            yield "扇区变成别的", data[:begin] + b"\xff" * length + data[begin + length :], COPY
    for _ in range(300):
        one, two = sorted(scene.random.sample(range(len(data) // SECTOR), 2))
        yield "扇区对调", _exchanged(data, one * SECTOR, two * SECTOR), COPY
    for begin in range(SECTOR, len(data), SECTOR):
        yield "后半没有写上", data[:begin] + bytes(len(data) - begin), COPY


def _exchanged(data: bytes, one: int, two: int) -> bytes:
    first, second = data[one : one + SECTOR], data[two : two + SECTOR]
    return data[:one] + second + data[one + SECTOR : two] + first + data[two + SECTOR :]


def _swapped(scene: Scene) -> Found:
    """Parts of other packages of the same township, and of the package itself in another order."""
    own = list(parts(scene.good.data))
    donors = [*scene.history, scene.package(scene.other, unit=OTHER_TOWN), scene.package()]
    for donor in donors:
        theirs = list(parts(donor.data))
        for count in range(1, len(own) - 1):
            for chosen in combinations(range(len(own) - 1), count):  # the footer is made anew
                mixed = [theirs[place] if place in chosen else part for place, part in enumerate(own)]
                yield from _mixed(own, theirs, mixed)
    for _ in range(200):
        mixed = own[:2] + scene.random.sample(own[2:], len(own) - 2)
        if mixed[:-1] != own[:-1]:
            yield "部分换序", closed(b"".join(mixed)), {Code.FORGED}


def _mixed(own: list[bytes], theirs: list[bytes], mixed: list[bytes]) -> Found:
    if mixed[:-1] in (own[:-1], theirs[:-1]):
        return  # nothing but the front was exchanged, and it is the same
    yield "部分对调", closed(b"".join(mixed)), {Code.FORGED, Code.WRONG_UNIT}


def _roots(scene: Scene) -> Found:
    """The files that say whom to believe; everybody may read them, nobody may change them."""
    for data in (scene.root_file, scene.enrolment_file):
        end = 8 * len(data)
        for bit in range(0, end, 3):
            yield "信任与登记文件的位", flipped(data, bit), COPY
        for bit in range(0, end - 8 * 32, 3):
            yield "信任与登记文件的位，改后重算校验和", closed(flipped(data, bit)), CHANGED
            yield "信任与登记文件的位，改后陌生人签名", signed(flipped(data, bit), scene.stranger), CHANGED


def _foreign_files(scene: Scene) -> Found:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    for data in (archive.getvalue(), b"SQLite format 3\0" + bytes(4096), b"%PDF-1.7\n", b"{}", b"\0" * 4096):
        yield "别的文件", data, {Code.NOT_OURS}
    for _ in range(300):
        yield "别的文件", b"x" + scene.random.randbytes(scene.random.randrange(1, 3000)), {Code.NOT_OURS}
    yield "别的文件", b"", {Code.TRUNCATED}


def _keys(scene: Scene) -> Found:
    for _ in range(150):
        yield "陌生的密钥", scene.package(scene.stranger).data, {Code.UNKNOWN_KEY}
        claimed = scene.package()
        yield "冒用密钥的名义", signed(claimed.data, scene.stranger), {Code.FORGED}
        yield "冒用密钥的名义", signed(claimed.data, scene.other), {Code.FORGED}
        yield "别的单位冒充", scene.package(scene.other).data, {Code.WRONG_UNIT}
        yield "别的单位冒充", scene.package(scene.city).data, {Code.WRONG_UNIT}
        yield "已停用的密钥", scene.package(scene.former).data, {Code.REVOKED_KEY}
        yield "已停用的密钥", scene.package(scene.revoked).data, {Code.REVOKED_KEY}
        yield "已停用的密钥", scene.package(scene.lost, unit=LOST_TOWN).data, {Code.REVOKED_KEY}
        yield "不在名单里的单位", scene.package(scene.stranger, unit="420000").data, {Code.WRONG_UNIT}


def _order(scene: Scene) -> Found:
    newest, before = scene.history[-1], scene.history[-2]
    far = range(NEWEST + 2, NEWEST + 102)
    for made in scene.history:
        for _ in range(25):
            yield "重放", made.data, {Code.UNCHANGED}
    for seq in far:
        previous = scene.random.randbytes(32).hex()
        yield "缺包", scene.package(seq=seq, previous=previous).data, {Code.GAP}
        yield "分叉", scene.package(seq=NEWEST, previous=before.hash).data, {Code.FORK}
        yield "分叉", scene.package(seq=NEWEST + 1, previous=previous).data, {Code.FORK}
        yield "分叉", scene.package(seq=NEWEST - 2, previous=scene.history[0].hash).data, {Code.FORK}
        yield "倒退", scene.package(epoch=1, seq=seq, previous=newest.hash).data, {Code.ROLLBACK}
        yield "倒退", scene.package(epoch=1, seq=1, previous="").data, {Code.ROLLBACK}
        yield "重新起算", scene.package(epoch=3, seq=1, previous=newest.hash).data, {Code.RESTORED}


def _addresses(scene: Scene) -> Found:
    for _ in range(100):
        yield "发给别的单位", scene.package(recipient=OTHER_TOWN).data, {Code.WRONG_RECIPIENT}
        key = scene.stranger.public.sealing
        yield "用别的密钥加密", scene.package(recipient_key=key).data, {Code.WRONG_RECIPIENT}
        yield "方向不对", scene.package(kind=Kind.RECEIPT).data, {Code.WRONG_UNIT}
        yield "方向不对", scene.package(kind=Kind.DOWN).data, {Code.WRONG_UNIT}
        receipt = scene.package(scene.city, kind=Kind.RECEIPT, unit=CITY, recipient=TOWN)
        yield "方向不对", receipt.data, {Code.WRONG_RECIPIENT}


def _versions(scene: Scene) -> Found:
    data = scene.good.data
    for ahead in range(2, 60):
        schema = scene.package(schema=SCHEMA + ahead).data
        yield "数据项更新", schema, {Code.NEWER_SCHEMA}
        layout = data[:8] + ahead.to_bytes(2) + data[10:]
        yield "格式更新", signed(layout, scene.town), {Code.NEWER_FORMAT}
        suite = data[:10] + ahead.to_bytes(2) + data[12:]
        yield "格式更新", signed(suite, scene.town), {Code.NEWER_FORMAT}
    yield "格式更新", signed(data[:8] + b"\0\0" + data[10:], scene.town), {Code.FORGED}
    for size in (64 << 10, 1 << 20, 1 << 31, (1 << 32) - 1):
        huge = data[:12] + (size + 1).to_bytes(5)[-4:] + data[16:]
        yield "过大", signed(huge, scene.town), {Code.TOO_LARGE, Code.FORGED}
    for register in (5_000_001, 10**12):
        yield "过大", _with_header(scene, registers=[["person", register]]), {Code.TOO_LARGE}
    yield "过大", _with_header(scene, attachments={"count": 200_001, "bytes": 1}), {Code.TOO_LARGE}
    yield "过大", _with_header(scene, attachments={"count": 1, "bytes": 1 << 32}), {Code.TOO_LARGE}


def _spellings(scene: Scene) -> Found:
    """Headers that could be read in two ways, or say more or less than a header says; signed by the township."""
    said = json.loads(scene.good.header.to_bytes())
    for name in said:
        left_out = {key: value for key, value in said.items() if key != name}
        yield "头部少一项", _spelt(scene, canonical(left_out)), {Code.FORGED}
        for wrong in _WRONG:
            if not (wrong == said[name] or (name, wrong) in _RIGHT_ALL_THE_SAME):
                yield "头部一项不对", _with_header(scene, **{name: wrong}), {Code.FORGED, Code.NEWER_SCHEMA}
        twice = canonical(said)[:-1] + b"," + canonical({name: said[name]})[1:]
        yield "头部一项写两次", _spelt(scene, twice), {Code.FORGED}
    for extra in ("x", "name", "operator", "密级"):
        yield "头部多一项", _with_header(scene, **{extra: "x"}), {Code.FORGED}
    spellings = (
        json.dumps(said),
        json.dumps(said, ensure_ascii=False, sort_keys=True),
        json.dumps(said, sort_keys=True, separators=(",", ":")),
        canonical(said).decode() + "\n",
        "\ufeff" + canonical(said).decode(),
        canonical(said).decode().replace(f'"schema":{SCHEMA}', '"schema":NaN', 1),
        canonical(said).decode().replace('"seq":', '"seq":0', 1),
        *("[" * 30_000, "{}", "[]", "null", "", '"x"', "NaN", "Infinity", '{"a":', "1" * 5000),
    )
    for spelling in spellings:
        yield "头部写法不对", _spelt(scene, spelling.encode()), {Code.FORGED}
    for _ in range(300):
        spelt = bytearray(canonical(said))
        spelt[scene.random.randrange(len(spelt))] ^= 0x80
        yield "头部写法不对", _spelt(scene, bytes(spelt)), {Code.FORGED}


_WRONG: tuple[object, ...] = (
    *(None, 1.5, True, -1, "", "x", "０", "2026-13-01", 2**53),
    *([], {}, [[]], [["x"]], {"x": 1}),
)
_RIGHT_ALL_THE_SAME: list[tuple[str, object]] = [("previous", ""), ("code_lists", {}), ("registers", [])]


def _with_header(scene: Scene, **changes: object) -> bytes:
    return _spelt(scene, canonical(json.loads(scene.good.header.to_bytes()) | changes))


def _spelt(scene: Scene, header: bytes) -> bytes:
    data = scene.good.data
    old = 16 + int.from_bytes(data[12:16])
    return signed(data[:12] + len(header).to_bytes(4) + header + data[old:], scene.town)
