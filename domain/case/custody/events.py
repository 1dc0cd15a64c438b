"""What is recorded of custody: all of it behind the veil, for a name or a day would tell."""

from datetime import date
from uuid import UUID

from domain.case.custody.vocabulary import (
    DetentionKind,
    EpisodeEnd,
    EpisodeKind,
    PardonKind,
    PenaltyKind,
    ReleaseKind,
    SentenceKind,
    TrackInside,
)
from domain.case.events import CUSTODY, CaseEvent
from domain.message import Judicial, Record


class ChosenForTrack(Record):
    """What becomes of a track while its person is inside."""

    track_id: UUID | None = None
    choice: TrackInside
    family_member: str | None = None
    """The adult with whom it goes on."""


class DetentionBegun(CaseEvent, stored="DetentionBegun", veil=CUSTODY):
    """An entry, or a mark on a sentence: the day is that on which it began."""

    kind: Judicial[DetentionKind] = None
    prison: Judicial[str] = None
    expected_end: Judicial[date] = None
    conditional_from: Judicial[date] = None
    detention_number: Judicial[str] = None
    sentence: Judicial[SentenceKind] = None
    sentence_months: Judicial[int] = None
    tracks: Judicial[tuple[ChosenForTrack, ...]] = None
    """What was chosen for each that was open."""


class ReturnedToDetention(CaseEvent, stored="ReturnedToDetention", veil=CUSTODY):
    """Back for what was interrupted; what bound the person in freedom is revoked."""

    prison: Judicial[str] = None
    expected_end: Judicial[date] = None
    detention_number: Judicial[str] = None
    reason: Judicial[str] = None
    tracks: Judicial[tuple[ChosenForTrack, ...]] = None


class AlternativePenaltyBegun(CaseEvent, stored="AlternativePenaltyBegun", veil=CUSTODY):
    penalty: Judicial[PenaltyKind] = None
    expected_end: Judicial[date] = None
    hours_ordered: Judicial[int] = None
    institution: Judicial[str] = None
    conditions: Judicial[str] = None


class PenaltyHoursRecorded(CaseEvent, stored="PenaltyHoursRecorded", veil=CUSTODY):
    """How many are done in all."""

    hours_done: Judicial[int] = None


class PlacedInChildProtection(CaseEvent, stored="PlacedInChildProtection", veil=CUSTODY):
    institution: Judicial[str] = None
    expected_end: Judicial[date] = None


class ConditionalReleasePrepared(CaseEvent, stored="ConditionalReleasePrepared", veil=CUSTODY):
    earliest_on: Judicial[date] = None
    attests: Judicial[str] = None


class ConditionalReleaseAnswered(CaseEvent, stored="ConditionalReleaseAnswered", veil=CUSTODY):
    granted: Judicial[bool] = None
    reason: Judicial[str] = None


class BreachRecorded(CaseEvent, stored="BreachRecorded", veil=CUSTODY):
    reason: Judicial[str] = None


class ExitPermitRecorded(CaseEvent, stored="ExitPermitRecorded", veil=CUSTODY):
    """From its day on, until this one; the person was met outside."""

    until: Judicial[date] = None
    reason: Judicial[str] = None


class PrisonTransferRecorded(CaseEvent, stored="PrisonTransferRecorded", veil=CUSTODY):
    prison: Judicial[str] = None


class ExpectedEndChanged(CaseEvent, stored="ExpectedEndChanged", veil=CUSTODY):
    expected_end: Judicial[date] = None
    episode: Judicial[EpisodeKind] = None
    reason: Judicial[str] = None


class PardonRecorded(CaseEvent, stored="PardonRecorded", veil=CUSTODY):
    pardon: Judicial[PardonKind] = None
    reduced_days: Judicial[int] = None
    expected_end: Judicial[date] = None


class ReleaseRecorded(CaseEvent, stored="ReleaseRecorded", veil=CUSTODY):
    release: Judicial[ReleaseKind] = None
    pardon_list: Judicial[bool] = None
    conditions_until: Judicial[date] = None
    conditions: Judicial[str] = None


class EpisodeEnded(CaseEvent, stored="EpisodeEnded", veil=CUSTODY):
    episode: Judicial[EpisodeKind] = None
    end: Judicial[EpisodeEnd] = None
    reason: Judicial[str] = None
