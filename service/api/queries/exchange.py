"""Histories in formats that other programs read: XES and OCEL for process mining, PROV for one case."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import FastAPI
from pydantic import Field
from starlette.responses import Response

from domain.message import Message
from service.api.asking import Asker, add_file, add_query
from service.api.parameters import KnownOn, LogFilters
from service.exchange.files import Xes
from service.queries import exchange

TAG = "exchange"


class OcelTypeAttribute(Message):
    name: str
    type: Annotated[str, Field(examples=["integer"])]
    """`string`, `time`, `integer`, `float` or `boolean`."""


class OcelType(Message):
    name: str
    attributes: tuple[OcelTypeAttribute, ...]


class OcelValue(Message):
    name: str
    value: str
    """As text, whatever its type."""


class OcelTimedValue(OcelValue):
    time: str
    """From when on it holds: noon, UTC, of the day."""


class OcelRelationship(Message):
    objectId: str  # noqa: N815 - the standard's name for it
    qualifier: str


class OcelEvent(Message):
    """A step."""

    id: str
    type: Annotated[str, Field(examples=["approve-project"])]
    time: str
    """Noon, UTC, of the day on which it happened."""
    attributes: tuple[OcelValue, ...]
    relationships: tuple[OcelRelationship, ...]


class OcelObject(Message):
    """What steps are about, and who took them: under a keyed name."""

    id: str
    type: Annotated[str, Field(examples=["case"])]
    attributes: tuple[OcelTimedValue, ...]
    relationships: tuple[OcelRelationship, ...]


class OcelLog(Message):
    """As OCEL 2.0 has it."""

    events: tuple[OcelEvent, ...]
    objects: tuple[OcelObject, ...]
    eventTypes: tuple[OcelType, ...]  # noqa: N815 - the standard's name for it
    objectTypes: tuple[OcelType, ...]  # noqa: N815 - the standard's name for it


async def event_log(asker: Asker, given: LogFilters) -> Response:
    """The histories of cases as an event log in XES (IEEE 1849): a trace a case, an event an entry.

    Cases, people and staff go by keyed names, the same in each log; nothing of a person's own is in
    it, and custody is one neutral entry in its month. The same `known_on` gives the same bytes.
    """
    await asker.caught_up(given.at_least)
    found = await asker.found(exchange.get_event_log, exchange.Filters(**given.filters))
    return Xes.of(found)


async def object_log(asker: Asker, given: LogFilters) -> Response:
    """All steps, and the cases, projects, agreements, orders, sessions and so on that they are about.

    As OCEL 2.0 has it, with names as in the event log. Narrowed to some cases, it has the steps that
    are about those, and of agreements and the like what is about no other case.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(exchange.get_object_log, exchange.Filters(**given.filters))


async def case_provenance(asker: Asker, case_id: UUID, given: KnownOn) -> Response:
    """Where each entry of a case comes from: by whom, for which centre, by which rules, in whose place.

    As PROV-JSON has it (W3C), with names as in the event log.
    """
    await asker.caught_up(given.at_least)
    return await asker.answer(exchange.get_case_provenance, case_id, given.known_on)


def add_exchange_queries(app: FastAPI) -> None:
    add_file(app, "get-event-log", "/v1/exchange/xes", TAG, event_log, Xes)
    add_query(app, "get-object-log", "/v1/exchange/ocel", TAG, object_log, OcelLog)
    path, said = "/v1/cases/{case_id}/provenance", dict[str, dict[str, Any]]
    add_query(app, "get-case-provenance", path, TAG, case_provenance, said)
