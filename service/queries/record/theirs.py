"""All registrations, cases and streams of one person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from domain.beneficiary.state import BeneficiaryState
from domain.case.state import CaseState
from domain.message import StreamKind, stream_id
from domain.tracks.self_employment.state import projects_of
from service.access.reader import Reading
from service.access.scope import beneficiary_shown, case_shown
from service.access.things import SeenPerson


@dataclass(frozen=True, slots=True)
class Theirs:
    """The person's registrations and cases, by their ids."""

    family: Mapping[str, BeneficiaryState]
    cases: Mapping[str, CaseState]


def theirs_of(reading: Reading, person: SeenPerson) -> Theirs:
    """Whoever goes by them is them."""
    family: dict[str, BeneficiaryState] = {str(person.id): person.state}
    for each in person.state.joined:
        family[str(each)] = beneficiary_shown(reading.ledger, each)
    cases: dict[str, CaseState] = {
        str(case): case_shown(reading.ledger, case)
        for state in family.values()
        for case in state.cases
    }
    return Theirs(family, cases)


def streams_of(theirs: Theirs) -> Iterator[str]:
    """All in which something of them is kept."""
    yield from (stream_id(StreamKind.BENEFICIARY, each) for each in theirs.family)
    for name, case in theirs.cases.items():
        yield stream_id(StreamKind.CASE, name)
        yield from (stream_id(StreamKind.PROJECT, each) for each in projects_of(case))
