"""Ceremonies with their lists. Amounts are in MAD.

Whose line is whose: a centre reads the lines of its own cases; the centre that holds the
ceremony reads those of others too, and their names only until some days after it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby
from typing import Annotated, cast
from uuid import UUID

from domain.case.consents.state import agrees
from domain.case.consents.vocabulary import Purpose
from domain.case.state import CaseState
from domain.ceremony.vocabulary import LineState
from domain.errors import Refused
from domain.message import FieldClass, Message, Recorded, StreamKind, name_of, stream_id
from domain.project.events import ItemsDelivered
from domain.project.item import Item
from domain.project.state import ProjectState
from domain.project.vocabulary import KeptBackBecause
from domain.rules import NEWEST
from domain.tracks.self_employment.state import SelfEmployment
from projections.views import ceremonies
from projections.views.ceremony_rows import CeremonyRow, LineFacts
from projections.views.pages import Part
from service.access.reader import Reading
from service.access.scope import reads_restricted
from service.access.things import SeenCeremony
from service.queries.cursors import opened, sealed
from service.queries.item_labels import TELLING, labels_told


class ItemStanding(StrEnum):
    """How far an item is on its way to the person."""

    NOT_ORDERED = "not_ordered"
    NOT_RECEIVED = "not_received"
    RECEIVED = "received"
    DELIVERED = "delivered"


class ListedItem(Message):
    """An item that is to be handed over, by its number in the proposal."""

    item: int
    label: Annotated[str | None, FieldClass.PERSONAL]
    standing: ItemStanding
    order_id: UUID | None = None
    """The order that it is to come in with, while it is awaited."""
    kept_back: KeptBackBecause | None = None
    """Why it was not handed over with the others, where it was there and still waits."""


class LineStanding(StrEnum):
    """How a line stands: as the ceremony's list says, and whether all is in that it waits for."""

    LISTED = "listed"
    """Waits for the day, and for what its items say."""
    READY = "ready"
    TOLD = "told"
    ABSENT = "absent"
    REPLACED = "replaced"
    LATER = "later"


class Line(LineFacts, ceremonies.Named):
    """One person's line. Another centre's says no longer, after `lent_until`, who it is."""

    state: LineStanding
    items: tuple[ListedItem, ...]
    undertaking_signed: bool | None
    """Without it nothing is handed over; null where it is not told whom the line is about."""
    photographs: bool | None
    """Whether they consented to be recognised on photographs; null where it is not told who it is."""


class Ceremony(CeremonyRow):
    lent_until: date
    """The last day on which its centre reads whom other centres put on the list, and confirms."""
    lines: tuple[Line, ...]
    """Those of your own cases, unless the ceremony is yours."""


class CeremonyPage(Message):
    ceremonies: tuple[CeremonyRow, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_ceremonies(
    reading: Reading, filters: ceremonies.Filters, part: Part | None = None
) -> CeremonyPage:
    part = opened(reading, part or Part(ceremonies.NEWEST))
    with reading.views.reading() as conn:
        page = ceremonies.find(conn, filters, part)
    cursor = sealed(reading, page.next_cursor)
    return CeremonyPage(ceremonies=tuple(page.rows), next_cursor=cursor, total=page.total)


def get_ceremony(
    reading: Reading, ceremony: SeenCeremony, whole: Collection[UUID] | None = None
) -> Ceremony:
    """`whole`: the cases of whom it is told what they are handed and what lacks; None: all.

    The others' lines say who and how they stand, and that costs next to nothing.
    Raises `Refused("ceremony_not_found")`.
    """
    with reading.views.reading() as conn:
        found = ceremonies.get(conn, ceremony.id, ceremony.lines_of)
        if found is None:
            raise Refused("ceremony_not_found")
        listed = ceremonies.list_of(conn, ceremony.id, ceremony.lines_of)
    told = [line for line in listed if _is_told(reading, ceremony, line)]
    known = {line.case_id for line in told}
    full = known if whole is None else known & set(whole)
    projects = {line.project_id for line in told if line.case_id in full and line.project_id}
    items = _items(reading, projects)
    cases = reading.ledger.states([stream_id(StreamKind.CASE, each) for each in full])
    return Ceremony(
        **dict(found),
        lent_until=found.held_on + timedelta(days=NEWEST.lent_line_days),
        lines=tuple(
            _line(line, items.get(line.project_id, ()), cases)
            if line.case_id in full
            else _silent(line, known=line.case_id in known)
            for line in listed
        ),
    )


def _line(
    line: ceremonies.ListedLine, items: tuple[ListedItem, ...], cases: Mapping[str, object]
) -> Line:
    case = cast("CaseState", cases[stream_id(StreamKind.CASE, line.case_id)])
    state, signed = LineStanding(line.state), _has_signed(case, line)
    if state is LineStanding.LISTED and signed and _all_in(items):
        state = LineStanding.READY
    photographs = agrees(case.consents, Purpose.CEREMONY_PHOTOGRAPHS)
    told = {"undertaking_signed": signed, "photographs": photographs}
    return Line(**dict(line) | {"state": state, "items": items} | told)


def _has_signed(case: CaseState, line: ceremonies.ListedLine) -> bool:
    """The undertaking for what was approved of this project."""
    return any(
        each.undertaking is not None
        for each in case.tracks.values()
        if isinstance(each, SelfEmployment) and each.project_id == line.project_id
    )


def _all_in(items: Collection[ListedItem]) -> bool:
    """Whether something is there to hand over, and nothing is still to come."""
    standing = {item.standing for item in items}
    missing = {ItemStanding.NOT_ORDERED, ItemStanding.NOT_RECEIVED}
    return ItemStanding.RECEIVED in standing and not standing & missing


UNTOLD = {
    **dict.fromkeys(
        ("reference", "name_ar", "name_latin", "erased_on", "restricted_until", "cash_grant")
    ),
    "key_lost": False,
}
"""What a line does not say of whom it is about."""


_SILENT = {"items": (), "undertaking_signed": None, "photographs": None}


def _silent(line: ceremonies.ListedLine, *, known: bool) -> Line:
    """How a line stands; whose it is, where the reader may know."""
    who = {} if known else UNTOLD
    return Line(**dict(line) | who | _SILENT | {"state": LineStanding(line.state)})


def _is_told(reading: Reading, ceremony: SeenCeremony, line: ceremonies.ListedLine) -> bool:
    """Whether the reader may know whom the line is about: who left the list is lent no more."""
    if line.restricted_until is not None and not reads_restricted(reading):
        return False
    if ceremony.reader in (None, line.centre):
        return True
    lent = ceremony.state.lends_lines_to(ceremony.reader, reading.today)
    return lent and line.state is not LineState.REPLACED


def _items(
    reading: Reading, projects: Collection[UUID]
) -> Mapping[UUID | None, tuple[ListedItem, ...]]:
    """What each of the projects has been approved with, from the ledger, where the labels are."""
    streams = sorted(stream_id(StreamKind.PROJECT, each) for each in projects)
    states = reading.ledger.states(streams)
    recorded = reading.ledger.histories(streams, TELLING | {ItemsDelivered.stored})
    by_stream = groupby(recorded, lambda each: each.envelope.stream)
    return {
        UUID(name_of(stream)): tuple(_items_of(cast("ProjectState", states[stream]), list(events)))
        for stream, events in by_stream
    }


def _items_of(state: ProjectState, events: list[Recorded]) -> Iterator[ListedItem]:
    labels, kept = labels_told(events), _kept_back(events)
    for number, item in state.items.items():
        standing = standing_of(item)
        yield ListedItem(
            item=number,
            label=labels.get(number),
            standing=standing,
            order_id=item.order_id if standing is ItemStanding.NOT_RECEIVED else None,
            kept_back=kept.get(number) if standing is ItemStanding.RECEIVED else None,
        )


def _kept_back(events: Iterable[Recorded]) -> Mapping[int, KeptBackBecause]:
    """Why each item was kept back, as it was told last."""
    told = (each.event for each in events if isinstance(each.event, ItemsDelivered))
    return {each.item: each.because for event in told for each in event.kept_back}


def standing_of(item: Item) -> ItemStanding:
    if item.delivered:
        return ItemStanding.DELIVERED
    if item.received_on is not None:
        return ItemStanding.RECEIVED
    return ItemStanding.NOT_RECEIVED if item.on_order else ItemStanding.NOT_ORDERED
