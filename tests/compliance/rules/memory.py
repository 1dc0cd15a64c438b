"""How a process knows the ledger again, and what others did to it meanwhile."""

from ledger.store import BEGINNING, FOLLOWED, Mark
from tests.compliance.house import House, event, write
from tests.integration.ledger.backups import back_up


def a_mark_is_found_again(house: House) -> None:
    """Nobody is alarmed while what they remember is there."""
    store = house.store()
    write(store, event("case/a", 1))
    mark = store.change(BEGINNING).head
    assert not store.change(mark).lost
    write(store, event("case/a", 2))
    assert not store.change(mark).lost
    with store.writing((), mark) as transaction:
        assert not transaction.change.lost


def a_mark_is_the_same_for_who_wrote_and_who_read(house: House) -> None:
    """So that each can look for what another remembers."""
    store = house.store()
    with store.writing((), BEGINNING) as transaction, store.committing(transaction):
        store.insert_events([event("case/a", 1, bytes(range(256)))], transaction=transaction)
    assert house.store().change(BEGINNING).head == transaction.head
    assert transaction.head.position == 1


def _lost(house: House, *instead: bytes) -> bool:
    store = house.store()
    write(store, event("case/a", 1))
    backup = back_up(house.place)
    write(store, event("case/a", 2, b"known"))
    mark: Mark = store.change(BEGINNING).head
    backup.bring_back()
    other = house.store()
    for version, state in enumerate(instead, 2):
        write(other, event("case/a", version, state))
    with store.writing((), mark) as transaction:
        assert transaction.change.lost == store.change(mark).lost
        return bool(transaction.change.lost)


def a_lost_tail_is_seen(house: House) -> None:
    """The ledger ends before what is remembered."""
    assert _lost(house)


def a_lost_tail_is_seen_when_it_has_the_same_length_again(house: House) -> None:
    """Something else stands at the same position."""
    assert _lost(house, b"other")


def a_lost_tail_is_seen_when_it_was_overtaken(house: House) -> None:
    """The head has a higher number than the one remembered, which looks like progress."""
    assert _lost(house, b"other", b"and more")


def one_is_told_which_streams_changed(house: House) -> None:
    """Since the mark, and no others."""
    store, other = house.store(), house.store()
    write(store, event("case/a", 1), event("case/b", 1))
    mark = store.change(BEGINNING).head
    write(other, event("case/b", 2), event("case/c", 1))
    assert set(store.change(mark).streams) == {"case/b", "case/c"}


def one_is_told_when_too_much_changed_to_say(house: House) -> None:
    """Then nothing that is kept may be believed."""
    store = house.store()
    write(store, *(event(f"case/{n}", 1) for n in range(FOLLOWED + 1)))
    assert store.change(BEGINNING).streams is None


def one_is_told_what_stands_at_the_head(house: House) -> None:
    """With the lock, in the same round trip."""
    store = house.store()
    write(store, event("case/a", 1), event("case/b", 1, b"last"))
    with store.writing((), BEGINNING) as transaction:
        last = transaction.change.last
    assert last is not None
    assert (last.id, last.originator_id, last.state) == (2, "case/b", b"last")


def one_is_told_what_was_noted_of_the_ledger_as_a_whole(house: House) -> None:
    """Once, with the lock, by whichever process it was noted."""
    store, other = house.store(), house.store()
    mark = store.change(BEGINNING).head
    other.note("tested", "a detail")
    with store.writing((), mark) as transaction:
        change = transaction.change
    assert [(note.kind, note.detail) for note in change.notes] == [("tested", "a detail")]
    assert store.change(change.head).notes in ([], ())


def a_ledger_keeps_its_id(house: House) -> None:
    """It is the same for every store, and after closing."""
    store = house.store()
    known = store.id
    store.close()
    assert house.store().id == house.store().id == known


def every_event_comes_to_a_follower(house: House) -> None:
    """Those stored already and those stored later, in order."""
    store = house.store()
    write(store, event("case/a", 1), event("case/a", 2))
    seen: list[int] = []
    with store.subscribe(gt=0) as following:
        write(store, event("case/a", 3))
        for found in following:
            seen.append(found.id)
            if found.id == 3:
                break
    assert seen == [1, 2, 3]


def no_event_comes_to_a_follower_twice(house: House) -> None:
    """One that begins after a position gets what comes after it, once."""
    store = house.store()
    write(store, *(event("case/a", version) for version in range(1, 5)))
    seen: list[int] = []
    with store.subscribe(gt=1) as following:
        for found in following:
            seen.append(found.id)
            if found.id == 4:
                break
    assert seen == [2, 3, 4]
