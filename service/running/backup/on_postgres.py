"""Puts schemas in place, as their owner: all of a database in one transaction, or nothing of it.

What was there keeps its tables under another name, which nobody but the owner reads.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import make_url

from ledger.postgres.copying import Table, put_back, set_aside
from ledger.postgres.schema import LOCK, bring_level, prepare
from ledger.postgres.session import connect_as_owner
from service.keeping import prepare_kept
from service.running.backup.across.into_schemas import fill_from_file
from service.running.backup.across.shapes import SMALL
from service.running.backup.manifest import RoomCopied
from service.running.backup.rooms import Room, require_owner
from service.running.faults import OperatorError
from service.running.rebuilding import prepare_database
from service.settings import Settings

ANEW = ("sign_ins", "followers")
"""They would remember another ledger, and who was signed in there."""


def put_schemas(
    settings: Settings,
    rooms: Iterable[tuple[Room, RoomCopied | None, Path]],
    stamp: str,
    begin: Callable[[], None],
) -> bool:
    """Each room's copy in its place, or nothing where it has none; whether something was set aside.

    `begin` is called before the first commit. Raises `OperatorError`.
    """
    owner, aside = require_owner(settings), False
    places: dict[str, list[tuple[RoomCopied, Path]]] = {}
    for room, copied, folder in rooms:
        empty = RoomCopied(name=room.name, in_files=False)
        places.setdefault(_as_owner(owner, room), []).append((copied or empty, folder))
    for url, copies in places.items():
        with connect_as_owner(url) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (LOCK,))
            for copied, folder in copies:
                aside |= set_aside(connection, copied.name, f"{copied.name}_replaced_{stamp}")
                if copied.version is not None:
                    bring_level(connection, copied.name, copied.version)
                    _fill(connection, copied, folder)
            for schema in ANEW:
                set_aside(connection, schema, f"{schema}_replaced_{stamp}")
            begin()
        prepare(url, settings.service_role)
        for copied, folder in copies:
            if copied.name in SMALL:
                prepare_kept(url, settings.service_role, SMALL[copied.name])
                with connect_as_owner(url) as connection:
                    _fill(connection, copied, folder)
    return aside


def prepare_rest(settings: Settings) -> None:
    """What is not brought back, and the service's rights in what is."""
    prepare_database(settings)


def _fill(connection: psycopg.Connection[Any], copied: RoomCopied, folder: Path) -> None:
    tables = [Table(each.name, each.columns, each.types, each.rows) for each in copied.tables]
    try:
        if copied.in_files:
            fill_from_file(connection, copied.name, folder)
            return
        put_back(connection, copied.name, tables, folder / copied.name)
    except (psycopg.DataError, psycopg.IntegrityError, ValueError) as error:
        raise OperatorError(
            f"the backup does not fit the tables it was made of, and nothing was changed: {error}"
        ) from None


def _as_owner(owner: str, room: Room) -> str:
    """The room's database, by the owner's name and word."""
    theirs = make_url(room.plain_url)
    given = make_url(owner)
    found = given.set(
        host=theirs.host or given.host,
        port=theirs.port or given.port,
        database=theirs.database or given.database,
    )
    return found.render_as_string(hide_password=False)
