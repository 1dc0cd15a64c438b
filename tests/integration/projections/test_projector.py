"""One projector at a time, nothing counted twice, nothing skipped."""

import logging
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date
from multiprocessing.synchronize import Event as ProcessEvent
from pathlib import Path

import psycopg
import pytest

from domain.errors import DatabaseBehind, Unavailable
from domain.values.calendar import Calendar
from ledger.ledger import Ledger
from projections import projector as projector_module
from projections import rows
from projections.changes import Changes
from projections.deriving import Appended
from projections.opening import open_views
from projections.postgres.writing import LIVE
from projections.projector import Projector, lag
from projections.reached import Reached
from projections.sqlite.shapes import of_shape
from projections.store import Moved, ProjectorBusy, Views
from projections.views import caseload
from projections.views.table import APPENDED, shape
from projections.views.timeline import timeline
from tests.integration.projections.conftest import Place, on_postgres
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import CALENDAR, Person, Programme
from tests.support.announced import Announced
from tests.support.postgres import PostgresDatabase, PrivatePostgres
from tests.support.processes import OTHERS
from tests.support.waiting import until

MOVED = Calendar("test-2", CALENDAR.holidays | {date(2024, 10, 18)})


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


def test_many_may_open_views_that_do_not_exist_yet(new_place: Place) -> None:
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: new_place.views(), range(8)))
    assert [views.position() for views in opened] == [0] * 8
    for views in opened:
        views.close()


def test_a_database_that_was_not_prepared_says_so(postgres_database: PostgresDatabase) -> None:
    with pytest.raises(DatabaseBehind):
        open_views(postgres_database.service_url)


def test_a_second_projector_says_that_another_is_at_work(
    programme: Programme, projector: Projector, ledger: Ledger, views: Views
) -> None:
    catch_up(projector)
    second = Projector(ledger, views, CALENDAR)
    with pytest.raises(ProjectorBusy):
        second.run_once()
    projector.close()
    assert second.run_once() == 0
    second.close()


def test_a_second_projector_waits_and_takes_over(
    programme: Programme,
    projector: Projector,
    ledger: Ledger,
    views: Views,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "jisr.projections")
    catch_up(projector)
    stop = threading.Event()
    second = Projector(ledger, views, CALENDAR)
    thread = threading.Thread(target=second.run, args=(stop,))
    thread.start()
    programme.record(*Person(programme).intake())
    until(lambda: "waits for its turn" in caplog.text)
    assert lag(ledger, views) > 0
    projector.close()
    until(lambda: lag(ledger, views) == 0)
    stop.set()
    thread.join()
    second.close()


def test_a_batch_is_written_only_on_top_of_where_it_was_folded_from(
    programme: Programme, projector: Projector, views: Views
) -> None:
    programme.record(*Person(programme).intake())
    catch_up(projector)
    before = contents(views)
    writer = projector._writer
    with pytest.raises(Moved):
        writer.write(Changes(), before=Reached(3, "x"), after=Reached(9, "y"), calendar="x")
    assert contents(views) == before
    assert writer.state().reached.position == programme.ledger.head()


def _project_and_die(place: Place, batches: int, ready: ProcessEvent) -> None:
    projector = Projector(place.ledger(), place.views(), CALENDAR)
    for _ in range(batches):
        projector.run_once(5)
    writer = projector._writer
    real = writer.write

    def killed(changes: Changes, **where: object) -> None:
        ready.set()
        os.kill(os.getpid(), signal.SIGKILL)
        real(changes, **where)  # type: ignore[arg-type]  # as it came

    writer.write = killed  # type: ignore[method-assign]  # to die between folding and writing
    projector.run_once(5)


def test_a_projector_killed_between_batches_counts_nothing_twice(
    programme: Programme, place: Place, views: Views, ledger: Ledger
) -> None:
    programme.record(*Person(programme).commands())
    for batches in (1, 3):
        ready = OTHERS.Event()
        process = OTHERS.Process(target=_project_and_die, args=(place, batches, ready))
        process.start()
        process.join(60)
        assert ready.is_set()
        assert process.exitcode == -signal.SIGKILL
    projector = Projector(ledger, views, CALENDAR)
    until(lambda: _free(projector))
    catch_up(projector, 5)
    live = contents(views)
    projector.rebuild()
    assert contents(views) == live
    assert len(live["timeline"]) == len({row[0] for row in live["timeline"]}) > 30
    projector.close()


def _free(projector: Projector) -> bool:
    """A killed process's connection lives until the server notices."""
    try:
        projector.run_once(1)
    except ProjectorBusy:
        return False
    return True


def test_before_an_event_that_cannot_be_folded_the_views_wait_and_say_where(
    programme: Programme,
    projector: Projector,
    views: Views,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    programme.record(*Person(programme).intake())

    name = "Salma"

    def broken(recorded: object, folds: object) -> None:
        raise ValueError(name)

    at = views.position()
    view = Appended(timeline, broken)
    monkeypatch.setattr(rows, "APPENDED", (view,))
    monkeypatch.setattr(projector_module, "FAULT_SECONDS", 0.3)
    with running(projector):
        until(lambda: "the event at position 1 cannot be folded" in caplog.text)
        assert views.position() == at
        assert projector.lag() == programme.ledger.head()
        assert "the views, at position 1" in caplog.text
        assert name not in caplog.text
        monkeypatch.setattr(rows, "APPENDED", APPENDED)  # its pauses stay short: it may be in one
        until(lambda: projector.lag() == 0)


def test_views_derived_by_another_calendar_are_rebuilt_at_the_start(
    programme: Programme, projector: Projector, ledger: Ledger, views: Views
) -> None:
    programme.record(*Person(programme).commands())
    catch_up(projector)
    projector.close()
    with running(Projector(ledger, views, MOVED)):
        until(lambda: _next_due(views) == date(2024, 10, 21))


def test_views_follow_a_holiday_that_is_announced_while_they_are_kept_level(
    programme: Programme,
    projector: Projector,
    ledger: Ledger,
    views: Views,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programme.record(*Person(programme).commands())
    catch_up(projector)
    projector.close()
    announced = Announced(CALENDAR)
    monkeypatch.setattr(projector_module, "DATED_AT_ONCE", 1)
    monkeypatch.setattr(
        projector_module, "rebuild", None
    )  # that would take minutes of a large house
    with running(Projector(ledger, views, announced)):
        until(lambda: _next_due(views) == date(2024, 10, 18))
        announced.current = MOVED
        until(lambda: _next_due(views) == date(2024, 10, 21))
        programme.record(*Person(programme).intake())
        until(lambda: lag(ledger, views) == 0)
    monkeypatch.undo()
    kept = contents(views)
    with closing(Projector(ledger, views, MOVED)) as whole:
        assert whole._writer.acquire()
        assert not whole._is_outdated()
        whole.rebuild()
    assert contents(views) == kept


def test_views_that_are_not_made_yet_are_not_read_and_are_rebuilt_at_the_start(
    programme: Programme, projector: Projector, place: Place, ledger: Ledger
) -> None:
    programme.record(*Person(programme).commands())
    catch_up(projector)
    _as_if_unmade(place)
    projector.close()
    with place.views_open() as views:
        with pytest.raises(Unavailable), views.reading():
            pass
        newer, stop = Projector(ledger, views, CALENDAR), threading.Event()
        thread = threading.Thread(target=newer.run, args=(stop,))
        thread.start()
        until(views.is_current)
        assert len(contents(views)["caseload"]) == 1
        stop.set()
        thread.join()
        newer.close()


def _as_if_unmade(place: Place) -> None:
    """As they are beside another release's, until they are rebuilt for the first time."""
    statement = "UPDATE state SET shape = ''"
    if place.views_url.startswith("sqlite"):
        path = of_shape(Path(place.views_url.removeprefix("sqlite://")), shape())
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)
    else:
        with psycopg.connect(place.views_url, options=f"-c search_path={LIVE}") as server:
            server.execute(statement)


def _next_due(views: Views) -> date | None:
    with views.reading() as conn:
        (case,) = caseload.find(conn, caseload.Filters(), date(2024, 9, 1)).rows
    return case.next_review.due_on if case.next_review else None


def test_the_projector_outlasts_its_database_and_goes_on() -> None:
    with PrivatePostgres() as server:
        place = on_postgres(server.create_database("outage"))
        ledger, views = place.ledger(), place.views()
        programme = Programme(ledger)
        programme.settle()
        projector, stop = Projector(ledger, views, CALENDAR), threading.Event()
        thread = threading.Thread(target=projector.run, args=(stop,))
        thread.start()
        until(lambda: lag(ledger, views) == 0)
        server.kill()
        with pytest.raises(Unavailable):
            views.position()
        with pytest.raises(Unavailable), views.reading():
            pass
        time.sleep(0.7)
        assert thread.is_alive()
        server.restart()
        until(lambda: _level(ledger, views))
        programme.record(*Person(programme).commands())
        until(lambda: _level(ledger, views))
        stop.set()
        thread.join()
        live = contents(views)
        projector.rebuild()
        assert contents(views) == live
        for each in (projector, views, ledger):
            each.close()


def _level(ledger: Ledger, views: Views) -> bool:
    try:
        return lag(ledger, views) == 0
    except Unavailable:
        return False
