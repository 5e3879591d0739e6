"""The key file (``keys.json``): the store's key, wrapped once for the password and once for the recovery code."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import unicodedata
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.models.database.connection import StoreKey
from desktop.models.database.files import write_whole
from desktop.models.database.recovery_code import (
    MistypedRecoveryCodeError,
    new_recovery_code,
    read_recovery_code,
)
from desktop.models.database.restoring import finish_restore
from desktop.models.errors import DesktopError

_FORMAT = 1
_SHORTEST_PASSWORD = 8
_SILLY_PASSWORDS = (  # one string: a password that is part of it is silly too
    "12345678901234567890 09876543210987654321 12344321 1234123412341234 123123123123 112233445566778899 147258369 "
    "147852369 159357456 123456789abc abc123456789 abcd12345678 a1234567890 qwer12345678 1234qwer1234 "
    "1q2w3e4r5t6y 1qaz2wsx3edc qwertyuiopasdfghjklzxcvbnm qwerty123456 password123456 passw0rd administrator "
    "admin123456 iloveyou woaini1314520 5201314520 touyan123456 shishou123456"
)


class SlotKind(StrEnum):
    """What opens a slot. Values are stored: never reuse one."""

    PASSWORD = "password"
    RECOVERY = "recovery"


class WeakPasswordError(DesktopError):
    """A new password that anybody would guess."""


class WrongPasswordError(DesktopError):
    """The password opens no slot of the key file."""

    def __init__(self) -> None:
        super().__init__("密码不对。请检查大小写和输入法后再试；忘了密码，可以用打印的恢复码打开并另设密码。")


class WrongRecoveryCodeError(DesktopError):
    """A well-formed recovery code that is not this store's."""

    def __init__(self) -> None:
        super().__init__("恢复码没有输错，但不是这份数据的。请找最近一次打印的恢复码。")


class KeyFileError(DesktopError):
    """The key file is missing, damaged or from a newer program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The store's key under one secret: Argon2id (RFC 9106) makes the key that AES-256-GCM wraps it with."""

    kind: SlotKind
    salt: bytes  # 16
    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4
    nonce: bytes  # 12
    sealed: bytes = b""  # 48 and the tag's 16

    def wrapping(self, secret: str) -> AESGCM:
        """The cipher that ``secret`` opens this slot with; takes a tenth of a second on purpose."""
        argon = Argon2id(
            salt=self.salt, length=32, iterations=self.passes, lanes=self.lanes, memory_cost=self.memory_kib
        )
        return AESGCM(argon.derive(secret.encode()))

    def told(self, store: str) -> bytes:
        """What the seal vouches for besides the key: nobody can weaken a slot or move it to another file."""
        settings = (_FORMAT, store, self.kind, self.memory_kib, self.passes, self.lanes)
        return json.dumps(settings).encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """The slots of one store; ``store`` names it, the same in all its backups."""

    store: str  # 32 hex digits
    slots: tuple[Slot, ...]


def create_keys(password: str) -> tuple[StoreKey, KeyFile, str]:
    """Make a new store's key, its key file (not written yet) and the recovery code to print.

    Raises:
        WeakPasswordError: see ``check_password``.
    """
    key = StoreKey(secrets.token_bytes(48))
    empty = KeyFile(store=secrets.token_hex(16), slots=())
    key_file, code = change_recovery_code(set_password(empty, key, password), key)
    return key, key_file, code


def check_password(password: str) -> None:
    """Refuse a new password that is short or silly.

    Raises:
        WeakPasswordError: fewer than 8 characters, one character repeated, or one of those everybody takes.
    """
    typed = _typed(password)
    if len(typed) < _SHORTEST_PASSWORD:
        raise WeakPasswordError(f"密码至少要 {_SHORTEST_PASSWORD} 个字符，可以用一句自己记得住的话。")
    if len(set(typed)) == 1 or typed.lower() in _SILLY_PASSWORDS:
        raise WeakPasswordError("这个密码太常见，别人一猜就中。请换一个，可以用一句自己记得住的话。")


def unlock(key_file: KeyFile, password: str) -> StoreKey:
    """Return the store's key.

    Raises:
        WrongPasswordError: no slot opens.
    """
    return _open(key_file, SlotKind.PASSWORD, _typed(password), WrongPasswordError)


def unlock_with_recovery(key_file: KeyFile, typed: str) -> StoreKey:
    """Return the store's key.

    Raises:
        MistypedRecoveryCodeError: what was typed is no recovery code.
        WrongRecoveryCodeError: it is one, of another store or an older printing.
    """
    return _open(key_file, SlotKind.RECOVERY, read_recovery_code(typed), WrongRecoveryCodeError)


def unlock_with_either(key_file: KeyFile, typed: str) -> StoreKey:
    """Return the store's key for a password or a recovery code.

    Raises:
        WrongPasswordError: it is neither.
    """
    try:
        return unlock(key_file, typed)
    except WrongPasswordError:
        try:
            return unlock_with_recovery(key_file, typed)
        except (MistypedRecoveryCodeError, WrongRecoveryCodeError):
            pass
        raise


def set_password(key_file: KeyFile, key: StoreKey, password: str) -> KeyFile:
    """Return the key file with ``password`` in place of the old one.

    Raises:
        WeakPasswordError: see ``check_password``.
    """
    check_password(password)
    return _with_slot(key_file, key, SlotKind.PASSWORD, _typed(password))


def change_recovery_code(key_file: KeyFile, key: StoreKey) -> tuple[KeyFile, str]:
    """Return the key file with a new recovery code, and the code; the one printed before opens nothing any more."""
    code = new_recovery_code()
    return _with_slot(key_file, key, SlotKind.RECOVERY, read_recovery_code(code)), code


def write_key_file(path: Path, key_file: KeyFile) -> None:
    """Put a key file in place of the one there.

    Raises:
        KeyFileError: the disk did not take it; the old one holds still.
    """
    try:
        write_whole(path, dump_key_file(key_file))
    except OSError as error:
        raise KeyFileError("密码没有写进磁盘，仍是原来的密码。请看看磁盘是否已满，再试一次。") from error


def read_key_file(path: Path) -> KeyFile:
    """Read the key file of a data folder, after ending a restore that was cut short there.

    Raises:
        KeyFileError: it is missing, damaged, or from a newer program.
    """
    finish_restore(path.parent)
    try:
        return parse_key_file(path.read_bytes())
    except FileNotFoundError:
        raise KeyFileError(f"数据文件夹里没有钥匙文件“{path.name}”，数据打不开。请从备份恢复。") from None


def dump_key_file(key_file: KeyFile) -> bytes:
    """The text of a key file, with a digest that tells damage from a wrong password."""
    slots = [
        {name: _text(getattr(slot, name)) for name in Slot.__dataclass_fields__} for slot in key_file.slots
    ]
    content = {"format": _FORMAT, "store": key_file.store, "slots": slots}
    return json.dumps(content | {"digest": _digest(content)}, indent=1).encode()


def parse_key_file(data: bytes) -> KeyFile:
    """Read what ``dump_key_file`` made.

    Raises:
        KeyFileError: damaged, or from a newer program.
    """
    try:
        content = json.loads(data)
        digest = content.pop("digest")
        if content["format"] > _FORMAT:
            raise KeyFileError("钥匙文件由更新版本的软件写成，请先升级本软件。")
        if digest != _digest(content):
            raise ValueError("the digest differs")
        return KeyFile(store=content["store"], slots=tuple(_slot(slot) for slot in content["slots"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeyFileError("钥匙文件 keys.json 已损坏，不是密码的问题。请从最近的备份恢复。") from error


def _typed(password: str) -> str:
    """A full-width digit typed under an input method is the digit that was meant."""
    return unicodedata.normalize("NFKC", password)


def _open(key_file: KeyFile, kind: SlotKind, secret: str, refusal: Callable[[], DesktopError]) -> StoreKey:
    for slot in key_file.slots:
        if slot.kind == kind:
            try:
                return StoreKey(
                    slot.wrapping(secret).decrypt(slot.nonce, slot.sealed, slot.told(key_file.store))
                )
            except InvalidTag:
                continue
    raise refusal()


def _with_slot(key_file: KeyFile, key: StoreKey, kind: SlotKind, secret: str) -> KeyFile:
    slot = Slot(kind=kind, salt=os.urandom(16), nonce=os.urandom(12))
    sealed = slot.wrapping(secret).encrypt(slot.nonce, key.secret, slot.told(key_file.store))
    others = tuple(other for other in key_file.slots if other.kind != kind)
    return replace(key_file, slots=(*others, replace(slot, sealed=sealed)))


def _text(value: bytes | str | int) -> str | int:
    return b64encode(value).decode() if isinstance(value, bytes) else value


def _slot(fields: dict[str, Any]) -> Slot:
    slot = Slot(
        kind=SlotKind(fields["kind"]),
        salt=b64decode(fields["salt"], validate=True),
        memory_kib=fields["memory_kib"],
        passes=fields["passes"],
        lanes=fields["lanes"],
        nonce=b64decode(fields["nonce"], validate=True),
        sealed=b64decode(fields["sealed"], validate=True),
    )
    sizes = (len(slot.salt), len(slot.nonce), len(slot.sealed))
    # A forged file must not make us take all memory before the seal can be tried.
    bounded = 8 <= slot.memory_kib <= 1 << 20 and 1 <= slot.passes <= 16 and 1 <= slot.lanes <= 16
    if sizes != (16, 12, 64) or not bounded:
        raise ValueError("a slot of impossible size")
    return slot


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
