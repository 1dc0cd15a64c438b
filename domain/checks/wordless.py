"""Visits without a word: three in a row of which no more is told than that all is well.

Whoever was there has seen something: what is earned, who works there, how an item looks.
"""

from collections.abc import Iterator

from domain.checks.looking import Looked, Rule, Suspicion
from domain.checks.rows import in_a_row
from domain.message import Recorded
from domain.project.vocabulary import ProjectCondition
from domain.tracks.self_employment.events import VisitRecorded
from domain.values.findings import FindingCode

MANY = 3


def visits_without_a_word(looked: Looked) -> Iterator[Suspicion]:
    if not looked.readable:
        return
    for row in in_a_row(looked.of(VisitRecorded), _says_nothing, MANY):
        yield Suspicion(row, (str(row[0].envelope.event_id),))


def _says_nothing(recorded: Recorded) -> bool:
    event = recorded.event
    return (
        isinstance(event, VisitRecorded)
        and event.project is ProjectCondition.RUNNING
        and not event.remarks
        and event.monthly_income is None
        and not event.items
    )


RULE = Rule(FindingCode.WORDLESS_VISITS, visits_without_a_word, frozenset({VisitRecorded}))
