"""A reader written from docs/handoff.md alone: nothing of ours is imported, HPKE is put together by hand (RFC 9180)."""

from __future__ import annotations

import hashlib
import hmac
import json
import zlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

KEM_SUITE = b"KEM\x00\x20"
HPKE_SUITE = b"HPKE\x00\x20\x00\x01\x00\x03"


def read(data: bytes, sealing_key: bytes) -> tuple[dict[str, Any], list[tuple[str, Any]], dict[str, bytes]]:
    """Header, rows with their registers, attachments by SHA-256; an assertion fails on anything that is not so."""
    assert data[:8] == b"\x89TYBS\r\n\x1a"
    assert data[8:12] == b"\0\1\0\1"
    assert hashlib.sha256(data[:-32]).digest() == data[-32:]
    head = data[: 16 + int.from_bytes(data[12:16])]
    header = json.loads(head[16:])
    message = b"touyan handoff 1 file\0" + hashlib.sha256(data[:-96]).digest()
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(header["signer"])).verify(data[-96:-32], message)

    place = len(head)
    length = int.from_bytes(data[place : place + 4])
    sealed_key = data[place + 4 : place + 4 + length]
    place += 4 + length
    cipher = ChaCha20Poly1305(_content_key(sealed_key, sealing_key, head)) if sealed_key else None
    content, index, last = b"", 0, 0
    while not last:
        word = int.from_bytes(data[place : place + 4])
        last, length = word >> 31, word & 0x7FFFFFFF
        frame = data[place + 4 : place + 4 + length]
        content += cipher.decrypt(index.to_bytes(8) + last.to_bytes(4), frame, None) if cipher else frame
        place, index = place + 4 + length, index + 1
    assert place == len(data) - 96

    unpack = zlib.decompressobj()
    lines = unpack.decompress(content).decode().removesuffix("\n").split("\n")
    assert unpack.eof
    rows = [(name, json.loads(lines.pop(0))) for name, count in header["registers"] for _ in range(count)]
    attachments, rest = {}, unpack.unused_data
    for line in map(json.loads, lines):
        attachments[line["sha256"]], rest = rest[: line["bytes"]], rest[line["bytes"] :]
    assert not rest
    assert len(attachments) == header["attachments"]["count"]
    return header, rows, attachments


def hpke_key(enc: bytes, private: bytes, info: bytes) -> tuple[bytes, bytes]:
    """Key and nonce of the base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305."""
    own = X25519PrivateKey.from_private_bytes(private)
    shared = own.exchange(X25519PublicKey.from_public_bytes(enc))
    context = enc + own.public_key().public_bytes_raw()
    secret = _expand(KEM_SUITE, _extract(KEM_SUITE, b"", b"eae_prk", shared), b"shared_secret", context, 32)
    hashes = (_extract(HPKE_SUITE, b"", b"psk_id_hash", b""), _extract(HPKE_SUITE, b"", b"info_hash", info))
    schedule = b"\0" + b"".join(hashes)
    secret = _extract(HPKE_SUITE, secret, b"secret", b"")
    key = _expand(HPKE_SUITE, secret, b"key", schedule, 32)
    return key, _expand(HPKE_SUITE, secret, b"base_nonce", schedule, 12)


def _content_key(sealed_key: bytes, private: bytes, head: bytes) -> bytes:
    info = b"touyan handoff 1 key\0" + hashlib.sha256(head).digest()
    key, nonce = hpke_key(sealed_key[:32], private, info)
    return ChaCha20Poly1305(key).decrypt(nonce, sealed_key[32:], None)


def _extract(suite: bytes, salt: bytes, label: bytes, keying: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + keying, "sha256")


def _expand(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """One block is enough: nothing longer than a hash is asked for."""
    labeled = length.to_bytes(2) + b"HPKE-v1" + suite + label + info
    return hmac.digest(secret, labeled + b"\1", "sha256")[:length]
