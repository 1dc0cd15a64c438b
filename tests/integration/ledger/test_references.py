"""However many cases are opened at once, each has a number of its own, and none is left out."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from domain.message import Command
from ledger.port import programme
from tests.integration.ledger.place import Opener
from tests.integration.projections.programme import Person, Programme

CASES = 50


def test_fifty_openings_at_once_get_fifty_numbers_without_a_gap(opened: Opener) -> None:
    ledgers = [opened(domain=programme()) for _ in range(2)]
    house = Programme(ledgers[0])
    house.settle(["taza"])
    people = [Person(house) for _ in range(CASES)]
    registrations, openings = zip(*(person.intake()[:2] for person in people), strict=True)
    house.record(*registrations)

    def open_case(number: int, opening: Command) -> None:
        ledgers[number % 2].record(opening)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(open_case, range(CASES), openings))
    states: list[Any] = [ledgers[0].state(opening.target) for opening in openings]
    given = sorted(state.reference for state in states)
    assert given == [f"TAZ-23-{number:04}" for number in range(1, CASES + 1)]
