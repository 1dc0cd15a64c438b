-- The tree over a log's events, and what was signed of it. The tree can be made again from the
-- events; the checkpoints cannot, and are never changed.

CREATE TABLE proof.tiles (
    log text NOT NULL,
    level integer NOT NULL,
    number bigint NOT NULL,
    hashes bytea NOT NULL,
    PRIMARY KEY (log, level, number)
);
CREATE TABLE proof.heads (
    log text PRIMARY KEY,
    size bigint NOT NULL,
    note text NOT NULL,
    signed_at text NOT NULL
);
CREATE TABLE proof.checkpoints (
    log text NOT NULL,
    number bigint NOT NULL,
    size bigint NOT NULL,
    note text NOT NULL,
    made_at text NOT NULL,
    PRIMARY KEY (log, number)
);
CREATE INDEX checkpoints_by_size ON proof.checkpoints (log, size);
CREATE TABLE proof.cosignatures (
    log text NOT NULL,
    number bigint NOT NULL,
    name text NOT NULL,
    line text NOT NULL,
    PRIMARY KEY (log, number, name)
);
CREATE TABLE proof.streams (
    log text NOT NULL,
    stream bytea NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (log, stream)
);
CREATE TABLE proof.signing_keys (
    number integer PRIMARY KEY,
    key text NOT NULL,
    since text NOT NULL,
    until text
);
CREATE TABLE proof.sendings (
    log text NOT NULL,
    recipient text NOT NULL,
    number bigint NOT NULL,
    sent_at text,
    tried_at text,
    failed text,
    PRIMARY KEY (log, recipient)
);
CREATE FUNCTION proof.refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'checkpoints stay' USING ERRCODE = '23514'; END $$;
CREATE FUNCTION proof.refuse_gaps() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        IF NEW.number <> 1 + coalesce(
            (SELECT max(number) FROM proof.checkpoints WHERE log = NEW.log), 0)
        THEN RAISE EXCEPTION 'checkpoints have no gaps' USING ERRCODE = '23514'; END IF;
        RETURN NEW;
    END $$;
CREATE TRIGGER stay BEFORE UPDATE OR DELETE OR TRUNCATE ON proof.checkpoints
    EXECUTE FUNCTION proof.refuse();
CREATE TRIGGER without_gaps BEFORE INSERT ON proof.checkpoints
    FOR EACH ROW EXECUTE FUNCTION proof.refuse_gaps();
