"""The index that names are searched by: for each person, what the words of their names sound like.

A word has a key of how it is heard and, in Latin script, one of its skeleton; with its article and
without. Two or three words that stand side by side have a key together, so that a compound name is
found written apart or together, wherever it stands. All are found by their beginning.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, TypeVar
from uuid import UUID

from domain.message import FieldClass, Message, StreamKind
from projections.columns import SortedText
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated
from projections.views.articles import Word, with_articles
from projections.views.sounding import heard, skeleton
from projections.views.spelling import words

MOST_WORDS = 12
"""Of a name; what it has more is not looked for."""
TOGETHER = 3
"""Words that may be written as one: Ben Abd Allah, Benabdallah."""
_SKELETON = "*"
"""Before each skeleton, so that none is taken for what is heard."""


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


def keys_of(*given: str | None) -> set[str]:
    """The keys of a person's names."""
    return {
        key for each in given if each for run in runs(words_of(each)) for key in keys_of_run(run)
    }


def words_of(name: str) -> list[Word]:
    return with_articles(words(name))[:MOST_WORDS]


def runs(name: Sequence[T]) -> Iterator[Sequence[T]]:
    """Each word by itself, and with the one or two that follow it."""
    for first in range(len(name)):
        for many in range(1, min(TOGETHER, len(name) - first) + 1):
            yield name[first : first + many]


def keys_of_run(run: Sequence[Word]) -> Iterator[str]:
    """Of one word all its keys; of several together the one that tells most."""
    if len(run) > 1:
        together = "".join(word.whole for word in run)
        bones = skeleton(together)
        yield heard(together) if bones is None else _SKELETON + bones
        return
    for form in run[0]:
        if form is not None:
            yield heard(form)
            bones = skeleton(form)
            if bones is not None:
                yield _SKELETON + bones


def _rows(name: str, folds: Folds) -> Iterable[NameKey]:
    person = folds.beneficiary(name).state
    known = UUID(name)
    for key in sorted(keys_of(person.name_ar, person.name_latin)):
        yield _key(beneficiary_id=known, sound=SortedText(key))


NAMES = Derived(names, StreamKind.BENEFICIARY, _rows)
