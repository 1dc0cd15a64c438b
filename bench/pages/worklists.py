"""How long each list and count of what is to be done takes, where there are 100,000 open cases.

    python -m bench.pages.worklists [--postgres] [--cases 100000] [--rounds 40]

Rows are made up and written as a rebuild writes them, with the indexes of the views: 25 centres of
about a hundred caseworkers, two or three reviews a case, six reminders. Each list is asked for the
first page and for a later one, by a caseworker, for a centre, and for all.
"""

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from random import Random
from statistics import quantiles
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection

from bench.findings import POSTGRESQL, SQLITE, Finding
from bench.ledger.rebuild import place
from domain.case.schedule import ReviewKind
from domain.case.vocabulary import Stage
from domain.case.whereabouts import Met
from domain.message import Message
from projections.columns import SortedText
from projections.opening import open_views
from projections.store import Fresh, Views
from projections.view import View
from projections.views import caseload, caseload_rows, matters, reminders, rounds, still_open, tasks
from projections.views.pages import Page, Part

TODAY = date(2026, 11, 27)
LATELY = TODAY - timedelta(days=3)
CENTRES, CASELOAD = 25, 40
REMINDERS = 6
RESTRICTED, LATE, MET = 0.01, 0.1, 0.7
"""The part of people whose data is restricted, of reviews that are late, and of those with the person."""
PART = 10_000
"""Rows of a view written at once."""
AIM = 50
"""Milliseconds at p95."""
NEVER = caseload_rows.NEVER


class Of(NamedTuple):
    """Who asks."""

    said: str
    centre: str | None = None
    caseworker: UUID | None = None

    @property
    def whose(self) -> dict[str, Any]:
        return {"centre": self.centre, "caseworker": self.caseworker, "unrestricted": True}


class Made(NamedTuple):
    """A case with the rows of each view that are about it."""

    case: caseload_rows.CaseRow
    tasks: Sequence[tasks.TaskRow]
    matters: Sequence[matters.MatterRow]
    reminders: Sequence[reminders.Reminder]


def fill(views: Views, cases: int) -> Sequence[Of]:
    """Write the rows; whose lists are asked for."""
    draw = Random(1)  # noqa: S311 - nothing that is secret
    workers = [(f"c{n % CENTRES}", _id(draw)) for n in range(max(cases // CASELOAD, CENTRES))]
    with views.building() as fresh:
        waiting: dict[View[Any], list[Message]] = {}
        for number in range(cases):
            centre, worker = draw.choice(workers)
            _add(waiting, _made(draw, number, centre, worker))
            if number % PART == PART - 1:
                _write(fresh, waiting)
        _write(fresh, waiting)
        fresh.finish()
        fresh.swap(lambda _: None)
    centre, worker = workers[0]
    return Of("a caseworker", centre, worker), Of("a centre", centre), Of("all")


def _add(waiting: dict[View[Any], list[Message]], made: Made) -> None:
    waiting.setdefault(caseload_rows.caseload, []).append(made.case)
    waiting.setdefault(tasks.tasks, []).extend(made.tasks)
    waiting.setdefault(matters.matters, []).extend(made.matters)
    waiting.setdefault(reminders.reminders, []).extend(made.reminders)


def _write(fresh: Fresh, waiting: dict[View[Any], list[Message]]) -> None:
    fresh.load({view.name: list(view.cells(rows)) for view, rows in waiting.items()})
    waiting.clear()


def _made(draw: Random, number: int, centre: str, worker: UUID) -> Made:
    case_id, restricted = _id(draw), draw.random() < RESTRICTED
    at = draw.choice((Met.PRISON, Met.OUTSIDE, Met.OUTSIDE))
    return Made(
        _case(draw, number, case_id, centre, worker, restricted=restricted),
        [
            _task(draw, case_id, centre, worker, ordinal, at, restricted=restricted)
            for ordinal in range(draw.choice((1, 2, 2, 3, 4)))
        ],
        list(_matters(draw, case_id, centre, worker, restricted=restricted)),
        [_reminder(number * REMINDERS + n + 1, case_id, centre) for n in range(REMINDERS)],
    )


def _id(draw: Random) -> UUID:
    return UUID(int=draw.getrandbits(128), version=4)


def _case(
    draw: Random, number: int, case_id: UUID, centre: str, worker: UUID, *, restricted: bool
) -> caseload_rows.CaseRow:
    opened = TODAY - timedelta(days=draw.randint(0, 1500))
    return caseload_rows.CaseRow.model_construct(
        case_id=case_id,
        reference=f"{centre}-{number}",
        beneficiary_id=_id(draw),
        name_ar="سلمى المثالي",
        name_latin=f"Salma Elmithal {number}",
        search=f" salma elmithal {number} ",
        erased_on=None,
        restricted_until=TODAY if restricted else None,
        key_lost=False,
        sex=None,
        stage=Stage.FOLLOW_UP,
        stage_since=opened,
        paused_until=None,
        outcome=None,
        centre=centre,
        caseworker=worker,
        province="taza",
        region="fes-meknes",
        agreement_id=None,
        season=None,
        funding_source=None,
        track=None,
        tracks=(),
        trade=None,
        opened_on=opened,
        next_review=None,
        waits_for_study=False,
        due_from=NEVER,
        overdue_after=NEVER,
        silent_since=opened,
        rules_version="v1",
        version=5,
        last_event_on=opened,
    )


def _task(
    draw: Random,
    case_id: UUID,
    centre: str,
    worker: UUID,
    ordinal: int,
    at: Met,
    *,
    restricted: bool,
) -> tasks.TaskRow:
    """One in ten is late; of the others some are due, most are to come within a year."""
    late = draw.random() < LATE
    start = TODAY + timedelta(days=-draw.randint(31, 300) if late else draw.randint(-30, 400))
    met = at if draw.random() < MET else None
    place = draw.randint(1, 4 if at is Met.PRISON else 40)
    return tasks.TaskRow.model_construct(
        key=f"visit/{ordinal}",
        kind=draw.choice(list(ReviewKind)),
        due_on=start,
        window_start=start,
        window_end=start + timedelta(days=draw.randint(0, 30)),
        task_id=_id(draw),
        case_id=case_id,
        centre=centre,
        caseworker=worker,
        province="taza",
        blocked=None,
        paper=None,
        met=met,
        prison=f"prison-{place}" if met is Met.PRISON else None,
        commune=f"commune {place}" if met is Met.OUTSIDE else None,
        place=SortedText(f"{centre} {place}" if met else ""),
        restricted=restricted,
    )


def _matters(
    draw: Random, case_id: UUID, centre: str, worker: UUID, *, restricted: bool
) -> Iterator[matters.MatterRow]:
    """Nearly all were released once; few call, and some wait."""
    parts = {matters.MatterKind.RELEASED: 0.8, matters.MatterKind.CALLED: 0.02}
    parts[matters.MatterKind.WAITING] = 0.2
    for kind, part in parts.items():
        if draw.random() < part:
            since = TODAY - timedelta(days=draw.randint(0, 700))
            nothing: dict[str, Any] = dict.fromkeys(matters.MatterRow.model_fields)
            told: dict[str, Any] = {
                "matter_id": _id(draw),
                "case_id": case_id,
                "kind": kind,
                "since": since,
                "happened_on": since,
                "centre": centre,
                "caseworker": worker,
                "province": "taza",
                "restricted": restricted,
            }
            yield matters.MatterRow.model_construct(**{**nothing, **told})


def _reminder(position: int, case_id: UUID, centre: str) -> reminders.Reminder:
    nothing: dict[str, Any] = dict.fromkeys(reminders.Reminder.model_fields)
    told = {
        "position": position,
        "case_id": case_id,
        "centre": centre,
        "review": "visit/3",
        "due_on": date(2025, 1, 6),
        "missed": position % 7 == 0,
        "fired_at": datetime(2025, 1, 6, 8, tzinfo=UTC),
        "level": 0,
        "told": (),
    }
    return reminders.Reminder.model_construct(**{**nothing, **told})


Question = Callable[[Connection], object]


def questions(of: Of) -> Iterator[tuple[str, Question]]:
    """Each list as far as a page shows it, and each count."""
    whose = of.whose
    every = tasks.Filters(**whose)
    for group in tasks.Group:
        within = tasks.Filters(**whose, group=group)
        yield from _pages(
            f"tasks {group}", partial(tasks.find, filters=within, today=TODAY), tasks.PRESSING
        )
    yield "tasks counted", partial(tasks.counts, filters=every, today=TODAY)
    yield "tasks by kind", partial(tasks.by_kind, filters=every, today=TODAY)
    yield "tasks by province", partial(tasks.by_province, filters=every, today=TODAY)
    yield "next task", partial(tasks.next_day, filters=every, today=TODAY)
    if of.centre is not None:
        for met in Met:
            way = tasks.Filters(**whose, met=met, begun=True)
            yield from _pages(
                f"round {met}", partial(tasks.find, filters=way, today=TODAY), tasks.BY_PLACE
            )
            yield f"places of {met}", partial(rounds.places, filters=way, today=TODAY)
    if of.centre is not None and of.caseworker is None:
        yield "team", partial(tasks.loads, filters=every, today=TODAY)
        yield "open cases", partial(still_open.all_by_caseworker, centre=of.centre)
    for kind in matters.MatterKind:
        asked = matters.Filters(**whose, kind=kind)
        yield from _pages(
            f"matters {kind}", partial(matters.find, filters=asked, lately=LATELY), matters.LONGEST
        )
    yield (
        "matters counted",
        partial(matters.counts, filters=matters.Filters(**whose), lately=LATELY),
    )
    if of.caseworker is None:
        heard = reminders.Filters(centre=of.centre, unrestricted=True)
        yield "reminders", partial(reminders.find, filters=heard)
        yield "reminders counted", partial(reminders.count, filters=heard)


def _pages(said: str, find: Callable[..., Page[Any]], sort: str) -> Iterator[tuple[str, Question]]:
    """The first page, with the cases that its rows name, and the second one."""

    def first(conn: Connection) -> object:
        page = find(conn, part=Part(sort))
        return caseload.of(conn, {row.case_id for row in page.rows})

    def second(conn: Connection) -> object:
        after = cursors.setdefault(said, find(conn, part=Part(sort)).next_cursor)
        return find(conn, part=Part(sort, after))

    cursors: dict[str, str | None] = {}
    yield said, first
    yield f"{said}, further on", second


class Taken(NamedTuple):
    """Milliseconds at p95."""

    cpu: float
    """Of this process: on SQLite all there is to it."""
    wall: float


def measure(views: Views, ask: Question, rounds_of: int) -> Taken:
    cpu, wall = [], []
    with views.reading() as conn:
        ask(conn)
        for _ in range(rounds_of):
            began, worked = time.perf_counter(), time.process_time()
            ask(conn)
            cpu.append((time.process_time() - worked) * 1000)
            wall.append((time.perf_counter() - began) * 1000)
    return Taken(quantiles(cpu, n=20)[-1], quantiles(wall, n=20)[-1])


def main(options: argparse.Namespace) -> None:
    with place(postgres=options.postgres, durable=False) as where:
        views = open_views(where.views)
        try:
            for of in fill(views, options.cases):
                found = {said: measure(views, ask, options.rounds) for said, ask in questions(of)}
                for said, ms in found.items():
                    print(f"  {of.said}: {said} {ms.wall:.1f} ms, CPU {ms.cpu:.1f}", flush=True)
                slowest = max(found, key=lambda said: found[said].wall)
                Finding(
                    f"lists of {of.said} among {options.cases:,} cases, ms at p95; the slowest",
                    POSTGRESQL if options.postgres else SQLITE,
                    f"{found[slowest].wall:.0f}, CPU {found[slowest].cpu:.0f} ({slowest})",
                    f"under {AIM}",
                ).note()
        finally:
            views.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=40)
    main(parser.parse_args())
