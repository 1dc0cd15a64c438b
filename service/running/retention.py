"""What an operator asks of keeping: who is to be erased by the end of a year, by the ledger alone.

It holds when the views are away or wrong. Of a person it asks the rules that their cases go by, of a
complaint those of the day it was filed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import TypeVar, cast

from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from domain.complaint.state import ComplaintState
from domain.erasure.keeping import KeptTo, kept_as, kept_of_person
from domain.message import StreamKind, name_of, stream_id
from domain.project.state import ProjectState
from domain.registry.state import REGISTRY, RegistryState
from domain.rules.vocabulary import Kept
from domain.tracks.self_employment.state import projects_of
from ledger.ledger import Ledger

S = TypeVar("S")
TOGETHER = 200
"""Streams read in one go."""


@dataclass(frozen=True, slots=True)
class ToErase:
    """A person, by the id of their registration; or a complaint, by its own."""

    person: str | None
    complaint: str | None
    reference: str
    """Of their last case, or the complaint's number; empty for who has none."""
    centre: str | None
    kept: KeptTo


def to_erase(ledger: Ledger, year: int, centre: str | None = None) -> list[ToErase]:
    """By the end of a year, what is due first first."""
    registry = cast("RegistryState", ledger.state(REGISTRY))
    every = chain(_everybody(ledger, registry), _complaints(ledger, registry))
    found = (each for each in every if each.kept.until <= date(year, 12, 31))
    mine = (each for each in found if centre is None or each.centre == centre)
    return sorted(mine, key=lambda each: (each.kept.until, each.person or each.complaint or ""))


def _complaints(ledger: Ledger, registry: RegistryState) -> Iterator[ToErase]:
    """Those that ended and were not erased."""
    for stream, complaint in _all(ledger, StreamKind.COMPLAINT, ComplaintState):
        filed, ended = complaint.begun_on, complaint.ended_on
        if filed is None or ended is None or complaint.erased:
            continue
        kept = kept_as(Kept.COMPLAINT, ended, registry.rules_on(filed).rules)
        yield ToErase(None, name_of(stream), complaint.number, complaint.centre, kept)


def _all(ledger: Ledger, kind: StreamKind, of: type[S]) -> Iterator[tuple[str, S]]:
    """The streams of a kind with their states, so many at a time."""
    streams = iter(name for name, _ in ledger.streams(kind))
    while some := list(islice(streams, TOGETHER)):
        for stream, state in ledger.states(some).items():
            if isinstance(state, of):
                yield stream, state


def _everybody(ledger: Ledger, registry: RegistryState) -> Iterator[ToErase]:
    for stream, person in _all(ledger, StreamKind.BENEFICIARY, BeneficiaryState):
        if person.erased or person.merged_into is not None or person.begun_on is None:
            continue
        family = [person, *(_person(ledger, each) for each in person.joined)]
        if any(each.open_case is not None for each in family):
            continue
        cases = [_case(ledger, case) for each in family for case in each.cases]
        begun = max(each.begun_on for each in family if each.begun_on)
        kept = kept_of_person(
            begun,
            (each.closed_on for each in family),
            (_moved(ledger, project) for case in cases for project in projects_of(case)),
            [each.rules for each in cases] or [registry.rules_on(begun).rules],
        )
        reference = cases[-1].reference if cases else ""
        yield ToErase(name_of(stream), None, reference, person.centre, kept)


def _person(ledger: Ledger, name: object) -> BeneficiaryState:
    stream = stream_id(StreamKind.BENEFICIARY, str(name))
    return cast("BeneficiaryState", ledger.states([stream])[stream])


def _case(ledger: Ledger, name: object) -> CaseState:
    stream = stream_id(StreamKind.CASE, str(name))
    return cast("CaseState", ledger.states([stream])[stream])


def _moved(ledger: Ledger, name: object) -> date | None:
    stream = stream_id(StreamKind.PROJECT, str(name))
    return cast("ProjectState", ledger.states([stream])[stream]).money_moved_on
