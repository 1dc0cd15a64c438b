"""The views are held beside the ledger row for row: what was changed in them by hand is named."""

from typing import Any

import pytest

from ledger.ledger import Ledger
from projections.comparing import Comparison, RowDiffers, comparison
from projections.postgres import writing as on_postgres
from projections.projector import Projector
from projections.sqlite import writing as on_sqlite
from projections.sqlite.shapes import live
from projections.sqlite.store import SqliteViews
from projections.store import Views
from tests.integration.projections.conftest import Place
from tests.integration.projections.contents import catch_up
from tests.integration.projections.programme import CALENDAR, Person, Programme


@pytest.fixture
def shown(programme: Programme, projector: Projector) -> Person:
    """Three people, one of them erased; all of it in the views."""
    people = [Person(programme) for _ in range(3)]
    for each in people:
        programme.record(*each.commands())
        catch_up(projector, 7)
    programme.record(*people[0].late())
    people[1].erase()
    catch_up(projector)
    return people[0]


def compared(ledger: Ledger, views: Views) -> tuple[Comparison, list[RowDiffers]]:
    paced: list[int] = []
    with comparison(ledger, views, CALENDAR) as look:
        found = list(look.differences(paced.append))
    assert sum(paced) == 3, "so many cases"
    return look, found


def alter(place: Place, views: Views, *statements: str, **named: str) -> None:
    """As whoever has the database's password can."""
    if isinstance(views, SqliteViews):
        raw: Any = on_sqlite.connect(live(views.path))
    else:
        raw = on_postgres.connect(place.views_url.replace("+psycopg", ""), on_postgres.LIVE)
    for each in statements:
        raw.execute(each.format(**named))
    raw.close()


def test_each_row_that_was_altered_is_named_and_its_columns(
    place: Place, shown: Person, ledger: Ledger, views: Views
) -> None:
    look, found = compared(ledger, views)
    assert found == [], "views that tell what the ledger tells have no difference"
    assert (look.covered.position, look.covered.behind) == (ledger.head(), 0)
    case, stranger = str(shown.case_id), "00000000-0000-4000-8000-000000000000"
    alter(
        place,
        views,
        "UPDATE caseload SET province = 'rabat', name_latin = 'Other' WHERE case_id = '{case}'",
        "DELETE FROM timeline WHERE stream = 'case/{case}' AND version = 3",
        "UPDATE timeline SET details = '{{}}' WHERE stream = 'case/{case}' AND version = 1",
        "UPDATE agreements SET committed = committed + 1",
        "INSERT INTO names (beneficiary_id, sound) SELECT '{stranger}', sound FROM names LIMIT 1",
        case=case,
        stranger=stranger,
    )
    named = set(compared(ledger, views)[1])
    assert RowDiffers("caseload", case, columns=("name_latin", "province")) in named
    assert RowDiffers("timeline", f"case/{case}", missing=True) in named
    assert RowDiffers("timeline", f"case/{case}", columns=("details",)) in named
    assert RowDiffers("names", stranger, extra=True) in named, "the ledger does not know them"
    assert {each.view for each in named} == {"caseload", "timeline", "agreements", "names"}


def test_views_behind_or_of_another_ledger_are_compared_no_further(
    place: Place, programme: Programme, shown: Person, ledger: Ledger, views: Views
) -> None:
    another = Person(programme)
    programme.record(*another.commands())
    look, found = compared(ledger, views)
    assert found == []
    assert look.covered.behind == ledger.head() - look.covered.position > 0
    alter(place, views, "UPDATE state SET event_id = 'another'")
    with comparison(ledger, views, CALENDAR) as look:
        assert not look.covered.same_event
        assert list(look.differences(lambda _: None)) == []
