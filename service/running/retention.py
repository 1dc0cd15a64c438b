"""What an operator asks of keeping: who is to be erased by the end of a year, by the ledger alone.

It holds when the views are away or wrong, and asks each person's own cases: by the rules in force.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import cast

from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from domain.erasure.keeping import KeptTo, kept_of_person
from domain.message import StreamKind, stream_id
from domain.project.state import ProjectState
from domain.registry.state import REGISTRY, RegistryState
from domain.tracks.self_employment.state import projects_of
from domain.values.calendar import local_date
from ledger.ledger import Ledger

TOGETHER = 200
"""People read in one go."""


@dataclass(frozen=True, slots=True)
class ToErase:
    """A person, by the id of their registration."""

    person: str
    reference: str
    """Of their last case; empty for who has none."""
    centre: str | None
    kept: KeptTo


def to_erase(ledger: Ledger, year: int, centre: str | None = None) -> list[ToErase]:
    """By the end of a year, what is due first first."""
    found = (each for each in _everybody(ledger) if each.kept.until <= date(year, 12, 31))
    mine = (each for each in found if centre is None or each.centre == centre)
    return sorted(mine, key=lambda each: (each.kept.until, each.person))


def _everybody(ledger: Ledger) -> Iterator[ToErase]:
    rules = cast("RegistryState", ledger.state(REGISTRY)).rules_on(local_date(ledger.now())).rules
    streams = iter(name for name, _ in ledger.streams(StreamKind.BENEFICIARY))
    while some := list(islice(streams, TOGETHER)):
        for stream, state in ledger.states(some).items():
            person = cast("BeneficiaryState", state)
            if person.erased or person.merged_into is not None or person.begun_on is None:
                continue
            family = [person, *(_person(ledger, each) for each in person.joined)]
            if any(each.open_case is not None for each in family):
                continue
            cases = [_case(ledger, case) for each in family for case in each.cases]
            kept = kept_of_person(
                max(each.begun_on for each in family if each.begun_on),
                (each.closed_on for each in family),
                (_moved(ledger, project) for case in cases for project in projects_of(case)),
                rules,
            )
            reference = cases[-1].reference if cases else ""
            yield ToErase(stream.partition("/")[2], reference, person.centre, kept)


def _person(ledger: Ledger, name: object) -> BeneficiaryState:
    stream = stream_id(StreamKind.BENEFICIARY, str(name))
    return cast("BeneficiaryState", ledger.states([stream])[stream])


def _case(ledger: Ledger, name: object) -> CaseState:
    stream = stream_id(StreamKind.CASE, str(name))
    return cast("CaseState", ledger.states([stream])[stream])


def _moved(ledger: Ledger, name: object) -> date | None:
    stream = stream_id(StreamKind.PROJECT, str(name))
    return cast("ProjectState", ledger.states([stream])[stream]).money_moved_on
