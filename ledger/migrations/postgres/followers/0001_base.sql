-- Where the ledger's followers are, and when access keys were last used. Nothing here is the truth:
-- what is lost is followed again, and a use begins to be noted anew.

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
CREATE TABLE followers.key_uses (
    key_id text PRIMARY KEY,
    used_at text NOT NULL
);
