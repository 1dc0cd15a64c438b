"""What may be mended of a case, and what an entry would say if it is told otherwise; by chance."""

from collections.abc import Iterable
from datetime import timedelta
from random import Random
from typing import Any

from domain.folds.mended import left_out
from domain.mending.ways import way_of
from domain.message import Recorded, Role
from domain.tracks.parts import ENTERED

SHIFTS = (0, -30, -7, -1, 1, 7, 30)
"""By so many days an entry is told of another day."""


def mendable(events: Iterable[Recorded]) -> list[Recorded]:
    """Of those of one case: what stands, and no other step mends."""
    given = list(events)
    out = left_out(given)
    return [
        each
        for each in given
        if each.envelope.version not in out
        and each.envelope.actor.role is not Role.TIMER
        and not (way_of(type(each.event)).correct and way_of(type(each.event)).retract)
    ]


def otherwise(random: Random, told: Recorded) -> dict[str, Any] | None:
    """As it was, mostly on another day; None: nothing."""
    row = ENTERED.get(told.envelope.step)
    if row is None or random.random() < 0.2:
        return None
    said = told.event.model_dump(mode="json")
    shared = {name: said[name] for name in said.keys() & row.step.model_fields.keys()}
    on = told.envelope.occurred_on + timedelta(days=random.choice(SHIFTS))
    return {**shared, "occurred_on": str(on)}
