"""One running copy a data folder: a lock the system takes back when its holder dies."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop.models.database.layout import LOCK_NAME
from desktop.models.errors import DesktopError

_REMOVABLE, _REMOTE = 2, 4  # GetDriveTypeW


class AlreadyOpenError(DesktopError):
    """Another window or command holds the data folder."""

    def __init__(self) -> None:
        super().__init__("这份数据已在另一个窗口打开。请到那个窗口里操作，或先把它关闭。")


class UnsafeDiskError(DesktopError):
    """The data folder lies where a pulled plug or a lost connection would cost records."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"“{folder}”在移动盘或网络盘上，随时可能断开，不能存放数据。请改放在本机硬盘上。")


class UnwritableFolderError(DesktopError):
    """The data folder takes no file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"“{folder}”写不进去，不能存放数据。请检查这个文件夹的权限，或换一个文件夹。")


class FolderLock:
    """Held from its making to its release, for a whole data folder."""

    def __init__(self, folder: Path) -> None:
        """Take the lock.

        Raises:
            AlreadyOpenError: somebody holds it.
            UnsafeDiskError: the folder is on a removable or network drive (told on Windows only).
            UnwritableFolderError: no file can be made in it.
        """
        if _drive_type(folder) in (_REMOVABLE, _REMOTE):
            raise UnsafeDiskError(folder)
        try:
            self._file = (folder / LOCK_NAME).open("a+b")
        except OSError as error:
            raise UnwritableFolderError(folder) from error
        try:
            _take(self._file.fileno())
        except OSError as error:
            self._file.close()
            raise AlreadyOpenError from error

    def release(self) -> None:
        """Let others in; doing it twice does no harm."""
        self._file.close()


if sys.platform == "win32":
    import ctypes
    import msvcrt

    def _take(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

    def _drive_type(folder: Path) -> int:
        return int(ctypes.windll.kernel32.GetDriveTypeW(folder.resolve().anchor))
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _drive_type(_folder: Path) -> int:
        return 0
