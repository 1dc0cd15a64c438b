"""Which people and cases are known by a number: its mark, which tells nobody the number.

Of papers, the present phones (the person's own and those of whom to reach them through), and of a case
the detention numbers. Searched whole: whoever knows a number finds whose it is, and nobody finds a
number.
"""

from collections.abc import Iterable, Iterator
from typing import Annotated
from uuid import UUID

from domain.message import FieldClass, Message, StreamKind
from domain.numbers.marks import phone_number
from projections.columns import SortedText
from projections.deriving import Derived, Folds
from projections.view import View, unvalidated


class KnownBy(Message):
    """A number, by its mark. There is none once its person is erased."""

    owner: UUID
    """Of the stream that tells it: the person, or one case of theirs."""
    beneficiary_id: UUID
    mark: Annotated[SortedText, FieldClass.PERSONAL]


known_by = View(
    "known_by",
    KnownBy,
    key=["owner", "mark"],
    owner="owner",
    indexes=[["mark", "beneficiary_id"]],
)
_row = unvalidated(KnownBy)


def _of_person(name: str, folds: Folds) -> Iterable[KnownBy]:
    person = folds.beneficiary(name).state
    numbers = (*person.numbers, *map(phone_number, person.phones))
    return _rows(name, UUID(name), numbers, folds)


def _of_case(name: str, folds: Folds) -> Iterable[KnownBy]:
    case = folds.case(name).state
    if case.beneficiary_id is None:
        return ()
    return _rows(name, case.beneficiary_id, sorted(case.custody.numbers), folds)


def _rows(name: str, person: UUID, numbers: Iterable[str], folds: Folds) -> Iterator[KnownBy]:
    for mark in sorted({folds.mark(number) for number in numbers} - {""}):
        yield _row(owner=UUID(name), beneficiary_id=person, mark=SortedText(mark))


KNOWN_BY = Derived(known_by, StreamKind.BENEFICIARY, _of_person)
KNOWN_BY_OF_CASES = Derived(known_by, StreamKind.CASE, _of_case)
