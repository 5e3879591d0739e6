"""The commands ``init`` and ``sample``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.running import Run
from tests.offices import CITY, TOWNSHIP


@pytest.mark.parametrize(
    ("unit", "level", "said"),
    [
        ("421081106208", "township", "不是区划表里的乡镇"),
        (CITY, "township", "建市里的数据请加 --level city"),
        (TOWNSHIP, "city", "不是区划表里的市县"),
        ("1", "city", "不是区划表里的市县"),
    ],
)
def test_an_office_is_of_a_township_or_city_of_the_list(
    run: Run, tmp_path: Path, unit: str, level: str, said: str
) -> None:
    ended = run("init", tmp_path / "new", "--unit", unit, "--level", level)

    assert ended.status == 1
    assert said in ended.err
    assert not (tmp_path / "new").exists()


def test_init_makes_an_empty_office_and_shows_the_recovery_code_once(run: Run, tmp_path: Path) -> None:
    ended = run("init", tmp_path / "new", "--unit", CITY, "--level", "city")

    assert ended.status == 0
    assert "恢复码" in ended.out
    assert run("--data", tmp_path / "new", "rows", "roster", "--format", "json").json == []
    assert run("--data", tmp_path / "new", "undo").status == 1


def test_sample_fills_an_office_with_invented_people(run: Run, tmp_path: Path) -> None:
    ended = run("sample", tmp_path / "new")

    people = run(
        *("--data", tmp_path / "new", "rows", "roster", "--format", "json", "--full-ids", "--reason", "测试")
    ).json
    assert ended.status == 0
    assert "20 个村（社区）" in ended.out
    assert {row["id_number"][:6] for row in people if row["id_number"]} == {"421099"}


@pytest.mark.parametrize("command", [("sample",), ("init", "--unit", CITY, "--level", "city")])
def test_a_folder_that_holds_something_is_left_alone(
    run: Run, tmp_path: Path, command: tuple[str, ...]
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("mine", encoding="utf-8")

    ended = run(command[0], tmp_path / "mine", *command[1:])

    assert ended.status == 1
    assert "已有数据" in ended.err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_weak_password_makes_no_office(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUYAN_PASSWORD", "12345678")

    ended = run("init", tmp_path / "new", "--unit", CITY, "--level", "city")

    assert ended.status == 1
    assert "太常见" in ended.err
    assert not (tmp_path / "new" / "store.db").exists()
