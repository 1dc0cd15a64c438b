"""Who may do what: one table of role × (query or step) × scope. What it does not name is denied.

The roles of steps are not said again here: they are the domain's, from the table of the
whole process (`domain.path.PATH`) and the tables beside it. A step's scope follows from the
kind of thing it is taken on; one that makes a thing is named with the scope of what it makes,
and so is one that another centre may be lent.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.agreement.steps import SignAgreement
from domain.batch.steps import PrepareBatch
from domain.beneficiary.steps import RegisterBeneficiary
from domain.case.emergency.steps import OpenInEmergency
from domain.case.referral.asking.steps import AskForReferral
from domain.case.referral.steps import AcceptReferral, RefuseReferral
from domain.case.steps import OpenCase
from domain.ceremony.steps import ScheduleCeremony
from domain.cohort.steps import PlanCohort
from domain.commands import HANDLINGS, step_name
from domain.complaint.steps import FileComplaint
from domain.errors import NotAllowed
from domain.message import ENCRYPTED, Actor, FieldClass, Role, Step, StreamKind
from domain.order.steps import PlaceOrder
from domain.papers.steps import AttachPaper, WithdrawPaper
from domain.reception.steps import RecordReception
from domain.registry.steps import MergeEntries, RegisterEntry, UndoEntryMerge
from domain.session.steps import ScheduleSession
from domain.staff.calendar_link.steps import EndCalendarLink, MakeCalendarLink
from domain.staff.reach.steps import ChangeReach, EndReach
from domain.staff.roles import READING_PERSONS
from domain.staff.standing_in.steps import EndDelegation, NameDelegate
from domain.staff.steps import AcceptInvitation, AcknowledgeNotices, ChangePassword
from domain.steps.handling import Handling
from domain.tracks.self_employment.steps import ConfirmDelivery
from service.access.vocabulary import Reach, Scope


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table."""

    who: frozenset[Role]
    scope: Scope


REACH: Mapping[Role, Reach] = {
    Role.CASEWORKER: Reach.OWN_CENTRE,
    Role.COORDINATOR: Reach.OWN_CENTRE,
    Role.DIVISION: Reach.EVERYWHERE,
    Role.AUDITOR: Reach.EVERYWHERE,
    Role.ADMINISTRATOR: Reach.EVERYWHERE,
}
"""The roles people hold, and how far each sees and acts."""

EVERYBODY = frozenset(REACH)
CENTRE_STAFF = frozenset({Role.CASEWORKER, Role.COORDINATOR})
CASE_READERS = CENTRE_STAFF | {Role.DIVISION, Role.AUDITOR}
PERSONS_READERS = CENTRE_STAFF | {Role.AUDITOR}
"""Who reads what a paper says of a person: it cannot be masked."""
FINDERS = frozenset({Role.COORDINATOR, Role.DIVISION, Role.AUDITOR})
OF_RESTRICTED = frozenset({Role.COORDINATOR, Role.AUDITOR})
"""Who reads of people whose data is restricted, and all that is kept of one, to hand it over."""
AUDITORS = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
"""Of the house itself."""

QUERIES: Mapping[str, Row] = {
    "list-cases": Row(CASE_READERS, Scope.CASES),
    "search-cases": Row(CASE_READERS, Scope.CASES),
    "count-cases": Row(CASE_READERS, Scope.CASES),
    "get-case": Row(CASE_READERS, Scope.CASE),
    "get-case-timeline": Row(CASE_READERS, Scope.CASE),
    "get-case-reminders": Row(CASE_READERS, Scope.CASE),
    "get-case-history": Row(CASE_READERS, Scope.CASE),
    "list-tasks": Row(CASE_READERS, Scope.CASES),
    "count-tasks": Row(CASE_READERS, Scope.CASES),
    "list-agenda": Row(PERSONS_READERS, Scope.CASES),
    "follow-tasks": Row(CASE_READERS, Scope.CASES),
    "list-matters": Row(PERSONS_READERS, Scope.CASES),
    "count-matters": Row(PERSONS_READERS, Scope.CASES),
    "list-prison-day": Row(CENTRE_STAFF, Scope.CASES),
    "list-visit-round": Row(CENTRE_STAFF, Scope.CASES),
    "list-calls": Row(PERSONS_READERS, Scope.CASES),
    "get-team": Row(frozenset({Role.COORDINATOR}), Scope.CASES),
    "list-reminders": Row(CASE_READERS, Scope.CASES),
    "get-report": Row(CASE_READERS, Scope.CASES),
    "get-report-as-known": Row(FINDERS, Scope.CASES),
    "list-findings": Row(FINDERS, Scope.CASES),
    "get-finding": Row(FINDERS, Scope.CASES),
    "list-checks": Row(frozenset({Role.AUDITOR}), Scope.HOUSE),
    "find-similar-people": Row(CASE_READERS, Scope.CASES),
    "get-beneficiary": Row(CASE_READERS, Scope.PERSON),
    "get-beneficiary-history": Row(CASE_READERS, Scope.PERSON),
    "get-person-record": Row(OF_RESTRICTED, Scope.PERSON),
    "get-erasure": Row(FINDERS, Scope.ERASURE),
    "list-case-papers": Row(PERSONS_READERS, Scope.CASE),
    "get-case-paper": Row(PERSONS_READERS, Scope.CASE),
    "list-agreement-papers": Row(CASE_READERS, Scope.AGREEMENT),
    "get-agreement-paper": Row(CASE_READERS, Scope.AGREEMENT),
    "list-order-papers": Row(CASE_READERS, Scope.ORDER),
    "get-order-paper": Row(CASE_READERS, Scope.ORDER),
    "list-session-papers": Row(CASE_READERS, Scope.SESSION),
    "get-session-paper": Row(CASE_READERS, Scope.SESSION),
    "list-ceremony-papers": Row(CASE_READERS, Scope.CEREMONY),
    "get-ceremony-paper": Row(CASE_READERS, Scope.CEREMONY),
    "get-project-history": Row(CASE_READERS, Scope.PROJECT),
    "list-agreements": Row(CASE_READERS, Scope.AGREEMENTS),
    "get-agreement": Row(CASE_READERS, Scope.AGREEMENT),
    "get-agreement-history": Row(CASE_READERS, Scope.AGREEMENT),
    "list-agreement-stock": Row(CASE_READERS, Scope.AGREEMENT),
    "list-orders": Row(CASE_READERS, Scope.ORDERS),
    "get-order": Row(CASE_READERS, Scope.ORDER),
    "get-order-history": Row(CASE_READERS, Scope.ORDER),
    "list-sessions": Row(CASE_READERS, Scope.SESSIONS),
    "get-session": Row(CASE_READERS, Scope.SESSION),
    "get-session-history": Row(CASE_READERS, Scope.SESSION),
    "list-referrals": Row(CASE_READERS, Scope.REFERRALS),
    "list-answered-referrals": Row(CASE_READERS, Scope.REFERRALS),
    "list-requests": Row(CASE_READERS, Scope.REQUESTS),
    "list-data-requests": Row(CASE_READERS, Scope.CASES),
    "list-restricted-people": Row(OF_RESTRICTED, Scope.CASES),
    "list-retention": Row(FINDERS, Scope.CASES),
    "list-ceremonies": Row(CASE_READERS, Scope.CEREMONIES),
    "get-ceremony": Row(CASE_READERS, Scope.CEREMONY),
    "get-ceremony-history": Row(CASE_READERS, Scope.CEREMONY),
    "list-cohorts": Row(CASE_READERS, Scope.COHORTS),
    "get-cohort": Row(CASE_READERS, Scope.COHORT),
    "get-cohort-attendance": Row(CASE_READERS, Scope.COHORT),
    "get-cohort-history": Row(CASE_READERS, Scope.COHORT),
    "list-batches": Row(CASE_READERS, Scope.BATCHES),
    "get-batch": Row(CASE_READERS, Scope.BATCH),
    "list-batch-lines": Row(CASE_READERS, Scope.BATCH),
    "get-batch-history": Row(CASE_READERS, Scope.BATCH),
    "find-batch-lines": Row(CENTRE_STAFF | {Role.DIVISION}, Scope.OWN_LIST),
    "print-undertaking": Row(CENTRE_STAFF, Scope.CASE),
    "print-delivery-slip": Row(CENTRE_STAFF, Scope.CASE),
    "print-attestation": Row(CENTRE_STAFF, Scope.CASE),
    "print-consent-form": Row(CENTRE_STAFF, Scope.CASE),
    "print-case-summary": Row(CASE_READERS, Scope.CASE),
    "print-person-record": Row(OF_RESTRICTED, Scope.PERSON),
    "print-erasure-certificate": Row(FINDERS, Scope.ERASURE),
    "print-visit-sheet": Row(CENTRE_STAFF, Scope.CASE),
    "print-visit-sheets": Row(CENTRE_STAFF, Scope.CASES),
    "print-ceremony-list": Row(CASE_READERS, Scope.CEREMONY),
    "print-ceremony-minutes": Row(CASE_READERS, Scope.CEREMONY),
    "print-ceremony-slips": Row(CENTRE_STAFF, Scope.CEREMONY),
    "print-session-list": Row(CASE_READERS, Scope.SESSION),
    "print-attendance-sheet": Row(CENTRE_STAFF, Scope.COHORT),
    "print-order-slips": Row(CENTRE_STAFF, Scope.ORDER),
    "list-complaints": Row(CASE_READERS, Scope.COMPLAINTS),
    "get-complaint": Row(CASE_READERS, Scope.COMPLAINT),
    "get-complaint-history": Row(CASE_READERS, Scope.COMPLAINT),
    "list-receptions": Row(CASE_READERS, Scope.CASES),
    "get-reception": Row(CASE_READERS, Scope.RECEPTION),
    "count-receptions": Row(CASE_READERS, Scope.CASES),
    "list-inbox": Row(CASE_READERS, Scope.CASES),
    "count-inbox": Row(CASE_READERS, Scope.CASES),
    "list-outbox": Row(CASE_READERS, Scope.MESSAGES),
    "count-outbox": Row(CASE_READERS, Scope.MESSAGES),
    "send-again": Row(CENTRE_STAFF | {Role.DIVISION}, Scope.MESSAGES),
    "list-staff": Row(EVERYBODY, Scope.COLLEAGUES),
    "get-staff-member": Row(EVERYBODY, Scope.COLLEAGUES),
    "list-delegations": Row(EVERYBODY, Scope.COLLEAGUES),
    "list-left-cases": Row(FINDERS | AUDITORS, Scope.COLLEAGUES),
    "get-staff-history": Row(AUDITORS, Scope.HOUSE),
    "list-centres": Row(EVERYBODY, Scope.REGISTRY),
    "list-rules": Row(EVERYBODY, Scope.REGISTRY),
    "get-rules": Row(EVERYBODY, Scope.REGISTRY),
    "count-cases-by-rules": Row(CASE_READERS | {Role.ADMINISTRATOR}, Scope.CASES),
    "get-centre": Row(EVERYBODY, Scope.REGISTRY),
    "get-registry-history": Row(EVERYBODY, Scope.REGISTRY),
    "list-registry-entries": Row(EVERYBODY, Scope.REGISTRY),
    "get-registry-entry": Row(EVERYBODY, Scope.REGISTRY),
    "search-registry": Row(EVERYBODY, Scope.REGISTRY),
    "find-similar-entries": Row(EVERYBODY, Scope.REGISTRY),
    "get-registry-totals": Row(CASE_READERS, Scope.CASES),
    "list-places": Row(EVERYBODY, Scope.REGISTRY),
    "get-setup": Row(frozenset({Role.ADMINISTRATOR}), Scope.HOUSE),
    "list-readings": Row(frozenset({Role.AUDITOR}), Scope.HOUSE),
    "list-unusual-readings": Row(frozenset({Role.AUDITOR}), Scope.HOUSE),
    "list-person-readings": Row(OF_RESTRICTED, Scope.PERSON),
    "list-upkeep": Row(AUDITORS, Scope.HOUSE),
    "list-checkpoints": Row(EVERYBODY, Scope.REGISTRY),
    "get-checkpoint": Row(EVERYBODY, Scope.REGISTRY),
    "get-consistency": Row(EVERYBODY, Scope.REGISTRY),
    "check-proof": Row(EVERYBODY, Scope.REGISTRY),
    "get-event-proof": Row(AUDITORS, Scope.HOUSE),
    "get-receipt-proof": Row(EVERYBODY, Scope.OWN),
    "get-case-proof": Row(CASE_READERS, Scope.CASE),
    "list-access-keys": Row(AUDITORS, Scope.HOUSE),
    "get-access-key": Row(AUDITORS, Scope.HOUSE),
    "list-own-access-keys": Row(EVERYBODY, Scope.OWN),
    "list-partners": Row(AUDITORS, Scope.HOUSE),
    "get-partner": Row(AUDITORS, Scope.HOUSE),
    "get-partner-secret": Row(frozenset({Role.ADMINISTRATOR}), Scope.HOUSE),
    "list-emergencies": Row(CASE_READERS, Scope.OWN),
    "get-me": Row(EVERYBODY, Scope.OWN),
    "get-own-reach": Row(EVERYBODY, Scope.OWN),
    "get-own-calendar": Row(CENTRE_STAFF, Scope.OWN),
    "get-receipt": Row(EVERYBODY, Scope.OWN),
    "get-reception-history": Row(CASE_READERS, Scope.RECEPTION),
    "get-finding-history": Row(frozenset({Role.AUDITOR}), Scope.HOUSE),
    "get-upkeep-history": Row(AUDITORS, Scope.HOUSE),
    "get-reference-history": Row(frozenset({Role.AUDITOR}), Scope.HOUSE),
    "get-numbers-history": Row(frozenset({Role.AUDITOR}), Scope.HOUSE),
    "get-event-log": Row(frozenset({Role.AUDITOR}), Scope.CASES),
    "get-object-log": Row(frozenset({Role.AUDITOR}), Scope.CASES),
    "get-case-provenance": Row(frozenset({Role.AUDITOR}), Scope.CASE),
}
"""What can be asked, by whom, and how far; the answer is cut to the role's field classes."""

ON: Mapping[StreamKind, Scope] = {
    StreamKind.CASE: Scope.CASE,
    StreamKind.BENEFICIARY: Scope.PERSON,
    StreamKind.AGREEMENT: Scope.AGREEMENT,
    StreamKind.ORDER: Scope.ORDER,
    StreamKind.SESSION: Scope.SESSION,
    StreamKind.CEREMONY: Scope.CEREMONY,
    StreamKind.COHORT: Scope.COHORT,
    StreamKind.BATCH: Scope.BATCH,
    StreamKind.COMPLAINT: Scope.COMPLAINT,
    StreamKind.RECEPTION: Scope.RECEPTION,
    StreamKind.FINDING: Scope.FINDING,
    StreamKind.STAFF: Scope.HOUSE,
    StreamKind.REGISTRY: Scope.HOUSE,
}
"""The scope of a step on a thing of this kind."""

MAKING: Mapping[type[Step], Scope] = {
    OpenCase: Scope.NEW_CASE,
    RegisterBeneficiary: Scope.NEW_PERSON,
    SignAgreement: Scope.NEW_AGREEMENT,
    PlaceOrder: Scope.NEW_ORDER,
    ScheduleSession: Scope.NEW_SESSION,
    ScheduleCeremony: Scope.NEW_CEREMONY,
    PlanCohort: Scope.NEW_COHORT,
    PrepareBatch: Scope.NEW_BATCH,
    FileComplaint: Scope.NEW_COMPLAINT,
    RecordReception: Scope.NEW_RECEPTION,
}
"""The scope of a step that makes a thing some centre will own."""

BY_PROVINCE: Mapping[type[Step], Scope] = dict.fromkeys(
    (RegisterEntry, MergeEntries, UndoEntryMerge), Scope.ENTRY
)
"""The scope of a step on what is shared, and of a centre by its province."""

LENT: Mapping[type[Step], Scope] = {
    ConfirmDelivery: Scope.LINE,
    AcceptReferral: Scope.REFERRED,
    RefuseReferral: Scope.REFERRED,
}
"""The scope of a step on a case that another centre may be lent."""

ABOUT_ONESELF: Mapping[type[Step], Scope] = dict.fromkeys(
    (
        AcknowledgeNotices,
        AcceptInvitation,
        ChangePassword,
        NameDelegate,
        EndDelegation,
        ChangeReach,
        EndReach,
        MakeCalendarLink,
        EndCalendarLink,
        AskForReferral,
        OpenInEmergency,
    ),
    Scope.OWN,
)
"""The scope of a step on what stands on the asker's own pages."""

IN_EMERGENCY = frozenset(
    {
        *("get-case", "get-case-timeline", "get-case-reminders", "get-case-history"),
        *("list-case-papers", "get-beneficiary", "get-beneficiary-history"),
    }
)
"""What may be asked of another centre's case while it is open in an emergency: what its page and the
person's show. Nothing is printed of it, no file opened, and who else read of them is not told."""

FOR_PAGES = frozenset(
    {
        *("invite-password", "accept-invitation", "change-password"),
        *("make-calendar-link", "end-calendar-link"),
    }
)
"""Steps that the console takes, which keeps what is secret of a password: programs come with keys."""

PUBLIC = frozenset({"get-health", "get-readiness", "get-problem", "list-problems", "list-warnings"})
"""Answered without a key; they hold no data of the programme."""

LOOPBACK_OR_ADMINISTRATOR = frozenset({"get-metrics"})

SHOWN = frozenset(FieldClass) - {FieldClass.HIDDEN}
OPEN = SHOWN - ENCRYPTED
"""The classes that say nothing of a person's own."""

FIELDS: Mapping[Role, frozenset[FieldClass]] = {
    role: SHOWN if role in READING_PERSONS else OPEN for role in REACH
}
"""Which classes of fields each role gets to see."""


def _row(handling: Handling) -> Row:
    step = handling.step
    elsewhere = {**LENT, **BY_PROVINCE, **ABOUT_ONESELF}
    scope = MAKING[step] if handling.creates else elsewhere.get(step, ON[handling.kind])
    return Row(handling.who & EVERYBODY, scope)


STEPS: Mapping[str, Row] = {
    step_name(step): _row(handling)
    for step, handling in HANDLINGS.items()
    if handling.who & EVERYBODY
}
"""Each step a person can take: all but the timer's."""


WITH_A_FILE = frozenset(
    step_name(step) for step in HANDLINGS if issubclass(step, AttachPaper | WithdrawPaper)
)
"""Steps that no form made from its model asks for: beside a list of papers one is sent and attached."""

OF_BATCHES = frozenset(
    step_name(step) for step, row in HANDLINGS.items() if row.kind is StreamKind.BATCH
)
"""Steps that no form made from its model asks for: the pages of batches have a list, and buttons."""

SENDING: Mapping[str, Row] = {
    f"send-{handling.kind}-paper": _row(handling)
    for step, handling in HANDLINGS.items()
    if issubclass(step, AttachPaper)
}
"""Sending a paper: whoever may attach one may send it, where they may attach it."""


def require(actor: Actor, name: str) -> Row:
    """The row of this step or query; raises `NotAllowed` unless the actor's role is in it."""
    row = STEPS.get(name) or QUERIES.get(name) or SENDING.get(name)
    if row is None or actor.role not in row.who:
        raise NotAllowed(role=str(actor.role))
    return row


def centre_bound(actor: Actor) -> str | None:
    """The one centre the actor sees; None for everywhere."""
    if REACH.get(actor.role) is Reach.EVERYWHERE:
        return None
    if actor.centre is None:
        raise NotAllowed(role=str(actor.role))
    return actor.centre


def require_centre(actor: Actor, centre: str | None) -> None:
    """Raises `NotAllowed("other_centre")` for what belongs to a centre the actor is not of."""
    bound = centre_bound(actor)
    if bound is not None and bound != centre:
        raise NotAllowed("other_centre")
