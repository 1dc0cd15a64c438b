"""Of what kind something was that was drawn by chance and passed."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from domain.agreement.path import AGREEMENTS
from domain.case.steps import CloseCase
from domain.ceremony.events import LineConfirmed, LineMissed
from domain.ceremony.vocabulary import MissedBecause, OffListBecause
from domain.handovers.path import CEREMONIES
from domain.mending.goods import MENDING_GOODS
from domain.mending.money import MENDING_MONEY
from domain.message import Recorded, Step
from domain.order.path import ORDERS
from domain.project.vocabulary import DecisionKind
from domain.session.path import SESSIONS
from domain.tracks.self_employment.events import TakenOffCeremony
from domain.tracks.self_employment.path import EQUIPMENT_DELIVERY, FOLLOW_UP, PROJECT_APPROVAL
from domain.tracks.self_employment.steps import PlaceOnCeremony, RecordDecision

if TYPE_CHECKING:
    from tests.closer.site import Site

NOT_DRAWN = frozenset(
    {
        *("SignAgreement", "RecordCoaching", "FormaliseBusiness"),
        *("RescheduleVisit", "RaiseProblem", "DecideProblem", "ResolveProblem"),
        *("AllowSecondFunding", "ConfirmApproval", "RecordRecovery", "CorrectRecovery"),
    }
)
"""Steps about money, goods and what leads there that the closer does not draw, or not reliably: the
first begins a programme, the next move nothing, and what allows or confirms is still to come.
"""
DRAWN = frozenset(
    {
        *(f"decided: {each}" for each in DecisionKind),
        *(f"line: {each}" for each in (*MissedBecause, *OffListBecause)),
        *("at a ceremony", "after a ceremony", "in somebody's place", "entered late"),
        *(
            "closed: deceased",
            "closed: project_running",
            "CloseCase",
            "ReopenCase",
            "BeginDetention",
            "RecordRelease",
        ),
        *("RecordDeath", "EndTrack", "OpenTrack"),
    }
)
"""Beside the steps of these parts."""
PARTS = (
    *(AGREEMENTS, ORDERS, SESSIONS, CEREMONIES, PROJECT_APPROVAL, EQUIPMENT_DELIVERY, FOLLOW_UP),
    *(MENDING_MONEY, MENDING_GOODS),
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
        case _:
            pass
    for each in recorded:
        match each.event:
            case LineConfirmed(later=later):
                yield "after a ceremony" if later else "at a ceremony"
            case LineMissed(because=because) | TakenOffCeremony(because=because):
                yield f"line: {because}"
            case _:
                pass
