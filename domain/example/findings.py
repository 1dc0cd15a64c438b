"""A finding that was dismissed, and taken up again."""

from domain.dismissal.steps import DismissFinding, ReopenFinding
from domain.dismissal.vocabulary import DismissedBecause
from domain.example.person import Person
from domain.message import Step


def findings(who: Person) -> tuple[Step, ...]:
    return (
        DismissFinding(
            occurred_on=who.day(460),
            because=DismissedBecause.ONE_OFFICE,
            explanation="The two of them share the computer of the office, each signed in.",
        ),
        ReopenFinding(occurred_on=who.day(470), explanation="One of them was on leave that day."),
    )
