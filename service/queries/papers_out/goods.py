"""What projects are approved with, and what of it was handed over, with what each item is called."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import cast
from uuid import UUID

from domain.message import StreamKind, name_of, stream_id
from domain.project.item import Item
from domain.project.state import ProjectState
from domain.values.money import NOTHING
from service.access.reader import Reading
from service.queries.item_labels import Labels, labels_told
from service.queries.papers_out.sheets import SlipItem


@dataclass(frozen=True, slots=True)
class Told:
    """A project, and what its items are called."""

    project_id: UUID
    state: ProjectState
    labels: Labels


def projects_told(reading: Reading, projects: Collection[UUID]) -> Mapping[UUID, Told]:
    """Each of the projects, from the ledger, where the labels are."""
    streams = sorted(stream_id(StreamKind.PROJECT, each) for each in projects)
    recorded = reading.ledger.histories(streams) if streams else []
    found: dict[UUID, Told] = {}
    for stream, some in groupby(recorded, lambda each: each.envelope.stream):
        events = list(some)
        state = cast("ProjectState", reading.ledger.fold(stream, events))
        name = UUID(name_of(stream))
        found[name] = Told(name, state, labels_told(events))
    return found


@dataclass(frozen=True, slots=True)
class ToHandOver:
    """What a slip is for: what waits to be handed over; where nothing does, what was."""

    items: tuple[SlipItem, ...]
    cash: Decimal
    handed: bool = False
    """Whether it was handed over, and is signed for once more."""

    def __bool__(self) -> bool:
        return bool(self.items) or self.cash > NOTHING


def to_hand_over(told: Told) -> ToHandOver:
    """What of a project stands on its slip."""
    state = told.state
    waiting = tuple(items_of(told, lambda item: item.received_on is not None and not item.settled))
    left = NOTHING if state.cash_dropped else state.cash_grant - state.cash_paid
    if waiting or left > NOTHING:
        return ToHandOver(waiting, max(left, NOTHING))
    return ToHandOver(
        tuple(items_of(told, lambda item: item.delivered)), state.cash_paid, handed=True
    )


def items_of(told: Told, which: Callable[[Item], bool]) -> Iterator[SlipItem]:
    """Those of the project's items, by number."""
    for number, item in sorted(told.state.items.items()):
        if which(item):
            yield SlipItem(
                item=number,
                label=told.labels.get(number),
                quantity=item.quantity,
                serials=item.serials,
                handed=item.delivered,
            )


def approved_items(told: Told) -> tuple[SlipItem, ...]:
    """What was approved and is not given up."""
    return tuple(items_of(told, lambda item: not item.dropped))


def in_hands(told: Told) -> tuple[SlipItem, ...]:
    """What the holder has."""
    return tuple(items_of(told, lambda item: item.in_hands))
