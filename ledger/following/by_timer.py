"""What followers have in common that record a step because of another: once, as the system.

Whatever they do may come again, after a kill or beside a failing one: by the same command's id it is
recorded once, and refused where somebody was before.
"""

from typing import TypeVar
from uuid import UUID

from domain.errors import KeyLost, KeyReused, Refused
from domain.message import TIMER, Command, Origin, OriginKind, Step, derived_id, name_of
from ledger.ledger import Ledger

State = TypeVar("State")


def record_once(ledger: Ledger, stream: str, why: str, step: Step) -> None:
    """On a thing's stream, for one reason once; nothing where it is refused."""
    command = Command(
        id=derived_id(UUID(name_of(stream)), why),
        target=stream,
        step=step,
        actor=TIMER,
        origin=Origin(kind=OriginKind.TIMER),
    )
    try:
        ledger.record(command)
    except (Refused, KeyReused):
        return  # somebody has, or goes on with it


def readable(ledger: Ledger, stream: str, kind: type[State]) -> State | None:
    """The state, of this kind; None where its key is lost: then nobody reads anything of it."""
    try:
        state = ledger.glance(stream)
    except KeyLost:
        return None
    assert isinstance(state, kind)  # noqa: S101 - what its stream folds to
    return state
