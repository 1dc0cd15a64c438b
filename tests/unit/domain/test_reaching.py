"""Whether somebody who is accompanied is told of a review by a message, by a call, or not at all."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.beneficiary.state import BeneficiaryState
from domain.beneficiary.vocabulary import Language
from domain.case.consents.state import Answer
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.custody.state import NEVER_HELD
from domain.case.moment import Moment
from domain.case.schedule import Due, ReviewKind
from domain.case.state import CaseState
from domain.case.vocabulary import Outcome, Route
from domain.reaching.calls import announced_from, calls, is_announced, written_from
from domain.reaching.telling import Because, Means, Telling, how_to_tell
from domain.rules import NEWEST
from domain.rules.vocabulary import AnnouncedReview
from domain.values.calendar import local_instant

TODAY = date(2026, 3, 2)
DAY = timedelta(days=1)
SAID = Moment(TODAY - 90 * DAY, local_instant(TODAY - 90 * DAY))
CASE = CaseState(
    version=1,
    route=Route.AFTER_RELEASE,
    opened=SAID,
    custody=NEVER_HELD,
    rules_version="v1",
    consents={Purpose.MESSAGES: Answer(given=True, said=SAID, given_as=ConsentForm.SIGNED)},
)
PERSON = BeneficiaryState(
    version=1,
    phone="06 00 00 00 01",
    phones=frozenset({"06 00 00 00 01"}),
    language=Language.DARIJA,
    may_leave_message=True,
)
VISIT = Due(
    "visit/1", ReviewKind.VISIT, TODAY + 3 * DAY, TODAY - 12 * DAY, TODAY + 18 * DAY, SAID.known
)


def test_who_agreed_and_reads_gets_a_message_in_their_language_at_their_own_number() -> None:
    assert how_to_tell(CASE, PERSON, TODAY) == Telling(Means.MESSAGE, None, "+212600000001", "ar")
    french = replace(PERSON, language=Language.FRENCH)
    assert how_to_tell(CASE, french, TODAY).language == "fr"


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"outcome": Outcome.LEFT_COUNTRY}, Because.CASE_CLOSED),
        ({"route": Route.DETENTION}, Because.NOT_FREE),
        ({"consents": {}}, Because.NO_CONSENT),
        ({"consents": {Purpose.MESSAGES: Answer(given=False, said=SAID)}}, Because.NO_CONSENT),
        ({"died": SAID}, Because.NO_DATA),
    ],
)
def test_nothing_reaches_who_did_not_agree_or_is_not_there(
    changes: dict[str, object], because: Because
) -> None:
    case = replace(CASE, **changes)  # type: ignore[arg-type]  # of any field
    assert how_to_tell(case, PERSON, TODAY) == Telling(Means.NOTHING, because)


@pytest.mark.parametrize(
    "changes",
    [{"erased_on": TODAY}, {"restricted_on": TODAY}, {"merged_into": PERSON.open_case or ""}],
)
def test_nothing_reaches_who_was_erased_restricted_or_merged(changes: dict[str, object]) -> None:
    person = replace(PERSON, **changes)  # type: ignore[arg-type]  # of any field
    assert how_to_tell(CASE, person, TODAY).means is Means.NOTHING


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        ({"reads": False}, Because.DOES_NOT_READ),
        ({"may_leave_message": False}, Because.NO_MESSAGE_LEFT),
        ({"language": Language.TAMAZIGHT}, Because.OTHER_LANGUAGE),
        ({"language": None}, Because.OTHER_LANGUAGE),
        ({"phone": None}, Because.NUMBER_UNFIT),
        ({"phone": "123456"}, Because.NUMBER_UNFIT),
    ],
)
def test_who_cannot_be_written_to_is_called(changes: dict[str, object], because: Because) -> None:
    person = replace(PERSON, **changes)  # type: ignore[arg-type]  # of any field
    assert how_to_tell(CASE, person, TODAY) == Telling(Means.CALL, because)


def test_a_minor_is_called_by_their_guardian_s_number_until_the_birthday() -> None:
    child = replace(CASE, born=date(2008, 3, 10))
    assert how_to_tell(child, PERSON, TODAY).because is Because.MINOR
    assert how_to_tell(child, PERSON, date(2026, 3, 10)).means is Means.MESSAGE
    guarded = replace(PERSON, guardian_phone="06 00 00 00 02")
    assert [each.phone for each in calls(child, guarded, [VISIT])] == ["06 00 00 00 02"]


def test_a_birthday_before_the_review_ends_the_guardian_s_call_and_begins_the_person_s_message() -> (
    None
):
    birthday = TODAY + 2 * DAY
    child = replace(CASE, born=birthday.replace(year=birthday.year - 18))
    assert [each.ends for each in calls(child, PERSON, [VISIT])] == [TODAY + DAY]
    assert written_from(VISIT, child) == birthday
    assert written_from(VISIT, CASE) == announced_from(VISIT, CASE.rules)
    assert how_to_tell(child, PERSON, birthday).means is Means.MESSAGE


def test_who_agreed_by_a_thumbprint_is_called_unless_it_is_told_that_they_read() -> None:
    answer = Answer(given=True, said=SAID, given_as=ConsentForm.THUMBPRINT)
    case = replace(CASE, consents={Purpose.MESSAGES: answer})
    assert how_to_tell(case, PERSON, TODAY).because is Because.DOES_NOT_READ
    assert how_to_tell(case, replace(PERSON, reads=True), TODAY).means is Means.MESSAGE


def test_a_call_is_to_be_made_until_the_person_was_reached() -> None:
    person = replace(PERSON, reads=False)
    (call,) = calls(CASE, person, [VISIT])
    assert (call.begins, call.ends, call.tried) == (TODAY, VISIT.window_end, 0)
    tried = replace(CASE, attempts=(TODAY - DAY, TODAY, TODAY + DAY))
    assert [each.tried for each in calls(tried, person, [VISIT])] == [2]
    before = replace(CASE, last_contact=replace(SAID, on=TODAY - DAY))
    assert [*calls(before, person, [VISIT])]
    reached = replace(CASE, last_contact=replace(SAID, on=TODAY))
    assert not [*calls(reached, person, [VISIT])]
    assert not [*calls(CASE, PERSON, [VISIT])], "they are written to"


def test_nobody_is_called_about_two_things_on_one_day() -> None:
    person = replace(PERSON, reads=False)
    contact = replace(VISIT, key="contact/1", kind=ReviewKind.CONTACT, due_on=TODAY + 5 * DAY)
    later = replace(contact, window_end=VISIT.window_end + DAY)
    assert [each.about.key for each in calls(CASE, person, [contact, VISIT])] == ["visit/1"]
    spans = [(each.begins, each.ends) for each in calls(CASE, person, [later, VISIT])]
    assert spans == [(TODAY, VISIT.window_end), (later.window_end, later.window_end)]


def test_only_what_the_person_is_to_be_there_for_is_announced() -> None:
    assert {*AnnouncedReview} <= {*ReviewKind}
    told = {kind for kind in ReviewKind if is_announced(replace(VISIT, kind=kind), NEWEST)}
    assert ReviewKind.VISIT in told
    assert ReviewKind.PRE_RELEASE not in told
    late = replace(VISIT, rests_until=VISIT.due_on + DAY)
    assert announced_from(late, NEWEST) == VISIT.due_on + DAY
