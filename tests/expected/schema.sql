CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
CREATE TABLE activity (id TEXT PRIMARY KEY NOT NULL, division_code TEXT NOT NULL REFERENCES division(code), kind TEXT NOT NULL, state TEXT NOT NULL,
            theme TEXT, start TEXT NOT NULL, "end" TEXT, place TEXT, host TEXT, speaker TEXT, expected INTEGER,
            content TEXT, effect TEXT, next_steps TEXT, visited TEXT, led_by TEXT, entered_by TEXT, checked_by TEXT,
            checked TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX activity_by_division_code ON activity(division_code);
CREATE INDEX activity_by_start ON activity(start);
CREATE TRIGGER activity_history_delete AFTER DELETE ON activity BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO activity_past ("id", "division_code", "kind", "state", "theme", "start", "end", "place", "host", "speaker", "expected", "content", "effect", "next_steps", "visited", "led_by", "entered_by", "checked_by", "checked", from_seq, to_seq) SELECT OLD."id", OLD."division_code", OLD."kind", OLD."state", OLD."theme", OLD."start", OLD."end", OLD."place", OLD."host", OLD."speaker", OLD."expected", OLD."content", OLD."effect", OLD."next_steps", OLD."visited", OLD."led_by", OLD."entered_by", OLD."checked_by", OLD."checked", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER activity_history_update AFTER UPDATE ON activity BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO activity_past ("id", "division_code", "kind", "state", "theme", "start", "end", "place", "host", "speaker", "expected", "content", "effect", "next_steps", "visited", "led_by", "entered_by", "checked_by", "checked", from_seq, to_seq) SELECT OLD."id", OLD."division_code", OLD."kind", OLD."state", OLD."theme", OLD."start", OLD."end", OLD."place", OLD."host", OLD."speaker", OLD."expected", OLD."content", OLD."effect", OLD."next_steps", OLD."visited", OLD."led_by", OLD."entered_by", OLD."checked_by", OLD."checked", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE activity_past (id TEXT NOT NULL, division_code TEXT NOT NULL , kind TEXT NOT NULL, state TEXT NOT NULL,
            theme TEXT, start TEXT NOT NULL, "end" TEXT, place TEXT, host TEXT, speaker TEXT, expected INTEGER,
            content TEXT, effect TEXT, next_steps TEXT, visited TEXT, led_by TEXT, entered_by TEXT, checked_by TEXT,
            checked TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX activity_past_from ON activity_past(from_seq);
CREATE INDEX activity_past_to ON activity_past(to_seq);
CREATE INDEX activity_seq ON activity(seq);
CREATE VIEW activity_version AS SELECT "id", "division_code", "kind", "state", "theme", "start", "end", "place", "host", "speaker", "expected", "content", "effect", "next_steps", "visited", "led_by", "entered_by", "checked_by", "checked", from_seq, to_seq FROM activity_past UNION ALL SELECT "id", "division_code", "kind", "state", "theme", "start", "end", "place", "host", "speaker", "expected", "content", "effect", "next_steps", "visited", "led_by", "entered_by", "checked_by", "checked", seq, NULL FROM activity;
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
CREATE TABLE assessment (id TEXT PRIMARY KEY NOT NULL, branch_id TEXT NOT NULL REFERENCES party_branch(id), scheme_id TEXT NOT NULL REFERENCES scheme(id),
            period TEXT NOT NULL, checked_by TEXT, checked TEXT, remarks TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX assessment_by_branch_id ON assessment(branch_id);
CREATE INDEX assessment_by_period ON assessment(period);
CREATE INDEX assessment_by_scheme_id ON assessment(scheme_id);
CREATE TRIGGER assessment_history_delete AFTER DELETE ON assessment BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO assessment_past ("id", "branch_id", "scheme_id", "period", "checked_by", "checked", "remarks", from_seq, to_seq) SELECT OLD."id", OLD."branch_id", OLD."scheme_id", OLD."period", OLD."checked_by", OLD."checked", OLD."remarks", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER assessment_history_update AFTER UPDATE ON assessment BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO assessment_past ("id", "branch_id", "scheme_id", "period", "checked_by", "checked", "remarks", from_seq, to_seq) SELECT OLD."id", OLD."branch_id", OLD."scheme_id", OLD."period", OLD."checked_by", OLD."checked", OLD."remarks", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE assessment_item (id TEXT PRIMARY KEY NOT NULL, assessment_id TEXT NOT NULL REFERENCES assessment(id), item_id TEXT NOT NULL REFERENCES scheme_item(id),
            status TEXT, self_points REAL, township_points REAL, city_points REAL, reason TEXT, due TEXT,
            closed TEXT, closing TEXT, checked_by TEXT, checked TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX assessment_item_by_assessment_id ON assessment_item(assessment_id);
CREATE INDEX assessment_item_by_item_id ON assessment_item(item_id);
CREATE TRIGGER assessment_item_history_delete AFTER DELETE ON assessment_item BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO assessment_item_past ("id", "assessment_id", "item_id", "status", "self_points", "township_points", "city_points", "reason", "due", "closed", "closing", "checked_by", "checked", from_seq, to_seq) SELECT OLD."id", OLD."assessment_id", OLD."item_id", OLD."status", OLD."self_points", OLD."township_points", OLD."city_points", OLD."reason", OLD."due", OLD."closed", OLD."closing", OLD."checked_by", OLD."checked", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER assessment_item_history_update AFTER UPDATE ON assessment_item BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO assessment_item_past ("id", "assessment_id", "item_id", "status", "self_points", "township_points", "city_points", "reason", "due", "closed", "closing", "checked_by", "checked", from_seq, to_seq) SELECT OLD."id", OLD."assessment_id", OLD."item_id", OLD."status", OLD."self_points", OLD."township_points", OLD."city_points", OLD."reason", OLD."due", OLD."closed", OLD."closing", OLD."checked_by", OLD."checked", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE assessment_item_past (id TEXT NOT NULL, assessment_id TEXT NOT NULL , item_id TEXT NOT NULL ,
            status TEXT, self_points REAL, township_points REAL, city_points REAL, reason TEXT, due TEXT,
            closed TEXT, closing TEXT, checked_by TEXT, checked TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX assessment_item_past_from ON assessment_item_past(from_seq);
CREATE INDEX assessment_item_past_to ON assessment_item_past(to_seq);
CREATE INDEX assessment_item_seq ON assessment_item(seq);
CREATE VIEW assessment_item_version AS SELECT "id", "assessment_id", "item_id", "status", "self_points", "township_points", "city_points", "reason", "due", "closed", "closing", "checked_by", "checked", from_seq, to_seq FROM assessment_item_past UNION ALL SELECT "id", "assessment_id", "item_id", "status", "self_points", "township_points", "city_points", "reason", "due", "closed", "closing", "checked_by", "checked", seq, NULL FROM assessment_item;
CREATE TABLE assessment_past (id TEXT NOT NULL, branch_id TEXT NOT NULL , scheme_id TEXT NOT NULL ,
            period TEXT NOT NULL, checked_by TEXT, checked TEXT, remarks TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX assessment_past_from ON assessment_past(from_seq);
CREATE INDEX assessment_past_to ON assessment_past(to_seq);
CREATE INDEX assessment_seq ON assessment(seq);
CREATE VIEW assessment_version AS SELECT "id", "branch_id", "scheme_id", "period", "checked_by", "checked", "remarks", from_seq, to_seq FROM assessment_past UNION ALL SELECT "id", "branch_id", "scheme_id", "period", "checked_by", "checked", "remarks", seq, NULL FROM assessment;
CREATE TABLE attachment (id TEXT PRIMARY KEY NOT NULL, owner TEXT NOT NULL, owner_id TEXT NOT NULL, purpose TEXT NOT NULL, name TEXT NOT NULL,
            sha256 TEXT NOT NULL, size INTEGER NOT NULL, taken TEXT, added TEXT NOT NULL, seq INTEGER NOT NULL, position INTEGER, caption TEXT, look TEXT) STRICT;
CREATE INDEX attachment_by_look ON attachment(look) WHERE look IS NOT NULL;
CREATE INDEX attachment_by_owner_id ON attachment(owner_id);
CREATE INDEX attachment_by_sha256 ON attachment(sha256);
CREATE TRIGGER attachment_history_delete AFTER DELETE ON attachment BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO attachment_past ("id", "owner", "owner_id", "purpose", "name", "sha256", "size", "taken", "added", "position", "caption", "look", from_seq, to_seq) SELECT OLD."id", OLD."owner", OLD."owner_id", OLD."purpose", OLD."name", OLD."sha256", OLD."size", OLD."taken", OLD."added", OLD."position", OLD."caption", OLD."look", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER attachment_history_update AFTER UPDATE ON attachment BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO attachment_past ("id", "owner", "owner_id", "purpose", "name", "sha256", "size", "taken", "added", "position", "caption", "look", from_seq, to_seq) SELECT OLD."id", OLD."owner", OLD."owner_id", OLD."purpose", OLD."name", OLD."sha256", OLD."size", OLD."taken", OLD."added", OLD."position", OLD."caption", OLD."look", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE attachment_past (id TEXT NOT NULL, owner TEXT NOT NULL, owner_id TEXT NOT NULL, purpose TEXT NOT NULL, name TEXT NOT NULL,
            sha256 TEXT NOT NULL, size INTEGER NOT NULL, taken TEXT, added TEXT NOT NULL, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, position INTEGER, caption TEXT, look TEXT, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX attachment_past_by_owner_id ON attachment_past(owner_id);
CREATE INDEX attachment_past_from ON attachment_past(from_seq);
CREATE INDEX attachment_past_to ON attachment_past(to_seq);
CREATE INDEX attachment_seq ON attachment(seq);
CREATE VIEW attachment_version AS SELECT "id", "owner", "owner_id", "purpose", "name", "sha256", "size", "taken", "added", "position", "caption", "look", from_seq, to_seq FROM attachment_past UNION ALL SELECT "id", "owner", "owner_id", "purpose", "name", "sha256", "size", "taken", "added", "position", "caption", "look", seq, NULL FROM attachment;
CREATE TABLE attendance (id TEXT PRIMARY KEY NOT NULL, activity_id TEXT NOT NULL REFERENCES activity(id), role TEXT NOT NULL, person_id TEXT,
            division_code TEXT, name TEXT NOT NULL, post TEXT, present TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE INDEX attendance_by_activity_id ON attendance(activity_id);
CREATE INDEX attendance_by_person_id ON attendance(person_id);
CREATE TRIGGER attendance_history_delete AFTER DELETE ON attendance BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO attendance_past ("id", "activity_id", "role", "person_id", "division_code", "name", "post", "present", from_seq, to_seq) SELECT OLD."id", OLD."activity_id", OLD."role", OLD."person_id", OLD."division_code", OLD."name", OLD."post", OLD."present", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER attendance_history_update AFTER UPDATE ON attendance BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO attendance_past ("id", "activity_id", "role", "person_id", "division_code", "name", "post", "present", from_seq, to_seq) SELECT OLD."id", OLD."activity_id", OLD."role", OLD."person_id", OLD."division_code", OLD."name", OLD."post", OLD."present", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE attendance_past (id TEXT NOT NULL, activity_id TEXT NOT NULL , role TEXT NOT NULL, person_id TEXT,
            division_code TEXT, name TEXT NOT NULL, post TEXT, present TEXT NOT NULL, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_past_by_person_id ON attendance_past(person_id);
CREATE INDEX attendance_past_from ON attendance_past(from_seq);
CREATE INDEX attendance_past_to ON attendance_past(to_seq);
CREATE INDEX attendance_seq ON attendance(seq);
CREATE VIEW attendance_version AS SELECT "id", "activity_id", "role", "person_id", "division_code", "name", "post", "present", from_seq, to_seq FROM attendance_past UNION ALL SELECT "id", "activity_id", "role", "person_id", "division_code", "name", "post", "present", seq, NULL FROM attendance;
CREATE TABLE change_set (
            seq INTEGER PRIMARY KEY, at TEXT NOT NULL, operator TEXT NOT NULL, why TEXT NOT NULL, source TEXT,
            kind TEXT NOT NULL DEFAULT 'do', target INTEGER) STRICT;
CREATE INDEX change_set_target ON change_set(target) WHERE target IS NOT NULL;
CREATE TABLE choice (id TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE TRIGGER choice_history_delete AFTER DELETE ON choice BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO choice_past ("id", "value", from_seq, to_seq) SELECT OLD."id", OLD."value", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER choice_history_update AFTER UPDATE ON choice BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO choice_past ("id", "value", from_seq, to_seq) SELECT OLD."id", OLD."value", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE choice_past (id TEXT NOT NULL, value TEXT NOT NULL, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX choice_past_from ON choice_past(from_seq);
CREATE INDEX choice_past_to ON choice_past(to_seq);
CREATE INDEX choice_seq ON choice(seq);
CREATE VIEW choice_version AS SELECT "id", "value", from_seq, to_seq FROM choice_past UNION ALL SELECT "id", "value", seq, NULL FROM choice;
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
CREATE TABLE field_problem (id TEXT PRIMARY KEY NOT NULL, activity_id TEXT NOT NULL REFERENCES activity(id), division_code TEXT NOT NULL REFERENCES division(code),
            problem TEXT NOT NULL, measure TEXT, responsible TEXT, due TEXT, closed TEXT, closing TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX field_problem_by_activity_id ON field_problem(activity_id);
CREATE INDEX field_problem_by_division_code ON field_problem(division_code);
CREATE TRIGGER field_problem_history_delete AFTER DELETE ON field_problem BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO field_problem_past ("id", "activity_id", "division_code", "problem", "measure", "responsible", "due", "closed", "closing", from_seq, to_seq) SELECT OLD."id", OLD."activity_id", OLD."division_code", OLD."problem", OLD."measure", OLD."responsible", OLD."due", OLD."closed", OLD."closing", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER field_problem_history_update AFTER UPDATE ON field_problem BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO field_problem_past ("id", "activity_id", "division_code", "problem", "measure", "responsible", "due", "closed", "closing", from_seq, to_seq) SELECT OLD."id", OLD."activity_id", OLD."division_code", OLD."problem", OLD."measure", OLD."responsible", OLD."due", OLD."closed", OLD."closing", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE field_problem_past (id TEXT NOT NULL, activity_id TEXT NOT NULL , division_code TEXT NOT NULL ,
            problem TEXT NOT NULL, measure TEXT, responsible TEXT, due TEXT, closed TEXT, closing TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX field_problem_past_from ON field_problem_past(from_seq);
CREATE INDEX field_problem_past_to ON field_problem_past(to_seq);
CREATE INDEX field_problem_seq ON field_problem(seq);
CREATE VIEW field_problem_version AS SELECT "id", "activity_id", "division_code", "problem", "measure", "responsible", "due", "closed", "closing", from_seq, to_seq FROM field_problem_past UNION ALL SELECT "id", "activity_id", "division_code", "problem", "measure", "responsible", "due", "closed", "closing", seq, NULL FROM field_problem;
CREATE TABLE grading (id TEXT PRIMARY KEY NOT NULL, branch_id TEXT NOT NULL REFERENCES party_branch(id), period TEXT NOT NULL, grade TEXT NOT NULL,
            decided TEXT NOT NULL, reason TEXT, approved_by TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX grading_by_branch_id ON grading(branch_id);
CREATE TRIGGER grading_history_delete AFTER DELETE ON grading BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO grading_past ("id", "branch_id", "period", "grade", "decided", "reason", "approved_by", from_seq, to_seq) SELECT OLD."id", OLD."branch_id", OLD."period", OLD."grade", OLD."decided", OLD."reason", OLD."approved_by", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER grading_history_update AFTER UPDATE ON grading BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO grading_past ("id", "branch_id", "period", "grade", "decided", "reason", "approved_by", from_seq, to_seq) SELECT OLD."id", OLD."branch_id", OLD."period", OLD."grade", OLD."decided", OLD."reason", OLD."approved_by", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE grading_past (id TEXT NOT NULL, branch_id TEXT NOT NULL , period TEXT NOT NULL, grade TEXT NOT NULL,
            decided TEXT NOT NULL, reason TEXT, approved_by TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX grading_past_from ON grading_past(from_seq);
CREATE INDEX grading_past_to ON grading_past(to_seq);
CREATE INDEX grading_seq ON grading(seq);
CREATE VIEW grading_version AS SELECT "id", "branch_id", "period", "grade", "decided", "reason", "approved_by", from_seq, to_seq FROM grading_past UNION ALL SELECT "id", "branch_id", "period", "grade", "decided", "reason", "approved_by", seq, NULL FROM grading;
CREATE TABLE handoff_held (id TEXT PRIMARY KEY NOT NULL, unit TEXT NOT NULL, register TEXT NOT NULL, extra TEXT, kept TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX handoff_held_by_unit ON handoff_held(unit, register);
CREATE TRIGGER handoff_held_history_delete AFTER DELETE ON handoff_held BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO handoff_held_past ("id", "unit", "register", "extra", "kept", from_seq, to_seq) SELECT OLD."id", OLD."unit", OLD."register", OLD."extra", OLD."kept", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER handoff_held_history_update AFTER UPDATE ON handoff_held BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO handoff_held_past ("id", "unit", "register", "extra", "kept", from_seq, to_seq) SELECT OLD."id", OLD."unit", OLD."register", OLD."extra", OLD."kept", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE handoff_held_past (id TEXT NOT NULL, unit TEXT NOT NULL, register TEXT NOT NULL, extra TEXT, kept TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX handoff_held_past_from ON handoff_held_past(from_seq);
CREATE INDEX handoff_held_past_to ON handoff_held_past(to_seq);
CREATE INDEX handoff_held_seq ON handoff_held(seq);
CREATE VIEW handoff_held_version AS SELECT "id", "unit", "register", "extra", "kept", from_seq, to_seq FROM handoff_held_past UNION ALL SELECT "id", "unit", "register", "extra", "kept", seq, NULL FROM handoff_held;
CREATE TABLE handoff_taken (id TEXT PRIMARY KEY NOT NULL, unit TEXT NOT NULL, epoch INTEGER NOT NULL, number INTEGER NOT NULL,
            previous TEXT NOT NULL, schema INTEGER NOT NULL, as_of TEXT NOT NULL, made TEXT NOT NULL,
            merged INTEGER NOT NULL, registers TEXT NOT NULL, outcome TEXT NOT NULL, followed_by TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX handoff_taken_by_unit ON handoff_taken(unit);
CREATE TRIGGER handoff_taken_history_delete AFTER DELETE ON handoff_taken BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO handoff_taken_past ("id", "unit", "epoch", "number", "previous", "schema", "as_of", "made", "merged", "registers", "outcome", "followed_by", from_seq, to_seq) SELECT OLD."id", OLD."unit", OLD."epoch", OLD."number", OLD."previous", OLD."schema", OLD."as_of", OLD."made", OLD."merged", OLD."registers", OLD."outcome", OLD."followed_by", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER handoff_taken_history_update AFTER UPDATE ON handoff_taken BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO handoff_taken_past ("id", "unit", "epoch", "number", "previous", "schema", "as_of", "made", "merged", "registers", "outcome", "followed_by", from_seq, to_seq) SELECT OLD."id", OLD."unit", OLD."epoch", OLD."number", OLD."previous", OLD."schema", OLD."as_of", OLD."made", OLD."merged", OLD."registers", OLD."outcome", OLD."followed_by", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE handoff_taken_past (id TEXT NOT NULL, unit TEXT NOT NULL, epoch INTEGER NOT NULL, number INTEGER NOT NULL,
            previous TEXT NOT NULL, schema INTEGER NOT NULL, as_of TEXT NOT NULL, made TEXT NOT NULL,
            merged INTEGER NOT NULL, registers TEXT NOT NULL, outcome TEXT NOT NULL, followed_by TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX handoff_taken_past_from ON handoff_taken_past(from_seq);
CREATE INDEX handoff_taken_past_to ON handoff_taken_past(to_seq);
CREATE INDEX handoff_taken_seq ON handoff_taken(seq);
CREATE VIEW handoff_taken_version AS SELECT "id", "unit", "epoch", "number", "previous", "schema", "as_of", "made", "merged", "registers", "outcome", "followed_by", from_seq, to_seq FROM handoff_taken_past UNION ALL SELECT "id", "unit", "epoch", "number", "previous", "schema", "as_of", "made", "merged", "registers", "outcome", "followed_by", seq, NULL FROM handoff_taken;
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE TABLE instructor (id TEXT PRIMARY KEY NOT NULL, division_code TEXT NOT NULL REFERENCES division(code), name TEXT NOT NULL, engagement TEXT, unit TEXT,
            post TEXT, phone TEXT, level TEXT, visits_planned INTEGER, start TEXT, "end" TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX instructor_by_division_code ON instructor(division_code);
CREATE TRIGGER instructor_history_delete AFTER DELETE ON instructor BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO instructor_past ("id", "division_code", "name", "engagement", "unit", "post", "phone", "level", "visits_planned", "start", "end", from_seq, to_seq) SELECT OLD."id", OLD."division_code", OLD."name", OLD."engagement", OLD."unit", OLD."post", OLD."phone", OLD."level", OLD."visits_planned", OLD."start", OLD."end", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER instructor_history_update AFTER UPDATE ON instructor BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO instructor_past ("id", "division_code", "name", "engagement", "unit", "post", "phone", "level", "visits_planned", "start", "end", from_seq, to_seq) SELECT OLD."id", OLD."division_code", OLD."name", OLD."engagement", OLD."unit", OLD."post", OLD."phone", OLD."level", OLD."visits_planned", OLD."start", OLD."end", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE instructor_past (id TEXT NOT NULL, division_code TEXT NOT NULL , name TEXT NOT NULL, engagement TEXT, unit TEXT,
            post TEXT, phone TEXT, level TEXT, visits_planned INTEGER, start TEXT, "end" TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX instructor_past_from ON instructor_past(from_seq);
CREATE INDEX instructor_past_to ON instructor_past(to_seq);
CREATE INDEX instructor_seq ON instructor(seq);
CREATE VIEW instructor_version AS SELECT "id", "division_code", "name", "engagement", "unit", "post", "phone", "level", "visits_planned", "start", "end", from_seq, to_seq FROM instructor_past UNION ALL SELECT "id", "division_code", "name", "engagement", "unit", "post", "phone", "level", "visits_planned", "start", "end", seq, NULL FROM instructor;
CREATE TABLE managed_secretary (id TEXT PRIMARY KEY NOT NULL, person_id TEXT NOT NULL REFERENCES person(id), division_code TEXT NOT NULL REFERENCES division(code),
            kind TEXT NOT NULL, since TEXT, grounds TEXT, goals TEXT, until TEXT, until_reason TEXT, conclusion TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX managed_secretary_by_division_code ON managed_secretary(division_code);
CREATE INDEX managed_secretary_by_person_id ON managed_secretary(person_id);
CREATE TRIGGER managed_secretary_history_delete AFTER DELETE ON managed_secretary BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO managed_secretary_past ("id", "person_id", "division_code", "kind", "since", "grounds", "goals", "until", "until_reason", "conclusion", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."kind", OLD."since", OLD."grounds", OLD."goals", OLD."until", OLD."until_reason", OLD."conclusion", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER managed_secretary_history_update AFTER UPDATE ON managed_secretary BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO managed_secretary_past ("id", "person_id", "division_code", "kind", "since", "grounds", "goals", "until", "until_reason", "conclusion", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."kind", OLD."since", OLD."grounds", OLD."goals", OLD."until", OLD."until_reason", OLD."conclusion", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE managed_secretary_past (id TEXT NOT NULL, person_id TEXT NOT NULL , division_code TEXT NOT NULL ,
            kind TEXT NOT NULL, since TEXT, grounds TEXT, goals TEXT, until TEXT, until_reason TEXT, conclusion TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX managed_secretary_past_by_person_id ON managed_secretary_past(person_id);
CREATE INDEX managed_secretary_past_from ON managed_secretary_past(from_seq);
CREATE INDEX managed_secretary_past_to ON managed_secretary_past(to_seq);
CREATE INDEX managed_secretary_seq ON managed_secretary(seq);
CREATE VIEW managed_secretary_version AS SELECT "id", "person_id", "division_code", "kind", "since", "grounds", "goals", "until", "until_reason", "conclusion", from_seq, to_seq FROM managed_secretary_past UNION ALL SELECT "id", "person_id", "division_code", "kind", "since", "grounds", "goals", "until", "until_reason", "conclusion", seq, NULL FROM managed_secretary;
CREATE TABLE mentoring (id TEXT PRIMARY KEY NOT NULL, person_id TEXT NOT NULL REFERENCES person(id), division_code TEXT NOT NULL REFERENCES division(code),
            mentor TEXT NOT NULL, mentor_unit TEXT, mentor_post TEXT, mentor_kind TEXT, mentor_phone TEXT,
            start TEXT, "end" TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX mentoring_by_division_code ON mentoring(division_code);
CREATE INDEX mentoring_by_person_id ON mentoring(person_id);
CREATE TRIGGER mentoring_history_delete AFTER DELETE ON mentoring BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO mentoring_past ("id", "person_id", "division_code", "mentor", "mentor_unit", "mentor_post", "mentor_kind", "mentor_phone", "start", "end", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."mentor", OLD."mentor_unit", OLD."mentor_post", OLD."mentor_kind", OLD."mentor_phone", OLD."start", OLD."end", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER mentoring_history_update AFTER UPDATE ON mentoring BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO mentoring_past ("id", "person_id", "division_code", "mentor", "mentor_unit", "mentor_post", "mentor_kind", "mentor_phone", "start", "end", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."mentor", OLD."mentor_unit", OLD."mentor_post", OLD."mentor_kind", OLD."mentor_phone", OLD."start", OLD."end", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE mentoring_past (id TEXT NOT NULL, person_id TEXT NOT NULL , division_code TEXT NOT NULL ,
            mentor TEXT NOT NULL, mentor_unit TEXT, mentor_post TEXT, mentor_kind TEXT, mentor_phone TEXT,
            start TEXT, "end" TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX mentoring_past_by_person_id ON mentoring_past(person_id);
CREATE INDEX mentoring_past_from ON mentoring_past(from_seq);
CREATE INDEX mentoring_past_to ON mentoring_past(to_seq);
CREATE INDEX mentoring_seq ON mentoring(seq);
CREATE VIEW mentoring_version AS SELECT "id", "person_id", "division_code", "mentor", "mentor_unit", "mentor_post", "mentor_kind", "mentor_phone", "start", "end", from_seq, to_seq FROM mentoring_past UNION ALL SELECT "id", "person_id", "division_code", "mentor", "mentor_unit", "mentor_post", "mentor_kind", "mentor_phone", "start", "end", seq, NULL FROM mentoring;
CREATE TABLE name_order (person_id TEXT PRIMARY KEY NOT NULL, strokes TEXT NOT NULL, pinyin TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE open_change (seq INTEGER PRIMARY KEY) STRICT;
CREATE TABLE organization (id TEXT PRIMARY KEY NOT NULL, division_code TEXT NOT NULL REFERENCES division(code), name TEXT NOT NULL, credit_code TEXT, kind TEXT,
            above_scale TEXT, industry TEXT, area TEXT, industry_committee TEXT, address TEXT, established TEXT,
            head TEXT, head_phone TEXT, head_political_status TEXT, employees INTEGER, full_members INTEGER,
            probationary_members INTEGER, floating_members INTEGER, should_found TEXT, branch_id TEXT REFERENCES party_branch(id),
            instructor_id TEXT REFERENCES instructor(id), not_founded_reason TEXT, closed TEXT, remarks TEXT, seq INTEGER NOT NULL, social_kind TEXT, registration TEXT, main_business TEXT, output REAL, head_identity TEXT, full_time_members INTEGER, part_time_members INTEGER, development_targets INTEGER, activists INTEGER, applicants INTEGER) STRICT;
CREATE INDEX organization_by_branch_id ON organization(branch_id);
CREATE INDEX organization_by_division_code ON organization(division_code);
CREATE INDEX organization_by_instructor_id ON organization(instructor_id);
CREATE TRIGGER organization_history_delete AFTER DELETE ON organization BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO organization_past ("id", "division_code", "name", "credit_code", "kind", "above_scale", "industry", "area", "industry_committee", "address", "established", "head", "head_phone", "head_political_status", "employees", "full_members", "probationary_members", "floating_members", "should_found", "branch_id", "instructor_id", "not_founded_reason", "closed", "remarks", "social_kind", "registration", "main_business", "output", "head_identity", "full_time_members", "part_time_members", "development_targets", "activists", "applicants", from_seq, to_seq) SELECT OLD."id", OLD."division_code", OLD."name", OLD."credit_code", OLD."kind", OLD."above_scale", OLD."industry", OLD."area", OLD."industry_committee", OLD."address", OLD."established", OLD."head", OLD."head_phone", OLD."head_political_status", OLD."employees", OLD."full_members", OLD."probationary_members", OLD."floating_members", OLD."should_found", OLD."branch_id", OLD."instructor_id", OLD."not_founded_reason", OLD."closed", OLD."remarks", OLD."social_kind", OLD."registration", OLD."main_business", OLD."output", OLD."head_identity", OLD."full_time_members", OLD."part_time_members", OLD."development_targets", OLD."activists", OLD."applicants", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER organization_history_update AFTER UPDATE ON organization BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO organization_past ("id", "division_code", "name", "credit_code", "kind", "above_scale", "industry", "area", "industry_committee", "address", "established", "head", "head_phone", "head_political_status", "employees", "full_members", "probationary_members", "floating_members", "should_found", "branch_id", "instructor_id", "not_founded_reason", "closed", "remarks", "social_kind", "registration", "main_business", "output", "head_identity", "full_time_members", "part_time_members", "development_targets", "activists", "applicants", from_seq, to_seq) SELECT OLD."id", OLD."division_code", OLD."name", OLD."credit_code", OLD."kind", OLD."above_scale", OLD."industry", OLD."area", OLD."industry_committee", OLD."address", OLD."established", OLD."head", OLD."head_phone", OLD."head_political_status", OLD."employees", OLD."full_members", OLD."probationary_members", OLD."floating_members", OLD."should_found", OLD."branch_id", OLD."instructor_id", OLD."not_founded_reason", OLD."closed", OLD."remarks", OLD."social_kind", OLD."registration", OLD."main_business", OLD."output", OLD."head_identity", OLD."full_time_members", OLD."part_time_members", OLD."development_targets", OLD."activists", OLD."applicants", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE organization_past (id TEXT NOT NULL, division_code TEXT NOT NULL , name TEXT NOT NULL, credit_code TEXT, kind TEXT,
            above_scale TEXT, industry TEXT, area TEXT, industry_committee TEXT, address TEXT, established TEXT,
            head TEXT, head_phone TEXT, head_political_status TEXT, employees INTEGER, full_members INTEGER,
            probationary_members INTEGER, floating_members INTEGER, should_found TEXT, branch_id TEXT ,
            instructor_id TEXT , not_founded_reason TEXT, closed TEXT, remarks TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, social_kind TEXT, registration TEXT, main_business TEXT, output REAL, head_identity TEXT, full_time_members INTEGER, part_time_members INTEGER, development_targets INTEGER, activists INTEGER, applicants INTEGER, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX organization_past_from ON organization_past(from_seq);
CREATE INDEX organization_past_to ON organization_past(to_seq);
CREATE INDEX organization_seq ON organization(seq);
CREATE VIEW organization_version AS SELECT "id", "division_code", "name", "credit_code", "kind", "above_scale", "industry", "area", "industry_committee", "address", "established", "head", "head_phone", "head_political_status", "employees", "full_members", "probationary_members", "floating_members", "should_found", "branch_id", "instructor_id", "not_founded_reason", "closed", "remarks", "social_kind", "registration", "main_business", "output", "head_identity", "full_time_members", "part_time_members", "development_targets", "activists", "applicants", from_seq, to_seq FROM organization_past UNION ALL SELECT "id", "division_code", "name", "credit_code", "kind", "above_scale", "industry", "area", "industry_committee", "address", "established", "head", "head_phone", "head_political_status", "employees", "full_members", "probationary_members", "floating_members", "should_found", "branch_id", "instructor_id", "not_founded_reason", "closed", "remarks", "social_kind", "registration", "main_business", "output", "head_identity", "full_time_members", "part_time_members", "development_targets", "activists", "applicants", seq, NULL FROM organization;
CREATE TABLE party_branch (id TEXT PRIMARY KEY NOT NULL, division_code TEXT NOT NULL REFERENCES division(code), name TEXT NOT NULL, form TEXT, founded TEXT,
            approval TEXT, secretary TEXT, secretary_phone TEXT, committee_members INTEGER, brand TEXT,
            dissolved TEXT, remarks TEXT, seq INTEGER NOT NULL, superior TEXT) STRICT;
CREATE INDEX party_branch_by_division_code ON party_branch(division_code);
CREATE TRIGGER party_branch_history_delete AFTER DELETE ON party_branch BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO party_branch_past ("id", "division_code", "name", "form", "founded", "approval", "secretary", "secretary_phone", "committee_members", "brand", "dissolved", "remarks", "superior", from_seq, to_seq) SELECT OLD."id", OLD."division_code", OLD."name", OLD."form", OLD."founded", OLD."approval", OLD."secretary", OLD."secretary_phone", OLD."committee_members", OLD."brand", OLD."dissolved", OLD."remarks", OLD."superior", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER party_branch_history_update AFTER UPDATE ON party_branch BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO party_branch_past ("id", "division_code", "name", "form", "founded", "approval", "secretary", "secretary_phone", "committee_members", "brand", "dissolved", "remarks", "superior", from_seq, to_seq) SELECT OLD."id", OLD."division_code", OLD."name", OLD."form", OLD."founded", OLD."approval", OLD."secretary", OLD."secretary_phone", OLD."committee_members", OLD."brand", OLD."dissolved", OLD."remarks", OLD."superior", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE party_branch_past (id TEXT NOT NULL, division_code TEXT NOT NULL , name TEXT NOT NULL, form TEXT, founded TEXT,
            approval TEXT, secretary TEXT, secretary_phone TEXT, committee_members INTEGER, brand TEXT,
            dissolved TEXT, remarks TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, superior TEXT, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX party_branch_past_from ON party_branch_past(from_seq);
CREATE INDEX party_branch_past_to ON party_branch_past(to_seq);
CREATE INDEX party_branch_seq ON party_branch(seq);
CREATE VIEW party_branch_version AS SELECT "id", "division_code", "name", "form", "founded", "approval", "secretary", "secretary_phone", "committee_members", "brand", "dissolved", "remarks", "superior", from_seq, to_seq FROM party_branch_past UNION ALL SELECT "id", "division_code", "name", "form", "founded", "approval", "secretary", "secretary_phone", "committee_members", "brand", "dissolved", "remarks", "superior", seq, NULL FROM party_branch;
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
CREATE TABLE rally (id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, day TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE TRIGGER rally_history_delete AFTER DELETE ON rally BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO rally_past ("id", "name", "day", "first", "last", from_seq, to_seq) SELECT OLD."id", OLD."name", OLD."day", OLD."first", OLD."last", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER rally_history_update AFTER UPDATE ON rally BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO rally_past ("id", "name", "day", "first", "last", from_seq, to_seq) SELECT OLD."id", OLD."name", OLD."day", OLD."first", OLD."last", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE rally_item (id TEXT PRIMARY KEY NOT NULL, rally_id TEXT NOT NULL REFERENCES rally(id), position INTEGER NOT NULL, name TEXT NOT NULL,
            points REAL NOT NULL, seq INTEGER NOT NULL) STRICT;
CREATE INDEX rally_item_by_rally_id ON rally_item(rally_id);
CREATE TRIGGER rally_item_history_delete AFTER DELETE ON rally_item BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO rally_item_past ("id", "rally_id", "position", "name", "points", from_seq, to_seq) SELECT OLD."id", OLD."rally_id", OLD."position", OLD."name", OLD."points", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER rally_item_history_update AFTER UPDATE ON rally_item BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO rally_item_past ("id", "rally_id", "position", "name", "points", from_seq, to_seq) SELECT OLD."id", OLD."rally_id", OLD."position", OLD."name", OLD."points", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE rally_item_past (id TEXT NOT NULL, rally_id TEXT NOT NULL , position INTEGER NOT NULL, name TEXT NOT NULL,
            points REAL NOT NULL, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX rally_item_past_from ON rally_item_past(from_seq);
CREATE INDEX rally_item_past_to ON rally_item_past(to_seq);
CREATE INDEX rally_item_seq ON rally_item(seq);
CREATE VIEW rally_item_version AS SELECT "id", "rally_id", "position", "name", "points", from_seq, to_seq FROM rally_item_past UNION ALL SELECT "id", "rally_id", "position", "name", "points", seq, NULL FROM rally_item;
CREATE TABLE rally_past (id TEXT NOT NULL, name TEXT NOT NULL, day TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX rally_past_from ON rally_past(from_seq);
CREATE INDEX rally_past_to ON rally_past(to_seq);
CREATE TABLE rally_score (id TEXT PRIMARY KEY NOT NULL, item_id TEXT NOT NULL REFERENCES rally_item(id), division_code TEXT NOT NULL REFERENCES division(code), points REAL, seq INTEGER NOT NULL) STRICT;
CREATE INDEX rally_score_by_division_code ON rally_score(division_code);
CREATE INDEX rally_score_by_item_id ON rally_score(item_id);
CREATE TRIGGER rally_score_history_delete AFTER DELETE ON rally_score BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO rally_score_past ("id", "item_id", "division_code", "points", from_seq, to_seq) SELECT OLD."id", OLD."item_id", OLD."division_code", OLD."points", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER rally_score_history_update AFTER UPDATE ON rally_score BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO rally_score_past ("id", "item_id", "division_code", "points", from_seq, to_seq) SELECT OLD."id", OLD."item_id", OLD."division_code", OLD."points", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE rally_score_past (id TEXT NOT NULL, item_id TEXT NOT NULL , division_code TEXT NOT NULL , points REAL, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX rally_score_past_from ON rally_score_past(from_seq);
CREATE INDEX rally_score_past_to ON rally_score_past(to_seq);
CREATE INDEX rally_score_seq ON rally_score(seq);
CREATE VIEW rally_score_version AS SELECT "id", "item_id", "division_code", "points", from_seq, to_seq FROM rally_score_past UNION ALL SELECT "id", "item_id", "division_code", "points", seq, NULL FROM rally_score;
CREATE INDEX rally_seq ON rally(seq);
CREATE VIEW rally_version AS SELECT "id", "name", "day", "first", "last", from_seq, to_seq FROM rally_past UNION ALL SELECT "id", "name", "day", "first", "last", seq, NULL FROM rally;
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
CREATE TABLE remark (id TEXT PRIMARY KEY NOT NULL, unit TEXT NOT NULL, register TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT,
            text TEXT NOT NULL, by TEXT NOT NULL, made TEXT NOT NULL, answered TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX remark_by_row_id ON remark(row_id);
CREATE INDEX remark_by_unit ON remark(unit);
CREATE TRIGGER remark_history_delete AFTER DELETE ON remark BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO remark_past ("id", "unit", "register", "row_id", "field", "text", "by", "made", "answered", from_seq, to_seq) SELECT OLD."id", OLD."unit", OLD."register", OLD."row_id", OLD."field", OLD."text", OLD."by", OLD."made", OLD."answered", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER remark_history_update AFTER UPDATE ON remark BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO remark_past ("id", "unit", "register", "row_id", "field", "text", "by", "made", "answered", from_seq, to_seq) SELECT OLD."id", OLD."unit", OLD."register", OLD."row_id", OLD."field", OLD."text", OLD."by", OLD."made", OLD."answered", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE remark_past (id TEXT NOT NULL, unit TEXT NOT NULL, register TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT,
            text TEXT NOT NULL, by TEXT NOT NULL, made TEXT NOT NULL, answered TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX remark_past_from ON remark_past(from_seq);
CREATE INDEX remark_past_to ON remark_past(to_seq);
CREATE INDEX remark_seq ON remark(seq);
CREATE VIEW remark_version AS SELECT "id", "unit", "register", "row_id", "field", "text", "by", "made", "answered", from_seq, to_seq FROM remark_past UNION ALL SELECT "id", "unit", "register", "row_id", "field", "text", "by", "made", "answered", seq, NULL FROM remark;
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
CREATE TABLE scheme (id TEXT PRIMARY KEY NOT NULL, purpose TEXT NOT NULL, version INTEGER NOT NULL, title TEXT NOT NULL,
            period_kind TEXT NOT NULL, since TEXT NOT NULL, official TEXT, grade_a REAL, grade_b REAL,
            own_points REAL, seq INTEGER NOT NULL) STRICT;
CREATE TRIGGER scheme_history_delete AFTER DELETE ON scheme BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO scheme_past ("id", "purpose", "version", "title", "period_kind", "since", "official", "grade_a", "grade_b", "own_points", from_seq, to_seq) SELECT OLD."id", OLD."purpose", OLD."version", OLD."title", OLD."period_kind", OLD."since", OLD."official", OLD."grade_a", OLD."grade_b", OLD."own_points", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER scheme_history_update AFTER UPDATE ON scheme BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO scheme_past ("id", "purpose", "version", "title", "period_kind", "since", "official", "grade_a", "grade_b", "own_points", from_seq, to_seq) SELECT OLD."id", OLD."purpose", OLD."version", OLD."title", OLD."period_kind", OLD."since", OLD."official", OLD."grade_a", OLD."grade_b", OLD."own_points", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE scheme_item (id TEXT PRIMARY KEY NOT NULL, scheme_id TEXT NOT NULL REFERENCES scheme(id), code TEXT NOT NULL, position INTEGER NOT NULL,
            name TEXT NOT NULL, says TEXT, points REAL, own TEXT, times INTEGER, form TEXT,
            branch_id TEXT REFERENCES party_branch(id), exempt TEXT, ended TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX scheme_item_by_branch_id ON scheme_item(branch_id);
CREATE INDEX scheme_item_by_scheme_id ON scheme_item(scheme_id);
CREATE TRIGGER scheme_item_history_delete AFTER DELETE ON scheme_item BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO scheme_item_past ("id", "scheme_id", "code", "position", "name", "says", "points", "own", "times", "form", "branch_id", "exempt", "ended", from_seq, to_seq) SELECT OLD."id", OLD."scheme_id", OLD."code", OLD."position", OLD."name", OLD."says", OLD."points", OLD."own", OLD."times", OLD."form", OLD."branch_id", OLD."exempt", OLD."ended", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER scheme_item_history_update AFTER UPDATE ON scheme_item BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO scheme_item_past ("id", "scheme_id", "code", "position", "name", "says", "points", "own", "times", "form", "branch_id", "exempt", "ended", from_seq, to_seq) SELECT OLD."id", OLD."scheme_id", OLD."code", OLD."position", OLD."name", OLD."says", OLD."points", OLD."own", OLD."times", OLD."form", OLD."branch_id", OLD."exempt", OLD."ended", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE scheme_item_past (id TEXT NOT NULL, scheme_id TEXT NOT NULL , code TEXT NOT NULL, position INTEGER NOT NULL,
            name TEXT NOT NULL, says TEXT, points REAL, own TEXT, times INTEGER, form TEXT,
            branch_id TEXT , exempt TEXT, ended TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX scheme_item_past_from ON scheme_item_past(from_seq);
CREATE INDEX scheme_item_past_to ON scheme_item_past(to_seq);
CREATE INDEX scheme_item_seq ON scheme_item(seq);
CREATE VIEW scheme_item_version AS SELECT "id", "scheme_id", "code", "position", "name", "says", "points", "own", "times", "form", "branch_id", "exempt", "ended", from_seq, to_seq FROM scheme_item_past UNION ALL SELECT "id", "scheme_id", "code", "position", "name", "says", "points", "own", "times", "form", "branch_id", "exempt", "ended", seq, NULL FROM scheme_item;
CREATE TABLE scheme_past (id TEXT NOT NULL, purpose TEXT NOT NULL, version INTEGER NOT NULL, title TEXT NOT NULL,
            period_kind TEXT NOT NULL, since TEXT NOT NULL, official TEXT, grade_a REAL, grade_b REAL,
            own_points REAL, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX scheme_past_from ON scheme_past(from_seq);
CREATE INDEX scheme_past_to ON scheme_past(to_seq);
CREATE INDEX scheme_seq ON scheme(seq);
CREATE VIEW scheme_version AS SELECT "id", "purpose", "version", "title", "period_kind", "since", "official", "grade_a", "grade_b", "own_points", from_seq, to_seq FROM scheme_past UNION ALL SELECT "id", "purpose", "version", "title", "period_kind", "since", "official", "grade_a", "grade_b", "own_points", seq, NULL FROM scheme;
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
        post TEXT NOT NULL, title TEXT, start TEXT, "end" TEXT, how TEXT, end_reason TEXT, status TEXT, seq INTEGER NOT NULL, approval TEXT, end_approval TEXT, filed TEXT) STRICT;
CREATE INDEX term_division_post ON term(division_code, post);
CREATE TRIGGER term_history_delete AFTER DELETE ON term BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO term_past ("id", "person_id", "division_code", "post", "title", "start", "end", "how", "end_reason", "status", "approval", "end_approval", "filed", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."post", OLD."title", OLD."start", OLD."end", OLD."how", OLD."end_reason", OLD."status", OLD."approval", OLD."end_approval", OLD."filed", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER term_history_update AFTER UPDATE ON term BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO term_past ("id", "person_id", "division_code", "post", "title", "start", "end", "how", "end_reason", "status", "approval", "end_approval", "filed", from_seq, to_seq) SELECT OLD."id", OLD."person_id", OLD."division_code", OLD."post", OLD."title", OLD."start", OLD."end", OLD."how", OLD."end_reason", OLD."status", OLD."approval", OLD."end_approval", OLD."filed", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE term_past (
        id TEXT NOT NULL, person_id TEXT NOT NULL , division_code TEXT NOT NULL ,
        post TEXT NOT NULL, title TEXT, start TEXT, "end" TEXT, how TEXT, end_reason TEXT, status TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, approval TEXT, end_approval TEXT, filed TEXT, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX term_past_by_division_code ON term_past(division_code);
CREATE INDEX term_past_from ON term_past(from_seq);
CREATE INDEX term_past_person ON term_past(person_id);
CREATE INDEX term_past_to ON term_past(to_seq);
CREATE INDEX term_person ON term(person_id);
CREATE INDEX term_seq ON term(seq);
CREATE VIEW term_version AS SELECT "id", "person_id", "division_code", "post", "title", "start", "end", "how", "end_reason", "status", "approval", "end_approval", "filed", from_seq, to_seq FROM term_past UNION ALL SELECT "id", "person_id", "division_code", "post", "title", "start", "end", "how", "end_reason", "status", "approval", "end_approval", "filed", seq, NULL FROM term;
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
CREATE TABLE visit (id TEXT PRIMARY KEY NOT NULL, instructor_id TEXT NOT NULL REFERENCES instructor(id), organization_id TEXT REFERENCES organization(id),
            day TEXT NOT NULL, matter TEXT, result TEXT, seq INTEGER NOT NULL) STRICT;
CREATE INDEX visit_by_instructor_id ON visit(instructor_id);
CREATE INDEX visit_by_organization_id ON visit(organization_id);
CREATE TRIGGER visit_history_delete AFTER DELETE ON visit BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NOT EXISTS (SELECT 1 FROM open_change); INSERT INTO visit_past ("id", "instructor_id", "organization_id", "day", "matter", "result", from_seq, to_seq) SELECT OLD."id", OLD."instructor_id", OLD."organization_id", OLD."day", OLD."matter", OLD."result", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TRIGGER visit_history_update AFTER UPDATE ON visit BEGIN SELECT RAISE(ABORT, 'not in the open change set') WHERE NEW.seq IS NOT (SELECT seq FROM open_change); INSERT INTO visit_past ("id", "instructor_id", "organization_id", "day", "matter", "result", from_seq, to_seq) SELECT OLD."id", OLD."instructor_id", OLD."organization_id", OLD."day", OLD."matter", OLD."result", OLD.seq, seq FROM open_change WHERE OLD.seq < seq; END;
CREATE TABLE visit_past (id TEXT NOT NULL, instructor_id TEXT NOT NULL , organization_id TEXT ,
            day TEXT NOT NULL, matter TEXT, result TEXT, from_seq INTEGER NOT NULL, to_seq INTEGER NOT NULL, PRIMARY KEY (id, from_seq)) STRICT, WITHOUT ROWID;
CREATE INDEX visit_past_from ON visit_past(from_seq);
CREATE INDEX visit_past_to ON visit_past(to_seq);
CREATE INDEX visit_seq ON visit(seq);
CREATE VIEW visit_version AS SELECT "id", "instructor_id", "organization_id", "day", "matter", "result", from_seq, to_seq FROM visit_past UNION ALL SELECT "id", "instructor_id", "organization_id", "day", "matter", "result", seq, NULL FROM visit;
