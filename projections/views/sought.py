"""Under which keys somebody may stand who is looked for by words of a name.

Each word is looked for by its beginning as it is heard, and whole by its consonants: in the script it
is typed in and, for who has no name in it, in the other (`names.py`).
"""

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import NamedTuple

from projections.views.articles import Word
from projections.views.consonants import is_arabic
from projections.views.names import (
    TO_ARABIC,
    TO_LATIN,
    bridges_in,
    heard_in,
    runs,
    skeletons_in,
)
from projections.views.sounding import heard

FEWEST_SOUNDS = 3
"""Of a name in the other script that is found by its beginning."""
_HALVES = ("c", "s", "k", "g", "p", "t", "d")
"""At the end of what was typed so far, perhaps of a sound that two letters make."""


class Level(IntEnum):
    """How near what was found is to what was asked; the nearest comes first."""

    SAME = 0
    """Each word stands there as it was typed."""
    BEGUN = 1
    """Each word begins as it was typed."""
    WRITTEN_ALIKE = 2
    SOUNDS_ALIKE = 3
    OTHER_SCRIPT = 4


class Sought(NamedTuple):
    """A key under which one of the words asked for may stand."""

    word: int
    level: Level
    key: str
    begins: bool
    """Whether it is looked for by its beginning."""

    def finds(self, key: str) -> bool:
        """As the database looks."""
        return key.startswith(self.key) if self.begins else key == self.key


def sought(asked: Sequence[Word]) -> Iterator[Sought]:
    """A word is found by itself, or by what it makes with those beside it.

    One of a single sound finds nothing by its beginning but too much: it is looked for whole, and
    only where all are such; a number always.
    """
    long = [len(heard(word.whole)) > 1 for word in asked]
    for run, places in zip(runs(asked), runs(range(len(asked))), strict=True):
        keys = dict.fromkeys(_keys(run))
        for word in places:
            if long[word]:
                yield from (Sought(word, *key) for key in keys)
            elif not any(long) or asked[word].whole.isdigit():
                yield from (Sought(word, level, key, begins=False) for level, key, _ in keys)


def _keys(run: Sequence[Word]) -> Iterator[tuple[Level, str, bool]]:
    """Each with its level, and whether it is looked for by its beginning."""
    yield from _keys_of(run)
    last = run[-1].whole
    if last.endswith(_HALVES):
        yield from _keys_of([*run[:-1], Word(last + "h", None)])


def _keys_of(run: Sequence[Word]) -> Iterator[tuple[Level, str, bool]]:
    yield from ((Level.WRITTEN_ALIKE, key, True) for key in heard_in(run))
    yield from ((Level.SOUNDS_ALIKE, key, False) for key in skeletons_in(run))
    mark = TO_LATIN if is_arabic(run[0].whole) else TO_ARABIC
    for bridge in bridges_in(run):
        yield Level.OTHER_SCRIPT, mark + bridge, len(bridge) >= FEWEST_SOUNDS
