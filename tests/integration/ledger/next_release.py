"""The toy domain of the next release: a note has a tone, and a pot can be poured."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from domain.events.levels import Came, Levels
from domain.message import Envelope, Event, Step
from domain.steps.handling import Context, World
from ledger.port import Part
from tests.integration.ledger import toy
from tests.integration.ledger.toy import CLAIM, TOY, Secret, Toy


class NoteAdded(toy.NoteAdded, stored="NoteAdded", version=2):
    tone: str = ""
    overheard: Secret = None


class AddToned(Step):
    """As `AddNote`, with what the next release asks besides."""

    note: str
    tone: str = ""
    overheard: str | None = None
    occurred_on: Any = toy.DAY


def _note(_: World, step: toy.AddNote, __: Context) -> Event:
    return NoteAdded(note=step.note)


def _toned(_: World, step: AddToned, __: Context) -> Event:
    return NoteAdded(note=step.note, tone=step.tone, overheard=step.overheard)


def _without_tone(_: Envelope, payload: dict[str, Any]) -> list[Part]:
    return [Part("NoteAdded", 2, payload)]


HANDLINGS: Mapping[type[Step], Any] = {
    **toy.HANDLINGS,
    toy.AddNote: Toy(CLAIM, _note),
    AddToned: Toy(CLAIM, _toned),
}
LEVELS = Levels(Came(steps={"Pour"}, events={"NoteAdded:2": {"tone": "", "overheard": None}}))
NEXT = replace(
    TOY,
    handlings=HANDLINGS,
    steps={toy.named(step): step for step in HANDLINGS},
    events={**TOY.events, "NoteAdded": NoteAdded},
    upcasts={**TOY.upcasts, ("NoteAdded", 1): _without_tone},
    levels=LEVELS,
)
