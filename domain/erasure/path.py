"""The steps of an erasure."""

from domain.asking.rows import Asking, answers, asks
from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.family import follows_their_cases
from domain.beneficiary.path import NO_OPEN_CASE, NOT_MERGED, NOT_PUT_AWAY, RESTRICTED, STANDING
from domain.beneficiary.restriction.events import PersonRestrictedOnRequest
from domain.beneficiary.restriction.steps import RestrictOnRequest
from domain.beneficiary.rights.decide import reads_rules
from domain.beneficiary.rights.events import DataRequestAnswered
from domain.case import events as e
from domain.case.restricted.events import CaseRestricted, CaseUnrestricted
from domain.complaint.events import ComplaintErased
from domain.erasure import decide, on_request, restricting
from domain.erasure.again import AGAIN
from domain.merging.decide import follows_both
from domain.merging.path import MERGING, PARTING
from domain.message import Role
from domain.steps.handling import Roles, World, of_its_centre
from domain.steps.table import Part, row

SUPERVISORS = frozenset({Role.COORDINATOR, Role.DIVISION})
ERASERS = frozenset({Role.DIVISION, Role.ADMINISTRATOR})

ERASING = Asking(
    row(
        s.RequestErasure,
        *(b.BeneficiaryErased, e.StatisticsKept, ComplaintErased, DataRequestAnswered),
        who=ERASERS,
        when=(*STANDING, NOT_MERGED, NO_OPEN_CASE),
        by=decide.erase,
        follows=decide.follows_all,
    ),
    b.ErasureRequested,
)


def _follows_answered(world: World) -> Roles:
    """What any of the steps that take two about a person follows."""
    return {**decide.follows_all(world), **follows_both(world)}


ERASURE = Part(
    "erasure",
    (
        asks(ERASING),
        *answers(
            *(ERASING, MERGING, PARTING),
            confirm=(s.ConfirmBeneficiaryRequest, b.BeneficiaryRequestConfirmed),
            refuse=(s.RefuseBeneficiaryRequest, b.BeneficiaryRequestRefused),
            when=STANDING,
            whose=of_its_centre,
            follows=_follows_answered,
        ),
        row(
            s.RestrictPerson,
            b.PersonRestricted,
            who=ERASERS,
            when=(*STANDING, NOT_MERGED, NO_OPEN_CASE, NOT_PUT_AWAY),
            by=restricting.restrict,
            follows=decide.follows_all,
        ),
        row(
            RestrictOnRequest,
            *(PersonRestrictedOnRequest, CaseRestricted, DataRequestAnswered),
            who=SUPERVISORS,
            when=(*STANDING, NOT_MERGED, NOT_PUT_AWAY),
            by=on_request.restrict_on_request,
            reads=reads_rules,
            follows=follows_their_cases,
        ),
        row(
            s.LiftRestriction,
            *(b.RestrictionLifted, CaseUnrestricted),
            who=SUPERVISORS,
            when=(*STANDING, NOT_MERGED, RESTRICTED),
            by=on_request.lift,
            follows=follows_their_cases,
        ),
        *AGAIN,
    ),
)
