"""The centres with what they serve, and the places of the country: the same for everybody."""

from collections.abc import Mapping
from datetime import date
from typing import cast

from pydantic import Field

from domain.errors import NotFound
from domain.message import Message
from domain.registry.events import CentreRegistered
from domain.registry.state import REGISTRY, RegistryState
from domain.values.places import Place, places
from service.access.reader import Reading


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


class CentreList(Message):
    centres: tuple[Centre, ...]


class PlaceList(Message):
    places: tuple[Place, ...]


def list_centres(reading: Reading) -> CentreList:
    return CentreList(centres=tuple(_centre(known) for known in _known(reading).values()))


def get_centre(reading: Reading, centre: str) -> Centre:
    """The one of this code; raises `NotFound`."""
    known = _known(reading).get(centre)
    if known is None:
        raise NotFound
    return _centre(known)


def _known(reading: Reading) -> Mapping[str, CentreRegistered]:
    return cast("RegistryState", reading.ledger.state(REGISTRY)).centres


def _centre(known: CentreRegistered) -> Centre:
    return Centre(
        centre=known.centre,
        code=known.code,
        name_fr=known.name_fr,
        name_ar=known.name_ar,
        catchment=tuple(CatchmentPart(**dict(part)) for part in known.catchment),
    )


def list_places(_: Reading) -> PlaceList:
    return PlaceList(places=tuple(places().values()))
