"""The steps about who a beneficiary is."""

from domain.beneficiary import decide
from domain.beneficiary import events as e
from domain.beneficiary import steps as s
from domain.beneficiary.known import follows_holders, reads_numbers, reads_numbers_known
from domain.message import Role
from domain.numbers import events as n
from domain.steps.conditions import house
from domain.steps.table import Part, row

CENTRE_STAFF = frozenset({Role.CASEWORKER, Role.COORDINATOR})

NOT_REGISTERED_YET = house("beneficiary_already_registered", lambda state: not state.exists)
REGISTERED = house("beneficiary_not_found", lambda state: state.exists)
NOT_ERASED = house("erased", lambda state: not state.erased)
NOT_RESTRICTED = house("person_restricted", lambda state: not state.restricted)
NOT_PUT_AWAY = house("person_restricted", lambda state: not state.put_away)
RESTRICTED = house("person_not_restricted", lambda state: state.restricted)
NOT_MERGED = house("person_merged", lambda state: state.merged_into is None)
MERGED = house("person_not_merged", lambda state: state.merged_into is not None)
NO_OPEN_CASE = house("case_still_open", lambda state: state.open_case is None)

STANDING = (REGISTERED, NOT_ERASED)

BENEFICIARIES = Part(
    "beneficiaries",
    (
        row(
            s.RegisterBeneficiary,
            *(e.BeneficiaryRegistered, n.NumberKnown),
            who=CENTRE_STAFF,
            when=(NOT_REGISTERED_YET,),
            by=decide.register,
            reads=reads_numbers,
            follows=follows_holders,
            creates=True,
        ),
        row(
            s.ChangeDetails,
            *(e.DetailsChanged, n.NumberKnown),
            who=CENTRE_STAFF,
            when=(*STANDING, NOT_RESTRICTED, NOT_MERGED),
            by=decide.change_details,
            reads=reads_numbers,
            follows=follows_holders,
        ),
        row(
            s.CorrectIdentity,
            *(e.IdentityCorrected, n.NumberKnown, n.NumberReleased, e.BirthDateKnown),
            who=CENTRE_STAFF,
            when=(*STANDING, NOT_PUT_AWAY, NOT_MERGED),
            by=decide.correct_identity,
            reads=reads_numbers_known,
            follows=decide.follows_to_change,
        ),
    ),
)
