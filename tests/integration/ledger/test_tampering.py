"""Whatever the owner of the machine does to a table is found at the first entry that is another: in the
ledger and in the log of who read it, on both databases, whether or not the tree was made anew after it.
"""

import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from domain.message import Role
from ledger.ledger import Ledger
from ledger.proof.entry import entry_of
from ledger.proof.log import LEDGER, READS, Log
from ledger.reads.looked import Looked
from ledger.reads.opening import open_reads
from ledger.verifying.signed import Differs
from ledger.verifying.whole import verify
from service.checkpoints.folder import write_folder
from service.running.auditing.verifying import exact
from tests.integration.ledger.owner import Row, owner_of
from tests.integration.ledger.place import Place
from tests.integration.ledger.test_sealing import seal
from tests.integration.ledger.test_verifying import fill, in_doubt

MANY, BAD, SIGNED = 100, 41, 30
"""How many entries, the first that is another, and those of the checkpoint before it."""

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def another(row: Row) -> list[Row]:
    """A row with each column changed in turn."""
    position, stream, version, topic, state = row
    return [
        (position, f"agreement/{uuid4()}", version, topic, state),
        (position, stream, version + 1000, topic, state),
        (position, stream, version, f"{topic}9", state),
        (position, stream, version, "x" * 70_000, state),
        (position, stream, version, topic, state.replace(b"2", b"3")),
        (position, stream, version, topic, b"{}"),
        (position, stream, version, topic, b""),
    ]


def numbered(rows: Sequence[Row]) -> list[Row]:
    """At positions and versions without a gap, as who knows how a log is built."""
    versions: dict[str, int] = {}
    found: list[Row] = []
    for position, (_, stream, _, topic, state) in enumerate(rows, 1):
        versions[stream] = versions.get(stream, 0) + 1
        found.append((position, stream, versions[stream], topic, state))
    return found


def ways(rows: Sequence[Row]) -> Iterator[tuple[str, Sequence[Row]]]:
    """What can be made of the table, each with what it is; the first entry that is another is `BAD`."""
    before, row, after = rows[: BAD - 1], rows[BAD - 1], rows[BAD:]
    for column, changed in enumerate(another(row)):
        yield f"changed {column}", [*before, changed, *after]
    yield "deleted", [*before, *after]
    yield "deleted and closed up", numbered([*before, *after])
    last = after[-1]
    moved = [(last[0], *row[1:]), (row[0], *last[1:])]
    yield "two that changed places", [*before, moved[1], *after[:-1], moved[0]]
    yield "two that changed places, numbered anew", numbered([*before, last, *after[:-1], row])
    put_in = (0, f"agreement/{uuid4()}", 1, row[3], row[4])
    yield "put in", numbered([*before, put_in, row, *after])
    yield "put in twice", numbered([*before, after[0], row, *after])
    yield "cut off", before
    yield "all but the beginning written anew", numbered([*before, *reversed([row, *after])])


@contextmanager
def log_of(place: Place, ledger: Ledger, name: str) -> Iterator[Log]:
    """With so many entries, and checkpoints at two sizes."""
    if name == LEDGER:
        fill(ledger, SIGNED)
        seal(ledger)
        ledger.sealed.checkpoint()
        fill(ledger, MANY - SIGNED)
        seal(ledger)
        ledger.sealed.checkpoint()
        yield ledger.sealed
        return
    url = place.url.replace("ledger.db", "reads.db")
    readers = [uuid4() for _ in range(7)]
    looked = [
        Looked(
            at=NOON,
            staff=readers[each % 7],
            role=Role.AUDITOR,
            query="get-case",
            persons=(UUID(int=each),),
        )
        for each in range(MANY)
    ]
    with open_reads(url, ledger.id) as reads:
        log = ledger.sealed.beside(READS, reads.store)
        for some in (looked[:SIGNED], looked[SIGNED:]):
            reads.submit(some).result()
            log.catch_up()
            log.checkpoint()
        yield log


def found(log: Log) -> int | None:
    with pytest.raises(Differs) as differs:
        verify(log)
    return differs.value.position


@pytest.mark.parametrize("name", [LEDGER, READS])
def test_the_first_entry_that_is_another_is_named_in_every_table(
    place: Place, ledger: Ledger, name: str
) -> None:
    with log_of(place, ledger, name) as log:
        with owner_of(place, name) as owner:
            rows = owner.rows()
        assert verify(log).sealed == MANY
        for way, changed in ways(rows):
            with owner_of(place, name) as owner:
                owner.write(changed)
            assert found(log) == BAD, way
            assert in_doubt(log), way
        with owner_of(place, name) as owner:
            owner.write(rows)
        verify(log)


@pytest.mark.parametrize(
    ("name", "tried"),
    [
        (LEDGER, ("deleted and closed up", "put in")),
        *(pytest.param(log, ("",), marks=pytest.mark.rare) for log in (LEDGER, READS)),
    ],
)
def test_so_is_the_first_where_hashes_and_signatures_were_made_anew_and_the_tree_lies_elsewhere(
    place: Place, ledger: Ledger, name: str, tried: tuple[str, ...], tmp_path: Path
) -> None:
    with log_of(place, ledger, name) as log:
        before, last = log.checkpoints()
        for kept in (before, last):
            write_folder(log, kept, tmp_path / "kept")
        kept_at = tmp_path / "kept" / name
        outside = [(str(kept_at / "checkpoint"), (kept_at / "checkpoint").read_bytes())]
        with owner_of(place, name) as owner:
            rows = owner.rows()
        for way, changed in ways(rows):
            if not way.startswith(tried):
                continue
            with owner_of(place, name) as owner:
                owner.write(changed)
            if not anew(log):
                continue
            with pytest.raises(Differs) as differs:
                verify(log, outside)
            first, up_to = differs.value.position, differs.value.up_to
            assert first == BAD or (first == SIGNED + 1 and up_to and up_to > BAD - 1), way
            assert exact(log, outside, (), differs.value).position == BAD, way
        with pytest.raises(Differs) as differs:
            verify(log, [("elsewhere", outside[0][1])])
        assert exact(log, [("elsewhere", outside[0][1])], (), differs.value) is differs.value
        tile = kept_at / "tile/0/000.p/100"
        tile.write_bytes(bytes(tile.stat().st_size))
        assert exact(log, outside, (), differs.value) is differs.value


def anew(log: Log) -> bool:
    """The tree, its head and a checkpoint of what stands there now; False where it is no log at all."""
    try:
        stored = log.store.select_notifications(0, 2 * MANY)
        for each in stored:
            entry_of(each)
    except (struct.error, ValueError):
        return False
    log.cut(0)
    if [each.id for each in stored] != list(range(1, len(stored) + 1)):
        return False
    log.extend(stored)
    log.checkpoint()
    return True
