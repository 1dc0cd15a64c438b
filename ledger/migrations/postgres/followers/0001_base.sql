-- Where the ledger's followers are. Nothing here is the truth: what is lost is followed again.

CREATE TABLE followers.tracking (
    follower text PRIMARY KEY,
    position bigint NOT NULL,
    digest bytea NOT NULL
);
CREATE TABLE followers.passed_over (
    follower text NOT NULL,
    position bigint NOT NULL,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (follower, position)
);
