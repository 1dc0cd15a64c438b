"""A random programme from its begin to its end, and what came late."""

from collections import Counter

from tests.closer.closing import StuckError, close_all
from tests.closer.founding import begun
from tests.closer.programme import go_on
from tests.closer.searching import DEPTH, search

PER_PERSON = 36
"""Steps tried by chance, for each person, before all is closed."""
LATE = 15
"""Steps tried once all is closed; then it is closed again."""


def live_and_close(seed: int, longer: int = 1) -> Counter[str]:
    """As long a life, or so many times as long; what came of it by chance, by its kind.

    Raises an `AssertionError` with the seed, and what a search finds where the closer is stuck.
    """
    site, told_as = begun(seed), f"seed {seed}, {longer} times as long"
    try:
        for tries in (PER_PERSON * len(site.cases), LATE):
            go_on(site, tries * longer)
            close_all(site)
    except StuckError as stuck:
        found = search(site)
        told = f"these lead on: {found}" if found else f"no {DEPTH} steps lead on"
        raise AssertionError(f"{told_as}: {told}; open is {stuck}") from stuck
    except AssertionError as error:
        raise AssertionError(f"{told_as}: {error}") from error
    return site.drawn
