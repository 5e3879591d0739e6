"""Whether somebody who has nothing but our document and the files can read them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from desktop.models.handoff.codes import Code
from desktop.models.handoff.down import read_down
from desktop.models.handoff.header import Kind
from desktop.models.handoff.package import opened
from desktop.models.handoff.receipt import read_receipt
from desktop.models.handoff.trust import read_enrolment, read_root
from desktop.models.handoff.verifying import Trust, verify
from tests.models.handoff.second_reader import hpke_key, read
from tests.models.handoff.vectors import (
    CITY_KEYS,
    DOWN,
    FOLDER,
    ROOT,
    SCHEMA,
    TOWN,
    TOWN_KEYS,
    receipt_of,
    write_vectors,
)


@pytest.fixture(scope="module")
def said(request: pytest.FixtureRequest) -> Any:
    if request.config.getoption("--refresh-expected"):
        write_vectors()
    return json.loads((FOLDER / "vectors.json").read_text(encoding="utf-8"))


CITY_SIDE = Trust(unit=ROOT.city.code, keys=(CITY_KEYS,), root=ROOT, schema=SCHEMA)
TOWN_SIDE = Trust(unit=TOWN.code, keys=(TOWN_KEYS,), root=ROOT, schema=SCHEMA)


def test_the_second_reader_keeps_to_rfc_9180() -> None:
    """Appendix A.2.1 of the RFC."""
    key, nonce = hpke_key(
        bytes.fromhex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a"),
        bytes.fromhex("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"),
        bytes.fromhex("4f6465206f6e2061204772656369616e2055726e"),
    )
    sealed = "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db21993c62ce81883d2dd1b51a28"

    assert key.hex() == "ad2744de8e17f4ebba575b3f5f5a8fa1f69c2a07f6e7500bc60ca6e3e3ec1c91"
    assert nonce.hex() == "5c4d98150661b848853b547f"
    opened_text = ChaCha20Poly1305(key).decrypt(nonce, bytes.fromhex(sealed), b"Count-0")
    assert opened_text == b"Beauty is truth, truth beauty"


def test_a_second_reader_reads_the_package_in_the_repository(said: Any) -> None:
    data = (FOLDER / "package.tybs").read_bytes()

    header, rows, attachments = read(data, bytes.fromhex(said["city"]["keys"])[32:])

    assert header == said["header"]
    assert rows == [(name, row) for name, each in said["rows"].items() for row in each]
    assert {sha256: len(content) for sha256, content in attachments.items()} == said["attachments"]
    assert data[-32:].hex() == said["hashes"]["package"]


@pytest.mark.parametrize("name", ["enrolment", "root", "down", "receipt"])
def test_a_second_reader_reads_every_other_kind(said: Any, name: str) -> None:
    data = (FOLDER / f"{name}.tybs").read_bytes()

    header, rows, _ = read(data, bytes.fromhex(said["township"]["keys"])[32:])

    assert len(rows) == sum(count for _, count in header["registers"]) > 0
    assert data[-32:].hex() == said["hashes"][name]


def test_the_second_reader_opens_nothing_with_another_key(said: Any) -> None:
    data = (FOLDER / "package.tybs").read_bytes()

    with pytest.raises(InvalidTag):
        read(data, bytes.fromhex(said["township"]["keys"])[32:])


def test_our_reader_reads_the_same_package(said: Any) -> None:
    verdict = verify(FOLDER / "package.tybs", CITY_SIDE)

    assert verdict.code is Code.OK
    assert verdict.envelope
    with opened(verdict.envelope, CITY_SIDE.keys) as content:
        rows = list(content.rows())
        attachments = {sha256: len(data) for sha256, data in content.attachments()}
    assert rows == [(name, row) for name, each in said["rows"].items() for row in each]
    assert attachments == said["attachments"]


def test_our_reader_reads_what_goes_back_and_down(said: Any) -> None:
    receipt = verify(FOLDER / "receipt.tybs", TOWN_SIDE)
    down = verify(FOLDER / "down.tybs", TOWN_SIDE)
    enrolment = verify(FOLDER / "enrolment.tybs", CITY_SIDE)
    root = verify(FOLDER / "root.tybs", Trust(unit=TOWN.code, keys=(), root=None, schema=SCHEMA))

    codes = [receipt.code, down.code, enrolment.code, root.code]
    assert codes == [Code.OK, Code.OK, Code.UNCHANGED, Code.COMPARE]
    assert receipt.envelope
    assert down.envelope
    assert enrolment.envelope
    assert root.envelope
    read_back = read_receipt(receipt.envelope, TOWN_SIDE.keys)
    assert read_back == receipt_of(said["hashes"]["package"])
    assert read_back.check_code == said["check_code"]
    assert read_down(down.envelope) == DOWN
    assert read_enrolment(enrolment.envelope) == TOWN
    assert read_root(root.envelope) == ROOT


def test_fingerprints_are_as_in_the_repository(said: Any) -> None:
    assert ROOT.city.fingerprint == said["city"]["fingerprint"]
    assert TOWN.fingerprint == said["township"]["fingerprint"]
    assert TOWN.fingerprint != TOWN.keys.fingerprint("421081100")  # the same keys of another unit


def test_every_kind_has_a_file(said: Any) -> None:
    assert {path.stem for path in FOLDER.glob("*.tybs")} == set(said["hashes"])
    assert len(said["hashes"]) == len(Kind)
