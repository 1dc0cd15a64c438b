"""Whom the centre has to call, and about which review: where nobody can be written to.

From some days before a review falls due until its window ends, and until somebody was reached since;
an attempt in vain leaves the call to be made.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.beneficiary.state import BeneficiaryState
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.reaching.telling import Because, Means, how_to_tell
from domain.rules import Rules
from domain.values.calendar import DAY


@dataclass(frozen=True, slots=True)
class Call:
    """To be made within these days."""

    about: Due
    begins: date
    ends: date
    because: Because | None
    """Why nobody is written to."""
    phone: str | None
    """The person's own, or the guardian's who is called; None where only a relative has one."""
    tried: int
    """How often in vain since it was to be made."""


def is_announced(due: Due, rules: Rules) -> bool:
    """Whether the person is told of such a review: they are to be there."""
    return str(due.kind) in rules.announced_reviews


def announced_from(due: Due, rules: Rules) -> date:
    """The first day on which the person is told of it: before it falls due, and within its window."""
    early = due.due_on - timedelta(days=rules.announced_days)
    return max(early, due.falls_due)


def written_from(due: Due, case: CaseState) -> date:
    """The first day on which the person is written to of it: who comes of age just then, from that day."""
    begins, of_age = announced_from(due, case.rules), case.minor_until
    return begins if of_age is None or of_age > due.due_on else max(begins, of_age)


def calls(case: CaseState, person: BeneficiaryState, outstanding: Iterable[Due]) -> Iterator[Call]:
    """Of a case's outstanding reviews, those about which the person is called; no two on one day.

    How the person is told is asked of the day on which the call begins: a minor who comes of age
    before it is written to.
    """
    rules, free_from = case.rules, date.min
    announced = (due for due in outstanding if is_announced(due, rules))
    for due in sorted(announced, key=lambda due: (announced_from(due, rules), due.window_end)):
        begins = announced_from(due, rules)
        telling = how_to_tell(case, person, begins)
        if telling.means is not Means.CALL or _reached(case, begins):
            continue
        shown, ends = max(begins, free_from), _last_day(case, due, telling.because)
        if shown <= ends:
            phone = person.guardian_phone if telling.because is Because.MINOR else person.phone
            tried = sum(begins <= day for day in case.attempts_since)
            yield Call(due, shown, ends, telling.because, phone, tried)
            free_from = ends + DAY


def _last_day(case: CaseState, due: Due, because: Because | None) -> date:
    """From the birthday on nobody is told through the guardian."""
    if because is Because.MINOR and case.minor_until is not None:
        return min(due.window_end, case.minor_until - DAY)
    return due.window_end


def _reached(case: CaseState, since: date) -> bool:
    return case.last_contact is not None and case.last_contact.on >= since
