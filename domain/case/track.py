"""What a case asks of the tracks that hang on it: all it knows of them.

A case can have several, one after another or side by side, also of one kind. Each has an
id; the track's events carry it, and stand in the case's stream.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from domain.case.moment import Moment
from domain.case.vocabulary import Outcome, Stage, TrackKind
from domain.rules import Rules
from domain.values.calendar import Calendar
from domain.values.trades import Trade

if TYPE_CHECKING:
    from domain.case.held import Series
    from domain.case.schedule import Due
    from domain.case.state import CaseState


class Track(Protocol):
    """One track, as far as its case goes. `case` is the case it hangs on."""

    @property
    def kind(self) -> TrackKind: ...

    @property
    def trade(self) -> Trade | None:
        """What it leads to, where that is known."""

    def open_on(self, day: date) -> bool:
        """Whether it had been opened by a day, and had not ended."""

    @property
    def opened(self) -> Moment:
        """When it was opened."""

    @property
    def ended(self) -> Moment | None:
        """When it was ended, where it was."""

    @property
    def begun_on(self) -> date | None:
        """The day of what it is about: of the first delivery, hire or enrolment, where there was one."""

    @property
    def achieved(self) -> bool:
        """Whether what it is for came about: only then it can be said to be completed."""

    @property
    def undecided(self) -> bool:
        """Whether a session is still to decide about it."""

    @property
    def seen(self) -> Moment | None:
        """When the person last signed or received something, or was visited."""

    @property
    def money_open(self) -> bool:
        """Whether public money was promised to it that is not handed over yet."""

    @property
    def money_spent(self) -> bool:
        """Whether anything public was paid or handed over for it."""

    @property
    def has_visits(self) -> bool:
        """Whether its own visits have taken the place of the case's regular contacts."""

    @property
    def family_may_continue(self) -> bool:
        """Whether the family can go on with it while the person is in detention."""

    def often_seen_until(self, rules: Rules) -> date | None:
        """Once it began: until when the person is to be met often on it; None: as long as it is open."""

    @property
    def handed_over_on(self) -> tuple[date, ...]:
        """The days on which something was handed over."""

    @property
    def latest_on(self) -> date:
        """The latest day of what happened on it."""

    def stage(self, case: "CaseState") -> Stage:
        """How far it has brought the case."""

    def lacks(self, outcome: Outcome, on: date, rules: Rules) -> str | None:
        """What it lacks to show what a case closed so on that day says: a code. None: it shows it."""

    def speaks_against(self, outcome: Outcome) -> bool:
        """Whether something on it is undecided that keeps a case from closing with this outcome."""

    def scheduled_until(self, rules: Rules, calendar: Calendar) -> Moment | None:
        """The last day on which something is scheduled on it, or its end; None while it is open
        and has no visits yet.
        """

    def scheduled(self, case: "CaseState", rules: Rules, calendar: Calendar) -> "Iterator[Due]":
        """The reviews it calls for that stay due until they are done."""

    def standing_name(self, kind: str, parts: Sequence[str]) -> str | None:
        """The name that a review of that kind has by what came about on it, whatever ordinal it was
        named by: what is told late moves those. None: such a name is none of its own.
        """

    def series(self, rules: Rules, calendar: Calendar) -> "Iterator[Series]":
        """The occasions it calls for, which can be missed: its visits."""
