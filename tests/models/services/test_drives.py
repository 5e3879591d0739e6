"""Removable disks: which are there, which one a folder lies on, and letting go of one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.models.services import drives
from desktop.models.services.drives import Drive, NotEjectedError, drive_of, eject, removable_drives

if sys.platform == "win32":
    pytest.skip("what Linux says of its disks", allow_module_level=True)

MOUNTS = r"""24 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw
25 24 0:22 / /run rw,nosuid - tmpfs tmpfs rw,size=1024k
40 24 8:17 / {point} rw,nosuid,nodev shared:9 - vfat {device} rw,uid=1000,errors=remount-ro
41 24 8:33 / /media/officer/光盘 ro,relatime - iso9660 /dev/sr0 ro
42 24 7:1 / /mnt/image rw - ext4 /dev/loop1 rw
"""


def drive(root: Path, label: str = "办公U盘") -> Drive:
    return Drive(
        root=root,
        device="/dev/none",
        label=label,
        serial="1234-ABCD",
        file_system="vfat",
        free=5 << 30,
        size=8 << 30,
        read_only=False,
    )


def test_what_users_plug_in_is_listed_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "run" / "media" / "我的 盘"
    stick.mkdir(parents=True)
    table = tmp_path / "mountinfo"
    point = str(stick).replace(" ", r"\040")
    table.write_text(MOUNTS.format(point=point, device="/dev/sdb1"), encoding="utf-8")
    monkeypatch.setattr(drives, "_MOUNTS", table)
    monkeypatch.setattr(drives, "_USERS_MOUNTS", re.compile(f"{tmp_path}/run/media/.+|/media/.+"))

    (found,) = removable_drives()  # the disc in /media is not there any more

    assert found.root == stick
    assert (found.file_system, found.device, found.read_only) == ("vfat", "/dev/sdb1", False)
    assert 0 < found.free <= found.size


def test_a_folder_is_on_the_innermost_disk(tmp_path: Path) -> None:
    outer, inner = drive(tmp_path), drive(tmp_path / "stick")

    assert drive_of(tmp_path / "stick" / "报送", [outer, inner]) == inner
    assert drive_of(tmp_path / "else", [outer, inner]) == outer
    assert drive_of(Path("/elsewhere"), [outer, inner]) is None


def test_a_disk_is_called_by_its_label_and_place() -> None:
    assert drive(Path("/media/a")).name == "办公U盘（/media/a）"
    assert drive(Path("/media/a"), label="").name == "/media/a"


def test_a_disk_that_is_not_let_go_of_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NotEjectedError, match="文件已经写好并核对过；请关闭占用它的窗口"):
        eject(drive(tmp_path / "none"))


def test_a_real_disk_is_let_go_of(tmp_path: Path) -> None:
    place = tmp_path / "stick"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "tmpfs", str(place)]
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts nothing for us")

    eject(drive(place))

    assert not place.is_mount()
