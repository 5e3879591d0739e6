"""The program opens without what only some pages need: an old PC takes its time over every module."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from desktop.views.pages import PAGES
from tests.offices import CITY, PASSWORD, TOWNSHIP, whole_office

LATER = {
    *("reportlab", "xlsxwriter", "xlrd", "python_calamine", "PIL", "pi_heif", "pypdfium2"),
    *("multiprocessing", "PySide6.QtPrintSupport", "desktop.commands"),
    *(f"desktop.models.{part}" for part in ("handoff", "ledgers", "rules", "workbooks")),
    *(kind.module for kind in PAGES),
}
OPEN = """
import sys
from pathlib import Path
from desktop.app import look_ahead, make_app, open_window
from desktop.office import Office
"""


def modules_after(program: str, *words: str) -> set[str]:
    """What a process of its own has imported when it has run ``program``."""
    done = subprocess.run(
        [sys.executable, "-c", f"{program}\nprint(*sys.modules, sep='\\n')", *words],
        check=True,
        capture_output=True,
        text=True,
    )
    return set(done.stdout.splitlines())


def test_the_password_is_asked_for_before_any_page_or_file_format_is_imported() -> None:
    there = modules_after("import sys, desktop.app, desktop.views.start.unlock")

    assert "desktop.office" in there
    assert there & LATER == set()


def test_the_first_window_imports_the_home_page_only(tmp_path: Path) -> None:
    with whole_office(tmp_path / "office"):
        pass

    there = modules_after(
        f"""{OPEN}
app = make_app()
window = open_window(Office.open(Path(sys.argv[1]), {PASSWORD!r}))
window.show()
window.grab()
""",
        str(tmp_path / "office"),
    )

    assert there & LATER == {PAGES[0].module}


@pytest.mark.parametrize("unit", [TOWNSHIP, CITY])
def test_what_the_home_page_asks_is_imported_while_the_password_is_typed(tmp_path: Path, unit: str) -> None:
    with whole_office(tmp_path / "office", unit):
        pass
    typed = f"""{OPEN}
look_ahead()
office = Office.open(Path(sys.argv[1]), {PASSWORD!r})
"""
    filled = f"""{typed}
from datetime import date
from desktop.views.home.overview import gather
gather(office, date.today())
"""

    asked, there = (modules_after(each, str(tmp_path / "office")) for each in (filled, typed))

    assert {name for name in asked - there if name.startswith("desktop.")} == set()
    assert not there & {"reportlab", "xlsxwriter", "python_calamine", "PIL"}
