"""The key file: what opens it, what does not, and what is said then."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.models.database import files, keys
from desktop.models.database.connection import StoreKey
from desktop.models.database.keys import (
    KeyFile,
    KeyFileError,
    WeakPasswordError,
    WrongPasswordError,
    WrongRecoveryCodeError,
    change_recovery_code,
    create_keys,
    dump_key_file,
    parse_key_file,
    read_key_file,
    set_password,
    unlock,
    unlock_with_either,
    unlock_with_recovery,
    write_key_file,
)
from desktop.models.database.layout import KEY_FILE_NAME
from desktop.models.database.recovery_code import MistypedRecoveryCodeError, new_recovery_code

PASSWORD = "石桥村的桂花 2026"


@pytest.fixture(scope="module")
def made() -> tuple[StoreKey, KeyFile, str]:
    return create_keys(PASSWORD)


def test_password_and_recovery_code_open_the_same_key(made: tuple[StoreKey, KeyFile, str]) -> None:
    key, key_file, code = made

    assert unlock(key_file, PASSWORD) == key
    assert unlock_with_recovery(key_file, code.lower().replace("-", " ")) == key
    assert unlock_with_either(key_file, code) == key


def test_nothing_else_does(made: tuple[StoreKey, KeyFile, str]) -> None:
    _, key_file, _ = made

    with pytest.raises(WrongPasswordError, match="密码不对"):
        unlock(key_file, PASSWORD + "x")
    with pytest.raises(WrongRecoveryCodeError, match="没有输错"):
        unlock_with_recovery(key_file, new_recovery_code())
    with pytest.raises(MistypedRecoveryCodeError):
        unlock_with_recovery(key_file, "ABCD")
    with pytest.raises(WrongPasswordError):
        unlock_with_either(key_file, new_recovery_code())


def test_a_password_typed_in_full_width_is_the_same(made: tuple[StoreKey, KeyFile, str]) -> None:
    key, key_file, _ = made

    assert unlock(key_file, "石桥村的桂花　２０２６") == key


def test_key_and_password_are_not_in_the_file(made: tuple[StoreKey, KeyFile, str]) -> None:
    key, key_file, code = made

    written = dump_key_file(key_file)

    assert key.secret.hex() not in repr((key, key_file))
    for secret in (key.secret, key.secret.hex().encode(), PASSWORD.encode(), code.encode()):
        assert secret not in written


def test_a_new_password_ends_the_old_one_and_leaves_key_and_code(made: tuple[StoreKey, KeyFile, str]) -> None:
    key, key_file, code = made

    changed = set_password(key_file, key, "另一句好记的话，是它")

    assert unlock(changed, "另一句好记的话，是它") == key
    assert unlock_with_recovery(changed, code) == key
    with pytest.raises(WrongPasswordError):
        unlock(changed, PASSWORD)


def test_a_new_recovery_code_ends_the_old_one(made: tuple[StoreKey, KeyFile, str]) -> None:
    key, key_file, code = made

    changed, new_code = change_recovery_code(key_file, key)

    assert unlock_with_recovery(changed, new_code) == key
    assert unlock(changed, PASSWORD) == key
    with pytest.raises(WrongRecoveryCodeError):
        unlock_with_recovery(changed, code)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "至少要 8 个字符"),
        ("石桥村桂花", "至少要 8 个字符"),
        ("12345678", "太常见"),
        ("８８８８８８８８", "太常见"),
        ("Password123", "太常见"),
        ("qwertyuiop", "太常见"),
    ],
)
def test_a_poor_password_is_refused(password: str, words: str) -> None:
    with pytest.raises(WeakPasswordError, match=words):
        create_keys(password)


def test_a_key_file_comes_back_as_it_was_written(made: tuple[StoreKey, KeyFile, str], tmp_path: Path) -> None:
    path = tmp_path / KEY_FILE_NAME
    write_key_file(path, made[1])
    write_key_file(path, replace(made[1], store="0" * 32))

    assert read_key_file(path) == replace(made[1], store="0" * 32)
    assert [file.name for file in tmp_path.iterdir()] == [KEY_FILE_NAME]


def test_a_key_file_that_the_disk_does_not_keep_changes_nothing(
    made: tuple[StoreKey, KeyFile, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / KEY_FILE_NAME
    write_key_file(path, made[1])
    monkeypatch.setattr(files, "sync_file", lambda path: path.write_bytes(path.read_bytes()[:-100]))

    with pytest.raises(KeyFileError, match="仍是原来的密码"):
        write_key_file(path, replace(made[1], store="0" * 32))

    assert read_key_file(path) == made[1]


def test_a_missing_key_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="没有钥匙文件"):
        read_key_file(tmp_path / KEY_FILE_NAME)


def test_a_damaged_key_file_is_told_from_a_wrong_password(made: tuple[StoreKey, KeyFile, str]) -> None:
    whole = dump_key_file(made[1])

    for place in range(0, len(whole), 7):
        damaged = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        with pytest.raises(KeyFileError, match=r"不是密码的问题|先升级"):
            parse_key_file(damaged)
    for length in range(0, len(whole), 50):
        with pytest.raises(KeyFileError, match="已损坏"):
            parse_key_file(whole[:length])


def forged(key_file: KeyFile, **changes: object) -> bytes:
    """A key file whose first slot was changed by somebody who knows how the digest is made."""
    content = json.loads(dump_key_file(key_file))
    del content["digest"]
    content["slots"][0] |= changes
    return json.dumps(content | {"digest": keys._digest(content)}).encode()


def test_a_slot_moved_to_weaker_settings_opens_nothing(made: tuple[StoreKey, KeyFile, str]) -> None:
    with pytest.raises(WrongPasswordError):
        unlock(parse_key_file(forged(made[1], passes=1)), PASSWORD)


@pytest.mark.parametrize(
    "changes", [{"memory_kib": 1 << 30}, {"passes": 0}, {"salt": "AAAA"}, {"kind": "key"}, {"lanes": "4"}]
)
def test_a_slot_of_impossible_settings_is_refused_unread(
    made: tuple[StoreKey, KeyFile, str], changes: dict[str, object]
) -> None:
    with pytest.raises(KeyFileError):
        parse_key_file(forged(made[1], **changes))


def test_a_newer_key_file_asks_for_the_newer_program(made: tuple[StoreKey, KeyFile, str]) -> None:
    content = json.loads(dump_key_file(made[1])) | {"format": 2}

    with pytest.raises(KeyFileError, match="先升级"):
        parse_key_file(json.dumps(content).encode())


def test_the_slots_cost_what_the_design_says(made: tuple[StoreKey, KeyFile, str]) -> None:
    for slot in made[1].slots:
        assert (slot.memory_kib, slot.passes) == (64 * 1024, 3)
