"""The administrator's first page: what is left before people can work, each with its form."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from domain.message import Role
from service.access.table import STEPS
from service.console.forms.layouts import FIRST_RUN
from service.console.pages.announced import announced_to
from service.console.visit import Signed
from service.queries.setup import Setup, get_setup

DONE, CAN_START, WAITS = "done", "can_start", "waits"
HERE, DIVISION, MACHINE = "administrator", "division", "machine"
"""Whose turn it is: of whoever reads the page, of the division with a key of its own, or of whoever
is at the machine.
"""
POSTS = (Role.COORDINATOR, Role.CASEWORKER, Role.DIVISION)
"""Whom it takes, in this order, before an agreement is signed and a case is opened."""
OF_A_CENTRE = frozenset({Role.COORDINATOR, Role.CASEWORKER})


@dataclass(frozen=True, slots=True)
class Task:
    """One of the things to do, with the form that does it where it can be done."""

    name: str
    state: str
    href: str | None = None
    waits_for: str | None = None
    """The name of what must be first, of the words of pages."""
    turn: str = HERE


async def setup_page(visit: Signed) -> Response:
    tasks = list(tasks_of(await visit.ask(get_setup)))
    return visit.page(
        "setup.html",
        tasks=tasks,
        left=sum(task.state != DONE for task in tasks),
        steps=[step for step in FIRST_RUN if visit.actor.role in STEPS[step].who],
        notices=(),
        announced=await announced_to(visit),
    )


def tasks_of(setup: Setup) -> Iterator[Task]:
    """In the order in which they can be done. The agreement is signed by the division itself."""
    if setup.centres:
        yield Task("centre", DONE)
    else:
        yield Task("centre", CAN_START, "/steps/register-centre")
    posts = {post.role: post for post in setup.posts}
    for role in POSTS:
        post = posts[role]
        if post.with_key:
            yield Task(role, DONE)
        elif role in OF_A_CENTRE and not setup.centres:
            yield Task(role, WAITS, waits_for="centre")
        elif post.registered:
            yield Task(role, CAN_START, "/staff", "key")
        else:
            yield Task(role, CAN_START, f"/steps/register-staff?role={role}")
    if setup.agreements:
        yield Task("agreement", DONE, turn=DIVISION)
    else:
        first = "division" if posts[Role.DIVISION].with_key else "division_key"
        yield Task("agreement", WAITS, waits_for=first, turn=DIVISION)
    yield Task("backup", DONE if setup.backed_up_on else CAN_START, turn=MACHINE)
