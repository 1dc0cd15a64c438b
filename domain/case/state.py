"""What a case has come to: the fold of its events."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from domain.asking.waiting import Requests
from domain.beneficiary.state import of_age_on
from domain.case.attestation.state import Attestations
from domain.case.awaiting.state import AwaitedThings
from domain.case.consents.state import Consents, agrees, said_on
from domain.case.consents.vocabulary import Purpose
from domain.case.custody.state import NEVER_HELD, Custody
from domain.case.custody.vocabulary import TrackInside
from domain.case.events import AgreedGoal, StatisticsKept
from domain.case.held import Held
from domain.case.household.state import Household
from domain.case.moment import Moment, day_of
from domain.case.moving_rules.state import Moves, rules_on
from domain.case.noticed.reminded import Reminders
from domain.case.noticed.state import NoticedReviews
from domain.case.putting_off import Exemption, Pause
from domain.case.referral.state import NEVER_REFERRED, Referrals
from domain.case.residence.state import Lived, province_on
from domain.case.support.state import Supports
from domain.case.track import Track
from domain.case.vocabulary import (
    EducationLevel,
    NeedArea,
    NeedStatus,
    Outcome,
    Route,
    Stage,
    TrackEnd,
)
from domain.folds.mended import Mendings
from domain.folds.replacing import replace
from domain.folds.use import Use
from domain.message import FieldClass
from domain.papers.state import Papers
from domain.rules import Rules, Terms, rules_by
from domain.values.trades import Trade


@dataclass(frozen=True)
class CaseState:
    """A case at some version. Nothing personal is needed to decide its steps.

    What comes of an encrypted field has its class here too. The name of a review says what the
    person waits for, at times a release, so what is kept by it is judicial.
    """

    version: int = 0
    seen: int = 0
    reference: str = ""
    """`FES-24-0173`: short enough for the phone and paper."""
    beneficiary_id: UUID | None = None
    route: Route | None = None
    centre: str | None = None
    province: str | None = None
    commune: Annotated[str | None, FieldClass.PERSONAL] = None
    """In that province, in the centre's own words; None where it was not told."""
    caseworker: UUID | None = None
    had_by: frozenset[UUID] = frozenset()
    """Who has the case, or had it before."""
    rules_version: str = ""
    rules_terms: Terms | None = None
    """As of `domain.rules.terms`."""
    moved_to_rules: Annotated[Moves, FieldClass.JUDICIAL] = ()
    """From which other versions it was moved."""
    born: Annotated[date | None, FieldClass.PERSONAL] = None
    """The person's present birth date; the year's last day where only the year is known."""
    death_told: Use | None = None
    """Where it stands that they died."""
    born_told: Use | None = None
    """When the present one was told, where it was changed since the case was opened."""
    consents: Consents = field(default_factory=dict)
    """What the person agrees to, and does not, by purpose."""
    died: Annotated[Moment | None, FieldClass.PERSONAL] = None
    opened: Moment | None = None
    enquired: Moment | None = None
    has_housing: Annotated[bool | None, FieldClass.PERSONAL] = None
    eligible: bool | None = None
    ruled_on: date | None = None
    """The day of the last ruling."""
    custody: Annotated[Custody, FieldClass.JUDICIAL] = NEVER_HELD
    needs: Annotated[Mapping[NeedArea, NeedStatus], FieldClass.HEALTH] = field(default_factory=dict)
    """As they were assessed last: how they stand now says `support/needs.py`."""
    needs_told: Annotated[Mapping[NeedArea, Moment], FieldClass.HEALTH] = field(
        default_factory=dict
    )
    planned: Moment | None = None
    planned_first: date | None = None
    goals: Annotated[tuple[AgreedGoal, ...], FieldClass.PERSONAL] = ()
    """Of the plan that stands, with how far their steps are."""
    wished: Trade | None = None
    qualified: frozenset[Trade] = frozenset()
    """The trade that the plan names as wished, and those it says the person knows."""
    last_contact: Annotated[Moment | None, FieldClass.JUDICIAL] = None
    """The last time somebody was with the person, or reached them; it may have been in prison."""
    meetings: int = 0
    """On how many occasions the person was there."""
    attempts: tuple[date, ...] = ()
    """The days on which the person was to be reached, and was not."""
    calls: tuple[Moment, ...] = ()
    """When they called, or a relative did, and nobody could speak with them."""
    first_contact: Annotated[Moment | None, FieldClass.JUDICIAL] = None
    """The first such time since the release, which so came before."""
    certified: Annotated[frozenset[Trade], FieldClass.JUDICIAL] = frozenset()
    """Trades with a certificate earned in detention, which counts as training."""
    trained_in: frozenset[Trade] = frozenset()
    """Trades with a training outside that was passed, or attended with a certificate."""
    tracks: Mapping[UUID, Track] = field(default_factory=dict)
    """By their ids, the first opened first."""
    pauses: tuple[Pause, ...] = ()
    """By day; the last may go on."""
    restricted: Moment | None = None
    """Since when its data is kept and not used, because its person asked for that."""
    rested: tuple[Pause, ...] = ()
    """The days on which it was so before."""
    set_aside_for: UUID | None = None
    """The other case of the person that goes on, where they were registered twice: what is about the
    person is due in that one, and a track is opened there."""
    turned: Moment | None = None
    """When it was last paused, resumed, closed or reopened; the next such step is not before."""
    outcome: Outcome | None = None
    held: Annotated[tuple[Held, ...], FieldClass.JUDICIAL] = ()
    """The reviews before a release that took place, by day."""
    exemptions: Annotated[Mapping[str, Exemption], FieldClass.HEALTH] = field(default_factory=dict)
    moved: Annotated[Mapping[str, Moment], FieldClass.JUDICIAL] = field(default_factory=dict)
    """Reviews given another day inside their window."""
    studied: Annotated[tuple[EducationLevel, ...], FieldClass.JUDICIAL] = ()
    """In detention, by day; what was completed and what was not."""
    papers: Annotated[Papers, FieldClass.JUDICIAL] = field(default_factory=dict)
    supports: Supports = field(default_factory=dict)
    awaited: AwaitedThings = field(default_factory=dict)
    household: Household = field(default_factory=dict)
    """Those who are served too."""
    attestations: Attestations = field(default_factory=dict)
    requests: Requests = field(default_factory=dict)
    referrals: Referrals = NEVER_REFERRED
    lived: tuple[Lived, ...] = ()
    """By day, where a move was told."""
    mended: Annotated[Mendings, FieldClass.JUDICIAL] = field(default_factory=dict)
    """What became of entries: among them are some of custody, which nothing may tell."""
    kept: StatisticsKept | None = None
    """What is counted of it, once its person is erased."""
    reminded: Annotated[frozenset[tuple[str, date]], FieldClass.JUDICIAL] = frozenset()
    reminders: Reminders = field(default_factory=dict)
    """The last of each review."""
    noticed: Annotated[NoticedReviews, FieldClass.JUDICIAL] = field(default_factory=dict)
    """What was answered to reminders, by the review."""

    @property
    def occasions(self) -> int:
        """How many meetings, and passages in and out of detention, there were: each turns a page."""
        passages = sum(1 + (stay.left is not None) for stay in self.custody.stays)
        return self.meetings + passages

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def begun_on(self) -> date | None:
        """Before it there was no case, and no step of one but what custody was like."""
        return day_of(self.opened)

    @property
    def minor_until(self) -> date | None:
        """The day on which the person comes of age, by their present birth date."""
        return of_age_on(self.born)

    def is_minor(self, on: date) -> bool:
        """Whether the person is below eighteen on that day; not where no birth date is known."""
        return self.minor_until is not None and on < self.minor_until

    @property
    def taught(self) -> frozenset[Trade]:
        """Trades in which the person was trained, inside or outside."""
        return self.certified | self.trained_in

    @property
    def rules(self) -> Rules:
        """Those that it goes by."""
        return rules_by(self.rules_version, self.rules_terms)

    def rules_on(self, day: date) -> Rules:
        """Those by which what is done on a day is decided, whenever it is entered."""
        return rules_on(self.moved_to_rules, self.rules, day)

    @property
    def is_open(self) -> bool:
        return self.exists and self.outcome is None

    @property
    def is_free(self) -> bool:
        """Unless the last episode of custody holds them; without one, only who came in detention
        is not.
        """
        if not self.custody.episodes:
            return self.route is not Route.DETENTION
        return not self.custody.holds

    @property
    def died_on(self) -> date | None:
        return day_of(self.died)

    def province_on(self, day: date) -> str | None:
        """Where the person lived on a day."""
        return province_on(self.lived, day) or self.province

    def may_tell_guardian(self, day: date) -> bool:
        """A minor's is told; from the birthday only by a consent given since."""
        said = said_on(self.consents, Purpose.THROUGH_GUARDIAN)
        if self.is_minor(day) or self.minor_until is None or said is None:
            return self.is_minor(day)
        return said >= self.minor_until and agrees(self.consents, Purpose.THROUGH_GUARDIAN)

    @property
    def attempts_since(self) -> tuple[date, ...]:
        """Attempts in vain since the person was last reached or seen."""
        seen = day_of(self.last_contact)
        return tuple(each for each in self.attempts if seen is None or each > seen)

    def pause_on(self, day: date) -> Pause | None:
        """The pause in which the case rests on that day."""
        return next((each for each in self.pauses if each.holds_on(day)), None)

    @property
    def opened_inside(self) -> bool:
        """Whether the case was opened while the person was in prison."""
        if self.opened is None:
            return False
        if self.custody.stay_on(self.opened.on) is not None:
            return True
        left = self.custody.released_by(self.opened.on)
        return self.route is Route.DETENTION and left is None

    @property
    def stage(self) -> Stage:
        """The case's place on the rail: the furthest open track's, once released."""
        if self.outcome is not None:
            return Stage.CLOSED
        if not self.is_free:
            return Stage.DETENTION
        tracks = self.tracks.values()
        come_to = (track.stage(self) for track in tracks if track.ended is None)
        begun = any(track.begun_on is not None for track in tracks)
        behind = Stage.FOLLOW_UP if begun else Stage.RELEASE
        return max(come_to, key=list(Stage).index, default=behind)

    @property
    def has_visits(self) -> bool:
        """Whether a track's visits have taken the place of regular contacts."""
        return any(track.has_visits for track in self.tracks_that_count)

    @property
    def tracks_that_count(self) -> "tuple[Track, ...]":
        """For how often the person is met: those that are open; once none is, all there were."""
        every = tuple(self.tracks.values())
        return tuple(track for track in every if track.ended is None) or every

    @property
    def handed_over_first(self) -> date | None:
        """The day on which something was first handed over, on whichever track."""
        days = (day for track in self.tracks.values() for day in track.handed_over_on)
        return min(days, default=None)

    def family_continues(self, track: Track) -> bool:
        """Whether an adult of the family goes on with a track while the person is inside."""
        choices = (self.custody.choice(each) for each, own in self.tracks.items() if own == track)
        return TrackInside.FAMILY_CONTINUES in choices

    @property
    def seen_last(self) -> date | None:
        """The last day on which the person was there for something."""
        seen = (self.last_contact, *(track.seen for track in self.tracks.values()))
        return max((each.on for each in seen if each is not None), default=None)

    @property
    def worked_last(self) -> date | None:
        """The latest day of what is done on an open case only."""
        milestones = (self.turned, self.planned, self.last_contact, self.custody.released)
        days = [moment.on for moment in milestones if moment is not None]
        return max((*days, *(track.latest_on for track in self.tracks.values())), default=None)

    def with_track(self, track_id: UUID, track: Track) -> Self:
        return replace(self, tracks={**self.tracks, track_id: track})

    def with_track_ended(self, track_id: UUID, when: Moment, how: TrackEnd) -> Self:
        track: Any = self.tracks.get(track_id)
        if track is None:
            return self
        return self.with_track(track_id, replace(track, ended=when, ended_as=how))

    def with_only(self, track_id: UUID | None) -> Self:
        """The case as if that were its only track; without any for None."""
        kept = {each: track for each, track in self.tracks.items() if each == track_id}
        return replace(self, tracks=kept)
