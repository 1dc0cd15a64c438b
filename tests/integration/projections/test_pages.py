"""Lists come in pages that miss nobody, under every sort, and count what is on all of them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Select, select, text

from domain.case.steps import CloseCase, PauseCase, RecordContact
from domain.case.vocabulary import Channel, ContactOutcome, Outcome
from domain.errors import Refused
from projections.projector import Projector
from projections.store import Views
from projections.views import agreements, caseload, ceremonies, ceremony_rows, reminders
from projections.views.caseload import NEWEST, Filters
from projections.views.caseload_rows import NEVER
from projections.views.caseload_rows import caseload as cases
from projections.views.pages import Order, Page, Part, _Row, _sorted
from tests.integration.projections.contents import catch_up
from tests.integration.projections.programme import Person, Programme

TODAY = date(2024, 9, 1)


def pages(views: Views, filters: Filters, sort: str, limit: int = 3) -> Iterator[Page[Any]]:
    cursor: str | None = None
    while True:
        with views.reading() as conn:
            page = caseload.find(conn, filters, TODAY, Part(sort, cursor, limit, total=True))
        yield page
        cursor = page.next_cursor
        if cursor is None:
            return


@pytest.mark.parametrize("sort", ["-opened_on", "opened_on"])
def test_pages_miss_nobody_and_show_nobody_twice_while_rows_change(
    sort: str, programme: Programme, projector: Projector, views: Views
) -> None:
    random = Random(7)
    people = [Person(programme) for _ in range(11)]
    for person in people:
        programme.record(*person.intake()[:2])
    catch_up(projector)
    seen: list[UUID] = []
    for page in pages(views, Filters(), sort):
        seen += [case.case_id for case in page.rows]
        programme.record(*random.choice(people).intake()[2:3])
        catch_up(projector)
    assert len(seen) == len(people)
    assert set(seen) == {person.case_id for person in people}


def test_the_longest_overdue_come_first_then_the_longest_silent_and_closed_ones_last(
    programme: Programme, projector: Projector, views: Views
) -> None:
    inside, free, delivered, closed, closed_too = (Person(programme) for _ in range(5))
    programme.record(*inside.intake())
    programme.record(*free.intake(), *free.towards_approval())
    programme.record(*delivered.commands())
    for person in (closed, closed_too):
        close = CloseCase(occurred_on=date(2024, 8, 30), outcome=Outcome.LEFT_COUNTRY)
        programme.record(*person.intake(), person.step(close))
    paused = [Person(programme) for _ in range(4)]
    spoken_with: dict[UUID, date] = {}
    for person, on in zip(paused, (20, 5, 28, 5), strict=True):
        spoken_with[person.case_id] = date(2024, 8, on)
        contact = RecordContact(
            occurred_on=spoken_with[person.case_id],
            channel=Channel.PHONE,
            outcome=ContactOutcome.REACHED,
        )
        rest = PauseCase(
            occurred_on=date(2024, 8, 29), until=date(2024, 11, 27), explanation="on a journey"
        )
        programme.record(*person.intake(), person.step(contact), person.step(rest))
    catch_up(projector)
    with views.reading() as conn:
        days = select(cases.c.case_id, cases.c.overdue_after, cases.c.silent_since)
        after = {row.case_id: (row.overdue_after, row.silent_since) for row in conn.execute(days)}
    nothing_due = [name for name, (day, _) in after.items() if day == NEVER]
    assert set(nothing_due) == {closed.case_id, closed_too.case_id}
    assert len({after[name][0] for name in spoken_with}) < len(spoken_with), "ties, by silence"
    assert {name: after[name][1] for name in spoken_with} == spoken_with
    wanted = sorted(after, key=lambda name: (*after[name], str(name)))
    assert set(wanted[-2:]) == {closed.case_id, closed_too.case_id}
    for limit in (1, 2, 3, 9):
        found = [*pages(views, Filters(), "overdue", limit)]
        assert [case.case_id for page in found for case in page.rows] == wanted
        assert {page.total for page in found} == {9}


def test_a_cursor_is_for_the_list_it_was_made_under(
    programme: Programme, projector: Projector, views: Views
) -> None:
    for _ in range(3):
        programme.record(*Person(programme).intake()[:2])
    catch_up(projector)
    first = next(pages(views, Filters(centre="taza"), "opened_on", limit=1)).next_cursor
    assert first is not None
    for filters, sort, cursor, code in (
        (Filters(centre="taza"), "-opened_on", first, "cursor_of_another_list"),
        (Filters(centre="midelt"), "opened_on", first, "cursor_of_another_list"),
        (Filters(), "opened_on", first, "cursor_of_another_list"),
        (Filters(), "opened_on", "made-up", "cursor_invalid"),
        (Filters(centre="taza"), "opened_on", first + "0", "cursor_invalid"),
        (Filters(centre="taza"), "opened_on", first.replace("-", "9"), "cursor_invalid"),
    ):
        with views.reading() as conn, pytest.raises(Refused, match=code):
            caseload.find(conn, filters, TODAY, Part(sort, cursor))


def test_a_total_is_of_what_the_filters_leave_and_only_where_it_is_asked_for(
    programme: Programme, projector: Projector, views: Views
) -> None:
    for centre in ("taza", "taza", "midelt"):
        programme.record(*Person(programme, centre).intake()[:2])
    catch_up(projector)
    with views.reading() as conn:
        of_taza = caseload.find(conn, Filters(centre="taza"), TODAY, Part(NEWEST, total=True))
        assert (len(of_taza.rows), of_taza.total) == (2, 2)
        assert caseload.find(conn, Filters(), TODAY, Part(NEWEST, limit=1, total=True)).total == 3
        assert caseload.find(conn, Filters(), TODAY).total is None
        signed = agreements.find(conn, agreements.Filters(), Part(agreements.NEWEST, total=True))
        held = ceremonies.find(
            conn, ceremonies.Filters("taza"), Part(ceremonies.NEWEST, total=True)
        )
        assert (signed.total, held.total) == (2, 1)
        assert reminders.count(conn, reminders.Filters(centre="taza")) == 0


LISTS: Mapping[str, tuple[Select[Any], Mapping[Any, Order]]] = {
    "caseload": (select(cases.table), caseload.ORDERS),
    "caseload of a centre": (
        select(cases.table).where(cases.c.centre == "taza"),
        caseload.ORDERS,
    ),
    "agreements": (select(agreements.agreements.table), agreements.ORDERS),
    "ceremonies": (select(ceremony_rows.ceremonies.table), ceremonies.ORDERS),
}


@pytest.mark.parametrize("name", LISTS)
def test_every_page_of_every_sort_is_read_off_an_index(name: str, views: Views) -> None:
    query, orders = LISTS[name]
    views.writer().close()
    with views.reading() as conn:
        for sort, order in orders.items():
            last = _Row(tuple(TODAY for _ in order.by), uuid4())
            for after in (None, last):
                plan = plan_of(conn, _sorted(query, order, after))
                assert "INDEX" in plan.upper(), (sort, plan)
                assert not SORTED_OR_SCANNED.search(plan), (sort, plan)
            assert STARTS_INSIDE.search(plan), (sort, plan)


SORTED_OR_SCANNED = re.compile(r"TEMP B-TREE|\bSort\b|Seq Scan|Bitmap")
STARTS_INSIDE = re.compile(r"^SEARCH|Index Cond: .*ROW\(")
"""That the page's beginning is looked up, not walked to."""
AS_IF_MANY = ("seqscan", "sort", "incremental_sort", "bitmapscan")
"""What PostgreSQL would rather do with the few rows there are."""


def plan_of(conn: Connection, statement: Select[Any]) -> str:
    asked = statement.limit(50).compile(conn, compile_kwargs={"literal_binds": True})
    how = "EXPLAIN QUERY PLAN"
    if conn.dialect.name == "postgresql":
        how = "EXPLAIN"
        for way in AS_IF_MANY:
            conn.execute(text(f"SET enable_{way} = off"))
    return "; ".join(str(row[-1]) for row in conn.execute(text(f"{how} {asked}")))
