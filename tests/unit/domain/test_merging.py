"""One person registered twice: merged by two people, nothing lost, and parted again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

import pytest

from domain.asking.vocabulary import RequestGround
from domain.beneficiary import events as b
from domain.beneficiary import steps as s
from domain.beneficiary.state import BeneficiaryState
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.case.steps import CloseCase, OpenCase, OpenTrack, ReopenCase
from domain.case.vocabulary import Outcome
from domain.errors import NotAllowed, Refused
from domain.example.beside import register_beneficiary
from domain.example.way import Way
from domain.message import Actor, Event, Role, StreamKind, stream_id
from domain.tracks.self_employment.state import find_track
from domain.tracks.self_employment.steps import ProposeProject
from service.access.masking import shown_of_event
from tests.support.paper import DIVISION, ROOT
from tests.unit.domain.conftest import House, hire

WHY = "The same card, the same mother's name."
OTHER, OTHER_CASE = uuid5(ROOT, "the other registration"), uuid5(ROOT, "the other case")


@dataclass
class Twice:
    """Two registrations of one person, each with an open case."""

    house: House
    second: House
    """The same programme, on the other registration."""

    @property
    def today(self) -> date:
        return self.house.paper.today

    @property
    def one(self) -> UUID:
        return self.house.way.beneficiary_id

    def person(self, name: UUID) -> BeneficiaryState:
        return self.house.paper.beneficiary(name)

    def on(self, person: UUID, step: object, actor: Actor) -> Sequence[Event]:
        return self.house.paper.take(stream_id(StreamKind.BENEFICIARY, person), step, actor)  # type: ignore[arg-type]

    def confirm(self, person: UUID, actor: Actor | None = None) -> Sequence[Event]:
        step = s.ConfirmBeneficiaryRequest(occurred_on=self.today)
        return self.on(person, step, actor or self.house.second)

    def merge(self, goes_on: UUID | None) -> Sequence[Event]:
        """The other one becomes an alias of the first."""
        step = s.MergePerson(
            occurred_on=self.today, goes_by=self.one, goes_on=goes_on, explanation=WHY
        )
        self.on(OTHER, step, self.second.caseworker)
        return self.confirm(OTHER)

    def part(self) -> Sequence[Event]:
        step = s.UndoMerge(occurred_on=self.today, explanation="Her cousin.")
        self.on(OTHER, step, self.second.caseworker)
        return self.confirm(OTHER)


def registered_twice(house: House, centre: str = "taza") -> Twice:
    worker, coordinator = house.caseworker, house.coordinator
    if centre != "taza":
        house.paper.found(Way(centre=centre, province=centre))
        worker = hire(house.paper, f"{centre}-1", Role.CASEWORKER, centre)
        coordinator = hire(house.paper, f"{centre}-2", Role.COORDINATOR, centre)
    step = register_beneficiary(card="XY 998877").model_copy(
        update={"birth_date": date(1990, 5, 17)}
    )
    house.paper.take(stream_id(StreamKind.BENEFICIARY, OTHER), step, worker)
    way = replace(
        house.way, beneficiary_id=OTHER, caseworker=worker.id, centre=centre, province=centre
    )
    second = replace(house, way=way, case_id=OTHER_CASE, caseworker=worker, coordinator=coordinator)
    return Twice(house, second)


@pytest.fixture
def twice(house: House) -> Twice:
    both = registered_twice(house)
    for each in (both.house, both.second):
        each.walk(each.way.steps(), until=ProposeProject)
    return both


def kinds(house: House) -> set[ReviewKind]:
    return {due.kind for due in dues(house.case, house.paper.calendar)}


ABOUT_THE_PERSON = {ReviewKind.CONTACT, ReviewKind.SILENCE, ReviewKind.PLAN}


def test_one_goes_by_the_other_and_both_histories_stay(twice: Twice) -> None:
    before = len(twice.house.paper.events)
    twice.merge(twice.house.case_id)
    alias, one = twice.person(OTHER), twice.person(twice.one)
    assert (alias.merged_into, one.aliases) == (twice.one, (OTHER,))
    assert (alias.name_latin, alias.cases) == ("Salma Elmithal", (OTHER_CASE,))
    assert one.cases == (twice.house.case_id,)
    streams = {event.envelope.stream for event in twice.house.paper.events[before:]}
    assert streams == {
        stream_id(StreamKind.BENEFICIARY, OTHER),
        stream_id(StreamKind.BENEFICIARY, twice.one),
        stream_id(StreamKind.CASE, OTHER_CASE),
    }


def test_nothing_changes_before_a_second_person_confirms(twice: Twice) -> None:
    step = s.MergePerson(
        occurred_on=twice.today,
        goes_by=twice.one,
        goes_on=twice.house.case_id,
        explanation=WHY,
    )
    (asked,) = twice.on(OTHER, step, twice.house.coordinator)
    assert isinstance(asked, b.MergeRequested)
    assert twice.person(OTHER).merged_into is None
    with pytest.raises(NotAllowed, match="second_person_needed"):
        twice.confirm(OTHER, twice.house.coordinator)
    twice.confirm(OTHER)
    assert twice.person(OTHER).merged_into == twice.one


@pytest.mark.parametrize("which", ["the one's", "the alias's"])
def test_of_two_open_cases_one_goes_on_and_the_other_keeps_its_tracks(
    twice: Twice, which: str
) -> None:
    on, aside = twice.house, twice.second
    if which == "the alias's":
        on, aside = aside, on
    assert kinds(aside) >= ABOUT_THE_PERSON - {ReviewKind.PLAN}
    twice.merge(on.case_id)
    assert aside.case.set_aside_for == on.case_id
    assert on.case.set_aside_for is None
    assert not kinds(aside) & ABOUT_THE_PERSON
    assert kinds(on) & ABOUT_THE_PERSON
    assert find_track(aside.case) is not None
    aside.take(aside.way.step(ProposeProject))
    aside.take(CloseCase(occurred_on=twice.today, outcome=Outcome.LEFT_COUNTRY))
    assert not aside.case.is_open


def test_the_one_that_goes_on_must_be_named(twice: Twice) -> None:
    with pytest.raises(Refused, match="case_that_goes_on_not_named"):
        twice.merge(None)
    with pytest.raises(Refused, match="case_not_of_them"):
        twice.merge(uuid5(ROOT, "no case of theirs"))


def test_what_is_set_aside_takes_no_new_track(house: House) -> None:
    both = registered_twice(house)
    for each in (both.house, both.second):
        each.walk(each.way.steps(), until=OpenTrack)
    both.merge(both.house.case_id)
    with pytest.raises(Refused, match="case_set_aside"):
        both.second.take(both.second.way.step(OpenTrack))
    both.house.take(both.house.way.step(OpenTrack))


def test_a_merged_person_has_one_open_case(house: House) -> None:
    """Whichever of their streams it stands in; and none is opened for the alias."""
    both = registered_twice(house)
    both.second.walk(both.second.way.steps()[:1])
    both.merge(None)
    opening = both.house.way.step(OpenCase).model_copy(update={"occurred_on": both.today})
    with pytest.raises(Refused, match="beneficiary_has_open_case"):
        both.house.take(opening)
    both.second.take(CloseCase(occurred_on=both.today, outcome=Outcome.LEFT_COUNTRY))
    both.house.take(opening)
    reopen = ReopenCase(occurred_on=both.today, explanation="Came back.")
    with pytest.raises(Refused, match="beneficiary_has_open_case"):
        both.second.take(reopen)
    third = replace(both.second, case_id=uuid5(ROOT, "a third case"))
    with pytest.raises(Refused, match="person_merged"):
        third.take(opening.model_copy(update={"beneficiary_id": OTHER}))


def test_the_alias_cases_know_the_birth_date_of_the_one(twice: Twice) -> None:
    assert twice.second.case.born == date(1990, 5, 17)
    twice.merge(twice.house.case_id)
    assert twice.second.case.born == date(1991, 5, 17)
    known = register_beneficiary()
    right = s.CorrectIdentity(
        occurred_on=twice.today,
        name_latin=known.name_latin,
        sex=known.sex,
        identity=known.identity,
        birth_date=date(1992, 1, 2),
        explanation="By the certificate of birth.",
    )
    with pytest.raises(Refused, match="person_merged"):
        twice.on(OTHER, right, twice.house.caseworker)
    twice.on(twice.one, right, twice.house.caseworker)
    assert {each.case.born for each in (twice.house, twice.second)} == {date(1992, 1, 2)}
    twice.part()
    assert twice.second.case.born == date(1990, 5, 17)


def test_parting_splits_by_stream(twice: Twice) -> None:
    twice.merge(twice.house.case_id)
    twice.second.take(twice.second.way.step(ProposeProject))
    twice.part()
    alias, one = twice.person(OTHER), twice.person(twice.one)
    assert (alias.merged_into, one.aliases, one.set_aside) == (None, (), frozenset())
    assert twice.second.case.set_aside_for is None
    assert kinds(twice.second) & ABOUT_THE_PERSON
    track = find_track(twice.second.case)
    assert track is not None
    assert track.project_id is not None
    twice.merge(OTHER_CASE)
    assert twice.house.case.set_aside_for == OTHER_CASE


def test_no_merge_is_before_the_last(twice: Twice) -> None:
    twice.merge(twice.house.case_id)
    twice.part()
    yesterday = twice.house.paper.now.date().replace(day=1)
    step = s.MergePerson(
        occurred_on=yesterday, goes_by=twice.one, goes_on=OTHER_CASE, explanation=WHY
    )
    with pytest.raises(Refused, match="date_before_earlier_step"):
        twice.on(OTHER, step, twice.house.caseworker)


@pytest.mark.parametrize("wrong", ["itself", "nobody", "merged", "of others"])
def test_nobody_is_merged_into_what_cannot_be_gone_by(twice: Twice, wrong: str) -> None:
    third = uuid5(ROOT, "a third registration")
    stream = stream_id(StreamKind.BENEFICIARY, third)
    house = twice.house
    house.paper.take(stream, register_beneficiary(card="QQ 445566"), house.caseworker)
    twice.merge(house.case_id)
    who, into, code = {
        "itself": (third, third, "merged_into_oneself"),
        "nobody": (third, uuid5(ROOT, "nobody"), "beneficiary_not_found"),
        "merged": (third, OTHER, "person_merged"),
        "of others": (twice.one, third, "person_has_aliases"),
    }[wrong]
    step = s.MergePerson(occurred_on=twice.today, goes_by=into, explanation=WHY)
    with pytest.raises(Refused, match=code):
        twice.on(who, step, house.caseworker)


def test_of_two_centres_people_the_division_says_that_they_are_one(house: House) -> None:
    both = registered_twice(house, "ifrane")
    step = s.MergePerson(occurred_on=both.today, goes_by=both.one, explanation=WHY)
    with pytest.raises(NotAllowed, match="other_centre"):
        both.on(OTHER, step, house.caseworker)
    for each in (both.house, both.second):
        each.walk(each.way.steps()[:1])
    assert house.second.role is Role.DIVISION
    # Both have an open case, and none is named: who asks is not told so.
    both.on(OTHER, step, both.second.caseworker)
    with pytest.raises(NotAllowed, match="division_confirms"):
        both.confirm(OTHER, both.second.coordinator)
    with pytest.raises(Refused, match="case_that_goes_on_not_named"):
        both.confirm(OTHER)
    refuse = s.RefuseBeneficiaryRequest(occurred_on=both.today, explanation="n")
    both.on(OTHER, refuse, house.second)
    named = step.model_copy(update={"goes_on": both.house.case_id})
    both.on(OTHER, named, both.second.caseworker)
    both.confirm(OTHER)
    assert both.person(OTHER).merged_into == both.one
    assert both.person(OTHER).centre == "ifrane"


def test_whoever_confirms_reads_why_it_is_asked_in_a_word(twice: Twice) -> None:
    step = s.MergePerson(
        occurred_on=twice.today,
        goes_by=twice.one,
        goes_on=twice.house.case_id,
        ground=RequestGround.SAME_PERSON,
        explanation=WHY,
    )
    (asked,) = twice.on(OTHER, step, twice.second.caseworker)
    says = shown_of_event(asked, Role.DIVISION)
    assert says["ground"] == "same_person"
    assert "explanation" not in says
    assert twice.confirm(OTHER)


def test_the_card_of_an_alias_is_the_ones(twice: Twice) -> None:
    twice.merge(twice.house.case_id)
    new = stream_id(StreamKind.BENEFICIARY, uuid5(ROOT, "once more"))
    step = register_beneficiary(card="xy998877")
    with pytest.raises(Refused, match="number_known") as refused:
        twice.house.paper.take(new, step, twice.house.caseworker)
    assert refused.value.params["beneficiary_id"] == str(twice.one)
    card = register_beneficiary(card="XY998877").identity
    details = s.ChangeDetails(occurred_on=twice.today, identity=card)
    twice.on(twice.one, details, twice.house.caseworker)


def closed(twice: Twice) -> None:
    for each in (twice.house, twice.second):
        each.take(CloseCase(occurred_on=twice.today, outcome=Outcome.LEFT_COUNTRY))


def test_an_erasure_is_of_all_the_persons_streams(twice: Twice) -> None:
    twice.merge(twice.house.case_id)
    ask = s.RequestErasure(occurred_on=twice.today)
    with pytest.raises(Refused, match="person_merged"):
        twice.on(OTHER, ask, DIVISION)
    twice.house.take(CloseCase(occurred_on=twice.today, outcome=Outcome.LEFT_COUNTRY))
    with pytest.raises(Refused, match="case_still_open"):
        twice.on(twice.one, ask, DIVISION)
    twice.second.take(CloseCase(occurred_on=twice.today, outcome=Outcome.LEFT_COUNTRY))
    twice.on(twice.one, ask, DIVISION)
    twice.confirm(twice.one)
    assert twice.person(OTHER).erased
    assert twice.person(twice.one).erased
    assert all(each.case.kept is not None for each in (twice.house, twice.second))
