"""The registry: centres with what they serve, all else that steps name by a code, and the places
of the country. The same for everybody.
"""

from datetime import date
from typing import cast

from pydantic import Field

from domain.errors import NotFound
from domain.message import Message
from domain.registry.events import CentreRegistered
from domain.registry.state import REGISTRY, RegistryState
from domain.values.places import Place, Region, places, regions
from projections.views import registry
from projections.views.pages import Part
from projections.views.registry import RegistryEntry
from service.access.reader import Reading
from service.queries.cursors import opened, sealed


class CatchmentPart(Message):
    province: str
    since: date
    until: date | None


class Centre(Message):
    centre: str
    code: str = Field(examples=["TAZ"])
    """What references of its cases begin with."""
    name_fr: str
    name_ar: str
    catchment: tuple[CatchmentPart, ...]
    closed_from: date | None
    """From when on it takes no case, where it closes or closed."""


class CentreList(Message):
    centres: tuple[Centre, ...]


class PlaceList(Message):
    places: tuple[Place, ...]
    regions: tuple[Region, ...]
    """Those of today, and those of before."""


class RegistryPage(Message):
    entries: tuple[RegistryEntry, ...]
    next_cursor: str | None
    total: int | None
    """On all pages, where `total=true` asked for it."""


def list_centres(
    reading: Reading, province: str | None = None, on: date | None = None
) -> CentreList:
    """All; or those that serve a province on a day, today unless it is given."""
    registry = _registry(reading)
    found = registry.centres.values()
    if province is not None:
        serving = registry.serving(province, on or reading.today)
        return CentreList(centres=tuple(_centre(e, registry) for e in found if e.centre in serving))
    return CentreList(centres=tuple(_centre(each, registry) for each in found))


def get_centre(reading: Reading, centre: str) -> Centre:
    """The one of this code; raises `NotFound`."""
    registry = _registry(reading)
    known = registry.centres.get(centre)
    if known is None:
        raise NotFound
    return _centre(known, registry)


def list_registry_entries(
    reading: Reading, filters: registry.Filters, part: Part | None = None
) -> RegistryPage:
    part = opened(reading, part or Part(registry.BY_CODE))
    with reading.views.reading() as conn:
        page = registry.find(conn, filters, part)
    cursor = sealed(reading, page.next_cursor)
    return RegistryPage(entries=tuple(page.rows), next_cursor=cursor, total=page.total)


def _registry(reading: Reading) -> RegistryState:
    return cast("RegistryState", reading.ledger.state(REGISTRY))


def _centre(known: CentreRegistered, registry: RegistryState) -> Centre:
    return Centre(
        centre=known.centre,
        code=known.code,
        name_fr=known.name_fr,
        name_ar=known.name_ar,
        catchment=tuple(CatchmentPart(**dict(part)) for part in known.catchment),
        closed_from=registry.closing_of(known.centre),
    )


def list_places(_: Reading) -> PlaceList:
    return PlaceList(places=tuple(places().values()), regions=tuple(regions().values()))
