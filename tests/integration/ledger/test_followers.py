"""What must follow from an event follows, once at least, one process at a time."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from time import monotonic
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import IntegrityError, Notification, Tracking

from domain.errors import LedgerLost, Unavailable
from domain.events.shapes import topics_of
from domain.message import Envelope
from ledger.following.erasing import ERASURES, Erasing, take_pending
from ledger.following.follower import Follower, following
from ledger.following.tracking import FollowerTracking
from ledger.ledger import Ledger
from ledger.store import Mark
from tests.integration.ledger.backups import back_up, back_up_keys
from tests.integration.ledger.followers import (
    QUICK,
    Noting,
    erase_and_die,
    follow_there,
)
from tests.integration.ledger.next_release import NEXT
from tests.integration.ledger.place import Opener, Place, command, fill_pot, register, take
from tests.integration.ledger.toy import Erase, Erased, Faint, Register, Registered, person
from tests.support.processes import OTHERS
from tests.support.waiting import until

SUBJECT = UUID(int=11)


@pytest.fixture
def tracking(ledger: Ledger) -> Iterator[FollowerTracking]:
    with closing(ledger.feed.tracking()) as tracking:
        yield tracking


@contextmanager
def followed(ledger: Ledger, noting: Noting) -> Iterator[None]:
    with following(Follower(ledger.feed, noting.view, noting, QUICK)):
        yield


def filled(ledger: Ledger, times: int) -> int:
    """Recorded one by one; the position then."""
    for _ in range(times):
        ledger.record(fill_pot(1))
    return ledger.head()


def test_a_follower_is_given_each_event_in_order_and_goes_on_where_it_was(
    ledger: Ledger, tracking: FollowerTracking
) -> None:
    noting, again = Noting(tracking), Noting(tracking)
    head = filled(ledger, 300)
    with followed(ledger, noting):
        until(lambda: tracking.max_tracking_id("noting") == head)
        head = filled(ledger, 30)
        until(lambda: tracking.max_tracking_id("noting") == head)
    assert noting.settled == list(range(1, ledger.head() + 1))
    assert noting.batches < 20
    filled(ledger, 2)
    with followed(ledger, again):
        until(lambda: tracking.max_tracking_id("noting") == ledger.head())
    assert again.settled == [ledger.head() - 1, ledger.head()]


def test_a_follower_is_not_given_what_it_ignores_and_passes_it(
    ledger: Ledger, tracking: FollowerTracking
) -> None:
    noting = Noting(tracking)
    noting.ignored = frozenset(topics_of(Registered))
    head = filled(ledger, 2)
    ledger.record(register(SUBJECT))
    last = filled(ledger, 1)
    with followed(ledger, noting):
        until(lambda: tracking.max_tracking_id("noting") == last)
    assert noting.settled == [1, head, last]
    assert last > head + 1


def test_it_hears_within_a_second_of_what_another_process_records(
    ledger: Ledger, tracking: FollowerTracking, opened: Opener
) -> None:
    noting, other = Noting(tracking), opened()
    waited: list[float] = []
    with followed(ledger, noting):
        for _ in range(5):
            other.record(fill_pot(1))
            began = monotonic()
            until(lambda: noting.settled == list(range(1, other.head() + 1)))
            waited.append(monotonic() - began)
    assert min(waited) < 1, "the machine may be busy now and then"


def test_an_event_that_fails_by_itself_is_named_and_tried_again_and_holds_up_no_other(
    ledger: Ledger, tracking: FollowerTracking, caplog: pytest.LogCaptureFixture
) -> None:
    poisoned, name = {4, 9}, "Salma"

    def fault(envelope: Envelope) -> None:
        if envelope.position in poisoned:
            raise KeyError(name)

    noting = Noting(tracking, fault)
    filled(ledger, 10)
    with followed(ledger, noting):
        until(lambda: tracking.max_tracking_id("noting") == 10)
        assert [left.position for left in tracking.passed_over("noting")] == [4, 9]
        assert not poisoned & set(noting.settled)
        assert {1, 2, 3, 5, 10} <= set(noting.settled)
        poisoned.remove(9)
        until(lambda: [left.position for left in tracking.passed_over("noting")] == [4])
        assert 9 in noting.settled
    assert "noting, at position 4" in caplog.text
    assert name not in caplog.text
    poisoned.clear()
    with followed(ledger, Noting(tracking)):
        until(lambda: not tracking.passed_over("noting"))


def test_it_is_given_what_stands_in_the_clear_and_needs_no_key(
    ledger: Ledger, tracking: FollowerTracking
) -> None:
    given: list[Envelope] = []
    noting = Noting(tracking, given.append)
    asked = take(1, SUBJECT, note="secret")
    ledger.record_all([fill_pot(2), register(SUBJECT), asked])
    for step in (Faint(where="at the market"), Erase()):
        ledger.record(command(asked.target if isinstance(step, Faint) else person(SUBJECT), step))
    read = [recorded.envelope for recorded in ledger.events(0, 10)]
    ledger.destroy_key(SUBJECT)
    with followed(ledger, noting):
        until(lambda: len(given) == len(read))
    for seen, known in zip(given, read, strict=True):
        assert (seen.stream, seen.version, seen.origin) == (
            known.stream,
            known.version,
            known.origin,
        )
        assert seen.recorded_at == known.recorded_at
    assert "HealthChanged" in {envelope.event_type for envelope in given}
    assert not {"Fainted"} & {envelope.event_type for envelope in given}


def test_an_event_that_cannot_be_read_holds_up_no_other(
    ledger: Ledger, tracking: FollowerTracking, monkeypatch: pytest.MonkeyPatch
) -> None:
    noting, about = Noting(tracking), ledger.feed.about

    def broken(stored: Sequence[Notification]) -> list[Envelope]:
        if any(each.id == 2 for each in stored):
            raise ValueError
        return about(stored)

    monkeypatch.setattr(ledger.feed, "about", broken)
    filled(ledger, 3)
    with followed(ledger, noting):
        until(lambda: tracking.max_tracking_id("noting") == 3)
    assert sorted(set(noting.settled)) == [1, 3]
    assert [left.position for left in tracking.passed_over("noting")] == [2]


def test_while_something_is_away_nothing_is_passed_over(
    ledger: Ledger, tracking: FollowerTracking
) -> None:
    away = [True]

    def fault(_: Envelope) -> None:
        if away[0]:
            raise Unavailable(engine="Temporal")

    noting = Noting(tracking, fault)
    filled(ledger, 3)
    follower = Follower(ledger.feed, tracking, noting, QUICK)
    with following(follower):
        filled(ledger, 3)
        assert tracking.max_tracking_id("noting") is None
        away[0] = False
        until(lambda: tracking.max_tracking_id("noting") == 6)
    assert sorted(set(noting.settled)) == [1, 2, 3, 4, 5, 6]
    assert tracking.passed_over("noting") == []


def test_when_everything_fails_it_is_no_event_s_own_fault(
    ledger: Ledger, tracking: FollowerTracking, caplog: pytest.LogCaptureFixture
) -> None:
    broken = [True]

    def fault(_: Envelope) -> None:
        if broken[0]:
            raise ValueError

    filled(ledger, 60)
    with followed(ledger, Noting(tracking, fault)):
        until(lambda: "the follower noting waits" in caplog.text)
        assert (tracking.max_tracking_id("noting"), tracking.passed_over("noting")) == (None, [])
        broken[0] = False
        until(lambda: tracking.max_tracking_id("noting") == 60)
        until(lambda: tracking.passed_over("noting") == [])


def test_two_processes_never_follow_at_once_and_one_takes_over_from_a_killed_one(
    place: Place, ledger: Ledger, tracking: FollowerTracking
) -> None:
    there = OTHERS.Process(target=follow_there, args=(place,))
    there.start()
    noting = Noting(tracking)
    head = filled(ledger, 2)
    until(lambda: tracking.max_tracking_id("noting") == head)
    with followed(ledger, noting):
        head = filled(ledger, 2)
        until(lambda: tracking.max_tracking_id("noting") == head)
        assert noting.settled == []
        assert there.pid is not None
        os.kill(there.pid, signal.SIGKILL)
        there.join()
        head = filled(ledger, 2)
        until(lambda: tracking.max_tracking_id("noting") == head)
    assert noting.settled == [head - 1, head]


def test_a_release_that_is_left_behind_lets_another_follow(
    ledger: Ledger, tracking: FollowerTracking, opened: Opener
) -> None:
    """It would pass by what it does not know."""
    newer = opened(domain=NEXT)
    behind, ahead = Noting(tracking), Noting(tracking)
    with followed(ledger, behind):
        head = filled(newer, 2)
        until(lambda: tracking.max_tracking_id("noting") == head)
        newer.level.finish("somebody")
        with followed(newer, ahead):
            head = filled(newer, 2)
            until(lambda: tracking.max_tracking_id("noting") == head)
    assert (behind.settled, ahead.settled) == ([1, 2], [3, 4])


@pytest.mark.parametrize("overtaken", [0, 1, 4])
def test_a_ledger_brought_back_from_an_older_copy_is_followed_from_its_beginning(
    place: Place, ledger: Ledger, tracking: FollowerTracking, opened: Opener, overtaken: int
) -> None:
    filled(ledger, 3)
    backup = back_up(place)
    filled(ledger, 2)
    with followed(ledger, Noting(tracking)):
        until(lambda: tracking.max_tracking_id("noting") == 5)
    backup.bring_back()
    restored = opened()
    filled(restored, overtaken)
    noting = Noting(tracking)
    with followed(restored, noting):
        until(lambda: tracking.max_tracking_id("noting") == 3 + overtaken)
    assert noting.settled == list(range(1, 4 + overtaken))
    lost = restored.upkeep.lost
    assert lost is not None
    assert "noting" in lost.detail


def test_a_ledger_brought_back_under_a_follower_is_noticed(
    place: Place, ledger: Ledger, tracking: FollowerTracking, opened: Opener
) -> None:
    filled(ledger, 3)
    backup, noting = back_up(place), Noting(tracking)
    with followed(ledger, noting):
        until(lambda: tracking.max_tracking_id("noting") == 3)
        filled(ledger, 2)
        until(lambda: tracking.max_tracking_id("noting") == 5)
        backup.bring_back()
        filled_all_the_same(opened(), 4)
        until(lambda: tracking.max_tracking_id("noting") == 7)
    anew = len(noting.settled) - noting.settled[::-1].index(1) - 1
    assert noting.settled[anew:] == [1, 2, 3, 4, 5, 6, 7]


def filled_all_the_same(ledger: Ledger, times: int) -> None:
    """The follower alarms everybody once it has noticed; then a person has looked."""
    while times:
        try:
            filled(ledger, 1)
            times -= 1
        except LedgerLost:
            ledger.upkeep.accept_loss()


def test_a_place_only_goes_forward(tracking: FollowerTracking) -> None:
    tracking.move("a", Mark(3, b"x"), [1, 2])
    with pytest.raises(IntegrityError):
        tracking.move("a", Mark(3, b"y"), [3])
    with pytest.raises(IntegrityError):
        tracking.insert_tracking(Tracking("a", 2))
    assert tracking.at("a") == Mark(3, b"x")
    assert [left.position for left in tracking.passed_over("a")] == [1, 2]
    tracking.begin_anew("a")
    assert (tracking.max_tracking_id("a"), tracking.passed_over("a")) == (None, [])


def erased_one(ledger: Ledger, subject: UUID) -> None:
    ledger.record(register(subject))
    ledger.record(command(person(subject), Erase()))


def name_of_one(ledger: Ledger, subject: UUID) -> str | None:
    events = [r.event for r in ledger.history(person(subject))]
    name: str | None = getattr(events[0], "name")  # noqa: B009 - of a toy's event
    return name


@contextmanager
def erasing(ledger: Ledger, tracking: FollowerTracking) -> Iterator[None]:
    with following(Follower(ledger.feed, tracking, Erasing(tracking, ledger, Erased), QUICK)):
        yield


def test_a_key_is_destroyed_once_the_erasure_is_recorded(
    ledger: Ledger, tracking: FollowerTracking
) -> None:
    other = uuid4()
    ledger.record(register(other))
    with erasing(ledger, tracking):
        erased_one(ledger, SUBJECT)
        until(lambda: name_of_one(ledger, SUBJECT) is None)
    assert name_of_one(ledger, other) == "Fatima"


def test_a_follower_killed_before_the_destruction_destroys_the_key_at_its_next_start(
    place: Place, ledger: Ledger, tracking: FollowerTracking
) -> None:
    erased_one(ledger, SUBJECT)
    there = OTHERS.Process(target=erase_and_die, args=(place,))
    there.start()
    there.join(60)
    assert there.exitcode == -signal.SIGKILL
    assert tracking.max_tracking_id(ERASURES) is None
    assert name_of_one(ledger, SUBJECT) == "Fatima"
    with erasing(ledger, tracking):
        until(lambda: name_of_one(ledger, SUBJECT) is None)
        until(lambda: tracking.max_tracking_id(ERASURES) == ledger.head())


def test_a_process_that_starts_meanwhile_reads_nothing_of_them_either(
    ledger: Ledger, tracking: FollowerTracking, opened: Opener
) -> None:
    """The erasures that the follower has not come to, and those it passed over."""
    late, failing = UUID(int=12), UUID(int=13)
    erased_one(ledger, failing)
    tracking.move(ERASURES, Mark(ledger.head(), b"x"), [ledger.head()])
    ledger.record(register(uuid4()))
    erased_one(ledger, late)
    started = opened()
    take_pending(started, Erased)
    for subject in (late, failing):
        assert name_of_one(ledger, subject) == "Fatima"
        assert name_of_one(started, subject) is None


def test_an_older_copy_of_the_keys_brings_nobody_back(
    place: Place, ledger: Ledger, tracking: FollowerTracking, opened: Opener
) -> None:
    """Neither for who starts meanwhile, nor, once it is followed again, for anybody."""
    other, after = uuid4(), UUID(int=14)
    ledger.record_all([register(other), register(SUBJECT)])
    copy = back_up_keys(place)
    ledger.record(command(person(SUBJECT), Erase()))
    erased_one(ledger, after)
    with erasing(ledger, tracking):
        until(lambda: tracking.max_tracking_id(ERASURES) == ledger.head())
    copy.bring_back()

    assert name_of_one(opened(), SUBJECT) == "Fatima"
    started = opened()
    take_pending(started, Erased)
    assert [name_of_one(started, who) for who in (SUBJECT, other)] == [None, "Fatima"]
    following = opened()
    with erasing(following, tracking):
        until(lambda: tracking.max_tracking_id(ERASURES) == ledger.head())
    assert tracking.passed_over(ERASURES) == []
    anybody = opened()
    assert [name_of_one(anybody, who) for who in (SUBJECT, after, other)] == [None, None, "Fatima"]


def test_who_takes_a_person_as_erased_reads_nothing_of_them_before_their_key_is_destroyed(
    place: Place, ledger: Ledger, opened: Opener
) -> None:
    other = opened()
    erased_one(ledger, SUBJECT)
    assert name_of_one(ledger, SUBJECT) == "Fatima"
    ledger.take_as_erased(SUBJECT)
    assert name_of_one(ledger, SUBJECT) is None
    (refused,) = ledger.record_all([command(person(SUBJECT), Register(name="Fatima"))])
    assert refused.code == "erased"  # type: ignore[union-attr]  # it is no receipt
    assert name_of_one(other, SUBJECT) == "Fatima"
