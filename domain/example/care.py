"""The example's case, from the opening to the release, and what can happen beside or after it."""

from domain.case import steps as s
from domain.case.consents.steps import GiveConsent, WithdrawConsent
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import (
    DetentionKind,
    EpisodeEnd,
    EpisodeKind,
    PardonKind,
    PenaltyKind,
    ReleaseKind,
    SentenceKind,
)
from domain.case.plan.steps import UpdateGoal
from domain.case.vocabulary import (
    Channel,
    ContactOutcome,
    Criterion,
    DeathKnownBy,
    EducationLevel,
    EducationResult,
    GoalProgress,
    NeedArea,
    NeedStatus,
    Outcome,
    Route,
    TrackEnd,
    TrackKind,
)
from domain.example.person import Person
from domain.message import Step
from domain.rules import ExemptionReason


def to_release(who: Person) -> tuple[Step, ...]:
    """From the opening in detention to the first contact after the release."""
    return (
        s.OpenCase(
            occurred_on=who.day(0),
            beneficiary_id=who.beneficiary_id,
            route=Route.DETENTION,
            centre=who.centre,
            province=who.province,
            commune="Bni Lent",
            caseworker=who.caseworker,
            consent=s.Consent(messages=True),
            given_as=ConsentForm.SPOKEN,
            witness="The teacher of the sewing class",
        ),
        custody.BeginDetention(
            occurred_on=who.detained_on,
            kind=DetentionKind.SENTENCE,
            prison=who.prison,
            expected_end=who.released_on,
            detention_number="000001",
            conditional_from=who.day(190),
            sentence=SentenceKind.IMPRISONMENT,
            sentence_months=29,
        ),
        s.RecordSocialEnquiry(
            occurred_on=who.day(5),
            household_size=5,
            has_housing=True,
            findings="The mother keeps a room ready.",
        ),
        s.RuleOnEligibility(
            occurred_on=who.day(12),
            eligible=True,
            criteria=(
                s.CriterionRuling(criterion=Criterion.VULNERABILITY, met=True),
                s.CriterionRuling(criterion=Criterion.CONDUCT, met=True),
            ),
            reasons="No income, and a steady course inside.",
        ),
        s.RecordEducation(
            occurred_on=who.day(200),
            level=EducationLevel.VOCATIONAL,
            started_on=who.day(40),
            result=EducationResult.COMPLETED,
            trade=who.trade,
            certificate=True,
        ),
        s.AssessNeeds(
            occurred_on=who.day(210),
            form="needs-1",
            areas={
                NeedArea.ACCOMMODATION: NeedStatus.MET,
                NeedArea.EDUCATION_SKILLS_WORK: NeedStatus.IN_PROGRESS,
            },
            remarks="Wears glasses for close work.",
        ),
        s.AgreePlan(
            occurred_on=who.day(220),
            trade_wished=who.trade,
            qualifications=(who.trade,),
            goals=(
                s.Goal(
                    text="A workshop of her own within a year of release.",
                    steps=(
                        s.GoalStep(text="Finish the course in sewing", due_on=who.day(290)),
                        s.GoalStep(text="Rent a room near the market"),
                    ),
                ),
            ),
        ),
        s.OpenTrack(occurred_on=who.day(221), track=TrackKind.SELF_EMPLOYMENT),
        custody.RecordRelease(occurred_on=who.released_on, release=ReleaseKind.END_OF_SENTENCE),
        s.RecordContact(
            occurred_on=who.day(303),
            channel=Channel.AT_CENTRE,
            outcome=ContactOutcome.REACHED,
            note="Came with her sister.",
        ),
    )


def changes_in_custody(who: Person) -> tuple[Step, ...]:
    """The release is put off, and a pardon brings it back to its day."""
    return (
        custody.RecordPrisonTransfer(occurred_on=who.day(60), prison=who.other_prison),
        custody.ChangeExpectedEnd(
            occurred_on=who.day(90),
            expected_end=who.day(360),
            reason="Recounted by the prison's clerk.",
        ),
        pardon(who),
        pre_release_review(who),
    )


def back_in_custody(who: Person) -> tuple[Step, ...]:
    """An escape of one night, and back for what is left."""
    return (
        custody.EndEpisode(
            occurred_on=who.day(61),
            episode=EpisodeKind.SENTENCE,
            end=EpisodeEnd.ESCAPE,
            reason="From the hospital.",
        ),
        custody.ReturnToDetention(
            occurred_on=who.day(62), prison=who.other_prison, expected_end=who.released_on
        ),
    )


def towards_conditional_release(who: Person) -> tuple[Step, ...]:
    """A day outside, and a request that is refused."""
    return (
        custody.RecordExitPermit(
            occurred_on=who.day(120), until=who.day(122), reason="Her brother's wedding."
        ),
        custody.PrepareConditionalRelease(
            occurred_on=who.day(140),
            earliest_on=who.day(200),
            attests="A room with her mother, and a place in the workshop.",
        ),
        custody.AnswerConditionalRelease(
            occurred_on=who.day(170), granted=False, reason="Too early."
        ),
    )


def bound_in_freedom(who: Person) -> tuple[Step, ...]:
    """What others are bound to outside: a penalty that fails, a child's placement."""
    return (
        custody.BeginAlternativePenalty(
            occurred_on=who.day(960),
            penalty=PenaltyKind.COMMUNITY_WORK,
            hours_ordered=120,
            expected_end=who.day(1200),
            institution=who.municipality,
            conditions="Two mornings a week.",
        ),
        custody.RecordPenaltyHours(occurred_on=who.day(975), hours_done=16),
        custody.RecordBreach(occurred_on=who.day(985), reason="Did not come for three weeks."),
        custody.PlaceInChildProtection(
            occurred_on=who.day(2),
            institution=who.child_protection,
            expected_end=who.day(200),
        ),
    )


def pardon(who: Person) -> custody.RecordPardon:
    return custody.RecordPardon(
        occurred_on=who.day(201),
        pardon=PardonKind.REDUCTION,
        expected_end=who.released_on,
    )


def pre_release_review(who: Person) -> s.RecordPreReleaseReview:
    return s.RecordPreReleaseReview(
        occurred_on=who.day(212),
        review="pre_release/90",
        findings="Housing is settled, papers are not.",
    )


ENQUIRED, MENDED = 3, 4
"""The numbers of the example's third entry, the enquiry, and of its correction."""


def mistakes(who: Person) -> tuple[Step, ...]:
    """The enquiry is corrected, and the correction taken back: the first was right."""
    said = {"occurred_on": str(who.day(5)), "household_size": 6, "has_housing": True}
    return (
        s.CorrectEntries(
            occurred_on=who.day(6),
            entries=(s.Correction(entry_number=ENQUIRED, content=said),),
            explanation="The grandmother lives there too.",
        ),
        s.RetractEntry(
            occurred_on=who.day(7),
            entry_number=MENDED,
            explanation="She has moved to her son's.",
        ),
    )


def daily_work(who: Person) -> tuple[Step, ...]:
    """A note, a pause, another caseworker: between the first contact and the proposal."""
    return (
        s.AddNote(occurred_on=who.day(304), text="Asks for help with the national card."),
        s.RecordAttemptedVisit(
            occurred_on=who.day(304), note="The neighbours say she is at the market."
        ),
        s.PauseCase(
            occurred_on=who.day(305), until=who.day(312), explanation="Travels to her family."
        ),
        s.RenewPause(
            occurred_on=who.day(308), until=who.day(330), explanation="Her mother is ill."
        ),
        s.ResumeCase(occurred_on=who.day(310)),
        s.AssignCaseworker(occurred_on=who.day(307), caseworker=who.caseworker),
    )


def exemption(who: Person) -> tuple[Step, ...]:
    """A visit that cannot be held, and can again."""
    return (
        s.ExemptReview(
            occurred_on=who.day(731),
            review=who.visit_key(6),
            because=ExemptionReason.HEALTH,
            until=who.day(760),
            explanation="In hospital.",
        ),
        s.ConfirmCaseRequest(occurred_on=who.day(732)),
        s.ClearExemption(occurred_on=who.day(741), review=who.visit_key(6)),
    )


def answers(who: Person) -> tuple[Step, ...]:
    """Another person's, to what is asked for about a case before there are visits."""
    return (
        s.ConfirmCaseRequest(occurred_on=who.day(386)),
        s.RefuseCaseRequest(
            occurred_on=who.day(387), explanation="She wants to think it over first."
        ),
    )


def consent(who: Person) -> tuple[Step, ...]:
    """To photographs, and to employers being told, which she takes back."""
    photographs, employers = Purpose.CEREMONY_PHOTOGRAPHS, Purpose.SHARING_WITH_EMPLOYERS
    return (
        GiveConsent(
            occurred_on=who.day(304),
            purposes=(employers, photographs),
            given_as=ConsentForm.THUMBPRINT,
            witness="Her sister",
        ),
        WithdrawConsent(
            occurred_on=who.day(306), purposes=(employers,), explanation="She thought it over."
        ),
    )


def goal_reached(who: Person) -> UpdateGoal:
    return UpdateGoal(
        occurred_on=who.day(305),
        goal=1,
        goal_step=1,
        progress=GoalProgress.DONE,
        note="She showed the certificate.",
    )


def track_ended(who: Person) -> s.EndTrack:
    return s.EndTrack(
        occurred_on=who.day(900),
        ended_as=TrackEnd.COMPLETED,
        explanation="The workshop stands on its own.",
    )


def death(who: Person) -> s.RecordDeath:
    return s.RecordDeath(
        occurred_on=who.day(904),
        known_by=DeathKnownBy.FAMILY,
        explanation="The sister brought the certificate.",
    )


def closing(who: Person) -> tuple[Step, ...]:
    return (
        s.CloseCase(
            occurred_on=who.day(902),
            outcome=Outcome.PROJECT_RUNNING,
            explanation="The workshop feeds the family.",
        ),
        s.ReopenCase(occurred_on=who.day(902), explanation="Closed by mistake."),
    )
