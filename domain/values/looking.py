"""By which door somebody reads of people, and for what: said once a sign-in, or with a request."""

from datetime import datetime
from enum import StrEnum

from domain.values.calendar import CASABLANCA, Calendar


class Door(StrEnum):
    """By which way somebody came to read."""

    CONSOLE = "console"
    API = "api"
    HOUSE = "house"
    """A command on the machine itself, or what Jisr does by itself."""


class ReadingPurpose(StrEnum):
    """Kinds of work for which personal data is read."""

    ACCOMPANIMENT = "accompaniment"
    """Following the people in one's charge."""
    SUPERVISION = "supervision"
    """Looking after colleagues' work: confirming, escalations, whose turn it is."""
    DECISION = "decision"
    """Preparing opinions, sessions, orders and ceremonies."""
    REPORTING = "reporting"
    """Numbers and reports."""
    PERSONS_REQUEST = "persons_request"
    """Answering what a person asked of their own data, or a complaint."""
    AUDIT = "audit"
    """Checking what was recorded, and who read it."""
    UPKEEP = "upkeep"
    """Looking after the installation, and programs that exchange with it."""


class UnusualKind(StrEnum):
    """Why somebody's reading is looked at first. It says nothing yet: there may be a reason."""

    NO_STEP = "no_step"
    """Of one case, alone, without a step on it within 30 days, by somebody whose case it is not."""
    MANY = "many"
    """More cases within an hour, one by one, than anybody works on."""
    OUTSIDE_HOURS = "outside_hours"
    """At night, on a Saturday or Sunday, or on a holiday."""
    REFUSED = "refused"
    """Of what was not theirs to read."""
    EMERGENCY = "emergency"
    """Of another centre's case, opened for three hours with a reason."""


def outside_hours(at: datetime, calendar: Calendar, opens: int, closes: int) -> bool:
    """Whether nobody is at work at that moment; `opens`, `closes`: local hours of a working day."""
    local = at.astimezone(CASABLANCA)
    return not (opens <= local.hour < closes and calendar.is_working_day(local.date()))
