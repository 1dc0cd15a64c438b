"""The fold of consent: an answer stands until another of its purpose is told."""

from domain.case.consents import events as e
from domain.case.consents.state import Answer, Consents
from domain.case.consents.vocabulary import Purpose
from domain.case.events import CaseOpened
from domain.case.moment import moment
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope

evolve_consents: Evolution[CaseState] = Evolution()
on = evolve_consents.on


def at_opening(event: CaseOpened, envelope: Envelope) -> Consents:
    """What was agreed to when the case was opened; what was not, was asked for and is not given."""
    said = moment(envelope)
    agreed = {each for each in Purpose if getattr(event.consent, each)}
    return {
        each: Answer(each in agreed, said, event.given_as, event.witness)
        if each in agreed
        else Answer(given=False, said=said)
        for each in Purpose
        if each in agreed or each is not Purpose.THROUGH_GUARDIAN
    }


@on(e.ConsentGiven)
def _given(state: CaseState, event: e.ConsentGiven, envelope: Envelope) -> CaseState:
    answer = Answer(
        given=True, said=moment(envelope), given_as=event.given_as, witness=event.witness
    )
    return replace(state, consents={**state.consents, **dict.fromkeys(event.purposes, answer)})


@on(e.ConsentWithdrawn)
def _withdrawn(state: CaseState, event: e.ConsentWithdrawn, envelope: Envelope) -> CaseState:
    answer = Answer(given=False, said=moment(envelope), withdrawn=True)
    return replace(state, consents={**state.consents, **dict.fromkeys(event.purposes, answer)})
