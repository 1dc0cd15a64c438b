"""What an auditor asks at the machine itself, of an installation that is at work."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

import pytest

from projections.comparing import Covered
from service.bootstrap import opened_ledger
from service.running.auditing.found import Reconciled
from service.running.auditing.recorded import record
from service.settings import Settings
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.integration.service.test_cli import jisr
from tests.integration.service.test_who_looked import log_file
from tests.support.browsing import at_a_browser
from workflows.reconciling import Differs, WorkflowDiffers


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    with story.beforehand():
        story.open()
        story.walk(story.steps(), until="assess-needs")
    return story


def readings(office: Office) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"file:{log_file(office)}?mode=ro", uri=True)) as log:
        rows = log.execute("SELECT state FROM stored_events ORDER BY position").fetchall()
    return [json.loads(state) for (state,) in rows]


def test_a_history_is_told_in_a_terminal_and_that_it_was_is_written_down(
    office: Office, story: Story
) -> None:
    data, case = office.system.data, story.ids["case"]
    reference = office.auditor.found(story.case)["reference"]
    told = jisr(f"audit replay {reference} --whole --from-version 1", data)
    assert told.returncode == 0, told.stderr
    assert reference in told.stdout
    assert "What differs from version 1" in told.stdout
    assert f"beneficiary/{story.ids['beneficiary']}" in told.stdout
    assert "\x1b" not in told.stdout, "colours are for a terminal"
    looked = [each for each in readings(office) if each.get("door", "house") == "house"]
    assert looked[-1]["cases"] == [case]
    assert looked[-1]["persons"] == [story.ids["beneficiary"]]


def test_all_parts_of_a_working_installation_are_compared(office: Office, story: Story) -> None:
    looked = jisr("audit reconcile --rate 1000 --json", office.system.data)
    found = json.loads(looked.stdout)
    assert found["rows"] == []
    assert found["not_looked_at"] == []
    assert found["runs"] >= 1
    last = office.auditor.found("/v1/upkeep")["acts"][0]
    assert (last["act"], last["facts"]["kind"]) == ("checked", "reconcile")


def test_what_was_found_to_differ_is_named_to_the_auditor(office: Office, story: Story) -> None:
    case = story.ids["case"]
    covered = Covered(position=story.position, behind=0, same_event=True, calendar="ma")
    differs = [WorkflowDiffers(case, Differs.BEHIND, "5", "4")]
    found = Reconciled(datetime.now(UTC), cases=1, covered=covered, workflows=differs)
    with opened_ledger(Settings(data=office.system.data)) as ledger:
        record(ledger, found)
    checks = office.auditor.found("/v1/checks")
    run = next(each for each in checks["runs"] if each["kind"] == "reconcile")
    assert (run["result"], run["covered"]) == ("1 differences", story.position)
    (told,) = run["differences"]
    assert (told["of"], told["result"]) == (f"case/{case}", "behind: ledger 5, workflow 4")
    assert not {"checked", "difference_found"} & {each["act"] for each in checks["acts"]}
    with at_a_browser(office.system, office.auditor) as auditor:
        page = auditor.browser.get("/checks").text
    assert f"/replay/case/{case}" in page
    assert words(Language.ENGLISH).page["differs_behind"] in page
    assert {f"differs_{each}" for each in Differs} <= words(Language.ARABIC).page.keys()
    with opened_ledger(Settings(data=office.system.data)) as ledger:
        record(ledger, Reconciled(datetime.now(UTC), cases=1, covered=covered))
    (again,) = [
        each for each in office.auditor.found("/v1/checks")["runs"] if each["kind"] == "reconcile"
    ]
    assert (again["result"], again["differences"]) == ("0 differences", [])
