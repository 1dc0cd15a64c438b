"""What a person is helped with, whom their case waits for, and who of the household is served too."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.case.awaiting import steps as a
from domain.case.household import steps as h
from domain.case.household.vocabulary import Kinship
from domain.case.reviews import dues
from domain.case.schedule import Due, ReviewKind
from domain.case.steps import AssessNeeds, CorrectEntries, Correction, RetractEntry
from domain.case.support import steps as s
from domain.case.support.needs import needs_of
from domain.case.support.vocabulary import DeclinedBy, SupportKind, SupportStatus
from domain.case.vocabulary import Channel, ContactOutcome, NeedArea, NeedStatus
from domain.errors import Refused
from domain.example.person import EXAMPLE
from domain.message import Step
from domain.tracks.self_employment.steps import ProposeProject
from tests.unit.domain.conftest import House, furnished


@pytest.fixture
def house() -> House:
    """With the example's case open, and its person free."""
    made = furnished()
    made.walk(made.way.steps(), until=ProposeProject)
    return made


def on(house: House, day: int) -> date:
    return house.way.day(day)


def refused(house: House, step: Step) -> str:
    with pytest.raises(Refused) as caught:
        house.take(step)
    return caught.value.code


def opened(
    house: House, day: int = 310, kind: SupportKind = SupportKind.HOUSING, **told: Any
) -> UUID:
    (event,) = house.take(s.OpenSupport(occurred_on=on(house, day), kind=kind, **told))
    found: UUID = event.support_id  # type: ignore[attr-defined]
    return found


def due(house: House, kind: ReviewKind) -> list[Due]:
    return [each for each in dues(house.case, house.paper.calendar) if each.kind is kind]


class TestAnItemMovesItsNeed:
    need = NeedArea.ACCOMMODATION

    def stands(self, house: House) -> NeedStatus | None:
        return needs_of(house.case).get(self.need)

    def assessed(self, house: House, day: int, status: NeedStatus) -> None:
        house.take(AssessNeeds(occurred_on=on(house, day), areas={self.need: status}))

    def test_on_to_met_and_back(self, house: House) -> None:
        self.assessed(house, 305, NeedStatus.NOT_STARTED)
        support_id = opened(house, need=self.need)
        assert self.stands(house) is NeedStatus.IN_PROGRESS
        house.take(s.CompleteSupport(occurred_on=on(house, 311), support_id=support_id))
        assert self.stands(house) is NeedStatus.MET
        house.take(s.TakeUpSupport(occurred_on=on(house, 312), support_id=support_id))
        assert self.stands(house) is NeedStatus.IN_PROGRESS
        declined = s.DeclineSupport(
            occurred_on=on(house, 313), support_id=support_id, declined_by=DeclinedBy.HOUSE
        )
        house.take(declined)
        assert self.stands(house) is NeedStatus.NOT_STARTED

    def test_and_leaves_it_where_it_was_once_it_is_retracted(self, house: House) -> None:
        self.assessed(house, 305, NeedStatus.NOT_STARTED)
        opened(house, need=self.need)
        retracted = RetractEntry(
            occurred_on=on(house, 311), entry_number=house.case.version, explanation="Not hers."
        )
        house.take(retracted)
        assert self.stands(house) is NeedStatus.NOT_STARTED

    def test_as_long_as_no_assessment_says_otherwise(self, house: House) -> None:
        opened(house, need=self.need)
        self.assessed(house, 320, NeedStatus.DECLINED)
        assert self.stands(house) is NeedStatus.DECLINED

    def test_only_once_nothing_else_answers_it(self, house: House) -> None:
        self.assessed(house, 305, NeedStatus.IN_PROGRESS)
        one, _ = opened(house, need=self.need), opened(house, 311, need=self.need)
        house.take(s.CompleteSupport(occurred_on=on(house, 312), support_id=one))
        assert self.stands(house) is NeedStatus.IN_PROGRESS


def test_an_item_goes_from_open_to_its_end_and_can_be_taken_up_again(house: House) -> None:
    support_id = opened(house, need=NeedArea.ACCOMMODATION)
    stands: list[SupportStatus] = []
    for step in (
        s.ProgressSupport(occurred_on=on(house, 311)),
        s.CompleteSupport(occurred_on=on(house, 312)),
        s.TakeUpSupport(occurred_on=on(house, 313)),
        s.DeclineSupport(occurred_on=on(house, 314), declined_by=DeclinedBy.PROVIDER),
    ):
        house.take(step)
        stands.append(house.case.supports[support_id].status)
    assert stands == ["in_progress", "completed", "in_progress", "declined"]
    assert refused(house, s.ProgressSupport(occurred_on=on(house, 315))) == "no_support_open"
    named = s.CompleteSupport(occurred_on=on(house, 315), support_id=support_id)
    opened(house, 315)
    assert refused(house, named) == "support_ended"


def test_where_several_are_open_the_one_that_is_meant_is_named(house: House) -> None:
    first, other = opened(house), opened(house, 311)
    step = s.CompleteSupport(occurred_on=on(house, 312))
    assert refused(house, step) == "one_of_several_not_named"
    house.take(step.model_copy(update={"support_id": other}))
    assert not house.case.supports[first].ended
    early = s.ProgressSupport(occurred_on=on(house, 310), support_id=other)
    assert refused(house, early) == "support_not_found"


def test_a_rehabilitation_falls_due_when_it_is_probably_possible(house: House) -> None:
    later = on(house, 400)
    support_id = opened(house, kind=SupportKind.JUDICIAL_REHABILITATION, probably_from=later)
    (found,) = due(house, ReviewKind.SUPPORT)
    assert found.key == f"support/{support_id}"
    assert found.due_on == house.paper.calendar.on_or_after(later)
    house.take(s.ProgressSupport(occurred_on=on(house, 320), details="The file is asked for."))
    assert due(house, ReviewKind.SUPPORT) == [found]
    house.take(s.ProgressSupport(occurred_on=later, details="Handed in."))
    assert due(house, ReviewKind.SUPPORT) == []
    assert house.case.supports[support_id].probably_from is not None


def test_only_a_rehabilitation_has_such_a_day(house: House) -> None:
    step = s.OpenSupport(
        occurred_on=on(house, 310), kind=SupportKind.LEGAL, probably_from=on(house, 400)
    )
    assert refused(house, step) == "probably_from_of_rehabilitation_alone"
    both = {"kind": SupportKind.JUDICIAL_REHABILITATION, "look_again_on": on(house, 390)}
    assert refused(house, step.model_copy(update=both)) == "looked_at_on_two_days"


def test_what_is_told_of_an_item_rests_on_its_opening(house: House) -> None:
    opened(house)
    number = house.case.version
    house.take(s.ProgressSupport(occurred_on=on(house, 312)))
    retract = RetractEntry(occurred_on=on(house, 313), entry_number=number, explanation="m")
    assert refused(house, retract) == "rests_on_it"
    early = s.CompleteSupport(occurred_on=on(house, 311))
    assert refused(house, early) == "rests_on_it"


def test_a_corrected_opening_keeps_the_item(house: House) -> None:
    support_id = opened(house)
    number = house.case.version
    house.take(s.ProgressSupport(occurred_on=on(house, 312)))
    content = {"occurred_on": str(on(house, 309)), "kind": "health", "need": "health"}
    entry = Correction(entry_number=number, content=content)
    house.take(CorrectEntries(occurred_on=on(house, 313), entries=(entry,), explanation="m"))
    support = house.case.supports[support_id]
    assert (support.kind, support.status) == (SupportKind.HEALTH, SupportStatus.IN_PROGRESS)


def waiting(house: House, day: int = 310, **told: Any) -> None:
    step = a.AwaitThirdParty(occurred_on=on(house, day), party_name="A clerk", awaiting="A copy")
    house.take(step.model_copy(update=told))


def test_what_nobody_answers_falls_due_and_again_after_it_was_asked_again(house: House) -> None:
    waiting(house)
    at = house.paper.calendar.on_or_after
    (found,) = due(house, ReviewKind.AWAITED)
    assert found.due_on == at(on(house, 310) + timedelta(days=30))
    house.take(a.AskThirdPartyAgain(occurred_on=on(house, 341), answer_by=on(house, 350)))
    (again,) = due(house, ReviewKind.AWAITED)
    assert (again.key, again.due_on) == (found.key, at(on(house, 350)))
    house.take(a.RecordThirdPartyAnswer(occurred_on=on(house, 345), answer="It is ready."))
    assert due(house, ReviewKind.AWAITED) == []
    gone = a.StopAwaiting(occurred_on=on(house, 346), explanation="m")
    assert refused(house, gone) == "nothing_awaited"


@pytest.mark.parametrize("told", [{"party_name": None}, {"party": EXAMPLE.municipality}])
def test_the_case_waits_for_somebody_named_once(house: House, told: dict[str, Any]) -> None:
    with pytest.raises(Refused) as caught:
        waiting(house, **told)
    assert caught.value.code == "third_party_named_once"


def member(house: House, day: int = 310) -> UUID:
    step = h.AddHouseholdMember(occurred_on=on(house, day), name="Fatna", kinship=Kinship.PARENT)
    (event,) = house.take(step)
    found: UUID = event.member_id  # type: ignore[attr-defined]
    return found


def met(house: House, day: int, channel: Channel = Channel.HOME_VISIT) -> Step:
    return h.RecordFamilyContact(
        occurred_on=on(house, day), channel=channel, outcome=ContactOutcome.REACHED
    )


def test_who_of_the_household_is_met_is_counted_apart(house: House) -> None:
    name, before = member(house), house.case
    house.take(met(house, 311))
    house.take(met(house, 312, Channel.MESSAGE))
    served = house.case.household[name]
    assert (served.meetings, served.met and served.met.on) == (1, on(house, 311))
    assert (house.case.meetings, house.case.last_contact) == (before.meetings, before.last_contact)


def test_who_left_the_household_is_helped_no_more(house: House) -> None:
    name = member(house)
    house.take(h.RecordMemberLeft(occurred_on=on(house, 312)))
    opens = s.OpenSupport(occurred_on=on(house, 313), kind=SupportKind.HEALTH, member_id=name)
    assert refused(house, opens) == "member_left"
    assert refused(house, met(house, 313)) == "no_household_member"
    house.take(opens.model_copy(update={"occurred_on": on(house, 311)}))


Two = Callable[[House], tuple[Step, Step]]


def _support(day: int) -> Two:
    return lambda house: (
        s.ProgressSupport(occurred_on=on(house, day), look_again_on=on(house, day + 30)),
        s.CompleteSupport(occurred_on=on(house, 330)),
    )


@pytest.mark.parametrize(
    "two",
    [
        _support(320),
        lambda house: (met(house, 315), met(house, 320)),
        lambda house: (
            a.AskThirdPartyAgain(occurred_on=on(house, 320)),
            a.RecordThirdPartyAnswer(occurred_on=on(house, 330), answer="m"),
        ),
    ],
)
def test_in_whatever_order_it_is_told_it_comes_to_the_same(two: Two) -> None:
    presents = []
    for late in (False, True):
        house = furnished()
        house.walk(house.way.steps(), until=ProposeProject)
        opened(house)
        waiting(house)
        member(house)
        steps = two(house)
        for step in reversed(steps) if late else steps:
            house.take(step)
        case = house.case
        presents.append(
            (
                [
                    (each.status, each.look_again and each.look_again.on)
                    for each in case.supports.values()
                ],
                [
                    (each.asked.on, each.answered and each.answered.on)
                    for each in case.awaited.values()
                ],
                [(each.meetings, each.met and each.met.on) for each in case.household.values()],
            )
        )
    assert presents[0] == presents[1]
