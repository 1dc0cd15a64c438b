"""Whose the numbers of one stream are, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated
from uuid import UUID

from domain.folds.evolution import Evolution
from domain.message import Envelope, FieldClass
from domain.numbers import events as e


@dataclass(frozen=True)
class NumbersState:
    version: int = 0
    seen: int = 0
    holders: Annotated[Mapping[str, tuple[UUID, ...]], FieldClass.PERSONAL] = field(
        default_factory=dict
    )
    """By their marks, the first who had a number first; more than one where they were registered
    though it was known. Nothing of who is erased."""


evolve_numbers: Evolution[NumbersState] = Evolution()


@evolve_numbers.on(e.NumberKnown)
def _known(state: NumbersState, event: e.NumberKnown, _: Envelope) -> NumbersState:
    if event.mark is None:
        return state
    had = state.holders.get(event.mark, ())
    holders = had if event.beneficiary_id in had else (*had, event.beneficiary_id)
    return replace(state, holders={**state.holders, event.mark: holders})


@evolve_numbers.on(e.NumberReleased)
def _released(state: NumbersState, event: e.NumberReleased, _: Envelope) -> NumbersState:
    if event.mark is None:
        return state
    left = tuple(each for each in state.holders.get(event.mark, ()) if each != event.beneficiary_id)
    return replace(state, holders={**state.holders, event.mark: left})
