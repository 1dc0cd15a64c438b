"""How far a vocational training track has come, and what its case may ask of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.case.moment import Moment
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.case.vocabulary import Outcome, Stage, TrackKind
from domain.rules import Rules
from domain.tracks.training.schedule import end_of
from domain.tracks.training.state import Trained
from domain.tracks.training.vocabulary import TrainingStatus
from domain.tracks.vocational_training.vocabulary import NotAdmitted
from domain.values.calendar import Calendar


@dataclass(frozen=True)
class VocationalTraining(Trained):
    """A person can apply and be enrolled again on the same track, until they are certified."""

    applied: Moment | None = None
    """Last."""
    refused: Moment | None = None
    """When they were last not admitted."""
    refused_because: NotAdmitted | None = None
    waits: bool = False
    """Whether the last application was not refused."""

    @property
    def kind(self) -> TrackKind:
        return TrackKind.VOCATIONAL_TRAINING

    @property
    def apart(self) -> tuple[str, ...]:
        return (self.kind,)

    @property
    def applies(self) -> bool:
        """Whether an application waits for its answer: an enrolment on its day or later is one."""
        if not self.waits or self.applied is None or self.attends:
            return False
        return self.enrolled is None or self.enrolled.on < self.applied.on

    @property
    def begun_on(self) -> date | None:
        return self.enrolled_first

    @property
    def achieved(self) -> bool:
        return self.training is TrainingStatus.COMPLETED

    @property
    def latest_on(self) -> date:
        told = (self.applied, self.refused)
        days = [each.on for each in told if each is not None]
        return max((self.opened.on, self.trained_last or self.opened.on, *days))

    def stage(self, _case: CaseState) -> Stage:
        return Stage.FOLLOW_UP if self.achieved else Stage.TRAINING

    def lacks(self, outcome: Outcome, _on: date, _rules: Rules) -> str | None:
        """Whoever is in a training that has not ended is in training."""
        attends = outcome is Outcome.IN_TRAINING and self.attends and self.ended is None
        return None if attends else "not_enrolled"

    def scheduled(self, _case: CaseState, rules: Rules, calendar: Calendar) -> Iterator[Due]:
        return end_of(self, rules, calendar)


def find_vocational_training(case: CaseState) -> VocationalTraining | None:
    """The case's track of this kind: the open one, else the last that ended."""
    tracks = [each for each in case.tracks.values() if isinstance(each, VocationalTraining)]
    return next((each for each in tracks if each.ended is None), tracks[-1] if tracks else None)
