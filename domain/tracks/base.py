"""What a track of any kind is, as far as its case asks: a kind's own state begins from here.

`case/track.py` says what is asked. What is answered here holds for a kind to which no public money
goes, where nothing is visited and nothing falls due: each kind says anew what is different of it.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from domain.case.events import TrackEvent
from domain.case.held import Series
from domain.case.moment import Moment, moment
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.case.vocabulary import Outcome, Stage, TrackEnd, TrackKind
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.rules import Rules
from domain.values.calendar import Calendar
from domain.values.trades import Trade


@dataclass(frozen=True)
class TrackState(ABC):
    """A `Track`; its kind, its stage and what it proves are each kind's own to say."""

    opened: Moment
    number: int = 1
    """Among the case's tracks of its kind, as they were opened."""
    trade: Trade | None = None
    ended: Moment | None = None
    ended_as: TrackEnd | None = None

    @property
    @abstractmethod
    def kind(self) -> TrackKind: ...

    @abstractmethod
    def stage(self, case: CaseState) -> Stage: ...

    @abstractmethod
    def lacks(self, outcome: Outcome, on: date, rules: Rules) -> str | None: ...

    def open_on(self, day: date) -> bool:
        return self.opened.on <= day and (self.ended is None or day < self.ended.on)

    @property
    def begun_on(self) -> date | None:
        return None

    @property
    def achieved(self) -> bool:
        return self.begun_on is not None

    @property
    def undecided(self) -> bool:
        return False

    @property
    def seen(self) -> Moment | None:
        return None

    @property
    def money_open(self) -> bool:
        return False

    @property
    def money_spent(self) -> bool:
        return False

    @property
    def has_visits(self) -> bool:
        return False

    @property
    def family_may_continue(self) -> bool:
        return False

    @property
    def handed_over_on(self) -> tuple[date, ...]:
        return ()

    @property
    def latest_on(self) -> date:
        return self.opened.on

    def often_seen_until(self, _rules: Rules) -> date | None:
        return None

    def speaks_against(self, _outcome: Outcome) -> bool:
        return False

    def scheduled(self, _case: CaseState, _rules: Rules, _calendar: Calendar) -> Iterator[Due]:
        return iter(())

    def standing_name(self, _kind: str, _parts: Sequence[str]) -> str | None:
        return None

    def is_numbered(self, among: Sequence[str]) -> bool:
        """Whether a name that ends so is of this one of its kind: the first is not numbered."""
        return (among[0] if among else "1") == str(self.number)

    def series(self, _rules: Rules, _calendar: Calendar) -> Iterator[Series]:
        return iter(())

    def scheduled_until(self, _rules: Rules, _calendar: Calendar) -> Moment | None:
        return self.ended

    @classmethod
    def opened_on(cls, before: object, when: Moment, number: int) -> Self:
        """The track opened; what happened on it before, by its day, stays."""
        track = before if isinstance(before, cls) else cls(opened=when)
        return replace(track, opened=when, number=number)

    @classmethod
    def so_far(cls, state: CaseState, event: TrackEvent, envelope: Envelope) -> Self:
        """The event's track. Total: one that is not open yet begins here."""
        track = state.tracks.get(event.track_id)
        return track if isinstance(track, cls) else cls(opened=moment(envelope))

    @classmethod
    def changed(
        cls, state: CaseState, event: TrackEvent, envelope: Envelope, **changes: Any
    ) -> CaseState:
        """The case with the event's track changed."""
        track: Any = replace(cls.so_far(state, event, envelope), **changes)
        return state.with_track(event.track_id, track)
