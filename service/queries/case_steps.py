"""Which steps of a case are open now, and why the others are not."""

from collections.abc import Iterator
from uuid import UUID

from pydantic import Field

from domain.case.state import CaseState
from domain.commands import step_name
from domain.message import Actor, Message
from domain.path import PATH
from service.access.table import STEPS
from service.problems.problem import text_of
from service.words.problems import Language


class OpenStep(Message):
    """A step whose conditions hold now."""

    step: str = Field(examples=["record-release"])
    part: str = Field(examples=["custody"])
    href: str
    """Where to POST it."""
    yours: bool
    """Whether your role may take it."""


class ClosedStep(Message):
    """A step that cannot be taken now."""

    step: str = Field(examples=["confirm-delivery"])
    part: str = Field(examples=["equipment_delivery"])
    code: str = Field(examples=["not_approved"])
    """What is missing, as a problem's code."""
    reason: str
    """The same in words, saying what to do."""


def open_steps(case_id: UUID, state: CaseState, actor: Actor) -> Iterator[OpenStep]:
    for part, step, code, roles in _standing(state):
        if code is None:
            href = f"/v1/cases/{case_id}/steps/{step}"
            yield OpenStep(step=step, part=part, href=href, yours=actor.role in roles)


def closed_steps(state: CaseState, language: Language) -> Iterator[ClosedStep]:
    for part, step, code, _ in _standing(state):
        if code is not None:
            _, reason = text_of(code, {}, language)
            yield ClosedStep(step=step, part=part, code=code, reason=reason)


def _standing(state: CaseState) -> Iterator[tuple[str, str, str | None, frozenset[object]]]:
    """Part, step, why it is closed (None: open) and who may take it, in the path's order."""
    for part, rows in PATH.items():
        for row in rows:
            name = step_name(row.step)
            if name in STEPS and not row.creates:
                yield part, name, row.closed_because(state), frozenset(STEPS[name])
