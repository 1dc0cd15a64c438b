-- The tree over a log's events, and what was signed of it. The tree can be made again from the
-- events; the checkpoints cannot, and are never changed.

CREATE TABLE tiles (
    log TEXT NOT NULL,
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    PRIMARY KEY (log, level, number));

CREATE TABLE heads (
    log TEXT PRIMARY KEY,
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    signed_at TEXT NOT NULL);

CREATE TABLE checkpoints (
    log TEXT NOT NULL,
    number INTEGER NOT NULL,
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    made_at TEXT NOT NULL,
    PRIMARY KEY (log, number));

CREATE INDEX checkpoints_by_size ON checkpoints (log, size);

CREATE TABLE cosignatures (
    log TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (log, number, name));

CREATE TABLE streams (
    log TEXT NOT NULL,
    stream BLOB NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (log, stream)) WITHOUT ROWID;

CREATE TABLE signing_keys (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT);

CREATE TABLE sendings (
    log TEXT NOT NULL,
    recipient TEXT NOT NULL,
    number INTEGER NOT NULL,
    sent_at TEXT,
    tried_at TEXT,
    failed TEXT,
    PRIMARY KEY (log, recipient));

CREATE TRIGGER checkpoints_no_update BEFORE UPDATE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'checkpoints stay'); END;

CREATE TRIGGER checkpoints_no_delete BEFORE DELETE ON checkpoints
    BEGIN SELECT RAISE(ABORT, 'checkpoints stay'); END;

CREATE TRIGGER checkpoints_without_gaps BEFORE INSERT ON checkpoints
    WHEN NEW.number IS NOT
        1 + (SELECT coalesce(max(number), 0) FROM checkpoints WHERE log = NEW.log)
    BEGIN SELECT RAISE(ABORT, 'checkpoints have no gaps'); END;
