"""Which cases somebody means by what they type: a case's reference, a number, or words of a name.

All words must be found, in any order (`sought.py` says under which keys). What is written as it was
asked comes first, then what is written alike, then what sounds alike. The index alone is looked into:
what a search costs hangs on how much it finds.
"""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, Select, and_, case, func, literal, or_, select
from sqlalchemy.sql.elements import ColumnElement

from domain.errors import Refused
from projections.columns import Id
from projections.views.articles import Word
from projections.views.caseload_rows import caseload
from projections.views.keyed import Keys, named
from projections.views.names import words_of
from projections.views.numbers import known_by
from projections.views.people import people
from projections.views.sought import Level
from projections.views.spelling import patterns, words

_OF_PEOPLE = Keys("names", "beneficiary_id", Id)

MOST_LETTERS = 200
MOST_WORDS = 8
"""Each is looked for; a full name in one script has fewer."""
MOST_PEOPLE = 20
"""So many who have no case are shown."""
REFERENCE = re.compile(r"([a-z]{3})(\d{2})0*(\d{1,6})", re.ASCII)
"""`FES-24-0173`, however it is spaced, with its zeros or without."""


def require_searchable(asked: str) -> None:
    """Raises `Refused`: `search_too_long`, `search_of_many_words`, and `search_without_letter` for
    what has no letter or digit.
    """
    if len(asked) > MOST_LETTERS:
        raise Refused("search_too_long", most=MOST_LETTERS)
    if not words(asked):
        raise Refused("search_without_letter")
    if _reference(asked) is None and len(words_of(asked)) > MOST_WORDS:
        raise Refused("search_of_many_words", most=MOST_WORDS)


def _reference(asked: str) -> re.Match[str] | None:
    return REFERENCE.fullmatch("".join(words(asked)))


def hits(asked: str, marks: Sequence[str] = ()) -> CTE:
    """The rows of the caseload that are meant; `alike` is each one's `Level`.

    `marks` are of the numbers it may be. Raises what `require_searchable` raises.
    """
    require_searchable(asked)
    reference = _reference(asked)
    if reference:
        query = _by_reference(*reference.groups())
    else:
        query = _by_number(marks) if marks else _by_name(asked)
    # Materialised, so that no other condition leads the database to look at all cases.
    return query.cte("hits").prefix_with("MATERIALIZED")


def registered(
    asked: str, marks: Sequence[str] = (), centre: str | None = None, *, unrestricted: bool = False
) -> Select[Any] | None:
    """Whoever is meant and is registered, but has no case yet; as `hits` finds, the nearest first.

    None where a case's reference is meant.
    """
    if _reference(asked):
        return None
    if marks:
        found = select(known_by.c.beneficiary_id).where(known_by.c.mark.in_(marks))
        query = select(people.table).where(people.c.beneficiary_id.in_(found))
    else:
        named = _named(words_of(asked))
        theirs = named.c.beneficiary_id == people.c.beneficiary_id
        query = select(people.table).join_from(named, people.table, theirs).order_by(named.c.level)
    query = query.where(people.c.case_id.is_(None), people.c.merged_into.is_(None))
    if centre is not None:
        query = query.where(people.c.centre == centre)
    if unrestricted:
        query = query.where(people.c.restricted_until.is_(None))
    return query.order_by(people.c.beneficiary_id).limit(MOST_PEOPLE)


def _by_reference(centre: str, year: str, number: str) -> Select[Any]:
    written = f"{centre.upper()}-{year}-{int(number):04}"
    alike = literal(int(Level.SAME)).label("alike")
    return select(caseload.table, alike).where(caseload.c.reference == written)


def _by_number(marks: Sequence[str]) -> Select[Any]:
    """Whole: a number is known or not."""
    alike = literal(int(Level.SAME)).label("alike")
    found = select(known_by.c.beneficiary_id).where(known_by.c.mark.in_(marks))
    met = people.c.beneficiary_id.in_(found) & people.c.merged_into.is_not(None)
    theirs = found.union(select(people.c.merged_into).where(met))
    return select(caseload.table, alike).where(caseload.c.beneficiary_id.in_(theirs))


def _by_name(asked: str) -> Select[Any]:
    found = _with_whom_they_go_by(_named(words_of(asked)))
    alike = case(
        (_written(asked, whole=True), int(Level.SAME)),
        (_written(asked, whole=False), int(Level.BEGUN)),
        else_=found.c.level,
    ).label("alike")
    theirs = found.c.beneficiary_id == caseload.c.beneficiary_id
    return select(caseload.table, alike).join_from(found, caseload.table, theirs)


def _with_whom_they_go_by(named: CTE) -> CTE:
    """And whoever a person registered twice goes by: found under either name, once."""
    merged = people.c.beneficiary_id == named.c.beneficiary_id
    gone_by = (
        select(people.c.merged_into.label("beneficiary_id"), named.c.level)
        .join_from(named, people.table, merged)
        .where(people.c.merged_into.is_not(None))
    )
    both = select(named.c.beneficiary_id, named.c.level).union_all(gone_by).subquery("both")
    level = func.min(both.c.level).label("level")
    found = select(both.c.beneficiary_id, level).group_by(both.c.beneficiary_id)
    return found.cte("found").prefix_with("MATERIALIZED")


def _written(asked: str, *, whole: bool) -> ColumnElement[bool]:
    ways = patterns(asked, whole=whole)
    return or_(*(and_(*(caseload.c.search.like(part) for part in way)) for way in ways))


def _named(asked: Sequence[Word]) -> CTE:
    """Whoever has all the words in their names, each with the level of the word least alike."""
    return named(asked, _OF_PEOPLE)
