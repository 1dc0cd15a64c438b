"""Ceremonies with their lists. Amounts are in MAD.

Whose line is whose: a centre reads the lines of its own cases; the centre that holds the
ceremony reads those of others too, and their names only until some days after it.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Annotated, cast
from uuid import UUID

from domain.errors import Refused
from domain.message import FieldClass, Message, Recorded, StreamKind, name_of, stream_id
from domain.project.events import ProjectRegistered
from domain.project.state import ProjectState
from domain.rules import NEWEST
from projections.views import ceremonies
from projections.views.ceremony_rows import CeremonyRow
from projections.views.pages import Part
from service.access.reader import Reading
from service.access.scope import SeenCeremony
from service.queries.cursors import opened, sealed


class ListedItem(Message):
    """An item that is to be handed over, by its number in the proposal."""

    item: int
    label: Annotated[str | None, FieldClass.PERSONAL]
    received: bool
    delivered: bool


class Line(ceremonies.ListedLine):
    """One person's line. Another centre's says no longer, after `lent_until`, who it is."""

    items: tuple[ListedItem, ...]


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


def get_ceremony(reading: Reading, ceremony: SeenCeremony) -> Ceremony:
    """Raises `Refused("ceremony_not_found")`."""
    with reading.views.reading() as conn:
        found = ceremonies.get(conn, ceremony.id, ceremony.lines_of)
        if found is None:
            raise Refused("ceremony_not_found")
        listed = ceremonies.list_of(conn, ceremony.id, ceremony.lines_of)
    told = [line for line in listed if _is_told(reading, ceremony, line)]
    items = _items(reading, {line.project_id for line in told if line.project_id})
    return Ceremony(
        **dict(found),
        lent_until=found.held_on + timedelta(days=NEWEST.lent_line_days),
        lines=tuple(
            Line(**dict(line), items=items.get(line.project_id, ()))
            if line in told
            else Line(**dict(line) | UNTOLD)
            for line in listed
        ),
    )


UNTOLD = {
    **dict.fromkeys(("reference", "name_ar", "name_latin", "cash_grant")),
    "items": (),
}
"""What a line does not say of whom it is about."""


def _is_told(reading: Reading, ceremony: SeenCeremony, line: ceremonies.ListedLine) -> bool:
    """Whether the reader may know whom the line is about."""
    if ceremony.reader in (None, line.centre):
        return True
    return ceremony.state.lends_lines_to(ceremony.reader, reading.today)


def _items(
    reading: Reading, projects: Collection[UUID]
) -> Mapping[UUID | None, tuple[ListedItem, ...]]:
    """What each of the projects has been approved with, from the ledger, where the labels are."""
    streams = sorted(stream_id(StreamKind.PROJECT, each) for each in projects)
    recorded = reading.ledger.histories(streams) if streams else []
    by_stream = groupby(recorded, lambda each: each.envelope.stream)
    return {
        UUID(name_of(stream)): tuple(_items_of(reading, stream, list(events)))
        for stream, events in by_stream
    }


def _items_of(reading: Reading, stream: str, events: list[Recorded]) -> Iterator[ListedItem]:
    state = cast("ProjectState", reading.ledger.fold(stream, events))
    registered = events[0].event
    assert isinstance(registered, ProjectRegistered)  # noqa: S101 - every project begins so
    labels = registered.labels or (None,) * len(state.estimates)
    for number, label in enumerate(labels, 1):
        yield ListedItem(
            item=number,
            label=label,
            received=number in state.received,
            delivered=number in state.delivered,
        )
