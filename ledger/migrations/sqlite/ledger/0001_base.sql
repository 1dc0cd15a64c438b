-- The ledger's tables, and the triggers that refuse to change what is in them. `INSERT OR
-- REPLACE` deletes without firing a trigger on deletion, so the triggers on insertion refuse
-- whatever would replace a row; they also keep positions and versions without gaps, whoever
-- writes. A stream's first version is 1; only names without `/`, of which the programme has
-- none, may begin at 0, as other users of the library do.

CREATE TABLE stored_events (
    position INTEGER PRIMARY KEY,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (originator_id, originator_version),
    CHECK (originator_version > 0 OR instr(originator_id, '/') = 0));

CREATE INDEX first_events ON stored_events (originator_id)
    WHERE originator_version = 1;

CREATE TABLE commands (
    id BLOB PRIMARY KEY,
    fingerprint BLOB NOT NULL,
    answer TEXT NOT NULL,
    position INTEGER NOT NULL,
    recorded_at TEXT NOT NULL) WITHOUT ROWID;

CREATE INDEX commands_by_position ON commands (position);

CREATE TABLE upkeep (
    number INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    detail TEXT NOT NULL,
    noted_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00')));

CREATE TRIGGER events_without_gaps BEFORE INSERT ON stored_events
    WHEN NEW.position IS NOT 1 + (SELECT coalesce(max(position), 0) FROM stored_events)
      OR NOT coalesce(
         NEW.originator_version = 1 + (SELECT max(originator_version) FROM stored_events
            WHERE originator_id = NEW.originator_id),
         NEW.originator_version IN (0, 1))
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows, without gaps'); END;

CREATE TRIGGER commands_once BEFORE INSERT ON commands
    WHEN EXISTS (SELECT 1 FROM commands WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

CREATE TRIGGER upkeep_without_gaps BEFORE INSERT ON upkeep
    WHEN NEW.number IS NOT 1 + (SELECT coalesce(max(number), 0) FROM upkeep)
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows, without gaps'); END;

CREATE TRIGGER stored_events_no_update BEFORE UPDATE ON stored_events
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

CREATE TRIGGER stored_events_no_delete BEFORE DELETE ON stored_events
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

CREATE TRIGGER commands_no_update BEFORE UPDATE ON commands
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

CREATE TRIGGER commands_no_delete BEFORE DELETE ON commands
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

CREATE TRIGGER upkeep_no_update BEFORE UPDATE ON upkeep
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

CREATE TRIGGER upkeep_no_delete BEFORE DELETE ON upkeep
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
