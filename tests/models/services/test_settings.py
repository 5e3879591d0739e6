"""Settings of an office: kept in the store, the well-known ones checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.office import Office
from tests.offices import TOWNSHIP, opened


def test_settings_are_kept_with_the_office(tmp_path: Path) -> None:
    with opened(tmp_path / "office") as office:
        office.settings.signature = " 中共东升镇委员会 "
        office.settings.operator = "王干事"
        office.settings.font_size = 12
        office.settings.set("view.roster", {"widths": [1, 2]})
    with opened(tmp_path / "office") as office:
        assert office.settings.signature == "中共东升镇委员会"
        assert office.settings.operator == "王干事"
        assert office.settings.font_size == 12
        assert office.settings.get("view.roster") == {"widths": [1, 2]}
        assert office.settings.unit == TOWNSHIP


def test_what_was_never_set_has_a_default(office: Office) -> None:
    assert (office.settings.signature, office.settings.operator, office.settings.font_size) == ("", "", 10)
    assert office.settings.backup_folder is None
    assert office.settings.get("nothing", 7) == 7


def test_a_font_size_that_is_none_of_ours_is_not_used(office: Office) -> None:
    office.settings.set("font_size", 99)

    assert office.settings.font_size == 10


def test_a_backup_folder_is_kept_in_full(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    office.settings.backup_folder = Path("备份")

    assert office.settings.backup_folder == tmp_path.resolve() / "备份"


def test_settings_are_not_in_the_history(office: Office) -> None:
    office.settings.signature = "东升镇党委"

    assert len(office.history.recent()) == 1
