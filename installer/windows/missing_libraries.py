"""Libraries that a frozen program for Windows asks for, and that neither it nor Windows 10 has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pefile  # type: ignore[import-untyped]  # it ships no types

# Windows 10's own; Microsoft's C++ runtime is not among them, wine's own would hide that it is missing.
_SYSTEM = re.compile(
    r"(?:api-ms-win-.*|ext-ms-.*"
    r"|advapi32|authz|bcrypt|bcryptprimitives|cfgmgr32|comctl32|comdlg32|crypt32|d2d1|d3d11|d3d12|d3d9|dwmapi"
    r"|dwrite|dxgi|gdi32|icuuc|imm32|iphlpapi|kernel32|mpr|msvcrt|netapi32|ntdll|ole32|oleaut32|psapi|rpcrt4"
    r"|secur32|setupapi|shcore|shell32|shlwapi|ucrtbase|uiautomationcore|user32|userenv|uxtheme|version|winmm"
    r"|winspool\.drv|ws2_32|wtsapi32)(?:\.dll)?",
    re.IGNORECASE,
)
_IMPORTS = ("DIRECTORY_ENTRY_IMPORT", "DIRECTORY_ENTRY_DELAY_IMPORT")
_DIRECTORIES = [pefile.DIRECTORY_ENTRY[f"IMAGE_{name}"] for name in _IMPORTS]


def missing_libraries(bundle: Path) -> list[tuple[Path, str]]:
    """Each file of the bundle with a library that it would not find on a PC without developers' tools."""
    programs = [path for path in bundle.rglob("*") if path.suffix.lower() in (".dll", ".exe", ".pyd")]
    there = {path.name.lower() for path in programs}
    return [
        (path.relative_to(bundle), name)
        for path in sorted(programs)
        for name in _asked(path)
        if name.lower() not in there and not _SYSTEM.fullmatch(name)
    ]


def _asked(program: Path) -> Iterator[str]:
    with pefile.PE(program, fast_load=True) as read:
        read.parse_data_directories(_DIRECTORIES)
        for kind in _IMPORTS:
            for entry in getattr(read, kind, []):
                yield entry.dll.decode("ascii")
