"""How long what is known of somebody is kept, and since which day that is counted.

What law and accounts ask to be kept is the least (`proof.py`); this is the most. Nothing goes by
itself: what is due stands on a yearly list, and two people erase it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.rules import Rules
from domain.rules.vocabulary import Kept
from domain.values.calendar import months_after


@dataclass(frozen=True, slots=True)
class KeptTo:
    """As what it is kept, counted from which day, and to which."""

    kept: Kept
    since: date
    until: date


def kept_of_person(
    registered: date,
    closed: Iterable[date | None],
    moved: Iterable[date | None],
    by: Iterable[Rules],
) -> KeptTo:
    """What is kept the longest counts: of public goods, of a case, else of being registered.

    `closed` and `moved`: on which days their cases were closed, and public money moved; `by`: the rules
    that their cases go by, of which those count that keep the longest, or of who has none the rules of
    the day of registering.
    """
    rules = tuple(by)
    ends = [kept_as(Kept.REGISTRATION, registered, *rules)]
    ends += [kept_as(Kept.CASE, day, *rules) for day in closed if day]
    ends += [kept_as(Kept.PUBLIC_GOODS, day, *rules) for day in moved if day]
    of_a_case = [each for each in ends if each.kept is not Kept.REGISTRATION]
    return max(of_a_case or ends, key=lambda each: (each.until, each.kept is Kept.PUBLIC_GOODS))


def kept_as(kept: Kept, since: date, *by: Rules) -> KeptTo:
    years = max(years_of(kept, rules) for rules in by)
    return KeptTo(kept, since, months_after(since, 12 * years))


def years_of(kept: Kept, rules: Rules) -> int:
    """By the rules."""
    years = {
        Kept.PUBLIC_GOODS: rules.public_proof_years,
        Kept.CASE: rules.case_kept_years,
        Kept.REGISTRATION: rules.registration_kept_years,
        Kept.COMPLAINT: rules.complaint_kept_years,
    }
    return years[kept]
