"""The steps of a case that are about the person: who may take each, when, and what it makes.

Read from top to bottom this is the way of one person, up to the tracks and beside them. A
step is open when all its conditions hold; the first that does not says why it is closed.
"""

from domain.asking.rows import Asking, asks
from domain.beneficiary import events as b
from domain.beneficiary.family import follows_family
from domain.case import death, decide, reviewing
from domain.case import events as e
from domain.case import steps as s
from domain.case.consents.uses import record_contact
from domain.case.plan import decide as plan
from domain.case.plan.events import GoalStepMoved
from domain.case.plan.steps import UpdateGoal
from domain.message import Role
from domain.papers.decide import attaching, withdrawing
from domain.reference import events as r
from domain.steps.conditions import house, life
from domain.steps.table import Part, row

STAFF = frozenset({Role.CASEWORKER, Role.COORDINATOR})
SUPERVISORS = frozenset({Role.COORDINATOR})
TIMER = frozenset({Role.TIMER})


NEW = house("case_already_open", lambda case: not case.exists)
EXISTS = house("case_not_found", lambda case: case.exists)
OPEN = house("case_closed", lambda case: case.is_open)
CLOSED = house("case_still_open", lambda case: not case.is_open)
PAUSED = house("case_not_paused", lambda case: bool(case.pauses))
UNRESTRICTED = house("case_restricted", lambda case: case.restricted is None)
FREE = life("not_released", lambda case: case.is_free)
ENQUIRED = life("social_enquiry_missing", lambda case: case.enquired is not None)
ELIGIBLE = life("not_eligible", lambda case: case.eligible is True)
ASSESSED = life("needs_not_assessed", lambda case: bool(case.needs))
HAS_GOALS = life("plan_without_steps", lambda case: any(each.steps for each in case.goals))
PLANNED = life("plan_not_agreed", lambda case: case.planned is not None)
HAS_TRACK = house("track_not_open", lambda case: bool(case.tracks))
HAS_PAPER = house("paper_not_found", lambda case: any(each.stands for each in case.papers.values()))
UNDEAD = house("death_already_recorded", lambda case: case.died is None)
NOT_SET_ASIDE = house("case_set_aside", lambda case: case.set_aside_for is None)

REQUESTED = house("request_not_found", lambda case: bool(case.requests))

AT_WORK = (EXISTS, OPEN, UNRESTRICTED)
"""What the centre does for the person; not what only puts right or ends it."""

INTAKE = Part(
    "intake",
    (
        row(
            s.OpenCase,
            *(e.CaseOpened, r.ReferenceGiven, b.CaseLinked),
            who=STAFF,
            when=(NEW,),
            by=decide.open_case,
            reads=decide.reads_to_open,
            follows=follows_family,
            creates=True,
        ),
        row(s.RecordSocialEnquiry, e.SocialEnquiryRecorded, who=STAFF, when=AT_WORK),
        row(
            s.RuleOnEligibility,
            e.EligibilityRuled,
            who=STAFF,
            when=(*AT_WORK, ENQUIRED),
            by=decide.rule_on_eligibility,
        ),
    ),
)

NEEDS_AND_PLAN = Part(
    "needs_and_plan",
    (
        row(s.AssessNeeds, e.NeedsAssessed, who=STAFF, when=AT_WORK),
        row(
            s.AgreePlan,
            e.PlanAgreed,
            who=STAFF,
            when=(*AT_WORK, ASSESSED),
            by=plan.agree_plan,
        ),
        row(
            UpdateGoal,
            GoalStepMoved,
            who=STAFF,
            when=(*AT_WORK, PLANNED, HAS_GOALS),
            by=plan.update_goal,
        ),
    ),
)

EXEMPTION = Asking(
    row(s.ExemptReview, e.ReviewExempted, who=STAFF, when=AT_WORK, by=reviewing.exempt_review),
    e.ExemptionRequested,
    takes_two=reviewing.exempts_visit,
)

PAUSE = Asking(
    row(s.PauseCase, e.CasePaused, who=STAFF, when=AT_WORK, by=reviewing.pause_case),
    e.PauseRequested,
    takes_two=reviewing.pauses_visits,
)

RENEWAL = Asking(
    row(
        s.RenewPause,
        e.PauseRenewed,
        who=SUPERVISORS,
        when=(*AT_WORK, PAUSED),
        by=reviewing.renew_pause,
    ),
    e.PauseRenewalRequested,
    takes_two=reviewing.pauses_visits,
)

ANYWHERE = Part(
    "anywhere",
    (
        row(s.RecordContact, e.ContactRecorded, who=STAFF, when=AT_WORK, by=record_contact),
        row(s.RecordAttemptedVisit, e.VisitAttempted, who=STAFF, when=AT_WORK),
        row(s.AddNote, e.NoteAdded, who=STAFF, when=AT_WORK),
        row(
            s.AttachDocument,
            e.DocumentAttached,
            who=STAFF,
            when=AT_WORK,
            by=attaching(e.DocumentAttached),
        ),
        row(
            s.WithdrawDocument,
            e.DocumentWithdrawn,
            who=STAFF,
            when=(*AT_WORK, HAS_PAPER),
            by=withdrawing(e.DocumentWithdrawn),
        ),
        asks(EXEMPTION),
        row(
            s.ClearExemption,
            e.ExemptionCleared,
            who=STAFF,
            when=AT_WORK,
            by=reviewing.clear_exemption,
        ),
        asks(PAUSE),
        asks(RENEWAL),
        row(
            s.ResumeCase,
            e.CaseResumed,
            who=STAFF,
            when=(*AT_WORK, PAUSED),
            by=reviewing.resume_case,
        ),
        row(
            s.AssignCaseworker,
            e.CaseworkerAssigned,
            who=SUPERVISORS,
            when=(EXISTS, OPEN),
            by=decide.assign,
            reads=decide.reads_staff,
        ),
        row(
            s.RecordDeath,
            *(e.DeathRecorded, b.PersonDied),
            who=STAFF,
            when=(EXISTS, UNDEAD),
            by=death.record_death,
            reads=decide.reads_beneficiary,
        ),
        row(
            s.CloseCase,
            *(e.CaseClosed, b.CaseUnlinked),
            who=STAFF,
            when=(EXISTS, OPEN),
            by=decide.close_case,
            reads=decide.reads_beneficiary,
        ),
        row(
            s.ReopenCase,
            *(e.CaseReopened, b.CaseLinked),
            who=SUPERVISORS,
            when=(EXISTS, CLOSED),
            by=decide.reopen_case,
            reads=decide.reads_to_reopen,
            follows=follows_family,
        ),
        row(
            s.RecordReminder,
            e.ReminderRecorded,
            who=TIMER,
            when=(EXISTS, OPEN),
            by=reviewing.record_reminder,
            reads=decide.reads_staff,
            left_out={"at": "stands as `fired_at`"},
        ),
    ),
)
