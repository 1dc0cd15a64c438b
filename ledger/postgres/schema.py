"""The ledger's tables in PostgreSQL, what guards them, and who may do what.

An owner role makes everything; the service's role may read and insert, and nothing else.
Even the owner is refused UPDATE, DELETE and TRUNCATE, by triggers.
"""

import psycopg
from psycopg import sql

from ledger.postgres.fitness import require_fit
from ledger.store import MADE, SCHEMA_VERSION

LOCK = 1785295730
"""The advisory lock (`jisr`) that whoever appends to the ledger holds."""

KEYS_LOCK = LOCK + 1
"""Held by whoever makes a key or destroys one; `keys.destroy` names its number."""

CHANNEL = "jisr_ledger"
"""Notified, with the new head, when events were appended."""

_LEDGER = """
CREATE SCHEMA IF NOT EXISTS ledger;
CREATE TABLE IF NOT EXISTS ledger.schema_version (version integer NOT NULL);
CREATE TABLE IF NOT EXISTS ledger.stored_events (
    position bigint PRIMARY KEY,
    originator_id text COLLATE "C" NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    UNIQUE (originator_id, originator_version),
    CHECK (originator_version > 0 OR position('/' IN originator_id) = 0)
);
ALTER TABLE ledger.stored_events ALTER COLUMN state SET STORAGE EXTERNAL;
CREATE INDEX IF NOT EXISTS first_events ON ledger.stored_events (originator_id)
    WHERE originator_version = 1;
CREATE TABLE IF NOT EXISTS ledger.commands (
    id uuid PRIMARY KEY,
    fingerprint bytea NOT NULL,
    answer text NOT NULL,
    position bigint NOT NULL,
    recorded_at timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS ledger.upkeep (
    number bigint PRIMARY KEY,
    kind text NOT NULL,
    detail text NOT NULL,
    noted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE OR REPLACE FUNCTION ledger.refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger only grows' USING ERRCODE = '23514'; END $$;
CREATE OR REPLACE FUNCTION ledger.refuse_gaps() RETURNS trigger LANGUAGE plpgsql
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
CREATE OR REPLACE FUNCTION ledger.refuse_note_gaps() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        IF NEW.number <> 1 + coalesce((SELECT max(number) FROM ledger.upkeep), 0)
        THEN RAISE EXCEPTION 'upkeep has no gaps' USING ERRCODE = '23514'; END IF;
        RETURN NEW;
    END $$;
"""

_KEYS = """
CREATE SCHEMA IF NOT EXISTS keys;
CREATE TABLE IF NOT EXISTS keys.schema_version (version integer NOT NULL);
CREATE TABLE IF NOT EXISTS keys.subject_keys (subject uuid PRIMARY KEY, wrapped bytea NOT NULL);
CREATE TABLE IF NOT EXISTS keys.destroyed_keys (
    number bigint PRIMARY KEY,
    subject uuid NOT NULL UNIQUE,
    destroyed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS keys.secrets (name text PRIMARY KEY, wrapped bytea NOT NULL);
CREATE OR REPLACE FUNCTION keys.refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'tombstones stay' USING ERRCODE = '23514'; END $$;
CREATE OR REPLACE FUNCTION keys.refuse_destroyed() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM keys.destroyed_keys d WHERE d.subject = NEW.subject)
        THEN RAISE EXCEPTION 'a destroyed key is never made again' USING ERRCODE = '23514'; END IF;
        RETURN NEW;
    END $$;
"""

# Deleting a row leaves it in the table's file until a vacuum, and VACUUM keeps what an
# older snapshot may still see. TRUNCATE starts a new file and drops the old one at commit.
_DESTROY = """
CREATE OR REPLACE FUNCTION keys.destroy(gone uuid) RETURNS void LANGUAGE plpgsql
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
"""

_TRIGGERS = (
    ("ledger.stored_events", "only_grows", "BEFORE UPDATE OR DELETE OR TRUNCATE", "ledger.refuse"),
    ("ledger.commands", "only_grows", "BEFORE UPDATE OR DELETE OR TRUNCATE", "ledger.refuse"),
    ("ledger.upkeep", "only_grows", "BEFORE UPDATE OR DELETE OR TRUNCATE", "ledger.refuse"),
    ("keys.destroyed_keys", "stay", "BEFORE UPDATE OR DELETE OR TRUNCATE", "keys.refuse"),
)

_GRANTS = """
GRANT USAGE ON SCHEMA ledger, keys TO {role};
GRANT SELECT, INSERT ON ledger.stored_events, ledger.commands, ledger.upkeep TO {role};
GRANT SELECT ON ledger.schema_version, keys.schema_version, keys.destroyed_keys TO {role};
GRANT SELECT, INSERT ON keys.subject_keys, keys.secrets TO {role};
GRANT EXECUTE ON FUNCTION keys.destroy(uuid) TO {role};
"""


def prepare(owner_url: str, service_role: str) -> None:
    """Make or bring level schemas, tables, guards and rights. Can be repeated.

    `service_role` must exist. It should not be the owner, who could drop the guards.
    Raises `DatabaseUnfit` when the database is not in UTF-8.
    """
    with psycopg.connect(owner_url, client_encoding="utf8") as connection:
        require_fit(connection)
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (service_role,))
        if known.fetchone() is None:
            raise ValueError(f"there is no role {service_role}: CREATE ROLE {service_role} LOGIN")
        for statements in (_LEDGER, _KEYS, _DESTROY):
            connection.execute(statements)
        for table, name, when, function in _TRIGGERS:
            connection.execute(
                f"CREATE OR REPLACE TRIGGER {name} {when} ON {table} EXECUTE FUNCTION {function}()"
            )
        connection.execute(
            """CREATE OR REPLACE TRIGGER without_gaps AFTER INSERT ON ledger.stored_events
            REFERENCING NEW TABLE AS added EXECUTE FUNCTION ledger.refuse_gaps()"""
        )
        connection.execute(
            """CREATE OR REPLACE TRIGGER never_again BEFORE INSERT ON keys.subject_keys
            FOR EACH ROW EXECUTE FUNCTION keys.refuse_destroyed()"""
        )
        connection.execute(
            """CREATE OR REPLACE TRIGGER without_gaps BEFORE INSERT ON ledger.upkeep
            FOR EACH ROW EXECUTE FUNCTION ledger.refuse_note_gaps()"""
        )
        connection.execute(
            """INSERT INTO ledger.upkeep (number, kind, detail) SELECT 1, %s, gen_random_uuid()
            WHERE NOT EXISTS (SELECT 1 FROM ledger.upkeep)""",
            (MADE,),
        )
        for schema in ("ledger", "keys"):
            version = sql.Identifier(schema, "schema_version")
            connection.execute(sql.SQL("DELETE FROM {}").format(version))
            connection.execute(
                sql.SQL("INSERT INTO {} VALUES (%s)").format(version), (SCHEMA_VERSION,)
            )
        connection.execute(sql.SQL(_GRANTS).format(role=sql.Identifier(service_role)))
