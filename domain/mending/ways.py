"""How each kind of entry of a case is mended: by its event in the case.

What stands in the case alone is mended by leaving it out, with what stands in its place. What a
step also told of the project, or of the person, is left out there in the same commit; what it freed,
or put on a list of others, is undone there (`undoing.py`). What moved money otherwise is never unmade
so: it has a step of its own that compensates it, named here; and what is nobody's entry cannot be
mended at all. An opening is corrected; it is never taken back, for a case has its reference for good:
one opened in error is closed with that outcome, by a coordinator, where nothing was paid.

A step that records elsewhere too and is not named here fails a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.beneficiary import events as b
from domain.case import events as c
from domain.case.attestation import events as a
from domain.case.custody import events as d
from domain.case.emergency.events import OpenedInEmergency
from domain.case.moving_rules.events import RulesAdopted
from domain.case.referral import events as r
from domain.case.residence.events import ResidenceMoved
from domain.case.restricted.events import CaseRestricted, CaseUnrestricted
from domain.cohort import events as h
from domain.message import Event, StreamKind
from domain.session import events as l
from domain.tracks.self_employment import events as t
from domain.tracks.training import events as w


@dataclass(frozen=True, slots=True)
class Way:
    """How an entry of a kind is mended."""

    correct: str = ""
    """By which step, or steps, instead of a correction; empty: by one."""
    retract: str = ""
    """By which step, or steps, instead of a retraction; empty: by one."""
    also: frozenset[StreamKind] = frozenset()
    """In which streams beside the case's it is left out too."""
    compensated: bool = False
    """Whether its own step takes back the money that it moved: nothing else mends or unmends it."""
    undone: str = ""
    """Where taking it back undoes it elsewhere too, or moves money: the step that tells it again,
    for such a retraction is not taken back itself."""
    by_coordinator: bool = False
    """Whether a coordinator alone takes it back: it moves money."""
    an_entry: bool = True
    """Whether it is one: what the house records by itself is none."""


def instead(steps: str) -> Way:
    """Neither corrected nor retracted: another step sets it right."""
    return Way(correct=steps, retract=steps)


def compensating(step: str) -> Way:
    """Corrected, and taken back, by a step that takes its money back too."""
    return Way(correct=step, retract=step, compensated=True)


def undoing(step: str, *also: StreamKind, by_coordinator: bool = False) -> Way:
    """Taken back where nothing rests on it, with what it did elsewhere, and told again by its step."""
    return Way(
        correct="retract-entry",
        also=frozenset(also),
        undone=step,
        by_coordinator=by_coordinator,
    )


BY_THE_FOLD = Way()
"""Of what stands in the case alone."""

NO_ENTRY = Way(an_entry=False)

IN_THE_PROJECT = Way(also=frozenset({StreamKind.PROJECT}))
WITH_THE_PERSON = frozenset({StreamKind.BENEFICIARY})

WAYS: Mapping[type[Event], Way] = {
    c.CaseOpened: Way(retract="close-case", also=WITH_THE_PERSON),
    c.CaseClosed: Way(also=WITH_THE_PERSON),
    c.DeathRecorded: Way(also=WITH_THE_PERSON),
    c.CaseReopened: Way(retract="close-case", also=WITH_THE_PERSON),
    c.DocumentAttached: instead("withdraw-document"),
    c.DocumentWithdrawn: instead("attach-document"),
    a.AttestationIssued: instead("cancel-attestation"),
    a.AttestationCancelled: instead("issue-attestation"),
    c.CaseRequestConfirmed: Way(correct="retract-entry"),
    b.BirthDateKnown: instead("correct-identity"),
    ResidenceMoved: Way(also=WITH_THE_PERSON),
    RulesAdopted: Way(correct="adopt-rules"),
    r.ReferralAsked: instead("decline-referral-request"),
    r.ReferralNotGiven: instead("refer-case"),
    r.ReferralAccepted: instead("refer-case"),
    r.ReferralRefused: instead("refer-case"),
    r.ReferralWithdrawn: instead("refer-case"),
    c.ReminderRecorded: NO_ENTRY,
    OpenedInEmergency: NO_ENTRY,
    c.StatisticsKept: NO_ENTRY,
    CaseRestricted: NO_ENTRY,
    CaseUnrestricted: NO_ENTRY,
    c.CaseSetAside: instead("undo-merge"),
    c.CaseStandsAgain: instead("merge-person"),
    t.ProjectProposed: Way(correct="revise-project", also=IN_THE_PROJECT.also),
    t.ProjectRevised: IN_THE_PROJECT,
    t.ProjectChanged: IN_THE_PROJECT,
    t.SubmittedToSession: undoing("submit-to-session"),
    t.SubmissionWithdrawn: undoing("withdraw-submission"),
    l.SubmissionMoved: instead("postpone-session"),
    l.SubmissionFreed: instead("submit-to-session"),
    t.RejectionAppealed: undoing("appeal-rejection"),
    t.DecisionRecorded: compensating("correct-decision"),
    t.ApprovalEndRequested: instead("refuse-case-request"),
    t.ApprovalEnded: undoing("end-approval", StreamKind.PROJECT, by_coordinator=True),
    t.EquipmentDropped: undoing("drop-items", StreamKind.PROJECT, by_coordinator=True),
    t.EquipmentReplaced: undoing("replace-item", StreamKind.PROJECT),
    t.OwnPartRecorded: IN_THE_PROJECT,
    t.OwnPartGivenBack: IN_THE_PROJECT,
    t.PlacedOnCeremony: undoing("place-on-ceremony"),
    t.TakenOffCeremony: instead("place-on-ceremony"),
    t.CeremonyMissed: instead("add-missing-line"),
    t.MissingLineAdded: instead("take-off-ceremony"),
    t.DeliveryConfirmed: compensating("correct-delivery"),
    t.VisitRecorded: IN_THE_PROJECT,
    t.RecoveryRecorded: compensating("correct-recovery"),
    c.TrackEnded: BY_THE_FOLD,
    d.DetentionBegun: BY_THE_FOLD,
    d.ReturnedToDetention: BY_THE_FOLD,
    w.TrainingEnrolled: BY_THE_FOLD,
    w.TrainingDroppedOut: BY_THE_FOLD,
    w.CohortJoined: undoing("enrol-in-training"),
    w.CohortLeft: undoing("drop-out-of-training"),
    h.TrainingMoved: instead("move-cohort"),
    h.TrainingCalledOff: instead("enrol-in-training"),
    t.EquipmentPassedOn: instead("assign-line"),
    t.EquipmentOrdered: instead("cancel-line"),
    t.EquipmentUnordered: Way("reverse-loss", "reverse-loss", compensated=True),
    t.EquipmentReceived: compensating("correct-receipt"),
    t.PaymentRecorded: instead("correct-payment"),
}


def way_of(event: type[Event]) -> Way:
    return WAYS.get(event, BY_THE_FOLD)
