-- Each person's key, wrapped, or its tombstone; and the installation's secrets.

CREATE TABLE subject_keys (
    place INTEGER PRIMARY KEY,
    subject BLOB NOT NULL UNIQUE,
    wrapped BLOB NOT NULL);

CREATE TABLE destroyed_keys (
    number INTEGER PRIMARY KEY,
    subject BLOB NOT NULL UNIQUE,
    destroyed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now')));

CREATE TABLE secrets (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL);

CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    since TEXT NOT NULL DEFAULT (strftime('%Y-%m-%d %H:%M:%f', 'now')));

CREATE TRIGGER never_again BEFORE INSERT ON subject_keys
    WHEN EXISTS (SELECT 1 FROM destroyed_keys WHERE subject = NEW.subject)
    BEGIN SELECT RAISE(ABORT, 'a destroyed key is never made again'); END;

CREATE TRIGGER tombstones_no_update
    BEFORE UPDATE ON destroyed_keys
    BEGIN SELECT RAISE(ABORT, 'tombstones stay'); END;

CREATE TRIGGER tombstones_no_delete
    BEFORE DELETE ON destroyed_keys
    BEGIN SELECT RAISE(ABORT, 'tombstones stay'); END;
