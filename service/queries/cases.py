"""One case, as it stands this instant."""

from collections.abc import Collection
from datetime import date
from typing import Annotated, Self, cast
from uuid import UUID

from pydantic import Field

from domain.beneficiary.restriction.vocabulary import RestrictionGround
from domain.beneficiary.state import BeneficiaryState
from domain.case.custody.state import Custody, Episode
from domain.case.custody.vocabulary import EpisodeEnd, EpisodeKind
from domain.case.events import AgreedGoal
from domain.case.moment import Moment
from domain.case.noticed.said import said_to
from domain.case.schedule import ReviewStatus
from domain.case.standing import Standing, standings
from domain.case.state import CaseState
from domain.case.support.needs import needs_of
from domain.case.vocabulary import NeedArea, NeedStatus, Outcome, Route, Stage, TrackKind
from domain.events.veil import month_of
from domain.message import FieldClass, Message, StreamKind, stream_id
from domain.rules import Terms
from domain.tracks.opening import openable
from domain.values.calendar import Calendar
from projections.views.answered import AnsweredReview
from service.access.reader import Reading
from service.access.scope import beneficiary_state
from service.access.things import SeenCase
from service.queries.attestations import AttestationAnswer, attestations_of
from service.queries.case_steps import ClosedStep, OpenStep, closed_steps, open_steps
from service.queries.endings import EndingAnswer, endings
from service.queries.naming import called
from service.queries.referrals import AskedFor, asked_for
from service.queries.services import (
    AwaitedAnswer,
    ConsentAnswer,
    MemberAnswer,
    SupportAnswer,
    awaited_of,
    consents_of,
    household_of,
    supports_of,
)
from service.queries.tracks import TrackAnswer, track_answers
from service.queries.tracks.self_employment import SelfEmploymentAnswer


class Review(AnsweredReview):
    """A review, outstanding or not, and how it stands today.

    Who may not know of custody is not told how late one is that hangs on it.
    """

    status: ReviewStatus
    days_late: int | None
    """After its window had closed: until it was completed, else until today."""
    held_on: date | None
    """The day it was completed."""

    def seen_with(self, allowed: Collection[FieldClass]) -> Self:
        seen = super().seen_with(allowed)
        if seen is self:
            return self
        held = month_of(self.held_on) if self.held_on else None
        return seen.model_copy(update={"days_late": None, "held_on": held})


class EpisodeAnswer(Message):
    """One time of being held, or bound in freedom."""

    number: int
    """1 for the first by its day."""
    kind: EpisodeKind
    started_on: date | None
    place: str | None
    """The prison or institution, by its code."""
    place_name: str | None
    """As it was called on the day of coming there, in the language asked for."""
    expected_end: date | None
    ended_on: date | None
    end: EpisodeEnd | None


class CustodyAnswer(Message):
    """Where the person stands towards prison."""

    free: bool
    placed: bool
    """In child protection."""
    detained_since: date | None
    expected_release: date | None
    released_on: date | None
    """The last passage from not free to free; null while the person is inside."""
    episodes: tuple[EpisodeAnswer, ...]


class CaseAnswer(Message):
    """A case: who, where, how far, what is due, and what can be done now."""

    case_id: UUID
    reference: str = Field(examples=["TAZ-24-0017"])
    """For titles, the phone and paper: the centre, the year of opening, a number."""
    version: int
    """The number in `ETag`, for `If-Match`: a reminder leaves it as it is."""
    beneficiary_id: UUID | None
    merged_into: UUID | None
    """Whom the person goes by, where they were registered twice."""
    set_aside_for: UUID | None
    """The other case of the person that goes on; a track is opened there."""
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    erased_on: date | None
    """The day the person was erased."""
    restricted_until: date | None
    """Until when the person's data is restricted, if it is: the coordinator and auditors read. Where
    they asked for it themselves, by when it is looked at again."""
    restricted_for: RestrictionGround | None
    """Why, where they asked for it themselves."""
    key_lost: bool
    """Whether the names cannot be read though nobody was erased."""
    stage: Stage
    is_open: bool
    paused: bool
    paused_until: date | None
    """When it is looked at again, where it is paused: then the pause ends by itself."""
    outcome: Outcome | None
    route: Route | None
    centre: str | None
    province: str | None
    commune: Annotated[str | None, FieldClass.PERSONAL]
    """In which they live, in the centre's own words."""
    caseworker: UUID | None
    rules_version: str
    rules_terms: Terms | None
    """What that version changes of one that came with Jisr, where the Foundation set it."""
    opened_on: date | None
    eligible: bool | None
    planned_on: date | None
    custody: Annotated[CustodyAnswer | None, FieldClass.JUDICIAL]
    died_on: Annotated[date | None, FieldClass.PERSONAL]
    guardian_told: Annotated[bool | None, FieldClass.PERSONAL]
    """Whether anything may be told through the person's guardian today."""
    needs: Annotated[dict[NeedArea, NeedStatus] | None, FieldClass.HEALTH]
    """As they were assessed last, moved on by the support that answers them."""
    goals: Annotated[tuple[AgreedGoal, ...] | None, FieldClass.PERSONAL]
    """Of the plan that stands, with how far their steps are."""
    consents: tuple[ConsentAnswer, ...]
    """What the person was asked to agree to, and how they answered last."""
    supports: tuple[SupportAnswer, ...]
    awaited: tuple[AwaitedAnswer, ...]
    """What was awaited from somebody outside, and what still is."""
    household: tuple[MemberAnswer, ...]
    """Who of it is served too; those who left stay named."""
    attestations: tuple[AttestationAnswer, ...]
    """Those that were cancelled too."""
    referred_to: str | None
    """The centre to which it is referred, where that has not answered."""
    asked_for: tuple[AskedFor, ...]
    """By other centres, that were not answered."""
    tracks: tuple[TrackAnswer, ...]
    tracks_to_open: Annotated[tuple[TrackKind, ...] | None, FieldClass.PERSONAL]
    """The kinds of which one can be opened: none is open, and the person is of the age for it."""
    reviews: tuple[Review, ...]
    open_steps: tuple[OpenStep, ...]
    closed_steps: tuple[ClosedStep, ...]
    endings: Annotated[tuple[EndingAnswer, ...] | None, FieldClass.JUDICIAL]
    """Each outcome, and what keeps the case from being closed with it today; none once closed."""

    @property
    def with_projects(self) -> tuple[SelfEmploymentAnswer, ...]:
        """The tracks that lead to a project."""
        return tuple(each for each in self.tracks if isinstance(each, SelfEmploymentAnswer))


def get_case(reading: Reading, case: SeenCase, version: int | None = None) -> CaseAnswer:
    """As it is now; its own part as it was at `version` of its stream, where one is given."""
    state, reader, level = case.state, reading.reader, reading.ledger.level.last()
    if version is not None:
        stream = stream_id(StreamKind.CASE, case.id)
        known = reading.ledger.history(stream, up_to=version)
        state = cast("CaseState", reading.ledger.fold(stream, known))
    person, pause = BeneficiaryState(), state.pause_on(reading.today)
    if state.beneficiary_id is not None:
        person = beneficiary_state(reading.ledger, state.beneficiary_id)
    return CaseAnswer(
        case_id=case.id,
        reference=state.reference,
        version=state.seen,
        beneficiary_id=state.beneficiary_id,
        merged_into=person.merged_into,
        set_aside_for=state.set_aside_for,
        name_ar=person.name_ar,
        name_latin=person.name_latin,
        erased_on=person.erased_on,
        restricted_until=person.restricted_until,
        restricted_for=person.restricted_for,
        key_lost=person.key_lost,
        stage=state.stage,
        is_open=state.is_open,
        paused=pause is not None,
        paused_until=pause.until if pause else None,
        outcome=state.outcome,
        route=state.route,
        centre=state.centre,
        province=state.province,
        commune=state.commune,
        caseworker=state.caseworker,
        rules_version=state.rules_version,
        rules_terms=state.rules_terms,
        opened_on=_day(state.opened),
        eligible=state.eligible,
        planned_on=_day(state.planned),
        custody=_custody(state, reading),
        died_on=state.died_on,
        guardian_told=state.may_tell_guardian(reading.today),
        needs=dict(needs_of(state)),
        goals=state.goals,
        consents=tuple(consents_of(state)),
        supports=tuple(supports_of(state, reading)),
        awaited=tuple(awaited_of(state, reading)),
        attestations=tuple(attestations_of(state)),
        household=tuple(household_of(state)),
        referred_to=state.referrals.pending.to_centre if state.referrals.pending else None,
        asked_for=asked_for(state),
        tracks=track_answers(state, reading),
        tracks_to_open=tuple(openable(state, reading.today)),
        reviews=reviews_of(state, reading.calendar, reading.today),
        open_steps=tuple(open_steps(case.id, state, reader.actor, level)),
        closed_steps=tuple(closed_steps(state, reader.language, level)),
        endings=tuple(endings(state, reader.actor, reader.language, reading.today)),
    )


def reviews_of(state: CaseState, calendar: Calendar, today: date) -> tuple[Review, ...]:
    """Every review, soonest first, as it stands on a day: outstanding, exempt, completed, missed."""
    return tuple(review_of(each, state) for each in standings(state, calendar, today))


def review_of(it: Standing, state: CaseState | None = None) -> Review:
    """`state`: of its case, where it is told what was said to the reminder of it."""
    found = Review(
        key=it.due.key,
        kind=it.due.kind,
        due_on=it.due.due_on,
        window_start=it.due.falls_due,
        window_end=it.due.window_end,
        status=it.status,
        days_late=it.days_late,
        held_on=it.held_on,
    )
    waits = it.status in (ReviewStatus.DUE, ReviewStatus.OVERDUE)
    if state is None or not waits:
        return found
    return found.model_copy(update=dict(said_to(it.due, state)))


def _custody(state: CaseState, reading: Reading) -> CustodyAnswer:
    custody, named = state.custody, called(reading)
    return CustodyAnswer(
        free=state.is_free,
        placed=custody.placed,
        detained_since=custody.detained_since if custody.in_detention else None,
        expected_release=custody.expected_release,
        released_on=_day(custody.released),
        episodes=tuple(
            EpisodeAnswer(
                number=each.number,
                kind=each.kind,
                started_on=_day(each.started),
                place=each.place,
                place_name=named(each.place, _came_on(custody, each)),
                expected_end=each.expected_end,
                ended_on=_day(each.ended),
                end=each.end,
            )
            for each in custody.episodes
        ),
    )


def _came_on(custody: Custody, episode: Episode) -> date | None:
    """To where the person was last in that time: the last transfer in it, or its beginning."""
    begun, ended = _day(episode.started), _day(episode.ended)
    moved = (
        move.on
        for move in custody.moves
        if (begun is None or begun <= move.on) and (ended is None or move.on < ended)
    )
    return max(moved, default=begun)


def _day(moment: Moment | None) -> date | None:
    return moment.on if moment else None
