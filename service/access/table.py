"""Who may do what: one table of role × (step or query) × scope. What it does not name is denied.

The roles of steps are not said again here: they are the domain's, from the table of the
whole process (`domain.path.PATH`) and the tables beside it.
"""

from collections.abc import Mapping
from enum import StrEnum

from domain.commands import HANDLINGS, step_name
from domain.errors import NotAllowed
from domain.message import Actor, FieldClass, Role


class Scope(StrEnum):
    """How far a permission reaches."""

    OWN_CENTRE = "own_centre"
    EVERYWHERE = "everywhere"


REACH: Mapping[Role, Scope] = {
    Role.CASEWORKER: Scope.OWN_CENTRE,
    Role.COORDINATOR: Scope.OWN_CENTRE,
    Role.DIVISION: Scope.EVERYWHERE,
    Role.AUDITOR: Scope.EVERYWHERE,
    Role.ADMINISTRATOR: Scope.EVERYWHERE,
}
"""The roles people hold, and how far each sees and acts."""

EVERYBODY = frozenset(REACH)
CENTRE_STAFF = frozenset({Role.CASEWORKER, Role.COORDINATOR})
CASE_READERS = CENTRE_STAFF | {Role.DIVISION, Role.AUDITOR}

QUERIES: Mapping[str, frozenset[Role]] = {
    "list-cases": CASE_READERS,
    "search-cases": CASE_READERS,
    "get-case": CASE_READERS,
    "get-case-timeline": CASE_READERS,
    "get-case-history": CASE_READERS,
    "list-agreements": CASE_READERS,
    "get-agreement": CASE_READERS,
    "list-ceremonies": CASE_READERS,
    "get-ceremony": CASE_READERS,
    "get-beneficiary": CASE_READERS,
    "list-reminders": CASE_READERS,
    "get-report": CASE_READERS,
    "list-staff": EVERYBODY,
    "list-centres": EVERYBODY,
    "list-places": EVERYBODY,
    "get-receipt": EVERYBODY,
    "get-me": EVERYBODY,
}
"""What can be asked, by whom; the answer is cut to the asker's scope and field classes."""

PUBLIC = frozenset({"get-health", "get-readiness", "get-problem", "list-problems"})
"""Answered without a key; they hold no data of the programme."""

LOOPBACK_OR_ADMINISTRATOR = frozenset({"get-metrics"})

STEPS: Mapping[str, frozenset[Role]] = {
    step_name(step): people
    for step, handling in HANDLINGS.items()
    if (people := handling.who & EVERYBODY)
}
"""Each step a person can take, with who may: all but the timer's."""

FIELDS: Mapping[Role, frozenset[FieldClass]] = {
    Role.CASEWORKER: frozenset(FieldClass),
    Role.COORDINATOR: frozenset(FieldClass),
    Role.DIVISION: frozenset({FieldClass.PUBLIC, FieldClass.INTERNAL}),
    Role.AUDITOR: frozenset(FieldClass),
    Role.ADMINISTRATOR: frozenset({FieldClass.PUBLIC, FieldClass.INTERNAL}),
}
"""Which classes of fields each role gets to see."""


def require(actor: Actor, name: str) -> None:
    """Raises `NotAllowed` unless the actor's role may take this step or ask this query."""
    roles = STEPS.get(name) or QUERIES.get(name) or frozenset()
    if actor.role not in roles:
        raise NotAllowed(role=str(actor.role))


def centre_bound(actor: Actor) -> str | None:
    """The one centre the actor sees; None for everywhere."""
    if REACH.get(actor.role) is Scope.EVERYWHERE:
        return None
    if actor.centre is None:
        raise NotAllowed(role=str(actor.role))
    return actor.centre


def require_centre(actor: Actor, centre: str | None) -> None:
    """Raises `NotAllowed("other_centre")` for what belongs to a centre the actor is not of."""
    bound = centre_bound(actor)
    if bound is not None and bound != centre:
        raise NotAllowed("other_centre")
