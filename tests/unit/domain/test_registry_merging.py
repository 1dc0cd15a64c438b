"""Two entries that are one: what names either of them is recorded for the one that goes on."""

from datetime import timedelta

import pytest

from domain.errors import NotAllowed, Refused
from domain.example.registered import register_entries
from domain.message import Actor
from domain.order.events import OrderPlaced
from domain.order.steps import PlaceOrder
from domain.registry.state import RegistryState
from domain.registry.steps import MergeEntries, RegisterEntry, UndoEntryMerge
from domain.steps.roles import CENTRES
from domain.values.codes import EntryKind
from tests.support.paper import ADMINISTRATOR, REGISTRY
from tests.unit.domain.conftest import House

DAY = timedelta(days=1)
SUPPLIER = register_entries()[0]
AGAIN = SUPPLIER.model_copy(update={"entry": "supplier-taza-2", "name_fr": "Ste Fournisseur"})
MERGE = MergeEntries(
    occurred_on=SUPPLIER.occurred_on,
    entry=AGAIN.entry,
    goes_by=SUPPLIER.entry,
    explanation="One shop.",
)
UNDO = UndoEntryMerge(occurred_on=SUPPLIER.occurred_on, entry=AGAIN.entry, explanation="Two shops.")


def take(house: House, *steps: RegisterEntry | MergeEntries | UndoEntryMerge) -> None:
    for step in steps:
        house.paper.take(REGISTRY, step, ADMINISTRATOR)


def refused(house: House, step: MergeEntries | UndoEntryMerge, actor: Actor = ADMINISTRATOR) -> str:
    with pytest.raises(Refused) as refusal:
        house.paper.take(REGISTRY, step, actor)
    return refusal.value.code


def registry(house: House) -> RegistryState:
    state = house.paper.state(CENTRES.only)
    assert isinstance(state, RegistryState)
    return state


def ordering(house: House, **changed: object) -> PlaceOrder:
    house.walk(house.way.steps(), until=PlaceOrder)
    return house.way.step(PlaceOrder).model_copy(update=changed)


def suppliers(house: House) -> list[str]:
    return [
        each.event.supplier for each in house.paper.events if isinstance(each.event, OrderPlaced)
    ]


def test_what_comes_after_names_the_one_that_goes_on(house: House) -> None:
    order = ordering(house, supplier=AGAIN.entry)
    take(house, AGAIN, MERGE)
    house.take(order)
    assert suppliers(house) == [SUPPLIER.entry]


def test_the_past_stays_as_it_was_recorded_and_undoing_parts_what_comes_after(house: House) -> None:
    order = ordering(house, supplier=AGAIN.entry)
    take(house, AGAIN)
    house.take(order)
    take(house, MERGE, UNDO)
    assert suppliers(house) == [AGAIN.entry]
    assert registry(house).goes_by(AGAIN.entry) == AGAIN.entry
    take(house, MERGE)
    assert registry(house).goes_by(AGAIN.entry) == SUPPLIER.entry


def test_it_may_be_named_on_the_days_of_both(house: House) -> None:
    order = ordering(house)
    day = order.occurred_on
    late = SUPPLIER.model_copy(update={"since": day + DAY})
    ended = AGAIN.model_copy(update={"until": day})
    take(house, late, ended, MERGE)
    house.take(order)
    assert suppliers(house) == [SUPPLIER.entry]


def test_neither_was_there_on_a_day_between_them(house: House) -> None:
    order = ordering(house)
    day = order.occurred_on
    late = SUPPLIER.model_copy(update={"since": day + DAY})
    ended = AGAIN.model_copy(update={"until": day - DAY})
    take(house, late, ended, MERGE)
    with pytest.raises(Refused, match="entry_no_longer_valid"):
        house.take(order)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"goes_by": "prison-taza"}, "entries_of_two_kinds"),
        ({"goes_by": AGAIN.entry}, "entries_are_one"),
        ({"goes_by": "supplier-nowhere"}, "entry_not_registered"),
        ({"entry": "supplier-nowhere"}, "entry_not_registered"),
    ],
)
def test_what_is_not_one_is_not_merged(house: House, changed: dict[str, str], code: str) -> None:
    ordering(house)
    take(house, AGAIN)
    assert refused(house, MERGE.model_copy(update=changed)) == code


def test_one_that_goes_by_another_is_neither_changed_nor_merged_again(house: House) -> None:
    ordering(house)
    take(house, AGAIN)
    assert refused(house, UNDO) == "entry_not_merged"
    take(house, MERGE)
    assert refused(house, MERGE) == "entry_merged_already"
    turned = MERGE.model_copy(update={"entry": SUPPLIER.entry, "goes_by": AGAIN.entry})
    assert refused(house, turned) == "entries_are_one"
    with pytest.raises(Refused, match="entry_goes_by_another"):
        take(house, AGAIN)


def test_what_went_by_one_goes_along_with_it_and_comes_back(house: House) -> None:
    third = SUPPLIER.model_copy(update={"entry": "supplier-taza-3"})
    ordering(house)
    take(house, AGAIN, third)
    take(house, MERGE, MERGE.model_copy(update={"entry": SUPPLIER.entry, "goes_by": third.entry}))
    state = registry(house)
    assert state.goes_by(AGAIN.entry) == third.entry
    assert state.going_by(third.entry) == (SUPPLIER.entry, AGAIN.entry)
    take(house, UNDO.model_copy(update={"entry": SUPPLIER.entry}))
    assert registry(house).goes_by(AGAIN.entry) == SUPPLIER.entry


def test_a_coordinator_merges_what_a_coordinator_registers_in_their_provinces(house: House) -> None:
    ordering(house)
    prison = register_entries()[1].model_copy(update={"entry": "prison-taza-3"})
    elsewhere = AGAIN.model_copy(update={"province": "midelt", "entry": "supplier-m"})
    take(house, AGAIN, prison, elsewhere)
    assert prison.kind is EntryKind.PRISON
    house.paper.take(REGISTRY, MERGE, house.coordinator)
    house.paper.take(REGISTRY, UNDO, house.coordinator)
    of_prisons = MERGE.model_copy(update={"entry": prison.entry, "goes_by": "prison-taza"})
    assert refused(house, of_prisons, house.coordinator) == "entry_of_administrator"
    of_others = MERGE.model_copy(update={"entry": elsewhere.entry})
    with pytest.raises(NotAllowed, match="entry_of_other_province"):
        house.paper.take(REGISTRY, of_others, house.coordinator)


def test_what_happened_before_another_name_is_told_by_the_name_it_had(house: House) -> None:
    ordering(house)
    renamed = SUPPLIER.occurred_on + 365 * DAY
    take(house, SUPPLIER.model_copy(update={"name_fr": "Atlas", "occurred_on": renamed}))
    state = registry(house)
    for day, name in ((renamed - DAY, SUPPLIER.name_fr), (renamed, "Atlas")):
        called = state.called_on(SUPPLIER.entry, day)
        assert called is not None
        assert called.name_fr == name
    before = renamed - 30 * DAY
    take(house, SUPPLIER.model_copy(update={"name_fr": "Toubkal", "occurred_on": before}))
    state = registry(house)
    assert state.entries[SUPPLIER.entry].name_fr == "Atlas", "today's, though told before it"
    told = state.called_on(SUPPLIER.entry, renamed - DAY)
    assert told is not None
    assert told.name_fr == "Toubkal"
