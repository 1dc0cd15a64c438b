"""A PostgreSQL database that one test after another finds as if it had just been made.

To make one takes half a second, to empty it a hundredth of that. It is made anew after a test that
left other tables, guards or rights than it found.
"""

from collections.abc import Callable
from contextlib import suppress
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.support.postgres import SUPERUSER, PostgresDatabase, PrivatePostgres

OURS = sql.SQL("nspname !~ '^(pg_|information_schema$|made$)'")
"""Schemas that are not PostgreSQL's, nor where the first rows are kept."""

SHAPE = sql.SQL("""
SELECT nspname, '', concat(nspacl) FROM pg_namespace WHERE {ours}
UNION ALL SELECT nspname, concat(relname, relkind), concat(relacl, relpersistence, relowner)
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE {ours} AND relkind <> 't'
UNION ALL SELECT nspname, concat(relname, '.', attname), concat(atttypid, attnotnull, attacl, attnum)
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    JOIN pg_namespace n ON n.oid = relnamespace
    WHERE {ours} AND attnum > 0 AND relkind IN ('r', 'v')
UNION ALL SELECT nspname, conname, pg_get_constraintdef(c.oid)
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = connamespace WHERE {ours}
UNION ALL SELECT nspname, concat(relname, '.', tgname), concat(tgenabled, pg_get_triggerdef(t.oid))
    FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
    JOIN pg_namespace n ON n.oid = relnamespace WHERE {ours}
UNION ALL SELECT nspname, proname, concat(prosrc, proconfig, proacl, prosecdef)
    FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace WHERE {ours}
UNION ALL SELECT '', concat(datacl), concat(setconfig)
    FROM pg_database d LEFT JOIN pg_db_role_setting ON setdatabase = d.oid
    WHERE datname = current_database()
ORDER BY 1, 2, 3
""").format(ours=OURS)
"""Everything that a test may have changed beside rows."""

TABLES = sql.SQL("""
SELECT n.nspname, relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
WHERE {ours} AND relkind = 'r' ORDER BY 1, 2
""").format(ours=OURS)
END_OTHERS = """
SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


class Emptied:
    """Makes it with `prepare`, and empties it again and again; see the module."""

    def __init__(
        self, server: PrivatePostgres, prepare: Callable[[PostgresDatabase], None]
    ) -> None:
        self._server, self._prepare = server, prepare
        self._make()

    def database(self) -> PostgresDatabase:
        """The database, with the rows it had when it was made, and nobody connected."""
        self._superuser.execute(END_OTHERS)
        if self._shape() != self._made:
            self.close()
            self._make()
        else:
            self._superuser.execute(self._empty)
        return self._database

    def close(self) -> None:
        self._superuser.close()
        with suppress(psycopg.OperationalError):  # a test may have ended the server
            self._server.drop_database(self._database.name)

    def _make(self) -> None:
        self._database = self._server.create_database(f"jisr_{uuid4().hex}")
        self._prepare(self._database)
        url = self._server.url(self._database.name, SUPERUSER)
        self._superuser = psycopg.connect(url, autocommit=True)
        self._superuser.execute("SET session_replication_role = replica")  # past all guards
        self._superuser.execute("CREATE SCHEMA made")
        tables = [sql.Identifier(*each) for each in self._superuser.execute(TABLES).fetchall()]
        statements = []
        for number, table in enumerate(tables):
            kept = sql.Identifier("made", f"t{number}")
            keep = sql.SQL("CREATE TABLE {} AS TABLE {}").format(kept, table)
            forget = sql.SQL("DELETE FROM {}").format(table)
            statements.append(forget)
            if self._superuser.execute(keep).rowcount:
                statements.append(sql.SQL("INSERT INTO {} TABLE {}").format(table, kept))
        self._empty = sql.SQL("; ").join(statements)
        self._made = self._shape()

    def _shape(self) -> list[tuple[str, ...]]:
        return self._superuser.execute(SHAPE).fetchall()
