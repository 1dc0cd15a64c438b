"""What a test begins with, recorded as the API would have it, without the way there.

Through HTTP and Temporal a step takes several times as long as the ledger takes to record it, and a
story up to a delivery has sixty. That each step passes on that way is proved where it is what the
test is about (`test_whole_case.py`, `test_forms.py`, `tests/browser/test_whole_path.py`).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, cast
from uuid import UUID, uuid4

from domain.commands import HANDLINGS
from domain.message import Actor, StreamKind
from domain.staff.state import DIRECTORY, StaffState
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from service.access.admitting import require_in_scope
from service.access.table import STEPS, require
from service.api.steps.endpoint import StepOperation
from service.api.steps.routes import operations
from service.application import Ask, command_of
from service.bootstrap import opened_ledger
from service.identity.access_keys import digest_of
from service.settings import Settings
from tests.support.system import Person

RECORDED_ONLY = frozenset(
    {
        StreamKind.CASE,
        StreamKind.ORDER,
        StreamKind.SESSION,
        StreamKind.CEREMONY,
        StreamKind.COHORT,
        StreamKind.AGREEMENT,
    }
)
"""To a step on any of them the application adds nothing, and does nothing after it."""


@dataclass
class Recording(Person):
    """A member of staff whose steps come to the ledger at once."""

    ledger: Ledger = field(kw_only=True)
    actor: Actor = field(kw_only=True)

    def step(self, path: str, body: Any) -> dict[str, Any]:
        operation, name = _addressed(path)
        if operation is None or HANDLINGS[operation.step].kind not in RECORDED_ONLY:
            return super().step(path, body)
        step: Any = operation.body.model_validate(body)
        command = command_of(Ask(actor=self.actor, step=step, key=uuid4().hex, name=name))
        require(self.actor, operation.name)
        require_in_scope(STEPS[operation.name].scope, self.ledger, command)
        answer: dict[str, Any] = json.loads(self.ledger.record(command).answer)
        return answer


@contextmanager
def recording(data: Path) -> Iterator[Callable[[Person], Recording]]:
    """Who makes of a person one whose steps are recorded in the ledger of this installation."""
    with opened_ledger(Settings(data=data)) as ledger:

        def recorded(person: Person) -> Recording:
            staff = cast("StaffState", ledger.state(DIRECTORY))
            actor = staff.actor_with(digest_of(person.key), local_date(ledger.now()))
            assert actor is not None
            given = {each.name: getattr(person, each.name) for each in fields(Person)}
            return Recording(**given, ledger=ledger, actor=actor)

        yield recorded


@cache
def _operations() -> Mapping[tuple[str, ...], StepOperation]:
    """By what is said in the path beside the id of the thing."""
    return {_said(operation.path): operation for operation in operations()}


def _said(path: str) -> tuple[str, ...]:
    return tuple(part for part in path.split("/") if not part.startswith("{"))


def _addressed(path: str) -> tuple[StepOperation | None, UUID | None]:
    """The step that a path takes, and on what."""
    parts = path.split("/")
    if parts[-2] != "steps":
        return _operations().get(_said(path)), None
    return _operations().get((*parts[:-3], *parts[-2:])), UUID(parts[-3])
