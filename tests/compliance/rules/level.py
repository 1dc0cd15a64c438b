"""The ledger's level: whoever decides knows it under the lock."""

import json
import threading
from contextlib import suppress

import pytest

from domain.errors import NewerReleaseNeeded
from domain.events.levels import FIRST
from ledger.ground.watch import Kind, Standing
from ledger.ledger import Ledger
from ledger.store import ALL_NOTES, ANYWHERE
from tests.compliance.house import House
from tests.integration.ledger.place import fill_pot

ABOVE = json.dumps({"level": FIRST + 1})


def _told(ledger: Ledger) -> str:
    (result,) = ledger.record_all([fill_pot(1)])
    return str(getattr(result, "code", "recorded"))


def nothing_is_decided_above_the_level_that_is_read(house: House) -> None:
    """A process learns of it with the lock of its next command."""
    ledger, other = house.ledger(), house.store()
    assert _told(ledger) == "recorded"
    other.note(Kind.LEVEL_RAISED, ABOVE)
    assert _told(ledger) == "newer_release_needed"
    assert ledger.head() == 1


def nothing_is_sent_on_above_the_level_that_is_read(house: House) -> None:
    """A look whether a command was recorded tells of a level that was raised meanwhile."""
    ledger, other = house.ledger(), house.store()
    assert ledger.known(fill_pot(1)) is None
    other.note(Kind.LEVEL_RAISED, ABOVE)
    with pytest.raises(NewerReleaseNeeded):
        ledger.known(fill_pot(1))


def a_level_raised_while_one_waits_for_the_lock_counts(house: House) -> None:
    """What was known when it began to wait does not."""
    ledger, store = house.ledger(), house.store()
    told: list[str] = []
    thread = threading.Thread(target=lambda: told.append(_told(ledger)))
    with store.writing((), ANYWHERE) as transaction, store.committing(transaction):
        thread.start()
        thread.join(1)
        store.insert_note(Kind.LEVEL_RAISED, ABOVE, transaction)
    thread.join()
    assert told == ["newer_release_needed"]


class _GivenUp(Exception):
    pass


def a_level_whose_commit_was_given_up_was_not_raised(house: House) -> None:
    """Whoever dies while finishing an upgrade has finished nothing."""
    store = house.store()
    with (
        suppress(_GivenUp),
        store.writing((), ANYWHERE) as transaction,
        store.committing(transaction),
    ):
        store.insert_note(Kind.LEVEL_RAISED, ABOVE, transaction)
        raise _GivenUp
    assert Standing().after(house.store().change(ALL_NOTES).notes).level == FIRST
