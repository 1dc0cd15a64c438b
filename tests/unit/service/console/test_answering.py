"""What can be said to a reminder, by how its review stands; and what is told of it to whom."""

from datetime import date, timedelta

import pytest

from domain.case.schedule import ReviewKind, ReviewStatus
from domain.message import FieldClass
from service.console.showing.answering import ANSWERS, answers_to, put_off_until
from service.console.showing.attention import attention
from service.console.showing.reviews import review_line
from service.queries.cases import Review
from service.words.language import Language
from tests.unit.service.console.test_links import TODAY, case, due, links, open_step

DAY = timedelta(days=1)
DUE = due("visit/3", ReviewStatus.DUE, TODAY).model_copy(update={"snoozes_left": 2})


def with_said(**said: object) -> Review:
    return DUE.model_copy(update=said)


@pytest.mark.parametrize(
    ("review", "can_be"),
    [
        (DUE, ANSWERS),
        (with_said(acknowledged_on=TODAY), ("snooze-reminder",)),
        (with_said(snoozes_left=0), ("acknowledge-reminder",)),
        (with_said(due_on=TODAY + DAY), ()),
        (with_said(key=None), ()),
    ],
)
def test_what_fell_due_can_be_answered(review: Review, can_be: tuple[str, ...]) -> None:
    assert tuple(answers_to(review, TODAY)) == can_be
    (it,) = attention(case(review), (), links(*map(open_step, ANSWERS)), TODAY, Language.ARABIC)
    assert tuple(each.step for each in it.beside) == can_be


@pytest.mark.parametrize(
    ("until", "ahead"), [(None, None), (TODAY, None), (TODAY + DAY, TODAY + DAY)]
)
def test_a_day_that_has_come_is_told_no_more(until: date | None, ahead: date | None) -> None:
    review = with_said(snoozed_until=until)
    assert put_off_until(review, TODAY) == ahead
    line = review_line(review, ReviewStatus.DUE, TODAY, Language.FRENCH)
    assert line.put_off_until == ahead


def test_who_may_not_know_of_custody_is_not_told_when_it_was_answered() -> None:
    said = {"acknowledged_on": TODAY, "snoozed_until": TODAY + DAY}
    for kind in (ReviewKind.PRE_RELEASE, ReviewKind.VISIT):
        review = with_said(kind=kind, **said)
        assert review.seen_with({FieldClass.JUDICIAL}) is review
        told = review.seen_with({FieldClass.PERSONAL})
        hidden = kind is ReviewKind.PRE_RELEASE
        assert (told.acknowledged_on is None) is (told.snoozed_until is None) is hidden
