"""The example's vocational training track: of somebody who learns a trade with others, and is certified."""

from domain.case.steps import OpenTrack
from domain.case.vocabulary import TrackKind
from domain.example.person import Person
from domain.message import Step
from domain.tracks.training import steps as s
from domain.tracks.training.vocabulary import Presence, TrainingResult
from domain.tracks.vocational_training import steps as v
from domain.tracks.vocational_training.vocabulary import NotAdmitted


def in_cohort(who: Person) -> tuple[Step, ...]:
    """Instead of a project: turned down at first, then in a cohort to its end."""
    return (
        OpenTrack(occurred_on=who.day(301), track=TrackKind.VOCATIONAL_TRAINING),
        application(who),
        v.RecordRefusedAdmission(
            occurred_on=who.day(303),
            because=NotAdmitted.FULL,
            explanation="The class of that month was full.",
        ),
        s.EnrolInTraining(occurred_on=who.day(304), cohort_id=who.cohort_id),
        s.RecordAttendance(occurred_on=who.day(305), presence=Presence.PRESENT),
        s.RecordAttendance(
            occurred_on=who.day(306),
            presence=Presence.EXCUSED,
            explanation="A day at the civil registry.",
        ),
        s.CompleteTraining(
            occurred_on=who.day(318), result=TrainingResult.PASSED, certificate=True
        ),
    )


def application(who: Person) -> v.ApplyForTraining:
    return v.ApplyForTraining(occurred_on=who.day(302), trade=who.trade, provider=who.trainer)
