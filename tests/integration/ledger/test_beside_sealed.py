"""What stands beside the events is sealed as they are: notes of upkeep, and what commands were answered."""

import re
from typing import Any
from uuid import uuid4

import pytest

from ledger.beside.receipts import Receipts
from ledger.ledger import Ledger
from ledger.proof.log import Log
from ledger.proof.sealing import Pauses, Sealer, sealing
from ledger.verifying.signed import Differs
from ledger.verifying.stretches import look_over
from ledger.verifying.whole import verify
from tests.integration.ledger.owner import BESIDE, owner_of
from tests.integration.ledger.place import Place, fill_pot
from tests.support.waiting import until

INVENTED = """INSERT INTO commands (id, fingerprint, answer, position, recorded_at)
    SELECT ?, fingerprint, answer, 4, recorded_at FROM commands WHERE position = 3"""


@pytest.fixture
def sealed(ledger: Ledger) -> Ledger:
    """Six commands, and two notes more than it began with."""
    ledger.record_all([fill_pot(1) for _ in range(6)])
    ledger.upkeep.confirm_clock()
    ledger.upkeep.confirm_clock()
    for log in (ledger.beside.notes, ledger.beside.receipts):
        log.catch_up()
        log.checkpoint()
    return ledger


def well(log: Log) -> bool:
    """As of one process and of several, which come to the same."""
    told = verify(log)
    looked_over = verify(
        log, looked_over=lambda asked: (look_over(each, log.store, log.room) for each in asked)
    )
    assert told == looked_over
    return told.events == told.sealed == told.streams_at


def named(place: Place, change: str) -> str:
    """With the tables as they are called there."""
    if place.kind == "sqlite":
        return change
    return re.sub(rf"\b({'|'.join(BESIDE)})\b", r"ledger.\1", change)


def wrong(log: Log) -> int | None:
    with pytest.raises(Differs) as differs:
        verify(log)
    return differs.value.position


@pytest.mark.parametrize(
    ("change", "given", "position"),
    [
        ("UPDATE commands SET answer = '{}' WHERE position = 3", (), 3),
        ("UPDATE commands SET fingerprint = ? WHERE position = 3", (bytes(32),), 3),
        ("UPDATE commands SET id = ? WHERE position = 3", (uuid4(),), 3),
        ("UPDATE commands SET recorded_at = '2026-01-01 00:00:00+00:00' WHERE position = 3", (), 3),
        ("UPDATE commands SET position = 2 WHERE position = 3", (), 2),
        ("DELETE FROM commands WHERE position = 3", (), 3),
        (INVENTED, (uuid4(),), 4),
        ("DELETE FROM commands", (), 1),
    ],
)
def test_a_receipt_that_was_changed_taken_away_or_invented_is_found_at_its_position(
    place: Place, sealed: Ledger, change: str, given: tuple[Any, ...], position: int
) -> None:
    assert well(sealed.beside.receipts)
    if place.kind == "sqlite":
        given = tuple(getattr(each, "bytes", each) for each in given)
    with owner_of(place) as owner:
        owner.execute(named(place, change), *given)
    assert wrong(sealed.beside.receipts) == position
    assert well(sealed.beside.notes)


@pytest.mark.parametrize("position", [-1, 0, 99])
def test_a_receipt_of_events_where_there_are_none_is_found(
    place: Place, sealed: Ledger, position: int
) -> None:
    """Else it would be sealed as soon as they come, or never."""
    receipts = sealed.beside.receipts.store
    assert isinstance(receipts, Receipts)
    assert receipts.stray() is None
    name = uuid4()
    with owner_of(place) as owner:
        invented = INVENTED.replace("answer, 4,", f"answer, {position},")
        owner.execute(named(place, invented), name.bytes if place.kind == "sqlite" else name)
    assert receipts.stray() == position


@pytest.mark.parametrize(
    ("change", "back"),
    [
        (
            "UPDATE upkeep SET kind = 'loss_accepted' WHERE number = (SELECT max(number) FROM upkeep)",
            0,
        ),
        ("UPDATE upkeep SET detail = '{}' WHERE number = (SELECT max(number) FROM upkeep)", 0),
        ("UPDATE upkeep SET noted_at = '2026-01-01T00:00:00+00:00' WHERE number = 1", None),
        ("DELETE FROM upkeep WHERE number = (SELECT max(number) FROM upkeep)", 0),
    ],
)
def test_a_note_of_upkeep_that_was_changed_or_taken_away_is_found(
    place: Place, sealed: Ledger, change: str, back: int | None
) -> None:
    last = sealed.upkeep.notes()[-1].number
    assert well(sealed.beside.notes)
    with owner_of(place) as owner:
        owner.execute(named(place, change))
    assert wrong(sealed.beside.notes) == (1 if back is None else last - back)
    assert well(sealed.beside.receipts)


def test_they_are_sealed_as_they_come(ledger: Ledger) -> None:
    receipts, notes = ledger.beside.receipts, ledger.beside.notes
    notes.catch_up()  # whichever is first makes the key that signs all
    quick = Pauses(gather=0.01)
    with (
        sealing(Sealer(ledger.sealed, pauses=quick)),
        sealing(Sealer(receipts, pauses=quick)),
        sealing(Sealer(notes, pauses=quick)),
    ):
        ledger.record(fill_pot(1))
        ledger.upkeep.confirm_clock()
        last = ledger.upkeep.notes()[-1].number
        for log, size in ((ledger.sealed, 1), (receipts, 1), (notes, last)):
            until(lambda: (head := log.head()) is not None and head.size >= size)  # noqa: B023 (waited for)
            assert log.require_same() >= size
