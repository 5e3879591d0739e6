"""What the lists of the new sector compute and filter by, as SQL over ``r`` and the records ``b0``, ``b1`` behind it.

A month in which something ends is one in which it is over already.
"""

from __future__ import annotations

from collections.abc import Mapping

_GRADE = """(SELECT g.grade || ' 类 ' || replace(g.decided, '-', '.') FROM grading g
    WHERE g.branch_id = {} AND g.decided <= :day ORDER BY g.decided DESC, g.id DESC LIMIT 1)"""
_VISITS = "(SELECT count(*) FROM visit x WHERE x.{} = r.id AND x.day BETWEEN substr(:day, 1, 4) AND :day)"
_LASTS = '({0}."{1}" IS NULL OR {0}."{1}" > substr(:day, 1, 7))'
_BEGUN = "({0}.{1} IS NULL OR {0}.{1} <= :day)"
_OPEN = _LASTS.format("r", "closed")
_STANDS = f"{_BEGUN.format('{0}', 'founded')} AND {_LASTS.format('{0}', 'dissolved')}"
_SERVES = f"{_BEGUN.format('{0}', 'start')} AND {_LASTS.format('{0}', 'end')}"
COVERED = f"(b0.id IS NOT NULL AND {_STANDS.format('b0')})"
INSTRUCTED = f"(b1.id IS NOT NULL AND {_SERVES.format('b1')})"
_SHOULD = "coalesce(r.should_found, iif(r.full_members >= :founding, '1', '0')) = '1'"
_UNITS = f"FROM organization x WHERE x.{{}} = r.id AND {_LASTS.format('x', 'closed')}"

COLUMNS: Mapping[str, Mapping[str, str]] = {  # by listing
    "organization": {
        "grade": _GRADE.format("r.branch_id"),
        "has_branch": f"iif({COVERED}, '1', '0')",
        "visits": f"nullif({_VISITS.format('organization_id')}, 0)",
    },
    "party_branch": {
        "grade": _GRADE.format("r.id"),
        "units": f"nullif((SELECT count(*) {_UNITS.format('branch_id')}), 0)",
        "members": f"(SELECT sum(x.full_members) {_UNITS.format('branch_id')})",
    },
    "instructor": {
        "units": f"nullif((SELECT count(*) {_UNITS.format('instructor_id')}), 0)",
        "visits": f"nullif({_VISITS.format('instructor_id')}, 0)",
    },
}
CHIPS: Mapping[str, Mapping[str, str]] = {
    "organization": {
        "open": _OPEN,
        "covered": f"{_OPEN} AND {COVERED}",
        "missing": f"{_OPEN} AND NOT {COVERED} AND {_SHOULD}",
        "joint": f"{_OPEN} AND {COVERED} AND b0.form = '2'",
        "no_instructor": f"{_OPEN} AND NOT {INSTRUCTED}",
        "closed": f"NOT {_OPEN}",
    },
    "party_branch": {
        "standing": _LASTS.format("r", "dissolved"),
        "single": f"r.form = '1' AND {_LASTS.format('r', 'dissolved')}",
        "joint": f"r.form = '2' AND {_LASTS.format('r', 'dissolved')}",
        "empty": f"{_LASTS.format('r', 'dissolved')} AND NOT EXISTS (SELECT 1 {_UNITS.format('branch_id')})",
        "dissolved": f"NOT {_LASTS.format('r', 'dissolved')}",
    },
    "instructor": {
        "serving": _SERVES.format("r"),
        "idle": f"{_SERVES.format('r')} AND NOT EXISTS (SELECT 1 {_UNITS.format('instructor_id')})",
        "unvisited": f"{_SERVES.format('r')} AND NOT {_VISITS.format('instructor_id')}",
        "left": f"NOT {_LASTS.format('r', 'end')}",
    },
    "visit": {"year": "r.day BETWEEN substr(:day, 1, 4) AND :day", "no_unit": "r.organization_id IS NULL"},
}
BEGINS = {"organization": "established", "party_branch": "founded", "instructor": "start", "visit": "day"}
THEN = {
    "organization": ("r.closed IS NOT NULL", "r.name"),
    "party_branch": ("r.dissolved IS NOT NULL", "r.form", "r.founded", "r.name"),
    "instructor": ('r."end" IS NOT NULL', "r.name"),
    "visit": ("r.day DESC",),
}
