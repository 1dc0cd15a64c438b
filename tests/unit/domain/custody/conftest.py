"""Somebody with a case, whom the programme on paper takes in and out of prison."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from domain.case import steps as c
from domain.case.custody import steps as custody
from domain.case.custody import steps as s
from domain.case.custody.state import Custody
from domain.case.custody.vocabulary import (
    DetentionKind,
    EpisodeEnd,
    EpisodeKind,
    ReleaseKind,
    TrackInside,
)
from domain.case.reviews import dues
from domain.case.schedule import Due, ReviewKind
from domain.case.vocabulary import Channel, ContactOutcome, Route, Stage
from domain.errors import Refused
from domain.message import Step
from tests.unit.domain.conftest import House

SUSPENDED = s.TrackChoice(choice=TrackInside.SUSPENDED)


@dataclass
class Life:
    """Days count from the opening of the case."""

    house: House

    @property
    def custody(self) -> Custody:
        return self.house.case.custody

    def stage(self) -> Stage:
        return self.house.case.stage

    def is_free(self) -> bool:
        return self.house.case.is_free

    def day(self, day: int) -> date:
        return self.house.way.day(day)

    def take(self, step: Step) -> None:
        self.house.take(step)

    def refuses(self, step: Step) -> str:
        with pytest.raises(Refused) as refusal:
            self.take(step)
        return refusal.value.code

    def enter(self, day: int, kind: DetentionKind = DetentionKind.SENTENCE, **told: Any) -> None:
        self.take(s.BeginDetention(occurred_on=self.day(day), kind=kind, **told))

    def leave(self, day: int, kind: ReleaseKind = ReleaseKind.END_OF_SENTENCE, **told: Any) -> None:
        self.take(custody.RecordRelease(occurred_on=self.day(day), release=kind, **told))

    def end(self, day: int, episode: EpisodeKind, end: EpisodeEnd) -> None:
        self.take(s.EndEpisode(occurred_on=self.day(day), episode=episode, end=end))

    def come_back(self, day: int, **told: Any) -> None:
        self.take(s.ReturnToDetention(occurred_on=self.day(day), **told))

    def meet(self, day: int) -> None:
        reached = ContactOutcome.REACHED
        self.take(
            c.RecordContact(occurred_on=self.day(day), channel=Channel.AT_CENTRE, outcome=reached)
        )

    def due(self, kind: ReviewKind) -> list[Due]:
        every = dues(self.house.case, self.house.paper.calendar)
        return [due for due in every if due.kind is kind]


def opened(house: House, route: Route) -> Life:
    house.take(house.way.step(c.OpenCase).model_copy(update={"route": route}))
    return Life(house)


@pytest.fixture
def life(house: House) -> Life:
    """Of somebody whose case was opened in detention; nothing is told of it yet."""
    return opened(house, Route.DETENTION)


@pytest.fixture
def outside(house: House) -> Life:
    """Of somebody who came after a release; nothing is told of it yet."""
    return opened(house, Route.AFTER_RELEASE)
