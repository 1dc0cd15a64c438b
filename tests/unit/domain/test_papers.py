"""Papers by the rules: when one is attached, withdrawn, falls due, and what is missing."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.case import steps as s
from domain.case.consents.steps import GiveConsent
from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.reviews import dues
from domain.case.schedule import Due, ReviewKind
from domain.ceremony.steps import AttachCeremonyDocument
from domain.errors import Refused
from domain.example.person import PAPER
from domain.message import Command, StreamKind, stream_id
from domain.papers.decide import WAITS
from domain.papers.needed import missing_for, papers_missing, still_to_come
from domain.rules.v1 import V1
from domain.tracks.self_employment.steps import SubmitToSession
from domain.values.papers import PaperFacts, PaperKind
from tests.support.paper import DIVISION
from tests.unit.domain.conftest import House

DAY = timedelta(days=1)
LATER = UUID(int=77)


@pytest.fixture
def opened(house: House) -> House:
    house.walk(house.way.steps(), until=s.AssessNeeds)
    return house


def attach(house: House, paper: UUID = PAPER, **more: Any) -> None:
    told = {"occurred_on": house.way.day(20), "kind": PaperKind.LEASE, **more}
    house.take(s.AttachDocument(paper_id=paper, **told))


def due(house: House) -> list[Due]:
    found = dues(house.case, house.paper.calendar)
    return [each for each in found if each.kind is ReviewKind.PAPER]


def test_a_paper_that_expires_falls_due_a_month_before(opened: House) -> None:
    ends = date(2026, 6, 30)
    attach(opened, expires_on=ends)
    (one,) = due(opened)
    assert one.key == f"paper/{PAPER}"
    assert (one.due_on, one.window_end) == (date(2026, 5, 29), ends)
    assert ends - one.due_on >= V1.paper_days * DAY
    assert one.status(ends).value == "due"
    assert one.status(ends + DAY).value == "overdue"


def test_a_newer_one_of_its_kind_takes_its_place(opened: House) -> None:
    attach(opened, expires_on=date(2026, 6, 30))
    attach(opened, uuid4(), kind=PaperKind.INSURANCE)
    assert len(due(opened)) == 1
    attach(opened, LATER, occurred_on=opened.way.day(30), expires_on=date(2028, 1, 1))
    assert [each.key for each in due(opened)] == [f"paper/{LATER}"]
    withdraw = s.WithdrawDocument(
        occurred_on=opened.way.day(31), paper_id=LATER, explanation="Another's."
    )
    opened.take(withdraw)
    assert [each.key for each in due(opened)] == [f"paper/{PAPER}"]


def test_one_without_an_end_ends_the_need(opened: House) -> None:
    attach(opened, expires_on=date(2026, 6, 30))
    attach(opened, LATER, occurred_on=opened.way.day(30))
    assert due(opened) == []


def refused(house: House, code: str, **more: Any) -> None:
    before = house.case
    with pytest.raises(Refused, match=f"^{code}$"):
        attach(house, **more)
    assert house.case == before


def test_what_was_not_sent_or_too_long_ago_is_not_attached(
    opened: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened.paper.unsent.add(PAPER)
    refused(opened, "paper_not_found")
    opened.paper.unsent.clear()
    sent = type(opened.paper).sent

    def long_ago(paper: Any, place: Any) -> PaperFacts:
        facts = sent(paper, place)
        return facts.model_copy(update={"at": paper.now - WAITS - DAY})

    monkeypatch.setattr(type(opened.paper), "sent", long_ago)
    refused(opened, "paper_sent_too_long_ago")


def test_a_paper_is_attached_once_and_anew_after_it_was_withdrawn(opened: House) -> None:
    attach(opened)
    refused(opened, "paper_already_attached")
    day = opened.way.day(21)
    gone = s.WithdrawDocument(occurred_on=day, paper_id=PAPER, explanation="The wrong kind.")
    opened.take(gone)
    with pytest.raises(Refused, match=r"^paper_not_found$"):
        opened.take(gone)
    attach(opened, occurred_on=day, kind=PaperKind.PERMIT)
    assert opened.case.papers[PAPER].kind is PaperKind.PERMIT


def test_what_contradicts_itself_is_not_attached(opened: House) -> None:
    refused(opened, "paper_of_another_kind", kind=PaperKind.PHOTOGRAPH)
    refused(opened, "track_not_open", track_id=uuid4())
    day = opened.way.day(10)
    refused(opened, "date_before_earlier_step", issued_on=day, expires_on=day - DAY)
    refused(opened, "date_before_earlier_step", issued_on=opened.way.day(21))


def test_an_entry_that_attaches_is_mended_by_withdrawing(opened: House) -> None:
    attach(opened)
    retract = s.RetractEntry(
        occurred_on=opened.way.day(22), entry_number=opened.case.version, explanation="No."
    )
    with pytest.raises(Refused, match=r"^mended_otherwise$"):
        opened.take(retract)


def test_a_list_of_papers_is_a_help_and_no_wall(house: House) -> None:
    house.walk(house.way.steps(), until=SubmitToSession)
    name = "submit-to-session"
    assert missing_for(name, house.case) == V1.papers_needed[name]
    attach(house, kind=PaperKind.QUOTE, occurred_on=house.way.day(330))
    assert missing_for(name, house.case) == (PaperKind.IDENTITY_CARD, PaperKind.STUDY)
    left = dict(still_to_come("case", ["record-study", "record-study"], house.case))
    assert left == {PaperKind.STUDY: "record-study"}
    assert dict(still_to_come("session", ["record-study"], house.case)) == {}
    step = house.way.step(SubmitToSession)
    stream = stream_id(StreamKind.CASE, house.case_id)
    command: Command = house.paper.command(stream, step, house.by(step))
    from domain.commands import HANDLINGS  # noqa: PLC0415 - of this test alone

    world = HANDLINGS[SubmitToSession].world(command, house.paper.state, house.paper.past)
    (warned,) = papers_missing(world, command)
    assert warned.params["papers"] == "identity_card,study"
    house.take(step)


def test_nobody_is_on_a_photograph_who_did_not_consent(house: House) -> None:
    house.walk(house.way.steps())
    ceremony = stream_id(StreamKind.CEREMONY, house.way.ceremony_id or "")

    def photograph(*shows: UUID, kind: PaperKind = PaperKind.PHOTOGRAPH) -> AttachCeremonyDocument:
        day = house.way.delivered_on
        return AttachCeremonyDocument(occurred_on=day, paper_id=PAPER, kind=kind, shows=shows)

    for step, code in (
        (photograph(house.case_id), "photograph_without_consent"),
        (photograph(uuid4()), "not_on_ceremony"),
        (photograph(house.case_id, kind=PaperKind.LIST), "photograph_shows_only"),
    ):
        with pytest.raises(Refused, match=f"^{code}$"):
            house.paper.take(ceremony, step, DIVISION)
    day, photographs = house.way.delivered_on, (Purpose.CEREMONY_PHOTOGRAPHS,)
    house.take(GiveConsent(occurred_on=day, purposes=photographs, given_as=ConsentForm.SIGNED))
    house.paper.take(ceremony, photograph(house.case_id), DIVISION)
