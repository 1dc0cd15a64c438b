"""What the answer about a track of any kind says; a kind's own answer begins from here."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.case.moment import Moment
from domain.case.state import CaseState
from domain.case.vocabulary import Stage, TrackEnd, TrackKind
from domain.message import Message
from domain.tracks.base import TrackState
from domain.values.trades import Trade


class AnyTrackAnswer(Message):
    """A track; each date is when that milestone happened."""

    track_id: UUID
    kind: TrackKind
    stage: Stage
    opened_on: date | None
    trade: Trade | None
    ended_on: date | None
    ended_as: TrackEnd | None

    @property
    def begun_on(self) -> date | None:
        """Since when it is followed up, where it is."""
        return None

    @property
    def family_may_continue(self) -> bool:
        """Whether the family can go on with it while the person is in detention."""
        return False

    @property
    def money_to_come(self) -> bool:
        """Whether public money was promised to it that is not handed over yet."""
        return False


def told_of_any(case: CaseState, track_id: UUID, track: TrackState) -> dict[str, Any]:
    """The values of those fields."""
    return {
        "track_id": track_id,
        "stage": track.stage(case),
        "opened_on": track.opened.on,
        "trade": track.trade,
        "ended_on": day_of(track.ended),
        "ended_as": track.ended_as,
    }


def day_of(moment: Moment | None) -> date | None:
    return moment.on if moment else None
