"""Whether a step that says it is a batch's line is one: asked under the ledger's lock.

It has no age: it is believed by the batch that is recorded, as long as that runs, and no longer.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from domain.batch.lines import command_id_of, step_of
from domain.batch.state import BatchState
from domain.batch.vocabulary import BatchStatus
from domain.errors import Refused
from domain.message import Command, StreamKind, name_of, stream_id


def batch_of(command: Command) -> str:
    """The stream of the batch that a line's step says it is of. Raises `Refused`."""
    batch, _ = _named(command)
    return stream_id(StreamKind.BATCH, batch)


def require_believed(state: BatchState, command: Command) -> None:
    """Raises `Refused` unless that very step is a line of the batch, which runs in that name."""
    batch, number = _named(command)
    if state.status is not BatchStatus.RUNNING:
        raise Refused("batch_not_running")
    if not 1 <= number <= len(state.lines):
        raise Refused("seal_broken")
    if number <= state.take.last:
        raise Refused("batch_moved_on")  # it was told of, as refused
    line = state.lines[number - 1]
    is_it = (
        command.id == command_id_of(batch, number)
        and command.actor == state.author
        and state.is_to_take(line)
        and name_of(command.target) == str(line.case_id)
        and command.step == step_of(state, line)
    )
    if not is_it:
        raise Refused("seal_broken")


def _named(command: Command) -> tuple[UUID, int]:
    batch, _, number = (command.origin.id or "").partition("/")
    try:
        return UUID(batch), int(number)
    except ValueError:
        raise Refused("seal_broken") from None


def believe(command: Command, state_of: Callable[[str], Any]) -> None:
    """As `require_believed`, on what the batch has come to."""
    require_believed(state_of(batch_of(command)), command)
