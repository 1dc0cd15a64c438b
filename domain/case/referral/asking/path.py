"""The step by which a case of another centre is asked for."""

from domain.case.referral.asking import decide
from domain.case.referral.asking.steps import AskForReferral
from domain.case.referral.events import ReferralAsked
from domain.staff.decide import of_oneself
from domain.staff.events import AskedForReferral
from domain.staff.roles import BOUND_TO_A_CENTRE
from domain.steps.table import Part, row

ASKING = Part(
    "asking_for_referral",
    (
        row(
            AskForReferral,
            *(AskedForReferral, ReferralAsked),
            who=BOUND_TO_A_CENTRE,
            by=decide.ask,
            reads=decide.reads_number,
            follows=decide.follows_to_the_case,
            whose=of_oneself,
            left_out={"number": "finds the person, and is theirs: nothing of it is kept here"},
        ),
    ),
)
