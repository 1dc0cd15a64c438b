"""The steps about custody: what begins and ends an episode, and what happens in one."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from domain.case.custody.events import ChosenForTrack
from domain.case.custody.vocabulary import (
    DetentionKind,
    EpisodeEnd,
    EpisodeKind,
    PardonKind,
    ReleaseKind,
    SentenceKind,
)
from domain.case.steps import CustodyStep, JudicialText, PrisonIfKnown
from domain.message import FieldClass, Message, NameText
from domain.values.codes import PrisonCode
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
    detention_number: JudicialText = None
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
    detention_number: JudicialText = None
    reason: JudicialText = None
    tracks: TrackChoices = ()


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
