-- The ledger's tables, and the triggers that refuse to change what is in them, also to their
-- owner. A stream's first version is 1; only names without `/`, of which the programme has
-- none, may begin at 0, as other users of the library do.

CREATE TABLE ledger.stored_events (
    position bigint PRIMARY KEY,
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    UNIQUE (originator_id, originator_version),
    CHECK (originator_version > 0 OR position('/' IN originator_id) = 0)
);
ALTER TABLE ledger.stored_events ALTER COLUMN state SET STORAGE EXTERNAL;
CREATE INDEX first_events ON ledger.stored_events (originator_id)
    WHERE originator_version = 1;
CREATE TABLE ledger.commands (
    id uuid PRIMARY KEY,
    fingerprint bytea NOT NULL,
    answer text NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE INDEX commands_by_position ON ledger.commands (position);
CREATE TABLE ledger.upkeep (
    number bigint PRIMARY KEY,
    kind text NOT NULL,
    detail text NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- Not of the ledger itself: who is at work on it, written now and then.
CREATE TABLE ledger.processes (
    id uuid PRIMARY KEY,
    part text NOT NULL,
    place text NOT NULL,
    reads integer NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger only grows' USING ERRCODE = '23514'; END $$;
CREATE FUNCTION ledger.refuse_gaps() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
    DECLARE first bigint; last bigint; many bigint;
    BEGIN
        SELECT min(position), max(position), count(*) INTO first, last, many FROM added;
        IF many > 0 AND (last - first + 1 <> many OR first <> 1 + coalesce(
            (SELECT max(position) FROM ledger.stored_events WHERE position < first), 0))
        THEN RAISE EXCEPTION 'positions have no gaps' USING ERRCODE = '23514'; END IF;
        IF EXISTS (
            SELECT 1 FROM (
                SELECT originator_id AS stream, min(originator_version) AS lowest,
                    max(originator_version) AS highest, count(*) AS many
                FROM added GROUP BY originator_id) AS written
            WHERE highest - lowest + 1 <> written.many OR NOT coalesce(
                lowest = 1 + (SELECT max(originator_version) FROM ledger.stored_events
                    WHERE originator_id = stream AND originator_version < lowest),
                lowest IN (0, 1)))
        THEN RAISE EXCEPTION 'versions have no gaps' USING ERRCODE = '23514'; END IF;
        RETURN NULL;
    END $$;
CREATE FUNCTION ledger.refuse_note_gaps() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        IF NEW.number <> 1 + coalesce((SELECT max(number) FROM ledger.upkeep), 0)
        THEN RAISE EXCEPTION 'upkeep has no gaps' USING ERRCODE = '23514'; END IF;
        RETURN NEW;
    END $$;
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.stored_events
    EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.commands
    EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.upkeep
    EXECUTE FUNCTION ledger.refuse();
CREATE TRIGGER without_gaps AFTER INSERT ON ledger.stored_events
    REFERENCING NEW TABLE AS added EXECUTE FUNCTION ledger.refuse_gaps();
CREATE TRIGGER without_gaps BEFORE INSERT ON ledger.upkeep
    FOR EACH ROW EXECUTE FUNCTION ledger.refuse_note_gaps();
