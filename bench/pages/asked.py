"""What is asked of the console when its pages are measured: each page, by whom, about what."""

from collections.abc import Iterable, Iterator, Sequence
from random import Random
from typing import NamedTuple, TypeVar
from uuid import UUID

from bench.pages.filled import Filled
from domain.commands import HANDLINGS, STEPS
from domain.message import Role, StreamKind
from service.access.table import QUERIES
from service.access.table import STEPS as TAKEN
from service.api.steps.routes import COLLECTIONS
from service.console.forms.layouts import LAYOUTS

T = TypeVar("T")

SEVERAL = 12
"""So many things of a kind a page is asked about, by each role."""
OF_A_FORM = 3
"""So many things the form of a step is asked about."""
NAMES = ("المثالي", "Salma", "youssef el khayali", "ZZ000017")
"""Looked for: a family of hundreds, a name, somebody, a card's number."""


class Question(NamedTuple):
    """A page that somebody asks for."""

    page: str
    """What it is called in the findings; a form's begins with `form`."""
    role: Role
    path: str
    looked_for: str = ""
    """Posted first; then the page is where that leads."""


def questions(filled: Filled) -> Iterator[Question]:
    yield from _pages(filled)
    yield from _forms(filled)


def _pages(filled: Filled) -> Iterator[Question]:
    """All but the forms."""
    draw = Random(5)  # noqa: S311 - nothing that is secret
    some = draw.sample(sorted(filled.people), SEVERAL)
    persons = [filled.people[each] for each in some]
    lists = ("/", "/?whose=everybody", "/?whose=everybody&status=overdue", "/?stage=follow_up")
    asked: Sequence[tuple[str, str, Iterable[str]]] = (
        ("list of cases", "list-cases", lists),
        ("case", "get-case", [f"/cases/{each}" for each in some]),
        ("case of 200 entries", "get-case", [f"/cases/{each}" for each in filled.long]),
        ("history of a case", "get-case-timeline", [f"/cases/{c}/history" for c in some]),
        ("history of 200 entries", "get-case-timeline", _of("cases", filled.long, "/history")),
        ("person", "list-case-papers", _of("beneficiaries", persons)),
        ("papers of a case", "list-case-papers", _of("cases", some, "/papers")),
        ("papers to print", "print-case-summary", _of("cases", some, "/papers-out")),
        ("findings", "list-findings", ["/findings"]),
        ("sessions", "list-sessions", ["/sessions"]),
        ("session of 60 lines", "get-session", _of("sessions", filled.sessions[-SEVERAL:])),
        ("history of a session", "get-session-history", _of("sessions", filled.sessions[-3:], "/history")),
        ("agreements", "list-agreements", ["/agreements"]),
        ("agreement", "get-agreement", _of("agreements", filled.agreements)),
        ("stock of an agreement", "list-agreement-stock", _of("agreements", filled.agreements, "/stock")),
        ("history of an agreement", "get-agreement-history", _of("agreements", filled.agreements, "/history")),
        ("orders", "list-orders", ["/orders"]),
        ("order", "get-order", _of("orders", filled.orders[:: max(1, len(filled.orders) // SEVERAL)])),
        ("order of 40 lines", "get-order", _of("orders", filled.long_orders[-SEVERAL:])),
        ("history of an order", "get-order-history", _of("orders", filled.long_orders[-3:], "/history")),
        ("requests", "list-requests", ["/requests"]),
        ("ceremonies", "list-ceremonies", ["/ceremonies"]),
        ("ceremony of 60 people", "get-ceremony", _of("ceremonies", filled.ceremonies[-SEVERAL:])),
        ("history of a ceremony", "get-ceremony-history", _of("ceremonies", filled.ceremonies[-3:], "/history")),
        ("staff", "list-staff", ["/staff"]),
        ("registry", "list-registry-entries", ["/registry", "/registry?kind=prison"]),
        ("centre", "get-centre", ["/centres/taza"]),
        ("first page of the house", "get-setup", ["/"]),
        ("account", "get-me", ["/account"]),
        ("drafts", "get-me", ["/drafts"]),
        ("more", "get-me", ["/more"]),
    )  # fmt: skip
    for page, query, paths in asked:
        for role in sorted(QUERIES[query].who):
            yield from (Question(page, role, path) for path in paths)
    for role in (Role.CASEWORKER, Role.COORDINATOR, Role.AUDITOR):
        yield from (Question("found cases", role, "/found", name) for name in NAMES)
    for key in filled.receipts[:SEVERAL]:
        yield Question("receipt", Role.CASEWORKER, f"/sent/{key}?step=add-note")


def _forms(filled: Filled) -> Iterator[Question]:
    """Of every step, as it is asked first, by one role of those that take it."""
    things = {
        StreamKind.CASE: _spread([*filled.people]),
        StreamKind.BENEFICIARY: _spread([*filled.people.values()]),
        StreamKind.AGREEMENT: filled.agreements[-OF_A_FORM:],
        StreamKind.SESSION: filled.sessions[-OF_A_FORM:],
        StreamKind.ORDER: filled.long_orders[-OF_A_FORM:],
        StreamKind.CEREMONY: filled.ceremonies[-OF_A_FORM:],
    }
    for step in LAYOUTS:
        row = HANDLINGS[STEPS[step]]
        role = next((each for each in Role if each in TAKEN[step].who), None)
        if role is None:
            continue
        if row.creates or row.kind not in things:
            yield Question(f"form {step}", role, f"/steps/{step}")
        else:
            collection = COLLECTIONS[row.kind][0]
            for each in things[row.kind]:
                yield Question(f"form {step}", role, f"/{collection}/{each}/steps/{step}")


def _of(collection: str, names: Iterable[UUID], rest: str = "") -> list[str]:
    return [f"/{collection}/{each}{rest}" for each in names]


def _spread(names: Sequence[T]) -> Sequence[T]:
    """From the oldest to the youngest."""
    return names[:: max(1, len(names) // OF_A_FORM)][:OF_A_FORM]
