"""A projector that an upgrade has left behind folds nothing more and makes room for a newer one."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.errors import NewerReleaseNeeded
from domain.levels import Came, Levels
from domain.message import Envelope
from domain.registry.state import REGISTRY
from ledger.ledger import Ledger
from ledger.opening import open_ledger
from ledger.port import Domain, Part, programme
from ledger.store import ANYWHERE
from projections.projector import Projector
from projections.store import Views
from tests.integration.projections.conftest import MASTER_KEYS, Place
from tests.integration.projections.programme import CALENDAR, Clock, Programme
from tests.integration.projections.test_projector import until

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


@contextmanager
def running(projector: Projector) -> Iterator[threading.Thread]:
    stop = threading.Event()
    thread = threading.Thread(target=projector.run, args=(stop,))
    thread.start()
    try:
        yield thread
    finally:
        stop.set()
        thread.join()
        projector.close()


def record_what_is_new(ledger: Ledger) -> None:
    store: Any = ledger._store
    last = store.select_events(REGISTRY, desc=True, limit=1)[0]
    new = replace(last, originator_version=last.originator_version + 1, topic="CentreRegistered:2")
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
            until(lambda: views.position() == newer.head(), 40)
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
