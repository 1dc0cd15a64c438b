"""A command is recorded once, and always answers the same."""

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from domain.errors import KeyReused, Refused
from domain.message import Actor, Role
from ledger.ledger import Ledger
from ledger.store import Answer
from tests.integration.ledger.place import Opener, command, fill_pot, register, take
from tests.integration.ledger.toy import AddNote, Claim, FillPot, claim, pot


def test_a_repeated_command_answers_word_for_word_and_records_nothing(ledger: Ledger) -> None:
    asked = fill_pot(5)
    first = ledger.record(asked)
    ledger.record(fill_pot(1))
    assert ledger.record(asked) == first
    assert ledger.record(asked).answer == first.answer
    assert ledger.head() == 2


def test_a_ledger_opened_later_answers_the_same(opened: Opener) -> None:
    asked = fill_pot(5)
    assert opened().record(asked) == opened().record(asked)


def test_the_answer_says_what_was_recorded(ledger: Ledger) -> None:
    ledger.record(fill_pot(5))
    asked = take(2)
    receipt = ledger.record(asked)
    assert json.loads(receipt.answer) == {
        "command_id": str(asked.id),
        "stream": asked.target,
        "version": 1,
        "position": 3,
        "events": ["Claimed", "CoinsTaken"],
        "ids": {"claim": asked.target.removeprefix("case/")},
        "warnings": [],
    }
    assert list(json.loads(receipt.answer)) == [
        "command_id", "stream", "version", "position", "events", "ids", "warnings",
    ]  # fmt: skip
    assert (receipt.version, receipt.position) == (1, 3)


def test_the_same_id_with_another_body_is_refused(ledger: Ledger) -> None:
    asked = fill_pot(5)
    first = ledger.record(asked)
    other_actor = Actor(id=uuid4(), role=Role.CASEWORKER)
    for other in (
        asked.model_copy(update={"step": FillPot(coins=6)}),
        asked.model_copy(update={"target": pot("other")}),
        asked.model_copy(update={"actor": other_actor}),
    ):
        with pytest.raises(KeyReused):
            ledger.record(other)
        with pytest.raises(KeyReused):
            ledger.check(other)
    assert ledger.head() == 1
    assert ledger.record(asked) == first


def test_a_field_outside_the_fingerprint_may_differ(ledger: Ledger) -> None:
    ledger.record(fill_pot(5))
    asked = take()
    assert isinstance(asked.step, Claim)
    again = asked.model_copy(update={"step": asked.step.model_copy(update={"attempt": 2})})
    assert ledger.record(asked) == ledger.record(again)


def test_a_refusal_records_nothing_and_may_pass_later(ledger: Ledger) -> None:
    asked = take(3)
    for _ in range(2):
        with pytest.raises(Refused) as refusal:
            ledger.record(asked)
        assert refusal.value.code == "pot_empty"
    assert ledger.receipt(asked.id) is None
    assert ledger.head() == 0
    ledger.record(fill_pot(3))
    assert ledger.record(asked).position == 3


def test_a_receipt_tells_what_became_of_a_command(ledger: Ledger) -> None:
    asked = fill_pot(5)
    assert ledger.receipt(asked.id) is None
    assert ledger.receipt(ledger.record(asked).command_id) == ledger.record(asked)


def test_a_check_decides_and_records_nothing(ledger: Ledger) -> None:
    asked = take(3)
    with pytest.raises(Refused):
        ledger.check(asked)
    ledger.record(fill_pot(3))
    assert ledger.check(asked) is None
    assert ledger.head() == 1
    assert ledger.record(asked) == ledger.check(asked)


def test_a_check_is_not_refused_by_its_own_command_recorded_meanwhile(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, other = opened(), opened()
    other.record(fill_pot(3))
    asked, looked = take(3), ledger._store.answer

    def look_and_be_overtaken(command_id: UUID) -> Answer | None:
        found = looked(command_id)
        other.record(asked)
        return found

    monkeypatch.setattr(ledger._store, "answer", look_and_be_overtaken)
    assert ledger.check(asked) == other.receipt(asked.id)


def test_one_command_sent_at_once_by_many_threads_is_recorded_once(opened: Opener) -> None:
    ledgers = [opened(), opened()]
    ledgers[0].record(fill_pot(100))
    asked = take(1)
    with ThreadPoolExecutor(16) as threads:
        receipts = list(threads.map(lambda n: ledgers[n % 2].record(asked), range(48)))
    assert len({receipt.answer for receipt in receipts}) == 1
    assert ledgers[0].head() == 3


def test_of_two_bodies_sent_at_once_under_one_id_one_wins(opened: Opener) -> None:
    ledgers = [opened(), opened()]
    asked = fill_pot(1)
    bodies = [asked, asked.model_copy(update={"step": FillPot(coins=2)})]

    def attempt(number: int) -> str:
        try:
            return ledgers[number % 2].record(bodies[number // 2 % 2]).answer
        except KeyReused as error:
            return error.code

    with ThreadPoolExecutor(16) as threads:
        outcomes = list(threads.map(attempt, range(32)))
    assert outcomes.count("key_reused") == 16
    assert len(set(outcomes)) == 2


def test_one_command_twice_in_a_group_is_recorded_once(ledger: Ledger) -> None:
    asked = fill_pot(1)
    other = asked.model_copy(update={"step": FillPot(coins=2)})
    first, second, third = ledger.record_all([asked, asked, other])
    assert first == second
    assert isinstance(third, KeyReused)
    assert ledger.head() == 1


def test_a_default_left_out_or_spelled_out_is_the_same_body(ledger: Ledger) -> None:
    subject = uuid4()
    ledger.record(register(subject))
    asked = command(claim("c"), AddNote(note=None))
    spelled = asked.model_copy(update={"step": AddNote.model_validate({"note": None})})
    assert ledger.record(asked) == ledger.record(spelled)
