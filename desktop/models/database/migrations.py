"""The steps that made the tables what they are; a released step is never edited and names its columns itself."""

from __future__ import annotations

import json

from sqlite_utils.migrations import Migrations

from desktop.models.database.connection import Database

migrations = Migrations("touyan")


@migrations(name="0001_office")
def _0001_office(db: Database) -> None:
    division = """
        code TEXT {key}, name TEXT NOT NULL, kind TEXT NOT NULL, parent TEXT {division},
        position INTEGER NOT NULL, aliases TEXT NOT NULL DEFAULT '', approved_posts INTEGER,
        party_form TEXT NOT NULL DEFAULT 'branch', active INTEGER NOT NULL DEFAULT 1"""
    person = """
        id TEXT {key}, name TEXT NOT NULL, sex TEXT, birth TEXT, ethnic_group TEXT, native_place TEXT,
        political_status TEXT, party_stage TEXT, party_joined TEXT, education TEXT,
        education_full_time TEXT, education_in_service TEXT, school_major TEXT, cadre_since TEXT,
        source TEXT, delegate TEXT, duties TEXT, pay INTEGER, pension TEXT, id_number TEXT, phone TEXT,
        remarks TEXT"""
    term = """
        id TEXT {key}, person_id TEXT NOT NULL {person}, division_code TEXT NOT NULL {division},
        post TEXT NOT NULL, title TEXT, start TEXT, "end" TEXT, how TEXT, end_reason TEXT, status TEXT"""
    for name, columns in (("division", division), ("person", person), ("term", term)):
        _make_tracked(db, name, columns)
    for statement in (
        "CREATE INDEX division_parent ON division(parent)",
        "CREATE INDEX person_id_number ON person(id_number)",
        "CREATE INDEX person_name_birth ON person(name, birth)",
        "CREATE INDEX term_person ON term(person_id)",
        "CREATE INDEX term_division_post ON term(division_code, post)",
        "CREATE INDEX term_past_person ON term_past(person_id)",
        """CREATE TABLE change_set (
            seq INTEGER PRIMARY KEY, at TEXT NOT NULL, operator TEXT NOT NULL, why TEXT NOT NULL, source TEXT,
            kind TEXT NOT NULL DEFAULT 'do', target INTEGER) STRICT""",
        "CREATE INDEX change_set_target ON change_set(target) WHERE target IS NOT NULL",
        "CREATE TABLE open_change (seq INTEGER PRIMARY KEY) STRICT",
        """CREATE TABLE search_key (
            key TEXT NOT NULL, person_id TEXT NOT NULL, PRIMARY KEY (key, person_id)) STRICT, WITHOUT ROWID""",
        "CREATE TABLE setting (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT",
        """CREATE TABLE disclosure (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, operator TEXT NOT NULL, what TEXT NOT NULL,
            reason TEXT NOT NULL, people INTEGER NOT NULL) STRICT""",
        """CREATE TRIGGER disclosure_no_update BEFORE UPDATE ON disclosure
            BEGIN SELECT RAISE(ABORT, 'disclosures are never changed'); END""",
        """CREATE TRIGGER disclosure_no_delete BEFORE DELETE ON disclosure
            BEGIN SELECT RAISE(ABORT, 'disclosures are never deleted'); END""",
    ):
        db.execute(statement)


@migrations(name="0002_roster_in_depth")
def _0002_roster_in_depth(db: Database) -> None:
    for name, columns in (
        (
            "committee_term",
            "id TEXT {key}, division_code TEXT NOT NULL {division}, committee TEXT NOT NULL, number TEXT, start TEXT, due TEXT",
        ),
        (
            "village_year",
            """id TEXT {key}, division_code TEXT NOT NULL {division}, year TEXT NOT NULL, income INTEGER, economy TEXT,
            village_and_cooperative TEXT, party_members INTEGER, households INTEGER""",
        ),
        (
            "reserve",
            """id TEXT {key}, person_id TEXT NOT NULL {person}, division_code TEXT NOT NULL {division}, aim TEXT,
            occupation TEXT, recommended TEXT, entered TEXT, mentor TEXT, mentor_post TEXT, measures TEXT,
            "left" TEXT, outcome TEXT, left_reason TEXT""",
        ),
        (
            "appraisal",
            "id TEXT {key}, reserve_id TEXT NOT NULL {reserve}, year TEXT NOT NULL, result TEXT NOT NULL, remarks TEXT",
        ),
        (
            "study",
            """id TEXT {key}, person_id TEXT NOT NULL {person}, division_code TEXT NOT NULL {division},
            education_before TEXT, school TEXT NOT NULL, major TEXT, level TEXT, start TEXT, expected_end TEXT,
            fee INTEGER, township_share INTEGER, village_share INTEGER, own_share INTEGER, status TEXT, ended TEXT""",
        ),
        (
            "training",
            """id TEXT {key}, person_id TEXT NOT NULL {person}, start TEXT, days INTEGER, topic TEXT NOT NULL,
            organizer TEXT, result TEXT""",
        ),
        (
            "recognition",
            """id TEXT {key}, person_id TEXT NOT NULL {person}, kind TEXT NOT NULL, sanction TEXT, month TEXT,
            title TEXT NOT NULL, authority TEXT, effect_end TEXT""",
        ),
        (
            "relative",
            """id TEXT {key}, person_id TEXT NOT NULL {person}, relation TEXT NOT NULL, name TEXT NOT NULL, birth TEXT,
            political_status TEXT, employer TEXT, relative_id TEXT {person}""",
        ),
        (
            "attachment",
            """id TEXT {key}, owner TEXT NOT NULL, owner_id TEXT NOT NULL, purpose TEXT NOT NULL, name TEXT NOT NULL,
            sha256 TEXT NOT NULL, size INTEGER NOT NULL, taken TEXT, added TEXT NOT NULL""",
        ),
        (
            "person_pair",
            "id TEXT {key}, person_id TEXT NOT NULL, other_id TEXT NOT NULL, verdict TEXT NOT NULL",
        ),
    ):
        _make_tracked(db, name, columns)
    for table, *indexed in (
        ("committee_term", "division_code"),
        ("village_year", "division_code"),
        ("reserve", "person_id", "division_code"),
        ("appraisal", "reserve_id"),
        ("study", "person_id", "division_code"),
        ("training", "person_id"),
        ("recognition", "person_id"),
        ("relative", "person_id", "relative_id"),
        ("attachment", "owner_id", "sha256"),
        ("person_pair", "person_id", "other_id"),
        # a person's past and a village's are asked for one by one
        ("term_past", "division_code"),
        ("reserve_past", "person_id"),
        ("appraisal_past", "reserve_id"),
        ("study_past", "person_id"),
        ("training_past", "person_id"),
        ("recognition_past", "person_id"),
        ("relative_past", "person_id"),
        ("attachment_past", "owner_id"),
        ("person_pair_past", "person_id"),
    ):
        for column in indexed:
            db.execute(f"CREATE INDEX {table}_by_{column} ON {table}({column})")
    # made from the names as search_key is, and no part of the past
    db.execute(
        "CREATE TABLE name_order (person_id TEXT PRIMARY KEY NOT NULL, strokes TEXT NOT NULL, pinyin TEXT NOT NULL)"
        " STRICT, WITHOUT ROWID"
    )


@migrations(name="0003_new_sector")
def _0003_new_sector(db: Database) -> None:
    for table in ("attachment", "attachment_past"):
        for column in ("position INTEGER", "caption TEXT", "look TEXT"):
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for name, columns in (
        (
            "party_branch",
            """id TEXT {key}, division_code TEXT NOT NULL {division}, name TEXT NOT NULL, form TEXT, founded TEXT,
            approval TEXT, secretary TEXT, secretary_phone TEXT, committee_members INTEGER, brand TEXT,
            dissolved TEXT, remarks TEXT""",
        ),
        (
            "instructor",
            """id TEXT {key}, division_code TEXT NOT NULL {division}, name TEXT NOT NULL, engagement TEXT, unit TEXT,
            post TEXT, phone TEXT, level TEXT, visits_planned INTEGER, start TEXT, "end" TEXT""",
        ),
        (
            "organization",
            """id TEXT {key}, division_code TEXT NOT NULL {division}, name TEXT NOT NULL, credit_code TEXT, kind TEXT,
            above_scale TEXT, industry TEXT, area TEXT, industry_committee TEXT, address TEXT, established TEXT,
            head TEXT, head_phone TEXT, head_political_status TEXT, employees INTEGER, full_members INTEGER,
            probationary_members INTEGER, floating_members INTEGER, should_found TEXT, branch_id TEXT {party_branch},
            instructor_id TEXT {instructor}, not_founded_reason TEXT, closed TEXT, remarks TEXT""",
        ),
        (
            "visit",
            """id TEXT {key}, instructor_id TEXT NOT NULL {instructor}, organization_id TEXT {organization},
            day TEXT NOT NULL, matter TEXT, result TEXT""",
        ),
        (
            "scheme",
            """id TEXT {key}, purpose TEXT NOT NULL, version INTEGER NOT NULL, title TEXT NOT NULL,
            period_kind TEXT NOT NULL, since TEXT NOT NULL, official TEXT, grade_a REAL, grade_b REAL,
            own_points REAL""",
        ),
        (
            "scheme_item",
            """id TEXT {key}, scheme_id TEXT NOT NULL {scheme}, code TEXT NOT NULL, position INTEGER NOT NULL,
            name TEXT NOT NULL, says TEXT, points REAL, own TEXT, times INTEGER, form TEXT,
            branch_id TEXT {party_branch}, exempt TEXT, ended TEXT""",
        ),
        (
            "assessment",
            """id TEXT {key}, branch_id TEXT NOT NULL {party_branch}, scheme_id TEXT NOT NULL {scheme},
            period TEXT NOT NULL, checked_by TEXT, checked TEXT, remarks TEXT""",
        ),
        (
            "assessment_item",
            """id TEXT {key}, assessment_id TEXT NOT NULL {assessment}, item_id TEXT NOT NULL {scheme_item},
            status TEXT, self_points REAL, township_points REAL, city_points REAL, reason TEXT, due TEXT,
            closed TEXT, closing TEXT, checked_by TEXT, checked TEXT""",
        ),
        (
            "grading",
            """id TEXT {key}, branch_id TEXT NOT NULL {party_branch}, period TEXT NOT NULL, grade TEXT NOT NULL,
            decided TEXT NOT NULL, reason TEXT, approved_by TEXT""",
        ),
    ):
        _make_tracked(db, name, columns)
    for table, *indexed in (
        ("party_branch", "division_code"),
        ("instructor", "division_code"),
        ("organization", "division_code", "branch_id", "instructor_id"),
        ("visit", "instructor_id", "organization_id"),
        ("scheme_item", "scheme_id", "branch_id"),
        ("assessment", "branch_id", "scheme_id", "period"),
        ("assessment_item", "assessment_id", "item_id"),
        ("grading", "branch_id"),
    ):
        for column in indexed:
            db.execute(f"CREATE INDEX {table}_by_{column} ON {table}({column})")
    db.execute("CREATE INDEX attachment_by_look ON attachment(look) WHERE look IS NOT NULL")


@migrations(name="0004_four_ones")
def _0004_four_ones(db: Database) -> None:
    for name, columns in (
        (
            "managed_secretary",
            """id TEXT {key}, person_id TEXT NOT NULL {person}, division_code TEXT NOT NULL {division},
            kind TEXT NOT NULL, since TEXT, grounds TEXT, goals TEXT, until TEXT, until_reason TEXT, conclusion TEXT""",
        ),
        (
            "mentoring",
            """id TEXT {key}, person_id TEXT NOT NULL {person}, division_code TEXT NOT NULL {division},
            mentor TEXT NOT NULL, mentor_unit TEXT, mentor_post TEXT, mentor_kind TEXT, mentor_phone TEXT,
            start TEXT, "end" TEXT""",
        ),
        (
            "activity",
            """id TEXT {key}, division_code TEXT NOT NULL {division}, kind TEXT NOT NULL, state TEXT NOT NULL,
            theme TEXT, start TEXT NOT NULL, "end" TEXT, place TEXT, host TEXT, speaker TEXT, expected INTEGER,
            content TEXT, effect TEXT, next_steps TEXT, visited TEXT, led_by TEXT, entered_by TEXT, checked_by TEXT,
            checked TEXT""",
        ),
        (
            # person_id is no reference: a past record outlives the person's entry
            "attendance",
            """id TEXT {key}, activity_id TEXT NOT NULL {activity}, role TEXT NOT NULL, person_id TEXT,
            division_code TEXT, name TEXT NOT NULL, post TEXT, present TEXT NOT NULL""",
        ),
        (
            "field_problem",
            """id TEXT {key}, activity_id TEXT NOT NULL {activity}, division_code TEXT NOT NULL {division},
            problem TEXT NOT NULL, measure TEXT, responsible TEXT, due TEXT, closed TEXT, closing TEXT""",
        ),
    ):
        _make_tracked(db, name, columns)
    for table, *indexed in (
        ("managed_secretary", "person_id", "division_code"),
        ("managed_secretary_past", "person_id"),
        ("mentoring", "person_id", "division_code"),
        ("mentoring_past", "person_id"),
        ("activity", "division_code", "start"),
        ("attendance", "activity_id", "person_id"),
        ("attendance_past", "person_id"),
        ("field_problem", "activity_id", "division_code"),
    ):
        for column in indexed:
            db.execute(f"CREATE INDEX {table}_by_{column} ON {table}({column})")


@migrations(name="0005_choices")
def _0005_choices(db: Database) -> None:
    """What were settings, which nothing could take back, belong to the change set that made the office."""
    _make_tracked(db, "choice", "id TEXT {key}, value TEXT NOT NULL")
    kept = {key: json.loads(value) for key, value in db.execute("SELECT key, value FROM setting").fetchall()}
    plain = ("study.proportion", "village_year.thresholds", "structure.benchmarks")
    chosen = {name: kept[name] for name in plain if name in kept}
    for rule, own in kept.get("health.rules", {}).items():
        chosen |= {f"rule.{rule}.{name}": own[name] for name in ("on", "basis") if name in own}
        chosen |= {f"rule.{rule}.limit.{name}": number for name, number in own.get("limits", {}).items()}
    for name, value in chosen.items():
        db.execute(
            "INSERT INTO choice SELECT ?, ?, min(seq) FROM change_set",
            [name, json.dumps(value, ensure_ascii=False)],
        )
    db.execute(f"DELETE FROM setting WHERE key IN ('health.rules', {', '.join(map(repr, plain))})")


@migrations(name="0006_handoff")
def _0006_handoff(db: Database) -> None:
    for name, columns in (
        (
            "handoff_taken",
            """id TEXT {key}, unit TEXT NOT NULL, epoch INTEGER NOT NULL, number INTEGER NOT NULL,
            previous TEXT NOT NULL, schema INTEGER NOT NULL, as_of TEXT NOT NULL, made TEXT NOT NULL,
            merged INTEGER NOT NULL, registers TEXT NOT NULL, outcome TEXT NOT NULL, followed_by TEXT""",
        ),
        # whose row it is: no reference, for the city may have removed what the township still reports
        ("handoff_held", "id TEXT {key}, unit TEXT NOT NULL, register TEXT NOT NULL, extra TEXT, kept TEXT"),
        (
            "remark",
            """id TEXT {key}, unit TEXT NOT NULL, register TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT,
            text TEXT NOT NULL, by TEXT NOT NULL, made TEXT NOT NULL, answered TEXT""",
        ),
    ):
        _make_tracked(db, name, columns)
    for table, columns in (
        ("handoff_taken", "unit"),
        ("handoff_held", "unit, register"),
        ("remark", "unit"),
        ("remark", "row_id"),
    ):
        db.execute(f"CREATE INDEX {table}_by_{columns.split(', ')[0]} ON {table}({columns})")


@migrations(name="0007_rallies")
def _0007_rallies(db: Database) -> None:
    for name, columns in (
        (
            "rally",
            "id TEXT {key}, name TEXT NOT NULL, day TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL",
        ),
        (
            "rally_item",
            """id TEXT {key}, rally_id TEXT NOT NULL {rally}, position INTEGER NOT NULL, name TEXT NOT NULL,
            points REAL NOT NULL""",
        ),
        (
            "rally_score",
            "id TEXT {key}, item_id TEXT NOT NULL {rally_item}, division_code TEXT NOT NULL {division}, points REAL",
        ),
    ):
        _make_tracked(db, name, columns)
    for table, *indexed in (("rally_item", "rally_id"), ("rally_score", "item_id", "division_code")):
        for column in indexed:
            db.execute(f"CREATE INDEX {table}_by_{column} ON {table}({column})")


@migrations(name="0008_approvals_of_terms")
def _0008_approvals_of_terms(db: Database) -> None:
    for table in ("term", "term_past"):
        for column in ("approval", "end_approval", "filed"):
            db.execute(f"ALTER TABLE {table} ADD COLUMN {column} TEXT")


@migrations(name="0009_sector_surveys")
def _0009_sector_surveys(db: Database) -> None:
    for name, columns in (
        (
            "organization",
            """social_kind TEXT, registration TEXT, main_business TEXT, output REAL, head_identity TEXT,
            full_time_members INTEGER, part_time_members INTEGER, development_targets INTEGER, activists INTEGER,
            applicants INTEGER""",
        ),
        ("party_branch", "superior TEXT"),
    ):
        for table in (name, f"{name}_past"):
            for column in columns.split(","):
                db.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def _make_tracked(db: Database, name: str, columns: str) -> None:
    """Make a table whose past is kept, and the table of its past; ``columns`` names keys and references in braces."""
    live = columns.format_map(_References(key="PRIMARY KEY NOT NULL", division="REFERENCES division(code)"))
    past = columns.format_map(_References.none(key="NOT NULL"))
    key = past.split()[0]
    db.execute(f"CREATE TABLE {name} ({live}, seq INTEGER NOT NULL) STRICT")
    db.execute(f"CREATE INDEX {name}_seq ON {name}(seq)")
    db.execute(
        f"CREATE TABLE {name}_past ({past}, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL,"
        f" PRIMARY KEY ({key}, from_seq)) STRICT, WITHOUT ROWID"
    )
    db.execute(f"CREATE INDEX {name}_past_from ON {name}_past(from_seq)")
    db.execute(f"CREATE INDEX {name}_past_to ON {name}_past(to_seq)")


class _References(dict[str, str]):
    """What a table's name in braces stands for: a reference to its id, or nothing."""

    _text = "REFERENCES {}(id)"

    @classmethod
    def none(cls, **given: str) -> _References:
        """For the past, whose parents need not be there still."""
        made = cls(**given)
        made._text = ""
        return made

    def __missing__(self, table: str) -> str:
        return self._text.format(table)


KNOWN_MIGRATIONS = frozenset(migration.name for migration in migrations.pending(Database(memory=True)))
