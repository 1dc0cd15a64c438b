"""Which cases somebody means by what they type: a case's reference, a number, or words of a name.

All words must be found, in any order (`sought.py` says under which keys). What is written as it was
asked comes first, then what is written alike, then what sounds alike. The index alone is looked into:
what a search costs hangs on how much it finds.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    Column,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.sql.elements import BindParameter, ColumnElement

from domain.errors import Refused
from projections.columns import Id
from projections.views.articles import Word
from projections.views.caseload_rows import caseload
from projections.views.names import words_of
from projections.views.numbers import known_by
from projections.views.people import people
from projections.views.sought import Level, Sought, sought
from projections.views.spelling import patterns, words

MOST_LETTERS = 200
MOST_WORDS = 8
"""Each is looked for; a full name in one script has fewer."""
MOST_PEOPLE = 20
"""So many who have no case are shown."""
REFERENCE = re.compile(r"([a-z]{3})(\d{2})0*(\d{1,6})", re.ASCII)
"""`FES-24-0173`, however it is spaced, with its zeros or without."""
_BEYOND = chr(0x10FFFF)
"""After all that begins with a key: no key has this sign."""
_ONE = "SELECT beneficiary_id, {word} AS word, {level} AS level FROM names WHERE {where}"
_ALL = """
SELECT beneficiary_id, max(level) AS level
FROM (
    SELECT beneficiary_id, word, min(level) AS level
    FROM ({ones}) AS met GROUP BY beneficiary_id, word
) AS told
GROUP BY beneficiary_id HAVING count(*) = {many}
"""


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
    keys = dict.fromkeys(sought(asked))
    many = len({each.word for each in keys})
    given: list[BindParameter[Any]] = []
    ones = [*_by_beginning(keys, given), *_whole(keys, given)]
    found = text(_ALL.format(ones=" UNION ALL ".join(ones), many=many)).bindparams(*given)
    columns = Column("beneficiary_id", Id), Column("level", Integer)
    return found.columns(*columns).cte("named").prefix_with("MATERIALIZED")


def _by_beginning(keys: Iterable[Sought], given: list[BindParameter[Any]]) -> Iterator[str]:
    """A query for each key that is looked for by its beginning; what it is `given` is added."""
    for number, each in enumerate(each for each in keys if each.begins):
        given.append(bindparam(f"low_{number}", each.key))
        given.append(bindparam(f"high_{number}", each.key + _BEYOND))
        where = f"sound >= :low_{number} AND sound < :high_{number}"
        yield _ONE.format(word=each.word, level=int(each.level), where=where)


def _whole(keys: Iterable[Sought], given: list[BindParameter[Any]]) -> Iterator[str]:
    """A query for all keys of a word and a level that are looked for whole."""
    by_level: dict[tuple[int, Level], list[str]] = {}
    for each in keys:
        if not each.begins:
            by_level.setdefault((each.word, each.level), []).append(each.key)
    for number, ((word, level), some) in enumerate(by_level.items()):
        given.append(bindparam(f"keys_{number}", some, expanding=True))
        yield _ONE.format(word=word, level=int(level), where=f"sound IN :keys_{number}")
