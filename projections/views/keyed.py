"""Who, or what, has words in their names, by the keys under which a table keeps them.

People have such a table (`names.py`), and so have the registry's entries (`entry_keys.py`). The index
alone is looked into: what a search costs hangs on how much it finds.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import CTE, Column, Integer, bindparam, text
from sqlalchemy.sql.elements import BindParameter
from sqlalchemy.types import TypeEngine

from projections.views.articles import Word
from projections.views.sought import Level, Sought, sought

_BEYOND = chr(0x10FFFF)
"""After all that begins with a key: no key has this sign."""
_ONE = "SELECT {owner}, {word} AS word, {level} AS level FROM {table} WHERE {where}"
_ALL = """
SELECT {owner}, max(level) AS level, count(*) AS words
FROM (
    SELECT {owner}, word, min(level) AS level
    FROM ({ones}) AS met GROUP BY {owner}, word
) AS told
GROUP BY {owner} HAVING count(*) >= {least}
"""


class Keys(NamedTuple):
    """A table of keys: a row for each, in `sound`, with whose it is."""

    table: str
    owner: str
    kind: type[TypeEngine[Any]]
    """Of the owner's column."""


def named(asked: Sequence[Word], among: Keys, least: int | None = None) -> CTE:
    """Whose names have all the words, or so many of them; with the level of the word least alike."""
    keys = dict.fromkeys(sought(asked))
    many = len({each.word for each in keys})
    given: list[BindParameter[Any]] = []
    ones = [*_by_beginning(keys, among, given), *_whole(keys, among, given)]
    every = _ALL.format(
        owner=among.owner,
        ones=" UNION ALL ".join(ones),
        least=many if least is None else min(least, many),
    )
    columns = Column(among.owner, among.kind), Column("level", Integer), Column("words", Integer)
    found = text(every).bindparams(*given).columns(*columns)
    return found.cte("named").prefix_with("MATERIALIZED")


def _by_beginning(
    keys: Iterable[Sought], among: Keys, given: list[BindParameter[Any]]
) -> Iterator[str]:
    """A query for each key that is looked for by its beginning; what it is `given` is added."""
    for number, each in enumerate(each for each in keys if each.begins):
        given.append(bindparam(f"low_{number}", each.key))
        given.append(bindparam(f"high_{number}", each.key + _BEYOND))
        where = f"sound >= :low_{number} AND sound < :high_{number}"
        yield _one(among, each.word, each.level, where)


def _whole(keys: Iterable[Sought], among: Keys, given: list[BindParameter[Any]]) -> Iterator[str]:
    """A query for all keys of a word and a level that are looked for whole."""
    by_level: dict[tuple[int, Level], list[str]] = {}
    for each in keys:
        if not each.begins:
            by_level.setdefault((each.word, each.level), []).append(each.key)
    for number, ((word, level), some) in enumerate(by_level.items()):
        given.append(bindparam(f"keys_{number}", some, expanding=True))
        yield _one(among, word, level, f"sound IN :keys_{number}")


def _one(among: Keys, word: int, level: Level, where: str) -> str:
    table, owner = among.table, among.owner
    return _ONE.format(table=table, owner=owner, word=word, level=int(level), where=where)
