"""The log of readings is written before anybody is shown anything, and kept as the ledger is."""

import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.errors import JisrError, ReadsOfAnotherLedger, Unavailable
from domain.message import FieldClass, Role
from ledger.reads.finding import ALONE, REFUSED, Index, Wanted
from ledger.reads.log import ReadLog
from ledger.reads.looked import Looked, Reading, stored, stream_of
from ledger.reads.opening import open_reads
from ledger.store import BEGINNING
from tests.integration.ledger.place import Place

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LEDGER = UUID(int=7)


def reads_url(place: Place) -> str:
    return place.url.replace("ledger.db", "reads.db")


@pytest.fixture
def log(place: Place) -> Iterator[ReadLog]:
    with open_reads(reads_url(place), LEDGER) as opened:
        yield opened


def looked(staff: UUID, *cases: UUID, alone: bool = True, refused: str | None = None) -> Looked:
    return Looked(
        at=NOON,
        staff=staff,
        role=Role.CASEWORKER,
        query="get-case",
        classes=(FieldClass.PERSONAL,),
        cases=cases,
        alone=alone,
        refused=refused,
    )


def test_what_was_read_is_found_by_whom_of_whom_and_when(log: ReadLog) -> None:
    one, other, case, another = (uuid4() for _ in range(4))
    later = looked(one, case, another, alone=False).model_copy(
        update={"at": NOON + timedelta(days=1)}
    )
    log.submit([looked(one, case), looked(other, case, refused="other_centre")]).result()
    log.submit([later]).result()

    def found(**wanted: object) -> list[int]:
        return [each.position for each in log.find(Wanted(**wanted))]  # type: ignore[arg-type]

    assert found() == [3, 2, 1]
    assert found(subjects=frozenset({case})) == [3, 2, 1]
    assert found(subjects=frozenset({another, case})) == [3, 2, 1]
    assert found(subjects=frozenset({another})) == [3]
    assert found(staff=other) == [2]
    assert found(until=NOON + timedelta(hours=1)) == [2, 1]
    assert found(since=NOON + timedelta(hours=1)) == [3]
    assert found(shape=REFUSED) == [2]
    assert found(shape=ALONE, before=2) == [1]
    assert log.find(Wanted(limit=1))[0].looked == later
    assert {(each.staff, each.subject, each.times) for each in log.pairs(Wanted())} == {
        (one, case, 1),
        (other, case, 1),
    }
    assert log.differing() is None


def test_each_reader_has_a_stream_without_gaps_whoever_writes(place: Place, log: ReadLog) -> None:
    staff = [uuid4() for _ in range(3)]
    with open_reads(reads_url(place), LEDGER) as other, ThreadPoolExecutor(6) as threads:
        turn = threading.Barrier(6)

        def read(number: int) -> None:
            turn.wait()
            for _ in range(10):
                (log, other)[number % 2].submit([looked(staff[number % 3], uuid4())]).result()

        list(threads.map(read, range(6)))
    for each in staff:
        kept = log.store.select_events(stream_of(each))
        assert [event.originator_version for event in kept] == list(range(1, 21))
    assert log.head() == 60
    assert log.differing() is None


def test_no_reading_is_changed_or_taken_away(place: Place, log: ReadLog) -> None:
    log.submit([looked(uuid4(), uuid4())]).result()
    changing = "UPDATE reads.stored_events SET topic = 'x'"
    if place.kind == "sqlite":
        with closing(
            sqlite3.connect(place.url.removeprefix("sqlite://").replace("ledger", "reads"))
        ) as file:
            for each in (changing.replace("reads.", ""), "DELETE FROM stored_events"):
                with pytest.raises(sqlite3.IntegrityError, match="only grows"):
                    file.execute(each)
    else:
        with psycopg.connect(place.owner_url, autocommit=True) as owner:
            for each in (changing, "DELETE FROM reads.stored_events"):
                with pytest.raises(psycopg.errors.CheckViolation, match="only grows"):
                    owner.execute(each.encode())


def test_what_is_taken_out_of_the_index_is_named(place: Place, log: ReadLog) -> None:
    case = uuid4()
    log.submit([looked(uuid4(), uuid4()), looked(uuid4(), case)]).result()
    if place.kind == "sqlite":
        with (
            closing(
                sqlite3.connect(place.url.removeprefix("sqlite://").replace("ledger", "reads"))
            ) as file,
            file,
        ):
            file.execute("DELETE FROM seen WHERE subject = ?", (case.bytes,))
    else:
        with psycopg.connect(place.owner_url, autocommit=True) as owner:
            owner.execute("DELETE FROM looked.seen WHERE subject = %s", (case.bytes,))
    assert log.differing() == 2
    assert log.mend() == [2]
    assert log.differing() is None
    assert [each.position for each in log.find(Wanted(subjects=frozenset({case})))] == [2]
    assert log.mend() == []


def test_what_is_read_meanwhile_is_no_difference_and_what_was_never_read_is(
    place: Place, log: ReadLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    log.submit([looked(uuid4(), uuid4())]).result()
    indexed = Index._indexed

    def meanwhile(index: Index, *given: int) -> object:
        log.submit([looked(uuid4(), uuid4())]).result()
        return indexed(index, *given)

    monkeypatch.setattr(Index, "_indexed", meanwhile)
    assert log.differing() is None
    never = [Reading(99, looked(uuid4(), uuid4()))]
    with log.store.writing((), BEGINNING) as transaction, log.store.committing(transaction):
        log.store.insert_events([stored(never[0].looked, 1)], transaction=transaction)
        log._index.insert(never, transaction)
    assert log.differing() == 3
    assert 99 in log._index.differing(log.store)
    log.mend()
    assert log.differing() is None


def test_a_log_of_another_ledger_is_refused(place: Place, log: ReadLog) -> None:
    with pytest.raises(ReadsOfAnotherLedger):
        open_reads(reads_url(place), UUID(int=8))


def test_whoever_cannot_be_written_down_waits_for_nothing(
    log: ReadLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(log.store, "writing", away)
        with pytest.raises(JisrError):
            log.submit([looked(uuid4(), uuid4())]).result()
    log.submit([looked(uuid4(), uuid4())]).result()
    log.close()
    with pytest.raises(Unavailable):
        log.submit([looked(uuid4(), uuid4())])
