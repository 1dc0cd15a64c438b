"""A house that grows goes from SQLite into PostgreSQL, and back, with all that was recorded as it was stored."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from service.bootstrap import opened_ledger, opened_reads
from service.running.auditing.verifying import verified
from service.running.backup.across.copied import SIGNATURE, rows_in
from service.running.backup.across.shapes import require_newest
from service.running.backup.manifest import RoomCopied
from service.running.faults import OperatorError
from service.running.sealed import logs_of
from service.settings import Settings
from tests.integration.backup.conftest import Installation, on_postgres
from tests.integration.backup.test_back import looked
from tests.support.postgres import PostgresDatabase


def moved(house: Installation, to: Settings) -> Installation:
    """The same house, as the settings of another database have it."""
    key = house.settings.master_key.read_bytes()
    to.master_key.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    to.master_key.unlink(missing_ok=True)
    to.master_key.write_bytes(key)
    to.master_key.chmod(0o600)
    return replace(house, settings=to)


def stored(house: Installation) -> object:
    """Every row that is proved or answered for, and what is signed of it."""
    with (
        opened_ledger(house.settings) as ledger,
        opened_reads(house.settings, ledger) as reads,
    ):
        rows = [store.select_notifications(0, 1000) for store in (ledger.sealed.store, reads.store)]
        receipts = [ledger.receipt(each.envelope.command_id) for each in ledger.events(0, 1000)]
        notes = [str(each.note) for each in ledger.sealed.checkpoints()]
        return rows, receipts, notes, ledger.id, reads.differing()


def seal(house: Installation) -> None:
    with (
        opened_ledger(house.settings) as ledger,
        opened_reads(house.settings, ledger) as reads,
    ):
        for log in logs_of(ledger, reads):
            log.catch_up()
            log.checkpoint()


def verify(house: Installation) -> None:
    """By all that was signed of each log; what came since is an entry that says it was verified."""
    reports = verified(house.settings, [], [], lambda _done, _of: None)
    told = [each for report in reports for each in report.checked]
    assert sum("heads and checkpoints" in each for each in told) == len(reports)
    assert not any("the 0 heads" in each for each in told)


def test_there_and_back_all_is_as_it_was_stored_and_the_proof_holds(
    files: Installation, postgres_database: PostgresDatabase, tmp_path: Path
) -> None:
    people = files.register(3)
    looked(files)
    seal(files)
    before = stored(files)
    files.back_up("first")

    settings = on_postgres(tmp_path / "grown", postgres_database).settings
    grown = moved(files, settings)
    grown.restore("first")
    assert stored(grown) == before
    verify(grown)
    assert all(grown.name_of(person) for person in people)
    more = grown.register()
    looked(grown)
    seal(grown)
    grew = stored(grown)
    grown.back_up("second")
    with pytest.raises(OperatorError, match="newer"):
        grown.restore("first")

    again = moved(files, Settings(data=tmp_path / "again"))
    again.settings.data.mkdir(mode=0o700, exist_ok=True)
    again.restore("second")
    assert stored(again) == grew
    verify(again)
    assert all(again.name_of(person) for person in [*people, *more])
    assert again.register()


def test_one_of_another_releases_tables_comes_back_where_it_was_taken() -> None:
    for in_files, where in ((True, "SQLite"), (False, "PostgreSQL")):
        newest = RoomCopied(name="ledger", in_files=in_files, version=1)
        require_newest(newest)
        with pytest.raises(OperatorError, match=f"into {where} with this release first"):
            require_newest(newest.model_copy(update={"version": 0}))


def test_what_copy_wrote_is_read_whole_or_not_at_all() -> None:
    """As the server writes it, by https://www.postgresql.org/docs/current/sql-copy.html."""
    moment = (746_971_200 * 10**6 + 5).to_bytes(8, "big")
    fields = [(-7).to_bytes(8, "big", signed=True), "عمر".encode(), None, moment]
    row = len(fields).to_bytes(2, "big") + b"".join(
        b"\xff" * 4 if each is None else len(each).to_bytes(4, "big") + each for each in fields
    )
    whole = SIGNATURE + bytes(4) + bytes(4) + row + b"\xff\xff"
    types = ("int8", "text", "bytea", "timestamptz")
    (found,) = rows_in(BytesIO(whole), types)
    assert found == (-7, "عمر", None, "2023-09-02T12:00:00.000005+00:00")
    for size in range(len(whole)):
        with pytest.raises(ValueError, match=r"."):
            list(rows_in(BytesIO(whole[:size]), types))
    with pytest.raises(ValueError, match="4 fields in a row of 3"):
        list(rows_in(BytesIO(whole), types[:3]))
