"""The link that opens each member of staff's calendar, where there is one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope, Hidden
from domain.staff.calendar_link import events as e


@dataclass(frozen=True, slots=True)
class CalendarLink:
    link_id: UUID
    digest: Hidden[str]
    made_on: date


CalendarLinks = Mapping[UUID, CalendarLink]
"""By whose it is: those that open a calendar."""

evolve_calendar_links: Evolution[Any] = Evolution()


@evolve_calendar_links.on(e.CalendarLinkMade)
def _made(state: Any, event: e.CalendarLinkMade, envelope: Envelope) -> Any:
    link = CalendarLink(event.link_id, event.digest, envelope.occurred_on)
    return replace(state, calendar_links={**links_of(state), event.staff_id: link})


@evolve_calendar_links.on(e.CalendarLinkEnded)
def _ended(state: Any, event: e.CalendarLinkEnded, _: Envelope) -> Any:
    return without_link(state, event.staff_id)


def links_of(state: Any) -> CalendarLinks:
    known: CalendarLinks = state.calendar_links
    return known


def without_link(state: Any, staff_id: UUID) -> Any:
    """The state in which nobody reads somebody's calendar by a link."""
    left = {whose: link for whose, link in links_of(state).items() if whose != staff_id}
    return replace(state, calendar_links=left)
