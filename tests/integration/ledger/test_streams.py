"""Streams, versions and positions."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.errors import JisrError, NotFound, Refused, StaleVersion, Unexpected
from domain.message import StreamKind
from ledger.ledger import Ledger, Receipt
from ledger.opening import open_ledger
from ledger.postgres.schema import CHANNEL, prepare
from tests.integration.ledger.place import (
    ACTOR,
    CALENDAR,
    MASTER_KEYS,
    ORIGIN,
    Opener,
    command,
    fill_pot,
    register,
    take,
)
from tests.integration.ledger.toy import DAY, TOY, AddNote, FillPot, Stumble, claim, pot
from tests.support.postgres import SERVICE, PostgresDatabase
from tests.support.waiting import PATIENCE


def test_a_command_writes_several_streams_or_none(ledger: Ledger) -> None:
    ledger.record(fill_pot(3))
    passes, fails = take(2), take(2)
    ledger.record(passes)
    with pytest.raises(Refused):
        ledger.record(fails)
    assert [r.envelope.event_type for r in ledger.history(passes.target)] == ["Claimed"]
    assert ledger.history(fails.target) == []
    state: Any = ledger.state(pot())
    assert (state.coins, state.version) == (1, 2)


def test_many_states_at_once_are_as_each_alone(opened: Opener) -> None:
    ledger, another = opened(), opened()
    ledger.record(fill_pot(5))
    claims = [take(1, note="a note") for _ in range(3)]
    for each in claims:
        ledger.record(each)
    streams = [pot(), *(each.target for each in claims), take(1).target]
    assert another.states(streams) == {each: ledger.state(each) for each in streams}


def test_a_stretch_of_events_is_read_after_a_version_and_by_names(ledger: Ledger) -> None:
    ledger.record(fill_pot(5))
    claims = [take(1), take(1)]
    for each in claims:
        ledger.record(each)
    assert [r.envelope.version for r in ledger.history(pot(), after=1, up_to=2)] == [2]
    streams = sorted([pot(), *(each.target for each in claims)])
    told = ledger.histories(streams, {"Claimed"})
    assert told == [r for r in ledger.histories(streams) if r.envelope.event_type == "Claimed"]
    assert len(told) == len(claims)


def test_every_event_carries_the_full_envelope(ledger: Ledger) -> None:
    ledger.record(fill_pot(3))
    subject = uuid4()
    asked = take(1, subject, note="a note", reason="asked for by phone")
    ledger.record(asked)
    (claimed,), (_, taken) = ledger.history(asked.target), ledger.history(pot())
    envelope = claimed.envelope
    assert (envelope.event_type, envelope.event_version) == ("Claimed", 2)
    assert (envelope.stream, envelope.version, envelope.position) == (asked.target, 1, 2)
    assert (envelope.subject, envelope.occurred_on) == (subject, DAY)
    assert (envelope.actor, envelope.origin) == (ACTOR, ORIGIN)
    assert envelope.step == taken.envelope.step == "Claim"
    assert envelope.command_id == taken.envelope.command_id == asked.id
    assert (envelope.rules_version, envelope.calendar_version) == ("toy-1", CALENDAR.version)
    assert envelope.reason == "asked for by phone"
    assert envelope.recorded_at.utcoffset() is not None
    assert isinstance(envelope.event_id, UUID)
    assert envelope.event_id != taken.envelope.event_id
    assert (taken.envelope.subject, taken.envelope.position) == (None, 3)


def test_a_reason_beside_a_person_is_not_kept_where_it_would_be_in_the_clear(
    ledger: Ledger,
) -> None:
    ledger.record(fill_pot(3, reason="the year's budget"))
    ledger.record(take(1, reason="his cousin Hamid told us"))
    reasons = [recorded.envelope.reason for recorded in ledger.history(pot())]
    assert reasons == ["the year's budget", None]


def test_another_version_than_the_asker_saw_is_refused(ledger: Ledger) -> None:
    ledger.record(fill_pot(1, expected_version=0))
    with pytest.raises(StaleVersion) as stale:
        ledger.record(fill_pot(1, expected_version=0))
    assert stale.value.params == {"expected": 0, "actual": 1}
    ledger.record(fill_pot(1, expected_version=1))


def test_a_repeated_command_is_not_stale(ledger: Ledger) -> None:
    asked = fill_pot(1, expected_version=0)
    assert ledger.record(asked) == ledger.record(asked)


def test_a_step_on_a_stream_of_another_kind_is_not_found(ledger: Ledger) -> None:
    for target in (claim("x"), "nonsense/x", "", "agreement"):
        with pytest.raises(NotFound):
            ledger.record(command(target, FillPot(coins=1)))
    assert ledger.head() == 0


def test_positions_have_no_gap_when_many_write_and_some_are_refused(opened: Opener) -> None:
    ledgers = [opened(), opened()]
    ledgers[0].record(fill_pot(20))

    def attempt(number: int) -> None:
        with suppress(Refused):
            ledgers[number % 2].record(take(1))

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(attempt, range(60)))
    recorded = ledgers[0].events(0, 1000)
    assert [r.envelope.position for r in recorded] == list(range(1, 42))
    state: Any = ledgers[1].state(pot())
    assert state.coins == 0


def test_events_come_in_pages_by_position(ledger: Ledger) -> None:
    ledger.record_all([fill_pot(1) for _ in range(7)])
    assert [r.envelope.position for r in ledger.events(0, 3)] == [1, 2, 3]
    assert [r.envelope.position for r in ledger.events(5, 3)] == [6, 7]
    assert ledger.events(7, 3) == []


def test_a_reader_that_follows_the_head_misses_nothing(opened: Opener) -> None:
    writers, reader = [opened(), opened(), opened()], opened()
    for writer in writers:
        writer.record(fill_pot(1000))
    with ThreadPoolExecutor(6) as threads:
        work = [threads.submit(writers[n % 3].record, take(1)) for n in range(150)]
        seen: list[int] = []
        while len(seen) < 303:
            seen += [r.envelope.position for r in reader.events(len(seen), 40)]
        for done in work:
            done.result()
    assert seen == list(range(1, 304))


def test_streams_of_a_kind_are_listed_with_their_versions(ledger: Ledger) -> None:
    assert ledger.streams(StreamKind.AGREEMENT) == []
    ledger.record(fill_pot(5))
    first, second = take(1), take(1)
    ledger.record_all([first, second, command(first.target, AddNote(note="seen"))])
    assert ledger.streams(StreamKind.AGREEMENT) == [(pot(), 3)]
    listed = sorted([(first.target, 2), (second.target, 1)])
    assert ledger.streams(StreamKind.CASE) == listed


def test_another_ledger_sees_a_write_at_once(opened: Opener) -> None:
    one, other = opened(), opened()
    for number in range(1, 6):
        one.record(fill_pot(1))
        seen: Any = other.state(pot())
        assert seen.coins == seen.version == 2 * number - 1
        other.record(fill_pot(1))
        seen = one.state(pot())
        assert seen.coins == seen.version == 2 * number


def test_more_foreign_writes_than_are_followed_one_by_one_are_seen_too(opened: Opener) -> None:
    one, other = opened(), opened()
    one.record(fill_pot(1))
    assert other.state(pot()).version == 1
    one.record_all([fill_pot(1) for _ in range(1200)])
    assert other.state(pot()).version == 1201
    one.record(fill_pot(1))
    assert other.record(fill_pot(1)).version == 1203


def test_a_kept_state_equals_the_state_folded_anew(opened: Opener) -> None:
    ledger = opened()
    subject = uuid4()
    asked = take(2, subject, note="ملاحظة — a note")
    ledger.record_all([fill_pot(9), register(subject, "فاطمة"), asked])
    ledger.record(command(asked.target, AddNote(note="another")))
    fresh = opened()
    for stream in (pot(), asked.target):
        assert ledger.state(stream) == fresh.state(stream) == fresh.state_at(stream)


def test_each_command_of_a_group_stands_or_falls_alone(ledger: Ledger) -> None:
    subject = uuid4()
    results = ledger.record_all(
        [
            fill_pot(2),
            command(pot(), Stumble(note="Zineb")),
            take(2, subject, note="kept"),
            take(1),
            command(pot(), Stumble(note="Zineb", how="subject")),
            command(pot(), Stumble(note="Zineb", how="kind")),
            fill_pot(1),
        ]
    )
    codes = [result.code if isinstance(result, JisrError) else "recorded" for result in results]
    assert codes == [
        "recorded", "unexpected", "recorded", "pot_empty", "unexpected", "unexpected", "recorded",
    ]  # fmt: skip
    assert [r.envelope.position for r in ledger.events(0, 100)] == [1, 2, 3, 4]
    assert ledger.record_all([]) == []


def test_a_command_in_a_group_sees_the_ones_before_it(ledger: Ledger) -> None:
    commands = [fill_pot(2), *(take(1) for _ in range(3)), fill_pot(1), take(1)]
    results = ledger.record_all(commands)
    assert [isinstance(result, Refused) for result in results] == [
        False, False, False, True, False, False,
    ]  # fmt: skip
    state: Any = ledger.state(pot())
    assert state.coins == 0


def test_a_fault_in_a_rule_is_named_and_logged_without_what_it_was_about(
    ledger: Ledger, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(Unexpected) as fault:
        ledger.record(command(pot(), Stumble(note="Zineb")))
    reference = str(fault.value.params["reference"])
    (entry,) = caplog.records
    assert len(reference) == 8
    assert reference in entry.getMessage()
    assert "_stumble" in entry.getMessage()
    assert "ValueError" in entry.getMessage()
    assert "Zineb" not in caplog.text
    assert ledger.record(fill_pot(1)).position == 1


def test_a_fault_in_a_fold_stops_neither_other_streams_nor_their_group(
    opened: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    def evolve(kind: Any, state: Any, event: Any, envelope: Any) -> Any:
        if getattr(event, "note", None) == "a note that cannot be folded":
            raise ValueError(event.note)
        return TOY.evolve(kind, state, event, envelope)

    asked, other = take(1, uuid4(), note="a note that cannot be folded"), take(1, uuid4())
    opened().record_all([fill_pot(9), asked, other])
    faulty = opened(domain=replace(TOY, evolve=evolve))
    results = faulty.record_all(
        [
            command(other.target, AddNote(note="x")),
            command(asked.target, AddNote(note="y")),
            fill_pot(1),
        ]
    )
    assert [type(result) for result in results] == [Receipt, Unexpected, Receipt]
    with pytest.raises(Unexpected):
        faulty.state(asked.target)
    assert faulty.state(other.target).version == 2
    assert "cannot be folded" not in caplog.text


def test_appending_tells_whoever_listens_on_postgresql(
    empty_database: PostgresDatabase,
) -> None:
    prepare(empty_database.owner_url, SERVICE)
    url = empty_database.service_url
    ledger = open_ledger(url, url, MASTER_KEYS, calendar=CALENDAR, domain=TOY)
    with psycopg.connect(url, autocommit=True) as listener:
        listener.execute(f"LISTEN {CHANNEL}")
        ledger.record_all([fill_pot(1), fill_pot(1)])
        (notice,) = listener.notifies(timeout=PATIENCE, stop_after=1)
    assert notice.payload == "2"
    ledger.close()
