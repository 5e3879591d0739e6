"""The program opens no internet socket, neither from Python nor from Qt, in any of its processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Python imports this at the start of each process, those that the program starts as well.
WATCH = """
import atexit, os, socket, sys, traceback

REPORT = os.environ["SOCKET_REPORT"]
INTERNET = {socket.AF_INET, socket.AF_INET6}
LOOKUPS = {f"socket.{name}" for name in ("getaddrinfo", "gethostbyname", "gethostbyaddr", "getnameinfo")}

def report(words):
    with open(REPORT, "a", encoding="utf-8") as file:
        file.write(f"{sys.argv}: {words}\\n")

def watch(event, arguments):
    if event == "socket.__new__" and arguments[1] in INTERNET or event in LOOKUPS:
        report(f"{event} {arguments[1:]}\\n" + "".join(traceback.format_stack()))

def at_end():
    if not sys.platform.startswith("linux"):
        return
    with open("/proc/self/maps", encoding="utf-8") as maps:
        if "Qt6Network" in maps.read():
            report("QtNetwork is loaded")
    sockets = set()
    for kind in ("tcp", "tcp6", "udp", "udp6", "raw", "raw6"):
        if os.path.exists(f"/proc/self/net/{kind}"):
            with open(f"/proc/self/net/{kind}", encoding="utf-8") as table:
                sockets.update(f"socket:[{line.split()[9]}]" for line in list(table)[1:])
    for number in os.listdir("/proc/self/fd"):
        try:
            target = os.readlink(f"/proc/self/fd/{number}")
        except FileNotFoundError:  # the listing's own
            continue
        if target in sockets:
            report(f"{target} is open at the end")

with open(REPORT + ".seen", "a", encoding="utf-8") as seen:
    seen.write(f"{os.getpid()}\\n")
sys.addaudithook(watch)
atexit.register(at_end)
"""


class Watched:
    """Runs Python with the watch in it and keeps what it saw."""

    def __init__(self, folder: Path) -> None:
        (folder / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
        self._report = folder / "report"
        self._env = {
            **os.environ,
            "PYTHONPATH": str(folder),
            "SOCKET_REPORT": str(self._report),
            "TOUYAN_PASSWORD": "not-a-secret-7",
            "QT_QPA_PLATFORM": "offscreen",
        }

    def run(self, *words: str | Path) -> str:
        """Run Python with ``words`` and return what the watch has reported so far."""
        done = subprocess.run([sys.executable, *words], env=self._env, capture_output=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr
        return self._report.read_text(encoding="utf-8") if self._report.exists() else ""

    def processes(self) -> int:
        """How many processes were watched."""
        return len(self._report.with_suffix(".seen").read_text(encoding="utf-8").splitlines())


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    """Python with the watch in it."""
    folder = tmp_path / "watch"
    folder.mkdir()
    return Watched(folder)


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import PySide6.QtNetwork",
        "import socket; socket.gethostbyname('127.0.0.1')",
    ],
)
def test_the_watch_sees_what_it_is_for(watched: Watched, code: str) -> None:
    assert watched.run("-c", code)


def test_the_command_line_opens_no_socket(watched: Watched, tmp_path: Path) -> None:
    office = tmp_path / "office"

    watched.run("-m", "desktop", "sample", office)
    watched.run("-m", "desktop", "--data", office, "ledger", "roster", "-o", tmp_path / "roster.pdf")

    assert watched.run("-m", "desktop", "--data", office, "history") == ""
    assert watched.processes() >= 3


def test_the_whole_road_with_the_window_opens_no_socket(watched: Watched) -> None:
    assert watched.run("-m", "desktop", "--self-check") == ""
    assert watched.processes() >= 2  # the reader of workbooks is a process of its own
