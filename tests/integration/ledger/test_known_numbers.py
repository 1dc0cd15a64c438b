"""One card is registered once, though two offices register it at the same instant."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

from domain.beneficiary.steps import IdentityPaper, RegisterBeneficiary
from domain.beneficiary.vocabulary import IdentityKind
from domain.errors import JisrError
from domain.message import Command, StreamKind, stream_id
from domain.numbers.marks import mark_of, stream_of
from ledger.ledger import Ledger
from ledger.port import programme
from ledger.recording.deciding import MARKS
from tests.integration.ledger.backups import back_up_keys
from tests.integration.ledger.place import Opener, Place
from tests.integration.projections.programme import Clock, Person, Programme

CARDS = 12


def registering(person: Person, card: str, anyway_because: str | None = None) -> Command:
    command = person.intake()[0]
    step = command.step
    assert isinstance(step, RegisterBeneficiary)
    paper = IdentityPaper(kind=IdentityKind.NATIONAL_CARD, number=card)
    given = {"identity": paper, "anyway_because": anyway_because}
    return command.model_copy(update={"step": step.model_copy(update=given)})


def known(ledger: Ledger, card: str) -> tuple[UUID, ...]:
    """Whose a card is."""
    mark = mark_of(card, ledger.derived(MARKS))
    assert mark is not None
    state: Any = ledger.state(stream_of(mark))
    return tuple(state.holders.get(mark, ()))


def test_two_offices_register_one_card_at_once(opened: Opener) -> None:
    ledgers = [opened(domain=programme()) for _ in range(2)]
    house = Programme(ledgers[0])
    house.settle(["taza", "midelt"])
    people = [[Person(house, centre) for centre in ("taza", "midelt")] for _ in range(CARDS)]

    def register(ledger: int, command: Command) -> JisrError | None:
        try:
            ledgers[ledger].record(command)
        except JisrError as refusal:
            return refusal
        return None

    asked = [
        registering(person, f"AB {number:06}" if at else f"ab{number:06}")
        for number, pair in enumerate(people)
        for at, person in enumerate(pair)
    ]
    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(register, [0, 1] * CARDS, asked))
    for number, pair in enumerate(people):
        refused = outcomes[2 * number : 2 * number + 2]
        assert [outcome is None for outcome in refused].count(True) == 1
        first, second = sorted(range(2), key=lambda at: refused[at] is not None)
        refusal = refused[second]
        assert refusal is not None
        assert (refusal.code, refusal.params["centre"]) == (
            "number_known_at_centre",
            pair[first].centre,
        )
        for ledger in ledgers:
            assert known(ledger, f"AB{number:06}") == (pair[first].beneficiary_id,)


def test_no_number_stands_in_the_clear_nor_its_mark(opened: Opener, place: Place) -> None:
    ledger = opened(domain=programme())
    house = Programme(ledger)
    house.settle(["taza"])
    person = Person(house)
    house.record(registering(person, "QX 777 888"))
    mark = mark_of("qx777888", ledger.derived(MARKS))
    assert mark is not None
    events = ledger.history(stream_of(mark))
    assert [event.event.stored for event in events] == ["NumberKnown"]
    for path, content in place.contents():
        for told in ("QX 777 888", "qx777888", mark):
            assert told.encode() not in content, path


def test_who_is_erased_has_no_number_any_more(opened: Opener) -> None:
    """Whoever comes back after an erasure is registered anew; from the very commit that erases."""
    ledger = opened(domain=programme(), clock=Clock())
    house = Programme(ledger)
    house.settle(["taza"])
    before, after = Person(house), Person(house)
    house.record(registering(before, "QX777888"), *before.intake()[1:])
    before.agree_to_erasure()
    house.record(registering(after, "QX777888"))
    ledger.destroy_key(before.beneficiary_id)
    assert known(ledger, "QX777888") == (after.beneficiary_id,)
    stream = stream_id(StreamKind.BENEFICIARY, after.beneficiary_id)
    assert ledger.state(stream).version == 1
    other = opened(domain=programme(), clock=Clock())
    assert known(other, "QX777888") == (after.beneficiary_id,)


def test_a_lost_key_keeps_nobody_else_from_being_registered(opened: Opener, place: Place) -> None:
    """Numbers of many stand in one stream."""
    ledger = opened(domain=programme())
    house = Programme(ledger)
    house.settle(["taza"])
    without = back_up_keys(place)
    lost, other = Person(house), Person(house)
    house.record(registering(lost, "QX777888"))
    without.bring_back()
    again = opened(domain=programme())
    assert known(again, "QX777888") == ()
    again.record(registering(other, "QX777888"))
    assert known(again, "QX777888") == (other.beneficiary_id,)
