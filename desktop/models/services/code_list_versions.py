"""Which editions of the national code lists (国家标准代码) this program has."""

from __future__ import annotations

import json
import re
from functools import cache

from desktop.paths import resource

_STANDARD = re.compile(r"(GB(?:/T)? [\d.]+)-(\d{4})")


@cache
def code_list_versions() -> dict[str, str]:
    """Standard → year of its edition, e.g. ``GB/T 3304`` → ``1991``."""
    lists = json.loads(resource("codes/codes.json").read_text(encoding="utf-8"))
    found = {match[1]: match[2] for name in lists if (match := _STANDARD.match(name))}
    return dict(sorted(found.items()))
