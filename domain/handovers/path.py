"""The steps of a ceremony. Its list is filled, and its lines confirmed, from cases."""

from domain.ceremony import events as c
from domain.ceremony import steps as s
from domain.ceremony.vocabulary import LineState
from domain.handovers import decide, papers
from domain.message import Role
from domain.papers.decide import withdrawing
from domain.steps.conditions import house
from domain.steps.table import Part, row
from domain.tracks.self_employment import events as t

ORGANISERS = frozenset({Role.COORDINATOR, Role.DIVISION})

NOT_SCHEDULED_YET = house("ceremony_already_scheduled", lambda state: not state.exists)
SCHEDULED = house("ceremony_not_found", lambda state: state.exists)
NOT_CANCELLED = house("ceremony_cancelled", lambda state: not state.cancelled)
NOT_HELD = house("ceremony_already_held", lambda state: not state.held)
NOTHING_HANDED_OVER = house(
    "ceremony_has_deliveries", lambda state: not state.cases(LineState.TOLD)
)
"""It took place then, be it in part: the others' lines are missed, and they are placed on another."""
HAS_PAPER = house(
    "paper_not_found", lambda state: any(each.stands for each in state.papers.values())
)

STANDING = (SCHEDULED, NOT_CANCELLED, NOT_HELD)
NOT_BEGUN = (*STANDING, NOTHING_HANDED_OVER)
NAMED_APART = "each has a `LineMissed` of its own, which its centre alone reads"

CEREMONIES = Part(
    "ceremonies",
    (
        row(
            s.ScheduleCeremony,
            c.CeremonyScheduled,
            who=ORGANISERS,
            when=(NOT_SCHEDULED_YET,),
            by=decide.schedule,
            creates=True,
        ),
        row(
            s.PostponeCeremony,
            c.CeremonyPostponed,
            who=ORGANISERS,
            when=NOT_BEGUN,
            by=decide.postpone,
        ),
        row(
            s.CancelCeremony,
            *(c.CeremonyCancelled, t.TakenOffCeremony),
            who=ORGANISERS,
            when=NOT_BEGUN,
            by=decide.cancel,
            reads=decide.reads_waiting,
        ),
        row(
            s.RecordCeremonyHeld,
            *(c.CeremonyHeld, c.LineMissed, t.CeremonyMissed),
            who=ORGANISERS,
            when=STANDING,
            by=decide.record_held,
            reads=decide.reads_waiting,
            left_out={"absent": NAMED_APART, "later": NAMED_APART},
        ),
        row(
            s.AttachCeremonyDocument,
            c.CeremonyDocumentAttached,
            who=ORGANISERS,
            when=(SCHEDULED,),
            by=papers.attach,
            reads=papers.reads_shown,
        ),
        row(
            s.WithdrawCeremonyDocument,
            c.CeremonyDocumentWithdrawn,
            who=ORGANISERS,
            when=(SCHEDULED, HAS_PAPER),
            by=withdrawing(c.CeremonyDocumentWithdrawn),
        ),
    ),
)
