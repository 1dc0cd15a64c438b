"""What must hold after everything: the ledger, its answers and its views agree."""

from collections import Counter
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.case.events import ReminderRecorded
from domain.case.reviews import pending, rules_of, slot
from domain.message import OriginKind, Recorded, StreamKind, name_of, stream_id
from ledger.ledger import Ledger
from projections.rebuild import rebuild
from projections.store import Views
from projections.views import caseload
from service.bootstrap import opened_ledger, opened_views
from service.running.holidays import open_calendar
from tests.faults.crowd import Crowd
from tests.faults.house import House
from tests.faults.parts import until
from tests.integration.projections.contents import contents


def assert_everything_is_there_once(crowd: Crowd) -> None:
    """Every acknowledged step is in the ledger once, and nothing else from these people."""
    with opened_ledger(crowd.house.settings) as ledger:
        events = everything(ledger)
        _assert_without_gaps(events)
        by_command: dict[UUID, list[Recorded]] = {}
        for recorded in events:
            by_command.setdefault(recorded.envelope.command_id, []).append(recorded)
        for each in crowd.acknowledged:
            found = by_command[each.command_id]
            assert [r.envelope.event_type for r in found] == each.answer["events"], each.path
            assert found[-1].envelope.position == each.answer["position"]
            receipt = ledger.receipt(each.command_id)
            assert receipt is not None
            assert receipt.answer == each.answer_text
        assert _from_people_on_cases(crowd, events) <= {e.command_id for e in crowd.acknowledged}


def assert_reminded_once(crowd: Crowd) -> None:
    """Each review that fell due has its reminder, and no review has two."""
    now, calendar = datetime.now(UTC), open_calendar(None)
    with opened_ledger(crowd.house.settings) as ledger:
        for name in crowd.names(StreamKind.CASE):
            stream = stream_id(StreamKind.CASE, name)

            def due(stream: str = stream, name: str = name) -> list[str]:
                state: Any = ledger.state(stream)
                return [
                    each.key
                    for each in pending(state, calendar)
                    if slot(each, rules_of(state), name) <= now
                ]

            until(lambda: not due(), "a reminder is missing")
            reminded = Counter(
                (r.event.review, r.event.due_on)
                for r in ledger.history(stream)
                if isinstance(r.event, ReminderRecorded)
            )
            assert set(reminded.values()) == {1}


def everything(ledger: Ledger) -> list[Recorded]:
    events: list[Recorded] = []
    while more := ledger.events(len(events), 1000):
        events += more
    return events


def _assert_without_gaps(events: list[Recorded]) -> None:
    assert [r.envelope.position for r in events] == list(range(1, len(events) + 1))
    versions: Counter[str] = Counter()
    for recorded in events:
        versions[recorded.envelope.stream] += 1
        assert recorded.envelope.version == versions[recorded.envelope.stream]


def _from_people_on_cases(crowd: Crowd, events: list[Recorded]) -> set[UUID]:
    streams = {stream_id(StreamKind.CASE, name) for name in crowd.names(StreamKind.CASE)}
    return {
        r.envelope.command_id
        for r in events
        if r.envelope.stream in streams and r.envelope.origin.kind is not OriginKind.TIMER
    }


def assert_views_agree(house: House) -> None:
    """The live views say what views made anew from the ledger say, row for row."""
    calendar = open_calendar(None)
    with opened_ledger(house.settings) as ledger, opened_views(house.settings) as views:
        while True:
            head = _level(ledger, views)
            live = contents(views)
            rebuild(ledger, views, calendar)
            remade = contents(views)
            if ledger.head() == head:  # else a reminder came between
                break
        for table, rows in remade.items():
            assert live[table] == rows, table
        _assert_versions(ledger, views)


def _level(ledger: Ledger, views: Views) -> int:
    until(lambda: views.position() == ledger.head(), "the projector does not catch up")
    return views.position()


def _assert_versions(ledger: Ledger, views: Views) -> None:
    with views.reading() as connection:
        for stream, version in ledger.streams(StreamKind.CASE):
            row: Any = caseload.get(connection, UUID(name_of(stream)))
            assert row.version == version
