"""Every day a step tells of lies within its bounds, and after what it follows."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.agreement.steps import AllowMorePlaces, RecordFundsReceived
from domain.beneficiary.steps import CorrectIdentity, RegisterBeneficiary
from domain.beneficiary.vocabulary import Sex
from domain.case import steps as s
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import DetentionKind, PardonKind, ReleaseKind
from domain.case.moment import Moment, day_of
from domain.ceremony.steps import CancelCeremony, PostponeCeremony, ScheduleCeremony
from domain.commands import HANDLINGS
from domain.errors import Refused
from domain.example import project
from domain.example.beside import register_centre, schedule_ceremony, sign_agreement
from domain.message import Step, StreamKind, stream_id
from domain.order.steps import PlaceOrder
from domain.project.vocabulary import ProjectCondition
from domain.registry.steps import Catchment
from domain.steps.days import days_of, require_within_bounds
from domain.tracks.self_employment import steps as ts
from domain.tracks.self_employment.state import find_track
from domain.values.days import FOUNDED, REMEMBERED, Bounds
from tests.support.forms import Path, filled, leaves, put
from tests.support.paper import ADMINISTRATOR, DIVISION, REGISTRY
from tests.unit.domain.conftest import House, furnished

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
YEAR_ONE = date(1, 1, 1)


def judged_days() -> Iterator[tuple[type[Step], Path, Bounds]]:
    for step in HANDLINGS:
        kinds = dict(days_of(step))
        for path in leaves(step, date):
            kind = kinds[".".join(str(part) for part in path if isinstance(part, str))]
            if isinstance(kind, Bounds):
                yield step, path, kind


@pytest.mark.parametrize(("step", "path", "bounds"), list(judged_days()), ids=str)
def test_a_day_lies_within_the_bounds_of_its_kind(
    step: type[Step], path: Path, bounds: Bounds
) -> None:
    latest = bounds.latest(TODAY)
    assert latest == (date(2086, 12, 31) if bounds.planned else TODAY)
    assert bounds.earliest in (FOUNDED, REMEMBERED)
    for day, code in (
        (YEAR_ONE, "date_too_early"),
        (bounds.earliest - DAY, "date_too_early"),
        (latest + DAY, "date_too_far" if bounds.planned else "date_in_future"),
        (date.max, "date_too_far" if bounds.planned else "date_in_future"),
    ):
        form = step.model_validate(put(filled(step), path, str(day)))
        with pytest.raises(Refused, match=code) as refusal:
            require_within_bounds(form, TODAY)
        assert refusal.value.params["date"] == str(day)
        assert refusal.value.params["field"] == ".".join(p for p in path if isinstance(p, str))
    for day in (bounds.earliest, latest):
        require_within_bounds(step.model_validate(put(filled(step), path, str(day))), TODAY)


def refused(house: House, code: str, step: Step) -> None:
    with pytest.raises(Refused, match=code):
        house.take(step)


def detained(since: date, expected_end: date | None = None) -> custody.BeginDetention:
    return custody.BeginDetention(
        occurred_on=since, kind=DetentionKind.SENTENCE, expected_end=expected_end
    )


def test_nobody_is_detained_before_they_are_born(house: House) -> None:
    house.walk(house.way.steps(), until=custody.BeginDetention)
    on = house.way.day(13)
    refused(house, "date_too_early", detained(YEAR_ONE))
    refused(house, "date_before_birth", detained(date(1991, 5, 16)))
    refused(house, "date_before_earlier_step", detained(on, expected_end=on - DAY))
    house.take(detained(date(1991, 5, 17)))


def test_nor_where_only_the_year_is_known_before_its_last_day(house: House) -> None:
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    known = CorrectIdentity(
        occurred_on=house.way.day(1),
        name_latin="Salma",
        sex=Sex.FEMALE,
        birth_year=1991,
        explanation="The day was guessed.",
    )
    house.paper.take(person, known, house.caseworker)
    house.walk(house.way.steps(), until=custody.BeginDetention)
    refused(house, "date_before_birth", detained(date(1991, 12, 30)))
    house.take(detained(date(1991, 12, 31)))


def test_nobody_is_released_before_they_were_detained(house: House) -> None:
    house.walk(house.way.steps(), until=s.AssessNeeds)
    since = house.case.custody.detained_since
    assert since is not None
    end = ReleaseKind.END_OF_SENTENCE
    refused(
        house,
        "date_before_earlier_step",
        custody.RecordRelease(occurred_on=since - DAY, release=end),
    )
    conditional = custody.RecordRelease(
        occurred_on=house.way.released_on,
        release=ReleaseKind.CONDITIONAL,
        conditions_until=house.way.released_on - DAY,
    )
    refused(house, "date_before_earlier_step", conditional)
    house.take(custody.RecordRelease(occurred_on=house.way.day(200), release=end))


def test_what_happens_in_prison_is_not_before_it(house: House) -> None:
    house.walk(house.way.steps(), until=s.RecordEducation)
    since = house.case.custody.detained_since
    assert since is not None
    way, before = house.way, since - DAY
    for step in (
        custody.RecordPrisonTransfer(occurred_on=before, prison=way.prison),
        custody.ChangeExpectedEnd(occurred_on=before, expected_end=None),
        custody.ChangeExpectedEnd(occurred_on=way.day(90), expected_end=before),
        custody.RecordPardon(occurred_on=before, pardon=PardonKind.REDUCTION),
        custody.RecordPardon(
            occurred_on=way.day(90), pardon=PardonKind.REDUCTION, expected_end=before
        ),
    ):
        refused(house, "date_before_earlier_step", step)
    studied = way.step(s.RecordEducation)
    born = {"started_on": date(1991, 5, 16)}
    refused(house, "date_before_birth", studied.model_copy(update=born))


def test_a_case_is_not_opened_nor_a_person_registered_before_the_birth(house: House) -> None:
    child = RegisterBeneficiary(
        occurred_on=date(2020, 1, 1), name_latin="Hind", sex=Sex.FEMALE, birth_date=date(2010, 6, 1)
    )
    unborn = child.model_copy(update={"occurred_on": date(2010, 5, 31)})
    person = stream_id(StreamKind.BENEFICIARY, uuid4())
    with pytest.raises(Refused, match="date_before_birth"):
        house.paper.take(person, unborn, house.caseworker)
    house.paper.take(person, child, house.caseworker)
    opening = house.way.step(s.OpenCase).model_copy(
        update={"beneficiary_id": person.partition("/")[2], "occurred_on": date(2010, 5, 31)}
    )
    refused(house, "date_before_birth", opening)


def test_no_step_is_before_the_case_it_is_taken_on_but_those_of_custody(house: House) -> None:
    before = house.way.begins - DAY
    ways = {type(step): step for step in (*house.way.detours(), *house.way.steps())}
    told: set[type[Step]] = set()
    for step in house.way.steps():
        for other in ways.values():
            on_case = HANDLINGS[type(other)].kind is StreamKind.CASE
            if type(other) in told or isinstance(other, s.OpenCase) or not on_case:
                continue
            if HANDLINGS[type(other)].closed_because(house.case) is None:
                early = other.model_copy(update={"occurred_on": before})
                if isinstance(other, s.CustodyStep):
                    with suppress(Refused):
                        replace(house, paper=house.paper.copy()).take(early)
                else:
                    refused(house, "date_before_earlier_step", early)
                told.add(type(other))
        house.take(step)
    assert len(told) > 25


def test_a_case_is_not_reopened_before_it_was_closed(house: House) -> None:
    house.walk(house.way.steps())
    closing, reopening = house.way.detours()[-2:]
    house.take(ts.RecordVisit(occurred_on=closing.occurred_on, project=ProjectCondition.RUNNING))
    house.take(closing)
    for day in (date(2002, 6, 1), closing.occurred_on - DAY):
        refused(
            house, "date_before_earlier_step", reopening.model_copy(update={"occurred_on": day})
        )
    house.take(reopening)


def test_what_an_undertaking_opens_is_not_before_it(house: House) -> None:
    signed = house.way.step(ts.SignUndertaking).occurred_on
    for step in house.way.steps():
        if isinstance(step, PlaceOrder | ts.PlaceOnCeremony):
            early = step.model_copy(update={"occurred_on": signed - DAY})
            refused(house, "date_before_earlier_step", early)
        house.take(step)


def test_training_follows_the_opening_of_its_track_and_coaching_the_proposal(house: House) -> None:
    steps = [step for step in house.way.steps() if not isinstance(step, s.RecordEducation)]
    house.walk(steps, until=ts.ProposeProject)
    opened = house.way.step(s.OpenTrack).occurred_on
    enrol, complete = project.training_outside(house.way)
    refused(
        house, "date_before_earlier_step", enrol.model_copy(update={"occurred_on": opened - DAY})
    )
    house.take(enrol)
    house.take(complete)
    proposal = house.way.step(ts.ProposeProject)
    house.take(proposal)
    early = project.coaching(house.way).model_copy(
        update={"occurred_on": proposal.occurred_on - DAY}
    )
    refused(house, "date_before_earlier_step", early)


def test_nothing_is_done_under_an_agreement_before_it_is_signed(house: House) -> None:
    agreement = stream_id(StreamKind.AGREEMENT, house.way.agreement_id)
    before = sign_agreement().occurred_on - DAY
    for step in (
        RecordFundsReceived(occurred_on=before, amount=Decimal(5), reference="1"),
        AllowMorePlaces(occurred_on=before, places=1, explanation="x"),
    ):
        with pytest.raises(Refused, match="date_before_earlier_step"):
            house.paper.take(agreement, step, DIVISION)


def test_a_project_goes_to_a_session_under_an_agreement_that_is_signed(house: House) -> None:
    house.walk(house.way.steps(), until=ts.SubmitToSession)
    late = stream_id(StreamKind.AGREEMENT, uuid4())
    submission = house.way.step(ts.SubmitToSession)
    signing = sign_agreement().model_copy(update={"occurred_on": submission.occurred_on + DAY})
    house.paper.take(late, signing, DIVISION)
    early = submission.model_copy(update={"agreement_id": late.partition("/")[2]})
    refused(house, "date_before_earlier_step", early)


def test_a_ceremony_is_planned_ahead_and_changed_after_it_was_announced(house: House) -> None:
    ceremony = stream_id(StreamKind.CEREMONY, house.way.ceremony_id or "")
    planned = schedule_ceremony()
    on, held_on = planned.occurred_on, planned.held_on
    for stream, step in (
        (stream_id(StreamKind.CEREMONY, uuid4()), planned.model_copy(update={"held_on": on - DAY})),
        (ceremony, PostponeCeremony(occurred_on=on, held_on=on - DAY, explanation="x")),
        (ceremony, PostponeCeremony(occurred_on=on - DAY, held_on=held_on, explanation="x")),
        (ceremony, CancelCeremony(occurred_on=on - DAY, explanation="x")),
    ):
        with pytest.raises(Refused, match="date_before_earlier_step"):
            house.paper.take(stream, step, DIVISION)
    assert isinstance(planned, ScheduleCeremony)


def test_a_catchment_does_not_end_before_it_begins(house: House) -> None:
    backwards = Catchment(province="taza", since=date(2020, 1, 1), until=date(2019, 12, 31))
    centre = register_centre().model_copy(update={"catchment": (backwards,)})
    with pytest.raises(Refused, match="date_before_earlier_step"):
        house.paper.take(REGISTRY, centre, ADMINISTRATOR)


@settings(max_examples=150)
@given(shifts=st.lists(st.integers(-500, 500), min_size=24, max_size=24))
def test_whatever_days_are_told_what_is_accepted_stands_in_order(shifts: list[int]) -> None:
    """The usual way, each step told at some other day: refused, or after what it follows."""
    house = furnished()
    for step, shift in zip(house.way.steps(), shifts, strict=False):
        day = min(step.occurred_on + timedelta(days=shift), TODAY)
        for told in (step.model_copy(update={"occurred_on": day}), step):
            with suppress(Refused):
                house.take(told)
                break
    case, track = house.case, find_track(house.case)
    if case.opened is None:
        return
    born, custody = date(1991, 5, 17), case.custody
    in_order(born, custody.detained_since, custody.released)
    in_order(born, case.opened, case.enquired)
    in_order(case.opened, case.planned)
    if track is not None:
        in_order(
            *(case.opened, track.opened, track.proposed, track.studied, track.submitted),
            *(track.approved, track.undertaking, track.ordered, track.received, track.delivered),
        )
        in_order(custody.released, track.undertaking)


def in_order(*milestones: Moment | date | None) -> None:
    days = [day for each in milestones if (day := each if isinstance(each, date) else day_of(each))]
    assert all(day <= later for day, later in pairwise(days)), days
