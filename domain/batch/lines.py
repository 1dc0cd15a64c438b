"""From a line to the step that is taken for it, and what tells these lines from others."""

import hashlib
import json
from uuid import UUID

from pydantic import ValidationError

from domain.batch.allowed import Allowed, allowed
from domain.batch.events import AnswerTold
from domain.batch.state import BatchState, Line
from domain.errors import Refused
from domain.message import Command, Origin, OriginKind, Step, StreamKind, derived_id, stream_id

DAY = "occurred_on"


def allowed_in(state: BatchState) -> Allowed:
    """The step that the lines take; raises `Refused` once nobody can read which it was."""
    if state.named is None:
        raise Refused("batch_forgotten")
    return allowed(state.named)


def step_of(state: BatchState, line: Line) -> Step:
    """What is taken for a line: what all say, and what it says instead.

    Of the day on which the batch was prepared, where neither says another. Raises `Refused`.
    """
    kind = allowed_in(state).step
    said = _said(state.answers) | _said(line.told.answers if line.told else ())
    said.setdefault(DAY, str(state.begun_on))
    if not said.keys() <= kind.model_fields.keys():
        raise Refused("batch_line_unfit", line=line.number)
    try:
        return kind.model_validate_strings(said)
    except ValidationError:
        # Without the cause, which quotes what was pasted.
        raise Refused("batch_line_unfit", line=line.number) from None


def _said(answers: tuple[AnswerTold, ...]) -> dict[str, str]:
    return {each.field: each.value for each in answers}


def command_id_of(batch: UUID, line: int) -> UUID:
    """The same whoever takes the line, and however often: so its effect is there once."""
    return derived_id(batch, f"line/{line}")


def origin_of(batch: UUID, line: int) -> Origin:
    return Origin(kind=OriginKind.BATCH, id=f"{batch}/{line}")


def command_of(batch: UUID, state: BatchState, line: Line) -> Command:
    """The line's step in the name of whoever started the batch. Raises `Refused`."""
    if state.author is None or line.case_id is None:
        raise Refused("batch_not_found")
    return Command(
        id=command_id_of(batch, line.number),
        target=stream_id(StreamKind.CASE, line.case_id),
        step=step_of(state, line),
        actor=state.author,
        origin=origin_of(batch, line.number),
    )


def digest_of(state: BatchState) -> str:
    """What tells these lines from all others: the step, and what it says in which case."""
    lines = [
        [line.number, str(line.case_id), _said(line.told.answers if line.told else ())]
        for line in state.lines
    ]
    text = json.dumps([state.named, _said(state.answers), lines], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
