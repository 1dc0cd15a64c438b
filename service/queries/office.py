"""The people and places the programme works with, and the asker's own standing."""

from datetime import date
from typing import cast
from uuid import UUID

from pydantic import Field

from domain.errors import Refused
from domain.message import Actor, Message, Role, command_id
from domain.places import places
from domain.registry.state import REGISTRY, RegistryState
from domain.staff.state import StaffState
from service.access.table import QUERIES, REACH, STEPS, Scope, centre_bound
from service.queries.sources import Reading


class StaffMember(Message):
    staff_id: UUID
    label: str = Field(examples=["taza-caseworker-1"])
    role: Role
    centre: str | None
    keys: tuple[UUID, ...]
    """The ids of the keys that are valid; for administrators and auditors only."""


class StaffList(Message):
    staff: tuple[StaffMember, ...]


class CatchmentPart(Message):
    province: str
    since: date
    until: date | None


class Centre(Message):
    centre: str
    name_fr: str
    name_ar: str
    catchment: tuple[CatchmentPart, ...]


class CentreList(Message):
    centres: tuple[Centre, ...]


class PlaceRow(Message):
    """A province, prefecture or arrondissement prefecture."""

    code: str = Field(examples=["taza"])
    kind: str
    name_fr: str
    name_ar: str
    region: int
    region_fr: str
    region_ar: str


class PlaceList(Message):
    places: tuple[PlaceRow, ...]


class Me(Message):
    """Who you are here, and what you may do."""

    staff_id: UUID
    label: str
    role: Role
    centre: str | None
    scope: Scope
    steps: tuple[str, ...]
    queries: tuple[str, ...]


def list_staff(reading: Reading, actor: Actor) -> StaffList:
    """Who works here; a centre's own staff see their centre's."""
    bound, state = centre_bound(actor), reading.directory.staff()
    see_keys = actor.role in (Role.ADMINISTRATOR, Role.AUDITOR)
    return StaffList(
        staff=tuple(
            StaffMember(
                staff_id=staff_id,
                label=colleague.label,
                role=colleague.actor.role,
                centre=colleague.actor.centre,
                keys=_keys_of(state, staff_id) if see_keys else (),
            )
            for staff_id, colleague in state.staff.items()
            if bound is None or colleague.actor.centre == bound
        )
    )


def _keys_of(state: StaffState, staff_id: UUID) -> tuple[UUID, ...]:
    return tuple(key for key in state.keys.values() if state.holders[key] == staff_id)


def list_centres(reading: Reading) -> CentreList:
    state = cast("RegistryState", reading.ledger.state(REGISTRY))
    return CentreList(
        centres=tuple(
            Centre(
                centre=centre.centre,
                name_fr=centre.name_fr,
                name_ar=centre.name_ar,
                catchment=tuple(CatchmentPart(**dict(part)) for part in centre.catchment),
            )
            for centre in state.centres.values()
        )
    )


def list_places() -> PlaceList:
    return PlaceList(
        places=tuple(
            PlaceRow(**{name: getattr(place, name) for name in PlaceRow.model_fields})
            for place in places().values()
        )
    )


def get_me(reading: Reading, actor: Actor) -> Me:
    colleague = reading.directory.staff().staff[actor.id]
    return Me(
        staff_id=actor.id,
        label=colleague.label,
        role=actor.role,
        centre=actor.centre,
        scope=REACH[actor.role],
        steps=tuple(step for step, roles in STEPS.items() if actor.role in roles),
        queries=tuple(query for query, roles in QUERIES.items() if actor.role in roles),
    )


def get_receipt(reading: Reading, actor: Actor, key: str) -> str:
    """The stored answer of what the actor asked under this key.

    Raises `Refused("nothing_recorded")`; a step answered 503 may still come to be recorded.
    """
    receipt = reading.ledger.receipt(command_id(actor.id, key))
    if receipt is None:
        raise Refused("nothing_recorded")
    return receipt.answer
