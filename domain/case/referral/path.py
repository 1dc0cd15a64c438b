"""The steps of a referral, in their order: who, when, and what each makes."""

from domain.beneficiary.events import CaseMoved
from domain.case.path import AT_WORK, STAFF, SUPERVISORS
from domain.case.referral import decide
from domain.case.referral import events as e
from domain.case.referral import steps as s
from domain.steps.conditions import house
from domain.steps.table import Part, row

REFERRED = house("no_referral_pending", lambda case: case.referrals.waits)
NOT_REFERRED = house("referral_already_pending", lambda case: not case.referrals.waits)
ASKED_FOR = house("referral_not_asked_for", lambda case: bool(case.referrals.asked))

REFERRAL = Part(
    "referral",
    (
        row(
            s.ReferCase,
            e.CaseReferred,
            who=STAFF,
            when=(*AT_WORK, NOT_REFERRED),
            by=decide.refer,
            reads=decide.reads_centres,
        ),
        row(
            s.AcceptReferral,
            *(e.ReferralAccepted, CaseMoved),
            who=SUPERVISORS,
            when=(*AT_WORK, REFERRED),
            by=decide.accept,
            reads=decide.reads_to_accept,
            whose=decide.to_their_centre,
        ),
        row(
            s.RefuseReferral,
            e.ReferralRefused,
            who=SUPERVISORS,
            when=(*AT_WORK, REFERRED),
            by=decide.refuse,
            whose=decide.to_their_centre,
        ),
        row(
            s.WithdrawReferral,
            e.ReferralWithdrawn,
            who=STAFF,
            when=(*AT_WORK, REFERRED),
            by=decide.withdraw,
        ),
        row(
            s.DeclineReferralRequest,
            e.ReferralNotGiven,
            who=STAFF,
            when=(*AT_WORK, ASKED_FOR),
            by=decide.decline,
        ),
    ),
)
