"""Positions and versions."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.compliance.house import REFUSED, House, event, give_up, positions, write


def positions_begin_at_one_and_have_no_gap(house: House) -> None:
    """Positions are 1, 2, 3 and so on, over streams and groups."""
    store = house.store()
    write(store, event("case/a", 1), event("case/b", 1))
    write(store, event("case/a", 2))
    assert positions(store) == [1, 2, 3]


def a_write_tells_the_positions_it_stored(house: House) -> None:
    """What `insert_events` returns is what readers find."""
    store = house.store()
    told = write(store, event("case/a", 1)) + write(store, event("case/a", 2), event("case/b", 1))
    assert told == positions(store)


def a_write_that_was_given_up_leaves_no_hole(house: House) -> None:
    """The numbers of a group that was not committed are given to the next."""
    store = house.store()
    write(store, event("case/a", 1))
    give_up(store, event("case/b", 1))
    write(store, event("case/c", 1))
    assert positions(store) == [1, 2]


def a_refused_insert_leaves_no_hole(house: House) -> None:
    """A conflict takes no number."""
    store = house.store()
    write(store, event("case/a", 1))
    with pytest.raises(REFUSED):
        write(store, event("case/a", 1))
    write(store, event("case/a", 2))
    assert positions(store) == [1, 2]


def stores_that_write_in_turn_never_conflict(house: House) -> None:
    """Each sees under the lock what the other has just written."""
    one, other = house.store(), house.store()
    for version in range(1, 6):
        write(one, event("case/a", version))
        write(other, event("case/b", version))
    assert positions(one) == list(range(1, 11))


def writers_at_once_leave_no_gap(house: House) -> None:
    """Whoever waits for the lock numbers from what was committed meanwhile."""
    stores = [house.store(), house.store()]
    with ThreadPoolExecutor(4) as threads:
        work = [
            threads.submit(write, stores[n % 2], event(f"case/{n}", 1), event(f"case/{n}", 2))
            for n in range(12)
        ]
        told = sorted(number for done in work for number in done.result())
    assert told == positions(stores[0]) == list(range(1, 25))
