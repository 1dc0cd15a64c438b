"""What was done to the ledger as a whole, and when: for who audits it."""

import json
from datetime import datetime

from pydantic import Field

from domain.message import Message
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


class Upkeep(Message):
    notes: tuple[UpkeepNote, ...]


def list_upkeep(reading: Reading) -> Upkeep:
    """All of it, from the ledger's making on."""
    return Upkeep(
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
        )
    )
