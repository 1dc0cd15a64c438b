"""The whole path of a case, walked by pressing what the pages show: in Arabic, on a phone, no script."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from domain.example.way import by_day
from domain.message import Step
from domain.tracks.self_employment.steps import RecordDecision, RecordVisit
from service.words.language import Language
from service.words.store import words
from tests.browser.conftest import House, Windows, press
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support import papers
from tests.support.clicking import Clicking
from tests.support.system import Person

pytestmark = [
    pytest.mark.rare,  # long; each form is filled in by `test_forms`, each page seen by `test_pages`
    pytest.mark.timeout(400),  # a browser on a busy machine
]

PHONE: Any = {"width": 360, "height": 740}
SAID = words(Language.ARABIC)


@pytest.fixture
def clicking(windows: Windows, house: House) -> Office:
    """The people of the house, each at a phone of their own."""
    office = house.office
    return replace(
        office,
        caseworker=at_a_phone(windows, office.caseworker),
        coordinator=at_a_phone(windows, office.coordinator),
        division=at_a_phone(windows, office.division),
        auditor=at_a_phone(windows, office.auditor),
    )


def at_a_phone(windows: Windows, person: Person) -> Clicking:
    window = windows.new(person, script=False)
    window.set_viewport_size(PHONE)
    press(window, ".languages [value=ar]")
    return Clicking(person.staff_id, person.key, person.http, window=window)


def test_a_case_is_walked_from_registration_to_a_visit_and_audited(
    clicking: Office, tmp_path: Path
) -> None:
    story, caseworker = Story(clicking), clicking.caseworker
    assert isinstance(caseworker, Clicking)
    story.take(clicking.division, "/v1/agreements", "sign-agreement")
    story.call()
    story.schedule()
    story.open()
    upto, after = to_the_session(story)
    story.walk(upto)
    story.of(clicking.coordinator, "record-minutes")
    story.walk(after, until="formalise-business")
    story.of(clicking.division, "record-ceremony-held")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(papers.pdf())
    caseworker.attach(f"/cases/{story.ids['case']}", "identity_card", scan)
    story.walk([story.way.step(RecordVisit)])
    for step in ("submit-to-session", "sign-undertaking"):
        assert caseworker.ways[step] == "attention", "what comes next is offered first"
    assert isinstance(clicking.auditor, Clicking)
    audited(clicking.auditor, story)


def to_the_session(story: Story) -> tuple[list[Step], list[Step]]:
    """The way up to the decision, and from there on: between them the session is held."""
    steps = by_day(story.way.steps())
    decided = next(i for i, each in enumerate(steps) if isinstance(each, RecordDecision))
    return steps[:decided], steps[decided:]


def audited(auditor: Clicking, story: Story) -> None:
    """The whole history, each entry of it, as whoever checks reads it."""
    auditor.to("/cases")
    case = f"/cases/{story.ids['case']}"
    auditor.open(case)
    auditor.open(f"{case}/history")
    auditor.open(f"{case}/history?view=all")
    page, entries = auditor.window, list[str]()
    while True:
        entries += page.locator("main > .timeline > li").all_inner_texts()
        later = page.locator(".pager [rel=next]")
        if not later.count():
            break
        press(page, ".pager [rel=next]")
    told = auditor.found(f"{story.case}/timeline", limit=500)["entries"]
    assert len(entries) == len(told)
    for each in ("CaseOpened", "DecisionRecorded", "VisitRecorded"):
        assert any(SAID.event[each] in entry for entry in entries), each
