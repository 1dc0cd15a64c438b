"""The ledger's database in PostgreSQL: made by its owner, and who may do what in it.

An owner role makes everything; the service's role may read and insert, and nothing else but
change who is at work (`living.py`). Even the owner is refused UPDATE, DELETE and TRUNCATE, by
triggers, of all that is recorded.
"""

from typing import Any

import psycopg
from psycopg import sql

from ledger.ground.watch import first_notes
from ledger.migrations import missing, steps
from ledger.postgres.fitness import require_fit, version_of
from ledger.postgres.session import connect_as_owner
from ledger.postgres.statements import LEDGER, LOCKS, Statements

LOCK = LOCKS[LEDGER]
"""The advisory lock that whoever appends to the ledger holds."""

KEYS_LOCK = LOCK + 1
"""Held by whoever makes a key or destroys one; `keys.destroy` names its number."""

CHANNEL = Statements(LEDGER).channel
"""Notified, with the new head, when events were appended."""

READS = "reads"
"""The schema of the log of readings, a recorder of the ledger's kind; `looked` finds in it."""
_GRANTS = """
GRANT USAGE ON SCHEMA ledger, keys, followers, proof, reads, looked TO {role};
GRANT SELECT, INSERT ON ledger.stored_events, ledger.commands, ledger.upkeep,
    reads.stored_events, reads.commands, reads.upkeep, looked.readings, looked.seen TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ledger.processes, followers.tracking,
    followers.passed_over, followers.key_uses TO {role};
GRANT SELECT ON ledger.schema_version, keys.schema_version, followers.schema_version,
    proof.schema_version, reads.schema_version, looked.schema_version, keys.destroyed_keys TO {role};
GRANT DELETE ON looked.readings, looked.seen TO {role};
GRANT SELECT, INSERT, UPDATE ON proof.tiles, proof.heads, proof.streams, proof.signing_keys,
    proof.sendings TO {role};
GRANT SELECT, INSERT ON proof.checkpoints, proof.cosignatures TO {role};
GRANT SELECT, INSERT ON keys.subject_keys, keys.secrets, keys.facts TO {role};
GRANT EXECUTE ON FUNCTION keys.destroy(uuid), keys.wrap_under(integer),
    keys.replace(uuid[], bytea[], bytea[]), keys.replace_secret(text, bytea, bytea) TO {role};
"""


def prepare(owner_url: str, service_role: str) -> None:
    """Make schemas and rights, and take the migrations that are missing. Can be repeated.

    `service_role` must exist. It should not be the owner, who could drop the guards.
    Raises `DatabaseUnfit` when the database is not in UTF-8, and `DatabaseNewer` when a newer
    release has prepared it: nothing is stamped down.
    """
    with connect_as_owner(owner_url) as connection:
        require_fit(connection)
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (service_role,))
        if known.fetchone() is None:
            raise ValueError(f"there is no role {service_role}: CREATE ROLE {service_role} LOGIN")
        for room in ("ledger", "keys", "followers", "proof", "reads", "looked"):
            bring_level(connection, room)
        for recorder in (LEDGER, READS):
            _begin_upkeep(connection, recorder)
        connection.execute(sql.SQL(_GRANTS).format(role=sql.Identifier(service_role)))


def _begin_upkeep(connection: psycopg.Connection[Any], schema: str) -> None:
    upkeep = sql.Identifier(schema, "upkeep")
    if connection.execute(sql.SQL("SELECT 1 FROM {} LIMIT 1").format(upkeep)).fetchone() is None:
        insert = sql.SQL("INSERT INTO {} (number, kind, detail) VALUES (%s, %s, %s)")
        for number, (kind, detail) in enumerate(first_notes(), 1):
            connection.execute(insert.format(upkeep), (number, kind, detail))


def bring_level(connection: psycopg.Connection[Any], room: str, up_to: int | None = None) -> None:
    """Take the migrations that are missing, or those up to one, in the owner's transaction."""
    schema, table = sql.Identifier(room), sql.Identifier(room, "schema_version")
    for statement in (
        sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(schema),
        sql.SQL("CREATE TABLE IF NOT EXISTS {} (version integer PRIMARY KEY)").format(table),
    ):
        connection.execute(statement)
    for step in missing(steps("postgres", room), version_of(connection, room)):
        if up_to is not None and step.number > up_to:
            return
        connection.execute(step.sql.encode())
        connection.execute(sql.SQL("INSERT INTO {} VALUES (%s)").format(table), (step.number,))
