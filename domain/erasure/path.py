"""The steps of an erasure."""

from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.path import NO_OPEN_CASE, STANDING
from domain.case import events as e
from domain.erasure import decide
from domain.message import Role
from domain.steps.handling import Condition
from domain.steps.table import Part, row

ERASERS = frozenset({Role.DIVISION, Role.ADMINISTRATOR})

ERASURE_ASKED = Condition("erasure_not_requested", lambda state: state.erasure_asked is not None)

ERASURE = Part(
    "erasure",
    (
        row(
            s.RequestErasure,
            b.ErasureRequested,
            who=ERASERS,
            when=(*STANDING, NO_OPEN_CASE),
            by=decide.request_erasure,
        ),
        row(
            s.ApproveErasure,
            *(b.BeneficiaryErased, e.StatisticsKept),
            who=ERASERS,
            when=(*STANDING, NO_OPEN_CASE, ERASURE_ASKED),
            by=decide.approve_erasure,
            reads=decide.reads_all_cases,
        ),
    ),
)
