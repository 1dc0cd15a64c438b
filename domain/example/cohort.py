"""A cohort of the example: planned, moved, given more places, ended; or called off."""

from domain.cohort import steps as s
from domain.example.person import EXAMPLE, Person
from domain.message import Step


def plan_cohort(who: Person = EXAMPLE) -> s.PlanCohort:
    return s.PlanCohort(
        occurred_on=who.day(298),
        provider=who.trainer,
        trade=who.trade,
        starts_on=who.day(304),
        ends_on=who.day(318),
        places=12,
        timetable="Monday to Friday, 9:00 to 12:00",
    )


def cohort(who: Person) -> tuple[Step, ...]:
    return (
        plan_cohort(who),
        s.MoveCohort(
            occurred_on=who.day(300),
            starts_on=who.day(305),
            ends_on=who.day(319),
            explanation="The workshop is not ready.",
        ),
        s.ChangeCohortPlaces(
            occurred_on=who.day(301), places=15, explanation="A second trainer comes."
        ),
        s.VacatePlace(occurred_on=who.day(310), case_id=who.beneficiary_id),
        s.CancelCohort(occurred_on=who.day(302), explanation="Joined with another one."),
        s.EndCohort(occurred_on=who.day(319)),
    )
