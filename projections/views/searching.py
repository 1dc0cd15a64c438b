"""Which cases somebody means by what they type: a case's reference, or words of a name.

All words must be found, in any order, each by its beginning or as it sounds (`names.py`); what is
written as it was asked comes before what is only alike. The index alone is looked into: what a
search costs hangs on how much it finds.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import CTE, Column, Select, and_, case, literal, or_, select, text

from domain.errors import Refused
from projections.columns import Id
from projections.views.articles import Word
from projections.views.caseload_rows import caseload
from projections.views.names import keys_of_run, runs, words_of
from projections.views.sounding import heard
from projections.views.spelling import patterns, words

MOST_LETTERS = 200
MOST_WORDS = 6
"""Looked for; what else is asked only says which comes first."""
REFERENCE = re.compile(r"([a-z]{3})(\d{2})0*(\d{1,6})", re.ASCII)
"""`FES-24-0173`, however it is spaced, with its zeros or without."""
_HALVES = ("c", "s", "k", "g", "p", "t", "d")
"""At the end of what was typed so far, perhaps of a sound that two letters make."""
_BEYOND, _NEXT = chr(0x10FFFF), "\x01"
"""After all that begins with a key, and right after the key: no key has these signs."""
_ONE = (
    "SELECT beneficiary_id, {word} AS word FROM names WHERE sound >= :low_{n} AND sound < :high_{n}"
)
_ALL = "SELECT beneficiary_id FROM ({ones}) AS told GROUP BY beneficiary_id HAVING count(DISTINCT word) = {many}"

Range = tuple[int, str, str]
"""Of which word, and from where to before where its key lies."""


def hits(asked: str) -> CTE:
    """The rows of the caseload that are meant; `alike` is 0 where they are written as asked, else 1.

    Raises `Refused`: `search_too_long`, and `search_without_letter` for what has no letter or digit.
    """
    if len(asked) > MOST_LETTERS:
        raise Refused("search_too_long", most=MOST_LETTERS)
    told = words(asked)
    if not told:
        raise Refused("search_without_letter")
    reference = REFERENCE.fullmatch("".join(told))
    query = _by_reference(*reference.groups()) if reference else _by_name(asked)
    # Materialised, so that no other condition leads the database to look at all cases.
    return query.cte("hits").prefix_with("MATERIALIZED")


def _by_reference(centre: str, year: str, number: str) -> Select[Any]:
    written = f"{centre.upper()}-{year}-{int(number):04}"
    alike = literal(0).label("alike")
    return select(caseload.table, alike).where(caseload.c.reference == written)


def _by_name(asked: str) -> Select[Any]:
    ways = (and_(*(caseload.c.search.like(part) for part in way)) for way in patterns(asked))
    alike = case((or_(*ways), 0), else_=1).label("alike")
    people = _people(words_of(asked)[:MOST_WORDS])
    theirs = people.c.beneficiary_id == caseload.c.beneficiary_id
    return select(caseload.table, alike).join_from(people, caseload.table, theirs)


def _people(asked: Sequence[Word]) -> CTE:
    """Whoever has all the words in their names."""
    asked_for = dict.fromkeys(ranges(asked))
    ones = (_ONE.format(word=word, n=n) for n, (word, _, _) in enumerate(asked_for))
    many = len({word for word, _, _ in asked_for})
    found = text(_ALL.format(ones=" UNION ALL ".join(ones), many=many)).bindparams(
        **{f"low_{n}": low for n, (_, low, _) in enumerate(asked_for)},
        **{f"high_{n}": high for n, (_, _, high) in enumerate(asked_for)},
    )
    return found.columns(Column("beneficiary_id", Id)).cte("people").prefix_with("MATERIALIZED")


def ranges(asked: Sequence[Word]) -> Iterator[Range]:
    """A word is found by itself, or by what it makes with those beside it.

    One of a single sound finds nothing by its beginning but too much: it is looked for whole, and
    only where all are such.
    """
    long = [len(heard(word.whole)) > 1 for word in asked]
    for run, places in zip(runs(asked), runs(range(len(asked))), strict=True):
        for word in places:
            if long[word]:
                yield from ((word, key, key + _BEYOND) for key in _keys(run))
            elif not any(long):
                yield from ((word, key, key + _NEXT) for key in _keys(run))


def _keys(run: Sequence[Word]) -> Iterator[str]:
    yield from keys_of_run(run)
    last = run[-1].whole
    if last.endswith(_HALVES):
        yield from keys_of_run([*run[:-1], Word(last + "h", None)])
