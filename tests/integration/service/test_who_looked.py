"""Whoever reads of somebody is written down before they are shown anything; so is who was refused."""

import html
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.message import Role
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, file_complaint, somebody
from tests.support.system import PURPOSE

SAID = words(Language.ENGLISH)


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    story.open()
    return story


def log_file(office: Office) -> Path:
    return office.system.data / "reads.db"


def readings(office: Office, response: httpx.Response) -> list[dict[str, Any]]:
    """What stands in the log of that request."""
    with closing(sqlite3.connect(f"file:{log_file(office)}?mode=ro", uri=True)) as log:
        rows = log.execute("SELECT state FROM stored_events ORDER BY position").fetchall()
    found = [json.loads(state) for (state,) in rows]
    return [each for each in found if each.get("request") == response.headers["x-request-id"]]


def test_a_case_that_is_read_is_written_down_with_who_and_what(
    office: Office, story: Story
) -> None:
    response = office.caseworker.get(story.case)
    (entry,) = readings(office, response)
    assert entry["staff"] == office.caseworker.staff_id
    assert (entry["query"], entry["door"], entry["alone"]) == ("get-case", "api", True)
    assert entry["cases"] == [story.ids["case"]]
    assert entry["persons"] == [story.ids["beneficiary"]]
    assert "personal" in entry["classes"]
    assert "refused" not in entry


def test_what_the_division_does_not_see_is_not_said_to_be_shown(
    office: Office, story: Story
) -> None:
    (entry,) = readings(office, office.division.get(story.case))
    assert "classes" not in entry


def test_a_list_names_everybody_on_it(office: Office, story: Story) -> None:
    response = office.coordinator.get("/v1/cases")
    (entry,) = readings(office, response)
    assert entry["cases"] == sorted(each["case_id"] for each in response.json()["cases"])
    assert "alone" not in entry


def test_a_log_under_keyed_names_is_written_down_by_whose_it_is(
    office: Office, story: Story
) -> None:
    for path in ("/v1/exchange/xes", "/v1/exchange/ocel", f"{story.case}/provenance"):
        (entry,) = readings(office, office.auditor.get(path))
        assert story.ids["beneficiary"] in entry["persons"]
        assert "refused" not in entry


def test_a_list_on_paper_and_a_calendar_are_written_down_as_lists_are(
    office: Office, story: Story
) -> None:
    """Though they have references and names, and no ids."""
    listed = Story(office)
    listed.call()
    listed.sign()
    listed.open()
    listed.schedule()
    listed.walk(listed.way.steps(), until="confirm-delivery")
    office.caseworker.found("/v1/cases", at_least=listed.position)
    for path in (
        f"/v1/ceremonies/{listed.ids['ceremony']}/papers-out/list",
        f"/v1/sessions/{listed.ids['session']}/papers-out/list",
        "/v1/me/calendar",
    ):
        seen = office.caseworker.get(path)
        assert seen.status_code == 200, (path, seen.text)
        named = [case for each in readings(office, seen) for case in each["cases"]]
        assert listed.ids["case"] in named, path


def test_who_reads_a_complaint_is_written_down_though_it_names_no_case(office: Office) -> None:
    story = Story(office)
    filed = file_complaint(story)
    path = f"/v1/complaints/{filed['ids']['complaint']}"
    office.coordinator.found(path, at_least=filed["position"])
    for asked in (path, f"{path}/history"):
        (entry,) = readings(office, office.coordinator.get(asked))
        assert "personal" in entry["classes"], asked
        assert "cases" not in entry
    (refused,) = readings(office, office.administrator.get(path))
    assert refused["refused"] == "not_allowed"


def test_small_numbers_of_people_are_written_down(office: Office, story: Story) -> None:
    few = office.coordinator.get("/v1/cases/counts")
    many = [each for each in few.json().values() if isinstance(each, int)]
    (entry,) = readings(office, few)
    assert (entry["query"], "cases" in entry) == ("count-cases", False), many


def test_what_is_about_nobody_is_not_written(office: Office, story: Story) -> None:
    for path in ("/v1/me", "/v1/tasks/counts", "/v1/centres", "/v1/staff"):
        assert readings(office, office.caseworker.get(path)) == []


def test_a_refusal_is_written_down_too(office: Office, story: Story) -> None:
    response = office.elsewhere.get(story.case)
    assert response.status_code == 403
    (entry,) = readings(office, response)
    assert entry["refused"] == "other_centre"
    assert entry["cases"] == [story.ids["case"]]
    assert "classes" not in entry


def test_a_page_is_one_request_however_much_it_asks(office: Office, story: Story) -> None:
    with httpx.Client(base_url=office.system.url, headers={"Origin": office.system.url}) as browser:
        browser.post("/console/sign-in", data=office.caseworker.signing_in)
        page = browser.get(f"/cases/{story.ids['case']}")
        assert page.status_code == 200
        found = readings(office, page)
    assert {each["door"] for each in found} == {"console"}
    assert "get-case" in {each["query"] for each in found}
    told = [{**each, "at": None} for each in found]
    assert all(told.count(each) == 1 for each in told)


def test_nothing_is_shown_that_cannot_be_written_down(office: Office, story: Story) -> None:
    away = log_file(office).with_name("reads.away")
    log_file(office).rename(away)
    try:
        refused = office.caseworker.get(story.case)
        assert refused.status_code == 503, refused.text
        assert refused.json()["code"] == "unavailable"
        assert story.ids["case"] not in refused.text
        with httpx.Client(
            base_url=office.system.url, headers={"Origin": office.system.url}
        ) as browser:
            browser.post("/console/sign-in", data=office.caseworker.signing_in)
            assert browser.get(f"/cases/{story.ids['case']}").status_code == 503
        assert office.caseworker.get("/v1/me").status_code == 200
    finally:
        away.rename(log_file(office))
    assert office.caseworker.get(story.case).status_code == 200


def test_the_auditor_reads_who_looked_and_that_is_written_down_too(
    office: Office, story: Story
) -> None:
    case, by = story.ids["case"], office.caseworker
    seen = by.get(story.case)
    found = office.auditor.found("/v1/readings", case_id=case, staff_id=by.staff_id)["readings"]
    assert found[0]["request"] == seen.headers["x-request-id"]
    assert found[0]["of"][0]["reference"]
    assert found[0]["purpose"] == PURPOSE
    refused = office.elsewhere.get(story.case)
    (last, *_) = office.auditor.found("/v1/readings", refused="true")["readings"]
    assert (last["request"], last["refused"]) == (refused.headers["x-request-id"], "other_centre")
    (own, *_) = office.auditor.found("/v1/readings", staff_id=office.auditor.staff_id)["readings"]
    assert own["query"] == "list-readings"
    for nobody in (office.caseworker, office.coordinator, office.division, office.administrator):
        assert nobody.get("/v1/readings").status_code == 403


def test_pages_of_readings_go_on_to_the_first(office: Office, story: Story) -> None:
    path, case = "/v1/readings", story.ids["case"]
    for _ in range(3):
        office.caseworker.get(story.case)
    of = {"case_id": case, "staff_id": office.caseworker.staff_id}
    whole = office.auditor.found(path, **of)
    got = list[int]()
    page = office.auditor.found(path, limit=2, **of)
    while page["readings"]:
        got += [each["position"] for each in page["readings"]]
        page = office.auditor.found(path, limit=2, before=got[-1], **of)
    assert got == [each["position"] for each in whole["readings"]]


def test_a_person_is_told_who_read_of_them_by_their_coordinator(
    office: Office, story: Story
) -> None:
    path = f"/v1/beneficiaries/{story.ids['beneficiary']}/readings"
    office.caseworker.get(story.case)
    found = office.coordinator.found(path)["readings"]
    assert office.caseworker.staff_id in {each["staff_id"] for each in found}
    assert office.receiver.get(path).json()["code"] == "other_centre"
    assert office.caseworker.get(path).status_code == 403


def test_who_else_stood_on_a_list_is_not_told_with_it(office: Office, story: Story) -> None:
    other = Story(office)
    other.open()
    listing = office.caseworker.found("/v1/cases", at_least=other.position, limit=200)
    assert other.ids["case"] in {each["case_id"] for each in listing["cases"]}
    path = f"/v1/beneficiaries/{story.ids['beneficiary']}/readings"
    found = office.coordinator.found(path)["readings"]
    listed = next(each for each in found if each["query"] == "list-cases")
    assert {each["case_id"] for each in listed["of"]} == {story.ids["case"]}
    assert (listed["cases"], listed["persons"]) == (1, 0)
    assert other.ids["case"] not in str(found)


def test_who_read_a_complaint_is_told_to_nobody_who_may_not_know_that_there_is_one(
    office: Office, story: Story
) -> None:
    """Also where their record is handed to the person."""
    reader = office.division
    filed = file_complaint(story, case_id=story.ids["case"])
    path = f"/v1/complaints/{filed['ids']['complaint']}?at_least={filed['position']}"
    seen = reader.http.get(path, headers={"Jisr-Purpose": "supervision"})
    (entry,) = readings(office, seen)
    assert entry["cases"] == [story.ids["case"]]
    of_person = f"/v1/beneficiaries/{story.ids['beneficiary']}"
    told = office.coordinator.found(f"{of_person}/readings")["readings"]
    assert entry["request"] not in {each["request"] for each in told}
    record = office.coordinator.found(f"{of_person}/record", language="en")
    looked = next(s for s in record["sections"] if s["title"] == SAID.page["record_looked"])
    said = {line["value"] for each in looked["entries"] for line in each["lines"]}
    assert SAID.page["record_for_accompaniment"] in said
    assert SAID.page["record_for_supervision"] not in said


def test_who_is_told_by_a_refusal_whose_a_number_is_has_read_that(office: Office) -> None:
    story = Story(office)
    story.open()
    known = story.body("register-beneficiary")
    known |= {"identity": known["identity"] | {"number": story.card}}
    told = office.caseworker.post("/v1/beneficiaries", known)
    assert told.json()["code"] == "number_known"
    (entry,) = readings(office, told)
    assert entry["query"] == "register-beneficiary"
    assert "alone" not in entry, "nobody asked for them, so no step on them is missing"
    assert entry["cases"] == [story.ids["case"]]
    assert entry["persons"] == [story.ids["beneficiary"]]
    kept_back = office.elsewhere.post("/v1/beneficiaries", known)
    (entry,) = readings(office, kept_back)
    assert entry["refused"] == kept_back.json()["code"] == "number_known_at_centre"
    assert "cases" not in entry


def test_who_reads_a_case_without_a_step_on_it_stands_first(office: Office, story: Story) -> None:
    stranger = office.system.hire(Role.CASEWORKER, "taza")
    stranger.get(story.case)
    found = office.auditor.found("/v1/readings/unusual")["readings"]
    of_case = {(each["staff_id"], each["case_id"]) for each in found if each["kind"] == "no_step"}
    assert (stranger.staff_id, story.ids["case"]) in of_case
    assert (office.caseworker.staff_id, story.ids["case"]) not in of_case
    assert "refused" in {each["kind"] for each in found}


def test_the_pages_say_it_too(office: Office, story: Story) -> None:
    url, origin = office.system.url, {"Origin": office.system.url}
    with httpx.Client(base_url=url, headers=origin) as browser:
        browser.post("/console/sign-in", data=office.auditor.signing_in)
        page = browser.get("/who-looked", headers={"Accept-Language": "en"})
        assert page.status_code == 200, page.text
        assert "Read without a step within 30 days" in page.text
        for asked in (f"staff={office.caseworker.staff_id}", "on=2026-11-27", "state=refused"):
            assert browser.get(f"/who-looked?{asked}").status_code == 200
        for wrong in ("state=x", "on=yesterday", "staff=7", "before=-1"):
            assert browser.get(f"/who-looked?{wrong}").status_code == 422, wrong
    with httpx.Client(base_url=url, headers=origin) as browser:
        browser.post("/console/sign-in", data=office.coordinator.signing_in)
        assert browser.get(f"/beneficiaries/{story.ids['beneficiary']}/readings").status_code == 200
        assert browser.get("/who-looked").status_code == 404


def test_for_what_is_said_with_a_request_or_once_for_all_with_the_key(
    office: Office, story: Story
) -> None:
    by, case = office.caseworker, story.case
    said = by.http.get(case, headers={"Jisr-Purpose": "reporting"})
    assert [each["purpose"] for each in readings(office, said)] == ["reporting"]
    wrong = by.http.get(case, headers={"Jisr-Purpose": "curiosity"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "purpose_unknown")
    issue = {"occurred_on": "2020-01-02", "staff_id": by.staff_id, "purpose": "supervision"}
    key = office.administrator.step("/v1/access-keys", issue)["access_key"]
    url = f"{office.system.url}{case}"
    seen = httpx.get(url, headers={"Authorization": f"Bearer {key}"})
    assert [each["purpose"] for each in readings(office, seen)] == ["supervision"]
    other = {"Authorization": f"Bearer {key}", "Jisr-Purpose": "audit"}
    assert readings(office, httpx.get(url, headers=other))[0]["purpose"] == "audit"


def test_nothing_of_people_is_shown_to_who_does_not_say_for_what(
    office: Office, story: Story
) -> None:
    by = {"Authorization": f"Bearer {office.caseworker.key}"}
    with httpx.Client(base_url=office.system.url, headers=by) as silent:
        empty = "/v1/cases?province=berkane"
        for path in (story.case, empty, "/v1/me/calendar", f"{story.case}/history"):
            asked = silent.get(path)
            assert (asked.status_code, asked.json()["code"]) == (400, "purpose_missing"), path
            assert readings(office, asked) == []
        sent = {"Idempotency-Key": "silent"}
        known = story.body("register-beneficiary")
        known |= {"identity": known["identity"] | {"number": story.card}}
        told = silent.post("/v1/beneficiaries", json=known, headers=sent)
        assert told.json()["code"] == "purpose_missing", "a number that is known is told of people"
        for path in ("/v1/me", "/v1/tasks/counts", "/v1/centres"):
            assert silent.get(path).status_code == 200, path
        note = {"occurred_on": "2026-01-05", "text": "A step asks for no reason to read."}
        step = silent.post(f"{story.case}/steps/add-note", json=note, headers=sent)
        assert step.status_code == 200, step.text


def test_the_console_asks_for_what_once_a_sign_in_before_the_first_page(
    office: Office, story: Story
) -> None:
    url, origin = office.system.url, {"Origin": office.system.url, "Accept-Language": "en"}
    case = f"/cases/{story.ids['case']}"
    with httpx.Client(base_url=url, headers=origin) as browser:
        browser.post("/console/sign-in", data={"key": office.coordinator.key})
        for path in ("/", case, f"{case}/steps/add-note"):
            asked = browser.get(path)
            assert SAID.page["reading_why_once"] in asked.text
            assert story.ids["case"] not in asked.text.replace(case, "")
            assert readings(office, asked) == []
        assert re.findall(r'value="(\w+)" required checked', asked.text) == ["supervision"]
        sent = browser.post(f"{case}/steps/add-note", data={"text": "Typed & kept."})
        (kept,) = re.findall(r'name="kept" value="([^"]*)"', sent.text)
        back = {"back": f"{case}/steps/add-note", "kept": html.unescape(kept)}
        french = browser.post("/account/purpose", data=back | {"in_language": "fr"})
        assert words(Language.FRENCH).page["reading_why_once"] in french.text
        assert kept in french.text
        said = browser.post(
            "/account/purpose", data=back | {"purpose": "decision"}, follow_redirects=True
        )
        assert "Typed &amp; kept." in said.text
        assert {each["purpose"] for each in readings(office, said)} == {"decision"}
    with httpx.Client(base_url=url, headers=origin) as browser:
        browser.post("/console/sign-in", data=office.caseworker.signing_in)
        assert {each["purpose"] for each in readings(office, browser.get(case))} == {PURPOSE}
        changed = browser.post("/account/purpose", data={"purpose": "decision"})
        assert (changed.status_code, changed.headers["location"]) == (303, "/account")
        assert {each["purpose"] for each in readings(office, browser.get(case))} == {"decision"}
        assert browser.post("/account/purpose", data={"purpose": "curiosity"}).status_code == 400
    with httpx.Client(base_url=url, headers=origin) as browser:
        browser.post("/console/sign-in", data={"key": office.administrator.key})
        assert SAID.page["reading_why_once"] not in browser.get("/staff").text


def test_another_centres_case_is_opened_in_an_emergency_to_be_read_and_no_more(
    office: Office,
) -> None:
    story = Story(office)
    story.open()
    by, case = office.elsewhere, story.case
    assert by.get(case).status_code == 403
    opens = story.body("open-in-emergency") | {"number": story.card}
    by.step("/v1/emergencies", opens)
    seen = by.get(case)
    assert seen.status_code == 200
    assert not any(each["yours"] for each in seen.json()["open_steps"])
    assert readings(office, seen)[0]["emergency"]
    person = f"/v1/beneficiaries/{story.ids['beneficiary']}"
    for path in (person, f"{person}/history"):
        seen = by.get(path)
        assert seen.status_code == 200
        assert readings(office, seen)[0]["emergency"]
    beyond = ("readings", "record?language=fr", "erasure", "papers-out/record")
    printed = f"{case}/papers-out/summary"
    for path in (printed, f"{case}/proof", *(f"{person}/{each}" for each in beyond)):
        kept_back = by.get(path)
        assert kept_back.status_code in (403, 404), path
        assert story.card not in kept_back.text
    (entry,) = readings(office, by.get(printed))
    assert entry["refused"] == "other_centre"
    note = {"occurred_on": "2026-01-05", "text": "a quiet note"}
    assert by.post(f"{case}/steps/add-note", note).json()["code"] == "other_centre"
    assert office.receiver.get(case).status_code == 403, "it is open to nobody else of the centre"
    for told in (by, office.receiver, office.coordinator, office.auditor):
        (first, *_) = told.found("/v1/emergencies")["emergencies"]
        assert (first["case_id"], first["open"]) == (story.ids["case"], True)
        assert first["explanation"] == opens["explanation"]
    assert office.caseworker.found("/v1/emergencies")["emergencies"] == []
    with httpx.Client(base_url=office.system.url, headers={"Origin": office.system.url}) as browser:
        browser.post("/console/sign-in", data=office.coordinator.signing_in)
        for page in ("/", "/inbox"):
            assert opens["explanation"] in browser.get(page).text
        browser.post("/console/sign-in", data=by.signing_in)
        theirs = browser.get(f"/cases/{story.ids['case']}")
        assert theirs.status_code == 200
        assert "/steps/add-note" not in theirs.text
        assert browser.get(f"/beneficiaries/{story.ids['beneficiary']}").status_code == 200


def test_where_no_number_is_known_one_person_of_a_name_is_found_and_of_several_none(
    office: Office, story: Story
) -> None:
    by, ids = office.elsewhere, list[str]()
    born = somebody()["birth_date"]
    for name in ("Zahra Elmawjouda", "Zahra Elmawjouda", "Hind Elwahida"):
        registered = office.caseworker.step("/v1/beneficiaries", somebody(name_latin=name))
        opening = story.body("open-case") | {"beneficiary_id": registered["ids"]["beneficiary"]}
        opened = office.caseworker.step("/v1/cases", opening)
        ids.append(opened["ids"]["case"])
    office.caseworker.found("/v1/cases", at_least=opened["position"])
    said = story.body("open-in-emergency")
    del said["number"]
    year = int(born[:4])
    for asked, code in (
        ({}, "nobody_named"),
        ({"name": "Zahra Elmawjouda"}, "nobody_named"),
        ({"name": "Zahra Elmawjouda", "birth_year": year}, "several_to_open"),
        ({"name": "Hind Elwahida", "birth_year": year + 1}, "nobody_to_open"),
        ({"name": "Hind Elghaiba", "birth_year": year}, "nobody_to_open"),
    ):
        told = by.post("/v1/emergencies", said | asked)
        assert told.json()["code"] == code, asked
        assert not any(each in told.text for each in ids)
    by.step("/v1/emergencies", said | {"name": "Hind Elwahida", "birth_year": year})
    assert by.get(f"/v1/cases/{ids[2]}").status_code == 200
    assert by.get(f"/v1/cases/{ids[0]}").status_code == 403


def test_whose_data_is_not_used_is_opened_by_no_number_and_written_by_no_caseworker(
    office: Office, story: Story
) -> None:
    by, whom = office.elsewhere, somebody(name_latin="Rahma Elmahfouda")
    person = office.caseworker.step("/v1/beneficiaries", whom)["ids"]["beneficiary"]
    opening = story.body("open-case") | {"beneficiary_id": person}
    office.caseworker.step("/v1/cases", opening)
    at = f"/v1/beneficiaries/{person}/steps"
    asked = story.body("restrict-on-request") | {"occurred_on": opening["occurred_on"]}
    after = office.coordinator.step(f"{at}/restrict-on-request", asked)["position"]
    said = story.body("open-in-emergency") | {"number": whom["identity"]["number"]}
    named = {"number": None, "name": whom["name_latin"], "birth_year": int(whom["birth_date"][:4])}
    office.caseworker.found("/v1/cases", at_least=after)
    for by_number_or_name in (said, said | named):
        told = by.post("/v1/emergencies", by_number_or_name)
        assert told.json()["code"] == "nobody_to_open", by_number_or_name
    corrected = story.body("correct-identity") | {"occurred_on": opening["occurred_on"]}
    for who, code in ((office.caseworker, 403), (office.coordinator, 200)):
        assert who.post(f"{at}/correct-identity", corrected).status_code == code
    day = asked["occurred_on"]
    over = {"explanation": "Set right.", "told_on": day, "occurred_on": day}
    office.coordinator.step(f"{at}/lift-restriction", over)


def test_ones_own_or_nobodys_case_is_not_opened_so(office: Office, story: Story) -> None:
    for number, code in ((story.card, "number_known_here"), ("ZZ123", "nobody_to_open")):
        opens = story.body("open-in-emergency") | {"number": number}
        assert office.caseworker.post("/v1/emergencies", opens).json()["code"] == code
