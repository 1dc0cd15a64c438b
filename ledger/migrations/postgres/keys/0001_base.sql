-- Each person's key, wrapped, or its tombstone; and the installation's secrets. Deleting a row
-- leaves it in the table's file until a vacuum, and VACUUM keeps what an older snapshot may
-- still see. TRUNCATE starts a new file and drops the old one at commit.

CREATE TABLE keys.subject_keys (subject uuid PRIMARY KEY, wrapped bytea NOT NULL);
CREATE TABLE keys.destroyed_keys (
    number bigint PRIMARY KEY,
    subject uuid NOT NULL UNIQUE,
    destroyed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE keys.secrets (name text PRIMARY KEY, wrapped bytea NOT NULL);
CREATE FUNCTION keys.refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'tombstones stay' USING ERRCODE = '23514'; END $$;
CREATE FUNCTION keys.refuse_destroyed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM keys.destroyed_keys d WHERE d.subject = NEW.subject)
        THEN RAISE EXCEPTION 'a destroyed key is never made again' USING ERRCODE = '23514'; END IF;
        RETURN NEW;
    END $$;
CREATE TRIGGER stay BEFORE UPDATE OR DELETE OR TRUNCATE ON keys.destroyed_keys
    EXECUTE FUNCTION keys.refuse();
CREATE TRIGGER never_again BEFORE INSERT ON keys.subject_keys
    FOR EACH ROW EXECUTE FUNCTION keys.refuse_destroyed();
CREATE FUNCTION keys.destroy(gone uuid) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DECLARE subjects uuid[]; wrappings bytea[];
    BEGIN
        PERFORM pg_advisory_xact_lock(1785295731);
        LOCK TABLE keys.subject_keys IN ACCESS EXCLUSIVE MODE;
        INSERT INTO keys.destroyed_keys (number, subject)
            SELECT coalesce(max(number), 0) + 1, gone FROM keys.destroyed_keys
            ON CONFLICT (subject) DO NOTHING;
        SELECT array_agg(subject), array_agg(wrapped) INTO subjects, wrappings
            FROM keys.subject_keys WHERE subject <> gone;
        TRUNCATE keys.subject_keys;
        INSERT INTO keys.subject_keys
            SELECT * FROM unnest(subjects, wrappings);
    END $$;
REVOKE ALL ON FUNCTION keys.destroy(uuid) FROM PUBLIC;
