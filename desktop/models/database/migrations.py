"""The steps that made the tables what they are; a released step is never edited and names its columns itself."""

from __future__ import annotations

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


def _make_tracked(db: Database, name: str, columns: str) -> None:
    """Make a table whose past is kept, and the table of its past; ``columns`` names keys and references in braces."""
    live = columns.format(
        key="PRIMARY KEY NOT NULL",
        division="REFERENCES division(code)",
        person="REFERENCES person(id)",
        reserve="REFERENCES reserve(id)",
    )
    past = columns.format(key="NOT NULL", division="", person="", reserve="")
    key = past.split()[0]
    db.execute(f"CREATE TABLE {name} ({live}, seq INTEGER NOT NULL) STRICT")
    db.execute(f"CREATE INDEX {name}_seq ON {name}(seq)")
    db.execute(
        f"CREATE TABLE {name}_past ({past}, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL,"
        f" PRIMARY KEY ({key}, from_seq)) STRICT, WITHOUT ROWID"
    )
    db.execute(f"CREATE INDEX {name}_past_from ON {name}_past(from_seq)")
    db.execute(f"CREATE INDEX {name}_past_to ON {name}_past(to_seq)")


KNOWN_MIGRATIONS = frozenset(migration.name for migration in migrations.pending(Database(memory=True)))
