"""Two streams of a kind meet in one decision, each in a role of its own."""

import json
from typing import Any
from uuid import uuid4

import pytest

from domain.errors import Refused
from ledger.ledger import Ledger
from tests.integration.ledger.place import Opener, command, fill_pot, take
from tests.integration.ledger.toy import Pour, Share, pot


def coins(ledger: Ledger, name: str = "pot") -> tuple[int, int]:
    state: Any = ledger.state(pot(name))
    return state.coins, state.version


def test_one_pot_is_poured_into_another_in_one_commit(opened: Opener, ledger: Ledger) -> None:
    ledger.record(fill_pot(5))
    answer = json.loads(ledger.record(command(pot(), Pour(coins=3, into=pot("other")))).answer)
    assert answer["ids"] == {"other_pot": "other"}
    assert (answer["stream"], answer["version"], answer["position"]) == (pot(), 2, 3)
    with pytest.raises(Refused):
        ledger.record(command(pot("other"), Pour(coins=4, into=pot())))
    ledger.record(command(pot("other"), Pour(coins=1, into=pot())))
    for reader in (ledger, opened()):
        assert coins(reader) == (3, 3)
        assert coins(reader, "other") == (2, 2)


def test_a_pot_poured_into_itself_keeps_what_it_has(opened: Opener, ledger: Ledger) -> None:
    """Two roles of one stream: its versions still follow one another."""
    ledger.record(fill_pot(5))
    ledger.record(command(pot(), Pour(coins=2, into=pot())))
    assert coins(ledger) == coins(opened()) == (5, 3)
    assert [r.envelope.version for r in ledger.history(pot())] == [1, 2, 3]


def test_pouring_to_and_fro_at_once_loses_no_coin(ledger: Ledger) -> None:
    ledger.record_all([fill_pot(50), command(pot(), Pour(coins=25, into=pot("other")))])
    there = command(pot(), Pour(coins=2, into=pot("other")))
    back = command(pot("other"), Pour(coins=1, into=pot()))
    ledger.record_all([there, back, there.model_copy(update={"id": uuid4()})])
    assert (coins(ledger)[0], coins(ledger, "other")[0]) == (22, 28)


def test_what_is_said_of_two_people_is_encrypted_under_each_ones_key(ledger: Ledger) -> None:
    hers, his = uuid4(), uuid4()
    ledger.record_all([fill_pot(9), first := take(1, hers), second := take(1, his)])
    shared = Share(note="about her", other=second.target, others_note="about him")
    ledger.record(command(first.target, shared))
    subjects = [ledger.history(each.target)[-1].envelope.subject for each in (first, second)]
    assert subjects == [hers, his]
    ledger.destroy_key(his)
    about_her: Any = ledger.state(first.target)
    about_him: Any = ledger.state(second.target)
    assert (about_her.notes[-1], about_him.notes[-1]) == ("about her", None)
