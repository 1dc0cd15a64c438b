"""The centres with what they serve, and the places of the country: the same for everybody."""

from datetime import date
from typing import cast

from pydantic import Field

from domain.message import Message
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
    state = cast("RegistryState", reading.ledger.state(REGISTRY))
    return CentreList(
        centres=tuple(
            Centre(
                centre=centre.centre,
                code=centre.code,
                name_fr=centre.name_fr,
                name_ar=centre.name_ar,
                catchment=tuple(CatchmentPart(**dict(part)) for part in centre.catchment),
            )
            for centre in state.centres.values()
        )
    )


def list_places(_: Reading) -> PlaceList:
    return PlaceList(places=tuple(places().values()))
