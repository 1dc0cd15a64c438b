"""A report as known on a position is the same whatever came since, but for whoever was erased."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.case.steps import RecordContact
from domain.upkeep.vocabulary import Act
from ledger.ledger import Ledger
from projections.projector import Projector
from projections.store import Views
from projections.views import reports
from projections.views.reports import Dimension, Filters
from service.problems.problem import Rejected
from service.queries.reports import report_as_known
from service.running import announcing
from service.running.acts import record_act
from service.running.holidays import TABLES, corrected, open_calendar
from tests.integration.projections.contents import catch_up
from tests.integration.projections.programme import Person, Programme


@pytest.fixture
def people(programme: Programme) -> list[Person]:
    one, other = Person(programme), Person(programme, centre="midelt")
    programme.record(*one.commands(), *other.commands())
    return [one, other]


def told(ledger: Ledger, position: int, dimension: Dimension = Dimension.AGE) -> dict[str, Any]:
    report = report_as_known(ledger, Filters(), dimension, position)
    return report.model_dump(mode="json")


def test_it_is_what_the_views_were_then(
    ledger: Ledger, people: list[Person], projector: Projector, views: Views
) -> None:
    catch_up(projector)
    with views.reading() as conn:
        rows, total = reports.by(conn, Dimension.AGE), reports.total(conn)
    found = report_as_known(ledger, Filters(), Dimension.AGE, ledger.head())
    assert (list(found.rows), found.total) == (rows, total)
    assert total.people == len(people)
    assert found.visits.done == len(people)
    assert found.visits.scheduled + found.visits.due > 0
    assert sum(each.people for each in found.studied_in_detention) == len(people)
    assert (found.erased_since, found.today) == (0, date(2024, 9, 1))
    none = report_as_known(ledger, Filters(), Dimension.AGE, 0)
    assert (none.rows, none.total.people, none.visits.done) == ((), 0, 0)
    with pytest.raises(Rejected, match="position_unknown"):
        report_as_known(ledger, Filters(), Dimension.AGE, ledger.head() + 1)


def test_it_is_the_same_later(ledger: Ledger, people: list[Person], programme: Programme) -> None:
    position = ledger.head()
    some = (Dimension.AGE, Dimension.CENTRE, Dimension.SEASON)
    before = {each: told(ledger, position, each) for each in some}
    third = Person(programme)
    programme.record(*third.commands(), people[1].step(people[1].way.step(RecordContact)))
    assert {each: told(ledger, position, each) for each in some} == before
    assert told(ledger, ledger.head())["total"]["people"] == len(people) + 1
    alone = report_as_known(ledger, Filters(centre="taza"), Dimension.SEX, position)
    assert (alone.total.people, alone.total.erased) == (1, 0)


def test_of_who_was_erased_since_it_says_how_many_and_counts_them_on(
    ledger: Ledger, people: list[Person], programme: Programme
) -> None:
    position = ledger.head()
    dimensions = (Dimension.AGE, Dimension.SINCE_RELEASE)
    before = {each: told(ledger, position, each) for each in dimensions}
    people[0].erase()
    for each, was in before.items():
        now = told(ledger, position, each)
        assert now["erased_since"] == 1
        assert now["total"] == was["total"] | {"erased": 1}
        assert [row | {"erased": 0} for row in now["rows"]] == was["rows"]
        assert sum(row["erased"] for row in now["rows"]) == 1
        assert [row | {"erased": 0} for row in now["studied_in_detention"]] == was[
            "studied_in_detention"
        ]
    later = told(ledger, ledger.head())
    assert (later["erased_since"], later["total"]["erased"]) == (0, 1)
    elsewhere = report_as_known(ledger, Filters(centre="midelt"), Dimension.AGE, position)
    assert elsewhere.erased_since == 0


def test_days_are_counted_by_the_holidays_that_were_known_then(
    ledger: Ledger, people: list[Person], programme: Programme
) -> None:
    programme.wait_until(datetime(2024, 12, 1, 9, tzinfo=UTC))
    position = record_act(ledger, Act.CHECKED)
    came_with, was = open_calendar(), told(ledger, position)
    autumn = [date(2024, 10, 1) + timedelta(days) for days in range(90)]
    announced = corrected(TABLES[-1], autumn, [date(2024, 7, 30)])
    assert not announcing.tell(ledger, came_with)
    assert announcing.tell(ledger, announced)
    assert not announcing.tell(ledger, announced)
    then = told(ledger, position + 1)
    assert (was["holidays"], then["holidays"]) == (came_with.version, announced.version)
    assert then["visits"] != was["visits"]
    assert announcing.tell(ledger, came_with)
    again = [told(ledger, each) for each in range(position, position + 3)]
    assert again[:2] == [was, then]
    assert again[2]["visits"] == was["visits"]
