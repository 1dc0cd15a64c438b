"""How the support items of a case stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from domain.case.moment import Moment
from domain.case.support.vocabulary import SupportKind, SupportStatus
from domain.case.vocabulary import NeedArea
from domain.message import FieldClass

ENDED = frozenset({SupportStatus.COMPLETED, SupportStatus.DECLINED})


@dataclass(frozen=True, slots=True)
class Support:
    """One item; what is encrypted is None once its person is erased."""

    opened: Moment
    turned: Moment
    """When it last came to how it stands."""
    kind: Annotated[SupportKind | None, FieldClass.JUDICIAL] = None
    need: Annotated[NeedArea | None, FieldClass.HEALTH] = None
    member_id: UUID | None = None
    provider: Annotated[str | None, FieldClass.HEALTH] = None
    provider_name: Annotated[str | None, FieldClass.HEALTH] = None
    status: SupportStatus = SupportStatus.OPEN
    probably_from: Annotated[Moment | None, FieldClass.JUDICIAL] = None
    """The day from which a rehabilitation can probably be asked for, and since when we know it."""
    look_again: Annotated[Moment | None, FieldClass.JUDICIAL] = None
    """The day on which it falls due, and since when we know it."""

    @property
    def ended(self) -> bool:
        return self.status in ENDED


Supports = Mapping[UUID, Support]
"""By their ids, the first opened first."""

Which = Callable[[Support], bool]


def running(support: Support) -> bool:
    return not support.ended


def ended(support: Support) -> bool:
    return support.ended
