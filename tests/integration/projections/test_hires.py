"""Who was hired is counted by people, partner companies apart, in the days that are asked for."""

from domain.example.employment import job
from domain.tracks.employment import steps as s
from domain.tracks.employment.vocabulary import ContractKind, EmployerKind
from projections.projector import Projector
from projections.store import Views
from projections.views import hires
from projections.views.reports import Filters
from tests.integration.projections.contents import catch_up
from tests.integration.projections.programme import Person, Programme


def test_a_hire_counts_in_its_days_and_a_person_once(
    programme: Programme, projector: Projector, views: Views
) -> None:
    person = Person(programme)
    opened, *steps = job(person.way)
    again = s.RecordHire(
        occurred_on=person.way.day(520),
        employer=EmployerKind.SELF_FOUND,
        contract_kind=ContractKind.UNWRITTEN,
    )
    programme.record(*person.commands())
    programme.record(*(person.step(each) for each in (opened, *steps, again)))
    catch_up(projector)
    with views.reading() as conn:

        def counted(**asked: object) -> list[tuple[str, int, int, int]]:
            found = hires.by_employer(conn, Filters(**asked))  # type: ignore[arg-type]
            return [(str(x.employer), x.people, x.hires, x.still_employed) for x in found]

        assert counted() == [("partner", 1, 1, 0), ("self_found", 1, 1, 1)]
        assert counted(since=again.occurred_on) == [("self_found", 1, 1, 1)]
        assert counted(until=person.way.day(319)) == []
        assert counted(centre="midelt") == []
        assert counted(province="taza") == counted()
