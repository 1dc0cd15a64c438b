"""The outbox keeps each message once, and knows of each attempt before and after it is made."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, event, text

from domain.errors import Refused
from service.identity.sign_ins.tables import SIGN_INS
from service.keeping import open_engine, prepare_kept
from service.notify.channels import MessageChannel, Outcome
from service.notify.outbox.message import Audience, MessageRow, State, message_id
from service.notify.outbox.store import Filters, Outbox
from service.notify.outbox.tables import OUTBOX
from tests.support.postgres import SERVICE, PostgresDatabase

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SAID_NO = Outcome(accepted=False, code="mailbox_unknown", for_good=True)


@pytest.fixture(params=["file", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "file":
        return f"sqlite://{tmp_path / 'outbox.db'}"
    database: PostgresDatabase = request.getfixturevalue("postgres_database")
    prepare_kept(database.owner_url, SERVICE, OUTBOX)
    return database.service_url.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture
def outbox(url: str) -> Iterator[Outbox]:
    opened = Outbox(url)
    yield opened
    opened.close()


def message(number: int, **other: object) -> MessageRow:
    row = MessageRow(
        message_id=message_id(number),
        audience=Audience.STAFF,
        to=UUID(int=7),
        channel=MessageChannel.EMAIL,
        state=State.WAITING,
        made_at=NOW,
        due_at=NOW + number * MINUTE,
        case_id=UUID(int=1),
        version=number + 1,
        position=number + 10,
        centre="taza",
    )
    return replace(row, **other)  # type: ignore[arg-type]


def state_of(outbox: Outbox, row: MessageRow) -> State:
    found = outbox.get(row.message_id)
    assert found is not None
    return found.state


def test_a_message_found_again_stays_as_far_as_it_has_come(outbox: Outbox) -> None:
    first, second = message(0), message(1)
    outbox.put([first, second])
    assert outbox.trying(first.message_id, NOW)
    outbox.settle(first.message_id, Outcome(accepted=True), NOW)
    outbox.put([first, second, first])
    assert outbox.to_go(NOW, 10) == []
    assert [each.message_id for each in outbox.to_go(NOW + MINUTE, 10)] == [second.message_id]
    assert state_of(outbox, first) is State.SENT


def test_it_knows_whether_it_was_filled_before(outbox: Outbox, url: str) -> None:
    other = Outbox(url)
    assert not outbox.is_begun()
    for each in (outbox, other, outbox):
        each.begin(NOW)
    assert other.is_begun()
    other.close()


def test_of_two_who_take_a_message_up_one_does(outbox: Outbox, url: str) -> None:
    other, row = Outbox(url), message(0)
    outbox.put([row])
    assert [each.trying(row.message_id, NOW) for each in (outbox, other)] == [True, False]
    other.close()
    found = outbox.interrupted(NOW + MINUTE, NOW + MINUTE)
    assert [(each.message_id, each.attempts) for each in found] == [(row.message_id, 1)]
    assert outbox.interrupted(NOW, NOW) == []


def test_only_what_failed_is_sent_again(outbox: Outbox) -> None:
    failed, gone, waits = message(0), message(1), message(2)
    outbox.put([failed, gone, waits])
    for each in (failed, gone):
        outbox.trying(each.message_id, NOW)
    outbox.settle(failed.message_id, SAID_NO, NOW)
    outbox.settle(gone.message_id, Outcome(accepted=True), NOW)
    later = NOW + MINUTE
    again = [outbox.send_again(each.message_id, later) for each in (failed, gone, waits, failed)]
    assert again == [True, False, False, False]
    [first, *_] = outbox.to_go(later, 10)
    assert (first.message_id, first.attempts, first.settled_at) == (failed.message_id, 0, None)


def test_what_goes_with_a_digest_is_as_far_as_that(outbox: Outbox) -> None:
    digest = message(0, case_id=None, version=None)
    parts = [message(n, digest=digest.message_id, state=State.GATHERED) for n in (1, 2)]
    outbox.put([digest, *parts])
    assert outbox.told_by(digest.message_id) == parts
    assert outbox.to_go(NOW + 5 * MINUTE, 10) == [digest]
    outbox.cancel(parts[1].message_id, NOW)
    outbox.trying(digest.message_id, NOW)
    outbox.settle(digest.message_id, Outcome(accepted=True), NOW)
    states = [each.state for each in outbox.of_case(UUID(int=1))]
    assert states == [State.SENT, State.CANCELLED]
    assert outbox.counts(Filters()) == {State.SENT: 1}


def test_pages_and_counts_are_of_the_same_messages(outbox: Outbox) -> None:
    rows = [message(n, centre=("taza", "fes")[n % 2]) for n in range(7)]
    outbox.put(rows)
    outbox.settle(rows[2].message_id, SAID_NO, NOW)
    for filters in (Filters(), Filters(centre="taza"), Filters(State.WAITING, "taza")):
        found: list[UUID] = []
        after = None
        while True:
            page, after = outbox.page(filters, after, 2)
            found += [each.message_id for each in page]
            if after is None:
                break
        counts = outbox.counts(filters)
        assert len(set(found)) == len(found) == sum(counts.values())
    assert outbox.failing() == {(MessageChannel.EMAIL, "mailbox_unknown"): 1}
    with pytest.raises(Refused, match="cursor_invalid"):
        outbox.page(Filters(), "nothing of ours", 2)


def test_what_had_nothing_left_to_tell_stands_again_and_what_was_sent_does_not(
    outbox: Outbox,
) -> None:
    sent, needless = message(0), message(1)
    outbox.put([sent, needless])
    outbox.settle(sent.message_id, Outcome(accepted=True), NOW)
    outbox.cancel(needless.message_id, NOW)
    outbox.stand_again([sent.message_id, needless.message_id], NOW + MINUTE)
    assert [each.message_id for each in outbox.to_go(NOW + MINUTE, 9)] == [needless.message_id]
    assert outbox.bring_back(NOW, NOW) == 1
    assert [each.message_id for each in outbox.to_go(NOW, 9)] == [needless.message_id]


def test_what_it_keeps_survives_the_loss_of_power(tmp_path: Path) -> None:
    """What was sent would else wait again, by the hundred; of a sign-in nobody needs that."""
    found = []
    for kept in (OUTBOX, SIGN_INS):
        engine = open_engine(f"sqlite://{tmp_path / kept.name}.db", kept)
        with engine.connect() as connection:
            found.append(connection.execute(text("PRAGMA synchronous")).scalar())
        engine.dispose()
    full, normal = 2, 1
    assert found == [full, normal]


@pytest.mark.parametrize("filters", [Filters(), Filters(centre="taza")])
def test_a_page_of_the_newest_sorts_nothing(filters: Filters, tmp_path: Path) -> None:
    """There are the messages of years."""
    outbox = Outbox(f"sqlite://{tmp_path / 'outbox.db'}")
    plans: list[str] = []

    @event.listens_for(outbox._engine, "before_cursor_execute")
    def _before(by: Connection, _: object, statement: str, given: Any, *__: object) -> None:
        if not statement.startswith("EXPLAIN"):
            rows = by.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
            plans.extend(str(each) for each in rows)

    outbox.page(filters, None, 50)
    outbox.close()
    assert plans
    assert not any("TEMP B-TREE" in each for each in plans), plans
