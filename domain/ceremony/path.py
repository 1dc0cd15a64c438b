"""The steps of a ceremony. Its list is filled, and its lines confirmed, from cases."""

from domain.ceremony import decide
from domain.ceremony import events as e
from domain.ceremony import steps as s
from domain.message import Role
from domain.steps.handling import Condition
from domain.steps.table import Part, row

ORGANISERS = frozenset({Role.COORDINATOR, Role.DIVISION})

NOT_SCHEDULED_YET = Condition("ceremony_already_scheduled", lambda state: not state.exists)
SCHEDULED = Condition("ceremony_not_found", lambda state: state.exists)
NOT_CANCELLED = Condition("ceremony_cancelled", lambda state: not state.cancelled)
NOT_HELD = Condition("ceremony_already_held", lambda state: not state.held)
NOTHING_HANDED_OVER = Condition("ceremony_has_deliveries", lambda state: not state.confirmed)

STANDING = (SCHEDULED, NOT_CANCELLED, NOT_HELD)
NOT_BEGUN = (*STANDING, NOTHING_HANDED_OVER)

CEREMONIES = Part(
    "ceremonies",
    (
        row(
            s.ScheduleCeremony,
            e.CeremonyScheduled,
            who=ORGANISERS,
            when=(NOT_SCHEDULED_YET,),
            by=decide.schedule,
            creates=True,
        ),
        row(
            s.PostponeCeremony,
            e.CeremonyPostponed,
            who=ORGANISERS,
            when=NOT_BEGUN,
            by=decide.postpone,
        ),
        row(s.CancelCeremony, e.CeremonyCancelled, who=ORGANISERS, when=NOT_BEGUN),
        row(
            s.RecordCeremonyHeld,
            e.CeremonyHeld,
            who=ORGANISERS,
            when=STANDING,
            by=decide.record_held,
        ),
    ),
)
