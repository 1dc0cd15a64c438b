"""What steps name by a code is registered first, of one kind for good, and valid on their day."""

from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.commands import HANDLINGS
from domain.errors import NotAllowed, Refused
from domain.example.person import EXAMPLE
from domain.example.registered import KNOWN_SINCE, register_entries
from domain.message import Step
from domain.order.steps import PlaceOrder
from domain.registry.state import RegistryState
from domain.registry.steps import RegisterEntry
from domain.steps.codes import require_in_force
from domain.steps.roles import CENTRES
from domain.tracks.self_employment import steps as ts
from domain.tracks.training.steps import EnrolInTraining
from domain.values.codes import EntryKind
from domain.values.places import ProvinceCode, RegionCode, places, regions
from tests.support.paper import ADMINISTRATOR, REGISTRY
from tests.unit.domain.conftest import House

DAY = timedelta(days=1)
SUPPLIER = register_entries()[0]


def register(house: House, step: RegisterEntry = SUPPLIER, **changed: Any) -> None:
    house.paper.take(REGISTRY, step.model_copy(update=changed), ADMINISTRATOR)


def refused(house: House, step: Step) -> Refused:
    recorded = len(house.paper.events)
    with pytest.raises(Refused) as refusal:
        house.take(step)
    assert len(house.paper.events) == recorded
    return refusal.value


def ordering(house: House) -> PlaceOrder:
    house.walk(house.way.steps(), until=PlaceOrder)
    return house.way.step(PlaceOrder)


def test_a_supplier_that_is_not_registered_takes_no_order(house: House) -> None:
    order = ordering(house)
    unknown = order.model_copy(update={"supplier": "supplier-nowhere"})
    refusal = refused(house, unknown)
    assert refusal.code == "entry_not_registered"
    assert refusal.params == {"kinds": "supplier", "field": "supplier"}
    register(house, entry="supplier-nowhere")
    house.take(unknown)


def test_a_code_of_another_kind_is_not_taken(house: House) -> None:
    order = ordering(house)
    refusal = refused(house, order.model_copy(update={"supplier": EXAMPLE.prison}))
    assert refusal.code == "entry_of_another_kind"


def test_an_entry_is_valid_on_the_day_the_step_tells_of(house: House) -> None:
    """Its validity ends, and what happened before is entered all the same."""
    order = ordering(house)
    day = order.occurred_on
    register(house, since=day + DAY)
    early = refused(house, order)
    assert early.code == "entry_not_valid_yet"
    assert early.params == {"date": str(day), "since": str(day + DAY), "field": "supplier"}
    register(house, until=day - DAY)
    late = refused(house, order)
    assert late.code == "entry_no_longer_valid"
    assert late.params == {"date": str(day), "until": str(day - DAY), "field": "supplier"}
    register(house, since=day, until=day)
    house.take(order)


@pytest.mark.parametrize(
    "kind",
    [EntryKind.VOCATIONAL_CENTRE, EntryKind.SCHOOL, EntryKind.ASSOCIATION, EntryKind.COMPANY],
)
def test_each_of_those_who_train_may_be_named_for_a_training(house: House, kind: EntryKind) -> None:
    steps = (each for each in house.way.steps() if not isinstance(each, s.RecordEducation))
    house.walk(steps, until=ts.ProposeProject)
    register(house, kind=kind, entry="trains-people")
    enrol = house.way.step(EnrolInTraining)
    refusal = refused(house, enrol.model_copy(update={"provider": EXAMPLE.supplier}))
    assert refusal.params["kinds"] == "vocational_centre,school,association,company"
    house.take(enrol.model_copy(update={"provider": "trains-people"}))


def test_a_refusal_does_not_say_which_prison_it_was(house: House) -> None:
    """It travels through the process engine and into logs, which may not know."""
    house.walk(house.way.steps(), until=s.RecordEducation)
    transfer = custody.RecordPrisonTransfer(occurred_on=house.way.day(60), prison="prison-nowhere")
    assert refused(house, transfer).params == {"kinds": "prison", "field": "prison"}
    register(house, kind=EntryKind.PRISON, entry="prison-nowhere", until=house.way.day(59))
    assert "prison-nowhere" not in str(refused(house, transfer).params.values())


def test_a_prison_may_be_left_out_where_it_is_not_known(house: House) -> None:
    house.walk(house.way.steps(), until=custody.BeginDetention)
    held = house.way.step(custody.BeginDetention)
    house.take(held.model_copy(update={"prison": None}))


def test_the_registry_is_read_where_a_code_is_given_and_else_left_alone(house: House) -> None:
    """It grows by thousands of entries, and most steps have no use for it."""
    house.walk(house.way.steps(), until=custody.BeginDetention)
    held = house.way.step(custody.BeginDetention)
    for step, reads in ((held, True), (held.model_copy(update={"prison": None}), False)):
        command = house.paper.command("case/1", step, house.caseworker)
        assert (CENTRES in HANDLINGS[type(step)].reads(command, house.case)) is reads


def test_a_code_is_of_one_kind_for_good(house: House) -> None:
    with pytest.raises(Refused, match="entry_code_taken") as refusal:
        register(house, kind=EntryKind.COMPANY)
    assert refusal.value.params == {"kind": "supplier"}
    register(house, name_fr="Autre nom")
    state = house.paper.state(REGISTRY)
    assert isinstance(state, RegistryState)
    assert state.entries[SUPPLIER.entry].name_fr == "Autre nom"


def test_an_entry_does_not_end_before_it_begins(house: House) -> None:
    with pytest.raises(Refused, match="date_before_earlier_step"):
        register(house, until=KNOWN_SINCE - DAY)


class TestCoordinator:
    @pytest.mark.parametrize("kind", EntryKind)
    def test_registers_suppliers_companies_and_associations_only(
        self, house: House, kind: EntryKind
    ) -> None:
        step = SUPPLIER.model_copy(update={"kind": kind, "entry": "another"})
        if kind in (EntryKind.SUPPLIER, EntryKind.COMPANY, EntryKind.ASSOCIATION):
            house.paper.take(REGISTRY, step, house.coordinator)
            return
        with pytest.raises(NotAllowed, match="entry_of_administrator"):
            house.paper.take(REGISTRY, step, house.coordinator)
        house.paper.take(REGISTRY, step, ADMINISTRATOR)

    @pytest.mark.parametrize("province", ["midelt", None])
    def test_registers_what_lies_in_the_centres_provinces(
        self, house: House, province: str | None
    ) -> None:
        step = SUPPLIER.model_copy(update={"entry": "another", "province": province})
        with pytest.raises(NotAllowed, match="entry_of_other_province"):
            house.paper.take(REGISTRY, step, house.coordinator)
        house.paper.take(REGISTRY, step, ADMINISTRATOR)
        moved = step.model_copy(update={"province": "taza"})
        with pytest.raises(NotAllowed, match="entry_of_other_province"):
            house.paper.take(REGISTRY, moved, house.coordinator)

    def test_caseworkers_register_nothing(self, house: House) -> None:
        with pytest.raises(NotAllowed, match="not_allowed"):
            house.paper.take(REGISTRY, SUPPLIER, house.caseworker)


@pytest.mark.parametrize("code", ["Supplier", "s", "-taza", "taza supplier", "مورد", "s" * 61, ""])
def test_a_code_is_written_in_small_latin_letters(code: str) -> None:
    with pytest.raises(ValidationError):
        RegisterEntry.model_validate(SUPPLIER.model_dump() | {"entry": code})


def test_a_name_in_tifinagh_has_no_letters_of_other_scripts() -> None:
    known = SUPPLIER.model_dump()
    RegisterEntry.model_validate(known | {"name_tifinagh": "ⵜⴰⵣⴰ 2"})
    for other in ("Taza", "ⵜⴰⵣa", "تازة", "2"):
        with pytest.raises(ValidationError):
            RegisterEntry.model_validate(known | {"name_tifinagh": other})


class TestPlaces:
    """They come with the product, and have their days too."""

    class Told(Step):
        province: ProvinceCode | None = None
        regions: tuple[RegionCode, ...] = ()

    def test_a_province_of_2009_is_not_named_before(self, house: House) -> None:
        made = places()["tarfaya"].since
        assert made is not None
        require_in_force(self.Told(occurred_on=made, province="tarfaya"))
        with pytest.raises(Refused, match="place_not_valid_yet") as refusal:
            require_in_force(self.Told(occurred_on=made - DAY, province="tarfaya"))
        assert refusal.value.params == {
            "date": str(made - DAY),
            "since": str(made),
            "field": "province",
        }

    def test_a_step_is_refused_by_it(self, house: House) -> None:
        house.paper.found(EXAMPLE)
        opening = house.way.step(s.OpenCase).model_copy(
            update={"occurred_on": date(2009, 6, 10), "province": "midelt"}
        )
        assert refused(house, opening).code == "place_not_valid_yet"

    def test_a_region_of_before_2015_ends_where_todays_begin(self) -> None:
        today = date(2015, 9, 4)
        for old, new in (("fes-boulemane", "fes-meknes"), ("oriental-1997", "oriental")):
            require_in_force(self.Told(occurred_on=today - DAY, regions=(old,)))
            require_in_force(self.Told(occurred_on=today, regions=(new,)))
            with pytest.raises(Refused, match="place_no_longer_valid"):
                require_in_force(self.Told(occurred_on=today, regions=(new, old)))
            with pytest.raises(Refused, match="place_not_valid_yet"):
                require_in_force(self.Told(occurred_on=today - DAY, regions=(old, new)))

    def test_a_region_that_is_none_is_no_code(self) -> None:
        with pytest.raises(ValidationError):
            self.Told(occurred_on=date(2020, 1, 1), regions=("taza",))
        assert len({each.number for each in regions().values()} - {None}) == 12
