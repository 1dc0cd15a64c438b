"""What the views show of a case from detention to follow-up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from pydantic import BaseModel
from sqlalchemy import Connection, select

from domain.agreement.state import AgreementState
from domain.beneficiary.vocabulary import Sex
from domain.case.schedule import ReviewKind, ReviewStatus
from domain.case.steps import AddNote
from domain.case.vocabulary import Stage, TrackKind
from domain.ceremony.vocabulary import LineState
from domain.example.employment import job
from domain.example.person import EXAMPLE
from domain.message import ENCRYPTED, StreamKind, class_of, stream_id
from domain.rules import FundingSource
from domain.tracks.employment.vocabulary import EmployerKind
from domain.values.trades import Trade
from ledger.ledger import Ledger
from projections.projector import Projector
from projections.store import Views
from projections.views import (
    agreements,
    caseload,
    ceremonies,
    projects,
    reminders,
    reports,
    timeline,
)
from projections.views.reports import Dimension
from projections.views.standing import Standing
from tests.integration.projections.contents import catch_up, contents
from tests.integration.projections.programme import LAST_DAY, Person, Programme


def told(step: BaseModel) -> Iterator[str]:
    """Every text of a step that says something of the person, and their days and numbers."""
    for name in type(step).model_fields:
        if class_of(type(step), name) in ENCRYPTED:
            yield from texts_in(step.model_dump(mode="json", exclude_defaults=True).get(name))


def texts_in(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inside in value.values():
                yield from texts_in(inside)
        case list():
            for inside in value:
                yield from texts_in(inside)


def test_the_caseload_shows_a_case_that_came_to_follow_up(
    programme: Programme, projector: Projector, views: Views
) -> None:
    person = Person(programme)
    programme.record(*person.commands())
    catch_up(projector)
    with views.reading() as conn:
        (case,) = caseload.find(conn, caseload.Filters(), date(2024, 9, 1)).rows
    assert case.case_id == person.case_id
    assert case.beneficiary_id == person.beneficiary_id
    assert (case.name_ar, case.name_latin) == ("سلمى المثال", "Salma Elmithal")
    assert (case.sex, case.stage, case.trade) == (Sex.FEMALE, Stage.FOLLOW_UP, Trade.SEWING)
    assert (case.province, case.region, case.centre) == ("taza", "fes-meknes", "taza")
    assert (case.season, case.funding_source) == ("2024", FundingSource.INDH_PRECARIOUS)
    assert (case.track, case.paused, case.outcome) == (TrackKind.SELF_EMPLOYMENT, False, None)
    assert (case.opened_on, case.last_event_on) == (person.way.begins, LAST_DAY)
    assert case.next_review is not None
    assert case.next_review.kind is ReviewKind.VISIT
    assert case.next_review.key == "visit/3"
    assert case.next_review.due_on == date(2024, 10, 18)


def test_due_and_overdue_follow_from_the_day_asked_for(
    programme: Programme, projector: Projector, views: Views
) -> None:
    programme.record(*Person(programme).commands())
    catch_up(projector)
    expected = {
        date(2024, 9, 1): ReviewStatus.SCHEDULED,
        date(2024, 10, 3): ReviewStatus.DUE,
        date(2024, 11, 2): ReviewStatus.DUE,
        date(2024, 11, 3): ReviewStatus.OVERDUE,
    }
    with views.reading() as conn:
        for today, status in expected.items():
            (case,) = caseload.find(conn, caseload.Filters(), today).rows
            assert case.status is status
            due = caseload.find(conn, caseload.Filters(status="due"), today).rows
            overdue = caseload.find(conn, caseload.Filters(status="overdue"), today).rows
            counts = caseload.counts(conn, caseload.Filters(), today)
            assert [len(due), len(overdue)] == [counts.due, counts.overdue]
            assert len(due) == (status is ReviewStatus.DUE)
            assert len(overdue) == (status is ReviewStatus.OVERDUE)
        standing = reports.visits(conn, date(2025, 2, 5))
    assert standing == reports.Visits(
        done=1, due=0, overdue=2, scheduled=4, exempt=0, exempt_by_house=0, missed=0
    )


def test_every_filter_finds_its_cases_and_no_others(
    programme: Programme, projector: Projector, views: Views
) -> None:
    taza, midelt = Person(programme), Person(programme, centre="midelt", sex=Sex.MALE)
    programme.record(*taza.commands(), *midelt.intake())
    catch_up(projector)
    today = date(2024, 9, 1)
    one_only = [
        caseload.Filters(stage=Stage.FOLLOW_UP),
        caseload.Filters(centre="taza"),
        caseload.Filters(caseworker=programme.caseworker("taza").id),
        caseload.Filters(province="taza"),
        caseload.Filters(season="2024"),
        caseload.Filters(track=TrackKind.SELF_EMPLOYMENT),
    ]
    with views.reading() as conn:
        for filters in one_only:
            rows = caseload.find(conn, filters, today).rows
            assert [case.case_id for case in rows] == [taza.case_id], filters
        counts = caseload.counts(conn, caseload.Filters(), today)
        assert (counts.total, counts.by_stage[Stage.DETENTION]) == (2, 1)
        assert caseload.counts(conn, caseload.Filters(centre="agadir"), today).total == 0
        assert caseload.get(conn, uuid4()) is None
        assert len(caseload.of_person(conn, midelt.beneficiary_id)) == 1


def test_a_case_is_found_by_each_of_its_open_tracks_and_counted_so(
    programme: Programme, projector: Projector, views: Views
) -> None:
    """The project leads; the job beside it is open as well."""
    person = Person(programme)
    way, today = person.way, date(2024, 9, 1)
    beside = [person.step(each) for each in job(way)[:-1]]
    programme.record(*person.commands(), *beside)
    catch_up(projector)
    kinds = {TrackKind.SELF_EMPLOYMENT, TrackKind.EMPLOYMENT}

    def found(conn: Connection) -> set[TrackKind]:
        return {
            kind
            for kind in TrackKind
            if caseload.find(conn, caseload.Filters(track=kind), today).rows
        }

    with views.reading() as conn:
        assert found(conn) == kinds
        by_track = caseload.counts(conn, caseload.Filters(), today).by_track
        assert {kind for kind, many in by_track.items() if many} == kinds
        assert set(by_track.values()) == {0, 1}

        def hired(employer: EmployerKind, since: date) -> int:
            asked = caseload.Filters(hired=employer, counted_since=since)
            return len(caseload.find(conn, asked, today).rows)

        first_day = way.day(320)
        assert hired(EmployerKind.PARTNER, first_day) == 1
        assert hired(EmployerKind.PARTNER, first_day + timedelta(days=1)) == 0
        assert hired(EmployerKind.OTHER, first_day) == 0


def test_the_timeline_tells_of_the_case_its_project_and_its_person_in_order(
    programme: Programme, projector: Projector, views: Views
) -> None:
    person, other = Person(programme), Person(programme)
    programme.record(*person.commands(), *other.intake())
    catch_up(projector)
    with views.reading() as conn:
        entries = timeline.of_case(conn, person.case_id)
        half = timeline.of_case(conn, person.case_id, limit=len(entries) // 2)
        rest = timeline.of_case(conn, person.case_id, after=half[-1].position)
    assert [*half, *rest] == entries
    positions = [entry.position for entry in entries]
    assert positions == sorted(positions)
    kinds = {entry.stream.partition("/")[0] for entry in entries}
    assert kinds == {"case", "project", "beneficiary"}
    assert str(other.case_id) not in str(entries)
    opened = next(entry for entry in entries if entry.type == "CaseOpened")
    assert (opened.has_reason, opened.actor_role, opened.origin) == (True, "caseworker", "import")
    assert opened.details["province"] == "taza"
    assert opened.recorded_at.utcoffset() is not None


def test_only_the_caseload_and_the_people_hold_anything_personal(
    programme: Programme, projector: Projector, views: Views
) -> None:
    catch_up(projector)
    nobody, commands = contents(views), Person(programme).commands()
    programme.record(*commands)
    catch_up(projector)
    tables, texts = contents(views), {text for each in commands for text in told(each.step)}
    assert "Salma" in str(tables.pop("caseload"))
    assert "Salma" in str(tables.pop("people"))
    for registry in ("registry_entries", "entry_keys"):  # where every prison stands, and is found
        assert EXAMPLE.prison in str(nobody[registry])
        assert tables.pop(registry) == nobody[registry], "it tells of nobody"
    tasks = str(tables.pop("tasks"))  # where to see somebody: by commune
    assert [text for text in texts if text in tasks] == ["Bni Lent"]
    assert texts >= {"1991-05-17", "a quiet note"}
    assert any(text.startswith("+212 600 ") for text in texts)
    assert [text for text in texts if text in str(tables)] == []


def test_balances_are_those_of_the_folded_agreement(
    programme: Programme, projector: Projector, views: Views, ledger: Ledger
) -> None:
    people = [Person(programme), Person(programme)]
    programme.record(*people[0].commands(), *people[1].intake(), *people[1].towards_approval())
    catch_up(projector)
    name = programme.agreements["taza"]
    state = ledger.state(stream_id(StreamKind.AGREEMENT, name))
    assert isinstance(state, AgreementState)
    with views.reading() as conn:
        found = agreements.get(conn, name)
        paid_for = projects.of_agreement(conn, name)
        page = agreements.find(conn, agreements.Filters(province="taza", status="open"))
    assert found is not None
    for balance in ("envelope", "room", "received"):
        assert getattr(found, balance) == getattr(state, balance), balance
    for amount in ("committed", "contracted", "paid", "cash_paid", "spent", "to_come"):
        assert getattr(found, amount) == getattr(state.money, amount), amount
    assert (found.delivered, found.repaid) == (EXAMPLE.cost, Decimal("0.00"))
    assert (found.places, found.places_taken) == (5000, 2)
    assert page.rows == [found]
    assert {project.project_id for project in paid_for} == {each.project_id for each in people}
    assert sum(project.goods_delivered for project in paid_for) == EXAMPLE.goods


def test_a_ceremony_shows_its_list_line_by_line(
    programme: Programme, projector: Projector, views: Views
) -> None:
    served, listed = Person(programme), Person(programme)
    programme.record(*served.commands())
    programme.record(*listed.intake(), *listed.towards_approval(), *listed.towards_delivery()[:-1])
    catch_up(projector)
    name = programme.ceremonies["taza"]
    with views.reading() as conn:
        found = ceremonies.get(conn, name)
        lines = {line.case_id: line for line in ceremonies.list_of(conn, name)}
        assert ceremonies.find(conn, ceremonies.Filters(province="taza")).rows == [found]
    assert found is not None
    assert (found.listed, found.told, found.status) == (2, 1, "scheduled")
    assert (found.goods, found.cash) == (EXAMPLE.goods, EXAMPLE.cash)
    assert lines[served.case_id].state is LineState.TOLD
    assert lines[listed.case_id].state is LineState.LISTED
    assert lines[listed.case_id].agreement_id == programme.agreements["taza"]
    assert lines[listed.case_id].name_latin == "Salma Elmithal"
    assert (lines[listed.case_id].centre, lines[listed.case_id].cash_grant) == (
        "taza",
        EXAMPLE.cash,
    )


def test_a_centre_finds_the_agreements_and_ceremonies_that_are_its_to_read(
    programme: Programme, projector: Projector, views: Views
) -> None:
    programme.record(*Person(programme).commands())
    catch_up(projector)
    agreement, ceremony = programme.agreements["taza"], programme.ceremonies["taza"]
    near, far = Standing("midelt", ("midelt", "taza")), Standing("midelt", ("midelt",))
    own, moved = Standing("taza", ("taza",)), Standing("taza", ())
    with views.reading() as conn:

        def found(standing: Standing) -> tuple[bool, list[int]]:
            signed = agreements.find(conn, agreements.Filters(standing=standing)).rows
            planned = ceremonies.find(conn, ceremonies.Filters(standing=standing)).rows
            return (
                agreement in [row.agreement_id for row in signed],
                [row.listed for row in planned if row.ceremony_id == ceremony],
            )

        assert found(own) == found(moved) == (True, [1])
        assert found(near) == (True, [0])
        assert found(far) == (False, [])
        assert len(projects.of_agreement(conn, agreement, "taza")) == 1
        assert projects.of_agreement(conn, agreement, "midelt") == []
        assert ceremonies.list_of(conn, ceremony, "midelt") == []


def test_deliveries_are_counted_by_every_dimension(
    programme: Programme, projector: Projector, views: Views
) -> None:
    programme.record(*Person(programme).commands())
    programme.record(*Person(programme, centre="midelt", trade=Trade.WELDING).commands())
    catch_up(projector)
    with views.reading() as conn:
        for dimension in Dimension:
            lines = reports.by(conn, dimension)
            assert sum(line.people for line in lines) == 2, dimension
            assert sum(line.total for line in lines) == 2 * EXAMPLE.cost, dimension
        by_trade = {line.key: line for line in reports.by(conn, Dimension.TRADE)}
        taza = reports.total(conn, reports.Filters(province="taza"))
        later = reports.total(conn, reports.Filters(since=date(2024, 7, 19)))
        assert len(reports.cases_behind(conn)) == 2
    assert by_trade["sewing"].cost_a_head == EXAMPLE.cost
    assert (taza.people, taza.goods, taza.cash) == (1, EXAMPLE.goods, EXAMPLE.cash)
    assert (later.people, later.total, later.cost_a_head) == (0, Decimal("0.00"), None)


def test_a_reminder_shows_whether_its_review_was_missed(
    programme: Programme, projector: Projector, views: Views
) -> None:
    person = Person(programme)
    programme.record(*person.intake())
    at = datetime(2026, 1, 5, 12, tzinfo=UTC)
    review = "release_unconfirmed/1"
    programme.record(person.reminder(review, person.way.day(301), at))
    catch_up(projector)
    with views.reading() as conn:
        found = reminders.find(conn, reminders.Filters(case_id=person.case_id))
        (case,) = caseload.find(conn, caseload.Filters(), date(2024, 9, 1)).rows
    assert [(each.review, each.fired_at) for each in found] == [(review, at)]
    assert found[0].missed
    ruled = person.way.day(12)
    assert case.last_event_on == ruled, "a reminder is nobody's doing, and custody has no day here"


def test_reminders_are_found_by_centre_and_follow_a_case_that_moves(
    programme: Programme, projector: Projector, views: Views
) -> None:
    taza, midelt = Person(programme), Person(programme, centre="midelt")
    review = ("release_unconfirmed/1", EXAMPLE.day(301))
    for person in (taza, midelt):
        programme.record(*person.intake())
        programme.record(person.reminder(*review, datetime(2026, 1, 5, 12, tzinfo=UTC)))
    catch_up(projector)

    def of(centre: str) -> set[UUID]:
        with views.reading() as conn:
            return {each.case_id for each in reminders.find(conn, reminders.Filters(centre=centre))}

    assert (of("taza"), of("midelt")) == ({taza.case_id}, {midelt.case_id})
    fold = projector._folding._streams.case(taza.case_id)
    fold.state = replace(fold.state, centre="midelt")  # no step moves a case yet
    programme.record(taza.step(AddNote(occurred_on=date(2024, 9, 1), text="came by")))
    catch_up(projector)
    assert (of("taza"), of("midelt")) == (set(), {taza.case_id, midelt.case_id})


def test_a_centre_s_reminders_are_read_by_an_index(views: Views) -> None:
    indexed = [
        [column.name for column in index.columns] for index in reminders.reminders.table.indexes
    ]
    assert ["centre", "position"] in indexed
    query = str(
        select(reminders.reminders.c.position)
        .where(reminders.reminders.c.centre == "taza", reminders.reminders.c.position > 7)
        .order_by(reminders.reminders.c.position)
        .compile(compile_kwargs={"literal_binds": True})
    )
    with views.reading() as conn:
        if conn.dialect.name == "sqlite":
            plan = str(conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").fetchall())
            assert "reminders_by_centre_position" in plan
            assert "SCAN" not in plan
