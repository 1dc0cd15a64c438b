"""Where an agreement holds: provinces, a region, or the country; and whose centres that meets."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from domain.errors import NotAllowed, Refused
from domain.message import Actor, Record
from domain.registry.state import RegistryState
from domain.values.places import inside, places, places_of_region


class TerritoryReach(StrEnum):
    """How far a territory goes."""

    PROVINCES = "provinces"
    """One or several, each named."""
    REGION = "region"
    COUNTRY = "country"


class Territory(Record):
    """Provinces where it reaches to provinces, a region's code where it is a region."""

    reach: TerritoryReach
    provinces: tuple[str, ...] = ()
    region: str | None = None

    @property
    def is_clear(self) -> bool:
        """Whether it names what its reach asks for, and nothing else."""
        named = (bool(self.provinces), self.region is not None)
        return named == (
            self.reach is TerritoryReach.PROVINCES,
            self.reach is TerritoryReach.REGION,
        )

    @property
    def places(self) -> frozenset[str]:
        """Every place inside, by its code."""
        match self.reach:
            case TerritoryReach.PROVINCES:
                return inside(self.provinces)
            case TerritoryReach.REGION:
                return places_of_region(self.region)
            case TerritoryReach.COUNTRY:
                return frozenset(places())


def centres_met(territory: Territory, registry: RegistryState, day: date) -> frozenset[str]:
    """The centres in whose catchment a part of it lies on that day; none that is closed."""
    still = (each for each in registry.centres if not registry.closed_on(each, day))
    return frozenset(centre for centre in still if meets(territory, registry, centre, day))


def meets(territory: Territory, registry: RegistryState, centre: str, day: date) -> bool:
    return not territory.places.isdisjoint(inside(registry.provinces_of(centre, day)))


def require_met_alone(
    territory: Territory, registry: RegistryState, actor: Actor, today: date
) -> None:
    """Raises `NotAllowed` unless the actor's is the one centre it meets; the division may always."""
    if actor.centre is None:
        return
    met = centres_met(territory, registry, today)
    if actor.centre not in met:
        raise NotAllowed("other_centre")
    if len(met) > 1:
        raise NotAllowed("agreement_of_several_centres")


def require_within(
    territory: Territory,
    registry: RegistryState,
    *,
    centre: str,
    address: str | None,
    days: Iterable[date],
) -> None:
    """Whether a case may be submitted: asked once, of its address and its centre on these days.

    Raises `NotAllowed` where the centre is not met on any of the days, and `Refused` for an
    address outside. What is submitted stays so wherever the person moves to.
    """
    if not any(meets(territory, registry, centre, day) for day in days):
        raise NotAllowed("other_centre")
    if address not in territory.places:
        raise Refused("outside_the_territory", province=address)
