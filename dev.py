"""Sets the project up, then runs, checks, measures or builds it; standard library only, on Windows and Linux."""

from __future__ import annotations

import argparse
import ctypes
import hashlib
import importlib.util
import io
import os
import secrets
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WINDOWS = sys.platform == "win32"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if WINDOWS else "bin/python")
STAMP = VENV / "set-up"  # the fingerprint of what was installed last
SAMPLE = ROOT / "sample-office"
SAMPLE_LEDGERS = ROOT / "sample-office-ledgers"
BUNDLE = ROOT / "dist" / "头雁台账"
PASSWORD = "TOUYAN_PASSWORD"

# What Qt loads from the system: the library, and the Debian package that brings it and the rest.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
PYTHON_SERIES = f"python3.{sys.version_info.minor}"
BUILD_LIBRARIES = {f"lib{PYTHON_SERIES}.so.1.0": f"lib{PYTHON_SERIES}"}  # Debian's own Python has it apart
TOOLS = {
    "test": {"git": "git", "pdftotext": "poppler-utils"},
    "build": {"objdump": "binutils"},
    "build --windows": {
        "wine": "wine",
        "Xvfb": "xvfb",
        "makensis": "nsis",
        "osslsigncode": "osslsigncode",
        "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    },
}


def main() -> None:
    """Set up, then do what the command line asks for."""
    parser = argparse.ArgumentParser(description="头雁台账：建立开发环境，然后运行、检查、测速或打包")
    commands = parser.add_subparsers(dest="command", required=True, metavar="run|test|bench|faults|build")
    run_parser = commands.add_parser("run", help="建一个演示单位，写出台账，打开窗口")
    run_parser.add_argument("--no-window", action="store_true", help="不打开窗口")
    commands.add_parser("test", help="格式、规范、类型、依赖方向和测试")
    bench_parser = commands.add_parser("bench", help="测速，与同一次运行里的标尺相比")
    bench_parser.add_argument("names", nargs="*", help="只测这几项")
    faults_parser = commands.add_parser("faults", help="让程序核对几万个坏的报送包，看是否一个也不接收")
    faults_parser.add_argument("--seed", help="随机数的种子")
    build_parser = commands.add_parser("build", help="为本机系统打包到 dist/，并让打好的程序自检")
    if not WINDOWS:
        build_parser.add_argument(
            "--windows", action="store_true", help="在 Linux 上用 wine 打 Windows 的程序和安装包，约五分钟"
        )
    asked = parser.parse_args()

    windows_too = getattr(asked, "windows", False)
    set_up("build --windows" if windows_too else asked.command)
    if asked.command == "run":
        run(window=not asked.no_window)
    elif asked.command == "test":
        test()
    elif asked.command == "bench":
        step("测速", [PYTHON, "-m", "benchmarks", *asked.names], show=True)
    elif asked.command == "faults":
        seed = ["--seed", asked.seed] if asked.seed else []
        step("坏的报送包", [PYTHON, "-m", "faults", *seed], show=True)
    elif windows_too:
        step("Windows 的程序和安装包", [PYTHON, "installer/windows/build.py"], show=True)
    else:
        build()


def set_up(command: str) -> None:
    """Bring the system, the virtual environment and its packages to what ``command`` needs."""
    if sys.version_info < (3, 11):  # noqa: UP036 (the one file that an older Python may be asked to run)
        sys.exit(f"需要 Python 3.11 或更新的版本，这里是 {sys.version.split()[0]}。")
    get_system_packages(command)
    if not PYTHON.exists():
        step("建立 .venv", [sys.executable, "-m", "venv", "--clear", VENV])
    wanted = fingerprint()
    if not STAMP.exists() or STAMP.read_text("ascii") != wanted:
        pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
        step("安装依赖（第一次要一两分钟）", [*pip, "-c", "constraints.txt", "-e", ".[dev]"])
        STAMP.write_text(wanted, "ascii")


def fingerprint() -> str:
    """Return what the environment depends on as one digest; the folder too, because the install points at it."""
    parts = [
        str(ROOT).encode(),
        *((ROOT / name).read_bytes() for name in ("pyproject.toml", "constraints.txt")),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def get_system_packages(command: str) -> None:
    """See that what ``command`` needs of the system is there; get it where we may."""
    missing = missing_packages(command)
    apt = shutil.which("apt-get")
    if missing and apt and os.geteuid() == 0:
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        step("apt-get update", [apt, "update", "-q"])
        install = [apt, "install", "-y", "-q", "--no-install-recommends"]
        step(f"apt-get install {' '.join(missing)}", [*install, *missing])
        missing = missing_packages(command)
    if missing:
        sys.exit(
            "系统里缺少下面这些软件包（按 Debian、Ubuntu、统信 UOS 的叫法）：\n"
            f"  {' '.join(missing)}\n请先安装，再运行一次：\n"
            f"  sudo apt-get install {' '.join(missing)}\n其他系统请安装提供同名库的软件包。"
        )


def missing_packages(command: str) -> list[str]:
    """Return the Debian names of what is not there; Windows needs nothing but Python."""
    if WINDOWS:
        return []
    libraries = QT_LIBRARIES | (BUILD_LIBRARIES if command == "build" else {})
    missing = [package for library, package in libraries.items() if not loads(library)]
    missing += [package for tool, package in TOOLS.get(command, {}).items() if not shutil.which(tool)]
    if not PYTHON.exists() and not importlib.util.find_spec("ensurepip"):
        missing.append(f"{PYTHON_SERIES}-venv")
    return missing


def loads(library: str) -> bool:
    """Whether the dynamic linker finds ``library``."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def run(*, window: bool) -> None:
    """Make the sample office and its ledgers where there are none, then open the window."""
    if not SAMPLE.exists():
        make_sample()
    if os.environ.get(PASSWORD) or not any(SAMPLE_LEDGERS.glob("*.pdf")):
        write_ledgers()
    say(f"演示单位（人员全部虚构）：{SAMPLE}", f"台账 PDF：{SAMPLE_LEDGERS}")
    if not os.environ.get(PASSWORD):
        say("密码是建立演示单位时显示的那一个；忘记了就删去 sample-office 再运行，会重新建一个。")
    if window and not has_screen():
        say("这里没有屏幕，窗口没有打开。")
    elif window:
        step("窗口", [PYTHON, "-m", "desktop", "--data", SAMPLE], show=True)


def make_sample() -> None:
    """Make the sample office; its password is the user's or random, and goes on to the programs started after."""
    password = os.environ.setdefault(PASSWORD, random_password())
    try:
        step("建立演示单位", [PYTHON, "-m", "desktop", "sample", SAMPLE])
    except SystemExit:
        shutil.rmtree(SAMPLE, ignore_errors=True)  # half an office would be taken for a whole one next time
        raise
    say(f"演示单位的密码（只显示这一次）：{password}")


def random_password() -> str:
    """Return three groups of four letters and digits that cannot be mistaken for one another."""
    letters, digits = "abcdefghjkmnpqrstuvwxyz", "23456789"
    groups = ("".join(map(secrets.choice, (letters, letters, letters, digits))) for _ in range(4))
    return "-".join(groups)


def write_ledgers() -> None:
    """Write each ledger of the sample office as a PDF named by its title."""
    if not os.environ.get(PASSWORD) and not sys.stdin.isatty():
        sys.exit(f"写台账要用演示单位的密码：请设环境变量 {PASSWORD}，或删去 sample-office 再运行。")
    desktop = [PYTHON, "-m", "desktop", "--data", SAMPLE, "ledger"]
    SAMPLE_LEDGERS.mkdir(exist_ok=True)
    for line in step("台账清单", [*desktop, "--list"]).splitlines():
        name, title = line.split(maxsplit=1)
        file = SAMPLE_LEDGERS / f"{title}.pdf"
        step(f"台账：{file.stem}", [*desktop, name, "-o", file])


def has_screen() -> bool:
    """Whether a window can be shown here."""
    return WINDOWS or sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def test() -> None:
    """Run every check; the first that fails ends it."""
    step("格式", [PYTHON, "-m", "ruff", "format", "--check"])
    step("规范", [PYTHON, "-m", "ruff", "check"])
    step("类型", [PYTHON, "-m", "mypy"])
    step("依赖方向", [PYTHON, "-c", "from importlinter.cli import lint_imports_command as run; run()"])
    step("测试", [PYTHON, "-m", "pytest", "-q", "-n", "auto"], show=True)


def build() -> None:
    """Freeze the program for this system and let the frozen program check itself."""
    freeze = [PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    step(
        "打包", [*freeze, "--distpath", BUNDLE.parent, "--workpath", ROOT / "build", "installer/touyan.spec"]
    )
    program = BUNDLE / ("touyan.exe" if WINDOWS else "touyan")
    step("自检", [program, "--self-check"])
    files = [path for path in BUNDLE.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files)
    say(f"打好的程序：{BUNDLE}（{len(files)} 个文件，{size / 1e6:.0f} MB）")


def step(name: str, command: Sequence[object], *, show: bool = False) -> str:
    """Run one step and return what it wrote; a failing one ends everything, with its name.

    A step takes one line: its name, its time and its last words. All its words come out when it fails, or
    as they are written with ``show``.
    """
    print(f"→ {name} …", end="\n" if show else " ", flush=True)
    started = time.monotonic()
    pipe = None if show else subprocess.PIPE
    done = subprocess.run(
        list(map(str, command)),
        cwd=ROOT,
        stdout=pipe,
        stderr=pipe and subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    words = done.stdout or ""
    if done.returncode:
        say(words)
        sys.exit(f"× {name}：没有通过（退出码 {done.returncode}）\n  {shlex.join(map(str, command))}")
    last = words.strip().rpartition("\n")[2]
    print(f"{'→ ' + name if show else ''} {time.monotonic() - started:.1f} s  {last}", flush=True)
    return words


def say(*lines: str) -> None:
    """Print lines for the person at the keyboard."""
    print(*lines, sep="\n", flush=True)


if __name__ == "__main__":
    os.environ["PYTHONIOENCODING"] = "utf-8:replace"  # of all we start: their words are read here
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console may be cp936 or cp1252
    main()
