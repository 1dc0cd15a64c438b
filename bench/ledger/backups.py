"""Seconds for a backup, for bringing it back, and for bringing it into the other database.

    python -m bench.ledger.backups [--postgres] [--events 100000]

Of an installation with real events of made-up people, sealed; what was brought across is verified there
against what was signed before. Nobody works beside it.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bench.findings import POSTGRESQL, SQLITE, Finding
from bench.ledger import history
from bench.ledger.rebuild import Told
from ledger.at_rest.mapper import EventMapper
from ledger.opening import open_keys
from ledger.port import programme
from service.bootstrap import opened_ledger
from service.running.auditing.verifying import verified
from service.running.backup.making import Places, back_up
from service.running.backup.restoring import Wanted, restore
from service.running.founding import ensure_administrator
from service.running.master_key import make_master_key, master_keys
from service.settings import Settings
from tests.integration.backup.conftest import on_postgres
from tests.support.postgres import PrivatePostgres


def on_files(folder: Path) -> Settings:
    folder.mkdir(mode=0o700)
    settings = Settings(data=folder / "data")
    settings.data.mkdir(mode=0o700)
    return settings


def fill(settings: Settings, events: int) -> int:
    """Make a history, and seal it; how many events it has."""
    with opened_ledger(settings) as ledger:
        ensure_administrator(ledger, settings, date(2024, 1, 2))
        keys = open_keys(settings.keys, master_keys(settings.master_key))
        store = history.open_store(settings.ledger)
        with closing(keys), closing(store):
            mapper = EventMapper(programme(), keys)
            made = history.Copies(ledger, store, keys, mapper).fill(events, Told("history"))
        ledger.sealed.catch_up()
        ledger.sealed.checkpoint()
        return made


def timed(what: str, database: str, work: Callable[[], Any], of: str = "") -> Any:
    began = time.perf_counter()
    done = work()
    Finding(f"{what}, s", database, f"{time.perf_counter() - began:.1f}{of}").note()
    return done


def silent(_: int) -> None:
    """Nobody watches."""


def size(folder: Path) -> str:
    found = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return f" of {found >> 20} MB"


def main(options: argparse.Namespace) -> None:
    database = POSTGRESQL if options.postgres else SQLITE
    with (
        tempfile.TemporaryDirectory(prefix="jisr-bench-") as made,
        PrivatePostgres(durable=True) as server,
    ):
        folder = Path(made)
        grown = on_postgres(folder / "schemas", server.create_database("bench")).settings
        files = on_files(folder / "files")
        here, there = (grown, files) if options.postgres else (files, grown)
        if not options.postgres:
            make_master_key(here.master_key)
        events = fill(here, options.events)
        there.master_key.unlink(missing_ok=True)
        there.master_key.write_bytes(here.master_key.read_bytes())
        there.master_key.chmod(0o600)
        places = Places.of(folder / "backup", None)
        print(f"  {events} events", flush=True)
        timed(
            "a backup",
            database,
            lambda: back_up(here, places, datetime.now(UTC), silent),
        )
        told = size(folder / "backup")

        def bring(into: Settings) -> None:
            restore(into, Wanted(places, over_newer=True), datetime.now(UTC), silent)

        timed("a backup brought back", database, lambda: bring(here), told)
        timed("a backup brought into the other database", database, lambda: bring(there), told)
        timed(
            "what was brought there verified",
            database,
            lambda: verified(there, [], [], lambda _done, _of: None),
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true", help="not SQLite")
    parser.add_argument("--events", type=int, default=100_000)
    main(parser.parse_args())
