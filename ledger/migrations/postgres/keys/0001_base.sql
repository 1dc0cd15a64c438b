-- Each person's key, wrapped, or its tombstone; the installation's secrets; and which ledger is
-- served, and which master key wraps. A deleted row, or the one before a change, stays in the
-- table's file and in the write-ahead log for a while; what ends it for good is the end of the
-- master key that it is wrapped by.

CREATE TABLE keys.subject_keys (subject uuid PRIMARY KEY, wrapped bytea NOT NULL);
CREATE TABLE keys.destroyed_keys (
    number bigint PRIMARY KEY,
    subject uuid NOT NULL UNIQUE,
    destroyed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE keys.secrets (name text PRIMARY KEY, wrapped bytea NOT NULL);
CREATE TABLE keys.facts (
    name text PRIMARY KEY,
    value text NOT NULL,
    since timestamptz NOT NULL DEFAULT now()
);
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
    BEGIN
        PERFORM pg_advisory_xact_lock(1785295731);
        INSERT INTO keys.destroyed_keys (number, subject)
            SELECT coalesce(max(number), 0) + 1, gone FROM keys.destroyed_keys
            ON CONFLICT (subject) DO NOTHING;
        DELETE FROM keys.subject_keys WHERE subject = gone;
    END $$;
CREATE FUNCTION keys.wrap_under(number integer) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock(1785295731);
        UPDATE keys.facts SET value = number::text, since = now()
            WHERE name = 'master' AND value::integer < number;
    END $$;
CREATE FUNCTION keys.replace(subjects uuid[], olds bytea[], news bytea[])
    RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        UPDATE keys.subject_keys AS k SET wrapped = anew.new
            FROM unnest(subjects, olds, news) AS anew (subject, old, new)
            WHERE k.subject = anew.subject AND k.wrapped = anew.old;
    $$;
CREATE FUNCTION keys.replace_secret(secret text, old bytea, new bytea)
    RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
        UPDATE keys.secrets SET wrapped = new WHERE name = secret AND wrapped = old;
    $$;
REVOKE ALL ON FUNCTION keys.destroy(uuid), keys.wrap_under(integer),
    keys.replace(uuid[], bytea[], bytea[]), keys.replace_secret(text, bytea, bytea) FROM PUBLIC;
