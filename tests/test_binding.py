"""The canary for the Qt binding: 6.12.0 on Python 3.10 and 3.11 drops a reference on every emit and aborts."""

from __future__ import annotations

import subprocess
import sys

EMITS = """
import sys
from PySide6.QtCore import QObject, Signal

class Sender(QObject):
    told = Signal(object, str)

heard = 0

def hear(value, words):
    global heard
    heard += 1

sender, value, words = Sender(), object(), "".join(["石首", "市"])
sender.told.connect(hear)
sender.told.emit(value, words)
kept = (None, True, sender, value, words, hear)
before = [sys.getrefcount(each) for each in kept]
for _ in range(5000):
    sender.told.emit(value, words)
drift = [sys.getrefcount(each) - count for each, count in zip(kept, before)]
assert heard == 5001, heard
assert all(abs(by) < 100 for by in drift), drift
"""


def test_thousands_of_emits_drop_no_reference() -> None:
    done = subprocess.run([sys.executable, "-X", "faulthandler", "-c", EMITS], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
