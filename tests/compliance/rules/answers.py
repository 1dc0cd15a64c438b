"""Commands and what they were answered; readers of what was erased or is unknown."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

from domain.errors import JisrError, Refused, Unexpected
from ledger.ground.watch import Kind
from ledger.store import ALL_NOTES, ANYWHERE, Answer
from tests.compliance.house import House, event, write
from tests.integration.ledger.place import command, fill_pot, register, take
from tests.integration.ledger.toy import Stumble, person, pot

NOW = datetime(2024, 7, 20, 9, 30, 15, 123_456, tzinfo=UTC)


def answer_of(command_id: UUID, position: int, text: str = '{"a":1}') -> Answer:
    return Answer(command_id, b"a fingerprint", text, position, NOW)


def answered(store: Any, text: str = '{"a":1}') -> UUID:
    command_id = uuid4()
    with store.writing((), ANYWHERE) as transaction, store.committing(transaction):
        (position,) = store.insert_events([event("case/z", 1)], transaction=transaction)
        store.insert_answers([answer_of(command_id, position, text)], transaction)
    return command_id


def an_answer_comes_back_word_for_word(house: House) -> None:
    """Also its spaces and the order of its words."""
    text = '{"b":  "ملاحظة", "a":1}\n'
    store = house.store()
    found = store.answer(answered(store, text))
    assert found is not None
    assert (found.answer, found.fingerprint, found.position) == (text, b"a fingerprint", 1)


def an_answer_comes_back_with_its_instant(house: House) -> None:
    """To the microsecond, whatever the zone it was told in."""
    store = house.store()
    assert store.answer(answered(store)).recorded_at == NOW
    assert NOW.astimezone(timezone(timedelta(hours=1))) == NOW


def an_answer_is_found_with_the_last_note(house: House) -> None:
    """Where there is no answer, there is still a last note."""
    store = house.store()
    command_id = answered(store)
    noted = store.change(ALL_NOTES).notes[-1].number
    assert store.answer_and_noted(command_id) == (answer_of(command_id, 1), noted)
    store.note(Kind.CLOCK_CONFIRMED, "{}")
    assert store.answer_and_noted(uuid4()) == (None, noted + 1)


def an_answer_is_found_under_the_lock(house: House) -> None:
    """Those asked for, of those there are."""
    store = house.store()
    command_id = answered(store)
    with store.writing([command_id, uuid4()], ANYWHERE) as transaction:
        assert list(transaction.answers) == [command_id]


def a_command_is_recorded_once(house: House) -> None:
    """Sent again, from anywhere, it has the same answer and no further effect."""
    one, other = house.ledger(), house.ledger()
    asked = fill_pot(1)
    assert one.record(asked) == other.record(asked) == one.record(asked)
    assert one.head() == 1


def a_command_sent_twice_in_a_group_is_recorded_once(house: House) -> None:
    """The second has the first's answer."""
    ledger = house.ledger()
    asked = fill_pot(1)
    ledger.record(asked)
    first, second = ledger.record_all([asked, asked])
    assert first == second
    assert ledger.head() == 1


def a_refused_command_leaves_nothing(house: House) -> None:
    """It may pass later, under the same id."""
    ledger = house.ledger()
    asked = take(1)
    (result,) = ledger.record_all([asked])
    assert isinstance(result, Refused)
    assert ledger.head() == 0
    ledger.record(fill_pot(1))
    assert ledger.record(asked).position == 3


def a_fault_in_a_group_is_its_own_alone(house: House) -> None:
    """The others are recorded, without a hole where it would have been."""
    ledger = house.ledger()
    results = ledger.record_all([fill_pot(1), command(pot(), Stumble(note="x")), fill_pot(1)])
    assert [isinstance(result, JisrError) for result in results] == [False, True, False]
    assert [found.envelope.position for found in ledger.events(0, 9)] == [1, 2]


def a_poisoned_event_stops_its_own_stream_only(house: House) -> None:
    """Whoever needs another stream does not meet it."""
    ledger = house.ledger()
    ledger.record(fill_pot(1))
    write(house.store(), event("agreement/other", 1, b"not json", "PotFilled:1"))
    assert ledger.record(fill_pot(1)).version == 2
    assert house.ledger().state(pot()).version == 2


def an_event_of_an_unknown_type_is_a_fault(house: House) -> None:
    """It is never passed over: a state without it would be wrong."""
    ledger = house.ledger()
    ledger.record(fill_pot(1))
    write(house.store(), event(pot(), 2, b"{}", "Unheard:1"))
    try:
        state = ledger.state(pot())
    except Unexpected:
        return
    raise AssertionError(f"folded to version {state.version}")


def kept_states_are_those_of_the_ledger(house: House) -> None:
    """What another process wrote is seen by the next question."""
    one, other = house.ledger(), house.ledger()
    for version in range(1, 4):
        one.record(fill_pot(1))
        assert other.state(pot()).version == version


def nothing_is_dated_before_what_stands_before_it(house: House) -> None:
    """A clock that is a little slow does not take `recorded_at` back."""
    house.ledger(clock=lambda: NOW).record(fill_pot(1))
    slow = house.ledger(clock=lambda: NOW - timedelta(seconds=30))
    slow.record_all([fill_pot(1), fill_pot(1)])
    assert [found.envelope.recorded_at for found in slow.events(0, 9)] == [NOW] * 3


def an_erased_person_is_not_read_again(house: House) -> None:
    """Not by a process that opens the ledger later."""
    subject = uuid4()
    ledger = house.ledger()
    ledger.record(register(subject, "Zineb"))
    ledger.destroy_key(subject)
    state: Any = house.ledger().state(person(subject))
    assert (state.version, state.name) == (1, None)


def nothing_more_is_written_about_an_erased_person(house: House) -> None:
    """Their key is never made again."""
    subject = uuid4()
    ledger = house.ledger()
    ledger.record(register(subject, "Zineb"))
    ledger.destroy_key(subject)
    (result,) = house.ledger().record_all([register(subject, "Zineb")])
    assert isinstance(result, JisrError)
    assert result.code == "erased"
