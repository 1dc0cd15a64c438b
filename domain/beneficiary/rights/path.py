"""Who takes down what people ask about their data, and who answers it."""

from domain.beneficiary.path import CENTRE_STAFF, NOT_MERGED, STANDING
from domain.beneficiary.rights import decide
from domain.beneficiary.rights import events as e
from domain.beneficiary.rights import steps as s
from domain.message import Role
from domain.steps.conditions import house
from domain.steps.table import Part, row

TAKERS = CENTRE_STAFF | {Role.DIVISION}
ANSWERERS = frozenset({Role.COORDINATOR, Role.DIVISION})

ASKED = house(
    "data_request_not_found",
    lambda state: any(each.waits for each in state.data_requests.values()),
)

RIGHTS = Part(
    "rights",
    (
        row(
            s.ReceiveDataRequest,
            e.DataRequestReceived,
            who=TAKERS,
            when=(*STANDING, NOT_MERGED),
            by=decide.receive,
            reads=decide.reads_rules,
        ),
        row(
            s.AnswerDataRequest,
            e.DataRequestAnswered,
            who=ANSWERERS,
            when=(*STANDING, ASKED),
            by=decide.answer,
        ),
    ),
)
