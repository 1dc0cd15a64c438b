-- Where the ledger's followers are, and when access keys were last used. Nothing here is the truth:
-- what is lost is followed again, and a use begins to be noted anew.

CREATE TABLE tracking (
    follower TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    digest BLOB NOT NULL);

CREATE TABLE passed_over (
    follower TEXT NOT NULL,
    position INTEGER NOT NULL,
    since TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00')),
    PRIMARY KEY (follower, position)) WITHOUT ROWID;

CREATE TABLE key_uses (
    key_id TEXT PRIMARY KEY,
    used_at TEXT NOT NULL) WITHOUT ROWID;
