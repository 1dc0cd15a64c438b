"""Programmes that three processes work at at once, on each database: all of them are closed."""

import secrets

from tests.closer.racing import race_and_close
from tests.integration.ledger.place import Place

PROGRAMMES = 5
"""`make soak` takes 200."""


def test_what_three_processes_make_of_a_programme_can_be_closed(place: Place) -> None:
    new = secrets.randbelow(10**9)
    print(f"seed {new}")  # noqa: T201 - seen on failure
    assert race_and_close(place, [*range(PROGRAMMES - 1), new]) > PROGRAMMES
