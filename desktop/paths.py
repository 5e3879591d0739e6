"""Where resources, data, temporary files and logs live: in a checkout, installed and frozen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent

# A checkout has them beside the package; the wheel and the frozen program carry them inside it.
RESOURCES = next(
    folder for folder in (_PACKAGE / "resources", _PACKAGE.parent / "resources") if folder.is_dir()
)


def resource(*parts: str) -> Path:
    """Return the path of a shipped file, e.g. ``resource("fonts", "NotoSansSC-Regular.ttf")``."""
    return RESOURCES.joinpath(*parts)


def default_data_folder() -> Path:
    """Return where an office is kept when no folder is named; it may not exist yet."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Touyan"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "touyan"


def temporary_folder(data_folder: Path) -> Path:
    """Return the office's own place for temporary files, made if missing.

    The system's would leave personal data on another disk, unencrypted and without an owner.
    """
    return _made(data_folder / "temporary")


def log_folder(data_folder: Path) -> Path:
    """Return where the office's logs are written, made if missing."""
    return _made(data_folder / "logs")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
