"""Views notice that their ledger is another one than they were made from."""

import logging
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest

from projections.projector import Projector
from projections.store import Views
from tests.integration.projections.conftest import Place, on_files, on_postgres
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import CALENDAR, Person, Programme
from tests.support.postgres import PrivatePostgres


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, place: Place, tmp_path: Path) -> Iterator[Place]:
    """A second place of the same database, for the ledger that was brought back."""
    if place.url.startswith("sqlite"):
        folder = tmp_path / "elsewhere"
        folder.mkdir()
        yield on_files(folder)
        return
    server: PrivatePostgres = request.getfixturevalue("postgres")
    database = server.create_database(f"jisr_{uuid4().hex}")
    yield on_postgres(database)
    server.drop_database(database.name)


@contextmanager
def brought_back(place: Place, views: Views, *, people: int) -> Iterator[tuple[Projector, int]]:
    """A projector of these views on a ledger that went on in its own way; and its head."""
    with place.ledger_open() as ledger:
        programme = Programme(ledger, Random(8))
        programme.settle()
        for _ in range(people):
            programme.record(*Person(programme, name_latin="Omar").intake())
        with closing(Projector(ledger, views, CALENDAR)) as projector:
            yield projector, ledger.head()


@pytest.mark.parametrize("people", [0, 5])
def test_a_ledger_that_lost_its_end_is_noticed_also_when_it_was_overtaken(
    people: int,
    programme: Programme,
    projector: Projector,
    views: Views,
    elsewhere: Place,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The older copy has fewer events than the views know, or again as many and more."""
    programme.record(*Person(programme, name_latin="Salma").intake())
    catch_up(projector)
    made_up_to = views.position()
    projector.close()
    with brought_back(elsewhere, views, people=people) as (other, head):
        assert (head > made_up_to) is bool(people)
        assert other.run_once() == 0
        assert f"at position {made_up_to}" in caplog.text
        assert other._ledger.upkeep.lost is not None, "who records must hear of it too"
        assert views.position() == head
        live = contents(views)
        assert "Salma" not in str(live)
        assert len(live["caseload"]) == people
        caplog.clear()
        catch_up(other)
        other.rebuild()
        assert contents(views) == live
        assert not [each for each in caplog.records if each.levelno >= logging.WARNING]


def test_a_running_projector_notices_it_too(
    programme: Programme, projector: Projector, views: Views, elsewhere: Place
) -> None:
    programme.record(*Person(programme, name_latin="Salma").intake())
    catch_up(projector)
    with elsewhere.ledger_open() as ledger:
        other = Programme(ledger, Random(8))
        other.settle()
        other.record(*Person(other).intake(), *Person(other).intake())
        projector._ledger = ledger  # its file, or its database, was exchanged under it
        catch_up(projector)
        catch_up(projector)
        assert views.position() == ledger.head()
        assert len(contents(views)["caseload"]) == 2
