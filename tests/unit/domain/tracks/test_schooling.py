"""Schooling: it opens below 18 and goes on after, year by year; what falls due; who signs for a kit."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast
from uuid import uuid5

import pytest

from domain.beneficiary.steps import ChangeDetails
from domain.case import steps as s
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.case.vocabulary import (
    Channel,
    ContactOutcome,
    Outcome,
    Route,
    Stage,
    TrackEnd,
    TrackKind,
)
from domain.errors import Refused
from domain.example.beside import register_beneficiary
from domain.example.registered import register_entries
from domain.message import Step, StreamKind, stream_id
from domain.registry.steps import MergeEntries, UndoEntryMerge
from domain.rules import ExemptionReason
from domain.rules.v1 import V1
from domain.tracks.schooling import steps as t
from domain.tracks.schooling.state import Schooling
from domain.tracks.schooling.vocabulary import (
    Diploma,
    KitItem,
    LeavingReason,
    SchoolLevel,
    SignedBy,
    YearResult,
)
from domain.values.codes import EntryKind
from tests.support.paper import ADMINISTRATOR, REGISTRY, ROOT
from tests.unit.domain.children import as_a_child
from tests.unit.domain.conftest import House

DAY = timedelta(days=1)
YEAR, NEXT = "2023/2024", "2024/2025"
OPENED, BEGUN = date(2023, 9, 4), date(2023, 9, 11)
LAST_LESSON = date(2024, 6, 30)


@pytest.fixture
def child(house: House) -> House:
    """Of sixteen, who comes without detention; eighteen in March 2025."""
    person = stream_id(StreamKind.BENEFICIARY, house.way.beneficiary_id)
    for step in as_a_child(house.way.day(-1), date(2007, 3, 5)):
        house.paper.take(person, step, house.caseworker)
    opening = house.way.step(s.OpenCase)
    house.take(opening.model_copy(update={"occurred_on": OPENED, "route": Route.WITHOUT_DETENTION}))
    house.take(s.OpenTrack(occurred_on=OPENED, track=TrackKind.SCHOOLING))
    return house


def enrolled(on: date = BEGUN, year: str = YEAR, **told: Any) -> t.EnrolAtSchool:
    told = {"school": "school-taza", "level": SchoolLevel.UPPER_SECONDARY, **told}
    return t.EnrolAtSchool(occurred_on=on, school_year=year, **told)


def result(on: date, year: str = YEAR, how: YearResult = YearResult.PASSED) -> Step:
    return t.RecordSchoolResult(occurred_on=on, school_year=year, result=how)


def left(on: date, year: str = YEAR) -> Step:
    return t.LeaveSchool(occurred_on=on, school_year=year, because=LeavingReason.WORK)


def changed(on: date) -> t.ChangeSchool:
    return t.ChangeSchool(occurred_on=on, school_year=YEAR, school="child-protection-taza")


def kit(on: date, by: SignedBy) -> Step:
    return t.GiveLearningKit(occurred_on=on, kit=KitItem.TABLET, signed_by=by)


def closed(on: date) -> Step:
    return s.CloseCase(occurred_on=on, outcome=Outcome.IN_SCHOOL)


def refused(house: House, code: str, step: Step) -> None:
    recorded = len(house.paper.events)
    with pytest.raises(Refused) as refusal:
        house.take(step)
    assert refusal.value.code == code
    assert len(house.paper.events) == recorded


def track(house: House) -> Schooling:
    return cast("Schooling", next(iter(house.case.tracks.values())))


def school_dues(house: House) -> dict[str, date]:
    kinds = {ReviewKind.SCHOOL_RESULT, ReviewKind.SCHOOL_ENROLMENT}
    return {
        due.key: due.due_on for due in dues(house.case, house.paper.calendar) if due.kind in kinds
    }


def after(day: date, days: int, house: House) -> date:
    return house.paper.calendar.on_or_after(day + timedelta(days=days))


def test_it_opens_below_eighteen_without_a_ruling_and_not_after(house: House, child: House) -> None:
    assert track(child).kind is TrackKind.SCHOOLING
    child.take(s.EndTrack(occurred_on=OPENED, ended_as=TrackEnd.GIVEN_UP, explanation="e"))
    birthday = date(2025, 3, 5)
    opening = s.OpenTrack(occurred_on=birthday, track=TrackKind.SCHOOLING)
    refused(house, "schooling_opens_below_age", opening)
    house.take(opening.model_copy(update={"occurred_on": birthday - DAY}))


def test_it_asks_for_a_year_of_birth_where_none_is_known(house: House) -> None:
    person = uuid5(ROOT, "whose birth nobody knows")
    registered = register_beneficiary(card=str(person)).model_copy(update={"birth_date": None})
    house.paper.take(stream_id(StreamKind.BENEFICIARY, person), registered, house.caseworker)
    way = replace(house.way, beneficiary_id=person)
    theirs = replace(house, way=way, case_id=uuid5(ROOT, "their case"))
    theirs.take(way.step(s.OpenCase))
    opening = s.OpenTrack(occurred_on=way.begins, track=TrackKind.SCHOOLING)
    refused(theirs, "birth_not_known", opening)


def test_it_goes_on_after_the_birthday(child: House) -> None:
    for step in (enrolled(), result(LAST_LESSON), enrolled(date(2024, 9, 9), NEXT)):
        child.take(step)
    child.take(result(date(2025, 7, 1), NEXT))
    child.take(enrolled(date(2025, 9, 8), "2025/2026"))
    assert list(track(child).running) == ["2025/2026"]
    assert child.case.stage is Stage.TRAINING


def test_a_minor_is_enrolled_with_a_guardian_alone(child: House) -> None:
    person = stream_id(StreamKind.BENEFICIARY, child.way.beneficiary_id)
    nobody = ChangeDetails(occurred_on=OPENED, guardian=None)
    child.paper.take(person, nobody, child.caseworker)
    refused(child, "guardian_missing", enrolled())


def test_the_stage_is_at_school_then_a_year_passed(child: House) -> None:
    came_to = [child.case.stage]
    for step in (
        enrolled(),
        result(LAST_LESSON),
        enrolled(date(2024, 9, 9), NEXT),
        left(date(2024, 10, 1), NEXT),
        s.EndTrack(occurred_on=date(2024, 10, 2), ended_as=TrackEnd.COMPLETED, explanation="e"),
    ):
        child.take(step)
        came_to.append(child.case.stage)
    at_school, after_it = Stage.TRAINING, Stage.FOLLOW_UP
    assert came_to == [at_school, at_school, after_it, at_school, at_school, after_it]


def test_nothing_passed_is_not_completed(child: House) -> None:
    child.take(enrolled())
    child.take(result(LAST_LESSON, how=YearResult.REPEATS))
    end = s.EndTrack(occurred_on=date(2024, 7, 2), ended_as=TrackEnd.COMPLETED, explanation="e")
    refused(child, "track_not_completed", end)
    child.take(end.model_copy(update={"ended_as": TrackEnd.GIVEN_UP}))


def test_one_is_enrolled_in_the_time_of_the_year_and_once(child: House) -> None:
    first = date(2023, 9, 1) - timedelta(days=V1.school_opens_days)
    refused(child, "school_year_not_open", enrolled(LAST_LESSON + DAY))
    refused(child, "school_year_not_open", enrolled(BEGUN, "2024/2025"))
    assert first < OPENED
    child.take(enrolled())
    refused(child, "already_at_school", enrolled(BEGUN + DAY))
    child.take(left(date(2023, 11, 2)))
    child.take(enrolled(date(2024, 1, 8)))
    assert [year for year, _ in track(child).enrolments] == [YEAR, YEAR]
    child.take(enrolled(date(2024, 6, 3), NEXT))
    assert list(track(child).running) == [YEAR, NEXT]


def test_what_is_told_of_a_year_needs_it_to_run(child: House) -> None:
    for step in (changed(BEGUN), result(BEGUN), left(BEGUN)):
        refused(child, "not_at_school", step)
    child.take(enrolled())
    refused(child, "not_enrolled_that_year", result(LAST_LESSON, NEXT))
    refused(child, "same_school", changed(BEGUN).model_copy(update={"school": "school-taza"}))
    child.take(changed(date(2023, 12, 1)))
    assert track(child).years[YEAR].school == "child-protection-taza"
    child.take(result(LAST_LESSON))
    refused(child, "not_at_school", left(LAST_LESSON + DAY))


def test_two_schools_that_are_one_are_the_same_while_they_are(child: House) -> None:
    school = next(each for each in register_entries() if each.kind is EntryKind.SCHOOL)
    again, day = school.model_copy(update={"entry": "school-taza-2"}), school.occurred_on
    says: dict[str, Any] = {"occurred_on": day, "entry": "school-taza-2", "explanation": "One."}
    child.paper.take(REGISTRY, again, ADMINISTRATOR)
    child.take(enrolled(school="school-taza-2"))
    change = changed(BEGUN).model_copy(update={"school": "school-taza"})
    child.paper.take(REGISTRY, MergeEntries(goes_by="school-taza", **says), ADMINISTRATOR)
    refused(child, "same_school", change)
    child.paper.take(REGISTRY, UndoEntryMerge(**says), ADMINISTRATOR)
    child.take(change)


def test_a_result_is_of_a_year_that_began_and_a_diploma_of_who_passed(child: House) -> None:
    child.take(enrolled(OPENED, YEAR))
    child.take(enrolled(date(2024, 6, 3), NEXT))
    refused(child, "date_before_earlier_step", result(date(2024, 8, 31), NEXT))
    failed = t.RecordSchoolResult(
        occurred_on=LAST_LESSON,
        school_year=YEAR,
        result=YearResult.REPEATS,
        diploma=Diploma.BACCALAUREATE,
    )
    refused(child, "diploma_without_passing", failed)
    child.take(failed.model_copy(update={"result": YearResult.PASSED}))
    assert track(child).years[YEAR].diploma is Diploma.BACCALAUREATE


def test_the_guardian_signs_for_a_minor_and_nobody_else_after(child: House) -> None:
    birthday = date(2025, 3, 5)
    refused(child, "guardian_signs", kit(birthday - DAY, SignedBy.PERSON))
    refused(child, "of_age_signs", kit(birthday, SignedBy.GUARDIAN))
    met = child.case.meetings
    child.take(kit(birthday - DAY, SignedBy.GUARDIAN))
    assert child.case.meetings == met, "the guardian came, the child may not have"
    child.take(kit(birthday, SignedBy.PERSON))
    assert child.case.meetings == met + 1
    assert [each.signed_by for each in track(child).kits] == list(SignedBy)[::-1]
    assert not child.case.tracks[next(iter(child.case.tracks))].money_spent


def test_an_enrolment_then_a_result_then_the_next_enrolment_fall_due(child: House) -> None:
    opened = after(OPENED, V1.school_enrolment_days, child)
    assert school_dues(child) == {"school_enrolment/2023": opened}
    child.take(enrolled())
    due = after(LAST_LESSON, V1.school_result_days, child)
    assert school_dues(child) == {"school_result/2023": due}
    child.take(result(date(2024, 7, 3)))
    due = after(date(2024, 9, 1), V1.school_enrolment_days, child)
    assert school_dues(child) == {"school_enrolment/2024": due}
    child.take(enrolled(date(2024, 9, 9), NEXT))
    child.take(left(date(2024, 11, 4), NEXT))
    due = after(date(2024, 11, 4), V1.school_enrolment_days, child)
    assert school_dues(child) == {"school_enrolment/2024": due}
    child.take(
        s.EndTrack(occurred_on=date(2024, 11, 5), ended_as=TrackEnd.GIVEN_UP, explanation="e")
    )
    assert school_dues(child) == {}


def test_closing_as_in_school_needs_an_enrolment_that_was_not_left(child: House) -> None:
    refused(child, "not_at_school", closed(BEGUN))
    child.take(enrolled())
    child.take(result(LAST_LESSON))
    refused(child, "not_at_school", closed(date(2024, 9, 1)))
    child.take(closed(date(2024, 8, 31)))
    assert child.case.outcome is Outcome.IN_SCHOOL


def test_who_left_is_not_closed_as_in_school(child: House) -> None:
    child.take(enrolled())
    child.take(left(date(2023, 12, 1)))
    refused(child, "not_at_school", closed(date(2023, 12, 1)))


def test_the_closing_rests_on_the_enrolment(child: House) -> None:
    """What was entered late may not take it away."""
    child.take(enrolled())
    child.take(closed(date(2024, 2, 1)))
    child.take(s.ReopenCase(occurred_on=date(2024, 2, 2), explanation="r"))
    refused(child, "rests_on_it", left(date(2024, 1, 15)))


def test_a_result_rests_on_its_own_years_enrolment(child: House) -> None:
    child.take(enrolled())
    child.take(enrolled(date(2024, 6, 3), NEXT))
    child.take(result(LAST_LESSON))
    refused(child, "rests_on_it", left(date(2024, 6, 10)))
    child.take(left(date(2024, 6, 10), NEXT))


def test_a_year_whose_result_was_told_is_not_gone_through_again(child: House) -> None:
    child.take(enrolled())
    child.take(result(date(2024, 6, 20)))
    refused(child, "school_year_done", enrolled(date(2024, 6, 25)))
    told = track(child).years[YEAR]
    assert told.result is YearResult.PASSED, "and it stays"


def test_each_time_in_one_year_keeps_its_own_end(child: House) -> None:
    """Left and begun again; or passed at one level, and gone on at the next."""
    taught = enrolled(level=SchoolLevel.NON_FORMAL)
    child.take(taught)
    child.take(result(date(2024, 1, 20)))
    child.take(enrolled(date(2024, 1, 22)))
    child.take(left(date(2024, 3, 4)))
    child.take(enrolled(date(2024, 4, 1)))
    child.take(result(LAST_LESSON, how=YearResult.REPEATS))
    found = [(each.level, each.result, each.left) for _, each in track(child).enrolments]
    assert found == [
        (SchoolLevel.NON_FORMAL, YearResult.PASSED, False),
        (SchoolLevel.UPPER_SECONDARY, None, True),
        (SchoolLevel.UPPER_SECONDARY, YearResult.REPEATS, False),
    ]
    assert track(child).achieved


def test_no_enrolment_is_told_late_of_a_day_before_another_of_its_year(child: House) -> None:
    child.take(enrolled())
    refused(child, "rests_on_it", enrolled(OPENED))
    child.take(left(date(2023, 11, 2)))
    refused(child, "rests_on_it", enrolled(OPENED))
    assert len(track(child).enrolments) == 1


def test_years_told_in_another_order_are_the_same_years(child: House) -> None:
    child.take(enrolled(date(2024, 9, 9), NEXT))
    key = f"school_result/{NEXT[:4]}"
    child.take(
        s.ExemptReview(occurred_on=date(2024, 9, 10), review=key, because=ExemptionReason.HEALTH)
    )
    child.take(enrolled())
    child.take(result(LAST_LESSON))
    assert list(track(child).years) == [YEAR, NEXT]
    assert list(child.case.exemptions) == [key]
    assert school_dues(child) == {}


def test_a_contact_falls_due_as_before(child: House) -> None:
    child.take(enrolled())
    reached = s.RecordContact(
        occurred_on=BEGUN, channel=Channel.PHONE, outcome=ContactOutcome.REACHED
    )
    child.take(reached)
    found = {due.kind for due in dues(child.case, child.paper.calendar)}
    assert {ReviewKind.CONTACT, ReviewKind.SILENCE, ReviewKind.COMING_OF_AGE} <= found
