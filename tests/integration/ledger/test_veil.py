"""What neither its name nor its day may tell: read as it is with its key, and neutral without."""

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import pytest

from domain.message import Event, FieldClass, Judicial, StreamKind, Veil
from ledger.ledger import Ledger, Receipt
from tests.integration.ledger.place import Place, command, fill_pot, register, take
from tests.integration.ledger.test_at_rest import stored
from tests.integration.ledger.toy import (
    TOY,
    AddNote,
    Faint,
    Fainted,
    HealthChanged,
    NoteAdded,
    Recover,
    Recovered,
)

SUBJECT = UUID(int=77)
FAINTED, NOTED, RECOVERED = date(2024, 7, 11), date(2024, 7, 5), date(2024, 7, 16)


def an_illness(ledger: Ledger) -> tuple[str, list[Receipt]]:
    """A claim; somebody faints, recovers, and something older is noted. Its stream, the answers."""
    asked = take(1, SUBJECT)
    ledger.record_all([fill_pot(5), register(SUBJECT), asked])
    steps = (
        Faint(where="at the market", occurred_on=FAINTED),
        Recover(occurred_on=RECOVERED),
        AddNote(note="before", occurred_on=NOTED),
    )
    return asked.target, [ledger.record(command(asked.target, step)) for step in steps]


def test_it_stands_in_the_tables_under_a_neutral_name_in_its_month(
    ledger: Ledger, place: Place
) -> None:
    an_illness(ledger)
    rows = [stored(place, position) for position in (5, 6)]
    for _, _, topic, row in rows:
        assert topic == "HealthChanged:1"
        assert (row["e"]["step"], row["e"]["occurred_on"]) == ("NoteHealth", "2024-07-01")
        assert (row["d"], row["p"].keys()) == ({}, {"health"})
    ciphertexts = [row["p"]["health"] for *_, row in rows]
    assert len(ciphertexts[0]) == len(ciphertexts[1]), "the length tells which it was"


def test_no_table_and_no_answer_names_it_or_its_day(ledger: Ledger, place: Place) -> None:
    _, answers = an_illness(ledger)
    if place.kind == "postgres":
        with_rows = b"".join(repr(stored(place, position)).encode() for position in (5, 6))
    else:
        with_rows = b"".join(content for _, content in place.contents())
    for told in (b"Fainted", b"Recovered", b"Faint", b"Recover", b"2024-07-11", b"2024-07-16"):
        assert told not in with_rows
        assert told not in "".join(answer.answer for answer in answers).encode()
    assert '"events":["HealthChanged"]' in answers[0].answer


def test_it_is_read_and_folded_as_it_is_while_the_key_lives(ledger: Ledger) -> None:
    stream, _ = an_illness(ledger)
    _, fainted, recovered, noted = ledger.history(stream)
    assert fainted.event == Fainted(where="at the market")
    assert recovered.event == Recovered()
    about = fainted.envelope
    assert (about.event_type, about.event_version, about.step) == ("Fainted", 1, "Faint")
    assert (about.occurred_on, recovered.envelope.occurred_on) == (FAINTED, RECOVERED)
    assert noted.event == NoteAdded(note="before")
    early: Any = ledger.state_at(stream, occurred_by=FAINTED)
    state: Any = ledger.state(stream)
    assert (early.health, state.health) == ((), ("Fainted", "Recovered"))


def test_something_late_is_folded_before_or_after_it_by_its_true_day(ledger: Ledger) -> None:
    asked = take(1, SUBJECT)
    ledger.record_all([fill_pot(5), asked])
    for step in (Recover(occurred_on=RECOVERED), Faint(occurred_on=FAINTED)):
        ledger.record(command(asked.target, step))
    state: Any = ledger.state(asked.target)
    assert state.health == ("Fainted", "Recovered")
    assert ledger.state_at(asked.target) == state


def test_without_its_key_it_is_neutral_and_lies_in_its_month(ledger: Ledger) -> None:
    stream, answers = an_illness(ledger)
    ledger.destroy_key(SUBJECT)
    _, fainted, recovered, _ = ledger.history(stream)
    for left in (fainted, recovered):
        about = left.envelope
        assert left.event == HealthChanged()
        assert (about.event_type, about.step) == ("HealthChanged", "NoteHealth")
        assert about.occurred_on == date(2024, 7, 1)
    state: Any = ledger.state(stream)
    assert state.health == ("HealthChanged", "HealthChanged")
    assert ledger.state_at(stream) == state
    assert state.version == 4
    known = ledger.receipt(answers[0].command_id)
    assert known is not None
    assert known.answer == answers[0].answer


def test_a_type_that_would_tell_through_its_veil_is_refused_when_the_ledger_is_opened(
    place: Place,
) -> None:
    class Plain(Event, stored="Plain"):
        stream: ClassVar[StreamKind] = StreamKind.CASE

    class Telling(Event, stored="Telling", veil=Veil(Plain, "plain", FieldClass.JUDICIAL)):
        stream: ClassVar[StreamKind] = StreamKind.CASE
        where: str | None = None

    with pytest.raises(TypeError, match=r"Telling.*where"):
        place.open(replace(TOY, events={**TOY.events, "Plain": Plain, "Telling": Telling}))

    class Hinting(Event, stored="Hinting"):
        stream: ClassVar[StreamKind] = StreamKind.CASE
        level: Judicial[str] = None

    class Veiled(Event, stored="Veiled", veil=Veil(Hinting, "hint", FieldClass.JUDICIAL)):
        stream: ClassVar[StreamKind] = StreamKind.CASE

    with pytest.raises(TypeError, match="Veiled"):
        place.open(replace(TOY, events={**TOY.events, "Hinting": Hinting, "Veiled": Veiled}))
