"""A session with several files before it: what its minutes go through."""

from dataclasses import replace
from typing import Any

from tests.integration.service.conftest import Office
from tests.integration.service.story import Story


def sitting(
    office: Office, *proposers: Any, envelope: str = "50000.00", minutes: bool = True
) -> list[Story]:
    """As many files as proposers, before one session whose number is recorded, under one agreement.

    `envelope` (MAD) bears one approval of the example's 32,000, and no second.
    """
    first = Story(office)
    body = first.body("sign-agreement") | {"envelope": envelope, "tranches": []}
    first.take(office.division, "/v1/agreements", "sign-agreement", body)
    first.call()
    files = [_file(office, each, first.ids) for each in proposers]
    if minutes:
        first.of(office.coordinator, "record-minutes")
    office.division.found("/v1/sessions", at_least=max(each.position for each in (first, *files)))
    return files


def _file(office: Office, proposer: Any, ids: dict[str, str]) -> Story:
    story = Story(replace(office, caseworker=proposer), ids=dict(ids))
    with story.beforehand():
        story.open()
        story.walk(story.way.steps(), until="record-decision")
    return story
