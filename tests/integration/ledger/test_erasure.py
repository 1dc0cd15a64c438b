"""A person's key destroyed: their fields read None, everything else goes on."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.errors import Erased, KeyLost, Unexpected, WrongMasterKey
from ledger.keys.master import MasterKeys
from ledger.ledger import Ledger
from ledger.opening import open_keys
from tests.integration.ledger.place import (
    MASTER_KEY,
    MASTER_KEYS,
    Clock,
    Opener,
    Place,
    command,
    fill_pot,
    register,
    take,
)
from tests.integration.ledger.toy import TOY, AddNote, Registered, Stumble, person, pot
from tests.support.postgres import SUPERUSER, PrivatePostgres

SUBJECT = UUID(int=77)
OTHER = UUID(int=78)


def a_life(ledger: Ledger, subject: UUID = SUBJECT) -> str:
    """Two people, a claim with notes; returns the claim's stream."""
    asked = take(1, subject, note="first note", reason="came by herself")
    results = ledger.record_all(
        [
            fill_pot(5),
            register(subject),
            register(OTHER, "Khadija"),
            asked,
            command(asked.target, AddNote(note="second note")),
        ]
    )
    assert {type(result).__name__ for result in results} == {"Receipt"}
    return asked.target


def test_the_fields_of_a_destroyed_key_read_none_and_the_rest_goes_on(ledger: Ledger) -> None:
    stream = a_life(ledger)
    before: Any = ledger.state(stream)
    assert before.notes == ("first note", "second note")
    ledger.destroy_key(SUBJECT)

    state: Any = ledger.state(stream)
    assert (state.notes, state.amount) == ((None, None), before.amount)
    assert ledger.state_at(stream) == state
    (registered,) = ledger.history(person(SUBJECT))
    assert registered.event == Registered(name=None, illness=None)
    assert [r.envelope.reason for r in ledger.history(stream)] == [None, None]
    assert len(ledger.events(0, 100)) == ledger.head() == 6
    other: Any = ledger.state(person(OTHER))
    assert other.name == "Khadija"
    balance: Any = ledger.state(pot())
    assert balance.coins == 4


def test_no_key_is_destroyed_before_the_erasure_is_recorded(opened: Opener) -> None:
    ledger = opened(domain=replace(TOY, is_erased=lambda _state: False))
    stream = a_life(ledger)
    with pytest.raises(Unexpected) as refused:
        ledger.destroy_key(SUBJECT)
    assert refused.value.params["because"] == "erasure_not_recorded"
    state: Any = ledger.state(stream)
    assert state.notes == ("first note", "second note")


def test_nothing_personal_is_written_about_an_erased_person(ledger: Ledger) -> None:
    stream = a_life(ledger)
    ledger.destroy_key(SUBJECT)
    with pytest.raises(Erased):
        ledger.record(command(stream, AddNote(note="third note")))
    with pytest.raises(Erased):
        ledger.record(command(stream, AddNote(note=None), reason="out of the blue"))
    with pytest.raises(Erased):
        ledger.seal(command(stream, AddNote(note="third note")), SUBJECT)
    assert ledger.record(command(stream, AddNote(note=None))).version == 3
    good, bad = ledger.record_all([fill_pot(1), command(stream, AddNote(note="x"))])
    assert (type(good).__name__, type(bad)) == ("Receipt", Erased)


def test_a_repeated_command_about_an_erased_person_still_answers_the_same(ledger: Ledger) -> None:
    asked = register(SUBJECT)
    receipt = ledger.record(asked)
    ledger.destroy_key(SUBJECT)
    assert ledger.record(asked) == receipt


def test_another_process_forgets_what_it_had_read_within_five_seconds(opened: Opener) -> None:
    clock = Clock()
    here, elsewhere = opened(), opened(monotonic=clock.monotonic)
    stream = a_life(here)
    seen: Any = elsewhere.state(stream)
    assert seen.notes == ("first note", "second note")
    here.destroy_key(SUBJECT)

    clock.seconds += 4.9
    elsewhere.state(stream)
    clock.seconds += 0.1
    assert elsewhere.state(stream) == here.state(stream)
    (registered,) = elsewhere.history(person(SUBJECT))
    assert registered.event == Registered(name=None, illness=None)
    other: Any = elsewhere.state(person(OTHER))
    assert other.name == "Khadija"


def test_a_state_folded_while_the_key_was_destroyed_is_not_kept(opened: Opener) -> None:
    clock = Clock()
    here, elsewhere = opened(), opened(monotonic=clock.monotonic)
    stream = a_life(here)
    read = elsewhere._mapper.read

    def slow_read(stored: Any) -> Any:
        recorded = read(stored)
        here.destroy_key(SUBJECT)
        clock.seconds += 5
        elsewhere._keys.refresh()  # another thread's call learns of it meanwhile
        return recorded

    elsewhere._mapper.read = slow_read  # type: ignore[method-assign]
    elsewhere.state(stream)
    elsewhere._mapper.read = read  # type: ignore[method-assign]
    assert elsewhere.state(stream) == here.state(stream)


def test_a_key_is_destroyed_for_good(place: Place) -> None:
    keys = open_keys(place.keys_url, MASTER_KEYS)
    assert keys.get(SUBJECT) is None
    assert not keys.is_destroyed(SUBJECT)
    made = keys.create(SUBJECT)
    assert len(made.plain) == 32
    assert keys.create(SUBJECT).plain == keys.get(SUBJECT) == made.plain
    for _ in range(2):  # to repeat it does no harm
        keys.destroy(SUBJECT)
    assert keys.get(SUBJECT) is None
    assert keys.is_destroyed(SUBJECT)
    for store in (keys, open_keys(place.keys_url, MASTER_KEYS)):
        with pytest.raises(Erased):
            store.create(SUBJECT)
        store.close()


def test_a_key_can_be_refused_before_it_was_ever_made(place: Place) -> None:
    keys = open_keys(place.keys_url, MASTER_KEYS)
    keys.destroy(SUBJECT)
    with pytest.raises(Erased):
        keys.create(SUBJECT)
    keys.close()


def test_a_key_made_by_another_process_is_found_at_once(opened: Opener) -> None:
    here, elsewhere = opened(), opened()
    assert elsewhere._keys.get(SUBJECT) is None
    stream = a_life(here)
    seen: Any = elsewhere.state(stream)
    assert seen.notes == ("first note", "second note")


def test_the_installations_own_keys_are_the_same_for_whoever_opens_its_store(
    place: Place, tmp_path: Path
) -> None:
    here, elsewhere = (open_keys(place.keys_url, MASTER_KEYS) for _ in range(2))
    another = open_keys(f"sqlite://{tmp_path}/another.db", MASTER_KEYS)
    assert here.derived("answers") == elsewhere.derived("answers") == here.derived("answers")
    uses = {here.derived("answers"), here.derived("fingerprints"), another.derived("answers")}
    assert len(uses) == 3
    assert {len(key) for key in uses} == {32}
    for store in (here, elsewhere, another):
        store.close()


def test_another_master_key_is_refused(place: Place) -> None:
    place.open().close()
    for wrong in (b"x" * 32, b"short"):
        with pytest.raises(WrongMasterKey):
            open_keys(place.keys_url, MasterKeys.single(wrong))


def _flushed(place: Place, request: pytest.FixtureRequest) -> None:
    if place.kind == "postgres":
        server: PrivatePostgres = request.getfixturevalue("postgres")
        with psycopg.connect(server.url("postgres", SUPERUSER), autocommit=True) as superuser:
            superuser.execute("CHECKPOINT")


def test_no_plain_key_and_no_personal_word_is_in_any_file(
    place: Place, request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]
) -> None:
    """The words are unlike any other, so that finding one means that it leaked."""
    script = f"""
from tests.integration.ledger.place import *
from tests.integration.ledger.toy import *
from uuid import UUID
import logging; logging.basicConfig(level=logging.DEBUG)
place = Place({place.kind!r}, {place.url!r}, {place.keys_url!r}, None, "")
ledger = place.open()
asked = take(1, UUID(int=77), note="Qamarzadenote", reason="Qamarzadereason")
ledger.record_all([
    fill_pot(5), register(UUID(int=77), "Qamarzadename \\u0642\\u0645\\u0631\\u0632\\u0627\\u062f\\u0629", "Qamarzadeillness"), asked,
    take(99, UUID(int=77), note="Qamarzaderefused"),
    command(pot(), Stumble(note="Qamarzadefault")),
    command(pot(), Stumble(note="Qamarzadesubject", how="subject")),
])
sealed = ledger.seal(asked, UUID(int=77))
assert ledger.open(sealed).step == asked.step and "Qamarzade" not in sealed.model_dump_json()
ledger.state(asked.target)
import os; os.write(1, ledger._keys.get(UUID(int=77)).hex().encode())
os._exit(0)  # as a crash would leave the files
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)
    plain_key = bytes.fromhex(done.stdout.decode())
    _flushed(place, request)
    files = place.contents()
    assert any(b"NoteAdded" in bytes_ or b"Claimed" in bytes_ for _, bytes_ in files)
    secrets = [
        b"Qamarzade",
        "قمرزادة".encode(),
        rb"\u0642\u0645",
        plain_key,
        plain_key.hex().encode(),
    ]
    for path, bytes_ in [*files, (None, done.stderr)]:
        for secret in [*secrets, MASTER_KEY]:
            assert secret not in bytes_, path


def test_a_lost_key_is_an_error_and_not_an_erasure(
    ledger: Ledger, place: Place, opened: Opener
) -> None:
    stream = a_life(ledger)
    if place.kind == "sqlite":
        statement = "DELETE FROM subject_keys"
        with ledger._keys._table._writing() as connection:  # type: ignore[attr-defined]
            connection.execute(statement)
    else:
        with psycopg.connect(place.owner_url) as owner:
            owner.execute("DELETE FROM keys.subject_keys")
    found = opened()
    for attempt in (
        lambda: found.state(stream),
        lambda: found.record(command(stream, AddNote(note="third note"))),
    ):
        with pytest.raises(KeyLost) as lost:
            attempt()
        assert lost.value.params == {"subject": str(SUBJECT)}


def test_no_personal_word_goes_where_there_is_no_person(ledger: Ledger) -> None:
    with pytest.raises(Unexpected) as fault:
        ledger.record(command(pot(), Stumble(note="Zineb", how="subject")))
    assert fault.value.params["because"] == "personal_field_without_subject"
    assert ledger.head() == 0
    assert ledger._keys.get(uuid4()) is None
