"""Pairs of facts that staff enter in any order: both orders must be accepted, and come to the same.

Read from the programme, step by step: what is told of a person is told when a paper comes in.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from domain.beneficiary.steps import ChangeDetails
from domain.case import steps as s
from domain.case import vocabulary as words
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import DetentionKind, PardonKind, ReleaseKind, TrackInside
from domain.example.person import EXAMPLE
from domain.example.way import Way
from domain.message import Step
from domain.order.steps import PlaceOrder
from domain.project.items import ItemFound, ItemHandover
from domain.project.vocabulary import EquipmentCondition, ProjectCondition
from domain.tracks.self_employment import steps as ts
from domain.tracks.self_employment.vocabulary import LegalForm, ProblemKind
from domain.tracks.training.steps import CompleteTraining, EnrolInTraining
from domain.tracks.training.vocabulary import TrainingResult
from domain.values.trades import Trade

REACHED = words.ContactOutcome.REACHED


@dataclass(frozen=True)
class On:
    """Steps on a day of the example's way, counted from its beginning."""

    way: Way

    def contact(self, day: int, channel: words.Channel = words.Channel.PHONE) -> Step:
        return s.RecordContact(occurred_on=self.way.day(day), channel=channel, outcome=REACHED)

    def visit_inside(self, day: int) -> Step:
        return self.contact(day, words.Channel.VISIT_IN_PRISON)

    def education(self, day: int, trade: Trade = Trade.WELDING) -> Step:
        return s.RecordEducation(
            occurred_on=self.way.day(day),
            level=words.EducationLevel.VOCATIONAL,
            started_on=self.way.day(day - 30),
            result=words.EducationResult.COMPLETED,
            trade=trade,
            certificate=True,
        )

    def transfer(self, day: int) -> Step:
        return custody.RecordPrisonTransfer(
            occurred_on=self.way.day(day), prison=EXAMPLE.other_prison
        )

    def review(self, day: int) -> Step:
        return self.way.step(s.RecordPreReleaseReview).model_copy(
            update={"occurred_on": self.way.day(day)}
        )

    def expected(self, day: int, end: int | None) -> Step:
        return custody.ChangeExpectedEnd(
            occurred_on=self.way.day(day), expected_end=None if end is None else self.way.day(end)
        )

    def pardon(self, day: int, days: int = 20) -> Step:
        return custody.RecordPardon(
            occurred_on=self.way.day(day), pardon=PardonKind.REDUCTION, reduced_days=days
        )

    def release(self, day: int = 300) -> Step:
        end = ReleaseKind.END_OF_SENTENCE
        return custody.RecordRelease(occurred_on=self.way.day(day), release=end)

    def arrest(self, day: int) -> Step:
        chosen = custody.TrackChoice(choice=TrackInside.SUSPENDED)
        return custody.BeginDetention(
            occurred_on=self.way.day(day), kind=DetentionKind.REMAND, tracks=(chosen,)
        )

    def needs(self, day: int, status: words.NeedStatus = words.NeedStatus.MET) -> Step:
        areas = {words.NeedArea.HEALTH: status}
        return s.AssessNeeds(occurred_on=self.way.day(day), areas=areas)

    def plan(self, day: int, trade: Trade = Trade.SEWING) -> Step:
        return s.AgreePlan(occurred_on=self.way.day(day), trade_wished=trade, revised_because="r")

    def enquiry(self, day: int, *, housing: bool = True) -> Step:
        return s.RecordSocialEnquiry(
            occurred_on=self.way.day(day), household_size=4, has_housing=housing
        )

    def pause(self, day: int, until: int) -> Step:
        on, until_on = self.way.day(day), self.way.day(until)
        return s.PauseCase(occurred_on=on, until=until_on, explanation="p")

    def note(self, day: int) -> Step:
        return s.AddNote(occurred_on=self.way.day(day), text="n")

    def details(self, day: int, phone: str) -> Step:
        return ChangeDetails(occurred_on=self.way.day(day), phone=phone)

    def enrol(self, day: int) -> Step:
        return self.way.step(EnrolInTraining).model_copy(
            update={"occurred_on": self.way.day(day), "planned_end": self.way.day(day + 60)}
        )

    def trained(self, day: int) -> Step:
        return CompleteTraining(occurred_on=self.way.day(day), result=TrainingResult.PASSED)

    def coaching(self, day: int) -> Step:
        return ts.RecordCoaching(occurred_on=self.way.day(day), provider="ANAPEC")

    def confirmed(self, day: int) -> Step:
        return ts.ConfirmApproval(occurred_on=self.way.day(day), explanation="She still wants it.")

    def undertaking(self, day: int = 390) -> Step:
        return ts.SignUndertaking(occurred_on=self.way.day(day))

    def handover(self, day: int, item: int) -> Step:
        return ts.ConfirmDelivery(occurred_on=self.way.day(day), items=(ItemHandover(item=item),))

    def visit(self, day: int, project: ProjectCondition = ProjectCondition.RUNNING) -> Step:
        found = (ItemFound(item=1, condition=EquipmentCondition.IN_USE),)
        return ts.RecordVisit(occurred_on=self.way.day(day), project=project, items=found)

    def stolen(self, day: int) -> Step:
        return ts.RaiseProblem(
            occurred_on=self.way.day(day), kind=ProblemKind.STOLEN, items=(2,), explanation="p"
        )

    def formal(self, day: int) -> Step:
        return ts.FormaliseBusiness(
            occurred_on=self.way.day(day), form=LegalForm.AUTO_ENTREPRENEUR, registered_as="AE 1"
        )

    def own_part(self, day: int) -> Step:
        amount = Decimal("10.00")
        return ts.RecordOwnPart(occurred_on=self.way.day(day), amount=amount, reference="R")


Two = Callable[[On], tuple[Step, Step]]
Begun = type[Step] | None
"""The example's way is walked to before the first step of this kind; None: to its end."""

INSIDE, OUT = custody.RecordRelease, ts.ProposeProject

IN_ANY_ORDER: dict[str, tuple[Begun, Two]] = {
    "two visits in prison": (INSIDE, lambda on: (on.visit_inside(90), on.visit_inside(150))),
    "a visit in prison, and the release": (
        INSIDE,
        lambda on: (on.visit_inside(240), on.release()),
    ),
    "a visit in prison, and a contact outside": (
        OUT,
        lambda on: (on.visit_inside(240), on.contact(310)),
    ),
    "education inside, and the release": (INSIDE, lambda on: (on.education(250), on.release())),
    "education inside, and needs": (INSIDE, lambda on: (on.education(250), on.needs(240))),
    "education inside, and a contact outside": (
        OUT,
        lambda on: (on.education(250), on.contact(310)),
    ),
    "two educations inside": (
        INSIDE,
        lambda on: (on.education(250, Trade.WELDING), on.education(150, Trade.SEWING)),
    ),
    "a transfer, and a review": (s.AssessNeeds, lambda on: (on.transfer(150), on.review(212))),
    "a transfer, and education": (INSIDE, lambda on: (on.transfer(150), on.education(250))),
    "a transfer, and the release": (INSIDE, lambda on: (on.transfer(150), on.release())),
    "a transfer, and a visit in prison": (
        INSIDE,
        lambda on: (on.transfer(150), on.visit_inside(90)),
    ),
    "a review before the release, and the release": (
        INSIDE,
        lambda on: (on.review(212), on.release()),
    ),
    "two expected ends": (INSIDE, lambda on: (on.expected(100, 310), on.expected(120, None))),
    "an expected end, and a pardon": (
        INSIDE,
        lambda on: (on.expected(100, 310), on.pardon(120)),
    ),
    "an expected end, and the release": (
        INSIDE,
        lambda on: (on.expected(100, 310), on.release()),
    ),
    "two pardons": (INSIDE, lambda on: (on.pardon(90), on.pardon(150, 10))),
    "a pardon, and the release": (INSIDE, lambda on: (on.pardon(150), on.release())),
    "the release, and the first contact after it": (
        INSIDE,
        lambda on: (on.release(), on.contact(302)),
    ),
    "the release, and needs of before": (INSIDE, lambda on: (on.release(), on.needs(260))),
    "the release, and a plan of before": (INSIDE, lambda on: (on.release(), on.plan(260))),
    "the release, and a note": (INSIDE, lambda on: (on.release(), on.note(310))),
    "a second arrest, and a contact before it": (
        OUT,
        lambda on: (on.arrest(340), on.contact(330)),
    ),
    "a second arrest, and a visit in prison": (
        OUT,
        lambda on: (on.arrest(340), on.visit_inside(345)),
    ),
    "a review before the release, and a second arrest": (
        OUT,
        lambda on: (on.review(240), on.arrest(340)),
    ),
    "a second arrest, and needs of before": (OUT, lambda on: (on.arrest(340), on.needs(315))),
    "two pauses": (OUT, lambda on: (on.pause(305, 308), on.pause(310, 330))),
    "needs, and a contact": (OUT, lambda on: (on.needs(312), on.contact(308))),
    "two assessments of one need": (
        OUT,
        lambda on: (on.needs(312), on.needs(308, words.NeedStatus.IN_PROGRESS)),
    ),
    "needs, and a plan": (OUT, lambda on: (on.needs(312), on.plan(316))),
    "two plans": (OUT, lambda on: (on.plan(316), on.plan(311, Trade.WELDING))),
    "a plan, and a contact": (OUT, lambda on: (on.plan(316), on.contact(311))),
    "two enquiries": (OUT, lambda on: (on.enquiry(306), on.enquiry(314, housing=False))),
    "an enquiry, and a contact": (OUT, lambda on: (on.enquiry(306), on.contact(314))),
    "two contacts": (OUT, lambda on: (on.contact(308), on.contact(315))),
    "a contact, and a note": (OUT, lambda on: (on.contact(308), on.note(305))),
    "two changes of details": (
        OUT,
        lambda on: (on.details(50, "0600000001"), on.details(60, "0600000002")),
    ),
    "a change of details, and the release": (
        INSIDE,
        lambda on: (on.details(290, "0600000002"), on.release()),
    ),
    "coaching, and a contact": (
        ts.RecordStudy,
        lambda on: (on.coaching(330), on.contact(326)),
    ),
    "two times of coaching": (ts.RecordStudy, lambda on: (on.coaching(330), on.coaching(325))),
    "coaching, and the study": (
        ts.RecordStudy,
        lambda on: (on.coaching(330), on.way.step(ts.RecordStudy)),
    ),
    "coaching, and the submission": (
        ts.SubmitToSession,
        lambda on: (on.coaching(330), on.way.step(ts.SubmitToSession)),
    ),
    "the undertaking, and a contact": (
        ts.SignUndertaking,
        lambda on: (on.undertaking(), on.contact(386)),
    ),
    "the undertaking, and a confirmation of the approval": (
        ts.SignUndertaking,
        lambda on: (on.undertaking(), on.confirmed(384)),
    ),
    "the undertaking, and a visit in prison of then": (
        ts.SignUndertaking,
        lambda on: (on.undertaking(), on.visit_inside(240)),
    ),
    "the undertaking, and education inside": (
        ts.SignUndertaking,
        lambda on: (on.undertaking(), on.education(250)),
    ),
    "the form of a business, and the handover of an item": (
        ts.ConfirmDelivery,
        lambda on: (on.formal(500), on.handover(556, 1)),
    ),
    "the handovers of two items": (
        ts.ConfirmDelivery,
        lambda on: (on.handover(556, 1), on.handover(560, 2)),
    ),
    "a handover, and a contact": (
        ts.ConfirmDelivery,
        lambda on: (on.handover(556, 1), on.contact(540)),
    ),
    "a visit, and a contact": (None, lambda on: (on.visit(640), on.contact(600))),
    "two visits": (None, lambda on: (on.visit(640, ProjectCondition.STRUGGLING), on.visit(600))),
    "a visit, and a problem": (None, lambda on: (on.visit(640), on.stolen(660))),
    "a visit, and the form of the business": (None, lambda on: (on.visit(640), on.formal(570))),
    "a visit, and needs": (None, lambda on: (on.visit(640), on.needs(630))),
    "a visit, and a visit in prison of then": (
        None,
        lambda on: (on.visit(640), on.visit_inside(240)),
    ),
    "an order, and a contact": (
        PlaceOrder,
        lambda on: (on.way.step(PlaceOrder), on.contact(386)),
    ),
}
