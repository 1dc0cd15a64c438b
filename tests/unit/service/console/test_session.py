"""A session's list says of each file what speaks against it, what came of it, and what is left."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

from domain.case.schedule import ReviewKind, ReviewStatus
from domain.message import Role
from domain.project.vocabulary import DecisionKind
from domain.rules import DecidingBody
from domain.tracks.self_employment.vocabulary import OpinionKind
from domain.values.papers import PaperKind
from domain.values.trades import Trade
from service.console.hand_made.minutes import with_line
from service.console.hand_made.session_lines import Minutes
from service.console.showing.gaps import Gap, Missing
from service.console.showing.session import FileLine, Onlooker, file_lines
from service.console.showing.session_sums import Left, Sums, sums_of
from service.queries.agreements import Agreement
from service.queries.cases import Review
from service.queries.sessions import PutLine, Session
from service.words.language import Language
from service.words.store import words

PAGE = words(Language.ENGLISH).page
AGREEMENT = UUID(int=4)
MET = date(2024, 3, 20)
RECORDER = Onlooker(
    Role.COORDINATOR,
    {"record-decision", "sign-undertaking", "place-order"},
    date(2024, 3, 25),
    Language.ENGLISH,
)


def put(**changes: Any) -> PutLine:
    known: dict[str, Any] = {
        "session_id": UUID(int=1),
        "case_id": UUID(int=2),
        "project_id": UUID(int=3),
        "agreement_id": AGREEMENT,
        "appeal": False,
        "decision": None,
        "decided_on": None,
        "centre": "taza",
        "reference": "TAZ-24-0001",
        "name_ar": None,
        "name_latin": "Salma",
        "restricted_until": None,
        "ordered": False,
        "trade": next(iter(Trade)),
        "province": "taza",
        "asked": Decimal(30_000),
        "recommended": Decimal(30_000),
        "opinion": OpinionKind.FAVOURABLE,
        "changed_since_study": False,
        "track_id": UUID(int=5),
        "papers_missing": (),
        "put_by_you": False,
        "equipment_amount": None,
        "cash_grant": None,
        "next_session_on": None,
        "next_review": None,
    }
    return PutLine(**known | changes)


APPROVED = {
    "decision": DecisionKind.APPROVE,
    "decided_on": MET,
    "equipment_amount": Decimal(25_000),
    "cash_grant": Decimal(2_000),
}


def held(*lines: PutLine, status: str = "held") -> Session:
    return Session(
        session_id=UUID(int=1),
        centre="taza",
        body=DecidingBody.COMMISSION,
        committee=None,
        region=None,
        meets_on=MET,
        minutes="2024/17" if status == "held" else None,
        status=cast("Any", status),
        listed=len(lines),
        decided=0,
        version=1,
        committee_name=None,
        region_name=None,
        lines=lines,
    )


def shown(*lines: PutLine, by: Onlooker = RECORDER, status: str = "held") -> list[FileLine]:
    return file_lines(held(*lines, status=status), by)


def agreement(room: int, places: int = 2, taken: int = 1) -> Agreement:
    row = {"agreement_id": AGREEMENT, "season": "2024", "room": Decimal(room)}
    return cast("Agreement", SimpleNamespace(**row, places=places, places_taken=taken))


def test_what_speaks_against_a_file_is_said_until_it_is_decided() -> None:
    against = {"recommended": Decimal(20_000), "changed_since_study": True, "opinion": None}
    lines = shown(put(**against), put(), put(**against | APPROVED))
    assert [each.warnings for each in lines] == [
        (PAGE["file_asks_more"], PAGE["file_changed"], PAGE["file_without_opinion"]),
        (),
        (),
    ]
    assert [each.step is not None for each in lines] == [True, True, False]


def test_a_file_says_which_papers_it_lacks() -> None:
    (line,) = shown(put(papers_missing=(PaperKind.QUOTE,)))
    assert line.papers == (words(Language.ENGLISH).of(PaperKind.QUOTE),)


def test_the_form_of_a_decision_knows_the_agreement_and_the_day_of_the_session() -> None:
    (line,) = shown(put())
    assert line.step is not None
    for known in (f"agreement_id={AGREEMENT}", "occurred_on=other", "occurred_on.day=20"):
        assert known in line.step.href


def test_nobody_decides_what_they_put_themselves_nor_before_there_are_minutes() -> None:
    (line,) = shown(put(put_by_you=True))
    assert (line.not_yours, line.step) == (True, None)
    assert shown(put(), status="scheduled")[0].step is None
    assert shown(put(), by=replace(RECORDER, may=()))[0].step is None


def test_of_whom_the_reader_may_not_know_there_is_no_link_and_no_step() -> None:
    (told,) = shown(put(reference=None, name_latin=None))
    assert (told.case_id, told.step, told.reference) == (None, None, Missing(Gap.NOT_SHOWN))


def test_a_decided_line_says_what_it_came_to_and_what_it_opened() -> None:
    due = Review(
        key="undertaking/1",
        kind=ReviewKind.UNDERTAKING,
        due_on=date(2024, 4, 4),
        window_start=MET,
        window_end=date(2024, 4, 4),
        status=ReviewStatus.SCHEDULED,
        days_late=None,
        held_on=None,
    )
    ordering = due.model_copy(update={"kind": ReviewKind.ORDER})
    signing, order = shown(put(**APPROVED, next_review=due), put(**APPROVED, next_review=ordering))
    assert (signing.granted, signing.cash) == (Decimal(27_000), Decimal(2_000))
    assert signing.opened is not None
    assert signing.opened.due_on == date(2024, 4, 4)
    assert signing.opened_step is not None
    assert signing.opened_step.href == f"/cases/{UUID(int=2)}/steps/sign-undertaking"
    assert order.opened_step is not None
    assert order.opened_step.href == "/steps/place-order", "which is on no case"


def test_the_next_line_is_the_next_that_waits_for_the_reader() -> None:
    lines = shown(
        *(put(reference="A-1"), put(reference="A-2", put_by_you=True), put(reference="A-3")),
        put(reference="A-4", **APPROVED),
    )
    minutes = Minutes(held(), lines, ())
    first, theirs, third, decided = lines
    assert minutes.next == first
    assert minutes.after(first) == third
    assert minutes.after(third) == first, "from the first on again"
    assert minutes.after(theirs) == third
    assert minutes.after(decided) == first
    assert (minutes.decided, minutes.waiting) == (1, 3)
    assert Minutes(held(), [theirs, decided], ()).next is None


def test_what_is_left_if_all_pass_counts_files_that_wait_alone() -> None:
    lines = (put(), put(recommended=None, asked=Decimal(40_000)), put(**APPROVED))
    (sums,) = sums_of(lines, [agreement(50_000)])
    assert (sums.approved, sums.granted, sums.waiting) == (1, Decimal(27_000), 2)
    assert sums.left == Left(Decimal(50_000), 1)
    assert sums.if_all_pass == Left(Decimal(-20_000), -1)
    assert not sums.if_all_pass.is_enough


def running(decision: str, **typed: str) -> tuple[Sums, Any]:
    lines = (put(), put(recommended=Decimal(10_000)))
    (sums,) = sums_of(lines, [agreement(45_000, places=3)])
    (line, _) = shown(*lines)
    return sums, with_line(sums, line, {"decision": decision, **typed})


def test_what_is_typed_for_a_line_is_taken_off_before_it_is_sent() -> None:
    _, it = running("approve", equipment_amount="20 000,50", cash_grant="1 000")
    assert it.left == Left(Decimal("23999.50"), 1)
    assert it.others_pass == Left(Decimal("13999.50"), 0), "the other one as it is recommended"
    assert it.too_much == 0


def test_more_than_what_is_left_says_by_how_much() -> None:
    _, it = running("approve", equipment_amount="49200")
    assert (it.too_much, it.left.is_enough) == (Decimal(4_200), False)


def test_what_is_typed_of_a_line_that_is_not_approved_takes_nothing() -> None:
    sums, it = running("reject", equipment_amount="49200")
    assert (it.amount, it.left) == (0, sums.left)
