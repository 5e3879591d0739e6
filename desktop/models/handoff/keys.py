"""A unit's keys: one pair to sign with, one pair to be written to, and a fingerprint to read over the telephone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

KEY_LENGTH = 32  # bytes: each of the four of suite 1
_CONTEXT = b"touyan handoff 1 "  # before everything signed, so that no signature serves for another purpose


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others know of a unit's keys, as lower-case hexadecimal; 64 digits each."""

    signing: str  # Ed25519
    sealing: str  # X25519

    def __post_init__(self) -> None:
        if not all(re.fullmatch("[0-9a-f]{64}", each) for each in (self.signing, self.sealing)):
            raise ValueError("a key is 64 hexadecimal digits")

    def fingerprint(self, unit: str) -> str:
        """Twelve digits in fours, the same at both ends of the telephone only when both have the same keys.

        Forty bits are few, so each guess is made dear: scrypt with n = 2**14, r = 8, p = 1, the unit's code as salt.
        """
        guess = Scrypt(salt=unit.encode(), length=8, n=2**14, r=8, p=1)
        digits = f"{int.from_bytes(guess.derive(bytes.fromhex(self.signing + self.sealing))) % 10**12:012}"
        return " ".join((digits[:4], digits[4:8], digits[8:]))

    def sealing_key(self) -> X25519PublicKey:
        """The key that packages to the unit are sealed with."""
        return X25519PublicKey.from_public_bytes(bytes.fromhex(self.sealing))


@dataclass(frozen=True, slots=True, repr=False)
class UnitKeys:
    """A unit's own keys. They are kept in the encrypted store and never written anywhere else."""

    signing: Ed25519PrivateKey
    sealing: X25519PrivateKey

    @classmethod
    def generate(cls) -> Self:
        """New ones."""
        return cls(Ed25519PrivateKey.generate(), X25519PrivateKey.generate())

    @classmethod
    def from_bytes(cls, secret: bytes) -> Self:
        """What :meth:`to_bytes` gave.

        Raises:
            ValueError: another number of bytes.
        """
        return cls(
            Ed25519PrivateKey.from_private_bytes(secret[:KEY_LENGTH]),
            X25519PrivateKey.from_private_bytes(secret[KEY_LENGTH:]),
        )

    def to_bytes(self) -> bytes:
        """Both private keys, 64 bytes: secret."""
        return self.signing.private_bytes_raw() + self.sealing.private_bytes_raw()

    @property
    def public(self) -> PublicKeys:
        """What others may know."""
        return PublicKeys(
            self.signing.public_key().public_bytes_raw().hex(),
            self.sealing.public_key().public_bytes_raw().hex(),
        )

    def sign(self, purpose: str, message: bytes) -> bytes:
        """A signature of 64 bytes that holds for one purpose."""
        return self.signing.sign(_CONTEXT + purpose.encode() + b"\0" + message)


def holds(signature: bytes, signing: str, purpose: str, message: bytes) -> bool:
    """Whether the owner of the public key ``signing`` signed ``message`` for ``purpose``."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signing))
        key.verify(signature, _CONTEXT + purpose.encode() + b"\0" + message)
    except (InvalidSignature, ValueError):
        return False
    return True
