"""Where a centre's own staff stand towards what several centres share."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Standing:
    """A centre, and the places in its catchment today, with those that lie inside them."""

    centre: str
    provinces: tuple[str, ...]
    """In one order: a cursor's list is known again by it."""
