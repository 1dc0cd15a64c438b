"""How far a training has come: what a track of which it is a part begins from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.case.moment import Moment, day_of
from domain.case.schedule import ReviewKind, numbered
from domain.case.state import CaseState
from domain.tracks.base import TrackState
from domain.tracks.training.vocabulary import Presence, TrainingStatus
from domain.values.trades import Trade

TRAINING_BEHIND = frozenset({TrainingStatus.COMPLETED, TrainingStatus.WAIVED})


@dataclass(frozen=True)
class Trained(TrackState):
    """Each `Moment` is when a milestone was passed."""

    training: TrainingStatus = TrainingStatus.NONE
    training_changed: Moment | None = None
    enrolled: Moment | None = None
    """Last."""
    enrolled_first: date | None = None
    provider: str | None = None
    """Who trains them, or did last."""
    trainers: tuple[str, ...] = ()
    """All who ever did, by their codes in the registry."""
    training_planned_end: date | None = None
    cohort_id: UUID | None = None
    """In which they are, or were when it ended."""
    learnt: Trade | None = None
    """The trade of a training that was passed, or is waived because the person knows it."""
    attended: Mapping[date, Presence] = field(default_factory=dict)
    """By the day, as it was told last."""
    times: Mapping[ReviewKind, int] = field(default_factory=dict)
    """How often each of what comes again was done: a training, a study, a submission."""

    @property
    def attends(self) -> bool:
        """Whether they are in a training that has not ended for them."""
        return self.training is TrainingStatus.ENROLLED

    @property
    def attended_last(self) -> date | None:
        """The last day told of since the enrolment."""
        since = day_of(self.enrolled)
        return max((day for day in self.attended if since and day >= since), default=None)

    @property
    def trained_last(self) -> date | None:
        """The latest day of what happened in a training."""
        changed = day_of(self.training_changed)
        days = (*self.attended, *([changed] if changed else ()))
        return max(days, default=None)

    def trained(self, certified: frozenset[Trade]) -> bool:
        """Training completed or waived, or a certificate earned elsewhere."""
        return bool(certified) or self.training in TRAINING_BEHIND

    def once_more(self, kind: ReviewKind) -> Mapping[ReviewKind, int]:
        """`times`, with that done again."""
        return {**self.times, kind: self.times.get(kind, 0) + 1}

    def next(self, kind: ReviewKind) -> str:
        """The name of a review that comes again: its ordinal is one more than those done."""
        ordinal = self.times.get(kind, 0) + 1
        return numbered(kind, "/".join((*self.apart, str(ordinal))), self.number)

    @property
    def apart(self) -> tuple[str, ...]:
        """What comes before the ordinal in the names of its reviews, so that no other kind of track that
        has a training names one alike.
        """
        return ()

    def is_named(self, parts: Sequence[str]) -> bool:
        """Whether a review whose name ends so is one of this track's."""
        apart = len(self.apart)
        ordinal, *among = (*parts[apart:], "")[: len(parts) - apart or 1]
        return tuple(parts[:apart]) == self.apart and ordinal.isdigit() and self.is_numbered(among)

    def standing_name(self, kind: str, parts: Sequence[str]) -> str | None:
        """Of the end of a training: the next one's, which its own day says."""
        if kind != ReviewKind.TRAINING_END or not self.is_named(parts):
            return None
        return self.next(ReviewKind.TRAINING_END)


def find_trained(case: CaseState) -> Trained | None:
    """The case's track that has a training: an open one, else the last that ended."""
    tracks = [each for each in case.tracks.values() if isinstance(each, Trained)]
    return next((each for each in tracks if each.ended is None), tracks[-1] if tracks else None)
