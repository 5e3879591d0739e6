"""The project's own rules: what tracked files may say, and what is pinned."""

from __future__ import annotations

import re
import subprocess
import tomllib
from importlib.metadata import distribution, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import desktop
from desktop.paths import RESOURCES

ROOT = Path(__file__).parent.parent
# Hosts that serve packages; www.debian.org in a licence is none. Escaped, so that this file does not match itself.
REGISTRIES = re.compile(
    r"\bpypi\.(?:org|python\.org)|pythonhosted\.org|\bnpmjs\.(?:org|com)|yarnpkg\.com|npmmirror\.com"
    r"|\b(?:deb|ftp[\w.]*|security|snapshot|archive|packages|httpredir|cdn[\w-]*)\.(?:debian|ubuntu)\.(?:org|com)"
    r"|\bmirrors?\.[\w.]*(?:aliyun|cloud|163|edu)\w*\.(?:com|cn)|proxy\.golang\.org|nodesource\.com|\bcrates\.io",
    re.IGNORECASE,
)
MACHINE_PATHS = re.compile(r"(?<![\w.~$}/-])/(?:home|root|Users|work|tmp|opt/\w+)/\w|\b[A-Z]:\\Users\\\w")


def tracked_texts() -> dict[str, str]:
    """Every tracked text file by its path."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    texts = {}
    for name in filter(None, listed.stdout.decode().split("\0")):
        data = (ROOT / name).read_bytes() if (ROOT / name).is_file() else b""
        if b"\0" not in data:
            texts[name] = data.decode(errors="replace")  # a workbook of the samples is GB18030
    return texts


@pytest.mark.parametrize("forbidden", [REGISTRIES, MACHINE_PATHS], ids=["registries", "machine paths"])
def test_no_tracked_file_names_a_registry_or_a_machine(forbidden: re.Pattern[str]) -> None:
    found = [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in tracked_texts().items()
        for number, line in enumerate(text.splitlines(), start=1)
        if forbidden.search(line)
    ]

    assert found == []


def test_the_patterns_see_what_they_look_for() -> None:
    registry, path = ".".join(["https://files", "pythonhosted", "org"]), "/".join(["", "home", "me", "x"])

    assert REGISTRIES.search(registry)
    assert MACHINE_PATHS.search(f'"{path}"')


def test_constraints_pin_every_installed_requirement_exactly() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    pinned = {normal(name): exact for name, exact in pins.items()}

    wanted = required_by("touyan", extra="dev")

    assert {name: pinned.get(name) for name in wanted} == {name: version(name) for name in wanted}


def test_every_shipped_package_brings_its_licence_and_is_named() -> None:
    texts = {normal(file.stem) for file in (RESOURCES / "licences").glob("*.txt")}
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8").lower()
    qt = {"pyside6-essentials", "shiboken6"}  # under the LGPL, whose text stands there by its own name
    not_frozen = {"charset-normalizer", "tzdata"}

    shipped = required_by("touyan") - not_frozen

    assert shipped - qt - texts == set()
    assert {"lgpl-3", "gpl-3", "python", "sqlcipher"} <= texts
    assert [name for name in shipped - qt if f"`{name}.txt`" not in notices.replace("_", "-")] == []


def test_the_version_is_said_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert "version" in project["dynamic"]
    assert version("touyan") == desktop.__version__


def test_resources_lie_beside_the_package() -> None:
    assert RESOURCES == ROOT / "resources"
    assert (RESOURCES / "divisions" / "villages.json").is_file()


def required_by(name: str, extra: str = "") -> set[str]:
    """The names of all installed distributions that ``name`` asks for, near or far; pip comes with Python."""
    found: set[str] = set()
    waiting = [(name, extra)]
    while waiting:
        asking, asked_extra = waiting.pop()
        for text in distribution(asking).requires or ():
            requirement = Requirement(text)
            wanted = normal(requirement.name)
            if wanted in found or wanted == "pip":
                continue
            if requirement.marker is None or requirement.marker.evaluate({"extra": asked_extra}):
                found.add(wanted)
                waiting.extend((wanted, each) for each in requirement.extras or {""})
    return found


def normal(name: str) -> str:
    """A distribution's name as all its spellings are compared."""
    return re.sub(r"[-_.]+", "-", name).lower()
