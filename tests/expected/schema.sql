CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE TABLE appraisal (id TEXT PRIMARY KEY NOT NULL, reserve_id TEXT NOT NULL REFERENCES reserve(id), year TEXT NOT NULL, result TEXT NOT NULL, remarks TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX appraisal_by_reserve_id ON appraisal(reserve_id);
CREATE TRIGGER appraisal_history_delete AFTER DELETE ON appraisal BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO appraisal_past ("id", "reserve_id", "year", "result", "remarks", from_seq, to_seq) SELECT OLD."id", OLD."reserve_id", OLD."year", OLD."result", OLD."remarks", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER appraisal_history_update AFTER UPDATE ON appraisal BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO appraisal_past ("id", "reserve_id", "year", "result", "remarks", from_seq, to_seq) SELECT OLD."id", OLD."reserve_id", OLD."year", OLD."result", OLD."remarks", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE appraisal_past (id TEXT NOT NULL, reserve_id TEXT NOT NULL , year TEXT NOT NULL, result TEXT NOT NULL, remarks TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX appraisal_past_by_reserve_id ON appraisal_past(reserve_id);
CREATE INDEX appraisal_past_from ON appraisal_past(from_seq);
CREATE INDEX appraisal_past_to ON appraisal_past(to_seq);
CREATE INDEX appraisal_seq ON appraisal(seq);
CREATE VIEW appraisal_version AS SELECT "id", "reserve_id", "year", "result", "remarks", from_seq, to_seq FROM appraisal_past UNION ALL SELECT "id", "reserve_id", "year", "result", "remarks", seq, NULL FROM appraisal;
CREATE TABLE attachment (id TEXT PRIMARY KEY NOT NULL, owner TEXT NOT NULL, owner_id TEXT NOT NULL, purpose TEXT NOT NULL, name TEXT NOT NULL,
            sha256 TEXT NOT NULL, size INTEGER NOT NULL, taken TEXT, added TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE INDEX attachment_by_owner_id ON attachment(owner_id);
CREATE INDEX attachment_by_sha256 ON attachment(sha256);
CREATE TRIGGER attachment_history_delete AFTER DELETE ON attachment BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO attachment_past ("id", "owner", "owner_id", "purpose", "name", "sha256", "size", "taken", "added", from_seq, to_seq) SELECT OLD."id", OLD."owner", OLD."owner_id", OLD."purpose", OLD."name", OLD."sha256", OLD."size", OLD."taken", OLD."added", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER attachment_history_update AFTER UPDATE ON attachment BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO attachment_past ("id", "owner", "owner_id", "purpose", "name", "sha256", "size", "taken", "added", from_seq, to_seq) SELECT OLD."id", OLD."owner", OLD."owner_id", OLD."purpose", OLD."name", OLD."sha256", OLD."size", OLD."taken", OLD."added", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE attachment_past (id TEXT NOT NULL, owner TEXT NOT NULL, owner_id TEXT NOT NULL, purpose TEXT NOT NULL, name TEXT NOT NULL,
            sha256 TEXT NOT NULL, size INTEGER NOT NULL, taken TEXT, added TEXT NOT NULL, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_past_by_owner_id ON attachment_past(owner_id);
CREATE INDEX attachment_past_from ON attachment_past(from_seq);
CREATE INDEX attachment_past_to ON attachment_past(to_seq);
CREATE INDEX attachment_seq ON attachment(seq);
CREATE VIEW attachment_version AS SELECT "id", "owner", "owner_id", "purpose", "name", "sha256", "size", "taken", "added", from_seq, to_seq FROM attachment_past UNION ALL SELECT "id", "owner", "owner_id", "purpose", "name", "sha256", "size", "taken", "added", seq, NULL FROM attachment;
CREATE TABLE change_set (
            seq INTEGER PRIMARY KEY, at TEXT NOT NULL, operator TEXT NOT NULL, why TEXT NOT NULL, source TEXT,
            kind TEXT NOT NULL DEFAULT 'do', target INTEGER) STRICT;
CREATE INDEX change_set_target ON change_set(target) WHERE target IS NOT NULL;
CREATE TABLE committee_term (id TEXT PRIMARY KEY NOT NULL, division_code TEXT NOT NULL REFERENCES division(code), committee TEXT NOT NULL, number TEXT, start TEXT, due TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX committee_term_by_division_code ON committee_term(division_code);
CREATE TRIGGER committee_term_history_delete AFTER DELETE ON committee_term BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO committee_term_past ("id", "division_code", "committee", "number", "start", "due", from_seq, to_seq) SELECT OLD."id", OLD."division_code", OLD."committee", OLD."number", OLD."start", OLD."due", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER committee_term_history_update AFTER UPDATE ON committee_term BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO committee_term_past ("id", "division_code", "committee", "number", "start", "due", from_seq, to_seq) SELECT OLD."id", OLD."division_code", OLD."committee", OLD."number", OLD."start", OLD."due", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE committee_term_past (id TEXT NOT NULL, division_code TEXT NOT NULL , committee TEXT NOT NULL, number TEXT, start TEXT, due TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX committee_term_past_from ON committee_term_past(from_seq);
CREATE INDEX committee_term_past_to ON committee_term_past(to_seq);
CREATE INDEX committee_term_seq ON committee_term(seq);
CREATE VIEW committee_term_version AS SELECT "id", "division_code", "committee", "number", "start", "due", from_seq, to_seq FROM committee_term_past UNION ALL SELECT "id", "division_code", "committee", "number", "start", "due", seq, NULL FROM committee_term;
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
CREATE TABLE name_order (person_id TEXT PRIMARY KEY NOT NULL, strokes TEXT NOT NULL, pinyin TEXT NOT NULL) STRICT, WITHOUT ROWID;
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
CREATE TABLE person_pair (id TEXT PRIMARY KEY NOT NULL, person_id TEXT NOT NULL, other_id TEXT NOT NULL, verdict TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE INDEX person_pair_by_other_id ON person_pair(other_id);
CREATE INDEX person_pair_by_person_id ON person_pair(person_id);
CREATE TRIGGER person_pair_history_delete AFTER DELETE ON person_pair BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO person_pair_past ("id", "person_id", "other_id", "verdict", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."other_id", OLD."verdict", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER person_pair_history_update AFTER UPDATE ON person_pair BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO person_pair_past ("id", "person_id", "other_id", "verdict", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."other_id", OLD."verdict", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE person_pair_past (id TEXT NOT NULL, person_id TEXT NOT NULL, other_id TEXT NOT NULL, verdict TEXT NOT NULL, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX person_pair_past_by_person_id ON person_pair_past(person_id);
CREATE INDEX person_pair_past_from ON person_pair_past(from_seq);
CREATE INDEX person_pair_past_to ON person_pair_past(to_seq);
CREATE INDEX person_pair_seq ON person_pair(seq);
CREATE VIEW person_pair_version AS SELECT "id", "person_id", "other_id", "verdict", from_seq, to_seq FROM person_pair_past UNION ALL SELECT "id", "person_id", "other_id", "verdict", seq, NULL FROM person_pair;
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
CREATE TABLE recognition (id TEXT PRIMARY KEY NOT NULL, person_id TEXT NOT NULL REFERENCES person(id), kind TEXT NOT NULL, sanction TEXT, month TEXT,
            title TEXT NOT NULL, authority TEXT, effect_end TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX recognition_by_person_id ON recognition(person_id);
CREATE TRIGGER recognition_history_delete AFTER DELETE ON recognition BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO recognition_past ("id", "person_id", "kind", "sanction", "month", "title", "authority", "effect_end", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."kind", OLD."sanction", OLD."month", OLD."title", OLD."authority", OLD."effect_end", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER recognition_history_update AFTER UPDATE ON recognition BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO recognition_past ("id", "person_id", "kind", "sanction", "month", "title", "authority", "effect_end", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."kind", OLD."sanction", OLD."month", OLD."title", OLD."authority", OLD."effect_end", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE recognition_past (id TEXT NOT NULL, person_id TEXT NOT NULL , kind TEXT NOT NULL, sanction TEXT, month TEXT,
            title TEXT NOT NULL, authority TEXT, effect_end TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX recognition_past_by_person_id ON recognition_past(person_id);
CREATE INDEX recognition_past_from ON recognition_past(from_seq);
CREATE INDEX recognition_past_to ON recognition_past(to_seq);
CREATE INDEX recognition_seq ON recognition(seq);
CREATE VIEW recognition_version AS SELECT "id", "person_id", "kind", "sanction", "month", "title", "authority", "effect_end", from_seq, to_seq FROM recognition_past UNION ALL SELECT "id", "person_id", "kind", "sanction", "month", "title", "authority", "effect_end", seq, NULL FROM recognition;
CREATE TABLE relative (id TEXT PRIMARY KEY NOT NULL, person_id TEXT NOT NULL REFERENCES person(id), relation TEXT NOT NULL, name TEXT NOT NULL, birth TEXT,
            political_status TEXT, employer TEXT, relative_id TEXT REFERENCES person(id), seq INTEGER NOT NULL) STRICT;
CREATE INDEX relative_by_person_id ON relative(person_id);
CREATE INDEX relative_by_relative_id ON relative(relative_id);
CREATE TRIGGER relative_history_delete AFTER DELETE ON relative BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO relative_past ("id", "person_id", "relation", "name", "birth", "political_status", "employer", "relative_id", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."relation", OLD."name", OLD."birth", OLD."political_status", OLD."employer", OLD."relative_id", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER relative_history_update AFTER UPDATE ON relative BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO relative_past ("id", "person_id", "relation", "name", "birth", "political_status", "employer", "relative_id", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."relation", OLD."name", OLD."birth", OLD."political_status", OLD."employer", OLD."relative_id", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE relative_past (id TEXT NOT NULL, person_id TEXT NOT NULL , relation TEXT NOT NULL, name TEXT NOT NULL, birth TEXT,
            political_status TEXT, employer TEXT, relative_id TEXT , from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX relative_past_by_person_id ON relative_past(person_id);
CREATE INDEX relative_past_from ON relative_past(from_seq);
CREATE INDEX relative_past_to ON relative_past(to_seq);
CREATE INDEX relative_seq ON relative(seq);
CREATE VIEW relative_version AS SELECT "id", "person_id", "relation", "name", "birth", "political_status", "employer", "relative_id", from_seq, to_seq FROM relative_past UNION ALL SELECT "id", "person_id", "relation", "name", "birth", "political_status", "employer", "relative_id", seq, NULL FROM relative;
CREATE TABLE reserve (id TEXT PRIMARY KEY NOT NULL, person_id TEXT NOT NULL REFERENCES person(id), division_code TEXT NOT NULL REFERENCES division(code), aim TEXT,
            occupation TEXT, recommended TEXT, entered TEXT, mentor TEXT, mentor_post TEXT, measures TEXT,
            "left" TEXT, outcome TEXT, left_reason TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX reserve_by_division_code ON reserve(division_code);
CREATE INDEX reserve_by_person_id ON reserve(person_id);
CREATE TRIGGER reserve_history_delete AFTER DELETE ON reserve BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO reserve_past ("id", "person_id", "division_code", "aim", "occupation", "recommended", "entered", "mentor", "mentor_post", "measures", "left", "outcome", "left_reason", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."aim", OLD."occupation", OLD."recommended", OLD."entered", OLD."mentor", OLD."mentor_post", OLD."measures", OLD."left", OLD."outcome", OLD."left_reason", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER reserve_history_update AFTER UPDATE ON reserve BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO reserve_past ("id", "person_id", "division_code", "aim", "occupation", "recommended", "entered", "mentor", "mentor_post", "measures", "left", "outcome", "left_reason", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."aim", OLD."occupation", OLD."recommended", OLD."entered", OLD."mentor", OLD."mentor_post", OLD."measures", OLD."left", OLD."outcome", OLD."left_reason", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE reserve_past (id TEXT NOT NULL, person_id TEXT NOT NULL , division_code TEXT NOT NULL , aim TEXT,
            occupation TEXT, recommended TEXT, entered TEXT, mentor TEXT, mentor_post TEXT, measures TEXT,
            "left" TEXT, outcome TEXT, left_reason TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX reserve_past_by_person_id ON reserve_past(person_id);
CREATE INDEX reserve_past_from ON reserve_past(from_seq);
CREATE INDEX reserve_past_to ON reserve_past(to_seq);
CREATE INDEX reserve_seq ON reserve(seq);
CREATE VIEW reserve_version AS SELECT "id", "person_id", "division_code", "aim", "occupation", "recommended", "entered", "mentor", "mentor_post", "measures", "left", "outcome", "left_reason", from_seq, to_seq FROM reserve_past UNION ALL SELECT "id", "person_id", "division_code", "aim", "occupation", "recommended", "entered", "mentor", "mentor_post", "measures", "left", "outcome", "left_reason", seq, NULL FROM reserve;
CREATE TABLE search_key (
            key TEXT NOT NULL, person_id TEXT NOT NULL, PRIMARY KEY (key, person_id)) STRICT, WITHOUT ROWID;
CREATE TABLE setting (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;
CREATE TABLE study (id TEXT PRIMARY KEY NOT NULL, person_id TEXT NOT NULL REFERENCES person(id), division_code TEXT NOT NULL REFERENCES division(code),
            education_before TEXT, school TEXT NOT NULL, major TEXT, level TEXT, start TEXT, expected_end TEXT,
            fee INTEGER, township_share INTEGER, village_share INTEGER, own_share INTEGER, status TEXT, ended TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX study_by_division_code ON study(division_code);
CREATE INDEX study_by_person_id ON study(person_id);
CREATE TRIGGER study_history_delete AFTER DELETE ON study BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO study_past ("id", "person_id", "division_code", "education_before", "school", "major", "level", "start", "expected_end", "fee", "township_share", "village_share", "own_share", "status", "ended", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."education_before", OLD."school", OLD."major", OLD."level", OLD."start", OLD."expected_end", OLD."fee", OLD."township_share", OLD."village_share", OLD."own_share", OLD."status", OLD."ended", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER study_history_update AFTER UPDATE ON study BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO study_past ("id", "person_id", "division_code", "education_before", "school", "major", "level", "start", "expected_end", "fee", "township_share", "village_share", "own_share", "status", "ended", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."education_before", OLD."school", OLD."major", OLD."level", OLD."start", OLD."expected_end", OLD."fee", OLD."township_share", OLD."village_share", OLD."own_share", OLD."status", OLD."ended", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE study_past (id TEXT NOT NULL, person_id TEXT NOT NULL , division_code TEXT NOT NULL ,
            education_before TEXT, school TEXT NOT NULL, major TEXT, level TEXT, start TEXT, expected_end TEXT,
            fee INTEGER, township_share INTEGER, village_share INTEGER, own_share INTEGER, status TEXT, ended TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX study_past_by_person_id ON study_past(person_id);
CREATE INDEX study_past_from ON study_past(from_seq);
CREATE INDEX study_past_to ON study_past(to_seq);
CREATE INDEX study_seq ON study(seq);
CREATE VIEW study_version AS SELECT "id", "person_id", "division_code", "education_before", "school", "major", "level", "start", "expected_end", "fee", "township_share", "village_share", "own_share", "status", "ended", from_seq, to_seq FROM study_past UNION ALL SELECT "id", "person_id", "division_code", "education_before", "school", "major", "level", "start", "expected_end", "fee", "township_share", "village_share", "own_share", "status", "ended", seq, NULL FROM study;
CREATE TABLE term (
        id TEXT PRIMARY KEY NOT NULL, person_id TEXT NOT NULL REFERENCES person(id), division_code TEXT NOT NULL REFERENCES division(code),
        post TEXT NOT NULL, title TEXT, start TEXT, "end" TEXT, how TEXT, end_reason TEXT, status TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX term_division_post ON term(division_code, post);
CREATE TRIGGER term_history_delete AFTER DELETE ON term BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO term_past ("id", "person_id", "division_code", "post", "title", "start", "end", "how", "end_reason", "status", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."post", OLD."title", OLD."start", OLD."end", OLD."how", OLD."end_reason", OLD."status", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER term_history_update AFTER UPDATE ON term BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO term_past ("id", "person_id", "division_code", "post", "title", "start", "end", "how", "end_reason", "status", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."post", OLD."title", OLD."start", OLD."end", OLD."how", OLD."end_reason", OLD."status", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE term_past (
        id TEXT NOT NULL, person_id TEXT NOT NULL , division_code TEXT NOT NULL ,
        post TEXT NOT NULL, title TEXT, start TEXT, "end" TEXT, how TEXT, end_reason TEXT, status TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX term_past_by_division_code ON term_past(division_code);
CREATE INDEX term_past_from ON term_past(from_seq);
CREATE INDEX term_past_person ON term_past(person_id);
CREATE INDEX term_past_to ON term_past(to_seq);
CREATE INDEX term_person ON term(person_id);
CREATE INDEX term_seq ON term(seq);
CREATE VIEW term_version AS SELECT "id", "person_id", "division_code", "post", "title", "start", "end", "how", "end_reason", "status", from_seq, to_seq FROM term_past UNION ALL SELECT "id", "person_id", "division_code", "post", "title", "start", "end", "how", "end_reason", "status", seq, NULL FROM term;
CREATE TABLE training (id TEXT PRIMARY KEY NOT NULL, person_id TEXT NOT NULL REFERENCES person(id), start TEXT, days INTEGER, topic TEXT NOT NULL,
            organizer TEXT, result TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX training_by_person_id ON training(person_id);
CREATE TRIGGER training_history_delete AFTER DELETE ON training BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO training_past ("id", "person_id", "start", "days", "topic", "organizer", "result", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."start", OLD."days", OLD."topic", OLD."organizer", OLD."result", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER training_history_update AFTER UPDATE ON training BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO training_past ("id", "person_id", "start", "days", "topic", "organizer", "result", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."start", OLD."days", OLD."topic", OLD."organizer", OLD."result", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE training_past (id TEXT NOT NULL, person_id TEXT NOT NULL , start TEXT, days INTEGER, topic TEXT NOT NULL,
            organizer TEXT, result TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX training_past_by_person_id ON training_past(person_id);
CREATE INDEX training_past_from ON training_past(from_seq);
CREATE INDEX training_past_to ON training_past(to_seq);
CREATE INDEX training_seq ON training(seq);
CREATE VIEW training_version AS SELECT "id", "person_id", "start", "days", "topic", "organizer", "result", from_seq, to_seq FROM training_past UNION ALL SELECT "id", "person_id", "start", "days", "topic", "organizer", "result", seq, NULL FROM training;
CREATE TABLE village_year (id TEXT PRIMARY KEY NOT NULL, division_code TEXT NOT NULL REFERENCES division(code), year TEXT NOT NULL, income INTEGER, economy TEXT,
            village_and_cooperative TEXT, party_members INTEGER, households INTEGER, seq INTEGER NOT NULL) STRICT;
CREATE INDEX village_year_by_division_code ON village_year(division_code);
CREATE TRIGGER village_year_history_delete AFTER DELETE ON village_year BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO village_year_past ("id", "division_code", "year", "income", "economy", "village_and_cooperative", "party_members", "households", from_seq, to_seq) SELECT OLD."id", OLD."division_code", OLD."year", OLD."income", OLD."economy", OLD."village_and_cooperative", OLD."party_members", OLD."households", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER village_year_history_update AFTER UPDATE ON village_year BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO village_year_past ("id", "division_code", "year", "income", "economy", "village_and_cooperative", "party_members", "households", from_seq, to_seq) SELECT OLD."id", OLD."division_code", OLD."year", OLD."income", OLD."economy", OLD."village_and_cooperative", OLD."party_members", OLD."households", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE village_year_past (id TEXT NOT NULL, division_code TEXT NOT NULL , year TEXT NOT NULL, income INTEGER, economy TEXT,
            village_and_cooperative TEXT, party_members INTEGER, households INTEGER, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX village_year_past_from ON village_year_past(from_seq);
CREATE INDEX village_year_past_to ON village_year_past(to_seq);
CREATE INDEX village_year_seq ON village_year(seq);
CREATE VIEW village_year_version AS SELECT "id", "division_code", "year", "income", "economy", "village_and_cooperative", "party_members", "households", from_seq, to_seq FROM village_year_past UNION ALL SELECT "id", "division_code", "year", "income", "economy", "village_and_cooperative", "party_members", "households", seq, NULL FROM village_year;
