"""One person once: a number that is somebody's already is no second person's unseen."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest

from domain.beneficiary.steps import (
    ChangeDetails,
    CorrectIdentity,
    IdentityPaper,
    RegisterBeneficiary,
)
from domain.beneficiary.vocabulary import IdentityKind
from domain.case.custody.steps import RecordRelease
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.case.steps import OpenCase
from domain.errors import Refused
from domain.example.beside import register_beneficiary
from domain.example.way import Way
from domain.message import Actor, Role, StreamKind, stream_id
from domain.numbers.events import NumberKnown
from domain.numbers.marks import mark_of, normal, numbers_meant
from domain.tracks.self_employment.minor import done_as_minor
from domain.tracks.self_employment.steps import SignUndertaking
from domain.values.findings import FindingCode
from tests.support.paper import ROOT, SECRET
from tests.unit.domain.conftest import House, hire

AGAIN = uuid5(ROOT, "registered again")
WHY = "Two brothers whose cards were mixed up."


def register(
    house: House, step: RegisterBeneficiary, actor: Actor | None = None, person: UUID = AGAIN
) -> list[object]:
    stream = stream_id(StreamKind.BENEFICIARY, person)
    return list(house.paper.take(stream, step, actor or house.caseworker))


def elsewhere(house: House) -> Actor:
    """A caseworker of another centre."""
    house.paper.found(Way(centre="ifrane", province="ifrane"))
    return hire(house.paper, "ifrane-1", Role.CASEWORKER, "ifrane")


def opened(house: House) -> None:
    house.walk(house.way.steps()[:1])


@pytest.mark.parametrize("typed", ["ZZ000001", "zz 000 001", "ZZ-٠٠٠٠٠١", " zz000001 "])
def test_a_known_card_is_the_same_person_however_it_is_typed(house: House, typed: str) -> None:
    opened(house)
    with pytest.raises(Refused, match="number_known") as refused:
        register(house, register_beneficiary(card=typed))
    assert refused.value.params == {
        "reference": house.case.reference,
        "case_id": str(house.case_id),
        "beneficiary_id": str(house.way.beneficiary_id),
    }


def test_it_may_be_a_passport_with_the_cards_number(house: House) -> None:
    paper = IdentityPaper(kind=IdentityKind.PASSPORT, number="ZZ000001")
    step = register_beneficiary().model_copy(update={"identity": paper})
    with pytest.raises(Refused, match="number_known"):
        register(house, step)


def test_who_is_registered_without_a_case_is_said_to_be(house: House) -> None:
    with pytest.raises(Refused, match="number_known_without_case") as refused:
        register(house, register_beneficiary())
    assert refused.value.params == {"beneficiary_id": str(house.way.beneficiary_id)}


def test_another_centre_learns_whose_the_person_is_and_nothing_more(house: House) -> None:
    opened(house)
    with pytest.raises(Refused, match="number_known_at_centre") as refused:
        register(house, register_beneficiary(), elsewhere(house))
    assert refused.value.params.keys() == {"centre", "centre_fr", "centre_ar"}
    assert refused.value.params["centre"] == "taza"


def test_registering_anyway_needs_a_reason(house: House) -> None:
    opened(house)
    step = register_beneficiary().model_copy(update={"anyway_because": WHY})
    registered, known = register(house, step)
    assert registered.anyway_because == WHY  # type: ignore[attr-defined]
    assert known == NumberKnown(mark=mark_of("ZZ000001", SECRET), beneficiary_id=AGAIN)
    # From then on it is both of theirs, and a third is asked again.
    with pytest.raises(Refused, match="number_known"):
        register(house, register_beneficiary(), person=uuid5(ROOT, "a third"))


def test_changing_to_a_known_number_is_asked_about_too(house: House) -> None:
    register(house, register_beneficiary(card="AB 123456"))
    theirs = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    card = register_beneficiary(card="ab123456").identity
    change = ChangeDetails(occurred_on=house.way.day(3), identity=card)
    with pytest.raises(Refused, match="number_known_without_case"):
        house.paper.take(theirs, change, house.caseworker)
    house.paper.take(theirs, change.model_copy(update={"anyway_because": WHY}), house.caseworker)
    numbers = house.paper.beneficiary(house.way.beneficiary_id).numbers
    assert set(numbers) == {"zz000001", "ab123456"}


def correct(house: House, card: str | None) -> list[str]:
    known = register_beneficiary()
    paper = known.identity.model_copy(update={"number": card}) if card and known.identity else None
    right = CorrectIdentity(
        occurred_on=house.paper.today,
        name_latin=known.name_latin,
        sex=known.sex,
        birth_date=known.birth_date,
        identity=paper,
        no_paper=card is None,
        explanation="The card of another lay on the table.",
    )
    theirs = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    return [type(each).stored for each in house.paper.take(theirs, right, house.caseworker)]


@pytest.mark.parametrize("right", ["AB 123456", None])
def test_a_number_typed_for_the_wrong_person_is_free_for_its_holder(
    house: House, right: str | None
) -> None:
    made = correct(house, right)
    assert made == ["IdentityCorrected", *["NumberKnown"] * bool(right), "NumberReleased"]
    assert "zz000001" not in house.paper.beneficiary(house.way.beneficiary_id).numbers
    register(house, register_beneficiary())
    if right:
        with pytest.raises(Refused, match="number_known"):
            register(house, register_beneficiary(card=right), person=uuid5(ROOT, "a third"))


def test_the_number_of_an_earlier_card_stays_theirs(house: House) -> None:
    theirs = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    new = register_beneficiary(card="AB 123456").identity
    got = ChangeDetails(occurred_on=house.way.day(3), identity=new)
    house.paper.take(theirs, got, house.caseworker)
    assert correct(house, "AB 123457") == ["IdentityCorrected", "NumberKnown", "NumberReleased"]
    numbers = house.paper.beneficiary(house.way.beneficiary_id).numbers
    assert set(numbers) == {"zz000001", "ab123457"}


def test_a_paper_and_none_are_not_told_at_once(house: House) -> None:
    known = register_beneficiary()
    both = CorrectIdentity(
        occurred_on=house.paper.today,
        name_latin=known.name_latin,
        sex=known.sex,
        identity=known.identity,
        no_paper=True,
        explanation="Both of them.",
    )
    with pytest.raises(Refused, match="paper_and_none"):
        house.paper.take(
            stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id), both, house.caseworker
        )


def test_a_corrected_name_leaves_the_number_where_it_is(house: House) -> None:
    assert correct(house, "zz-000 001") == ["IdentityCorrected"]


def test_ones_own_number_may_be_told_again(house: House) -> None:
    theirs = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    card = register_beneficiary().identity
    again = ChangeDetails(occurred_on=house.way.day(3), identity=card)
    events = house.paper.take(theirs, again, house.caseworker)
    assert [type(event).stored for event in events] == ["DetailsChanged"]


@pytest.mark.parametrize("typed", ["none", "0", "123"])
def test_what_is_no_number_is_nobodys(house: House, typed: str) -> None:
    assert normal(typed) is None
    register(house, register_beneficiary(card=typed))
    register(house, register_beneficiary(card=typed), person=uuid5(ROOT, "a third"))


def test_a_corrected_birth_date_reaches_the_case_and_its_timers(house: House) -> None:
    """Whoever turns out to be a child is met within three days of the release."""
    person = register_beneficiary()
    known: dict[str, Any] = {
        "occurred_on": house.way.day(301),
        "name_latin": person.name_latin,
        "sex": person.sex,
        "birth_date": person.birth_date,
        "identity": person.identity,
        "explanation": "By the certificate of birth.",
    }
    steps = house.way.to_release()
    released = next(at for at, step in enumerate(steps) if isinstance(step, RecordRelease))
    house.walk(steps[: released + 1])
    assert not house.case.is_minor(house.way.released_on)
    assert house.case.born == date(1991, 5, 17)
    due = first_contact(house)
    young = CorrectIdentity(
        **known | {"birth_date": None, "birth_year": house.way.begins.year - 15}
    )
    theirs = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    house.paper.take(theirs, young, house.caseworker)
    assert house.case.born == date(house.way.begins.year - 15, 12, 31)
    assert house.case.is_minor(house.way.released_on)
    assert first_contact(house) < due
    house.paper.take(theirs, CorrectIdentity(**known), house.caseworker)
    assert (house.case.born, first_contact(house)) == (date(1991, 5, 17), due)


def first_contact(house: House) -> date:
    found = dues(house.case, house.paper.calendar)
    return next(due.due_on for due in found if due.kind is ReviewKind.FIRST_CONTACT)


def test_a_case_knows_the_birth_date_of_its_opening(house: House) -> None:
    opened(house)
    assert house.case.born == house.paper.beneficiary(house.way.beneficiary_id).born
    assert isinstance(house.way.steps()[0], OpenCase)


@pytest.mark.parametrize(
    "typed", ["+212 600 000 001", "00212600000001", "0600 000 001", "٠٦٠٠٠٠٠٠٠١"]
)
def test_a_phone_is_one_however_it_is_dialled(typed: str) -> None:
    assert "0600000001" in numbers_meant(typed)


def test_a_name_is_no_number() -> None:
    assert numbers_meant("Sa3id El Moftarad") == numbers_meant("سلمى") == ()
    assert numbers_meant("zz 000 001") == ("zz000001",)


def test_what_a_corrected_birth_date_makes_wrong_is_known(house: House) -> None:
    house.walk(house.way.steps())
    way = house.way
    signed = way.step(SignUndertaking).occurred_on
    assert list(done_as_minor(house.case, signed)) == [FindingCode.MINOR_APPROVED]
    assert set(done_as_minor(house.case, way.delivered_on + timedelta(days=1))) == {
        *(FindingCode.MINOR_APPROVED, FindingCode.MINOR_SIGNED),
        FindingCode.MINOR_GOT_CASH,
    }
    assert list(done_as_minor(house.case, way.begins)) == []
