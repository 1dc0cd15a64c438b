"""What rests on what: the list of a case's events changed, and which of them no longer stand."""

from collections.abc import Callable
from datetime import date

import pytest

from domain.case import events as e
from domain.case import steps as s
from domain.case.custody import events as custody
from domain.case.vocabulary import Channel, ContactOutcome, NeedArea, NeedStatus
from domain.errors import Refused
from domain.example.project import end_approval, problem, visit
from domain.folds.order import in_order
from domain.message import Event, Recorded, Step, StreamKind, stream_id
from domain.order.steps import PlaceOrder
from domain.resting import fallen, require_standing
from domain.tracks.self_employment import events as te
from tests.unit.domain.conftest import House


@pytest.fixture
def events(house: House) -> list[Recorded]:
    """Of the usual case, to its last visit."""
    house.walk((*house.way.steps(), visit(house.way, 3)))
    return of_case(house)


def of_case(house: House) -> list[Recorded]:
    stream = stream_id(StreamKind.CASE, house.case_id)
    return in_order(each for each in house.paper.events if each.envelope.stream == stream)


def without(events: list[Recorded], kind: type[Event]) -> list[Recorded]:
    return [each for each in events if not isinstance(each.event, kind)]


def moved(events: list[Recorded], kind: type[Event], day: date) -> list[Recorded]:
    """The one of that kind on another day, as a correction puts it there."""
    return in_order(
        sorted(
            (
                Recorded(each.envelope._replace(occurred_on=day), each.event)
                if isinstance(each.event, kind)
                else each
                for each in events
            ),
            key=lambda each: each.envelope.version,
        )
    )


def steps_of(events: list[Recorded], changed: list[Recorded]) -> list[str]:
    return [each.recorded.envelope.step for each in fallen(events, changed)]


def test_nothing_falls_where_nothing_changes(events: list[Recorded]) -> None:
    assert fallen(events, events) == ()
    assert fallen(events, list(events)) == ()


def test_a_release_moved_behind_a_signed_undertaking_has_it_fall(
    house: House, events: list[Recorded]
) -> None:
    later = moved(events, custody.ReleaseRecorded, house.way.day(400))
    first, *others = fallen(events, later)
    assert first.recorded.envelope.step == "sign-undertaking"
    assert first.lost == {"not_released"}
    assert "place-order" in [each.recorded.envelope.step for each in others], "and what rests on it"


def test_a_release_moved_a_little_leaves_all_standing(house: House, events: list[Recorded]) -> None:
    assert steps_of(events, moved(events, custody.ReleaseRecorded, house.way.day(389))) == []


def test_a_release_taken_away_has_fall_what_is_signed_and_handed_over_in_freedom(
    events: list[Recorded],
) -> None:
    found = steps_of(events, without(events, custody.ReleaseRecorded))
    assert found[0] == "sign-undertaking"
    assert "confirm-delivery" in found
    assert "record-contact" not in found, "a contact is one, free or not"


def test_an_education_dated_after_the_release_has_fallen(
    house: House, events: list[Recorded]
) -> None:
    found = fallen(events, moved(events, custody.ReleaseRecorded, house.way.day(100)))
    assert found[0].recorded.envelope.step == "record-education"
    assert found[0].lost == {"not_in_detention"}


@pytest.mark.parametrize(
    ("taken", "rests"),
    [
        (e.SocialEnquiryRecorded, "rule-on-eligibility"),
        (e.EligibilityRuled, "open-track"),
        (e.NeedsAssessed, "agree-plan"),
        (e.EducationRecorded, "propose-project"),
        (te.StudyRecorded, "give-opinion"),
        (te.OpinionGiven, "submit-to-session"),
        (te.SubmittedToSession, "record-decision"),
        (te.DecisionRecorded, "sign-undertaking"),
        (te.UndertakingSigned, "place-order"),
        (te.DeliveryConfirmed, "record-visit"),
    ],
)
def test_what_is_taken_away_has_fall_what_rests_on_it(
    events: list[Recorded], taken: type[Event], rests: str
) -> None:
    assert steps_of(events, without(events, taken))[0] == rests


@pytest.mark.parametrize("taken", [e.ContactRecorded, te.VisitRecorded])
def test_on_these_nothing_rests(events: list[Recorded], taken: type[Event]) -> None:
    assert fallen(events, without(events, taken)) == ()


def test_all_of_a_track_falls_with_its_opening(events: list[Recorded]) -> None:
    found = fallen(events, without(events, e.TrackOpened))
    on_track = [each for each in events if isinstance(each.event, e.TrackEvent)]
    resting = [each for each in on_track if not isinstance(each.event, e.TrackOpened)]
    assert {each.recorded for each in found} >= {
        each for each in resting if each.envelope.step in ("propose-project", "record-visit")
    }


def test_a_list_names_entries_as_everybody_may_know_them(
    house: House, events: list[Recorded]
) -> None:
    with pytest.raises(Refused) as refused:
        require_standing(events, without(events, custody.DetentionBegun))
    entries = str(refused.value.params["entries"])
    assert refused.value.code == "rests_on_it"
    education = next(each for each in events if isinstance(each.event, e.EducationRecorded))
    month = education.envelope.occurred_on.replace(day=1)
    assert f"{education.envelope.version} record-circumstances {month}" in entries
    assert "record-education" not in entries
    assert "record-release" not in entries
    assert str(house.way.released_on) not in entries
    assert refused.value.params["count"] == len(entries.split("; "))


Late = Callable[[House], Step]


@pytest.mark.parametrize(
    "late",
    [
        lambda house: s.RecordContact(
            occurred_on=house.way.day(20),
            channel=Channel.VISIT_IN_PRISON,
            outcome=ContactOutcome.REACHED,
        ),
        lambda house: s.AssessNeeds(
            occurred_on=house.way.day(30), areas={NeedArea.HEALTH: NeedStatus.MET}
        ),
        lambda house: s.AddNote(occurred_on=house.way.day(40), text="n"),
    ],
)
def test_what_is_entered_late_beside_all_else_lets_it_stand(house: House, late: Late) -> None:
    house.walk(house.way.steps())
    before = of_case(house)
    house.take(late(house))
    assert fallen(before, of_case(house)) == ()


def test_what_two_people_did_rests_on_what_one_would_need(house: House) -> None:
    house.walk(house.way.steps(), until=PlaceOrder)
    house.by_two(end_approval(house.way).model_copy(update={"occurred_on": house.way.day(392)}))
    events = of_case(house)
    found = steps_of(events, without(events, te.DecisionRecorded))
    assert found[:1] == ["sign-undertaking"]
    assert "confirm-case-request" in found


def test_what_names_another_rests_on_that_very_one(house: House) -> None:
    house.walk((*house.way.steps(), *problem(house.way)[:1]))
    other = problem(house.way)[0].model_copy(
        update={"occurred_on": house.way.day(705), "items": (2,)}
    )
    house.take(other)
    house.walk(problem(house.way)[1:2])
    events = of_case(house)
    raised = [each for each in events if isinstance(each.event, te.ProblemRaised)]
    assert len(raised) == 2
    decided, *_ = fallen(events, [each for each in events if each is not raised[0]])
    assert decided.recorded.envelope.step == "decide-problem"
    assert decided.lost == {"problem_unknown"}
    assert fallen(events, [each for each in events if each is not raised[1]]) == ()


def test_an_answer_rests_on_what_it_answers(house: House) -> None:
    house.walk(house.way.steps(), until=PlaceOrder)
    house.by_two(end_approval(house.way).model_copy(update={"occurred_on": house.way.day(392)}))
    events = of_case(house)
    found = fallen(events, without(events, te.ApprovalEndRequested))
    assert [each.lost for each in found] == [{"request_not_found"}]
