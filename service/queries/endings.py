"""With which outcomes a case can be closed now, and what the others lack."""

from collections.abc import Iterator
from datetime import date

from domain.case.ending import SAID_BY_PEOPLE, keeps_open, may_end
from domain.case.state import CaseState
from domain.case.vocabulary import Outcome
from domain.message import Actor, Message
from service.problems.problem import text_of
from service.words.language import Language


class EndingAnswer(Message):
    """An outcome with which the case may be closed, or may not yet."""

    outcome: Outcome
    yours: bool
    """Whether your role may close the case so."""
    code: str | None
    """What is missing, as a problem's code; null where nothing is."""
    reason: str | None
    """The same in words, saying what to do."""


def endings(
    state: CaseState, actor: Actor, language: Language, today: date
) -> Iterator[EndingAnswer]:
    """In their order; none of a case that is closed."""
    for ending in SAID_BY_PEOPLE if state.is_open else ():
        code = keeps_open(state, ending, today)
        yield EndingAnswer(
            outcome=ending.outcome,
            yours=may_end(state, ending, actor.role, today),
            code=code,
            reason=text_of(code, {}, language)[1] if code else None,
        )
