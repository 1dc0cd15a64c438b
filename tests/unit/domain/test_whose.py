"""Whose a thing is, asked where it is decided: the door may have been passed before it changed."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

import pytest

from domain.agreement.steps import AllowMorePlaces, AmendAgreement, CloseAgreement
from domain.beneficiary import steps as b
from domain.case import steps as s
from domain.case.vocabulary import Outcome
from domain.ceremony.state import CeremonyState
from domain.ceremony.steps import CancelCeremony, PostponeCeremony, RecordCeremonyHeld
from domain.ceremony.vocabulary import LineState
from domain.errors import NotAllowed, Refused
from domain.example.beside import register_beneficiary, register_centre, schedule_ceremony
from domain.example.person import EXAMPLE
from domain.message import Actor, Role, Step, StreamKind, stream_id
from domain.registry.centres.steps import ChangeCatchment, CorrectCatchment
from domain.registry.steps import Catchment
from domain.rules import NEWEST
from domain.tracks.self_employment import steps as ts
from tests.support.paper import ADMINISTRATOR, DIVISION, REGISTRY, ROOT
from tests.unit.domain.conftest import House, hire

TODAY = date(2026, 3, 2)
LONG_AGO = date(2015, 1, 1)


@dataclass
class Elsewhere:
    """The staff of another centre."""

    caseworker: Actor
    coordinator: Actor


def found(house: House, centre: str, *catchment: Catchment) -> None:
    """Register a centre."""
    like = register_centre(replace(EXAMPLE, centre=centre, province=catchment[0].province))
    step = like.model_copy(update={"catchment": catchment})
    house.paper.take(REGISTRY, step, ADMINISTRATOR)


def always(house: House, centre: str, *provinces: str) -> None:
    """The centre is found to have served those all along."""
    mended = CorrectCatchment(
        occurred_on=TODAY,
        centre=centre,
        mends=LONG_AGO,
        since=LONG_AGO,
        provinces=provinces,
        explanation="As the order says.",
    )
    house.paper.take(REGISTRY, mended, ADMINISTRATOR)


def turn(house: House, since: date, province: str) -> None:
    """The house's centre serves that province, and no other, from a day on."""
    changed = ChangeCatchment(occurred_on=since, centre="taza", since=since, provinces=(province,))
    house.paper.take(REGISTRY, changed, ADMINISTRATOR)


@pytest.fixture
def elsewhere(house: House) -> Elsewhere:
    found(house, "ifrane", Catchment(province="ifrane", since=LONG_AGO))
    return Elsewhere(
        hire(house.paper, "elsewhere-caseworker", Role.CASEWORKER, "ifrane"),
        hire(house.paper, "elsewhere-coordinator", Role.COORDINATOR, "ifrane"),
    )


def refused(house: House, code: str, target: str, step: Step, actor: Actor) -> Refused:
    recorded = len(house.paper.events)
    with pytest.raises(Refused) as refusal:
        house.paper.take(target, step, actor)
    assert refusal.value.code == code
    assert len(house.paper.events) == recorded
    return refusal.value


def open_elsewhere(house: House, elsewhere: Elsewhere, person: UUID) -> s.OpenCase:
    there = {"centre": "ifrane", "province": "ifrane", "caseworker": elsewhere.caseworker.id}
    return house.way.step(s.OpenCase).model_copy(update={"beneficiary_id": person, **there})


class TestPerson:
    def test_is_not_taken_over_by_opening_a_case(self, house: House, elsewhere: Elsewhere) -> None:
        step = open_elsewhere(house, elsewhere, house.way.beneficiary_id)
        case = stream_id(StreamKind.CASE, uuid5(ROOT, "elsewhere"))
        refusal = refused(house, "person_of_another_centre", case, step, elsewhere.caseworker)
        assert isinstance(refusal, NotAllowed)
        centre = register_centre()
        assert refusal.params == {
            "centre": centre.centre,
            "centre_fr": centre.name_fr,
            "centre_ar": centre.name_ar,
        }

    def test_stays_the_last_cases_centres_once_it_is_closed(
        self, house: House, elsewhere: Elsewhere
    ) -> None:
        house.take(house.way.step(s.OpenCase))
        house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
        step = open_elsewhere(house, elsewhere, house.way.beneficiary_id)
        case = stream_id(StreamKind.CASE, uuid5(ROOT, "elsewhere"))
        refused(house, "person_of_another_centre", case, step, elsewhere.caseworker)

    def test_is_not_told_of_before_whose_they_are(self, house: House, elsewhere: Elsewhere) -> None:
        """Neither that a case is open nor that they were erased."""
        house.take(house.way.step(s.OpenCase))
        step = open_elsewhere(house, elsewhere, house.way.beneficiary_id)
        case = stream_id(StreamKind.CASE, uuid5(ROOT, "elsewhere"))
        refused(house, "person_of_another_centre", case, step, elsewhere.caseworker)
        house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
        person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
        second = hire(house.paper, "division-2", Role.DIVISION, None)
        house.paper.take(person, b.RequestErasure(occurred_on=TODAY), DIVISION)
        house.paper.take(person, b.ConfirmBeneficiaryRequest(occurred_on=TODAY), second)
        refused(house, "person_of_another_centre", case, step, elsewhere.caseworker)

    def test_is_not_taken_back_by_an_old_case(self, house: House, elsewhere: Elsewhere) -> None:
        """Its centre lets go of a person only as a whole."""
        house.take(house.way.step(s.OpenCase))
        house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
        self._referred(house)
        case = stream_id(StreamKind.CASE, house.case_id)
        step = s.ReopenCase(occurred_on=TODAY, explanation="Came back.")
        refused(house, "person_of_another_centre", case, step, house.coordinator)

    def test_is_changed_by_their_own_centre_only(self, house: House, elsewhere: Elsewhere) -> None:
        person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
        step = b.ChangeDetails(occurred_on=TODAY, phone="0600000002")
        refused(house, "other_centre", person, step, elsewhere.caseworker)
        house.paper.take(person, step, house.caseworker)
        house.take(house.way.step(s.OpenCase))
        house.take(s.CloseCase(occurred_on=TODAY, outcome=Outcome.LEFT_COUNTRY))
        self._referred(house)
        refused(house, "other_centre", person, step, house.caseworker)
        house.paper.take(person, step, elsewhere.caseworker)

    @staticmethod
    def _referred(house: House) -> None:
        """A newer case in the other centre: entered by somebody who is of none, as imports are."""
        person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
        state = house.paper.beneficiary(house.way.beneficiary_id)
        house.paper.states[person] = replace(state, followed_in="ifrane", open_case=None)
        assert house.paper.beneficiary(house.way.beneficiary_id).centre == "ifrane"

    def test_of_no_centre_is_the_first_ones(self, house: House, elsewhere: Elsewhere) -> None:
        person = uuid5(ROOT, "nobody's")
        nobodys = Actor(id=uuid5(ROOT, "import"), role=Role.CASEWORKER)
        stream = stream_id(StreamKind.BENEFICIARY, person)
        house.paper.take(stream, register_beneficiary(card=str(person)), nobodys)
        case = stream_id(StreamKind.CASE, uuid5(ROOT, "elsewhere"))
        step = open_elsewhere(house, elsewhere, person)
        house.paper.take(case, step, elsewhere.caseworker)
        assert house.paper.beneficiary(person).centre == "ifrane"


class TestAgreement:
    def steps(self) -> tuple[Step, ...]:
        return (
            AllowMorePlaces(occurred_on=TODAY, places=1, explanation="One more came."),
            AmendAgreement(
                occurred_on=TODAY,
                number=1,
                ends_on=TODAY,
                envelope=Decimal(2_000_000),
                planned_places=50,
                explanation="More.",
            ),
            CloseAgreement(occurred_on=TODAY, explanation="Over."),
        )

    def test_is_changed_by_the_coordinator_whose_centre_it_meets(
        self, house: House, elsewhere: Elsewhere
    ) -> None:
        agreement = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
        for step in self.steps():
            refused(house, "other_centre", agreement, step, elsewhere.coordinator)
            refused(house, "not_allowed", agreement, step, house.caseworker)
        for step in self.steps():
            house.paper.take(agreement, step, house.coordinator)

    def test_is_the_divisions_to_change_where_it_meets_several(
        self, house: House, elsewhere: Elsewhere
    ) -> None:
        always(house, "ifrane", "ifrane", EXAMPLE.province)
        agreement = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
        for step in self.steps():
            for coordinator in (house.coordinator, elsewhere.coordinator):
                code = "agreement_of_several_centres"
                refused(house, code, agreement, step, coordinator)
        for step in self.steps():
            house.paper.take(agreement, step, DIVISION)

    def test_follows_the_catchment_of_the_day(self, house: House, elsewhere: Elsewhere) -> None:
        turn(house, TODAY, "sefrou")
        found(house, "midelt", Catchment(province=EXAMPLE.province, since=TODAY))
        agreement = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
        more, *_ = self.steps()
        refused(house, "other_centre", agreement, more, house.coordinator)
        refused(house, "other_centre", agreement, more, elsewhere.coordinator)
        theirs = hire(house.paper, "midelt-coordinator", Role.COORDINATOR, "midelt")
        house.paper.take(agreement, more, theirs)

    def test_takes_no_case_of_a_centre_that_does_not_serve_its_province(self, house: House) -> None:
        """On the day of the submission, or now: who entered it late was right then."""
        house.walk(house.way.steps(), until=ts.SubmitToSession)
        submit = house.way.step(ts.SubmitToSession)
        case = stream_id(StreamKind.CASE, house.case_id)
        left = submit.occurred_on
        turn(house, left, "ifrane")
        refused(house, "other_centre", case, submit, house.caseworker)
        mended = CorrectCatchment(
            occurred_on=left,
            centre="taza",
            mends=left,
            since=left + timedelta(days=1),
            provinces=("ifrane",),
            explanation="From the day after.",
        )
        house.paper.take(REGISTRY, mended, ADMINISTRATOR)
        house.take(submit)

    def test_pays_a_case_that_is_under_it_though_its_centre_serves_elsewhere_since(
        self, house: House
    ) -> None:
        house.walk(house.way.steps(), until=ts.RecordDecision)
        decided = house.way.step(ts.RecordDecision)
        turn(house, decided.occurred_on, "ifrane")
        house.take(decided)
        for step in house.way.to_delivery():
            house.take(step)


class TestCeremony:
    @pytest.fixture
    def theirs(self, house: House) -> str:
        """Scheduled by the centre itself."""
        name = uuid5(ROOT, "of the centre")
        house.way = replace(house.way, ceremony_id=name)
        stream = stream_id(StreamKind.CEREMONY, name)
        house.paper.take(stream, schedule_ceremony(), house.coordinator)
        return stream

    def steps(self) -> tuple[Step, ...]:
        on, later = EXAMPLE.delivered_on, EXAMPLE.delivered_on + timedelta(days=1)
        return (
            PostponeCeremony(occurred_on=on, held_on=later, explanation="No hall."),
            RecordCeremonyHeld(occurred_on=later),
        )

    def test_belongs_to_the_centre_that_scheduled_it(
        self, house: House, elsewhere: Elsewhere, theirs: str
    ) -> None:
        cancel = CancelCeremony(occurred_on=TODAY, explanation="Joined with another.")
        for step in (*self.steps(), cancel):
            refused(house, "other_centre", theirs, step, elsewhere.coordinator)
        for step in self.steps():
            house.paper.take(theirs, step, house.coordinator)

    def test_of_the_division_is_no_centres(self, house: House) -> None:
        ceremony = stream_id(StreamKind.CEREMONY, house.way.ceremony_id or "")
        for step in self.steps():
            refused(house, "other_centre", ceremony, step, house.coordinator)
        for step in self.steps():
            house.paper.take(ceremony, step, DIVISION)

    def test_of_a_centre_is_the_divisions_too(self, house: House, theirs: str) -> None:
        for step in self.steps():
            house.paper.take(theirs, step, DIVISION)


class TestLine:
    """Somebody of this house's case, on the list of another centre's ceremony."""

    @pytest.fixture
    def listed(self, house: House, elsewhere: Elsewhere) -> ts.ConfirmDelivery:
        """What is handed over there; today is the day of it."""
        name = uuid5(ROOT, "elsewhere")
        house.way = replace(house.way, ceremony_id=name)
        stream = stream_id(StreamKind.CEREMONY, name)
        house.paper.take(stream, schedule_ceremony(), elsewhere.coordinator)
        house.walk(house.way.steps(), until=ts.ConfirmDelivery)
        house.paper.now = datetime.combine(EXAMPLE.delivered_on, time(9), UTC)
        assert house.paper.today == EXAMPLE.delivered_on
        return house.way.step(ts.ConfirmDelivery)

    def test_is_confirmed_by_the_centre_that_holds_the_ceremony(
        self, house: House, elsewhere: Elsewhere, listed: ts.ConfirmDelivery
    ) -> None:
        house.paper.pass_days(NEWEST.lent_line_days)
        house.take(listed, elsewhere.caseworker)
        ceremony = house.paper.state(stream_id(StreamKind.CEREMONY, house.way.ceremony_id or ""))
        assert isinstance(ceremony, CeremonyState)
        assert ceremony.cases(LineState.TOLD) == {house.case_id}

    def test_is_its_own_centres_alone_a_week_after(
        self, house: House, elsewhere: Elsewhere, listed: ts.ConfirmDelivery
    ) -> None:
        house.paper.pass_days(NEWEST.lent_line_days + 1)
        case = stream_id(StreamKind.CASE, house.case_id)
        refused(house, "other_centre", case, listed, elsewhere.caseworker)
        house.take(listed)

    def test_lends_nothing_but_the_handover(
        self, house: House, elsewhere: Elsewhere, listed: ts.ConfirmDelivery
    ) -> None:
        case = stream_id(StreamKind.CASE, house.case_id)
        day = house.paper.today
        for step in (
            s.AddNote(occurred_on=day, text="Seen."),
            ts.TakeOffCeremony(occurred_on=day),
            ts.SignUndertaking(occurred_on=day),
        ):
            refused(house, "other_centre", case, step, elsewhere.caseworker)
        stranger = Actor(id=uuid5(ROOT, "stranger"), role=Role.CASEWORKER, centre="laayoune")
        refused(house, "other_centre", case, listed, stranger)

    def test_goes_back_with_a_ceremony_that_is_cancelled(
        self, house: House, elsewhere: Elsewhere, listed: ts.ConfirmDelivery
    ) -> None:
        ceremony = stream_id(StreamKind.CEREMONY, house.way.ceremony_id or "")
        cancel = CancelCeremony(occurred_on=house.paper.today, explanation="Rain.")
        house.paper.take(ceremony, cancel, elsewhere.coordinator)
        case = stream_id(StreamKind.CASE, house.case_id)
        refused(house, "other_centre", case, listed, elsewhere.caseworker)

    def test_is_of_nobody_else_without_a_ceremony(
        self, house: House, elsewhere: Elsewhere, listed: ts.ConfirmDelivery
    ) -> None:
        house.take(ts.TakeOffCeremony(occurred_on=house.paper.today))
        case = stream_id(StreamKind.CASE, house.case_id)
        refused(house, "other_centre", case, listed, elsewhere.caseworker)
