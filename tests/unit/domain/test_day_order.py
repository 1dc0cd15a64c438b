"""Which day of which step may not lie before which other: the whole table, and that the rules hold it.

A step is judged on its own day, and much is typed in late: only what contradicts itself is refused.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast
from uuid import uuid4

from domain.agreement import steps as a
from domain.agreement.state import AgreementState
from domain.asking.steps import ConfirmRequest, RefuseRequest
from domain.asking.waiting import Requests
from domain.batch import steps as n
from domain.batch.lines import digest_of
from domain.batch.state import BatchState
from domain.batch.vocabulary import Phase
from domain.beneficiary import steps as b
from domain.beneficiary.restriction.steps import RestrictOnRequest
from domain.beneficiary.rights.state import waiting_of
from domain.beneficiary.rights.steps import AnswerDataRequest, ReceiveDataRequest
from domain.beneficiary.state import BeneficiaryState
from domain.case import events as e
from domain.case import steps as s
from domain.case.attestation.steps import CancelAttestation, IssueAttestation
from domain.case.awaiting import events as awaiting_told
from domain.case.awaiting import steps as awaiting
from domain.case.consents import steps as consents
from domain.case.custody import steps as custody
from domain.case.custody.state import Episode
from domain.case.custody.vocabulary import EpisodeEnd, EpisodeKind, ReleaseKind
from domain.case.emergency.steps import OpenInEmergency
from domain.case.household import events as household_told
from domain.case.household import steps as household
from domain.case.moment import day_of
from domain.case.moving_rules.steps import AdoptRules
from domain.case.noticed.steps import AcknowledgeReminder, SnoozeReminder
from domain.case.plan.steps import UpdateGoal
from domain.case.referral import steps as r
from domain.case.referral.asking.steps import AskForReferral
from domain.case.residence.steps import RecordMove
from domain.case.support import events as support_told
from domain.case.support import steps as support
from domain.case.vocabulary import Outcome
from domain.ceremony import steps as c
from domain.ceremony.state import CeremonyState
from domain.cohort import steps as h
from domain.cohort.state import CohortState
from domain.commands import HANDLINGS
from domain.complaint import steps as v
from domain.complaint.state import ComplaintState
from domain.dismissal.steps import (
    DismissFinding,
    ForgetFinding,
    NoteKeyUsedAgain,
    NoteKeyUsedOnce,
    ReopenFinding,
)
from domain.erasure.again import RepeatComplaintErasure, RepeatErasure
from domain.errors import Refused
from domain.example import batch as batches
from domain.example import papers, project, schooling, voices
from domain.example.beside import NEXT_AGREEMENT, sign_agreement
from domain.example.person import EXAMPLE as EXAMPLE_PERSON
from domain.example.training import in_cohort
from domain.example.way import Way, by_day, of_project
from domain.message import TIMER, Actor, Event, Role, Step, StreamKind, stream_id
from domain.order import steps as o
from domain.papers.steps import AttachPaper, WithdrawPaper
from domain.project.vocabulary import DecisionKind
from domain.reception.state import ReceptionState
from domain.reception.steps import CancelReception, RecordReception
from domain.registry.centres.steps import (
    ChangeCatchment,
    CloseCentre,
    CorrectCatchment,
    ReopenCentre,
)
from domain.registry.rules.steps import AddRules
from domain.registry.steps import MergeEntries, RegisterCentre, RegisterEntry, UndoEntryMerge
from domain.session import steps as m
from domain.session.state import SessionState
from domain.staff import steps as f
from domain.staff.calendar_link.steps import EndCalendarLink, MakeCalendarLink
from domain.staff.partners.steps import EndPartner, NotePartnerGone, RegisterPartner
from domain.staff.reach.steps import ChangeReach, EndReach
from domain.staff.standing_in.steps import EndDelegation, NameDelegate
from domain.staff.state import StaffState
from domain.steps.days import days_of
from domain.tracks.employment import events as je
from domain.tracks.employment import steps as js
from domain.tracks.row import TrackHandling, tracks_of
from domain.tracks.schooling import steps as sch
from domain.tracks.schooling.events import SchoolEnrolled
from domain.tracks.self_employment import steps as ts
from domain.tracks.self_employment.problems import Problem
from domain.tracks.self_employment.state import SelfEmployment, find_track
from domain.tracks.training.state import TRAINING_BEHIND, Trained, find_trained
from domain.tracks.training.steps import (
    CompleteTraining,
    DropOutOfTraining,
    EnrolInTraining,
    RecordAttendance,
)
from domain.tracks.vocational_training import steps as vs
from domain.upkeep.steps import RecordAct
from domain.values.money import NOTHING
from tests.support.paper import ADMINISTRATOR, DIRECTORY, DIVISION, REGISTRY
from tests.unit.domain.children import as_a_child
from tests.unit.domain.conftest import House, furnished

DAY = timedelta(days=1)
NEXT = stream_id(StreamKind.AGREEMENT, NEXT_AGREEMENT)
LATER = EXAMPLE_PERSON.begins + 30 * DAY
"""So that the next agreement is signed later than the example's."""
TOO_EARLY = {
    *("date_before_earlier_step", "date_before_birth", "season_ends_before_start"),
    "rests_on_it",
}
Bound = Callable[[House, Any], date | None]
Bounds = dict[str, Bound]
Field = tuple[type[Step], str]


EXAMPLE: Mapping[type[Step], Step] = {
    type(step): step for step in reversed(furnished().way.every())
} | {
    n.RecordBatchLines: n.RecordBatchLines(
        occurred_on=EXAMPLE_PERSON.day(600), phase=Phase.LOOK, first=1, last=3, passed=1
    ),
    n.HaltBatch: n.HaltBatch(occurred_on=EXAMPLE_PERSON.day(600), because="not_allowed"),
}
"""The first of each kind; and what the timer tells of a batch."""


def streams(house: House) -> Mapping[StreamKind, str]:
    way = house.way
    assert way.ceremony_id is not None
    return {
        StreamKind.CASE: stream_id(StreamKind.CASE, house.case_id),
        StreamKind.BENEFICIARY: stream_id(StreamKind.BENEFICIARY, way.beneficiary_id),
        StreamKind.AGREEMENT: stream_id(StreamKind.AGREEMENT, way.agreement_id),
        StreamKind.ORDER: stream_id(StreamKind.ORDER, way.order_id),
        StreamKind.SESSION: stream_id(StreamKind.SESSION, way.session_id),
        StreamKind.CEREMONY: stream_id(StreamKind.CEREMONY, way.ceremony_id),
        StreamKind.COHORT: stream_id(StreamKind.COHORT, way.cohort_id),
        StreamKind.COMPLAINT: stream_id(StreamKind.COMPLAINT, house.way.project_id),
        StreamKind.RECEPTION: stream_id(StreamKind.RECEPTION, house.way.project_id),
        StreamKind.BATCH: stream_id(StreamKind.BATCH, house.way.project_id),
        StreamKind.FINDING: stream_id(StreamKind.FINDING, house.way.project_id),
        StreamKind.STAFF: DIRECTORY,
        StreamKind.REGISTRY: REGISTRY,
    }


def person(house: House) -> BeneficiaryState:
    return cast("BeneficiaryState", house.paper.state(streams(house)[StreamKind.BENEFICIARY]))


def asked_about_data(house: House, step: Any) -> date | None:
    requests = person(house).data_requests
    waits = waiting_of(requests, step.kind)
    return requests[waits].on if waits else None


def agreement(house: House) -> AgreementState:
    return cast("AgreementState", house.paper.state(streams(house)[StreamKind.AGREEMENT]))


def ceremony(house: House) -> CeremonyState:
    return cast("CeremonyState", house.paper.state(streams(house)[StreamKind.CEREMONY]))


def cohort(house: House) -> CohortState:
    return cast("CohortState", house.paper.state(streams(house)[StreamKind.COHORT]))


def session(house: House) -> SessionState:
    return cast("SessionState", house.paper.state(streams(house)[StreamKind.SESSION]))


def issued_on(house: House) -> list[date]:
    return [each.issued.on for each in house.case.attestations.values()]


def complaint(house: House) -> ComplaintState:
    return cast("ComplaintState", house.paper.state(streams(house)[StreamKind.COMPLAINT]))


def reception(house: House) -> ReceptionState:
    return cast("ReceptionState", house.paper.state(streams(house)[StreamKind.RECEPTION]))


def batch(house: House) -> BatchState:
    return cast("BatchState", house.paper.state(streams(house)[StreamKind.BATCH]))


def staff(house: House) -> StaffState:
    return cast("StaffState", house.paper.state(DIRECTORY))


def opened(house: House, _: Any) -> date | None:
    return day_of(house.case.opened)


def of_track(read: Callable[[SelfEmployment], date | None]) -> Bound:
    def bound(house: House, _: Any) -> date | None:
        track = find_track(house.case)
        return None if track is None else read(track)

    return bound


def of_training(read: Callable[[Trained], date | None]) -> Bound:
    def bound(house: House, _: Any) -> date | None:
        track = find_trained(house.case)
        return None if track is None else read(track)

    return bound


def opened_of_kind(house: House, step: Step) -> date | None:
    """The day on which the track that the step is about was opened."""
    row = HANDLINGS[type(step)]
    assert isinstance(row, TrackHandling)
    days = (house.case.tracks[each].opened.on for each in tracks_of(house.case, *row.kinds))
    return min(days, default=None)


def first_told(kind: type[Event]) -> Bound:
    """The day of the first of that kind in the case."""

    def bound(house: House, _: Any) -> date | None:
        events = house.paper.of(streams(house)[StreamKind.CASE])
        days = (each.envelope.occurred_on for each in events if isinstance(each.event, kind))
        return min(days, default=None)

    return bound


def trained_on(track: SelfEmployment) -> date | None:
    return day_of(track.training_changed) if track.training in TRAINING_BEHIND else None


def asked_on(requests: Requests) -> date | None:
    """When the only request was asked."""
    return max((each.on for each in requests.values()), default=None)


def listed(house: House) -> bool:
    track = find_track(house.case)
    return track is not None and track.ceremony_id is not None


def signed_next(house: House, _: Any) -> date | None:
    return cast("AgreementState", house.paper.state(NEXT)).signed_on


def _first(track: SelfEmployment) -> Problem:
    return next(iter(track.problems.values()))


DECISION_ON_PROBLEM = {
    "the decision": of_track(lambda t: day_of(_first(t).decided) if t.problems else None)
}


def own_day(_: House, step: Any) -> date:
    return cast("date", step.occurred_on)


def numbered(dated: Mapping[int, Any], number: int) -> date | None:
    """The day of the one of this number, where there is one."""
    return dated[number].on if number in dated else None


def episode(of: Callable[[Episode], date | None]) -> Bound:
    """A day of the last episode's, where there is one."""

    def bound(house: House, _: Step) -> date | None:
        last = house.case.custody.last
        return of(last) if last else None

    return bound


BIRTH: Bounds = {"the birth": lambda house, _: person(house).born}
OPENING: Bounds = {"the opening": opened}
REGISTERED: Bounds = {"the registration": lambda house, _: person(house).begun_on}
SIGNING: Bounds = {"the signing": lambda house, _: agreement(house).signed_on}
ANNOUNCED: Bounds = {"the announcement": lambda house, _: ceremony(house).begun_on}
OF_LIST: Bounds = {"the list's own last change": lambda house, _: ceremony(house).list_changed_on}
PLANNED: Bounds = {"the planning": lambda house, _: cohort(house).begun_on}
FIRST_DAY: Bounds = {"its first day": lambda _, step: step.starts_on}
CALLED: Bounds = {"the call": lambda house, _: session(house).begun_on}
LINES: Bounds = {"the list's last change": lambda house, _: session(house).listed_on}
MEETING: Bounds = {"the session": lambda house, _: session(house).meets_on}
OWN: Bounds = {"its step's day": own_day}
AFTER_ITSELF: Bounds = {"the day after its step's": lambda _, step: step.occurred_on + DAY}
TURNED: Bounds = {"the last turn": lambda house, _: day_of(house.case.turned)}
MERGED_OR_PARTED: Bounds = {"the merge": lambda house, _: person(house).merging_turned_on}
ASKED_OF_PERSON: Bounds = {"the request": lambda house, _: asked_on(person(house).requests)}
ASKED_OF_CASE: Bounds = {"the request": lambda house, _: asked_on(house.case.requests)}
ASKED_OF_ORDER: Bounds = {"the request": lambda house, _: asked_on(house.order.requests)}
ASKED_OF_AGREEMENT: Bounds = {"the request": lambda house, _: asked_on(agreement(house).requests)}
CLOSED: Bounds = {"the last closing": lambda house, _: person(house).closed_on}
BINDING: Bounds = {"the last episode": episode(lambda each: day_of(each.started))}
DETAINED: Bounds = {"the imprisonment": lambda house, _: house.case.custody.detained_since}
TRACK: Bounds = {"the track's opening": of_track(lambda track: track.opened.on)}
TRACKS_OF_ITS_KIND: Bounds = {"the opening of a track of its kind": opened_of_kind}
TRAINING: Bounds = {
    "the training's last change": of_training(lambda track: day_of(track.training_changed))
}
ATTENDED: Bounds = {"the last day told of": of_training(lambda track: track.attended_last)}
PROPOSAL: Bounds = {"the proposal": of_track(lambda track: day_of(track.proposed))}
REVISION: Bounds = {"the revision": of_track(lambda track: day_of(track.revised))}
STUDY: Bounds = {"the study": of_track(lambda track: day_of(track.studied))}
OPINION: Bounds = {"the opinion": of_track(lambda track: day_of(track.opined))}
TURNED_BACK: Bounds = {"what turned it back": of_track(lambda track: day_of(track.turned_back))}
UNDERTAKING: Bounds = {"the undertaking": of_track(lambda track: day_of(track.undertaking))}
LISTED: Bounds = {"the list's last change": of_track(lambda track: day_of(track.list_changed))}
DELIVERY: Bounds = {"the first handover": of_track(lambda track: day_of(track.first_delivery))}
ORDERED: Bounds = {"the order": lambda house, _: house.order.begun_on}

HOLDER: Bounds = {
    "the holder's registration": lambda house, step: staff(house).staff[step.staff_id].since_on
}
INVITED: Bounds = {
    "the invitation": lambda house, _: next(iter(staff(house).passwords.values())).issued_on
}
ATTACHING = (
    *(s.AttachDocument, m.AttachSessionDocument, o.AttachOrderDocument),
    *(c.AttachCeremonyDocument, a.AttachAgreementDocument),
)
AFTER_THEIR_BEGINNING = (
    *((each, "the call") for each in (m.AttachSessionDocument, m.WithdrawSessionDocument)),
    *((each, "the order") for each in (o.AttachOrderDocument, o.WithdrawOrderDocument)),
    *(
        (each, "the announcement")
        for each in (c.AttachCeremonyDocument, c.WithdrawCeremonyDocument)
    ),
    *((each, "the signing") for each in (a.AttachAgreementDocument, a.WithdrawAgreementDocument)),
)


def papers_of(
    attach: type[AttachPaper],
    withdraw: type[WithdrawPaper],
    begun: Bounds,
    keeper: Callable[[House], Any],
) -> Mapping[Field, Bounds]:
    """Of what a paper is attached to."""
    issue: Bounds = {"the issue": lambda _, step: step.issued_on}

    def attached(house: House, step: Any) -> date | None:
        paper = keeper(house).papers.get(step.paper_id)
        return paper.attached_on if paper else None

    return {
        (attach, "occurred_on"): begun | issue,
        (attach, "expires_on"): issue,
        (withdraw, "occurred_on"): begun | {"the attaching": attached},
    }


FIRST_SUPPORT: Bounds = {"the first support": first_told(support_told.SupportOpened)}
FIRST_AWAITED: Bounds = {"the first awaited": first_told(awaiting_told.ThirdPartyAwaited)}
FIRST_MEMBER: Bounds = {"the first member": first_told(household_told.HouseholdMemberAdded)}
OF_SERVICES: Mapping[Field, Bounds] = {
    **{
        (kind, "occurred_on"): OPENING
        for kind in (support.OpenSupport, awaiting.AwaitThirdParty, household.AddHouseholdMember)
    },
    **{
        (kind, "occurred_on"): OPENING | FIRST_SUPPORT
        for kind in (support.ProgressSupport, support.CompleteSupport, support.DeclineSupport)
    },
    (support.TakeUpSupport, "occurred_on"): OPENING
    | {"the first completion": first_told(support_told.SupportCompleted)},
    **{
        (kind, "look_again_on"): OWN
        for kind in (support.OpenSupport, support.ProgressSupport, support.TakeUpSupport)
    },
    **{
        (kind, "answer_by"): OWN for kind in (awaiting.AwaitThirdParty, awaiting.AskThirdPartyAgain)
    },
    **{
        (kind, "occurred_on"): OPENING | FIRST_AWAITED
        for kind in (
            *(awaiting.AskThirdPartyAgain, awaiting.RecordThirdPartyAnswer),
            awaiting.StopAwaiting,
        )
    },
    **{
        (kind, "occurred_on"): OPENING | FIRST_MEMBER
        for kind in (household.RecordMemberLeft, household.RecordFamilyContact)
    },
}

OF_REMINDERS: Mapping[Field, Bounds] = {
    (AcknowledgeReminder, "occurred_on"): OPENING,
    (SnoozeReminder, "occurred_on"): OPENING,
    (SnoozeReminder, "until"): AFTER_ITSELF,
}

FOLLOWS: Mapping[Field, Bounds] = {
    **OF_SERVICES,
    (s.OpenCase, "occurred_on"): BIRTH | CLOSED,
    (s.RecordSocialEnquiry, "occurred_on"): OPENING,
    (s.RuleOnEligibility, "occurred_on"): OPENING
    | {"the enquiry": lambda house, _: day_of(house.case.enquired)},
    (custody.BeginDetention, "occurred_on"): BIRTH,
    (custody.BeginDetention, "expected_end"): OWN,
    (custody.BeginDetention, "conditional_from"): OWN,
    (custody.BeginAlternativePenalty, "occurred_on"): BINDING,
    (custody.BeginAlternativePenalty, "expected_end"): OWN,
    (custody.RecordPenaltyHours, "occurred_on"): BINDING,
    (custody.RecordBreach, "occurred_on"): BINDING,
    (custody.PlaceInChildProtection, "occurred_on"): BIRTH | BINDING,
    (custody.PlaceInChildProtection, "expected_end"): OWN,
    (custody.PrepareConditionalRelease, "occurred_on"): DETAINED,
    (custody.PrepareConditionalRelease, "earliest_on"): DETAINED,
    (custody.AnswerConditionalRelease, "occurred_on"): {
        "the request": episode(lambda each: day_of(each.prepared))
    },
    (custody.RecordExitPermit, "occurred_on"): DETAINED,
    (custody.RecordExitPermit, "until"): OWN,
    (custody.ReturnToDetention, "occurred_on"): BINDING,
    (custody.ReturnToDetention, "expected_end"): OWN,
    (custody.EndEpisode, "occurred_on"): BINDING,
    (custody.RecordPrisonTransfer, "occurred_on"): DETAINED,
    (custody.ChangeExpectedEnd, "occurred_on"): DETAINED,
    (custody.ChangeExpectedEnd, "expected_end"): DETAINED,
    (custody.RecordPardon, "occurred_on"): DETAINED,
    (custody.RecordPardon, "expected_end"): DETAINED,
    (s.RecordEducation, "occurred_on"): {"its beginning": lambda _, step: step.started_on},
    (s.RecordEducation, "started_on"): BIRTH,
    (s.RecordPreReleaseReview, "occurred_on"): DETAINED,
    (custody.RecordRelease, "occurred_on"): BIRTH | DETAINED,
    (custody.RecordRelease, "conditions_until"): OWN,
    (s.AssessNeeds, "occurred_on"): OPENING,
    (s.AgreePlan, "occurred_on"): OPENING | {"the first assessment": first_told(e.NeedsAssessed)},
    (s.OpenTrack, "occurred_on"): OPENING | {"the ruling": first_told(e.EligibilityRuled)},
    (s.RecordContact, "occurred_on"): OPENING,
    (RecordMove, "occurred_on"): OPENING,
    (s.AddNote, "occurred_on"): OPENING,
    (AdoptRules, "occurred_on"): OPENING,
    (s.CorrectEntries, "occurred_on"): OPENING,
    (ts.CorrectDecision, "occurred_on"): OPENING,
    (ts.CorrectDelivery, "occurred_on"): OPENING,
    (ts.CorrectRecovery, "occurred_on"): OPENING,
    (s.RetractEntry, "occurred_on"): OPENING,
    (s.ExemptReview, "occurred_on"): OPENING
    | {
        "the first handover": of_track(
            lambda track: min(track.handed_over_on, default=None),
        )
    },
    (s.ClearExemption, "occurred_on"): OPENING
    | {
        "the exemption": lambda house, step: (
            house.case.exemptions[step.review].on if step.review in house.case.exemptions else None
        )
    },
    **papers_of(s.AttachDocument, s.WithdrawDocument, OPENING, lambda house: house.case),
    **papers_of(m.AttachSessionDocument, m.WithdrawSessionDocument, CALLED, session),
    **papers_of(o.AttachOrderDocument, o.WithdrawOrderDocument, ORDERED, lambda it: it.order),
    **papers_of(c.AttachCeremonyDocument, c.WithdrawCeremonyDocument, ANNOUNCED, ceremony),
    **papers_of(a.AttachAgreementDocument, a.WithdrawAgreementDocument, SIGNING, agreement),
    (h.PlanCohort, "ends_on"): FIRST_DAY,
    (h.MoveCohort, "occurred_on"): PLANNED,
    (h.MoveCohort, "ends_on"): FIRST_DAY,
    (h.ChangeCohortPlaces, "occurred_on"): PLANNED,
    (h.CancelCohort, "occurred_on"): PLANNED
    | {"the last who came or left": lambda house, _: cohort(house).changed_on},
    (h.EndCohort, "occurred_on"): PLANNED
    | {"its first day": lambda house, _: cohort(house).starts_on},
    **OF_REMINDERS,
    (s.PauseCase, "occurred_on"): OPENING,
    (s.PauseCase, "until"): AFTER_ITSELF,
    (s.RenewPause, "occurred_on"): OPENING,
    (s.RenewPause, "until"): AFTER_ITSELF,
    (s.ExemptReview, "until"): AFTER_ITSELF,
    (s.RecordAttemptedVisit, "occurred_on"): OPENING,
    (s.ResumeCase, "occurred_on"): OPENING,
    (s.ConfirmCaseRequest, "occurred_on"): OPENING | ASKED_OF_CASE,
    (s.RefuseCaseRequest, "occurred_on"): OPENING | ASKED_OF_CASE,
    (s.AssignCaseworker, "occurred_on"): OPENING,
    (s.CloseCase, "occurred_on"): OPENING
    | TURNED
    | {
        "the last contact": lambda house, _: day_of(house.case.last_contact),
        "the release": lambda house, _: day_of(house.case.custody.released),
        "the track's last day": of_track(lambda track: track.latest_on),
    },
    (consents.GiveConsent, "occurred_on"): OPENING,
    (consents.WithdrawConsent, "occurred_on"): OPENING,
    (UpdateGoal, "occurred_on"): OPENING | {"the plan": first_told(e.PlanAgreed)},
    (s.EndTrack, "occurred_on"): OPENING
    | {"the track's last day": of_track(lambda track: track.latest_on)},
    (s.RecordDeath, "occurred_on"): OPENING
    | {
        "the last contact": lambda house, _: day_of(house.case.last_contact),
        "the undertaking": of_track(lambda track: day_of(track.undertaking)),
        "the last visit": of_track(lambda track: day_of(track.visited)),
    },
    (s.ReopenCase, "occurred_on"): TURNED | CLOSED,
    (js.RecordApplication, "occurred_on"): OPENING | TRACKS_OF_ITS_KIND,
    (js.AnswerApplication, "occurred_on"): {"the application": first_told(je.ApplicationMade)},
    (js.RecordHire, "occurred_on"): OPENING | TRACKS_OF_ITS_KIND,
    (sch.EnrolAtSchool, "occurred_on"): OPENING | TRACKS_OF_ITS_KIND,
    (sch.GiveLearningKit, "occurred_on"): OPENING | TRACKS_OF_ITS_KIND,
    **{
        (each, "occurred_on"): OPENING | {"the enrolment": first_told(SchoolEnrolled)}
        for each in (sch.ChangeSchool, sch.RecordSchoolResult, sch.LeaveSchool)
    },
    (vs.ApplyForTraining, "occurred_on"): OPENING | TRACKS_OF_ITS_KIND,
    (vs.RecordRefusedAdmission, "occurred_on"): OPENING
    | {"the application": of_training(lambda track: day_of(getattr(track, "applied", None)))},
    (RecordAttendance, "occurred_on"): OPENING
    | {"the enrolment": of_training(lambda track: day_of(track.enrolled))},
    (h.VacatePlace, "occurred_on"): PLANNED
    | {"the enrolment": of_training(lambda track: day_of(track.enrolled))},
    (EnrolInTraining, "occurred_on"): OPENING | TRACKS_OF_ITS_KIND | TRAINING,
    (EnrolInTraining, "planned_end"): OWN,
    (CompleteTraining, "occurred_on"): OPENING | TRAINING | ATTENDED,
    (DropOutOfTraining, "occurred_on"): OPENING | TRAINING | ATTENDED,
    (js.ReviewPlacement, "occurred_on"): {"the hire": first_told(je.Hired)},
    (js.ReschedulePlacementReview, "occurred_on"): {"the hire": first_told(je.Hired)},
    (js.ReschedulePlacementReview, "due_on"): OWN,
    (js.EndPlacement, "occurred_on"): {"the last review": first_told(je.PlacementReviewed)},
    (ts.WaiveTraining, "occurred_on"): OPENING | TRACK,
    (ts.ProposeProject, "occurred_on"): OPENING
    | TRACK
    | TURNED_BACK
    | {
        "the first plan": lambda house, _: house.case.planned_first,
        "the training's end": of_track(trained_on),
    },
    (ts.RecordCoaching, "occurred_on"): OPENING | PROPOSAL,
    (ts.ReviseProject, "occurred_on"): OPENING
    | PROPOSAL
    | REVISION
    | STUDY
    | OPINION
    | TURNED_BACK,
    (ts.ChangeProject, "occurred_on"): OPENING
    | REVISION
    | {"the approval": of_track(lambda track: day_of(track.approved))},
    (ts.RecordStudy, "occurred_on"): OPENING | PROPOSAL | REVISION,
    (ts.GiveOpinion, "occurred_on"): OPENING | STUDY | REVISION,
    (ts.SubmitToSession, "occurred_on"): OPENING
    | SIGNING
    | CALLED
    | STUDY
    | OPINION
    | REVISION
    | TURNED_BACK,
    (ts.WithdrawSubmission, "occurred_on"): OPENING
    | {
        "the submission": of_track(lambda track: day_of(track.submitted)),
        "the deferral": of_track(lambda track: day_of(track.turned_back)),
    },
    (ts.RecordDecision, "occurred_on"): OPENING | MEETING,
    (ts.RecordDecision, "next_session_on"): MEETING,
    (ts.AppealRejection, "occurred_on"): OPENING
    | SIGNING
    | {"the rejection": of_track(lambda track: day_of(track.turned_back))},
    (ts.AllowSecondFunding, "occurred_on"): OPENING | PROPOSAL,
    (ts.ConfirmApproval, "occurred_on"): OPENING
    | {"the last decision": of_track(lambda track: track.decided_on)},
    (ts.SignUndertaking, "occurred_on"): OPENING
    | {
        "the approval": of_track(lambda track: day_of(track.approved)),
        "the release": lambda house, _: day_of(house.case.custody.released),
    },
    (ts.DropItems, "occurred_on"): OPENING
    | {"the approval": of_track(lambda track: day_of(track.approved))},
    (ts.ReplaceItem, "occurred_on"): OPENING
    | {"the approval": of_track(lambda track: day_of(track.approved))},
    (ts.RecordOwnPart, "occurred_on"): OPENING | PROPOSAL,
    (ts.GiveBackOwnPart, "occurred_on"): OPENING | PROPOSAL,
    (o.AssignLine, "occurred_on"): ORDERED,
    (o.PlaceOrder, "occurred_on"): UNDERTAKING,
    (o.ReceiveLines, "occurred_on"): ORDERED,
    (o.PayInvoice, "occurred_on"): ORDERED,
    (o.CancelPayment, "occurred_on"): ORDERED
    | {"the payment": lambda house, step: numbered(house.order.payments, step.payment)},
    (o.CorrectReceipt, "occurred_on"): ORDERED,
    (o.CorrectReceipt, "received_on"): ORDERED,
    (o.ReverseLoss, "occurred_on"): ORDERED,
    (o.ReversePayment, "occurred_on"): ORDERED
    | {"the payment": lambda house, step: numbered(house.order.payments, step.payment)},
    (o.CorrectPayment, "occurred_on"): ORDERED,
    (o.RecordRefund, "occurred_on"): ORDERED,
    (o.ReverseRefund, "occurred_on"): ORDERED
    | {"the refund": lambda house, step: numbered(house.order.refunds, step.refund)},
    (o.CancelLine, "occurred_on"): ORDERED,
    (o.RecordIncident, "occurred_on"): ORDERED,
    (o.ResolveIncident, "occurred_on"): ORDERED
    | {"the incident": lambda house, step: numbered(house.order.incidents, step.incident)},
    (o.RecordLoss, "occurred_on"): ORDERED,
    (o.ConfirmOrderRequest, "occurred_on"): ORDERED | ASKED_OF_ORDER,
    (o.RefuseOrderRequest, "occurred_on"): ORDERED | ASKED_OF_ORDER,
    (o.KeepInInventory, "occurred_on"): ORDERED,
    (ts.PlaceOnCeremony, "occurred_on"): OPENING | UNDERTAKING | LISTED | ANNOUNCED,
    (ts.TakeOffCeremony, "occurred_on"): OPENING | LISTED,
    (ts.ConfirmDelivery, "occurred_on"): OPENING
    | UNDERTAKING
    | {
        "the item's receipt": of_track(lambda track: day_of(track.received)),
        "the ceremony": lambda house, _: ceremony(house).held_on if listed(house) else None,
    },
    (ts.EndApproval, "occurred_on"): OPENING
    | {"what it takes back": of_track(lambda track: track.project_on)},
    (ts.FormaliseBusiness, "occurred_on"): OPENING | TRACK,
    (ts.RecordVisit, "occurred_on"): OPENING | DELIVERY,
    (ts.RescheduleVisit, "occurred_on"): OPENING | DELIVERY,
    (ts.RescheduleVisit, "due_on"): OWN,
    (ts.RaiseProblem, "occurred_on"): OPENING | DELIVERY,
    (ts.DecideProblem, "occurred_on"): OPENING
    | {"the problem": of_track(lambda t: _first(t).raised.on if t.problems else None)},
    (ts.RecordRecovery, "occurred_on"): OPENING | DECISION_ON_PROBLEM,
    (ts.ResolveProblem, "occurred_on"): OPENING | DECISION_ON_PROBLEM,
    (b.RegisterBeneficiary, "occurred_on"): {"the birth told": lambda _, step: step.birth_date},
    (b.RegisterBeneficiary, "identity.expires_on"): {
        "the birth told": lambda _, step: step.birth_date
    },
    (b.ChangeDetails, "occurred_on"): REGISTERED,
    (b.ChangeDetails, "identity.expires_on"): BIRTH,
    (b.CorrectIdentity, "occurred_on"): REGISTERED
    | {"the birth told": lambda _, step: step.birth_date},
    (b.CorrectIdentity, "identity.expires_on"): {"the birth told": lambda _, step: step.birth_date},
    (b.MergePerson, "occurred_on"): REGISTERED | MERGED_OR_PARTED,
    (b.UndoMerge, "occurred_on"): REGISTERED | MERGED_OR_PARTED,
    (ReceiveDataRequest, "occurred_on"): REGISTERED,
    (AnswerDataRequest, "occurred_on"): REGISTERED | {"the request": asked_about_data},
    (b.RestrictPerson, "occurred_on"): REGISTERED | CLOSED,
    (b.LiftRestriction, "occurred_on"): REGISTERED
    | {"the restriction": lambda house, _: person(house).restricted_on},
    (b.LiftRestriction, "told_on"): {
        "the restriction": lambda house, _: person(house).restricted_on
    },
    (RestrictOnRequest, "occurred_on"): REGISTERED
    | {"the restriction": lambda house, _: person(house).restricted_on},
    (b.RequestErasure, "occurred_on"): REGISTERED | CLOSED,
    (b.ConfirmBeneficiaryRequest, "occurred_on"): REGISTERED | ASKED_OF_PERSON,
    (b.RefuseBeneficiaryRequest, "occurred_on"): REGISTERED | ASKED_OF_PERSON,
    (a.CorrectFunds, "occurred_on"): SIGNING,
    (a.ReverseFunds, "occurred_on"): SIGNING
    | {"the entry": lambda house, step: numbered(agreement(house).funds, step.movement)},
    (a.SignAgreement, "season.ends_on"): {"its beginning": lambda _, step: step.season.starts_on},
    (a.SignAgreement, "ends_on"): OWN,
    (a.AmendAgreement, "occurred_on"): SIGNING,
    (a.AmendAgreement, "ends_on"): SIGNING,
    (a.AllowMorePlaces, "occurred_on"): SIGNING,
    (a.RecordFundsReceived, "occurred_on"): SIGNING,
    (a.RepayFunds, "occurred_on"): SIGNING,
    (a.CarryFundsOver, "occurred_on"): SIGNING | {"the other's signing": signed_next},
    (a.DeclareShortfall, "occurred_on"): SIGNING,
    (a.CloseAgreement, "occurred_on"): SIGNING
    | {
        "the last movement": lambda house, _: agreement(house).moved_on,
        "the last turn": lambda house, _: agreement(house).turned_on,
    },
    (a.ReopenAgreement, "occurred_on"): SIGNING
    | {"the closing": lambda house, _: agreement(house).turned_on},
    (a.ConfirmAgreementRequest, "occurred_on"): SIGNING | ASKED_OF_AGREEMENT,
    (a.RefuseAgreementRequest, "occurred_on"): SIGNING | ASKED_OF_AGREEMENT,
    (m.ScheduleSession, "meets_on"): OWN,
    (m.PostponeSession, "occurred_on"): CALLED | LINES,
    (m.PostponeSession, "meets_on"): OWN,
    (m.CancelSession, "occurred_on"): CALLED | LINES,
    (m.RecordMinutes, "occurred_on"): CALLED | MEETING,
    (c.ScheduleCeremony, "held_on"): OWN,
    (c.PostponeCeremony, "occurred_on"): ANNOUNCED,
    (c.PostponeCeremony, "held_on"): OWN | OF_LIST,
    (c.CancelCeremony, "occurred_on"): ANNOUNCED | OF_LIST,
    (c.RecordCeremonyHeld, "occurred_on"): ANNOUNCED,
    (f.IssueAccessKey, "occurred_on"): {
        "the holder's registration": lambda house, step: staff(house).staff[step.staff_id].since_on
    },
    (f.AcknowledgeNotices, "occurred_on"): {
        "the key's issue": lambda house, step: staff(house).notices[step.notices[0]].on
    },
    (f.InvitePassword, "occurred_on"): HOLDER,
    (f.EndCredentials, "occurred_on"): HOLDER,
    (f.RecordDeparture, "occurred_on"): HOLDER,
    (f.AcceptInvitation, "occurred_on"): INVITED,
    (f.ChangePassword, "occurred_on"): INVITED,
    (f.RevokeAccessKey, "occurred_on"): {
        "the key's issue": lambda house, step: staff(house).keys[step.key_id].issued_on
    },
    **{
        (each, "occurred_on"): {"the filing": lambda house, _: complaint(house).begun_on}
        for each in (v.RedirectComplaint, v.NameComplaintHandler, v.AnswerComplaint)
    },
    **{
        (each, "occurred_on"): {
            "the filing": lambda house, _: complaint(house).begun_on,
            "the answer": lambda house, _: complaint(house).answered_on,
        }
        for each in (v.CloseComplaint, v.WithdrawComplaint, v.PassComplaintOn)
    },
    **{
        (each, "occurred_on"): {"the end": lambda house, _: complaint(house).ended_on}
        for each in (v.ReopenComplaint, v.EraseComplaint)
    },
    **{
        (each, "occurred_on"): {"the preparation": lambda house, _: batch(house).begun_on}
        for each in (
            *(n.AddBatchLines, n.MatchBatchLines, n.RecheckBatch, n.StartBatch, n.PauseBatch),
            *(n.ResumeBatch, n.StopBatch, n.ForgetBatch, n.RecordBatchLines, n.HaltBatch),
        )
    },
    (CancelReception, "occurred_on"): {"the reception": lambda house, _: reception(house).begun_on},
    (IssueAttestation, "occurred_on"): OPENING,
    (CancelAttestation, "occurred_on"): OPENING
    | {"the issue": lambda house, _: min(issued_on(house), default=None)},
    (RegisterCentre, "catchment.until"): {"its beginning": lambda _, step: step.catchment[0].since},
    (RegisterEntry, "until"): {"its beginning": lambda _, step: step.since},
}
"""Each day, and by name what it may not lie before."""

OF_CENTRES: tuple[Field, ...] = (
    *((CloseCentre, day) for day in ("occurred_on", "closed_from")),
    *((ReopenCentre, day) for day in ("occurred_on", "open_from")),
    *((ChangeCatchment, day) for day in ("occurred_on", "since")),
    *((CorrectCatchment, day) for day in ("occurred_on", "mends", "since")),
)
OF_TWO_CENTRES: tuple[type[Step], ...] = (
    *(r.ReferCase, r.AcceptReferral, r.RefuseReferral, r.WithdrawReferral),
    *(AskForReferral, r.DeclineReferralRequest),
    OpenInEmergency,
)

FOLLOWS_NOTHING: Mapping[Field, str] = {
    **{
        (kind, "probably_from"): "it may be possible already"
        for kind in (support.OpenSupport, support.ProgressSupport, support.TakeUpSupport)
    },
    **{(each, "issued_on"): "before it is attached, and as old as it likes" for each in ATTACHING},
    (ts.CorrectDecision, "next_session_on"): "the rule of a decision judges it, on its own session",
    (s.CloseCase, "accepted_on"): "not after the closing, and before whatever it likes",
    **{(each, "occurred_on"): "of two centres: `test_referral.py`" for each in OF_TWO_CENTRES},
    (s.RecordReminder, "occurred_on"): "the process engine's own instant",
    (s.RecordReminder, "due_on"): "judged apart",
    (b.RegisterBeneficiary, "birth_date"): "judged apart",
    (b.CorrectIdentity, "birth_date"): "judged apart",
    (a.SignAgreement, "occurred_on"): "an agreement begins with it",
    (a.SignAgreement, "season.starts_on"): "a season may begin before it is signed for",
    (m.ScheduleSession, "occurred_on"): "a session begins with it",
    (a.SignAgreement, "tranches.planned_on"): "a plan, which limits nothing",
    (a.AmendAgreement, "tranches.planned_on"): "a plan, which limits nothing",
    (s.AgreePlan, "goals.steps.due_on"): "a plan, which limits nothing",
    (c.ScheduleCeremony, "occurred_on"): "a ceremony begins with it",
    (h.PlanCohort, "occurred_on"): "a cohort begins with it",
    (h.PlanCohort, "starts_on"): "a training may be told of once it has begun",
    (h.MoveCohort, "starts_on"): "a training may be told of once it has begun",
    (ts.DecideProblem, "raised_on"): "names a problem",
    (ts.RecordRecovery, "raised_on"): "names a problem",
    (ts.ResolveProblem, "raised_on"): "names a problem",
    (ts.AddMissingLine, "occurred_on"): "is the day of the ceremony",
    **dict.fromkeys(OF_CENTRES, "of a centre: `test_centres.py`"),
    **dict.fromkeys(
        (
            *((ChangeReach, "occurred_on"), (EndReach, "occurred_on")),
            *((MakeCalendarLink, "occurred_on"), (EndCalendarLink, "occurred_on")),
        ),
        "of oneself: `test_reach.py`, `test_calendar_links.py`",
    ),
    **{
        (each, "occurred_on"): "who agrees it says when"
        for each in (RegisterPartner, EndPartner, NotePartnerGone)
    },
    (EndDelegation, "occurred_on"): "of an absence: `test_standing_in.py`",
    **{
        (each, "occurred_on"): "of the engine: the command that did it says today"
        for each in (RecordAct, RepeatErasure, RepeatComplaintErasure)
    },
    (DismissFinding, "occurred_on"): "of whoever looks, and of nothing before",
    (ReopenFinding, "occurred_on"): "of whoever looks, and of nothing before",
    (ForgetFinding, "occurred_on"): "of a follower: the day it follows",
    **{
        (noted, "occurred_on"): "of the day on which it was found"
        for noted in (NoteKeyUsedOnce, NoteKeyUsedAgain)
    },
    **{
        (NameDelegate, day): "of an absence: `test_standing_in.py`"
        for day in ("occurred_on", "since", "until")
    },
    (f.RegisterStaff, "occurred_on"): "a post may be older than its centre is known",
    (f.IssueAccessKey, "expires_on"): "judged apart",
    (RegisterCentre, "occurred_on"): "a centre begins with it, and what it was stays",
    (RegisterCentre, "catchment.since"): "a catchment may be older than what is known of it",
    (IssueAttestation, "followed_from"): "not after its step's own day: `test_attestations.py`",
    (IssueAttestation, "followed_until"): "not before the beginning told with it: there too",
    (v.FileComplaint, "occurred_on"): "a complaint begins with it",
    (RecordReception, "occurred_on"): "a reception begins with it",
    (n.PrepareBatch, "occurred_on"): "a batch begins with it",
    (RegisterEntry, "occurred_on"): "what it was on earlier days stays",
    (AddRules, "occurred_on"): "who decides it says when",
    (AddRules, "since"): "a version may be for cases entered late",
    (MergeEntries, "occurred_on"): "they were one all along",
    (UndoEntryMerge, "occurred_on"): "they were two all along",
    (RegisterEntry, "since"): "it may be older than what is known of it",
}
"""Beside the bounds of its kind (`domain.values.days`); and why."""

BY_COORDINATORS = (ConfirmRequest, RefuseRequest, v.NameComplaintHandler)
ERASING = (
    *(b.RestrictPerson, b.LiftRestriction, b.RequestErasure),
    *(AnswerDataRequest, RestrictOnRequest),
)

NEVER_LATEST = {
    *((kind, "occurred_on", name) for kind, name in AFTER_THEIR_BEGINNING),
    (a.CarryFundsOver, "occurred_on", "the signing"),
    (a.ReopenAgreement, "occurred_on", "the signing"),
    (b.LiftRestriction, "occurred_on", "the registration"),
    (AnswerDataRequest, "occurred_on", "the registration"),
    (b.MergePerson, "occurred_on", "the merge"),
    (b.UndoMerge, "occurred_on", "the merge"),
    (b.UndoMerge, "occurred_on", "the registration"),
    (o.ConfirmOrderRequest, "occurred_on", "the order"),
    (o.RefuseOrderRequest, "occurred_on", "the order"),
    (s.OpenCase, "occurred_on", "the birth"),
    (custody.BeginDetention, "occurred_on", "the birth"),
    (custody.BeginAlternativePenalty, "occurred_on", "the last episode"),
    (custody.RecordPenaltyHours, "occurred_on", "the last episode"),
    (custody.RecordBreach, "occurred_on", "the last episode"),
    (custody.PlaceInChildProtection, "occurred_on", "the birth"),
    (custody.PlaceInChildProtection, "occurred_on", "the last episode"),
    (custody.PlaceInChildProtection, "expected_end", "its step's day"),
    (custody.RecordRelease, "occurred_on", "the birth"),
    (b.RegisterBeneficiary, "occurred_on", "the birth told"),
    (b.CorrectIdentity, "occurred_on", "the birth told"),
    (ts.ProposeProject, "occurred_on", "the first plan"),
    (ts.SubmitToSession, "occurred_on", "the signing"),
    (ts.SubmitToSession, "occurred_on", "the call"),
    (ts.SubmitToSession, "occurred_on", "the study"),
    (ts.AppealRejection, "occurred_on", "the signing"),
    (m.RecordMinutes, "occurred_on", "the call"),
    (h.EndCohort, "occurred_on", "the planning"),
    (h.VacatePlace, "occurred_on", "the enrolment"),
    (h.CancelCohort, "occurred_on", "the last who came or left"),
    (ts.SignUndertaking, "occurred_on", "the release"),
    (ts.PlaceOnCeremony, "occurred_on", "the undertaking"),
    (ts.ConfirmDelivery, "occurred_on", "the undertaking"),
    (v.CloseComplaint, "occurred_on", "the filing"),
}
"""In the example something else of the same step's is always later: see below, and `test_days.py`."""


def test_every_day_of_every_step_stands_in_the_table() -> None:
    told = {(step, path) for step in HANDLINGS for path, _ in days_of(step)}
    assert FOLLOWS.keys() | FOLLOWS_NOTHING.keys() == told
    assert not FOLLOWS.keys() & FOLLOWS_NOTHING.keys()
    assert all(FOLLOWS.values())


def actor_of(house: House, step: Step) -> Actor:
    match HANDLINGS[type(step)].kind:
        case StreamKind.CASE | StreamKind.ORDER:
            return house.by(step)
        case kind if kind is StreamKind.COHORT or isinstance(step, BY_COORDINATORS):
            return house.coordinator
        case StreamKind.AGREEMENT | StreamKind.SESSION | StreamKind.CEREMONY:
            return DIVISION
        case StreamKind.STAFF | StreamKind.REGISTRY:
            return house.coordinator if isinstance(step, f.AcknowledgeNotices) else ADMINISTRATOR
        case StreamKind.BENEFICIARY:
            erases = isinstance(step, ERASING)
            return DIVISION if erases else house.caseworker
        case _:
            return DIVISION if isinstance(step, v.EraseComplaint) else house.by(step)


def target(house: House, step: Step) -> str:
    """The stream a step is taken on; a new one where it makes one."""
    row = HANDLINGS[type(step)]
    is_new = row.creates and house.paper.state(streams(house)[row.kind]).version
    return stream_id(row.kind, uuid4()) if is_new else streams(house)[row.kind]


def take(house: House, step: Step) -> None:
    step = of_project(step, house.project_id)
    actor = TIMER if Role.TIMER in HANDLINGS[type(step)].who else actor_of(house, step)
    if isinstance(step, f.AcceptInvitation | f.ChangePassword):
        actor = staff(house).holder(next(iter(staff(house).passwords.values())))
    if isinstance(step, n.StartBatch):
        step = step.model_copy(update={"looked_at": digest_of(batch(house))})
    house.paper.take(target(house, step), step, actor)


def told_on(step: Step, path: str, day: date) -> Step:
    """The step with another day at a place of it."""
    name, _, inside = path.partition(".")
    if not inside:
        return step.model_copy(update={name: day})
    part = getattr(step, name)
    if isinstance(part, tuple):
        return step.model_copy(
            update={name: tuple(each.model_copy(update={inside: day}) for each in part)}
        )
    return step.model_copy(update={name: part.model_copy(update={inside: day})})


def houses() -> Iterator[House]:
    """The example's ways, before each step: the usual, with what happens beside, and the others'."""
    way = furnished().way
    detours = [step for step in way.detours() if not isinstance(step, s.RecordReminder)]
    money = (a.RecordFundsReceived, a.AmendAgreement)
    known = [
        step
        for step in way.beside()
        if isinstance(step, (b.ChangeDetails, b.CorrectIdentity, *money))
    ]
    again = EXAMPLE[s.CloseCase].model_copy(update={"occurred_on": way.day(960)})
    rights = (EXAMPLE[ReceiveDataRequest], EXAMPLE[AnswerDataRequest])
    ending = (again, *rights, EXAMPLE[RestrictOnRequest], EXAMPLE[b.RestrictPerson])
    yield from walked([*known, *by_day([*way.steps(), *detours]), *ending])
    gave_up = again.model_copy(update={"outcome": Outcome.LEFT_COUNTRY})
    yield from walked([*way.to_release(), gave_up, EXAMPLE[b.RequestErasure]])
    untrained = [step for step in way.steps() if not isinstance(step, s.RecordEducation)]
    yield from walked(by_day([*untrained, *way.others()[:2]]))
    yield from walked(by_day([*untrained, *way.others()[2:5], *way.others()[-2:]]))
    yield from walked(by_day([*way.steps(), *way.others()[5:11]]))
    yield from walked(by_day([*way.steps(), *way.others()[11:-9]]))
    yield from walked(by_day([*way.steps(), *way.tracks()]))
    child = as_a_child(way.day(-1), date(2009, 3, 5))
    yield from walked([*child, EXAMPLE[s.OpenCase], *schooling.at_school(way)])
    own = (s.RecordEducation, s.OpenTrack)
    released = [step for step in way.to_release() if not isinstance(step, own)]
    yield from walked([*released, *in_cohort(way), EXAMPLE[h.EndCohort]])
    attached = [step for step in papers.beside(way) if isinstance(step, AttachPaper)]
    yield from walked([*by_day([*way.steps(), papers.of_case(way)[0]]), *attached])
    yield from turned_back(way)
    yield from walked(voices.beside(way))
    yield from walked(of_a_batch(way))
    yield from walked(of_the_agreement())


def of_a_batch(way: Way) -> Iterator[Step]:
    """Its lines are looked at whenever they are all there, or have changed."""
    for step in batches.batch(way):
        yield step
        if isinstance(step, n.AddBatchLines | n.MatchBatchLines | n.RecheckBatch):
            yield EXAMPLE[n.RecordBatchLines].model_copy(update={"occurred_on": step.occurred_on})


def of_the_agreement() -> Iterator[Step]:
    """Its whole way, with nothing approved under it."""
    received, told = EXAMPLE[a.RecordFundsReceived], EXAMPLE[a.RepayFunds]
    assert isinstance(received, a.RecordFundsReceived)
    yield from (received, EXAMPLE[a.AmendAgreement], EXAMPLE[a.AllowMorePlaces])
    yield EXAMPLE[a.ConfirmAgreementRequest]
    yield told.model_copy(update={"amount": received.amount})
    yield from (EXAMPLE[a.CloseAgreement], reopen := EXAMPLE[a.ReopenAgreement])
    confirm = EXAMPLE[a.ConfirmAgreementRequest]
    yield confirm.model_copy(update={"occurred_on": reopen.occurred_on + DAY})


def turned_back(way: Way) -> Iterator[House]:
    """Revised, taken back, sent back, deferred and rejected; and a session that was not held yet."""
    submitted = [*way.to_release(), *way.to_submission()]
    revised, withdrawn = project.revision(way), project.withdrawal(way)
    rejected, appealed = project.rejection(way), project.appeal(way)
    for decision in (DecisionKind.SEND_BACK, DecisionKind.DEFER):
        nothing = {"decision": decision, "equipment_amount": NOTHING, "cash_grant": NOTHING}
        back = EXAMPLE[ts.RecordDecision].model_copy(update=nothing)
        again = [
            step.model_copy(update={"occurred_on": way.day(382 + number)})
            for number, step in enumerate((revised, *way.to_submission()[1:]))
        ]
        yield from walked([*submitted, back, withdrawn, *again])
    yield from walked([*submitted, withdrawn])
    yield from walked([*submitted, rejected, appealed])
    yield from walked(by_day([*submitted, revised]))
    yield from walked([*submitted, project.decision(way), project.change(way)])
    yield from walked(submitted, held=False)


def walked(steps: Iterable[Step], *, held: bool = True) -> Iterator[House]:
    """Before each step, and after the last; a step that is not open is left out."""
    house = furnished(held=held)
    take(house, EXAMPLE[f.IssueAccessKey])
    take(house, EXAMPLE[f.InvitePassword])
    yield house
    take(house, EXAMPLE[f.AcceptInvitation])
    house.paper.take(NEXT, sign_agreement(replace(EXAMPLE_PERSON, begins=LATER)), DIVISION)
    for step in steps:
        yield house
        with suppress(Refused):
            take(house, step)
    yield house


def test_no_day_lies_before_the_latest_of_what_it_follows() -> None:
    proved, taken = set[tuple[type[Step], str, str]](), set[str]()
    for house in houses():
        for (kind, path), bounds in FOLLOWS.items():
            if {(kind, path, name) for name in bounds} <= proved:
                continue
            step = example(house, kind)
            if HANDLINGS[kind].closed_because(house.paper.state(target(house, step))):
                continue
            days = {name: day for name, bound in bounds.items() if (day := bound(house, step))}
            if not days:
                continue
            latest = max(days.values())
            about = {(kind, path, name) for name, day in days.items() if day == latest}
            if about <= proved:
                continue
            there = replace(house, paper=house.paper.copy())
            code = refusal_of(there, told_on(step, path, latest - DAY))
            if not code:
                taken.add(f"{kind.__name__} {path} {days}")
            if code in TOO_EARLY:
                proved |= about
    assert not taken, taken
    named = {(kind, path, name) for (kind, path), bounds in FOLLOWS.items() for name in bounds}
    # That none is before the opening, `test_days.py` tries on every step.
    named -= {(*field, "the opening") for field, bounds in FOLLOWS.items() if len(bounds) > 1}
    unproved = {(kind.__name__, path, name) for kind, path, name in named - proved - NEVER_LATEST}
    assert not unproved


def refusal_of(house: House, step: Step) -> str:
    """Its code; empty where it is taken."""
    try:
        take(house, step)
    except Refused as refusal:
        return refusal.code
    return ""


def example(house: House, kind: type[Step]) -> Step:
    """The example's step of this kind, about what there is in this house."""
    step = EXAMPLE[kind]
    if isinstance(step, f.RevokeAccessKey):
        return step.model_copy(update={"key_id": next(iter(staff(house).keys))})
    if isinstance(step, f.AcknowledgeNotices):
        return step.model_copy(update={"notices": (next(iter(staff(house).notices)),)})
    changes: dict[str, Any] = {}
    match step:
        case custody.ChangeExpectedEnd() | custody.RecordPardon():
            changes = {"occurred_on": house.way.day(300)}
        case ts.RecordDecision():
            changes = {"equipment_amount": NOTHING, "cash_grant": NOTHING}
            changes |= {"decision": DecisionKind.DEFER, "next_session_on": house.way.day(400)}
        case s.CloseCase():
            changes = {"outcome": Outcome.LEFT_COUNTRY}
        case custody.EndEpisode():
            changes = {"episode": EpisodeKind.SENTENCE, "end": EpisodeEnd.ESCAPE}
        case custody.RecordRelease():
            conditional = ReleaseKind.CONDITIONAL
            changes = {"release": conditional, "conditions_until": house.way.day(700)}
    return step.model_copy(update=changes)


def refused(house: House, step: Step) -> None:
    assert refusal_of(replace(house, paper=house.paper.copy()), step) == "date_before_earlier_step"


def test_a_plan_that_was_agreed_late_is_before_the_project() -> None:
    house = furnished()
    way = house.way
    steps = [step for step in way.steps() if not isinstance(step, s.AgreePlan)]
    house.walk(steps, until=ts.ProposeProject)
    proposal = way.step(ts.ProposeProject)
    plan = EXAMPLE[s.AgreePlan].model_copy(update={"occurred_on": proposal.occurred_on})
    house.take(plan)
    refused(house, proposal.model_copy(update={"occurred_on": proposal.occurred_on - DAY}))
    house.take(proposal)


def test_nobody_is_put_on_a_list_after_its_ceremony() -> None:
    house = furnished()
    house.walk(house.way.steps(), until=ts.PlaceOnCeremony)
    held = ceremony(house).held_on
    assert held is not None
    late = EXAMPLE[ts.PlaceOnCeremony].model_copy(update={"occurred_on": held + DAY})
    assert refusal_of(house, late) == "date_after_later_step"
    house.take(late.model_copy(update={"occurred_on": held}))


def test_cash_alone_is_not_handed_over_before_the_undertaking() -> None:
    house = furnished()
    way = house.way
    house.walk(
        (step for step in way.steps() if not isinstance(step, ts.PlaceOnCeremony)),
        until=ts.ConfirmDelivery,
    )
    signed = way.step(ts.SignUndertaking).occurred_on
    cash = way.step(ts.ConfirmDelivery).model_copy(update={"items": (), "occurred_on": signed})
    refused(house, cash.model_copy(update={"occurred_on": signed - DAY}))
    house.take(cash)


def test_late_entries_of_what_came_in_order_are_taken() -> None:
    """Each step of the way once more, entered after everything else: none contradicts another."""
    house = furnished()
    late = (s.RecordSocialEnquiry, s.AssessNeeds, s.AgreePlan, s.RecordContact)
    house.walk(house.way.steps())
    why: dict[type[Step], Any] = {s.AgreePlan: {"revised_because": "It was written down twice."}}
    for kind in late:
        house.take(EXAMPLE[kind].model_copy(update=why.get(kind, {})))
    again = EXAMPLE[s.RuleOnEligibility].model_copy(update={"occurred_on": house.way.day(500)})
    house.take(again)
    assert house.case.eligible


def test_an_old_case_is_not_reopened_before_a_later_one_was_closed() -> None:
    house = furnished()
    way = house.way
    opening, closing, reopening = (EXAMPLE[k] for k in (s.OpenCase, s.CloseCase, s.ReopenCase))
    gone = {"outcome": Outcome.LEFT_COUNTRY}
    first, second = house, replace(house, case_id=uuid4())
    first.take(opening)
    first.take(closing.model_copy(update=gone | {"occurred_on": way.day(10)}))
    refused(second, opening.model_copy(update={"occurred_on": way.day(9)}))
    second.take(opening.model_copy(update={"occurred_on": way.day(10)}))
    second.take(closing.model_copy(update=gone | {"occurred_on": way.day(30)}))
    refused(first, reopening.model_copy(update={"occurred_on": way.day(29)}))
    first.take(reopening.model_copy(update={"occurred_on": way.day(30)}))
