"""What must hold after everything: the ledger, its answers and its views agree."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from domain.case.events import ReminderRecorded, StatisticsKept
from domain.case.reviews import pending, rules_of, slot
from domain.events.veil import outward
from domain.example.person import EXAMPLE
from domain.message import OriginKind, Recorded, StreamKind, name_of, stream_id
from ledger.ledger import Ledger
from ledger.recording.deciding import Receipt
from projections.rebuilding.rebuild import rebuild
from projections.store import Views
from projections.views import caseload
from service.bootstrap import opened_ledger, opened_views
from service.running.holidays import open_calendar
from tests.faults.crowd import Acknowledged, Crowd
from tests.faults.house import House
from tests.integration.projections.contents import contents
from tests.support.waiting import until


@dataclass(frozen=True)
class Tally:
    """What is wrong with the acknowledged steps, by their address; nothing should be."""

    lost: list[str]
    """Not in the ledger, or not as it was answered."""
    twice: list[str]
    """More in the ledger than was answered, or under a name that nobody was given."""


def tally(crowd: Crowd) -> Tally:
    """Look for each acknowledged step in the ledger, and for anything else from these people."""
    found = Tally([], [])
    with opened_ledger(crowd.house.settings) as ledger:
        events = everything(ledger)
        _assert_without_gaps(events)
        by_command: dict[UUID, list[Recorded]] = {}
        for recorded in events:
            by_command.setdefault(recorded.envelope.command_id, []).append(recorded)
        for each in crowd.acknowledged:
            made = by_command.get(each.command_id, [])
            if len(made) > len(each.answer["events"]):
                found.twice.append(each.path)
            elif not _is_as_answered(each, made, ledger.receipt(each.command_id)):
                found.lost.append(each.path)
        known = {each.command_id for each in crowd.acknowledged}
        found.twice.extend(map(str, _from_people_on_cases(crowd, events) - known))
    return found


def _is_as_answered(each: Acknowledged, made: list[Recorded], receipt: Receipt | None) -> bool:
    return (
        receipt is not None
        and receipt.answer == each.answer_text
        and [outward(type(r.event)).stored for r in made] == each.answer["events"]
        and made[-1].envelope.position == each.answer["position"]
    )


def assert_everything_is_there_once(crowd: Crowd) -> None:
    """Every acknowledged step is in the ledger once, and nothing else from these people."""
    assert tally(crowd) == Tally([], [])


def assert_balanced(crowd: Crowd) -> None:
    """What each agreement has committed and delivered is what its people's projects cost."""
    used = Counter(
        each.body["agreement_id"]
        for each in crowd.acknowledged
        if each.path.endswith("/steps/submit-to-session")
    )
    with opened_ledger(crowd.house.settings) as ledger:
        for agreement_id, people in used.items():
            state: Any = ledger.state(stream_id(StreamKind.AGREEMENT, agreement_id))
            assert (state.money.committed, state.money.delivered) == (
                people * EXAMPLE.cost,
                people * EXAMPLE.cost,
            )
            assert state.places_taken == people


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
        if r.envelope.stream in streams
        and r.envelope.origin.kind is not OriginKind.TIMER
        and not isinstance(r.event, StatisticsKept)  # a step on the person makes it
    }


def assert_views_agree(house: House) -> None:
    """The live views say what views made anew from the ledger say, row for row."""
    assert not differing_views(house)


def differing_views(house: House) -> list[str]:
    """The tables whose rows are others once all views are made anew; of cases that can be read."""
    found = differing_rows(house)
    with opened_ledger(house.settings) as ledger, opened_views(house.settings) as views:
        _assert_versions(ledger, views)
    return found


def differing_rows(house: House) -> list[str]:
    """As `differing_views`, also where a case cannot be read."""
    calendar = open_calendar(None)
    with opened_ledger(house.settings) as ledger, opened_views(house.settings) as views:
        while True:
            head = _level(ledger, views)
            live = contents(views)
            rebuild(ledger, views, calendar)
            remade = contents(views)
            if ledger.head() == head:  # else a reminder came between
                break
        return [str(table) for table, rows in remade.items() if live[table] != rows]


def make_views_again(house: House) -> None:
    """As `jisr rebuild views` does, in this process."""
    with opened_ledger(house.settings) as ledger, opened_views(house.settings) as views:
        rebuild(ledger, views, open_calendar(None))


def _level(ledger: Ledger, views: Views) -> int:
    until(lambda: views.position() == ledger.head(), "the projector does not catch up")
    return views.position()


def _assert_versions(ledger: Ledger, views: Views) -> None:
    """A case's row has the version that people see: of the last event that one of them made."""
    with views.reading() as connection:
        for stream, _ in ledger.streams(StreamKind.CASE):
            row: Any = caseload.get(connection, UUID(name_of(stream)))
            state: Any = ledger.state(stream)
            assert row.version == state.seen
