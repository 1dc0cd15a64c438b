"""A place in a cohort that is left by what ends a training otherwise: its case, its track, a death.

The place is free again in the same commit, so that no cohort is full of people who are gone. Whoever is
still in training keeps it: a case that is closed as in training, a track that rests in detention, a
case that another centre takes over where the cohort takes people of that centre too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from domain.case import events as e
from domain.case.custody.events import DetentionBegun, ReturnedToDetention
from domain.case.custody.vocabulary import TrackInside
from domain.case.referral.events import ReferralAccepted
from domain.case.state import CaseState
from domain.case.vocabulary import Outcome
from domain.cohort import events as c
from domain.cohort.state import CohortState
from domain.message import Command, Event, Step, StreamKind, stream_id
from domain.steps.handling import Context, Events, Handling, Roles, World
from domain.steps.roles import CASE, StreamRole
from domain.steps.table import Part
from domain.tracks.training import events as t
from domain.tracks.training.state import Trained


def _every(case: CaseState, _event: Event) -> Iterable[UUID]:
    return case.tracks


def _unless_in_training(case: CaseState, event: e.CaseClosed) -> Iterable[UUID]:
    return () if event.outcome is Outcome.IN_TRAINING else case.tracks


def _its_own(_case: CaseState, event: e.TrackEnded) -> Iterable[UUID]:
    return (event.track_id,)


def _ended_inside(_case: CaseState, event: DetentionBegun | ReturnedToDetention) -> Iterable[UUID]:
    chosen = (each for each in event.tracks or () if each.choice is TrackInside.ENDED)
    return (each.track_id for each in chosen if each.track_id is not None)


LEFT_BY: Mapping[type[Event], Callable[[CaseState, Any], Iterable[UUID]]] = {
    e.CaseClosed: _unless_in_training,
    e.DeathRecorded: _every,
    e.TrackEnded: _its_own,
    DetentionBegun: _ended_inside,
    ReturnedToDetention: _ended_inside,
    ReferralAccepted: _every,
}
"""By what, and on which of the case's tracks."""


def leaving_places(part: Part) -> Part:
    """The part, with what its steps free in cohorts."""
    return Part(part.name, tuple(_leaving(row) if _may_free(row) else row for row in part.rows))


def _may_free(row: Handling) -> bool:
    return any(event in LEFT_BY for event in row.makes)


def _leaving(row: Handling) -> Handling:
    def reads(command: Command, case: CaseState) -> Roles:
        return {**row.reads(command, case), **_cohorts(case)}

    def rule(world: World, step: Step, ctx: Context) -> Events:
        made = row.rule(world, step, ctx)
        events = [(CASE, made)] if isinstance(made, Event) else list(made)
        freed = (each for _, event in events for each in _freed(world, event, ctx))
        return [*events, *freed]

    makes: tuple[type[Event], ...] = (*row.makes, t.CohortLeft, c.PlaceLeft)
    return replace(row, makes=makes, reads=reads, rule=rule)


def role_of(cohort: UUID) -> StreamRole[CohortState]:
    """Of each by itself: a case may have a track in one and a track in another."""
    return StreamRole(f"cohort_{cohort}", StreamKind.COHORT, answered=False)


def _cohorts(case: CaseState) -> Roles:
    """Those in which the case's tracks are."""
    named = (cohort for _, cohort in _in_cohorts(case))
    return {role_of(each): stream_id(StreamKind.COHORT, each) for each in named}


def _in_cohorts(case: CaseState) -> Iterator[tuple[UUID, UUID]]:
    for track_id, track in case.tracks.items():
        if isinstance(track, Trained) and track.attends and track.cohort_id is not None:
            yield track_id, track.cohort_id


def _freed(world: World, event: Event, ctx: Context) -> Iterator[tuple[StreamRole[Any], Event]]:
    left_by = LEFT_BY.get(type(event))
    left = frozenset(left_by(world.case, event)) if left_by else frozenset()
    for track_id, cohort_id in _in_cohorts(world.case):
        cohort = world[role_of(cohort_id)]
        stays = isinstance(event, ReferralAccepted) and cohort.takes_from(event.to_centre)
        if track_id in left and cohort.has(ctx.name) and not stays:
            yield CASE, t.CohortLeft(track_id=track_id, cohort_id=cohort_id)
            yield role_of(cohort_id), c.PlaceLeft(case_id=ctx.name)
