"""Two centres reach for one person at once: the lock decides whose they are, whatever a door saw."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from domain.errors import JisrError
from domain.message import Actor, Command, Role, StreamKind, stream_id
from ledger.port import programme
from tests.integration.ledger.place import Opener
from tests.integration.projections.programme import Person, Programme

PEOPLE = 12
NOBODYS = Actor(id=UUID(int=30), role=Role.CASEWORKER)
"""Of no centre, as imports are: whom they register is nobody's yet."""


def test_a_person_is_the_first_centres_that_opens_a_case(opened: Opener) -> None:
    ledgers = [opened(domain=programme()) for _ in range(2)]
    house = Programme(ledgers[0])
    house.settle(["taza", "midelt"])
    here = [Person(house) for _ in range(PEOPLE)]
    there = [replace(person, centre="midelt", case_id=uuid4()) for person in here]
    registered = [person.intake()[0].model_copy(update={"actor": NOBODYS}) for person in here]
    house.record(*registered)

    def open_case(ledger: int, opening: Command) -> JisrError | None:
        try:
            ledgers[ledger].record(opening)
        except JisrError as refusal:
            return refusal
        return None

    openings = [person.intake()[1] for pair in zip(here, there, strict=True) for person in pair]
    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(open_case, [0, 1] * PEOPLE, openings))
    for number, person in enumerate(here):
        state: Any = ledgers[0].state(stream_id(StreamKind.BENEFICIARY, person.beneficiary_id))
        mine, theirs = outcomes[2 * number : 2 * number + 2]
        assert len(state.cases) == 1
        assert (mine is None) != (theirs is None)
        assert state.centre == ("taza" if mine is None else "midelt")
        refusal = mine or theirs
        assert refusal is not None
        assert (refusal.code, refusal.params["centre"]) == (
            "person_of_another_centre",
            state.centre,
        )
