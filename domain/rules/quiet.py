"""When nothing is sent to anybody: at night, on Sundays and on holidays, by the hours of Morocco.

What is due then waits; it is not lost, and nothing that people do waits for it.
"""

from collections.abc import Iterator
from datetime import date, datetime

from domain.rules.shape import Rules
from domain.values.calendar import CASABLANCA, DAY, Calendar, local_instant


def quiet_until(instant: datetime, rules: Rules, calendar: Calendar) -> datetime | None:
    """The instant (UTC) from which messages go out again; None where they go out at `instant`."""
    local = instant.astimezone(CASABLANCA)
    if not _is_quiet_day(local.date(), rules, calendar) and not _is_quiet_hour(local.hour, rules):
        return None
    return next(each for each in _begins(local.date(), rules, calendar) if each > instant)


def _is_quiet_day(day: date, rules: Rules, calendar: Calendar) -> bool:
    holiday = rules.quiet_on_holidays and day in calendar.holidays
    return holiday or day.isoweekday() in rules.quiet_weekdays


def _is_quiet_hour(hour: int, rules: Rules) -> bool:
    begins, ends = rules.quiet_from_hour, rules.quiet_until_hour
    return begins <= hour < ends if begins <= ends else hour >= begins or hour < ends


def _begins(day: date, rules: Rules, calendar: Calendar) -> Iterator[datetime]:
    """When messages may begin to go out, from a day on; some day of the week they may."""
    hours = [hour for hour in {0, rules.quiet_until_hour} if not _is_quiet_hour(hour, rules)]
    while True:
        if not _is_quiet_day(day, rules, calendar):
            yield from (local_instant(day, hour) for hour in sorted(hours))
        day += DAY
