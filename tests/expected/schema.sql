CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE TABLE change_set (
            seq INTEGER PRIMARY KEY, at TEXT NOT NULL, operator TEXT NOT NULL, why TEXT NOT NULL, source TEXT,
            kind TEXT NOT NULL DEFAULT 'do', target INTEGER) STRICT;
CREATE INDEX change_set_target ON change_set(target) WHERE target IS NOT NULL;
CREATE TABLE disclosure (
            id INTEGER PRIMARY KEY, at TEXT NOT NULL, operator TEXT NOT NULL, what TEXT NOT NULL,
            reason TEXT NOT NULL, people INTEGER NOT NULL) STRICT;
CREATE TRIGGER disclosure_no_delete BEFORE DELETE ON disclosure
            BEGIN SELECT RAISE(ABORT, 'disclosures are never deleted'); END;
CREATE TRIGGER disclosure_no_update BEFORE UPDATE ON disclosure
            BEGIN SELECT RAISE(ABORT, 'disclosures are never changed'); END;
CREATE TABLE division (
        code TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, parent TEXT REFERENCES division(code),
        position INTEGER NOT NULL, aliases TEXT NOT NULL DEFAULT '', approved_posts INTEGER,
        party_form TEXT NOT NULL DEFAULT 'branch', active INTEGER NOT NULL DEFAULT 1, seq INTEGER NOT NULL) STRICT;
CREATE TRIGGER division_history_delete AFTER DELETE ON division BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO division_past ("code", "name", "kind", "parent", "position", "aliases", "approved_posts", "party_form", "active", from_seq, to_seq) SELECT OLD."code", OLD."name", OLD."kind", OLD."parent", OLD."position", OLD."aliases", OLD."approved_posts", OLD."party_form", OLD."active", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER division_history_update AFTER UPDATE ON division BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO division_past ("code", "name", "kind", "parent", "position", "aliases", "approved_posts", "party_form", "active", from_seq, to_seq) SELECT OLD."code", OLD."name", OLD."kind", OLD."parent", OLD."position", OLD."aliases", OLD."approved_posts", OLD."party_form", OLD."active", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE INDEX division_parent ON division(parent);
CREATE TABLE division_past (
        code TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, parent TEXT ,
        position INTEGER NOT NULL, aliases TEXT NOT NULL DEFAULT '', approved_posts INTEGER,
        party_form TEXT NOT NULL DEFAULT 'branch', active INTEGER NOT NULL DEFAULT 1, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (code, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX division_past_from ON division_past(from_seq);
CREATE INDEX division_past_to ON division_past(to_seq);
CREATE INDEX division_seq ON division(seq);
CREATE VIEW division_version AS SELECT "code", "name", "kind", "parent", "position", "aliases", "approved_posts", "party_form", "active", from_seq, to_seq FROM division_past UNION ALL SELECT "code", "name", "kind", "parent", "position", "aliases", "approved_posts", "party_form", "active", seq, NULL FROM division;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE open_change (seq INTEGER PRIMARY KEY) STRICT;
CREATE TABLE person (
        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, sex TEXT, birth TEXT, ethnic_group TEXT, native_place TEXT,
        political_status TEXT, party_stage TEXT, party_joined TEXT, education TEXT,
        education_full_time TEXT, education_in_service TEXT, school_major TEXT, cadre_since TEXT,
        source TEXT, delegate TEXT, duties TEXT, pay INTEGER, pension TEXT, id_number TEXT, phone TEXT,
        remarks TEXT, seq INTEGER NOT NULL) STRICT;
CREATE TRIGGER person_history_delete AFTER DELETE ON person BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO person_past ("id", "name", "sex", "birth", "ethnic_group", "native_place", "political_status", "party_stage", "party_joined", "education", "education_full_time", "education_in_service", "school_major", "cadre_since", "source", "delegate", "duties", "pay", "pension", "id_number", "phone", "remarks", from_seq, to_seq) SELECT OLD."id", OLD."name", OLD."sex", OLD."birth", OLD."ethnic_group", OLD."native_place", OLD."political_status", OLD."party_stage", OLD."party_joined", OLD."education", OLD."education_full_time", OLD."education_in_service", OLD."school_major", OLD."cadre_since", OLD."source", OLD."delegate", OLD."duties", OLD."pay", OLD."pension", OLD."id_number", OLD."phone", OLD."remarks", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER person_history_update AFTER UPDATE ON person BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO person_past ("id", "name", "sex", "birth", "ethnic_group", "native_place", "political_status", "party_stage", "party_joined", "education", "education_full_time", "education_in_service", "school_major", "cadre_since", "source", "delegate", "duties", "pay", "pension", "id_number", "phone", "remarks", from_seq, to_seq) SELECT OLD."id", OLD."name", OLD."sex", OLD."birth", OLD."ethnic_group", OLD."native_place", OLD."political_status", OLD."party_stage", OLD."party_joined", OLD."education", OLD."education_full_time", OLD."education_in_service", OLD."school_major", OLD."cadre_since", OLD."source", OLD."delegate", OLD."duties", OLD."pay", OLD."pension", OLD."id_number", OLD."phone", OLD."remarks", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE INDEX person_id_number ON person(id_number);
CREATE INDEX person_name_birth ON person(name, birth);
CREATE TABLE person_past (
        id TEXT NOT NULL, name TEXT NOT NULL, sex TEXT, birth TEXT, ethnic_group TEXT, native_place TEXT,
        political_status TEXT, party_stage TEXT, party_joined TEXT, education TEXT,
        education_full_time TEXT, education_in_service TEXT, school_major TEXT, cadre_since TEXT,
        source TEXT, delegate TEXT, duties TEXT, pay INTEGER, pension TEXT, id_number TEXT, phone TEXT,
        remarks TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX person_past_from ON person_past(from_seq);
CREATE INDEX person_past_to ON person_past(to_seq);
CREATE INDEX person_seq ON person(seq);
CREATE VIEW person_version AS SELECT "id", "name", "sex", "birth", "ethnic_group", "native_place", "political_status", "party_stage", "party_joined", "education", "education_full_time", "education_in_service", "school_major", "cadre_since", "source", "delegate", "duties", "pay", "pension", "id_number", "phone", "remarks", from_seq, to_seq FROM person_past UNION ALL SELECT "id", "name", "sex", "birth", "ethnic_group", "native_place", "political_status", "party_stage", "party_joined", "education", "education_full_time", "education_in_service", "school_major", "cadre_since", "source", "delegate", "duties", "pay", "pension", "id_number", "phone", "remarks", seq, NULL FROM person;
CREATE TABLE search_key (
            key TEXT NOT NULL, person_id TEXT NOT NULL, PRIMARY KEY (key, person_id)) STRICT, WITHOUT ROWID;
CREATE TABLE setting (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;
CREATE TABLE term (
        id TEXT PRIMARY KEY NOT NULL, person_id TEXT NOT NULL REFERENCES person(id), division_code TEXT NOT NULL REFERENCES division(code),
        post TEXT NOT NULL, title TEXT, start TEXT, "end" TEXT, how TEXT, end_reason TEXT, status TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX term_division_post ON term(division_code, post);
CREATE TRIGGER term_history_delete AFTER DELETE ON term BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO term_past ("id", "person_id", "division_code", "post", "title", "start", "end", "how", "end_reason", "status", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."post", OLD."title", OLD."start", OLD."end", OLD."how", OLD."end_reason", OLD."status", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER term_history_update AFTER UPDATE ON term BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO term_past ("id", "person_id", "division_code", "post", "title", "start", "end", "how", "end_reason", "status", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."post", OLD."title", OLD."start", OLD."end", OLD."how", OLD."end_reason", OLD."status", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE term_past (
        id TEXT NOT NULL, person_id TEXT NOT NULL , division_code TEXT NOT NULL ,
        post TEXT NOT NULL, title TEXT, start TEXT, "end" TEXT, how TEXT, end_reason TEXT, status TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX term_past_from ON term_past(from_seq);
CREATE INDEX term_past_person ON term_past(person_id);
CREATE INDEX term_past_to ON term_past(to_seq);
CREATE INDEX term_person ON term(person_id);
CREATE INDEX term_seq ON term(seq);
CREATE VIEW term_version AS SELECT "id", "person_id", "division_code", "post", "title", "start", "end", "how", "end_reason", "status", from_seq, to_seq FROM term_past UNION ALL SELECT "id", "person_id", "division_code", "post", "title", "start", "end", "how", "end_reason", "status", seq, NULL FROM term;
