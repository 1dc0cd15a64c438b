"""The command's yearly list, by the ledger alone: people, and complaints that ended."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from domain.case.steps import CloseCase
from domain.case.vocabulary import Outcome
from domain.complaint.steps import FileComplaint, WithdrawComplaint
from domain.complaint.vocabulary import Complainant, ComplaintChannel
from domain.message import StreamKind, kind_of, stream_id
from domain.rules.vocabulary import Kept
from service.running.retention import to_erase
from tests.unit.domain.conftest import House, furnished

DAY = date(2026, 3, 2)
COMPLAINT = stream_id(StreamKind.COMPLAINT, UUID(int=5))


def ledger(house: House) -> Any:
    named = {each.envelope.stream for each in house.paper.events}

    def streams(kind: StreamKind) -> Iterator[tuple[str, int]]:
        return ((each, 1) for each in sorted(named) if kind_of(each) is kind)

    def states(wanted: list[str]) -> dict[str, Any]:
        return {each: house.paper.state(each) for each in wanted}

    return SimpleNamespace(state=house.paper.state, streams=streams, states=states)


def test_it_lists_people_and_complaints_by_their_own_rules() -> None:
    house = furnished()
    house.walk(house.way.to_release())
    filed = FileComplaint(
        occurred_on=DAY,
        centre=house.caseworker.centre or "",
        complainant=Complainant.ANONYMOUS,
        channel=ComplaintChannel.LETTER,
        words="Nobody called back.",
    )
    house.paper.take(COMPLAINT, filed, house.coordinator)
    assert to_erase(ledger(house), 2099) == [], "neither is over"
    ended = WithdrawComplaint(occurred_on=DAY, explanation="Called back since.")
    house.paper.take(COMPLAINT, ended, house.coordinator)
    house.take(CloseCase(occurred_on=DAY, outcome=Outcome.LEFT_COUNTRY))
    person, complaint = sorted(to_erase(ledger(house), 2031), key=lambda each: each.person is None)
    assert (person.kept.kept, person.reference) == (Kept.CASE, house.case.reference)
    assert (complaint.kept.kept, complaint.person) == (Kept.COMPLAINT, None)
    assert complaint.complaint == str(UUID(int=5))
    assert {person.kept.until, complaint.kept.until} == {date(2031, 3, 2)}
    assert to_erase(ledger(house), 2030) == []
