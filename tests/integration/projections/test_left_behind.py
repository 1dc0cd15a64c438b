"""A projector that an upgrade has left behind folds nothing more and makes room for a newer one."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from time import sleep
from typing import Any
from uuid import UUID

import pytest

from domain.errors import NewerReleaseNeeded
from domain.events.levels import Came, Levels
from domain.message import Envelope
from domain.registry.state import REGISTRY
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from ledger.port import Domain, Part, programme
from ledger.store import ANYWHERE
from projections.projector import Projector
from projections.store import Views
from projections.views import caseload
from service.running.doctor import finding
from service.running.doctor.progress import compared, look
from tests.integration.projections.conftest import MASTER_KEYS, Place
from tests.integration.projections.programme import CALENDAR, Clock, Person, Programme
from tests.integration.projections.test_projector import running
from tests.support.waiting import until

BY = str(UUID(int=5))


def _as_before(_: Envelope, payload: dict[str, Any]) -> list[Part]:
    return [Part("CentreRegistered", 1, payload)]


def next_release() -> Domain:
    """It reads a level more, and what this one does not know."""
    upcasts = {("CentreRegistered", 2): _as_before}
    return replace(programme(), levels=Levels(Came()), upcasts=upcasts)


@pytest.fixture
def newer(place: Place) -> Iterator[Ledger]:
    ledger = open_ledger(
        place.url,
        place.keys_url,
        MASTER_KEYS,
        calendar=CALENDAR,
        clock=Clock(),
        domain=next_release(),
    )
    yield ledger
    ledger.close()


def record_what_is_new(ledger: Ledger) -> None:
    store: Any = ledger._store
    last = store.select_events(REGISTRY, desc=True, limit=1)[0]
    first = store.select_events(REGISTRY, limit=1)[0]
    new = replace(first, originator_version=last.originator_version + 1, topic="CentreRegistered:2")
    with store.writing((), ANYWHERE) as transaction, store.committing(transaction):
        store.insert_events([new], transaction=transaction)


def test_the_newer_one_takes_its_place(
    place: Place,
    programme: Programme,
    ledger: Ledger,
    newer: Ledger,
    views: Views,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with running(Projector(ledger, views, CALENDAR)) as older:
        until(lambda: views.position() == ledger.head())
        newer.level.finish(BY)
        record_what_is_new(newer)
        with closing(place.views()) as others, running(Projector(newer, others, CALENDAR)):
            until(lambda: views.position() == newer.head())
        assert older.is_alive()
        assert "this release does not read; the projector waits" in caplog.text


def test_it_rebuilds_nothing(
    programme: Programme, ledger: Ledger, newer: Ledger, views: Views
) -> None:
    newer.level.finish(BY)
    before = views.position()
    with closing(Projector(ledger, views, CALENDAR)) as older, pytest.raises(NewerReleaseNeeded):
        older.rebuild()
    assert views.position() == before


def test_before_a_type_that_nobody_said_would_come_the_views_wait_and_answer(
    place: Place,
    programme: Programme,
    ledger: Ledger,
    newer: Ledger,
    views: Views,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Nobody raised the level: it is a fault, and the process neither ends nor tries all the time."""
    programme.record(*Person(programme).intake())
    known = ledger.head()
    record_what_is_new(ledger)
    with running(Projector(ledger, views, CALENDAR)) as older:
        until(lambda: "cannot be folded" in caplog.text)
        assert views.position() == known
        assert f"the event at position {known + 1} cannot be folded" in caplog.text
        said = caplog.text.count("unknown type CentreRegistered:2")
        sleep(1)
        assert caplog.text.count("unknown type CentreRegistered:2") == said
        assert older.is_alive()
        found = projected(place, ledger)
        assert not found.is_well
        assert f"position {known + 1} cannot be read (CentreRegistered:2)" in found.found
        with views.reading() as conn:
            assert len(caseload.find(conn, caseload.Filters(), date(2024, 9, 1)).rows) == 1
        with closing(place.views()) as others, running(Projector(newer, others, CALENDAR)):
            until(lambda: views.position() == newer.head())
    assert projected(place, newer).is_well


def projected(place: Place, ledger: Ledger) -> finding.Finding:
    """What the doctor says of the projector."""
    first = look(place.views_url, ledger)
    found = compared(first, look(place.views_url, ledger), ledger)
    return next(each for each in found if each.part is finding.Part.PROJECTOR)
