"""The steps of an erasure."""

from domain.asking.rows import Asking, two_people
from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.path import NO_OPEN_CASE, NOT_RESTRICTED, RESTRICTED, STANDING
from domain.case import events as e
from domain.erasure import decide, restricting
from domain.erasure.proof import follows_projects
from domain.message import Role
from domain.steps.handling import of_its_centre
from domain.steps.table import Part, row

SUPERVISORS = frozenset({Role.COORDINATOR, Role.DIVISION})
ERASERS = frozenset({Role.DIVISION, Role.ADMINISTRATOR})

ERASING = Asking(
    row(
        s.RequestErasure,
        *(b.BeneficiaryErased, e.StatisticsKept),
        who=ERASERS,
        when=(*STANDING, NO_OPEN_CASE),
        by=decide.erase,
        reads=decide.reads_all_cases,
        follows=follows_projects,
    ),
    b.ErasureRequested,
)

ERASURE = Part(
    "erasure",
    (
        *two_people(
            ERASING,
            confirm=(s.ConfirmBeneficiaryRequest, b.BeneficiaryRequestConfirmed),
            refuse=(s.RefuseBeneficiaryRequest, b.BeneficiaryRequestRefused),
            when=STANDING,
            whose=of_its_centre,
            follows=follows_projects,
        ),
        row(
            s.RestrictPerson,
            b.PersonRestricted,
            who=ERASERS,
            when=(*STANDING, NO_OPEN_CASE, NOT_RESTRICTED),
            by=restricting.restrict,
            reads=decide.reads_all_cases,
            follows=follows_projects,
        ),
        row(
            s.LiftRestriction,
            b.RestrictionLifted,
            who=SUPERVISORS,
            when=(*STANDING, RESTRICTED),
            by=restricting.lift,
        ),
    ),
)
