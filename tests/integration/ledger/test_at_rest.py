"""What stands in the tables, who guards it, and how it is read back."""

import json
import sqlite3
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from decimal import Decimal
from typing import Annotated, Any, ClassVar
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.errors import DatabaseBehind, DatabaseNewer, Unexpected
from domain.message import Event, FieldClass, StreamKind
from ledger.ledger import Ledger
from ledger.postgres.schema import prepare
from ledger.urls import sqlite_path
from tests.integration.ledger.place import Opener, Place, command, fill_pot, register, take
from tests.integration.ledger.toy import TOY, AddNote, Claimed, NoteAdded, PotFilled, person, pot
from tests.support.postgres import SERVICE, PostgresDatabase

SUBJECT = UUID(int=77)


@contextmanager
def by_hand(place: Place, url: str | None = None) -> Iterator[Any]:
    """A connection beside the ledger: `.execute(sql)`."""
    connection: Any
    if place.kind == "sqlite":
        path = sqlite_path(place.url)
        assert path is not None
        with closing(sqlite3.connect(path)) as connection, connection:
            yield connection
    else:
        with psycopg.connect(url or place.url) as connection:
            connection.execute("SET search_path = ledger")
            yield connection


def insert(place: Place, position: int, stream: str, version: int, topic: str, row: Any) -> None:
    with by_hand(place) as connection:
        mark = "?" if place.kind == "sqlite" else "%s"
        connection.execute(
            "INSERT INTO stored_events (position, originator_id, originator_version, topic, state)"
            " VALUES (?, ?, ?, ?, ?)".replace("?", mark),
            (position, stream, version, topic, json.dumps(row).encode()),
        )


def stored(place: Place, position: int) -> tuple[str, int, str, dict[str, Any]]:
    with by_hand(place) as connection:
        rows = connection.execute(
            "SELECT originator_id, originator_version, topic, state FROM stored_events"
            " ORDER BY position"
        ).fetchall()
    stream, version, topic, state = rows[position - 1]
    return stream, version, topic, json.loads(state)


REFUSED = (sqlite3.IntegrityError, psycopg.errors.CheckViolation, psycopg.errors.UniqueViolation)

CHANGES = (
    "UPDATE stored_events SET topic = 'x'",
    "UPDATE stored_events SET position = position + 10",
    "DELETE FROM stored_events",
    "DELETE FROM stored_events WHERE position = 3",
    "UPDATE commands SET answer = '{}'",
    "DELETE FROM commands",
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_itself_refuses_to_change_what_was_recorded(
    ledger: Ledger, place: Place, change: str
) -> None:
    ledger.record_all([fill_pot(5), take(1, SUBJECT)])
    before = ledger.events(0, 100)
    with pytest.raises(REFUSED), by_hand(place, place.owner_url) as connection:
        connection.execute(change)
    assert ledger.events(0, 100) == before


def test_nothing_can_be_inserted_over_or_beside_what_was_recorded(
    ledger: Ledger, place: Place
) -> None:
    ledger.record_all([fill_pot(5), fill_pot(5)])
    for position, version in ((2, 2), (2, 3), (3, 2), (4, 3), (0, 3)):
        with pytest.raises(REFUSED):
            insert(place, position, pot(), version, "PotFilled:1", {})
    if place.kind == "sqlite":
        for position, version in ((2, 2), (3, 2)):
            with pytest.raises(REFUSED), by_hand(place) as connection:
                connection.execute(
                    "INSERT OR REPLACE INTO stored_events VALUES (?, ?, ?, 'x', '')",
                    (position, pot(), version),
                )
    assert ledger.head() == 2


def test_a_destroyed_key_cannot_be_put_back_by_hand(ledger: Ledger, place: Place) -> None:
    ledger.record(register(SUBJECT))
    ledger.destroy_key(SUBJECT)
    if place.kind == "sqlite":
        path = sqlite_path(place.keys_url)
        assert path is not None
        with closing(sqlite3.connect(path)) as keys:
            for statement in (
                "INSERT INTO subject_keys (subject, wrapped) SELECT subject, 'x' FROM destroyed_keys",
                "DELETE FROM destroyed_keys",
                "UPDATE destroyed_keys SET subject = 'x'",
            ):
                with pytest.raises(sqlite3.IntegrityError):
                    keys.execute(statement)
    else:
        for statement in (
            "INSERT INTO keys.subject_keys SELECT subject, 'x' FROM keys.destroyed_keys",
            "DELETE FROM keys.destroyed_keys",
            "UPDATE keys.destroyed_keys SET number = 9",
            "TRUNCATE keys.destroyed_keys",
        ):
            with (
                pytest.raises(psycopg.errors.CheckViolation),
                by_hand(place, place.owner_url) as owner,
            ):
                owner.execute(statement)


def test_the_service_role_has_no_right_to_change_anything(
    empty_database: PostgresDatabase,
) -> None:
    prepare(empty_database.owner_url, SERVICE)
    for statement in (
        "UPDATE ledger.stored_events SET topic = 'x'",
        "DELETE FROM ledger.stored_events",
        "TRUNCATE ledger.stored_events",
        "DELETE FROM ledger.commands",
        "DROP TRIGGER only_grows ON ledger.stored_events",
        "ALTER TABLE ledger.stored_events DISABLE TRIGGER ALL",
        "DROP TABLE ledger.stored_events",
        "CREATE TABLE ledger.more (x int)",
        "UPDATE keys.subject_keys SET wrapped = 'x'",
        "DELETE FROM keys.subject_keys",
        "INSERT INTO keys.destroyed_keys (number, subject) VALUES (1, gen_random_uuid())",
        "UPDATE ledger.schema_version SET version = 9",
        "SET session_replication_role = replica",
    ):
        with (
            psycopg.connect(empty_database.service_url) as service,
            pytest.raises(psycopg.errors.InsufficientPrivilege),
        ):
            service.execute(statement)


def test_a_database_that_was_not_prepared_says_what_to_run(
    empty_database: PostgresDatabase, tmp_path: Any
) -> None:
    url = empty_database.service_url
    for keys_url in (url, f"sqlite://{tmp_path}/keys.db"):
        place = Place("postgres", url, keys_url, tmp_path, "")
        with pytest.raises(DatabaseBehind, match="jisr database prepare"):
            place.open()
    prepare(empty_database.owner_url, SERVICE)
    place.open().close()


def test_preparing_again_keeps_everything(empty_database: PostgresDatabase) -> None:
    url = empty_database.service_url
    prepare(empty_database.owner_url, SERVICE)
    ledger = Place("postgres", url, url, None, "").open()  # type: ignore[arg-type]
    receipt = ledger.record(asked := register(SUBJECT))
    prepare(empty_database.owner_url, SERVICE)
    assert ledger.record(asked) == receipt
    ledger.close()


def test_preparing_for_a_role_that_is_missing_says_so(
    empty_database: PostgresDatabase,
) -> None:
    with pytest.raises(ValueError, match="CREATE ROLE nobody_here"):
        prepare(empty_database.owner_url, "nobody_here")


def test_tables_of_another_version_are_refused(place: Place) -> None:
    place.open().close()
    table = "ledger_schema" if place.kind == "sqlite" else "schema_version"
    with by_hand(place, place.owner_url) as connection:
        connection.execute(f"UPDATE {table} SET version = 99")  # noqa: S608 (a constant)
    with pytest.raises(DatabaseNewer, match="install that release") as newer:
        place.open()
    assert newer.value.params["found"] == 99


def test_an_event_at_rest_is_json_anyone_can_read_but_for_what_is_personal(
    ledger: Ledger, place: Place
) -> None:
    ledger.record_all([fill_pot(5), asked := take(2, SUBJECT, note="secret", reason="why")])
    stream, version, topic, row = stored(place, 2)
    assert (stream, version, topic) == (asked.target, 1, "Claimed:2")
    assert row["d"] == {"amount": "2", "person": str(SUBJECT)}
    assert row["p"].keys() == {"personal"}
    assert b64decode(row["p"]["personal"])[:3] == bytes([1, 0, 1])  # format 1, key number 1
    assert row["e"].keys() == {
        "event_id", "subject", "occurred_on", "recorded_at", "step", "actor", "origin", "command_id",
        "rules_version", "calendar_version",
    }  # fmt: skip
    assert stored(place, 3)[3]["d"] == {"coins": 2, "claim": asked.target}
    assert "p" not in stored(place, 3)[3]


def test_an_event_has_one_ciphertext_for_each_class(ledger: Ledger, place: Place) -> None:
    ledger.record(register(SUBJECT, "Fatima", "asthma"))
    row = stored(place, 1)[3]
    assert (row["d"], row["p"].keys()) == ({}, {"personal", "health"})


def test_an_old_version_of_an_event_is_upcast_when_it_is_read(ledger: Ledger, place: Place) -> None:
    ledger.record_all([fill_pot(5), asked := take(2, SUBJECT)])
    row = stored(place, 2)[3]
    row["d"] = {"coins": 40, "person": str(SUBJECT)}
    insert(place, 4, asked.target, 2, "Claimed:1", row)
    _, old = ledger.history(asked.target)
    assert old.event == Claimed(amount=Decimal(40), person=SUBJECT)
    assert (old.envelope.event_type, old.envelope.event_version) == ("Claimed", 2)
    state: Any = ledger.state(asked.target)
    assert state.amount == 42
    assert stored(place, 4)[2:] == ("Claimed:1", row)


@pytest.mark.parametrize("topic", ["Unheard:1", "PotFilled:2", "os:system", "os.path:1", "1", ""])
def test_an_unknown_type_is_a_clear_error_and_nothing_is_imported(
    ledger: Ledger, place: Place, caplog: pytest.LogCaptureFixture, topic: str
) -> None:
    ledger.record(fill_pot(5))
    insert(place, 2, pot(), 2, topic, stored(place, 1)[3])
    with pytest.raises(Unexpected) as unknown:
        ledger.history(pot())
    assert unknown.value.params == {"because": "unknown_event_type", "type": topic}
    assert "unknown type" in caplog.text


@pytest.mark.parametrize("payload", [{"coins": "Zineb"}, {}, {"name": "Zineb"}, "Zineb"])
def test_an_event_that_does_not_fit_its_type_is_named_by_position_only(
    ledger: Ledger, place: Place, caplog: pytest.LogCaptureFixture, payload: Any
) -> None:
    ledger.record(fill_pot(5))
    insert(place, 2, pot(), 2, "PotFilled:1", {**stored(place, 1)[3], "d": payload})
    with pytest.raises(Unexpected) as unreadable:
        ledger.events(0, 10)
    assert unreadable.value.params["position"] == 2
    assert "Zineb" not in caplog.text


def test_a_ciphertext_that_was_altered_or_moved_is_an_error(ledger: Ledger, place: Place) -> None:
    ledger.record(register(SUBJECT))
    row = stored(place, 1)[3]
    hidden = row["p"]
    raw = bytearray(b64decode(hidden["health"]))
    altered = []
    for number in (0, 1, 2, 3, -1):  # format, key number, nonce, tag
        wrong = raw.copy()
        wrong[number] ^= 1
        altered.append(b64encode(wrong).decode())
    rows = [
        hidden,  # only moved
        {"personal": hidden["health"]},
        *({"health": text} for text in (*altered, hidden["health"][:16], "", "not base64 ✂")),
    ]
    for number, wrong_ones in enumerate(rows, 2):
        insert(place, number, person(SUBJECT), number, "Registered:1", {**row, "p": wrong_ones})
        with pytest.raises(Unexpected) as broken:
            ledger.events(number - 1, 1)
        assert broken.value.params["because"] == "field_broken"


def test_a_ciphertext_does_not_open_under_another_version_of_its_type(
    ledger: Ledger, place: Place
) -> None:
    ledger.record_all([fill_pot(5), asked := take(2, SUBJECT, note="secret")])
    first = stored(place, 2)
    assert first[:2] == (asked.target, 1)
    with by_hand(place, place.owner_url) as connection:
        lift = "DROP TRIGGER stored_events_no_update"
        if place.kind == "postgres":
            lift = "ALTER TABLE stored_events DISABLE TRIGGER only_grows"
        connection.execute(lift)
        connection.execute("UPDATE stored_events SET topic = 'Claimed:1' WHERE position = 2")
    with pytest.raises(Unexpected) as broken:
        ledger.history(asked.target)
    assert broken.value.params["because"] == "field_broken"


def test_a_personal_field_that_cannot_be_erased_is_refused_when_the_ledger_is_opened(
    place: Place,
) -> None:
    class Stubborn(Event, stored="Stubborn"):
        stream: ClassVar[StreamKind] = StreamKind.CASE
        name: Annotated[str, FieldClass.PERSONAL]

    domain = replace(TOY, events={**TOY.events, "Stubborn": Stubborn})
    with pytest.raises(TypeError, match=r"Stubborn\.name"):
        place.open(domain)


def test_what_was_encrypted_stays_so_when_its_mark_is_taken_away(opened: Opener) -> None:
    class NoteAdded(Event, stored="NoteAdded"):
        """As the toy's, but not personal any more."""

        stream: ClassVar[StreamKind] = StreamKind.CASE
        note: str | None
        reason: str | None = None

    first = opened()
    subject = uuid4()
    first.record_all([fill_pot(5), asked := take(1, subject)])
    first.record(command(asked.target, AddNote(note="written when it was personal")))
    later = opened(domain=replace(TOY, events={**TOY.events, "NoteAdded": NoteAdded}))
    assert later.history(asked.target)[1].event == NoteAdded(note="written when it was personal")


def test_events_round_trip(ledger: Ledger) -> None:
    ledger.record_all([fill_pot(5), asked := take(1, SUBJECT)])
    step = AddNote(note="ملاحظة", reason="the event's own")
    ledger.record(command(asked.target, step, reason="the envelope's"))
    assert ledger.history(pot())[0].event == PotFilled(coins=5)
    ledger.record(command(asked.target, AddNote(note=None)))
    _, noted, empty = ledger.history(asked.target)
    assert empty.event == NoteAdded(note=None)
    assert noted.event == NoteAdded(note="ملاحظة", reason="the event's own")
    assert noted.envelope.reason == "the envelope's"


def test_a_large_command_is_stored_and_read_back(ledger: Ledger) -> None:
    long = "ملاحظة " * 20_000
    ledger.record_all([fill_pot(5), asked := take(1, SUBJECT, note=long)])
    state: Any = ledger.state_at(asked.target)
    assert state.notes == (long,)
