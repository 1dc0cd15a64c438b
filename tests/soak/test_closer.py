"""The closer for minutes: programmes that nobody has seen, in memory and on each database."""

import secrets

import pytest

from tests.closer.racing import race_and_close
from tests.closer.whole import live_and_close
from tests.integration.ledger.place import Place

pytestmark = pytest.mark.rare  # long; `make test` takes 150 in memory, and five on each database
IN_MEMORY, ON_EACH = 3_000, 200


@pytest.mark.timeout(3600)
def test_every_case_and_agreement_of_thousands_of_programmes_is_closed() -> None:
    first = secrets.randbelow(10**9)
    print(f"JISR_CLOSER_SEED={first}")
    for seed in range(first, first + IN_MEMORY):
        live_and_close(seed, longer=1 + seed % 3)


@pytest.mark.timeout(7200)
def test_what_three_processes_make_of_many_programmes_can_be_closed(place: Place) -> None:
    first = secrets.randbelow(10**9)
    print(f"seeds from {first}")
    assert race_and_close(place, range(first, first + ON_EACH)) > ON_EACH
