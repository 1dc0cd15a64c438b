"""Who reads of people says for what, before anything is shown: nothing of it is left unsaid.

Said once a sign-in at the console; by a program with each request, or once for all with its key. What
asks for it follows from the table of access, so that a program learns it at its first try and not on
the day on which a list names somebody.
"""

from collections.abc import Mapping
from functools import cache

from domain.message import Role
from domain.values.looking import Door, ReadingPurpose
from service.access.asker import Asker
from service.access.looking import OF_NOBODY, STATISTICS
from service.access.table import QUERIES, STEPS
from service.access.vocabulary import Scope
from service.problems.problem import Rejected

NAMES_PEOPLE = frozenset({"get-own-calendar", "list-emergencies"})
"""On the asker's own pages, and of people all the same."""
COUNTS = frozenset({"follow-tasks"})
"""What says how much there is to do, and of whom nothing; so does what is called so (`count-…`), but
for numbers of people."""
FINDS_PEOPLE = frozenset({"open-in-emergency"})
"""Steps that look for somebody, whom a refusal may name."""

USUAL_PURPOSE: Mapping[Role, ReadingPurpose] = {
    Role.CASEWORKER: ReadingPurpose.ACCOMPANIMENT,
    Role.COORDINATOR: ReadingPurpose.SUPERVISION,
    Role.DIVISION: ReadingPurpose.DECISION,
    Role.AUDITOR: ReadingPurpose.AUDIT,
    Role.ADMINISTRATOR: ReadingPurpose.UPKEEP,
}
"""What is proposed to whoever is asked, by their role: they say it, or another, themselves."""


@cache
def asks_why(query: str) -> bool:
    """Whether the query, by its name in the table, is answered only to who has said for what."""
    row = QUERIES.get(query)
    if row is None or query in COUNTS:
        return False
    if query.startswith("count-"):
        return query in STATISTICS
    return query in NAMES_PEOPLE or row.scope not in OF_NOBODY


@cache
def step_asks_why(step: str, *, dry: bool = False) -> bool:
    """Whether the step may be answered with what it says of somebody; `dry`: it is only foreseen."""
    row = STEPS.get(step)
    if row is None:
        return False
    if step in FINDS_PEOPLE or row.scope is Scope.NEW_PERSON:
        return True
    return dry and row.scope not in OF_NOBODY


@cache
def reads_of_people(role: Role) -> bool:
    """Whether anything that asks for it is open to the role."""
    return any(role in row.who for query, row in QUERIES.items() if asks_why(query))


def is_unsaid(asker: Asker) -> bool:
    """Whether somebody at a door has not said for what they read. The machine's own needs not to."""
    return asker.purpose is None and asker.door is not Door.HOUSE


def require_said(asker: Asker) -> None:
    """Raises `Rejected("purpose_missing")`."""
    if is_unsaid(asker):
        raise Rejected("purpose_missing")
