"""The steps of delegations."""

from domain.staff.decide import of_oneself
from domain.staff.roles import BOUND_TO_A_CENTRE
from domain.staff.standing_in import decide
from domain.staff.standing_in import events as e
from domain.staff.standing_in import steps as s
from domain.steps.table import Part, row

DELEGATIONS = Part(
    "delegation",
    (
        row(
            s.NameDelegate,
            e.DelegateNamed,
            who=BOUND_TO_A_CENTRE,
            by=decide.name,
            whose=of_oneself,
        ),
        row(
            s.EndDelegation,
            e.DelegationEnded,
            who=BOUND_TO_A_CENTRE,
            by=decide.end,
            whose=of_oneself,
        ),
    ),
)
"""Whose a delegation is, the rule asks: one's own, or of the coordinator's centre."""
