"""How each kind of entry of a case is mended: by its event in the case.

What stands in the case alone is mended by leaving it out, with what stands in its place. What a
step also told of the project, or of the person, is left out there in the same commit. What moved
money, or stands on a list of others, is never unmade so: it has a step of its own that
compensates it, named here; and what is nobody's entry cannot be mended at all.

A step that records elsewhere too and is not named here fails a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.beneficiary import events as b
from domain.case import events as c
from domain.message import Event, StreamKind
from domain.session import events as l
from domain.tracks.self_employment import events as t


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
    an_entry: bool = True
    """Whether it is one: what the house records by itself is none."""


def instead(steps: str) -> Way:
    """Neither corrected nor retracted: another step sets it right."""
    return Way(correct=steps, retract=steps)


def compensating(step: str) -> Way:
    """Corrected, and taken back, by a step that takes its money back too."""
    return Way(correct=step, retract=step, compensated=True)


BY_THE_FOLD = Way()
"""Of what stands in the case alone."""

NO_ENTRY = Way(an_entry=False)

IN_THE_PROJECT = Way(also=frozenset({StreamKind.PROJECT}))
WITH_THE_PERSON = frozenset({StreamKind.BENEFICIARY})

WAYS: Mapping[type[Event], Way] = {
    c.CaseOpened: instead("close-case"),
    c.CaseClosed: Way(also=WITH_THE_PERSON),
    c.DeathRecorded: Way(also=WITH_THE_PERSON),
    c.CaseReopened: Way(retract="close-case", also=WITH_THE_PERSON),
    c.CaseRequestConfirmed: Way(correct="retract-entry"),
    b.BirthDateKnown: instead("correct-identity"),
    c.ReminderRecorded: NO_ENTRY,
    c.StatisticsKept: NO_ENTRY,
    c.CaseSetAside: instead("undo-merge"),
    c.CaseStandsAgain: instead("merge-person"),
    t.ProjectProposed: Way(correct="revise-project", also=IN_THE_PROJECT.also),
    t.ProjectRevised: instead("revise-project"),
    t.ProjectChanged: instead("change-project"),
    t.SubmittedToSession: instead("withdraw-submission"),
    t.SubmissionWithdrawn: instead("submit-to-session"),
    l.SubmissionMoved: instead("postpone-session"),
    l.SubmissionFreed: instead("submit-to-session"),
    t.RejectionAppealed: instead("withdraw-submission"),
    t.DecisionRecorded: compensating("correct-decision"),
    t.ApprovalEndRequested: instead("refuse-case-request"),
    t.ApprovalEnded: instead("submit-to-session"),
    t.EquipmentDropped: instead("submit-to-session"),
    t.EquipmentReplaced: instead("replace-item"),
    t.OwnPartRecorded: IN_THE_PROJECT,
    t.PlacedOnCeremony: instead("take-off-ceremony"),
    t.TakenOffCeremony: instead("place-on-ceremony"),
    t.CeremonyMissed: instead("add-missing-line"),
    t.MissingLineAdded: instead("take-off-ceremony"),
    t.DeliveryConfirmed: compensating("correct-delivery"),
    t.VisitRecorded: IN_THE_PROJECT,
    t.RecoveryRecorded: compensating("correct-recovery"),
    t.EquipmentPassedOn: instead("assign-line"),
    t.EquipmentOrdered: instead("cancel-line"),
    t.EquipmentUnordered: Way("reverse-loss", "reverse-loss", compensated=True),
    t.EquipmentReceived: compensating("correct-receipt"),
    t.PaymentRecorded: instead("correct-payment"),
}


def way_of(event: type[Event]) -> Way:
    return WAYS.get(event, BY_THE_FOLD)
