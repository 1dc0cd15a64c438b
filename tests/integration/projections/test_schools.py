"""Who is back at school is counted by people, minors apart, in the days that are asked for."""

from datetime import date
from uuid import UUID

from domain.case.steps import OpenCase
from domain.example.beside import SISTER, register_beneficiary
from domain.example.schooling import at_school
from domain.message import StreamKind
from domain.tracks.schooling.vocabulary import SchoolLevel
from projections.projector import Projector
from projections.store import Views
from projections.views import caseload, schools
from projections.views.reports import Filters
from tests.integration.projections.contents import catch_up
from tests.integration.projections.programme import Person, Programme

CHILD = {"birth_date": date(2005, 9, 1), "guardian": SISTER}
"""Of age before the second year is enrolled for."""


def test_an_enrolment_counts_in_its_days_and_a_minor_apart(
    programme: Programme, projector: Projector, views: Views
) -> None:
    person = Person(programme)
    way, worker = person.way, programme.caseworker("taza")
    child = register_beneficiary(way, card="ZZ778899").model_copy(update=CHILD)
    programme.record(
        programme.order(StreamKind.BENEFICIARY, person.beneficiary_id, child, worker),
        *(person.step(each) for each in (way.step(OpenCase), *at_school(way))),
    )
    catch_up(projector)
    with views.reading() as conn:

        def counted(**asked: object) -> list[tuple[str, int, int, int, int, int]]:
            found = schools.by_level(conn, Filters(**asked))  # type: ignore[arg-type]
            return [
                (str(x.level), x.people, x.minors, x.enrolments, x.left, x.passed) for x in found
            ]

        assert counted() == [("lower_secondary", 1, 1, 2, 1, 1)]
        assert counted(since=way.day(200)) == [("lower_secondary", 1, 0, 1, 1, 0)]
        assert counted(until=way.day(14)) == []
        assert counted(centre="midelt") == []
        assert counted(province="taza") == counted()

        def behind(level: SchoolLevel, since: int = 0) -> list[UUID]:
            asked = caseload.Filters(
                schooled=level, counted_since=way.day(since), counted_until=way.day(900)
            )
            return [each.case_id for each in caseload.find(conn, asked, way.day(900)).rows]

        assert behind(SchoolLevel.LOWER_SECONDARY) == [person.case_id]
        assert behind(SchoolLevel.LOWER_SECONDARY, 899) == behind(SchoolLevel.PRIMARY) == []
