"""The files in tests/data/handoff: made once with keys that everybody may know, to read for ever."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.models.handoff.down import Down, Item, Topic, write_down
from desktop.models.handoff.envelope import Sink
from desktop.models.handoff.header import Attached, Header, Kind
from desktop.models.handoff.keys import UnitKeys
from desktop.models.handoff.package import Attachment, pack
from desktop.models.handoff.receipt import (
    Count,
    Receipt,
    RefusedRow,
    Remark,
    Result,
    Version,
    write_receipt,
)
from desktop.models.handoff.trust import Root, Unit, write_enrolment, write_root

FOLDER = Path(__file__).parents[2] / "data" / "handoff"
MADE = "2026-11-24T06:00:00Z"
SCHEMA = 4
CITY_KEYS = UnitKeys.from_bytes(bytes(range(64)))
TOWN_KEYS = UnitKeys.from_bytes(bytes(range(64, 128)))
CITY = Unit("421081", "石首市委组织部", CITY_KEYS.public)
TOWN = Unit("421081001", "绣林街道", TOWN_KEYS.public)
ROOT = Root(1, CITY).with_townships(TOWN)
ROWS: dict[str, list[dict[str, Any]]] = {
    "person": [
        {"id": "p-1", "name": "甄虚构", "birth": "1980-03", "remark": None},
        {"id": "p-2", "name": "贾𬱖", "birth": "1991", "remark": 'a"\\\t'},
    ],
    "term": [{"id": "t-1", "person_id": "p-1", "post": "01", "current": True, "score": 8.5, "order": 1}],
    "listing": [],
}
PHOTOS = [b"photo one", bytes(range(256)) * 300]  # the second reaches into another frame


def write_vectors() -> None:
    """Make all files anew: what they are sealed with is fresh each time, so every hash changes."""
    attachments = [Attachment(hashlib.sha256(photo).hexdigest(), len(photo)) for photo in PHOTOS]
    contents = dict(zip((each.sha256 for each in attachments), PHOTOS, strict=True))
    package = package_header(
        registers=tuple((name, len(rows)) for name, rows in ROWS.items()),
        attachments=Attached(len(PHOTOS), sum(map(len, PHOTOS))),
    )
    package_hash = _write(
        "package", lambda sink: pack(sink, package, TOWN_KEYS, ROWS, attachments, contents.__getitem__)
    )
    receipt = receipt_of(package_hash)
    hashes = {
        "package": package_hash,
        "enrolment": _write("enrolment", lambda sink: write_enrolment(sink, TOWN, TOWN_KEYS, MADE, SCHEMA)),
        "root": _write("root", lambda sink: write_root(sink, ROOT, CITY_KEYS, MADE, SCHEMA)),
        "receipt": _write(
            "receipt", lambda sink: write_receipt(sink, city_header(Kind.RECEIPT), receipt, CITY_KEYS)
        ),
        "down": _write("down", lambda sink: write_down(sink, city_header(Kind.DOWN), DOWN, CITY_KEYS)),
    }
    said = {
        "what": "keys: 32 bytes to sign with (Ed25519), 32 to be written to (X25519); see docs/handoff.md",
        "city": {"code": CITY.code, "keys": CITY_KEYS.to_bytes().hex(), "fingerprint": CITY.fingerprint},
        "township": {"code": TOWN.code, "keys": TOWN_KEYS.to_bytes().hex(), "fingerprint": TOWN.fingerprint},
        "hashes": hashes,
        "header": json.loads(package.to_bytes()),
        "rows": ROWS,
        "attachments": {each.sha256: each.bytes for each in attachments},
        "check_code": receipt.check_code,
    }
    text = json.dumps(said, ensure_ascii=False, indent=1)
    (FOLDER / "vectors.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def package_header(**changes: object) -> Header:
    """The township's first package to the city."""
    said: dict[str, object] = {
        "kind": Kind.PACKAGE,
        "unit": TOWN.code,
        "signer": TOWN.keys.signing,
        "seq": 1,
        "recipient": CITY.code,
        "recipient_key": CITY.keys.sealing,
        "root": ROOT.version,
        "schema": SCHEMA,
        "as_of": "2026-11-24",
        "made": MADE,
        "code_lists": {"gb4658": "2006", "posts": "1"},
    }
    return Header(**(said | changes))  # type: ignore[arg-type] # the fields are of many types


def city_header(kind: Kind) -> Header:
    """What the city sends back to the township, or down to all."""
    return Header(
        kind=kind,
        unit=CITY.code,
        signer=CITY.keys.signing,
        recipient=TOWN.code if kind.is_sealed else "",
        recipient_key=TOWN.keys.sealing if kind.is_sealed else "",
        seq=3,
        root=ROOT.version,
        schema=SCHEMA,
        as_of="2026-11-25",
        made="2026-11-25T01:00:00Z",
    )


def receipt_of(package_hash: str) -> Receipt:
    """A receipt that says something of everything."""
    return Receipt(
        package=package_hash,
        result=Result.PARTLY,
        counts=(Count("person", added=1, refused=1), Count("term", added=1)),
        refused=(RefusedRow("person", "p-2", "出生年月不完整"),),
        remarks=(Remark("person", "p-1", "birth", "请核对档案", "2026-11-25T01:00:00Z"),),
        code_lists=(Version("gb4658", "2006"),),
        schemes=(Version("8+N", "2026"),),
    )


DOWN = Down(
    3,
    (
        Item(Topic.CODE_LIST, "posts", "2", [{"code": "01", "label": "书记"}]),
        Item(Topic.THRESHOLDS, "health", "1", {"age": 60, "share": 0.35}),
    ),
)


def _write(name: str, write: Callable[[Sink], str]) -> str:
    stream = io.BytesIO()
    file_hash = write(stream)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.tybs").write_bytes(stream.getvalue())
    return file_hash
