"""Where the closer is stuck: whether any three steps, of all that may be open, lead on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from tests.closer import chances, closing, funding, ordering
from tests.closer.books import OnPaper
from tests.closer.measuring import Measure, Measuring
from tests.closer.site import Site, Try

DEPTH = 3
DRAWN = 40
"""Steps drawn by chance at each turn, beside the closer's."""
CORRECTIONS = ("Correct", "Reverse")
"""Steps that undo what was mistyped: no way out of what is so."""


def search(site: Site) -> Sequence[Try] | None:
    """The fewest steps after which the measure is less, if three are enough. On paper only."""
    measure = Measuring(site).now()
    for depth in range(1, DEPTH + 1):
        if (found := _search(site, measure, depth)) is not None:
            return found
    return None


def _search(site: Site, measure: Measure, depth: int) -> Sequence[Try] | None:
    for each in _all(site):
        there = _copy(site)
        if there.take(each) is None:
            continue
        if Measuring(there).now() < measure:
            return [each]
        if depth > 1 and (rest := _search(there, measure, depth - 1)) is not None:
            return [each, *rest]
    return None


def _all(site: Site) -> Iterator[Try]:
    for names, steps in closing.order_of_things(site):
        for name in names:
            yield from steps(site, name)
    drawn = (
        *((ordering.of_order, site.orders), (chances.of_case, site.cases)),
        (funding.of_agreement, site.agreements),
    )
    for draw, names in drawn:
        for _ in range(DRAWN if names else 0):
            each = draw(site, site.random.choice(names))
            if each and not type(each.step).__name__.startswith(CORRECTIONS):
                yield each


def _copy(site: Site) -> Site:
    assert isinstance(site.books, OnPaper)
    return replace(
        site,
        books=site.books.copy(),
        random=Random(0),
        orders=list(site.orders),
        sessions=list(site.sessions),
        ceremonies=list(site.ceremonies),
        taken=list(site.taken),
        oracle=None,
    )
