"""Makes the Windows program and its installer on Linux, under wine, and has both check themselves.

Debian's wine, mingw-w64 and nsis and PyPI's wheels for Windows are all it takes; a PC with Windows needs none of this
(``dev.py build`` there). Wine shows that the program runs, not how it looks: docs/windows-check.md.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pefile  # type: ignore[import-untyped]  # it ships no types
from missing_libraries import missing_libraries

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
WORK = ROOT / "build" / "windows"
WINDOWS_PYTHON = WORK / "python"
SITE = WINDOWS_PYTHON / "Lib" / "site-packages"
PREFIX = WORK / "prefix"
SYSTEM = PREFIX / "drive_c" / "windows" / "system32"
BUNDLE = WORK / "dist" / "头雁台账"
INSTALLED = Path("AppData/Local/Programs/Touyan")

# Its wheel carries CPython's own libraries for Windows, signed by the Python Software Foundation.
CARRIER = "panda3d==1.10.16"
SIGNED = "/etc/ssl/certs/ca-certificates.crt"
FOR_WINDOWS = [
    "--only-binary=:all:",
    "--platform",
    "win_amd64",
    "--implementation",
    "cp",
    "--python-version",
    "3.11",
]
TOOLS = ("pyinstaller", "pefile", "pywin32-ctypes", "colorama", "tzdata", "setuptools")
NOT_OURS = ("__pycache__", "config-3*", "_sysconfigdata*", "dist-packages", "idlelib", "lib-dynload")
LEFT_OUT = shutil.ignore_patterns(*NOT_OURS, "site-packages", "test", "turtledemo")
COMPILER = ["x86_64-w64-mingw32-gcc", "-O2", "-s"]
# Wine's stand-ins for .NET and its own C++ runtime are switched off: a PC of an office has neither.
STAND_INS = "mscoree,mshtml=;mscms=n"
NO_RUNTIME = ";vcruntime140,vcruntime140_1,msvcp140,msvcp140_1,msvcp140_2,concrt140=n"


def main() -> None:
    """Everything anew but the wine prefix and Python, which stay for the next time."""
    if sys.version_info[:2] != (3, 11):
        sys.exit(
            "The standard library of this Python goes into the program: it must be 3.11, as its wheel is."
        )
    WORK.mkdir(parents=True, exist_ok=True)
    if not (WINDOWS_PYTHON / "python.exe").exists():
        make_python()
    install_packages()
    with screen(), wine_server():
        freeze()
        if missing := missing_libraries(BUNDLE):
            sys.exit("\n".join(f"{program} asks for {library}" for program, library in missing))
        print(wine([BUNDLE / "touyan.exe", "--self-check"], overrides=STAND_INS + NO_RUNTIME))
        setup = make_installer()
        try_installer(setup)
    print(f"{setup}: {setup.stat().st_size / 1e6:.0f} MB")


def make_python() -> None:
    """Lay out CPython for Windows: its libraries by wheel, its standard library from here, its starter compiled."""
    shutil.rmtree(WINDOWS_PYTHON, ignore_errors=True)
    wheels = WORK / "wheels"
    pip("download", "--no-deps", "-d", wheels, CARRIER)
    with zipfile.ZipFile(next(wheels.glob("panda3d-*.whl"))) as wheel:
        wheel.extractall(wheels, [name for name in wheel.namelist() if name.startswith("deploy_libs/")])
    shutil.copytree(Path(os.__file__).parent, WINDOWS_PYTHON / "Lib", ignore=LEFT_OUT)
    (WINDOWS_PYTHON / "DLLs").mkdir()
    for library in sorted((wheels / "deploy_libs").iterdir()):
        if library.name == "VCRUNTIME140.dll":  # Microsoft's
            shutil.copy(library, WINDOWS_PYTHON / "vcruntime140.dll")
        elif not library.name.startswith(("api-ms-", "tcl", "tk", "_tkinter", "_msi")):
            require_signature(library)
            home = WINDOWS_PYTHON if library.name == "python311.dll" else WINDOWS_PYTHON / "DLLs"
            shutil.copy(library, home)
    compile_starters()


def require_signature(library: Path) -> None:
    """End where a library is not as the Python Software Foundation signed it."""
    trust = [
        "-CAfile",
        SIGNED,
        "-TSA-CAfile",
        SIGNED,
        "-ignore-crl",
        "-ignore-cdp",
    ]  # nothing is asked of the network
    if "Succeeded" not in run(["osslsigncode", "verify", *trust, "-in", library]):
        sys.exit(f"{library.name} is not as it was signed.")


def compile_starters() -> None:
    """python.exe, and python3.dll that passes everything on."""
    library = WINDOWS_PYTHON / "python311.dll"
    with pefile.PE(library, fast_load=True) as read:
        read.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_EXPORT"]])
        names = [symbol.name.decode() for symbol in read.DIRECTORY_ENTRY_EXPORT.symbols if symbol.name]
    passed_on = "\n".join(f"  {name} = python311.{name}" for name in names)
    definition, manifest = WORK / "python3.def", WORK / "python.o"
    definition.write_text(f"LIBRARY python3.dll\nEXPORTS\n{passed_on}\n", "ascii")
    run(["x86_64-w64-mingw32-windres", "python.rc", "-O", "coff", "-o", manifest], cwd=HERE)
    run([*COMPILER, "-shared", HERE / "python3.c", definition, "-o", WINDOWS_PYTHON / "python3.dll"])
    starter = WINDOWS_PYTHON / "python.exe"  # last: it tells that all is there
    run([*COMPILER, "-municode", HERE / "python.c", manifest, library, "-o", starter])


def install_packages() -> None:
    """What the program needs and what freezes it, in the versions that are pinned."""
    shutil.rmtree(SITE, ignore_errors=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = ["-c", ROOT / "constraints.txt", *project["dependencies"], *TOOLS]
    pip("install", "--root-user-action=ignore", "--target", SITE, *pinned)


def pip(command: str, *words: object) -> None:
    """Run pip for Windows' wheels alone."""
    run([sys.executable, "-m", "pip", "--disable-pip-version-check", command, "-q", *FOR_WINDOWS, *words])


@contextmanager
def screen() -> Iterator[None]:
    """A screen as offices have it; a program without one would turn in circles."""
    reads, writes = os.pipe()
    shown = ["Xvfb", "-displayfd", str(writes), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
    with subprocess.Popen(shown, pass_fds=[writes], stderr=subprocess.DEVNULL) as server:
        os.environ["DISPLAY"] = f":{os.read(reads, 16).decode().strip()}"
        try:
            yield
        finally:
            server.terminate()


@contextmanager
def wine_server() -> Iterator[None]:
    """Windows 10 by wine, its services started apart from what is read of a program's words."""
    os.environ |= {"WINEPREFIX": str(PREFIX), "WINEARCH": "win64", "WINEDEBUG": "-all"}
    os.environ["WINEDLLOVERRIDES"] = STAND_INS
    if not SYSTEM.exists():
        quietly(["wineboot", "-i"])
        quietly(["winecfg", "-v", "win10"])
        quietly(["wineserver", "-w"])
        for source in sorted((HERE / "stand_ins").glob("*.c")):  # what wine 8 lacks; none of it is shipped
            run([*COMPILER, "-shared", source, "-o", SYSTEM / f"{source.stem}.dll", "-ladvapi32"])
    quietly(["wineserver", "-p"])
    quietly(["wine", "cmd", "/c", "exit"])
    try:
        yield
    finally:
        quietly(["wineserver", "-k"])


def quietly(command: Sequence[str]) -> None:
    """Start what leaves services behind: they would keep a pipe of ours open."""
    subprocess.run(
        command,
        check=True,
        timeout=300,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def wine(command: Sequence[object], *, overrides: str = STAND_INS, minutes: float = 10) -> str:
    """Run a Windows program and return its words; it must end well.

    They go through ``cat``: a console Python of Windows dies where they go into a file.
    """
    words = WORK / "words.txt"
    with words.open("wb") as kept:
        cat = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=kept)
        try:
            done = subprocess.run(
                ["wine", *map(str, command)],
                cwd=ROOT,
                env=os.environ | {"WINEDLLOVERRIDES": overrides},
                stdin=subprocess.DEVNULL,
                stdout=cat.stdin,
                stderr=subprocess.STDOUT,
                timeout=minutes * 60,
            )
        finally:
            assert cat.stdin is not None
            cat.stdin.close()
            time.sleep(0.5)  # wine's services keep the pipe: it has no end to wait for
            cat.terminate()
            cat.wait()
    said = words.read_text("utf-8", errors="replace")
    if done.returncode:
        sys.exit(f"{said}\n{command[0]} ended with {done.returncode}.")
    return said


def freeze() -> None:
    """Freeze the program, by the same description as on Linux."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    places = ["--distpath", windows_path(BUNDLE.parent), "--workpath", windows_path(WORK / "frozen")]
    freezing = ["-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR", *places, "installer/touyan.spec"]
    wine([WINDOWS_PYTHON / "python.exe", *freezing])
    if not (BUNDLE / "touyan-window.exe").exists():
        sys.exit("Nothing was frozen.")


def windows_path(path: Path) -> str:
    """How wine calls a path of this system."""
    return f"Z:{path}".replace("/", "\\")


def make_installer() -> Path:
    """Write the installer of the frozen program."""
    version = run([sys.executable, "-c", "import desktop; print(desktop.__version__)"], cwd=ROOT).strip()
    setup = ROOT / "dist" / f"头雁台账-{version}-安装.exe"
    setup.parent.mkdir(exist_ok=True)
    copyright_line = (ROOT / "LICENSE").read_text("utf-8").splitlines()[2]
    known = {"VERSION": version, "COPYRIGHT": copyright_line, "BUNDLE": BUNDLE, "OUTPUT": setup}
    words = [f"-D{name}={value}" for name, value in known.items()]
    run(["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *words, ROOT / "installer" / "touyan.nsi"])
    return setup


def try_installer(setup: Path) -> None:
    """Install, check, install over it, uninstall: the program goes, an office's data stay."""
    home = next(folder for folder in (PREFIX / "drive_c" / "users").iterdir() if folder.name != "Public")
    installed, data = home / INSTALLED, home / "AppData" / "Local" / "Touyan" / "store.db"
    data.parent.mkdir(parents=True, exist_ok=True)
    data.write_bytes(b"an office's data")
    wine([setup, "/S"])
    (installed / "_internal" / "of-an-older-version.dll").touch()
    wine([setup, "/S"])
    require_same_files(installed)
    print(wine([installed / "touyan.exe", "--self-check"], overrides=STAND_INS + NO_RUNTIME))
    wine([installed / "uninstall.exe", "/S"])
    deadline = time.monotonic() + 60
    while installed.exists() and time.monotonic() < deadline:  # it goes on as a copy of itself
        time.sleep(0.5)
    if installed.exists() or data.read_bytes() != b"an office's data":
        sys.exit("The program is still there, or an office's data are not.")


def require_same_files(installed: Path) -> None:
    """What was installed is the bundle, file by file, and how to take it away."""
    said = run(["diff", "-rq", "--exclude=uninstall.exe", BUNDLE, installed])
    if said:
        sys.exit(said)


def run(command: Sequence[object], *, cwd: Path | None = None) -> str:
    """Run a program of this system and return its words; one that fails ends everything with them."""
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\n{command[0]} ended with {done.returncode}.")
    return done.stdout


if __name__ == "__main__":
    main()
