"""Of what kind something was that was drawn by chance and passed."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from domain.agreement.path import AGREEMENTS
from domain.beneficiary.events import MergeUndone, PersonMerged
from domain.case.custody.events import (
    DetentionBegun,
    EpisodeEnded,
    PlacedInChildProtection,
    ReturnedToDetention,
)
from domain.case.custody.path import CUSTODY
from domain.case.custody.vocabulary import EpisodeEnd, TrackInside
from domain.case.events import CasePaused, CaseSetAside, ReviewExempted
from domain.case.path import ANYWHERE
from domain.case.steps import CloseCase, ConfirmCaseRequest, CorrectEntries, RetractEntry
from domain.ceremony.events import LineConfirmed, LineMissed
from domain.ceremony.vocabulary import MissedBecause, OffListBecause
from domain.cohort.path import COHORTS
from domain.handovers.path import CEREMONIES
from domain.mending.goods import MENDING_GOODS
from domain.mending.money import MENDING_MONEY
from domain.mending.path import MENDING
from domain.message import Event, Recorded, Step
from domain.order.path import ORDERS
from domain.project.vocabulary import DecisionKind
from domain.session.path import SESSIONS
from domain.tracks.employment.path import EMPLOYMENT
from domain.tracks.schooling.path import SCHOOL
from domain.tracks.self_employment.events import TakenOffCeremony
from domain.tracks.self_employment.path import (
    EQUIPMENT_DELIVERY,
    FOLLOW_UP,
    PROJECT_APPROVAL,
    TRAINING,
)
from domain.tracks.self_employment.steps import PlaceOnCeremony, RecordDecision
from domain.tracks.vocational_training.path import APPLICATION

if TYPE_CHECKING:
    from tests.closer.site import Site

HAVE_PAPERS = ("Agreement", "Order", "Session", "Ceremony")
NOT_DRAWN = frozenset(
    {
        *("SignAgreement", "RecordCoaching", "FormaliseBusiness"),
        *("RescheduleVisit", "RaiseProblem", "DecideProblem", "ResolveProblem"),
        *(f"{does}{on}Document" for does in ("Attach", "Withdraw") for on in HAVE_PAPERS),
        *("AllowSecondFunding", "ConfirmApproval", "RecordRecovery", "CorrectRecovery"),
        *("AssignCaseworker", "RecordReminder"),
        *("AttachDocument", "WithdrawDocument", "PlanCohort", "WaiveTraining"),
    }
)
"""Steps about money, goods and what leads there that the closer does not draw, or not reliably: the
first begins a programme, the next move nothing, and what allows or confirms is still to come. A paper
was sent before it is attached.
"""
DRAWN = frozenset(
    {
        *(f"decided: {each}" for each in DecisionKind),
        *(f"line: {each}" for each in (*MissedBecause, *OffListBecause)),
        *("at a ceremony", "after a ceremony", "in somebody's place", "entered late"),
        *(
            "closed: deceased",
            "closed: project_running",
            *("closed: employed", "closed: in_training", "closed: in_school"),
            "CloseCase",
            "ReopenCase",
        ),
        *("EndTrack", "OpenTrack", "AssessNeeds", "AgreePlan", "RecordSocialEnquiry"),
        *(f"chosen: {each}" for each in TrackInside),
        *("escaped", "a minor placed", "an exemption confirmed", "a pause confirmed"),
        *("several mended", "of the wrong person"),
        *(
            "AdoptRules",
            "CorrectIdentity",
            "MergePerson",
            "merged",
            "set aside",
            "UndoMerge",
            "parted",
        ),
    }
)
"""Beside the steps of these parts."""
PARTS = (
    *(AGREEMENTS, ORDERS, SESSIONS, CEREMONIES, PROJECT_APPROVAL, EQUIPMENT_DELIVERY, FOLLOW_UP),
    *(EMPLOYMENT, APPLICATION, TRAINING, SCHOOL, COHORTS),
    *(MENDING_MONEY, MENDING_GOODS, MENDING, CUSTODY, ANYWHERE),
)


def wanted() -> frozenset[str]:
    """All that is to be drawn, and to pass, sooner or later."""
    steps = {row.step.__name__ for part in PARTS for row in part.rows}
    return (frozenset(steps) | DRAWN) - NOT_DRAWN


def kinds_of(step: Step, recorded: Iterable[Recorded], site: "Site") -> Iterator[str]:
    """The step's name, and what else is to be said of it."""
    yield type(step).__name__
    if site.late:
        yield "entered late"
    match step:
        case RecordDecision():
            yield f"decided: {step.decision}"
        case CloseCase():
            yield f"closed: {step.outcome}"
        case PlaceOnCeremony(replaces=replaces) if replaces is not None:
            yield "in somebody's place"
        case CorrectEntries(entries=entries) if len(entries) > 1:
            yield "several mended"
        case RetractEntry(wrong_person=True):
            yield "of the wrong person"
        case _:
            pass
    for each in recorded:
        yield from _of_event(each.event)
        if isinstance(step, ConfirmCaseRequest) and type(each.event) in CONFIRMED:
            yield CONFIRMED[type(each.event)]


def _of_event(event: Event) -> Iterator[str]:
    match event:
        case LineConfirmed(later=later):
            yield "after a ceremony" if later else "at a ceremony"
        case LineMissed(because=because) | TakenOffCeremony(because=because):
            yield f"line: {because}"
        case DetentionBegun(tracks=tracks) | ReturnedToDetention(tracks=tracks):
            yield from (f"chosen: {each.choice}" for each in tracks or ())
        case EpisodeEnded(end=EpisodeEnd.ESCAPE):
            yield "escaped"
        case _ if type(event) in TOLD:
            yield TOLD[type(event)]
        case _:
            pass


TOLD: Mapping[type[Event], str] = {
    PlacedInChildProtection: "a minor placed",
    PersonMerged: "merged",
    CaseSetAside: "set aside",
    MergeUndone: "parted",
}
"""What comes of more than one step."""
CONFIRMED: Mapping[type[Event], str] = {
    ReviewExempted: "an exemption confirmed",
    CasePaused: "a pause confirmed",
}
