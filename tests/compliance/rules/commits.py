"""All or nothing, seen by all, and one at a time."""

import threading
from contextlib import suppress
from uuid import uuid4

from domain.errors import JisrError
from ledger.store import ANYWHERE
from tests.compliance.house import House, event, give_up, positions, write
from tests.compliance.rules.answers import answer_of
from tests.integration.ledger.place import fill_pot


def a_write_that_was_given_up_leaves_nothing(house: House) -> None:
    """No event of it is there, nor its answer."""
    store, command = house.store(), uuid4()
    give_up(store, event("case/a", 1), answers=[answer_of(command, 1)])
    assert positions(house.store()) == []
    assert store.answer(command) is None


def an_answer_is_never_there_without_its_events(house: House) -> None:
    """They are committed at one moment: whoever reads the answer finds the events."""
    store, command = house.store(), uuid4()
    reader = house.store()
    with store.writing((), ANYWHERE) as transaction, store.committing(transaction):
        store.insert_events([event("case/a", 1)], transaction=transaction)
        store.insert_answers([answer_of(command, 1)], transaction)
        assert reader.answer(command) is None
    assert reader.answer(command) is not None
    assert positions(reader) == [1]


def nobody_sees_what_is_not_committed(house: House) -> None:
    """Not another reader, and not the store's own readers."""
    store, reader = house.store(), house.store()
    with store.writing((), ANYWHERE) as transaction, store.committing(transaction):
        store.insert_events([event("case/a", 1)], transaction=transaction)
        assert positions(reader) == []
        assert reader.max_notification_id() is None
    assert positions(reader) == [1]


def a_group_is_seen_whole_or_not_at_all(house: House) -> None:
    """A reader that comes in between sees none of it."""
    store, reader = house.store(), house.store()
    with store.writing((), ANYWHERE) as transaction, store.committing(transaction):
        group = [event("case/a", version) for version in range(1, 6)]
        store.insert_events(group, transaction=transaction)
        assert len(positions(reader)) in (0, 5)
        assert reader.select_events("case/a") == []


def a_commit_is_there_when_it_returns(house: House) -> None:
    """For every other store, at once."""
    store, reader = house.store(), house.store()
    write(store, event("case/a", 1))
    assert positions(reader) == [1]


def a_commit_is_there_after_everything_was_closed(house: House) -> None:
    """And opened again."""
    store = house.store()
    write(store, event("case/a", 1, b"kept"))
    store.close()
    assert [found.state for found in house.store().select_events("case/a")] == [b"kept"]


def the_lock_is_free_after_a_write_was_given_up(house: House) -> None:
    """Whoever comes next need not wait for the lock to time out."""
    store, other = house.store(1), house.store(1)
    give_up(store, event("case/b", 1))
    write(other, event("case/a", 1))
    write(store, event("case/a", 2))


def what_is_read_under_the_lock_is_what_the_one_before_committed(house: House) -> None:
    """One that waited for the lock does not see what stood when it began to wait."""
    one, other = house.store(), house.store()
    heads: list[int] = []

    def waits() -> None:
        with other.writing((), ANYWHERE) as transaction:
            heads.append(transaction.change.head.position)
            heads.append(len(other.select_events("case/a", transaction=transaction)))

    with one.writing((), ANYWHERE) as transaction, one.committing(transaction):
        one.insert_events([event("case/a", 1)], transaction=transaction)
        thread = threading.Thread(target=waits)
        thread.start()
        thread.join(1)
    thread.join()
    assert heads == [1, 1]


def one_writes_at_a_time(house: House) -> None:
    """A second store gets the lock when the first has left it, and not before."""
    one, other = house.store(), house.store()
    order: list[str] = []

    def waits() -> None:
        with other.writing((), ANYWHERE):
            order.append("other")

    with one.writing((), ANYWHERE):
        thread = threading.Thread(target=waits)
        thread.start()
        thread.join(1)
        order.append("one")
    thread.join()
    assert order == ["one", "other"]


def one_that_waits_too_long_is_told_so(house: House) -> None:
    """The lock of another is an outage, after a while; not a fault, and not for ever."""
    one, other = house.store(), house.ledger(lock_seconds=1)
    with one.writing((), ANYWHERE):
        (result,) = other.record_all([fill_pot(1)])
    assert isinstance(result, JisrError)
    assert result.code == "unavailable"


def a_closed_store_does_nothing(house: House) -> None:
    """It says that it is away, and stores nothing."""
    store = house.store()
    write(store, event("case/a", 1))
    store.close()
    with suppress(Exception):  # each database says it in its own words
        write(store, event("case/a", 2))
    assert positions(house.store()) == [1]
