"""Histories over HTTP: what each entry changed, and what differs between two moments."""

from datetime import UTC, datetime
from functools import partial
from typing import Any, cast
from uuid import UUID

import pytest

from domain.example.person import EXAMPLE
from domain.message import Actor, Role, StreamKind, name_of
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from service.access.reader import Reader
from service.bootstrap import opened_ledger
from service.queries.history import pages_for
from service.running.auditing.replaying import AtTheMachine
from service.settings import Settings
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import at_a_browser
from tests.support.system import Person

SAID = words(Language.ENGLISH)


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    with story.beforehand():
        story.open()
        story.walk(story.steps(), until="propose-project")
    return story


def series(story: Story) -> str:
    """Of the references of the story's centre in its year."""
    reference = history(story.office.auditor, story)["state"]["reference"]
    return f"{EXAMPLE.centre}-20{reference.split('-')[1]}"


def history(person: Person, story: Story, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = person.found(f"{story.case}/history", limit=200, **asked)
    return found


def test_each_entry_says_what_it_changed(office: Office, story: Story) -> None:
    whole = history(office.auditor, story, changes=True)
    changed = {tuple(each["path"]): each for each in whole["events"][0]["changes"]}
    assert changed["reference",]["was"] == ""
    assert changed["reference",]["becomes"] == whole["state"]["reference"]
    assert all(each["days_late"] >= 0 for each in whole["events"])
    page = history(office.auditor, story, changes=True, after=3)["events"]
    assert page[0]["changes"] == whole["events"][3]["changes"], "a page says it as the whole does"
    plain = history(office.auditor, story)["events"]
    assert {each["changes"] for each in plain} == {None}, "nothing is folded that is not asked for"


def test_what_differs_between_two_moments_is_what_was_changed_between_them(
    office: Office, story: Story
) -> None:
    found = history(office.auditor, story, version=2, from_version=1, changes=True)
    (second,) = [each for each in found["events"] if each["version"] == 2]
    compared = found["compared"]
    assert (compared["version"], compared["came"], compared["left"]) == (1, [2], [])
    assert compared["changes"] == second["changes"] != []
    back = history(office.auditor, story, version=1, from_version=2)["compared"]
    assert (back["came"], back["left"]) == ([], [2])
    assert history(office.auditor, story, version=2)["compared"] is None
    nothing = history(office.auditor, story, version=1, from_version=0)["compared"]
    assert nothing["came"] == [1]


def test_a_position_cuts_every_history_at_one_moment(office: Office, story: Story) -> None:
    events = history(office.auditor, story)["events"]
    cut = history(office.auditor, story, position=events[4]["position"])
    assert cut["version"] == 5
    assert [each["version"] for each in cut["events"]] == [1, 2, 3, 4, 5]


def test_what_is_hidden_from_a_role_is_hidden_in_what_changed(office: Office, story: Story) -> None:
    """Nor may a change tell that there was something: the division reads nothing judicial."""
    for asked in ({"changes": True}, {"from_version": 0}):
        seen = str(history(office.auditor, story, **asked))
        masked = history(office.division, story, **asked)
        changes = [each["changes"] or [] for each in masked["events"]]
        changes.append((masked["compared"] or {"changes": []})["changes"])
        paths = {each["path"][0] for some in changes for each in some}
        assert "custody" in seen
        assert paths.isdisjoint({"custody", "needs", "born", "commune", "last_contact", "mended"})


def test_another_centre_reads_no_change_either(office: Office, story: Story) -> None:
    refused = office.elsewhere.get(f"{story.case}/history", changes=True)
    assert refused.status_code == 403


def test_a_page_replays_a_history_and_compares_two_moments(office: Office, story: Story) -> None:
    page = f"/replay/case/{story.ids['case']}"
    with at_a_browser(office.system, office.auditor) as auditor:
        told = auditor.browser.get(f"{page}?version=3&from_version=1")
        assert told.status_code == 200
        assert 'id="entry-3"' in told.text
        assert 'id="entry-4"' not in told.text
        assert SAID.page["replay_then"] in told.text
        assert SAID.page["replay_differs"] in told.text
        opened = auditor.browser.get(f"/replay?kind=case&id={story.ids['case']}")
        assert str(opened.url).endswith(page)
        assert auditor.browser.get("/replay/staff").status_code == 200
        for thing in (
            "upkeep",
            "reference/taza-2023",
            "numbers/3f0",
            f"finding/{story.ids['case']}",
        ):
            there = auditor.browser.get(f"/replay/{thing}?from_version=0")
            assert there.status_code == 200, thing
        given = auditor.browser.get(f"/replay?kind=reference&id={series(story)}")
        assert SAID.event["ReferenceGiven"] in given.text
        for unknown in ("numbers/x", "numbers/3F0", "reference/A%20B", "reception/none"):
            assert auditor.browser.get(f"/replay/{unknown}").status_code == 404, unknown
        for wrong in ("version=x", "as_of=2024-13-01", "known=9999-12-31", "upto=1e9"):
            assert auditor.browser.get(f"{page}?{wrong}").status_code == 422
        assert auditor.browser.get("/replay/no-such-kind/1").status_code == 404
    with at_a_browser(office.system, office.elsewhere) as stranger:
        assert stranger.browser.get(page).status_code == 404
        for thing in ("staff", "upkeep", "numbers/3f0", "reference/taza-2023"):
            assert stranger.browser.get(f"/replay/{thing}").status_code == 404, thing


def test_an_auditor_takes_out_what_was_known_on_a_day_or_at_an_entry(
    office: Office, story: Story
) -> None:
    asked = {"kind": "prov", "case": f"/cases/{story.ids['case']}/", "known": "entry"}
    with at_a_browser(office.system, office.auditor) as auditor:
        send = partial(auditor.browser.post, "/exports")
        assert auditor.browser.get("/exports").status_code == 200
        history = auditor.browser.get(f"/replay/case/{story.ids['case']}")
        assert f"/exports?case={story.ids['case']}" in history.text
        assert story.ids["case"] in auditor.browser.get(f"/exports?case={story.ids['case']}").text
        file = send(data=asked | {"entry": str(story.position)})
        assert file.headers["content-disposition"] == 'attachment; filename="case.json"'
        known = {"known_on": story.position}
        assert file.text == office.auditor.get(f"{story.case}/provenance", **known).text
        today = {"known": "day", "day": str(local_date(datetime.now(UTC)))}
        log = send(data={"kind": "xes"} | today).text
        at = int(log.partition('"known_on" value="')[2].partition('"')[0])
        assert at >= story.position
        assert log == office.auditor.get("/v1/exchange/xes", known_on=at).text
        assert send(data={"kind": "ocel"} | today).json()["events"]
        numbers = send(data={"kind": "report", "dimension": "sex"} | today)
        assert numbers.json()["known_on"] >= story.position
        for wrong, named in (
            ({"kind": ""}, "kind"),
            ({"entry": ""}, "entry"),
            ({"entry": "x"}, "entry"),
            ({"case": "FES-24-0173", "entry": "1"}, "case"),
            ({"kind": "report", "entry": "1"}, "dimension"),
            ({"since": "03/04/2026", "entry": "1"}, "since"),
            ({"since": "2026-04-03", "until": "2026-03-04", "entry": "1"}, "until"),
        ):
            page = send(data=asked | wrong)
            assert (page.status_code, f'href="#{named}"' in page.text) == (422, True), wrong
        beyond = send(data=asked | {"entry": "999999999"})
        assert "999999999" in beyond.text, "what was typed stands there again"
        assert beyond.status_code == 422
    with at_a_browser(office.system, office.coordinator) as other:
        assert other.browser.get("/exports").status_code == 404
        assert other.browser.post("/exports", data=asked).status_code == 404
    for unfit in ("2024-13-01", "x", "1999-01-01"):
        assert office.auditor.get("/v1/exchange/xes", known_on=unfit).status_code == 422


def test_what_stands_beside_the_programme_has_a_history_too(office: Office, story: Story) -> None:
    """Whose numbers are whose is read of those whom it names, and is written down so."""
    story.take(office.caseworker, "/v1/receptions", "record-reception")
    reception = f"/v1/receptions/{story.ids['reception']}/history"
    (told,) = office.auditor.found(reception, changes=True)["events"]
    assert ("reason",) in {tuple(each["path"]) for each in told["changes"]}
    assert office.elsewhere.get(reception).status_code == 403
    given = office.auditor.found(f"/v1/references/{series(story)}/history", limit=500)
    assert given["state"]["last"] == len(given["events"]) > 0
    with opened_ledger(Settings(data=office.system.data)) as ledger:
        begin = name_of(ledger.streams(StreamKind.NUMBERS)[0][0])
    numbers = office.auditor.found(f"/v1/numbers/{begin}/history")
    whose = {each["fields"]["beneficiary_id"] for each in numbers["events"]}
    assert whose
    read = office.auditor.found("/v1/readings", limit=1)["readings"][0]
    assert (read["query"], read["classes"] != []) == ("get-numbers-history", True)
    assert whose == {each["beneficiary_id"] for each in read["of"]}
    assert office.auditor.found("/v1/upkeep/history")["stream"] == "upkeep/all"
    assert office.auditor.get("/v1/numbers/3F0/history").status_code == 422
    for path in ("numbers/3f0", "references/taza-2023"):
        assert office.division.get(f"/v1/{path}/history").status_code == 403


def test_the_run_that_carried_an_entry_is_told_to_who_audits() -> None:
    for role in Role:
        reader = Reader(Actor(id=UUID(int=1), role=role))
        pages = pages_for(AtTheMachine(cast("Ledger", None), "http://t", reader))
        assert pages == ("http://t" if role in (Role.AUDITOR, Role.ADMINISTRATOR) else None)
