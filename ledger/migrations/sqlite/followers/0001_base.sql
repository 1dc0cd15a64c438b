-- Where the ledger's followers are. Nothing here is the truth: what is lost is followed again.

CREATE TABLE tracking (
    follower TEXT PRIMARY KEY,
    position INTEGER NOT NULL,
    digest BLOB NOT NULL);

CREATE TABLE passed_over (
    follower TEXT NOT NULL,
    position INTEGER NOT NULL,
    since TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f+00:00')),
    PRIMARY KEY (follower, position)) WITHOUT ROWID;
