"""Two releases on one ledger: what the newer one writes, and when the older one stops deciding."""

import json
import os
import signal
import threading
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.errors import NewerReleaseNeeded, Refused, Unexpected
from domain.events.levels import Came, Levels
from ledger.ground.watch import Kind
from ledger.ledger import Ledger
from ledger.postgres.schema import prepare
from ledger.store import ALL_NOTES, ANYWHERE
from tests.integration.ledger.next_release import LEVELS, NEXT, AddToned
from tests.integration.ledger.place import Opener, Place, command, fill_pot, take
from tests.integration.ledger.test_at_rest import insert, stored
from tests.integration.ledger.toy import AddNote, Pour, pot
from tests.support.postgres import SERVICE, PostgresDatabase
from tests.support.processes import OTHERS

BY = str(UUID(int=5))
POUR = Pour(coins=1, into=pot("other"))


@pytest.fixture
def older(opened: Opener) -> Ledger:
    return opened()


@pytest.fixture
def newer(opened: Opener) -> Ledger:
    return opened(domain=NEXT)


@pytest.fixture(params=["the older first", "the newer first"])
def both(request: pytest.FixtureRequest, opened: Opener) -> tuple[Ledger, Ledger]:
    """The older and the newer, opened in one order or the other."""
    if request.param == "the older first":
        first = opened()
        return first, opened(domain=NEXT)
    first = opened(domain=NEXT)
    return opened(), first


def claimed(ledger: Ledger) -> str:
    """A claim to add notes to."""
    ledger.record(fill_pot(9))
    asked = take(1)
    ledger.record(asked)
    return asked.target


def notes(ledger: Ledger, claim: str) -> tuple[Any, ...]:
    state: Any = ledger.state(claim)
    return tuple(state.notes)


def test_until_the_upgrade_is_finished_each_reads_what_the_other_wrote(
    both: tuple[Ledger, Ledger], place: Place
) -> None:
    older, newer = both
    claim = claimed(older)
    newer.record(command(claim, AddNote(note="one")))
    older.record(command(claim, AddNote(note="two")))
    newer.record(command(claim, AddToned(note="three")))
    for reader in (older, newer):
        assert notes(reader, claim) == (None, "one", "two", "three")
    assert stored(place, 4)[2] == "NoteAdded:1"
    assert "tone" not in stored(place, 4)[3]["d"]


def test_until_then_what_is_new_is_refused_and_nothing_of_it_is_dropped(newer: Ledger) -> None:
    claim = claimed(newer)
    for asked in (
        command(pot(), POUR),
        command(claim, AddToned(note="x", tone="kind")),
        command(claim, AddToned(note="x", overheard="y")),
    ):
        assert _refused(newer, asked) == "upgrade_unfinished"
        with pytest.raises(Refused, match="upgrade_unfinished"):
            newer.check(asked)
    (first, second) = newer.record_all([command(pot(), POUR), fill_pot(1)])
    assert (getattr(first, "code", ""), getattr(second, "version", 0)) == ("upgrade_unfinished", 3)


def test_when_it_is_finished_the_newer_writes_what_is_new(newer: Ledger, place: Place) -> None:
    claim = claimed(newer)
    assert newer.level.finish(BY)
    newer.record(command(pot(), POUR))
    newer.record(command(claim, AddToned(note="x", tone="kind", overheard="whispered")))
    assert stored(place, 6)[2] == "NoteAdded:2"
    assert b"whispered" not in json.dumps(stored(place, 6)[3]).encode()
    event: Any = newer.history(claim)[-1].event
    assert (event.tone, event.overheard) == ("kind", "whispered")


def test_from_then_on_the_older_decides_nothing(both: tuple[Ledger, Ledger]) -> None:
    older, newer = both
    claim = claimed(older)
    assert newer.level.finish(BY)
    head = older.head()
    for asked in (fill_pot(1), command(claim, AddNote(note="x"))):
        assert _refused(older, asked) == "newer_release_needed"
        with pytest.raises(NewerReleaseNeeded):
            older.check(asked)
    assert [r.code for r in older.record_all([fill_pot(1), fill_pot(1)])] == [  # type: ignore[union-attr]  # all refused
        "newer_release_needed"
    ] * 2
    assert older.head() == head


def test_its_questions_go_on_and_a_repetition_is_answered(older: Ledger, newer: Ledger) -> None:
    asked = fill_pot(5)
    receipt = older.record(asked)
    newer.level.finish(BY)
    newer.record(fill_pot(1))
    assert older.record(asked).answer == receipt.answer
    assert older.check(asked) is not None
    state: Any = older.state(pot())
    assert (state.coins, older.head()) == (6, 2)
    assert len(older.events(0, 9)) == 2


def test_what_it_cannot_read_is_named_and_no_fault(older: Ledger, newer: Ledger) -> None:
    claim = claimed(older)
    newer.level.finish(BY)
    newer.record(command(claim, AddToned(note="x", tone="kind")))
    for question in (
        lambda: older.state(claim),
        lambda: older.history(claim),
        lambda: older.histories([claim]),
        lambda: next(older.stretches("case/", "case0", up_to=9, limit=9)),
        lambda: older.events(0, 9),
    ):
        with pytest.raises(NewerReleaseNeeded):
            question()
    assert older.state(pot()).version == 2


def test_a_type_that_nobody_knows_is_a_fault_while_the_level_is_read(
    older: Ledger, place: Place
) -> None:
    older.record(fill_pot(1))
    insert(place, 2, pot("other"), 1, "Unheard:1", {})
    with pytest.raises(Unexpected):
        older.state(pot("other"))
    assert older.record(fill_pot(1)).version == 2


def test_fields_that_nobody_knows_stay_and_decide_nothing(
    older: Ledger, opened: Opener, place: Place
) -> None:
    older.record(fill_pot(1))
    row = stored(place, 1)[3]
    row["d"]["lid"] = "closed"
    insert(place, 2, pot(), 2, "PotFilled:1", row)
    state: Any = opened().state(pot())
    assert (state.coins, state.version) == (2, 2)
    assert stored(place, 2)[3]["d"]["lid"] == "closed"


def test_a_level_raised_while_a_command_waits_for_the_lock_is_seen_by_it(
    older: Ledger, newer: Ledger
) -> None:
    store: Any = newer._store
    outcome: list[str] = []
    waits = threading.Thread(target=lambda: outcome.append(_refused(older, fill_pot(1))))
    with store.writing((), ANYWHERE) as transaction, store.committing(transaction):
        waits.start()
        waits.join(0.5)
        store.insert_note(Kind.LEVEL_RAISED, json.dumps({"level": LEVELS.reads}), transaction)
    waits.join()
    assert outcome == ["newer_release_needed"]
    assert older.head() == 0


def test_finishing_says_once_who_did_it_however_often_and_by_whom(
    newer: Ledger, opened: Opener
) -> None:
    others = [opened(domain=NEXT) for _ in range(4)]
    done: list[bool] = []
    at_once = [
        threading.Thread(target=lambda each=each: done.append(each.level.finish(BY)))
        for each in others
    ]
    for thread in at_once:
        thread.start()
    for thread in at_once:
        thread.join()
    assert sorted(done) == [False, False, False, True]
    assert not newer.level.finish(str(UUID(int=6)))
    assert newer.level.now() == LEVELS.reads
    assert _raised(newer) == [{"level": LEVELS.reads, "by": BY}]


def test_a_program_that_reads_less_than_the_level_raises_nothing(
    older: Ledger, newer: Ledger
) -> None:
    newer.level.finish(BY)
    with pytest.raises(NewerReleaseNeeded):
        older.level.finish(BY)
    assert older.level.now() == LEVELS.reads


def die_while_finishing(place: Place, moment: str) -> None:
    ledger = place.open(domain=NEXT)
    store: Any = ledger._store
    insert_note = store.insert_note

    def dies(*given: Any) -> None:
        if moment == "after the insert":
            insert_note(*given)
        os.kill(os.getpid(), signal.SIGKILL)

    store.insert_note = dies
    ledger.level.finish(BY)


@pytest.mark.parametrize("moment", ["before the insert", "after the insert"])
def test_one_that_is_killed_while_it_finishes_has_done_nothing_and_can_begin_again(
    older: Ledger, newer: Ledger, place: Place, moment: str
) -> None:
    process = OTHERS.Process(target=die_while_finishing, args=(place, moment))
    process.start()
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    assert newer.level.now() == 1
    older.record(fill_pot(1))
    assert newer.level.finish(BY)
    assert _refused(older, fill_pot(1)) == "newer_release_needed"


@pytest.fixture
def third_level(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes this program one that reads the third level."""
    monkeypatch.setattr("ledger.ground.watch.LEVELS", Levels(Came(), Came()))


def test_a_new_sqlite_ledger_is_on_the_level_of_who_makes_it(
    tmp_path: Path, third_level: None
) -> None:
    place = Place(
        "sqlite", f"sqlite://{tmp_path}/new.db", f"sqlite://{tmp_path}/k.db", tmp_path, ""
    )
    with closing(place.open()) as made:
        assert made.level.now() == 3
        assert _refused(made, fill_pot(1)) == "newer_release_needed"


def test_a_new_postgresql_ledger_is_on_the_level_of_who_prepares_it(
    empty_database: PostgresDatabase, tmp_path: Path, third_level: None
) -> None:
    for _ in range(2):
        prepare(empty_database.owner_url, SERVICE)
    url = empty_database.service_url
    with closing(Place("postgres", url, url, tmp_path, "").open()) as made:
        assert made.level.now() == 3
        assert len(_raised(made)) == 1


def _refused(ledger: Ledger, asked: Any) -> str:
    (result,) = ledger.record_all([asked])
    return str(getattr(result, "code", "recorded"))


def _raised(ledger: Ledger) -> list[dict[str, Any]]:
    notes = ledger._store.change(ALL_NOTES).notes
    return [json.loads(note.detail) for note in notes if note.kind == Kind.LEVEL_RAISED]
