"""Somebody is arrested, held, let out, bound, called back, or away: by chance."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from domain.case.custody import steps as s
from domain.case.custody.evolve import can_return
from domain.case.custody.state import Custody
from domain.case.custody.vocabulary import (
    DetentionKind,
    EpisodeEnd,
    EpisodeKind,
    PardonKind,
    PenaltyKind,
    ReleaseKind,
    TrackInside,
)
from domain.case.state import CaseState
from domain.example.person import EXAMPLE
from domain.message import Step
from tests.closer.moves import WHY, on_case
from tests.closer.site import TODAY, Site, Try

GOES_ON = 0.6
LEAVES = 0.3
"""How often somebody who is held is let out."""
SOON, LONG = timedelta(days=60), timedelta(days=300)


def in_custody(site: Site, case_id: UUID) -> Try | None:
    """None of whom it cannot be told any more. Whose custody goes on is told of mostly."""
    going_on = [each for each in site.cases if _goes_on(site.case(each))]
    if going_on and site.random.random() < GOES_ON:
        case_id = site.random.choice(going_on)
    case = site.case(case_id)
    if case_id in site.outside.dead or not case.is_open:
        return None
    held = case.custody.in_detention
    if held and site.random.random() < LEAVES:
        return on_case(case_id, _left(site))
    steps = list(_inside(site, case) if held else _in_freedom(site, case_id, case))
    return on_case(case_id, site.random.choice(steps))


def _goes_on(case: CaseState) -> bool:
    """Whether they are held, or bound."""
    running = any(each.running for each in case.custody.episodes)
    return case.is_open and (case.custody.in_detention or running)


def _left(site: Site) -> Step:
    release = site.random.choice(list(ReleaseKind))
    until = site.day + SOON if release is ReleaseKind.CONDITIONAL else None
    return s.RecordRelease(occurred_on=TODAY, release=release, conditions_until=until)


def _inside(site: Site, case: CaseState) -> Iterator[Step]:
    """What happens while they are held."""
    random, custody = site.random, case.custody
    if can_return(custody):
        yield s.ReturnToDetention(occurred_on=TODAY)
    yield s.BeginAlternativePenalty(occurred_on=TODAY, penalty=PenaltyKind.TREATMENT)
    yield s.BeginDetention(occurred_on=TODAY, kind=random.choice(list(DetentionKind)))
    yield s.RecordPrisonTransfer(occurred_on=TODAY, prison=EXAMPLE.other_prison)
    yield s.ChangeExpectedEnd(occurred_on=TODAY, expected_end=site.day + LONG)
    yield s.RecordPardon(
        occurred_on=TODAY, pardon=PardonKind.REDUCTION, reduced_days=random.choice([10, 30])
    )
    yield s.RecordExitPermit(occurred_on=TODAY, until=site.day + timedelta(days=2))
    yield s.PrepareConditionalRelease(occurred_on=TODAY, earliest_on=site.day + SOON)
    if custody.detention is not None and custody.detention.prepared is not None:
        for granted in (True, True, False):
            yield s.AnswerConditionalRelease(occurred_on=TODAY, granted=granted)
    if custody.detention is not None:
        kind = custody.detention.kind
        yield s.EndEpisode(occurred_on=TODAY, episode=kind, end=EpisodeEnd.ESCAPE)
    yield s.EndEpisode(
        occurred_on=TODAY, episode=EpisodeKind.REMAND, end=EpisodeEnd.END_OF_SENTENCE
    )


def _in_freedom(site: Site, case_id: UUID, case: CaseState) -> Iterator[Step]:
    """They are arrested, or bound by something; what binds them goes on, ends, or fails."""
    random, choices = site.random, _choices(site, case_id)
    kind = random.choice(list(DetentionKind))
    yield s.BeginDetention(occurred_on=TODAY, kind=kind, tracks=choices)
    yield s.BeginAlternativePenalty(
        occurred_on=TODAY, penalty=PenaltyKind.COMMUNITY_WORK, hours_ordered=100
    )
    yield s.PlaceInChildProtection(occurred_on=TODAY)
    if can_return(case.custody):
        yield s.ReturnToDetention(occurred_on=TODAY, tracks=choices)
    yield from _bound(case.custody)


def _bound(custody: Custody) -> Iterator[Step]:
    if custody.running(EpisodeKind.ALTERNATIVE_PENALTY):
        for hours in (10, 40, 90):
            yield s.RecordPenaltyHours(occurred_on=TODAY, hours_done=hours)
    for kind in (EpisodeKind.ALTERNATIVE_PENALTY, EpisodeKind.CONDITIONAL_RELEASE):
        if custody.running(kind):
            yield s.RecordBreach(occurred_on=TODAY, reason=WHY)
            end = EpisodeEnd.END_OF_SENTENCE
            yield s.EndEpisode(occurred_on=TODAY, episode=kind, end=end)
    if custody.placed:
        kind, end = EpisodeKind.CHILD_PROTECTION, EpisodeEnd.END_OF_SENTENCE
        yield s.EndEpisode(occurred_on=TODAY, episode=kind, end=end)


def _choices(site: Site, case_id: UUID) -> tuple[s.TrackChoice, ...]:
    """For each open track: it rests, the family goes on with it, or it ends."""
    choice = site.random.choice(list(TrackInside))
    family = choice is TrackInside.FAMILY_CONTINUES
    return tuple(
        s.TrackChoice(
            track_id=track_id, choice=choice, family_member="A sister." if family else None
        )
        for track_id, track in site.case(case_id).tracks.items()
        if track.open_on(site.day)
    )
