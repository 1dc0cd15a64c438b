"""Which rules could be kept: a number that is none, or with no end, would stop every case that has it."""

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from itertools import chain, pairwise

from domain.rules.shape import DetentionInterval, Rules

MOST = 3660
"""Days, months, minutes or hours: ten years of days are more than any rule waits."""
CLOCK_HOURS = (
    *("reminder_hour", "quiet_from_hour", "quiet_until_hour"),
    *("office_from_hour", "office_until_hour"),
)
MAY_BE_NOTHING = frozenset(
    {"free_days_before_release", "backlog_minutes", "quiet_on_holidays", *CLOCK_HOURS}
)
GOING_UP = ("visit_months", "placement_months", "resumed_visit_months", "escalation_days")
COMMON_YEAR = 2023
MONTHS, HOURS, WEEK = 12, 24, 7


def amiss(rules: Rules) -> str | None:
    """The name of a rule that could not be kept; None where all could."""
    return next(chain(*(each(rules) for each in CHECKS)), None)


def _numbers(rules: Rules) -> Iterator[str]:
    for name, value in rules:
        least = 0 if name in MAY_BE_NOTHING else 1
        if isinstance(value, int) and not least <= value <= MOST:
            yield name
    yield from (name for name in CLOCK_HOURS if getattr(rules, name) >= HOURS)
    if not 0 < rules.new_study_share < 1:
        yield "new_study_share"


def _rows(rules: Rules) -> Iterator[str]:
    """What comes one after the other goes up; what is counted back from a release goes down."""
    for name in GOING_UP:
        if not _goes_up(getattr(rules, name)):
            yield name
    if not _goes_up(rules.pre_release_days[::-1]):
        yield "pre_release_days"
    if not _goes_up(rules.penalty_hours):
        yield "penalty_hours"


def _goes_up(values: Iterable[int]) -> bool:
    found = list(values)
    return found == sorted(set(found)) and bool(found) and found[0] >= 1 and found[-1] <= MOST


def _days_of_school(rules: Rules) -> Iterator[str]:
    for name in ("school_year_begins", "school_year_ends"):
        month, day = getattr(rules, name)
        if not 1 <= month <= MONTHS or not 1 <= day <= monthrange(COMMON_YEAR, month)[1]:
            yield name


def _detention(rules: Rules) -> Iterator[str]:
    """The last interval is for all that is longer."""
    every = rules.detention_intervals
    up_to = [each.remaining_up_to for each in every]
    limits = [each for each in up_to[:-1] if each is not None]
    if (
        not every
        or up_to[-1] is not None
        or len(limits) < len(every) - 1
        or limits != sorted(set(limits))
        or not all(_may_be(each) for each in every)
    ):
        yield "detention_intervals"
    if not _may_be(rules.remand_interval):
        yield "remand_interval"


def _may_be(interval: DetentionInterval) -> bool:
    return 1 <= interval.earliest_months <= interval.latest_months <= MOST


def _money(rules: Rules) -> Iterator[str]:
    one = Decimal(1)
    for kinds in rules.ceilings.values():
        for each in kinds.values():
            if (
                not 0 < each.share <= one
                or each.amount <= 0
                or not 0 <= each.own_part_in_kind <= one
            ):
                yield "ceilings"
    if any(not 0 <= each.least <= each.most for each in rules.ages.values()):
        yield "ages"


def _quiet(rules: Rules) -> Iterator[str]:
    """On some day of the week messages go out."""
    days = set(rules.quiet_weekdays)
    if len(days) >= WEEK or not days <= set(range(1, WEEK + 1)):
        yield "quiet_weekdays"


def _at_work(rules: Rules) -> Iterator[str]:
    """People come before they go; an emergency is over within a day."""
    if rules.office_until_hour <= rules.office_from_hour:
        yield "office_until_hour"
    if rules.emergency_hours > HOURS:
        yield "emergency_hours"


def _heard(rules: Rules) -> Iterator[str]:
    """Silence is never shorter than the longest gap that the visits leave."""
    gaps = (later - sooner for sooner, later in pairwise(rules.visit_months))
    if rules.silence_days_late < 30 * max(gaps, default=0):
        yield "silence_days_late"


CHECKS: tuple[Callable[[Rules], Iterator[str]], ...] = (
    _numbers,
    _rows,
    _days_of_school,
    _detention,
    _money,
    _quiet,
    _at_work,
    _heard,
)
