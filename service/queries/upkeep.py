"""What was done to the ledger as a whole and to the engine, and when: for who audits them."""

import json
from datetime import datetime

from pydantic import Field

from domain.message import Message, Recorded
from domain.upkeep.events import OperatorActed
from domain.upkeep.path import STREAM
from ledger.store import MADE
from service.access.reader import Reading


class UpkeepNote(Message):
    """One act: the ledger made, a loss found or accepted, its clock or its level."""

    number: int
    kind: str = Field(examples=["level_raised"])
    detail: dict[str, str | int] = Field(
        examples=[{"level": 2, "by": "6f0c2a52-6e0c-5d1f-9b1a-2f4a54c6a7e1"}]
    )
    """`by` is the member of staff who decided it."""
    noted_at: datetime


class OperatorAct(Message):
    """What a command at the machine did to the engine, as the command itself recorded it."""

    position: int
    act: str = Field(examples=["views_rebuilt"])
    account: str = Field(examples=["jisr"])
    """Under which the command ran there."""
    facts: dict[str, str] = Field(examples=[{"position": "18245"}])
    recorded_at: datetime


class Upkeep(Message):
    notes: tuple[UpkeepNote, ...]
    acts: tuple[OperatorAct, ...]
    """Of operators, the latest first; two hundred at most."""


ACTS = 200


def list_upkeep(reading: Reading) -> Upkeep:
    """All of it, from the ledger's making on."""
    last = reading.ledger.state(STREAM).version
    acted = reading.ledger.history(STREAM, after=max(0, last - ACTS))
    return Upkeep(
        acts=tuple(
            act_of(each, each.event)
            for each in reversed(acted)
            if isinstance(each.event, OperatorActed)
        ),
        notes=tuple(
            UpkeepNote(
                number=note.number,
                kind=note.kind,
                detail={"id": note.detail}
                if note.kind == MADE
                else json.loads(note.detail or "{}"),
                noted_at=note.noted_at,
            )
            for note in reading.ledger.upkeep.notes()
        ),
    )


def act_of(recorded: Recorded, event: OperatorActed) -> OperatorAct:
    return OperatorAct(
        position=recorded.envelope.position,
        act=event.act,
        account=event.account,
        facts=event.facts,
        recorded_at=recorded.envelope.recorded_at,
    )
