"""What is said to the reminders of the example's plan, which is agreed late: the person is inside."""

from domain.case.noticed.steps import AcknowledgeReminder, SnoozeReminder
from domain.example.person import Person
from domain.message import Step


def reminders(who: Person) -> tuple[Step, ...]:
    return (
        SnoozeReminder(
            occurred_on=who.day(33),
            review="plan/1",
            until=who.day(45),
            explanation="The needs are assessed on the 20th, with the prison's own social worker.",
        ),
        AcknowledgeReminder(
            occurred_on=who.day(46),
            review="plan/1",
            explanation="She wants to agree on it with her mother, who comes after the harvest.",
        ),
    )
