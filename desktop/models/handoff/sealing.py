"""Sealing a stream for one reader: HPKE (RFC 9180) carries a fresh key, ChaCha20-Poly1305 seals frame by frame."""

from __future__ import annotations

import hashlib
import secrets
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

TAG = 16  # bytes that sealing adds to a frame
SEALED_KEY = 80  # bytes: 32 of the sender's passing key, 32 of the sealed one, 16 of its tag
_HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
_PURPOSE = b"touyan handoff 1 key\0"


class NotForUsError(ValueError):
    """Bytes that the key does not open, or that are not what was sealed."""


class Cipher:
    """Seals and opens the frames of one file; a frame belongs to its place and the last one is known as the last."""

    def __init__(self, key: bytes) -> None:
        self._cipher = ChaCha20Poly1305(key)

    def seal(self, index: int, last: bool, content: bytes) -> bytes:
        """A frame."""
        return self._cipher.encrypt(_nonce(index, last), content, None)

    def open(self, index: int, last: bool, frame: bytes) -> bytes:
        """A frame's content.

        Raises:
            NotForUsError: it is not what was sealed in this place.
        """
        try:
            return self._cipher.decrypt(_nonce(index, last), frame, None)
        except (InvalidTag, ValueError) as error:
            raise NotForUsError from error


class NoCipher:
    """Frames of files that anybody may read: keys, trust, code lists."""

    def seal(self, index: int, last: bool, content: bytes) -> bytes:
        """The content as it is."""
        return content

    def open(self, index: int, last: bool, frame: bytes) -> bytes:
        """The content as it is."""
        return frame


def new_cipher(reader: X25519PublicKey, head: bytes) -> tuple[bytes, Cipher]:
    """A fresh key sealed to ``reader`` and bound to the file's head, and the cipher that uses it."""
    key = secrets.token_bytes(32)
    return _HPKE.encrypt(key, reader, info=_info(head)), Cipher(key)


def open_cipher(sealed_key: bytes, own: X25519PrivateKey, head: bytes) -> Cipher:
    """The cipher of a file sealed to us.

    Raises:
        NotForUsError: it is sealed to another key, or under another head.
    """
    try:
        return Cipher(_HPKE.decrypt(sealed_key, own, info=_info(head)))
    except (InvalidTag, ValueError) as error:
        raise NotForUsError from error


def _info(head: bytes) -> bytes:
    return _PURPOSE + hashlib.sha256(head).digest()


def _nonce(index: int, last: bool) -> bytes:
    return struct.pack(">QI", index, last)
