"""The steps about custody: what begins and ends an episode, and what happens in one."""

from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from domain.case.custody.events import ChosenForTrack
from domain.case.custody.vocabulary import (
    DetentionKind,
    EpisodeEnd,
    EpisodeKind,
    PardonKind,
    PenaltyKind,
    ReleaseKind,
    SentenceKind,
)
from domain.case.steps import CustodyStep, JudicialText, PrisonIfKnown
from domain.message import FieldClass, LongText, Message, NameText, ShortText
from domain.values.codes import ChildProtectionCode, PenaltyPlaceCode, PrisonCode
from domain.values.days import PastDay, PlannedDay


class EpisodeStep(CustodyStep):
    """A step about an episode, which may be older than the programme."""

    occurred_on: PastDay = Field(examples=["2024-07-18"])
    """The day it happened, as the user dates it (Africa/Casablanca); not when it was typed."""


class TrackChoice(ChosenForTrack, Message):
    """What becomes of an open track: for visits and what remains to be delivered."""

    track_id: UUID | None = None
    """Which track; may be left out where the case has only one open."""
    family_member: Annotated[NameText | None, FieldClass.PERSONAL] = None
    """The adult with whom it goes on."""


TrackChoices = Annotated[tuple[TrackChoice, ...], Field(max_length=10)]


class BeginDetention(EpisodeStep):
    """Record an entry into detention, first or again: on the day it began.

    For each track that is open on that day it says what becomes of it. A remand that begins
    during a sentence is a mark on the sentence, and no entry.
    """

    kind: DetentionKind
    prison: PrisonIfKnown = None
    expected_end: PlannedDay | None = None
    conditional_from: PlannedDay | None = None
    """The earliest day of a conditional release."""
    detention_number: Annotated[ShortText | None, FieldClass.JUDICIAL] = None
    sentence: SentenceKind | None = None
    sentence_months: int | None = Field(None, ge=1, le=1200)
    tracks: TrackChoices = ()


class ReturnToDetention(EpisodeStep):
    """Record that the person is back in detention for what was interrupted.

    After an escape, or where a conditional release or an alternative penalty is revoked. For
    another matter, record an entry into detention.
    """

    prison: PrisonIfKnown = None
    expected_end: PlannedDay | None = None
    detention_number: Annotated[ShortText | None, FieldClass.JUDICIAL] = None
    reason: JudicialText = None
    tracks: TrackChoices = ()


class BeginAlternativePenalty(EpisodeStep):
    """Record an alternative penalty: given as the sentence, or for what remains of one.

    Where the person was inside, it is their release.
    """

    penalty: PenaltyKind
    expected_end: PlannedDay | None = None
    hours_ordered: int | None = Field(None, ge=1, le=10000)
    """Of community work."""
    institution: Annotated[PenaltyPlaceCode | None, FieldClass.JUDICIAL] = None
    conditions: JudicialText = None


class RecordPenaltyHours(EpisodeStep):
    """Record how many hours of community work are done in all."""

    hours_done: int = Field(ge=0, le=10000)


class PlaceInChildProtection(EpisodeStep):
    """Record that a minor was placed in a child-protection centre."""

    institution: Annotated[ChildProtectionCode | None, FieldClass.JUDICIAL] = None
    expected_end: PlannedDay | None = None


class PrepareConditionalRelease(EpisodeStep):
    """Record the request for a conditional release, with what the centre attests."""

    earliest_on: PlannedDay | None = None
    """The earliest day on which the person can be released so."""
    attests: JudicialText = None


class AnswerConditionalRelease(EpisodeStep):
    """Record the answer to a request for a conditional release; the release is recorded apart."""

    granted: bool
    reason: JudicialText = None


class RecordBreach(EpisodeStep):
    """Record that the conditions of a release, or of an alternative penalty, were breached.

    Revoked, the person returns to detention: that is a step of its own.
    """

    reason: Annotated[LongText, FieldClass.JUDICIAL]


class RecordExitPermit(EpisodeStep):
    """Record an exit permit: the person is outside for some days, and is met there."""

    with_the_person: ClassVar[bool] = True

    until: PlannedDay
    reason: JudicialText = None


class RecordPrisonTransfer(EpisodeStep):
    """Record a transfer to another prison."""

    prison: Annotated[PrisonCode, FieldClass.JUDICIAL]


class ChangeExpectedEnd(EpisodeStep):
    """Change the day on which an episode is expected to end, or say that it is unknown."""

    expected_end: PlannedDay | None
    episode: EpisodeKind | None = None
    """Of which kind; left out, what the person is inside for, else the last that runs."""
    reason: JudicialText = None


class RecordPardon(EpisodeStep):
    """Record a royal pardon; it changes the expected end, it does not release.

    Several reductions add up. With an expected end, that day counts instead.
    """

    pardon: PardonKind
    reduced_days: int | None = Field(None, ge=1, le=20000)
    expected_end: PlannedDay | None = None


class RecordRelease(EpisodeStep):
    """Record that the person left prison: from not free to free."""

    release: ReleaseKind
    pardon_list: bool = False
    """Whether they were on a list of pardons, whatever ended the sentence."""
    conditions_until: PlannedDay | None = None
    """End of the conditions of a conditional release."""
    conditions: JudicialText = None


class EndEpisode(EpisodeStep):
    """Record the end of what binds a person in freedom, an escape, or the end of a remand during a
    sentence. Who leaves prison is released instead.
    """

    episode: EpisodeKind
    end: EpisodeEnd
    reason: JudicialText = None
