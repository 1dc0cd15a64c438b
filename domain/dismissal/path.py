"""The steps on a finding: of those who belong to no centre."""

from domain.dismissal import decide
from domain.dismissal import events as e
from domain.dismissal import steps as s
from domain.message import Role
from domain.steps.conditions import house
from domain.steps.table import Part, row

LOOKING = frozenset({Role.DIVISION, Role.AUDITOR})

DISMISSED = house("finding_not_dismissed", lambda state: state.dismissal is not None)

FINDINGS = Part(
    "findings",
    (
        row(s.DismissFinding, e.FindingDismissed, who=LOOKING, by=decide.dismiss),
        row(s.ReopenFinding, e.FindingReopened, who=LOOKING, when=(DISMISSED,), by=decide.reopen),
        row(
            s.ForgetFinding,
            e.FindingForgotten,
            who=frozenset({Role.TIMER}),
        ),
        row(s.NoteKeyUsedOnce, e.KeyFoundUsedOnce, who=frozenset({Role.TIMER})),
        row(s.NoteKeyUsedAgain, e.KeyFoundUsedAgain, who=frozenset({Role.TIMER})),
    ),
)
