"""Whose a thing is: from what was asked to what the asker may have of it.

`seen` stands before every query and `require_in_scope` before every step. A query is handed
what `seen` makes of its question (the case itself, a filter already cut) and has nothing
else to start from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from domain.case.steps import OpenCase
from domain.errors import NotAllowed, Refused
from domain.message import Command, StreamKind, name_of, stream_id
from ledger.ledger import Ledger
from service.access.masking import asks_hidden
from service.access.reader import Reading
from service.access.table import Scope, centre_bound, require_centre

Seen = tuple[object, ...]
"""What a query is handed beside its reading."""


@dataclass(frozen=True, slots=True)
class SeenCase:
    """A case that the reader may see."""

    id: UUID
    state: CaseState


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """A person whom the reader may see."""

    id: UUID
    state: BeneficiaryState


def case_state(ledger: Ledger, case_id: UUID) -> CaseState:
    return cast("CaseState", ledger.state(stream_id(StreamKind.CASE, case_id)))


def beneficiary_state(ledger: Ledger, beneficiary_id: UUID) -> BeneficiaryState:
    stream = stream_id(StreamKind.BENEFICIARY, beneficiary_id)
    return cast("BeneficiaryState", ledger.state(stream))


def centre_of_person(ledger: Ledger, person: BeneficiaryState) -> str | None:
    """Their last case's centre; before there is one, the centre that registered them."""
    if person.last_case is not None:
        return case_state(ledger, person.last_case).centre
    return person.registered_in


def seen(scope: Scope, reading: Reading, asked: Seen) -> Seen:
    """What of `asked` the reader may have.

    Raises `NotAllowed`, and `Refused` where there is no such thing.
    """
    return _SEEN[scope](reading, asked)


def _case(reading: Reading, asked: Seen) -> Seen:
    case_id, *rest = asked
    state = case_state(reading.ledger, cast("UUID", case_id))
    if not state.exists:
        raise Refused("case_not_found")
    require_centre(reading.reader.actor, state.centre)
    return (SeenCase(cast("UUID", case_id), state), *rest)


def _person(reading: Reading, asked: Seen) -> Seen:
    person_id, *rest = asked
    state = beneficiary_state(reading.ledger, cast("UUID", person_id))
    if not state.exists:
        raise Refused("beneficiary_not_found")
    require_centre(reading.reader.actor, centre_of_person(reading.ledger, state))
    return (SeenPerson(cast("UUID", person_id), state), *rest)


def _cases(reading: Reading, asked: Seen) -> Seen:
    """The filters, with the reader's centre; none of them may ask about what is hidden."""
    filters, *rest = cast("tuple[Any, ...]", asked)
    actor = reading.reader.actor
    if asks_hidden(filters, actor.role):
        raise NotAllowed(role=str(actor.role))
    bound = centre_bound(actor)
    if bound is None:
        return asked
    if filters.centre is not None:
        require_centre(actor, filters.centre)
    return (replace(filters, centre=bound), *rest)


def _colleagues(reading: Reading, asked: Seen) -> Seen:
    return (centre_bound(reading.reader.actor), *asked)


def _own(reading: Reading, asked: Seen) -> Seen:
    return (reading.reader.actor, *asked)


def _as_asked(_: Reading, asked: Seen) -> Seen:
    return asked


_SEEN: Mapping[Scope, Callable[[Reading, Seen], Seen]] = {
    Scope.CASE: _case,
    Scope.CASES: _cases,
    Scope.PERSON: _person,
    Scope.COLLEAGUES: _colleagues,
    Scope.OWN: _own,
    Scope.PROGRAMME: _as_asked,
    Scope.REGISTRY: _as_asked,
    Scope.HOUSE: _as_asked,
}


def require_in_scope(scope: Scope, ledger: Ledger, command: Command) -> None:
    """Raises `NotAllowed("other_centre")` for a step on what is another centre's.

    What does not exist is let through: the domain says so in its own words. Of a case this
    is the answer without waiting; the domain says it again under the ledger's lock.
    """
    actor = command.actor
    if centre_bound(actor) is None:
        return
    match scope:
        case Scope.CASE:
            state = cast("CaseState", ledger.lately(command.target))
            if not state.exists or state.centre != actor.centre:
                state = cast("CaseState", ledger.state(command.target))
            if state.exists:
                require_centre(actor, state.centre)
        case Scope.PERSON:
            _require_person(ledger, command, UUID(name_of(command.target)))
        case Scope.NEW_CASE:
            step = cast("OpenCase", command.step)
            require_centre(actor, step.centre)
            _require_person(ledger, command, step.beneficiary_id)
        case Scope.NEW_PERSON | Scope.PROGRAMME:
            return
        case _:
            raise NotAllowed(role=str(actor.role))


def _require_person(ledger: Ledger, command: Command, person: UUID) -> None:
    state = beneficiary_state(ledger, person)
    if state.exists:
        require_centre(command.actor, centre_of_person(ledger, state))
