"""How each member of staff is reached, as they last said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope, FieldClass
from domain.staff.reach import events as e
from domain.staff.reach.vocabulary import ReaderLanguage, StaffChannel


@dataclass(frozen=True, slots=True)
class HowReached:
    """In which language, where, and by what besides the inbox."""

    language: ReaderLanguage
    email: Annotated[str | None, FieldClass.PERSONAL]
    """None where none was told, and once their key is destroyed or lost."""
    telephone: Annotated[str | None, FieldClass.PERSONAL]
    """As E.164 has it; None as above."""
    channels: tuple[StaffChannel, ...]
    daily_digest: bool
    """Whether one e-mail a day says all, in the place of one for each."""
    said_on: date

    def address_by(self, channel: StaffChannel) -> str | None:
        """Where the channel reaches them; None where it does not, or is not wished for."""
        if channel not in self.channels:
            return None
        return self.email if channel is StaffChannel.EMAIL else self.telephone


Reaches = Mapping[UUID, HowReached]
"""By staff id; without those who never said, ended it, or left."""

evolve_reach: Evolution[Any] = Evolution()


@evolve_reach.on(e.ReachChanged)
def _changed(state: Any, event: e.ReachChanged, envelope: Envelope) -> Any:
    how = HowReached(
        language=event.language,
        email=event.email,
        telephone=event.telephone,
        channels=event.channels,
        daily_digest=event.daily_digest,
        said_on=envelope.occurred_on,
    )
    return replace(state, reach={**reaches_of(state), event.staff_id: how})


@evolve_reach.on(e.ReachEnded)
def _ended(state: Any, event: e.ReachEnded, _: Envelope) -> Any:
    return without_reach(state, event.staff_id)


def reaches_of(state: Any) -> Reaches:
    known: Reaches = state.reach
    return known


def without_reach(state: Any, staff_id: UUID) -> Any:
    """The state in which nothing is sent to somebody any more."""
    left = {whose: how for whose, how in reaches_of(state).items() if whose != staff_id}
    return replace(state, reach=left)
