"""Every open case stands in exactly the lists that its state says, whatever was done to it."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import cast
from uuid import UUID

import pytest
from sqlalchemy import select

from domain.case.schedule import ReviewKind, ReviewStatus
from domain.case.standing import standings
from domain.case.state import CaseState
from domain.message import StreamKind, name_of, stream_id
from ledger.ledger import Ledger
from projections.projector import Projector
from projections.store import Views
from projections.views import caseload, tasks, team, touched
from projections.views.pages import MOST, Part
from projections.views.table import NAMED
from tests.closer.books import InLedger
from tests.closer.founding import found, sign_some
from tests.closer.oracle import Oracle
from tests.closer.programme import go_on
from tests.closer.site import Site
from tests.integration.projections.contents import catch_up
from tests.integration.projections.programme import CALENDAR

PEOPLE, ROUNDS, STEPS = 4, 6, 12
Listed = dict[tasks.Group, set[tuple[UUID, str | None]]]


def begun(ledger: Ledger, seed: int) -> Site:
    staff, cases = found(InLedger(ledger), PEOPLE)
    books, oracle = InLedger(ledger), Oracle()
    oracle.hear(books.news())
    site = Site(books, Random(seed), staff, cases, oracle=oracle)
    sign_some(site)
    return site


def told(ledger: Ledger, cases: list[UUID], today: date) -> Listed:
    """What the cases' own states say."""
    found: Listed = {group: set() for group in tasks.Group}
    for case_id in cases:
        state = cast("CaseState", ledger.state(stream_id(StreamKind.CASE, case_id)))
        for each in standings(state, CALENDAR, today):
            group = group_of(each.status, each.due.falls_due, today)
            if group is not None:
                found[group].add((case_id, each.due.key))
    return found


def group_of(status: ReviewStatus, falls_due: date, today: date) -> tasks.Group | None:
    soon = today < falls_due <= today + timedelta(days=7)
    if status in (ReviewStatus.SCHEDULED, ReviewStatus.EXEMPT):
        return tasks.Group.COMING if soon else None
    return {
        ReviewStatus.DUE: tasks.Group.DUE,
        ReviewStatus.OVERDUE: tasks.Group.OVERDUE,
    }.get(status)


def listed(views: Views, today: date) -> Listed:
    with views.reading() as conn:
        found = {
            group: tasks.find(conn, tasks.Filters(group=group), today, everything()).rows
            for group in tasks.Group
        }
        counted = tasks.counts(conn, tasks.Filters(unrestricted=True), today)
        kinds = tasks.by_kind(conn, tasks.Filters(unrestricted=True), today)
        provinces = tasks.by_province(conn, tasks.Filters(), today)
    assert dict(counted) == {group: len(rows) for group, rows in found.items()}
    for group, rows in found.items():
        assert {tasks.group_of(row, today) for row in rows} <= {group}
    every = [row for rows in found.values() for row in rows]
    assert kinds == Counter(row.kind for row in every)
    assert provinces == Counter(row.province for row in every)
    return {group: {(row.case_id, row.key) for row in rows} for group, rows in found.items()}


def everything() -> Part:
    return Part(tasks.PRESSING, limit=MOST)


def days_after(today: date) -> Iterator[date]:
    """Today, and days on which more of what is there has fallen due."""
    return (today + timedelta(days=days) for days in (0, 1, 8, 40, 400))


@pytest.mark.parametrize("seed", [14])
def test_a_case_stands_in_the_lists_that_its_state_says(
    ledger: Ledger, projector: Projector, views: Views, seed: int
) -> None:
    site = begun(ledger, seed)
    for _ in range(ROUNDS):
        go_on(site, STEPS)
        catch_up(projector)
        for today in days_after(site.today):
            assert listed(views, today) == told(ledger, site.cases, today)


def test_each_task_stands_once_and_the_most_pressing_first(
    ledger: Ledger, projector: Projector, views: Views
) -> None:
    site = begun(ledger, 5)
    catch_up(projector)
    with views.reading() as conn:
        whole = tasks.find(conn, tasks.Filters(), site.today, everything()).rows
        later = whole[-1].window_end
        pages, after = list(whole[:0]), None
        while True:
            page = tasks.find(conn, tasks.Filters(), later, Part(tasks.PRESSING, after, 2))
            pages += page.rows
            after = page.next_cursor
            if after is None:
                break
        rows = conn.execute(select(NAMED["tasks"].table)).fetchall()
        loads = tasks.loads(conn, tasks.Filters(), later)
    assert pages == list(whole)
    assert len(whole) == len(rows) == len({row.task_id for row in whole})
    assert [row.window_end for row in whole] == sorted(row.window_end for row in whole)
    late = Counter(row.caseworker for row in whole if row.window_end < later)
    assert {each.caseworker: each.overdue for each in loads} == dict(late)
    assert late, "nothing is late on that day"
    assert [each.oldest for each in loads] == [whole[0].window_end]


def test_what_was_recorded_is_counted_by_the_list_that_its_case_is_in(
    ledger: Ledger, projector: Projector, views: Views
) -> None:
    site = begun(ledger, 5)
    catch_up(projector)
    streams = ledger.feed.streams(0, ledger.head(), ledger.head())
    assert streams is not None
    assert ledger.feed.streams(0, ledger.head(), ledger.head() - 1) is None, "too long ago"
    cases = [UUID(name_of(each)) for each in streams if each.startswith("case/")]
    people = [UUID(name_of(each)) for each in streams if each.startswith("beneficiary/")]
    assert set(cases) >= set(site.cases)
    with views.reading() as conn:
        rows = {each.case_id: each for each in caseload.of(conn, cases).values()}
        centres = Counter(each.centre for each in rows.values())
        for centre, many in centres.items():
            among = tasks.Filters(centre=centre, unrestricted=True)
            assert touched.cases(conn, among, cases, []) == many
            assert touched.cases(conn, among, [], people) == many, "of a person: their cases"
        whose = Counter(each.caseworker for each in rows.values())
        for caseworker, many in whose.items():
            assert touched.cases(conn, tasks.Filters(caseworker=caseworker), cases, people) == many
        assert touched.cases(conn, tasks.Filters(centre="nowhere"), cases, people) == 0
        assert touched.cases(conn, tasks.Filters(), [], []) == 0


def test_what_is_late_is_told_by_how_late_it_is_and_each_number_is_a_list(
    ledger: Ledger, projector: Projector, views: Views
) -> None:
    site = begun(ledger, 5)
    catch_up(projector)
    for today in days_after(site.today):
        with views.reading() as conn:
            loads = {each.caseworker: each for each in tasks.loads(conn, tasks.Filters(), today)}
            burdens = team.burdens(conn, None, today)
            found = {
                age: tasks.find(conn, tasks.Filters(late=age), today, everything()).rows
                for age in tasks.Age
            }
        late = {who: each.overdue for who, each in loads.items() if each.overdue}
        assert {who: sum(dict(it.ageing).values()) for who, it in burdens.items()} == late
        for age, rows in found.items():
            assert sum(getattr(it.ageing, age) for it in burdens.values()) == len(rows)
            assert {tasks.group_of(row, today) for row in rows} <= {tasks.Group.OVERDUE}
    assert any(found.values()), "nothing is late after a year"
    silent = [row for rows in found.values() for row in rows if row.kind is ReviewKind.SILENCE]
    assert sum(each.silent for each in burdens.values()) == len(silent)


def test_a_case_stands_at_its_stage_since_the_day_it_came_there(
    ledger: Ledger, projector: Projector, views: Views
) -> None:
    site = begun(ledger, 7)
    catch_up(projector)
    with views.reading() as conn:
        rows = [row for row in caseload.of(conn, site.cases).values() if row.outcome is None]
        standing = team.stages(conn, None, site.today)
        paused = team.paused(conn, None, site.today)
        resting = caseload.find(conn, caseload.Filters(paused=True), site.today).rows
    assert Counter(row.stage for row in rows) == {each.stage: each.cases for each in standing}
    assert sum(paused.values()) == len(resting)
    assert all(row.paused for row in resting)
    for row in rows:
        stream = stream_id(StreamKind.CASE, row.case_id)
        assert row.stage_since is not None
        then = cast("CaseState", ledger.state_at(stream, occurred_by=row.stage_since))
        before = cast(
            "CaseState", ledger.state_at(stream, occurred_by=row.stage_since - timedelta(days=1))
        )
        assert then.stage is row.stage
        assert not before.exists or before.stage is not row.stage
    for each in standing:
        since = (row.stage_since for row in rows if row.stage is each.stage)
        days = [(site.today - day).days for day in since if day is not None]
        assert each.median_days is not None
        assert sum(day >= each.median_days for day in days) * 2 >= len(days)
