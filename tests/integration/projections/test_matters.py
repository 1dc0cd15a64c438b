"""Who was released, who called and on whom is waited stands in exactly the lists that states say."""

from collections import Counter
from datetime import date, timedelta
from typing import cast
from uuid import UUID

import pytest

from domain.case.awaiting.steps import AwaitThirdParty, RecordThirdPartyAnswer
from domain.case.state import CaseState
from domain.case.steps import RecordContact
from domain.case.vocabulary import Channel, ContactMadeBy, ContactOutcome
from domain.message import StreamKind, stream_id
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from projections.projector import Projector
from projections.store import Views
from projections.views import matters
from projections.views.pages import MOST, Part
from tests.closer.moves import on_case
from tests.closer.programme import go_on
from tests.closer.site import TODAY, Site
from tests.integration.projections.contents import catch_up
from tests.integration.projections.test_tasks import ROUNDS, STEPS, begun

Row = tuple[UUID, matters.MatterKind, date]


def told(ledger: Ledger, cases: list[UUID], lately: date) -> Counter[Row]:
    """What the cases' own states say, said otherwise than the view says it."""
    found: Counter[Row] = Counter()
    for case_id in cases:
        case = cast("CaseState", ledger.state(stream_id(StreamKind.CASE, case_id)))
        if case.outcome is not None or not case.exists:
            continue
        for each in case.awaited.values():
            if not (each.answered or each.stopped):
                found[case_id, matters.MatterKind.WAITING, each.since.on] += 1
        if case.set_aside_for is not None or case.died is not None:
            continue
        free = [stay.left for stay in case.custody.stays][-1:]
        if case.is_free and free and free[0] is not None:
            told_on = local_date(free[0].known)
            known = max(free[0].on, told_on) if case.first_contact is None else free[0].on
            if known >= lately:
                found[case_id, matters.MatterKind.RELEASED, free[0].on] += 1
        seen = [case.last_contact, *(track.seen for track in case.tracks.values())]
        reached = max(((it.on, it.known) for it in seen if it), default=None)
        calls = sorted((it.on, it.known) for it in case.calls)
        unanswered = [on for on, known in calls if reached is None or (on, known) > reached]
        if unanswered:
            found[case_id, matters.MatterKind.CALLED, unanswered[0]] += 1
    return found


def waited_and_called(site: Site) -> None:
    """What the programme draws seldom or never: somebody outside is asked, somebody calls."""
    draw = site.random
    made_by, outcome = draw.choice(list(ContactMadeBy)), draw.choice(list(ContactOutcome))
    calling = RecordContact(
        occurred_on=TODAY, channel=Channel.PHONE, made_by=made_by, outcome=outcome
    )
    awaiting = AwaitThirdParty(occurred_on=TODAY, party_name="An office", awaiting="A paper")
    answered = RecordThirdPartyAnswer(occurred_on=TODAY, answer="It came")
    for case_id in site.cases:
        site.take(on_case(case_id, draw.choice((calling, calling, awaiting, answered))))


def listed(views: Views, lately: date) -> Counter[Row]:
    found: Counter[Row] = Counter()
    with views.reading() as conn:
        counted = matters.counts(conn, matters.Filters(unrestricted=True), lately)
        for kind in matters.MatterKind:
            asked = matters.Filters(kind=kind, unrestricted=True)
            rows: list[matters.MatterRow] = []
            after: str | None = None
            while True:
                page = matters.find(
                    conn, asked, lately, Part(matters.LONGEST, after, 3, total=True)
                )
                rows += page.rows
                after = page.next_cursor
                if after is None:
                    break
            assert len(rows) == page.total == getattr(counted, kind)
            assert [row.since for row in rows] == sorted(row.since for row in rows)
            assert {row.kind for row in rows} <= {kind}
            for row in rows:
                assert row.kind
                assert row.happened_on
                found[row.case_id, row.kind, row.happened_on] += 1
        every = matters.find(conn, matters.Filters(), lately, Part(matters.LONGEST, limit=MOST))
        assert len(every.rows) == found.total()
    return found


@pytest.mark.parametrize("seed", [3])
def test_a_case_stands_in_the_lists_that_its_state_says(
    ledger: Ledger, projector: Projector, views: Views, seed: int
) -> None:
    site = begun(ledger, seed)
    seen: Counter[matters.MatterKind] = Counter()
    for _ in range(ROUNDS):
        go_on(site, STEPS)
        waited_and_called(site)
        catch_up(projector)
        for days in (0, 1, 30, 4000):
            lately = site.today - timedelta(days=days)
            found = listed(views, lately)
            assert found == told(ledger, site.cases, lately)
            seen.update(kind for _, kind, _ in found)
    assert set(seen) == set(matters.MatterKind), seen
