"""A step of a case is a link into its form, told once; what is late carries the step that sees to it."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from domain.case.schedule import ReviewKind, ReviewStatus
from domain.message import OriginKind, Role
from projections.views.timeline import Mended, TimelineEntry
from service.console.showing.attention import attention
from service.console.showing.links import CaseLinks, form_at, links_on
from service.console.showing.offers import offers
from service.console.showing.story import told
from service.queries.case_steps import ClosedStep, OpenStep
from service.queries.cases import CaseAnswer, Review
from service.queries.services import AwaitedAnswer
from service.words.language import Language
from service.words.store import words
from tests.unit.service.console.test_story import NOBODY

CLOSED = (
    ClosedStep(
        step="agree-plan",
        part="needs_and_plan",
        code="needs_not_assessed",
        reason="",
        track_id=None,
    ),
)
CASE, TRACK = UUID(int=1), UUID(int=2)
TODAY = date(2026, 3, 1)


def open_step(step: str, part: str = "anywhere", track: UUID | None = None) -> OpenStep:
    return OpenStep(step=step, part=part, href="", yours=True, track_id=track, papers_missing=())


def links(*steps: OpenStep) -> CaseLinks:
    return CaseLinks(CASE, steps, Language.FRENCH)


def test_a_link_answers_beforehand_what_its_step_asks_and_nothing_else() -> None:
    assert form_at("record-visit", "cases", CASE, review="visit/3", text="x") == (
        f"/cases/{CASE}/steps/record-visit?review=visit%2F3"
    )
    assert form_at("open-case") == "/steps/open-case"
    found = links(open_step("record-visit", "follow_up", TRACK)).find("record-visit")
    assert found is not None
    assert found.href == f"/cases/{CASE}/steps/record-visit?track_id={TRACK}"
    assert found.text == words(Language.FRENCH).step["record-visit"]


def test_what_a_card_has_handed_out_is_not_told_again_below_it() -> None:
    it = links(open_step("agree-plan", "needs_and_plan"), open_step("add-note"))
    assert [each.step for each in it.take(("agree-plan",))] == ["agree-plan"]
    ((part, left),) = it.others()
    assert part == words(Language.FRENCH).code["Part"]["anywhere"]
    assert [each.step for each in left] == ["add-note"]
    assert "agree-plan" in it


def test_a_step_of_another_role_is_no_link() -> None:
    theirs = open_step("add-note").model_copy(update={"yours": False})
    assert "add-note" not in links(theirs)
    assert links_on(("add-note",), (), "cases", CASE, Language.FRENCH) == ()


def due(key: str, status: ReviewStatus, ends: date) -> Review:
    return Review(
        key=key,
        kind=ReviewKind.VISIT,
        due_on=ends,
        window_start=ends,
        window_end=ends,
        status=status,
        days_late=None,
        held_on=None,
    )


def case(*reviews: Review, awaited: tuple[AwaitedAnswer, ...] = ()) -> CaseAnswer:
    found = SimpleNamespace(
        reviews=reviews,
        is_open=True,
        planned_on=None,
        with_projects=(),
        closed_steps=CLOSED,
        awaited=awaited,
    )
    return cast("CaseAnswer", found)


def test_what_is_late_and_closed_leads_to_what_opens_it() -> None:
    plan = due("plan", ReviewStatus.OVERDUE, date(2026, 1, 1))
    plan = plan.model_copy(update={"kind": ReviewKind.PLAN})
    (it,) = attention(case(plan), (), links(open_step("assess-needs")), TODAY, Language.FRENCH)
    assert it.step is not None
    assert it.step.step == "assess-needs"
    (none,) = attention(case(plan), (), links(), TODAY, Language.FRENCH)
    assert none.step is None


def test_the_latest_comes_first_with_its_step_and_what_can_be_done_instead() -> None:
    late = due("visit/3", ReviewStatus.OVERDUE, date(2026, 1, 1))
    soon = due("visit/6", ReviewStatus.DUE, date(2026, 3, 9))
    it = links(*map(open_step, ("record-visit", "reschedule-visit", "exempt-review")))
    first, second = attention(case(soon, late), (), it, TODAY, Language.FRENCH)
    assert (first.kind, second.kind) == ("late", "due")
    assert first.step is not None
    assert first.step.href.endswith("record-visit?review=visit%2F3")
    assert [each.step for each in first.beside] == ["reschedule-visit", "exempt-review"]


def test_what_is_awaited_from_outside_says_on_whom_and_for_how_long_once() -> None:
    it = links(*map(open_step, ("record-third-party-answer", "ask-third-party-again")))
    extract, court = (
        AwaitedAnswer(
            awaited_id=UUID(int=number),
            party=None,
            party_name=who,
            awaiting="A copy",
            support_id=None,
            paper=None,
            since=date(2026, 2, 1),
            asked_on=date(2026, 2, 1),
            answer_by=None,
            answered_on=None,
            stopped_on=None,
        )
        for number, who in ((7, "The clerk"), (8, None))
    )
    late = due(f"awaited/{extract.awaited_id}", ReviewStatus.OVERDUE, date(2026, 2, 20))
    late = late.model_copy(update={"kind": ReviewKind.AWAITED})
    overdue, waits = attention(case(late, awaited=(extract, court)), (), it, TODAY, Language.FRENCH)
    assert (overdue.kind, waits.kind) == ("late", "wait")
    assert overdue.waits is not None
    assert (overdue.waits.who, overdue.waits.days) == ("The clerk", "28 jours")
    assert overdue.step is not None
    assert overdue.step.href.endswith(f"answer?awaited_id={extract.awaited_id}")
    assert [each.step for each in overdue.beside] == ["ask-third-party-again"]
    assert waits.waits is not None
    assert waits.waits.who == ""


def test_a_new_case_says_what_comes_first() -> None:
    it = links(open_step("assess-needs"), open_step("record-social-enquiry"), open_step("add-note"))
    found = attention(case(), (), it, TODAY, Language.FRENCH)
    assert [each.step.step for each in found if each.step] == [
        "record-social-enquiry",
        "assess-needs",
    ]


def entry(kind: str, version: int = 7, **other: Any) -> TimelineEntry:
    said: dict[str, Any] = {
        "position": 40 + version,
        "stream": f"case/{CASE}",
        "version": version,
        "type": kind,
        "occurred_on": TODAY,
        "recorded_at": datetime(2026, 3, 1, tzinfo=UTC),
        "actor_id": uuid4(),
        "actor_role": Role.CASEWORKER,
        "actor_centre": "taza",
        "origin": OriginKind.API,
        "command_id": uuid4(),
        "has_reason": False,
        "details": {},
    }
    return TimelineEntry(**said | other)


MENDING = ("correct-entries", "retract-entry", "correct-decision")


@pytest.mark.parametrize(
    ("kind", "steps"),
    [
        ("NoteAdded", ["correct-entries", "retract-entry"]),
        ("DecisionRecorded", ["correct-decision"]),
        ("ReminderRecorded", []),
    ],
)
def test_an_entry_offers_what_mends_its_kind(kind: str, steps: list[str]) -> None:
    it = links(*map(open_step, MENDING))
    found = offers(entry(kind), it, Language.FRENCH)
    assert [each.step for each in found] == steps
    if "correct-entries" in steps:
        assert found[0].href.endswith("?entries.0.entry_number=7")
        assert found[1].href.endswith("?entry_number=7")


def test_what_is_mended_or_not_the_askers_to_mend_offers_nothing() -> None:
    gone = Mended(by=9, at=datetime(2026, 3, 2, tzinfo=UTC), corrected=False, wrong_person=False)
    it = links(*map(open_step, MENDING))
    assert offers(entry("NoteAdded", mended=gone), it, Language.FRENCH) == []
    assert offers(entry("NoteAdded"), links(), Language.FRENCH) == []


def test_a_mended_line_leads_to_the_entry_that_says_so() -> None:
    gone = Mended(by=9, at=datetime(2026, 3, 2, tzinfo=UTC), corrected=True, wrong_person=False)
    (line,) = told([entry("NoteAdded", mended=gone)], NOBODY, Language.FRENCH)
    assert (line.number, line.mended_by) == (7, 9)
    (anew,) = told([entry("NoteAdded", 10, mends=7)], NOBODY, Language.FRENCH)
    assert anew.instead_of == 7
