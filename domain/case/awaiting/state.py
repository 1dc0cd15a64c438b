"""What a case waits for, and what it waited for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.moment import Moment
from domain.message import FieldClass
from domain.values.papers import PaperKind


@dataclass(frozen=True, slots=True)
class Awaited:
    """One thing; what is encrypted is None once the person is erased."""

    since: Moment
    asked: Moment
    """When they were last asked."""
    party: Annotated[str | None, FieldClass.JUDICIAL] = None
    party_name: Annotated[str | None, FieldClass.JUDICIAL] = None
    awaiting: Annotated[str | None, FieldClass.HEALTH] = None
    support_id: UUID | None = None
    paper: Annotated[PaperKind | None, FieldClass.JUDICIAL] = None
    answer_by: date | None = None
    answered: Moment | None = None
    stopped: Moment | None = None


AwaitedThings = Mapping[UUID, Awaited]
"""By their ids, the first first."""


def still_awaited(awaited: Awaited) -> bool:
    return awaited.answered is None and awaited.stopped is None
