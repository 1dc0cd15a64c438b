"""Logs for other programs: as their standards have it, without a word of anybody, the same each time.

What the standards ask for stands in `tests/support/standards`.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from domain.agreement.events import AgreementSigned
from domain.case.steps import CorrectEntries, Correction, RecordContact, RetractEntry
from domain.events.stored import EVENTS
from domain.message import ENCRYPTED, Recorded, StreamKind, class_of, stream_id
from ledger.ledger import Ledger
from service.exchange.outward import NEUTRAL_STEPS, Pseudonyms
from service.queries.exchange import Filters, provenance_of, written_as_ocel, written_as_xes
from tests.integration.projections.programme import Person, Programme
from tests.support import standards
from tests.support.standards import elsewhere


@pytest.fixture
def people(programme: Programme) -> list[Person]:
    """One of each centre, served; of the first something was entered late, and something retracted."""
    one, other = Person(programme), Person(programme, centre="midelt")
    programme.record(*one.commands(), *one.late()[:2], *other.commands())
    retracted, corrected, *_ = [
        each.envelope.version
        for each in programme.ledger.history(stream_id(StreamKind.CASE, one.case_id))
        if each.envelope.step == "record-contact"
    ]
    contact = one.way.step(RecordContact).model_dump(mode="json", exclude_unset=True)
    told = Correction(entry_number=corrected, content=contact)
    day = date(2024, 8, 29)
    retract = RetractEntry(occurred_on=day, entry_number=retracted, explanation="Not she.")
    correct = CorrectEntries(occurred_on=day, entries=(told,), explanation="Mistyped.")
    by = programme.coordinator("taza")
    programme.record(one.step(retract, actor=by), one.step(correct, actor=by))
    return [one, other]


def xes_of(ledger: Ledger, **asked: Any) -> str:
    return "".join(written_as_xes(ledger, Filters(**asked))[1])


def ocel_of(ledger: Ledger, **asked: Any) -> str:
    return "".join(written_as_ocel(ledger, Filters(**asked))[1])


def all_of(ledger: Ledger, people: list[Person], position: int) -> list[str]:
    documents = [provenance_of(ledger, each.case_id, position) for each in people]
    return [xes_of(ledger, known_on=position), ocel_of(ledger, known_on=position), *documents]


def test_the_logs_are_as_their_standards_have_it(ledger: Ledger, people: list[Person]) -> None:
    assert not standards.xes.broken(xes_of(ledger))
    assert not standards.ocel.broken(json.loads(ocel_of(ledger)))
    for each in people:
        document = provenance_of(ledger, each.case_id, ledger.head())
        assert not standards.prov.broken(document)
        every = json.loads(document).keys() >= standards.prov.RELATIONS.keys()
        assert every == (each is people[0])


def test_a_reader_that_is_not_ours_finds_in_the_logs_what_stands_in_them(
    ledger: Ledger, people: list[Person], tmp_path: Path
) -> None:
    assert elsewhere.same_log(xes_of(ledger), tmp_path)
    assert elsewhere.same_objects(ocel_of(ledger), tmp_path)


def test_nothing_of_anybody_leaves_and_custody_is_neutral(
    ledger: Ledger, people: list[Person]
) -> None:
    text = "\n".join(all_of(ledger, people, ledger.head()))
    events = ledger.events(0, 10_000)
    values = set(re.findall(r'"([^"]*)"', text))
    assert not [said for said in said_of(events) if any(said in each for each in values)]
    for told in (each.stored for each in EVENTS.values() if each.veil):
        assert f'"{told}"' not in text
    steps = {each.envelope.step for each in events if each.event.veil}
    assert len(steps) > 1
    assert not any(f'"{step}"' in text for step in steps)
    assert all(f'"{step}"' in text for step in NEUTRAL_STEPS)
    known = {each.envelope.stream.partition("/")[2] for each in events}
    assert not known & set(re.findall(r"[0-9a-f-]{36}", text))
    assert not re.search(r"\b(TAZ|MID)-\d\d-\d{4}\b", text)


def said_of(events: list[Recorded]) -> Iterator[str]:
    """What is encrypted, as far as it is a text."""
    for each in events:
        for name in type(each.event).model_fields:
            value = getattr(each.event, name)
            if class_of(type(each.event), name) in ENCRYPTED and type(value) is str:
                yield value


def test_the_same_position_gives_the_same_bytes_whoever_was_erased_since(
    ledger: Ledger, people: list[Person], programme: Programme
) -> None:
    position = ledger.head()
    before = all_of(ledger, people, position)
    again = people[1].step(people[1].way.step(RecordContact))
    programme.record(again)
    people[0].erase()
    assert all_of(ledger, people, position) == before
    assert all_of(ledger, people, ledger.head()) != before


def test_a_log_is_narrowed_to_the_cases_of_a_centre_and_of_days(
    ledger: Ledger, people: list[Person]
) -> None:
    names = Pseudonyms(ledger.derived("exchange"))
    own, others = (
        {
            *(names.of("case", each.case_id), names.of("beneficiary", each.beneficiary_id)),
            names.of("agreement", each.programme.agreements[each.centre]),
        }
        for each in people
    )
    narrowed = json.loads(ocel_of(ledger, centre="taza"))
    assert not standards.ocel.broken(narrowed)
    found = {each["id"] for each in narrowed["objects"]}
    assert own <= found
    assert not others & found
    text = xes_of(ledger, centre="taza")
    assert text.count("<trace>") == 1
    assert names.of("case", people[0].case_id) in text
    (season,) = {
        each.event.season.label
        for each in ledger.events(0, 10_000)
        if isinstance(each.event, AgreementSigned)
    }
    paid = xes_of(ledger, season=season)
    assert f'key="only_season" value="{season}"' in paid
    assert paid.count("<trace>") == len(people)
    assert xes_of(ledger, season="1999").count("<trace>") == 0
    assert json.loads(ocel_of(ledger, season="1999", known_on=50))["events"] == []
    assert xes_of(ledger, since=date(2000, 1, 1)).count("<trace>") == len(people)
    assert xes_of(ledger, until=date(2000, 1, 1)).count("<trace>") == 0
    assert not standards.ocel.broken(json.loads(ocel_of(ledger, until=date(2000, 1, 1))))
    assert not standards.xes.broken(xes_of(ledger, known_on=0))


def test_a_day_names_the_last_position_that_was_known_on_it(
    ledger: Ledger, people: list[Person]
) -> None:
    events, head = ledger.events(0, 10_000), ledger.head()
    for each in (events[0], events[40], events[-1]):
        assert ledger.feed.position_by(each.envelope.recorded_at) == max(
            one.envelope.position
            for one in events
            if one.envelope.recorded_at <= each.envelope.recorded_at
        )
    assert ledger.feed.position_by(events[0].envelope.recorded_at - timedelta(days=1)) == 0
    assert ledger.feed.position_by(events[-1].envelope.recorded_at + timedelta(days=1)) == head


def test_no_other_installation_has_the_same_names() -> None:
    here, there = Pseudonyms(b"a" * 32), Pseudonyms(b"b" * 32)
    one = UUID(int=1)
    assert here.of("case", one) == here.of("case", one) == here.of_stream(f"case/{one}")
    assert here.of("case", one) != here.of("project", one)
    assert here.of("case", one) != there.of("case", one)
