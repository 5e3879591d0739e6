"""Removable disks (移动盘): which are plugged in, how much they take, and letting go of one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop.models.errors import DesktopError


class NotEjectedError(DesktopError):
    """The system did not let go of a disk; what was written on it is synced all the same."""

    def __init__(self, drive: Drive) -> None:
        super().__init__(
            f"“{drive.name}”没有弹出，可能还有程序在用它。文件已经写好并核对过；"
            "请关闭占用它的窗口，再用系统的“安全删除硬件”弹出。"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """A disk that can be pulled out, as the system names it; what it does not tell is empty."""

    root: Path  # mount point, or letter: E:\\
    device: str
    label: str
    serial: str  # of the volume, made when it was formatted: two copied sticks may have the same
    file_system: str
    free: int  # bytes
    size: int
    read_only: bool

    @property
    def name(self) -> str:
        """What people call it: the letter or folder, and its label."""
        place = str(self.root).rstrip("\\")
        return f"{self.label}（{place}）" if self.label else place


def removable_drives() -> tuple[Drive, ...]:
    """The disks that are plugged in now; ask again every second or so to see one come and go."""
    return tuple(drive for drive in _drives() if drive is not None)


def drive_of(folder: Path, drives: Iterable[Drive]) -> Drive | None:
    """The one of some disks that a folder lies on."""
    try:
        place = folder.resolve()
    except OSError:
        place = folder
    inside = [drive for drive in drives if place.is_relative_to(drive.root)]
    return max(inside, key=lambda drive: len(drive.root.parts), default=None)


def eject(drive: Drive) -> None:
    """Have the system let go of a disk, so that it may be pulled out.

    Raises:
        NotEjectedError: it is in use, or this system cannot.
    """
    if not _let_go(drive):
        raise NotEjectedError(drive)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.CreateFileW.restype = wintypes.HANDLE
    _kernel.CreateFileW.argtypes = (
        *(wintypes.LPCWSTR, wintypes.DWORD, wintypes.DWORD, wintypes.LPVOID),
        *(wintypes.DWORD, wintypes.DWORD, wintypes.HANDLE),
    )
    _kernel.DeviceIoControl.argtypes = (
        *(wintypes.HANDLE, wintypes.DWORD, wintypes.LPVOID, wintypes.DWORD, wintypes.LPVOID),
        *(wintypes.DWORD, ctypes.POINTER(wintypes.DWORD), wintypes.LPVOID),
    )
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    _REMOVABLE = 2  # GetDriveTypeW
    _READ_ONLY_VOLUME = 0x00080000
    _READ_WRITE, _SHARED, _EXISTING = 0xC0000000, 3, 3
    _LOCK_VOLUME, _DISMOUNT_VOLUME, _EJECT_MEDIA = 0x00090018, 0x00090020, 0x002D4808
    _NO_DIALOGS = 0x0001  # SEM_FAILCRITICALERRORS: a card reader without a card asks for none

    def _drives() -> Iterable[Drive | None]:
        old = _kernel.SetErrorMode(_NO_DIALOGS)
        try:
            letters = [
                f"{chr(65 + place)}:\\" for place in range(26) if _kernel.GetLogicalDrives() >> place & 1
            ]
            return [_drive(letter) for letter in letters if _kernel.GetDriveTypeW(letter) == _REMOVABLE]
        finally:
            _kernel.SetErrorMode(old)

    def _drive(root: str) -> Drive | None:
        """The disk behind a letter; None where a reader is empty."""
        label, system = ctypes.create_unicode_buffer(261), ctypes.create_unicode_buffer(261)
        serial, longest, flags = wintypes.DWORD(), wintypes.DWORD(), wintypes.DWORD()
        numbers = (ctypes.byref(serial), ctypes.byref(longest), ctypes.byref(flags))
        if not _kernel.GetVolumeInformationW(root, label, 261, *numbers, system, 261):
            return None
        free, size = ctypes.c_ulonglong(), ctypes.c_ulonglong()
        if not _kernel.GetDiskFreeSpaceExW(root, ctypes.byref(free), ctypes.byref(size), None):
            return None
        return Drive(
            root=Path(root),
            device=root[:2],
            label=label.value,
            serial=f"{serial.value >> 16:04X}-{serial.value & 0xFFFF:04X}",
            file_system=system.value,
            free=free.value,
            size=size.value,
            read_only=bool(flags.value & _READ_ONLY_VOLUME),
        )

    def _let_go(drive: Drive) -> bool:
        """Lock, dismount and eject the volume, as Microsoft documents it for FSCTL_LOCK_VOLUME."""
        volume = _kernel.CreateFileW(rf"\\.\{drive.device}", _READ_WRITE, _SHARED, None, _EXISTING, 0, None)
        if volume == wintypes.HANDLE(-1).value:
            return False
        given = wintypes.DWORD()
        try:
            return all(
                _kernel.DeviceIoControl(volume, step, None, 0, None, 0, ctypes.byref(given), None)
                for step in (_LOCK_VOLUME, _DISMOUNT_VOLUME, _EJECT_MEDIA)
            )
        finally:
            _kernel.CloseHandle(volume)
else:
    _MOUNTS = Path("/proc/self/mountinfo")
    _USERS_MOUNTS = re.compile(r"/(?:run/)?media/.+")  # where desktops mount what a user plugs in
    _PATIENCE = 30  # seconds: a slow stick is still taking what it was given

    def _drives() -> Iterable[Drive | None]:
        try:
            lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        except OSError:  # another system of the family
            return []
        return [_drive(*_mount(line)) for line in lines if _is_removable(*_mount(line)[:2])]

    def _mount(line: str) -> tuple[str, str, str, str]:
        """Mount point, device, file system and options of a line of mountinfo (see proc(5))."""
        before, after = line.split(" - ", 1)
        system, device, above = after.split(" ")[:3]
        return _plain(before.split(" ")[4]), _plain(device), system, f"{before.split(' ')[5]},{above}"

    def _plain(text: str) -> str:
        return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), text)

    def _is_removable(point: str, device: str) -> bool:
        if not device.startswith("/dev/"):
            return False
        return bool(_USERS_MOUNTS.fullmatch(point)) or _says_removable(Path(device).name)

    def _says_removable(name: str) -> bool:
        """Whether the disk that a partition is of is removable."""
        place = Path("/sys/class/block") / name
        for folder in (place.resolve(), place.resolve().parent):
            with suppress(OSError):
                return (folder / "removable").read_text().strip() == "1"
        return False

    def _drive(point: str, device: str, system: str, options: str) -> Drive | None:
        try:
            space = shutil.disk_usage(point)
        except OSError:  # pulled out a moment ago
            return None
        names = {kind: _named(kind, device) for kind in ("label", "uuid")}
        return Drive(
            root=Path(point),
            device=device,
            label=names["label"],
            serial=names["uuid"],
            file_system=system,
            free=space.free,
            size=space.total,
            read_only="ro" in options.split(","),
        )

    def _named(kind: str, device: str) -> str:
        """What udev calls a device by its label or uuid; empty where it does not say."""
        with suppress(OSError):
            for link in Path(f"/dev/disk/by-{kind}").iterdir():
                if link.resolve() == Path(device).resolve():
                    return re.sub(r"\\x([0-9a-f]{2})", lambda code: chr(int(code[1], 16)), link.name)
        return ""

    def _let_go(drive: Drive) -> bool:
        for command in (("udisksctl", "unmount", "-b", drive.device), ("umount", str(drive.root))):
            if shutil.which(command[0]) and _runs(command, {**os.environ, "LC_ALL": "C"}):
                return True
        return False

    def _runs(command: tuple[str, ...], environment: Mapping[str, str]) -> bool:
        with suppress(subprocess.TimeoutExpired, OSError):
            done = subprocess.run(
                command, capture_output=True, env=environment, timeout=_PATIENCE, check=False
            )
            return done.returncode == 0
        return False
