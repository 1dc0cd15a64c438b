"""Where an agreement holds, whose centres that meets, and whose cases may be submitted under it."""

from datetime import date

import pytest

from domain.agreement.state import AgreementState
from domain.agreement.steps import AllowMorePlaces, SignAgreement, Where
from domain.agreement.territory import Territory, TerritoryReach
from domain.errors import Refused
from domain.example.beside import sign_agreement
from domain.message import StreamKind, stream_id
from domain.registry.steps import Catchment
from domain.tracks.self_employment import steps as ts
from domain.values.places import places
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House
from tests.unit.domain.test_whose import LONG_AGO, always, found, refused

TODAY = date(2026, 3, 2)
COUNTRY = Where(reach=TerritoryReach.COUNTRY)
FES_MEKNES = Where(reach=TerritoryReach.REGION, region="fes-meknes")


def provinces(*codes: str) -> Where:
    return Where(reach=TerritoryReach.PROVINCES, provinces=codes)


def signed(house: House, territory: Where) -> AgreementState:
    """The house's agreement, signed for this territory instead."""
    stream = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    house.paper.states.pop(stream, None)
    step = sign_agreement().model_copy(update={"territory": territory})
    house.paper.take(stream, step, DIVISION)
    state = house.paper.state(stream)
    assert isinstance(state, AgreementState)
    return state


def test_a_region_has_its_provinces_and_the_country_all_places() -> None:
    region, country = (Territory.model_validate(dict(each)) for each in (FES_MEKNES, COUNTRY))
    assert {"fes", "taza", "ifrane"} < region.places
    assert "nador" not in region.places
    assert country.places == places().keys()


def test_an_arrondissement_lies_inside_casablanca_and_not_the_other_way_round() -> None:
    assert "hay-hassani" in provinces("casablanca").places
    assert provinces("hay-hassani").places == {"hay-hassani"}


@pytest.mark.parametrize(
    "territory",
    [
        Where(reach=TerritoryReach.PROVINCES),
        Where(reach=TerritoryReach.PROVINCES, provinces=("taza",), region="fes-meknes"),
        Where(reach=TerritoryReach.REGION),
        Where(reach=TerritoryReach.REGION, provinces=("taza",), region="fes-meknes"),
        Where(reach=TerritoryReach.COUNTRY, provinces=("taza",)),
        Where(reach=TerritoryReach.COUNTRY, region="fes-meknes"),
    ],
)
def test_a_territory_that_says_too_little_or_two_things_is_not_signed(
    house: House, territory: Where
) -> None:
    with pytest.raises(Refused, match="territory_unclear"):
        signed(house, territory)


def test_a_former_region_is_signed_for_by_its_provinces(house: House) -> None:
    """Which provinces it had is not known, so nobody would ever live inside."""
    stream = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    former = Where(reach=TerritoryReach.REGION, region="fes-boulemane")
    long_ago = {"occurred_on": date(2014, 3, 3), "territory": former}
    house.paper.states.pop(stream, None)
    with pytest.raises(Refused, match="region_without_provinces"):
        house.paper.take(stream, sign_agreement().model_copy(update=long_ago), DIVISION)


def test_a_region_signs_for_the_days_on_which_it_was_there(house: House) -> None:
    stream = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    too_early = {"occurred_on": date(2014, 3, 3), "territory": FES_MEKNES}
    house.paper.states.pop(stream, None)
    with pytest.raises(Refused, match="place_not_valid_yet"):
        house.paper.take(stream, sign_agreement().model_copy(update=too_early), DIVISION)


@pytest.mark.parametrize("territory", [provinces("taza", "fes"), FES_MEKNES, COUNTRY])
def test_a_case_is_submitted_where_its_address_lies_inside(house: House, territory: Where) -> None:
    signed(house, territory)
    house.walk(house.way.steps())


def test_a_case_is_not_submitted_from_outside(house: House) -> None:
    always(house, "taza", "taza", "fes")
    signed(house, provinces("fes"))
    house.walk(house.way.steps(), until=ts.SubmitToSession)
    case = stream_id(StreamKind.CASE, house.case_id)
    submit = house.way.step(ts.SubmitToSession)
    refusal = refused(house, "outside_the_territory", case, submit, house.caseworker)
    assert refusal.params == {"province": "taza"}


@pytest.mark.parametrize(
    ("territory", "code"),
    [
        (provinces("taza"), ""),
        (provinces("taza", "ifrane"), "agreement_of_several_centres"),
        (FES_MEKNES, "agreement_of_several_centres"),
        (COUNTRY, "agreement_of_several_centres"),
        (provinces("ifrane"), "other_centre"),
    ],
)
def test_it_is_changed_by_the_coordinator_of_the_one_centre_it_meets(
    house: House, territory: Where, code: str
) -> None:
    found(house, "ifrane", Catchment(province="ifrane", since=LONG_AGO))
    signed(house, territory)
    agreement = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    more = AllowMorePlaces(occurred_on=TODAY, places=1, explanation="One more came.")
    if code:
        refused(house, code, agreement, more, house.coordinator)
    else:
        house.paper.take(agreement, more, house.coordinator)
    house.paper.take(agreement, more.model_copy(update={"places": 2}), DIVISION)


@pytest.mark.parametrize(
    ("signed_for", "served"), [("casablanca", "hay-hassani"), ("hay-hassani", "casablanca")]
)
def test_a_centre_meets_what_lies_inside_its_catchment_or_around_it(
    house: House, signed_for: str, served: str
) -> None:
    always(house, "taza", served)
    signed(house, provinces(signed_for))
    more = AllowMorePlaces(occurred_on=TODAY, places=1, explanation="One more came.")
    agreement = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    house.paper.take(agreement, more, house.coordinator)


def test_the_example_is_signed_for_its_province() -> None:
    signing: SignAgreement = sign_agreement()
    assert signing.territory == provinces("taza")
