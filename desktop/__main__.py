"""The program: no words, the window; else a command."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path


def main() -> int:
    """Run the program and return its exit status."""
    multiprocessing.freeze_support()  # a frozen program starts itself again to read workbooks
    words = sys.argv[1:]
    if "--self-check" in words:
        from desktop.self_check import self_check

        return self_check()
    if (
        not words
        or (len(words) == 2 and words[0] == "--data")
        or (len(words) == 1 and words[0].startswith("--data="))
    ):
        from desktop.app import run
        from desktop.paths import default_data_folder

        return run(Path(words[-1].removeprefix("--data=")) if words else default_data_folder())
    from desktop.commands import main as run_command

    return run_command(words)


if __name__ == "__main__":
    sys.exit(main())
