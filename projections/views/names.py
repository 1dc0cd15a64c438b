"""The index that names are searched by: for each person, what the words of their names sound like.

A word has a key of how it is heard and some of its consonants; with its article and without. Two or
three words that stand side by side have keys together, so that a compound name is found written
apart or together, wherever it stands. Who is named in one script alone has keys for the other.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, TypeVar
from uuid import UUID

from domain.message import FieldClass, Message, StreamKind
from projections.columns import SortedText
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated
from projections.views.articles import Word, with_articles
from projections.views.consonants import bridges, is_arabic, skeletons, usual
from projections.views.sounding import heard
from projections.views.spelling import as_said

TOGETHER = 3
"""Words that may be written as one: Ben Abd Allah, Benabdallah."""
MOST_TOGETHER = 4
"""Skeletons kept of words together, and of a word with its article."""

SKELETON = "*"
TO_ARABIC, TO_LATIN = "<", ">"
"""Before each key of consonants, so that none is taken for another or for what is heard: the keys for
everybody, and those of who has only an Arabic, or only a Latin name."""


class NameKey(Message):
    """Something a person can be found by. There is none once they are erased."""

    beneficiary_id: UUID
    sound: Annotated[SortedText, FieldClass.PERSONAL]


names = View(
    "names",
    NameKey,
    key=["beneficiary_id", "sound"],
    owner="beneficiary_id",
    indexes=[["sound", "beneficiary_id"]],
)
_key = unvalidated(NameKey)

T = TypeVar("T")
Run = Sequence[Word]


def keys_of(*given: str | None) -> set[str]:
    """The keys of a person's names."""
    told = [words_of(each) for each in given if each]
    every = [run for name in told for run in runs(name)]
    keys = {key for run in every for key in (*heard_in(run), *skeletons_in(run))}
    scripts = {is_arabic(word.whole) for name in told for word in name}
    if len(scripts) == 1:
        mark = TO_ARABIC if scripts.pop() else TO_LATIN
        keys.update(mark + bridge for run in every for bridge in bridges_in(run))
    return keys


def words_of(name: str) -> list[Word]:
    return with_articles(as_said(name))


def runs(name: Sequence[T]) -> Iterator[Sequence[T]]:
    """Each word by itself, and with the one or two that follow it."""
    for first in range(len(name)):
        for many in range(1, min(TOGETHER, len(name) - first) + 1):
            yield name[first : first + many]


def heard_in(run: Run) -> Iterator[str]:
    """How a word is heard, with its article and without, or several together."""
    if _numbered(run):
        return
    yield heard("".join(word.whole for word in run))
    if len(run) == 1 and run[0].bare is not None:
        yield heard(run[0].bare)


def _numbered(run: Run) -> bool:
    """Several of which one is a number: it is no part of a word, and 11 is not 1."""
    return len(run) > 1 and any(word.whole.isdigit() for word in run)


def skeletons_in(run: Run) -> Iterator[str]:
    for form, most in _forms(run):
        yield from (SKELETON + bones for bones in skeletons(form)[:most])


def bridges_in(run: Run) -> Iterator[str]:
    for form, most in _forms(run):
        yield from bridges(form)[:most]


def _forms(run: Run) -> Iterator[tuple[str, int | None]]:
    """What a word, or several together, may be written as; and how many keys it is worth."""
    first, *others = run
    if _numbered(run):
        return
    if others:
        begun = usual(first.whole)
        yield begun + "".join(usual(word.whole) for word in others), MOST_TOGETHER
        if any(word.bare for word in others):
            yield begun + "".join(usual(word.bare or word.whole) for word in others), MOST_TOGETHER
    elif first.bare is None:
        yield usual(first.whole), None
    else:
        yield first.bare, None
        yield first.with_l, MOST_TOGETHER


def _rows(name: str, folds: Folds) -> Iterable[NameKey]:
    person = folds.beneficiary(name).state
    known = UUID(name)
    for key in sorted(keys_of(person.name_ar, person.name_latin)):
        yield _key(beneficiary_id=known, sound=SortedText(key))


NAMES = Derived(names, StreamKind.BENEFICIARY, _rows)
