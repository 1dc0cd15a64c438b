"""Another version of the rules, and the example's case moved to it."""

from datetime import date

from domain.case.moving_rules.steps import AdoptRules
from domain.example.person import FOUNDED, Person
from domain.registry.rules.steps import AddRules

VERSION = "v2"


def add_rules() -> AddRules:
    return AddRules(
        occurred_on=FOUNDED,
        version=VERSION,
        base="v1",
        changes='{"visit_months": [1, 2, 4, 6, 8, 10, 12, 18, 24]}',
        since=date(2031, 1, 1),
        explanation="Visits come closer together in the first half year.",
    )


def adopt_rules(who: Person) -> AdoptRules:
    return AdoptRules(
        occurred_on=who.day(936),
        version=VERSION,
        explanation="The division moves all cases of the season to it.",
    )
