"""Whom to see where: as many at each place as the list of the day has, whatever was done."""

from collections import Counter
from datetime import timedelta
from typing import cast
from uuid import UUID

from domain.case.residence.steps import RecordMove
from domain.case.state import CaseState
from domain.case.whereabouts import Met
from domain.message import StreamKind, stream_id
from ledger.ledger import Ledger
from projections.projector import Projector
from projections.store import Views
from projections.views import rounds, tasks
from projections.views.pages import Part
from tests.closer.custody import in_custody
from tests.closer.moves import on_case
from tests.closer.programme import go_on
from tests.closer.site import TODAY, Site
from tests.integration.projections.contents import catch_up
from tests.integration.projections.test_tasks import ROUNDS, STEPS, begun, everything

COMMUNES = ("Bni Lent", "BNI  LÉNT", "Tahla", None)


def moved(site: Site) -> None:
    """Some live elsewhere from now on, and some come into detention, or out of it."""
    draw = site.random
    for case_id in site.cases:
        move = RecordMove(occurred_on=TODAY, province="taza", commune=draw.choice(COMMUNES))
        site.take(on_case(case_id, move))
        if held := in_custody(site, case_id):
            site.take(held)


def where(ledger: Ledger, case_id: UUID) -> tuple[Met | None, str]:
    """By the case's own state, said otherwise than the view says it."""
    case = cast("CaseState", ledger.state(stream_id(StreamKind.CASE, case_id)))
    if case.is_free:
        return Met.OUTSIDE, (case.commune or "").casefold().replace("é", "e").replace("  ", " ")
    last = case.custody.last
    if last is not None and not last.running:
        return None, ""
    return Met.PRISON, (last.place or "").replace("-", " ") if last else ""


def test_each_stands_where_the_person_is_met(
    ledger: Ledger, projector: Projector, views: Views
) -> None:
    site, seen = begun(ledger, 11), Counter[tuple[Met, str]]()
    for _ in range(ROUNDS):
        go_on(site, STEPS)
        moved(site)
        catch_up(projector)
        later = site.today + timedelta(days=60)
        with views.reading() as conn:
            whole = tasks.Filters(begun=True)
            every = tasks.find(conn, whole, later, everything()).rows
            by_met = tasks.by_met(conn, tasks.Filters(), later)
            for met in Met:
                asked = tasks.Filters(begun=True, met=met)
                places = rounds.places(conn, asked, later)
                rows, after = list[tasks.TaskRow](), None
                while True:
                    part = Part(tasks.BY_PLACE, after, 2, total=True)
                    page = tasks.find(conn, asked, later, part)
                    rows += page.rows
                    after = page.next_cursor
                    if after is None:
                        break
                assert page.total == len(rows) == by_met.get(met, 0)
                counted = {
                    tasks.place_of(each.name): each.overdue + each.due + each.coming
                    for each in places
                }
                assert counted == Counter(row.place for row in rows)
                assert list(counted) == list(dict.fromkeys(row.place for row in rows))
                assert {row.task_id for row in rows} == {
                    row.task_id for row in every if row.met is met
                }
                for row in rows:
                    assert where(ledger, row.case_id) == (met, row.place)
                    seen[met, row.place] += 1
    assert {place for met, place in seen if met is Met.OUTSIDE} >= {"bni lent", "tahla"}
    assert Met.PRISON in {met for met, _ in seen}
