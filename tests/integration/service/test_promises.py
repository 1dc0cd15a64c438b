"""What the API promises whoever repeats, reads their own writes, or loses a key."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import httpx

from domain.case.reviews import fires_at, pending, rules_of
from domain.case.steps import RecordReminder
from domain.example.person import EXAMPLE
from domain.message import TIMER, Command, Origin, OriginKind, Role, StreamKind, stream_id
from service.api.steps.examples import EXAMPLES
from service.bootstrap import opened_ledger
from service.running.holidays import open_calendar
from service.settings import Settings
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, somebody
from tests.support.system import Person
from tests.support.waiting import until

NOTE = EXAMPLES["add-note"]


def opened(office: Office) -> Story:
    story = Story(office)
    story.open()
    return story


def test_a_repeated_step_answers_word_for_word_and_happens_once(office: Office) -> None:
    story, key = opened(office), uuid4().hex
    path = f"{story.case}/steps/add-note"
    first = office.caseworker.post(path, NOTE, key=key)
    assert first.status_code == 200
    assert first.headers["etag"] == '"2"'
    with ThreadPoolExecutor(8) as threads:
        again = list(threads.map(lambda _: office.caseworker.post(path, NOTE, key=key), range(16)))
    assert {response.content for response in again} == {first.content}
    assert "Idempotent-Replayed" not in first.headers
    assert {response.headers["Idempotent-Replayed"] for response in again} == {"true"}
    assert office.caseworker.found(story.case)["version"] == 2


def test_sixteen_at_once_under_one_key_happen_once(office: Office) -> None:
    story, key = opened(office), uuid4().hex
    path = f"{story.case}/steps/add-note"
    with ThreadPoolExecutor(16) as threads:
        answers = list(
            threads.map(lambda _: office.caseworker.post(path, NOTE, key=key), range(16))
        )
    assert {(a.status_code, a.content) for a in answers} == {(200, answers[0].content)}


def test_a_key_with_another_body_is_refused(office: Office) -> None:
    story, key = opened(office), uuid4().hex
    path = f"{story.case}/steps/add-note"
    office.caseworker.post(path, NOTE, key=key)
    other = office.caseworker.post(path, NOTE | {"text": "Another note."}, key=key)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    other = office.caseworker.post(
        f"{story.case}/steps/pause-case", EXAMPLES["pause-case"], key=key
    )
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_a_step_refused_once_may_pass_later_under_its_key(office: Office) -> None:
    story, key = opened(office), uuid4().hex
    path, body = f"{story.case}/steps/rule-on-eligibility", EXAMPLES["rule-on-eligibility"]
    assert office.caseworker.post(path, body, key=key).status_code == 409
    story.on("record-social-enquiry")
    assert office.caseworker.post(path, body, key=key).status_code == 200


def test_a_key_is_of_whoever_sends_it(office: Office) -> None:
    """Another's receipt is not shown, nor repeated, nor in the way of one's own step."""
    story, key = opened(office), uuid4().hex
    path = f"{story.case}/steps/add-note"
    first = office.caseworker.post(path, NOTE, key=key)
    for other in (office.coordinator, office.elsewhere, office.auditor, office.administrator):
        shown = other.get(f"/v1/receipts/{key}")
        assert (shown.status_code, shown.json()["code"]) == (404, "nothing_recorded")
    refused = office.elsewhere.post(path, NOTE, key=key)
    assert (refused.status_code, refused.json()["code"]) == (403, "other_centre")
    own = office.coordinator.post(path, NOTE | {"text": "Another note."}, key=key)
    assert own.status_code == 200
    assert own.json()["command_id"] != first.json()["command_id"]
    assert "Idempotent-Replayed" not in own.headers


def test_a_version_that_another_saw_opens_nothing(office: Office) -> None:
    """`If-Match` is asked after whose the thing is: it tells a stranger nothing of its version."""
    story = opened(office)
    path = f"{story.case}/steps/add-note"
    for version in ('"1"', '"9"', "*"):
        refused = office.elsewhere.post(path, NOTE, if_match=version)
        assert (refused.status_code, refused.json()["code"]) == (403, "other_centre")


def test_creations_are_answered_201_with_their_address(office: Office) -> None:
    response = office.caseworker.post("/v1/beneficiaries", somebody())
    assert response.status_code == 201
    person = office.caseworker.found(response.headers["location"])
    assert person["name_latin"] == "Salma Elmithal"
    assert person["contacts"][0]["relation"] == "sister"


def test_whatever_is_made_is_answered_201_with_an_address_that_is_answered(office: Office) -> None:
    """And so is a repetition, with the same address."""
    story = opened(office)
    with story.beforehand():
        story.walk(story.steps(), until="propose-project")
    label = f"auditor-{uuid4().hex[:8]}"
    person = {"occurred_on": "2020-01-02", "role": "auditor", "label": label}
    propose = f"{story.case}/steps/propose-project"
    key_for_auditor = {"occurred_on": "2020-01-02", "staff_id": office.auditor.staff_id}
    made: list[tuple[Person, str, dict[str, Any]]] = [
        (office.administrator, "/v1/staff", person),
        (office.administrator, "/v1/centres", EXAMPLES["register-centre"]),
        (office.caseworker, "/v1/beneficiaries", somebody()),
        (office.division, "/v1/agreements", EXAMPLES["sign-agreement"]),
        (office.caseworker, propose, story.body("propose-project")),
        (office.administrator, "/v1/access-keys", key_for_auditor),
    ]
    for by, path, body in made:
        key = uuid4().hex
        first, again = (by.post(path, body, key=key) for _ in range(2))
        assert (first.status_code, again.status_code) == (201, 201), first.text
        assert first.headers["location"] == again.headers["location"]
        shown = first.json()["position"]
        asked = {"at_least": shown} if "agreements" in path else {}
        assert by.found(first.headers["location"], **asked), path


def test_if_match_lets_the_version_seen_through(office: Office) -> None:
    story = opened(office)
    seen = office.caseworker.get(story.case).headers["etag"]
    path = f"{story.case}/steps/add-note"
    assert office.caseworker.post(path, NOTE, if_match=seen).status_code == 200
    assert office.caseworker.post(path, NOTE, if_match=seen).status_code == 412
    assert office.caseworker.post(path, NOTE, if_match="*").status_code == 200


def test_a_form_opened_before_a_reminder_still_goes_in(office: Office) -> None:
    """A reminder is an event of the case, and no change of it that anybody made."""
    story = opened(office)
    story.on("begin-detention")
    before = office.caseworker.get(story.case)
    remind(office, story)
    after = office.caseworker.get(story.case)
    assert after.headers["etag"] == before.headers["etag"] == '"2"'
    assert office.auditor.found(f"{story.case}/history")["version"] == 3

    path = f"{story.case}/steps/add-note"
    answer = office.caseworker.post(path, NOTE, if_match=before.headers["etag"])
    assert (answer.status_code, answer.headers["etag"]) == (200, '"4"')
    assert office.caseworker.post(path, NOTE, if_match='"3"').status_code == 412


def test_the_history_says_by_which_step_and_with_which_key(office: Office) -> None:
    story = opened(office)
    story.on("begin-detention")
    issue = {"occurred_on": "2020-01-02", "staff_id": office.caseworker.staff_id}
    second = office.administrator.step("/v1/access-keys", issue)
    person = office.system.person(second["access_key"], office.caseworker.staff_id)
    person.step(f"{story.case}/steps/add-note", NOTE)
    remind(office, story)
    *_, noted, reminded = office.auditor.found(f"{story.case}/history")["events"]
    assert (noted["step"], noted["actor"]["credential"]) == ("add-note", second["key_id"])
    assert (reminded["step"], reminded["actor"]["credential"]) == ("record-reminder", None)


def remind(office: Office, story: Story) -> None:
    """Record the soonest reminder of the case, as its workflow would when it falls due."""
    with opened_ledger(Settings(data=office.system.data)) as ledger:
        stream = stream_id(StreamKind.CASE, story.ids["case"])
        state: Any = ledger.state(stream)
        due = pending(state, open_calendar())[0]
        at = fires_at(due, rules_of(state), story.ids["case"])
        today = datetime.now(UTC).date()
        step = RecordReminder(occurred_on=today, review=due.key, due_on=due.due_on, at=at)
        origin = Origin(kind=OriginKind.TIMER)
        ledger.record(Command(id=uuid4(), target=stream, step=step, actor=TIMER, origin=origin))


def test_a_receipt_tells_what_became_of_a_key(office: Office) -> None:
    story, key = opened(office), f"form/7?{uuid4().hex}#a"
    address = f"/v1/receipts/{quote(key, safe='')}"
    missing = office.caseworker.get(address)
    assert (missing.status_code, missing.json()["code"]) == (404, "nothing_recorded")
    taken = office.caseworker.post(f"{story.case}/steps/add-note", NOTE, key=key)
    assert office.caseworker.get(address).content == taken.content
    assert office.coordinator.get(address).status_code == 404


def test_a_key_is_shown_again_to_who_repeats_its_issue_and_opens_nothing_once_revoked(
    office: Office,
) -> None:
    hired = office.system.hire(Role.AUDITOR)
    issue, key = {"occurred_on": "2020-01-02", "staff_id": hired.staff_id}, uuid4().hex
    first = office.administrator.post("/v1/access-keys", issue, key=key)
    assert office.administrator.post("/v1/access-keys", issue, key=key).content == first.content
    issued = first.json()
    holder = office.system.person(issued["access_key"])
    assert holder.found("/v1/me")["role"] == "auditor"
    assert issued["access_key"].encode() not in (office.system.data / "ledger.db").read_bytes()
    revoke = {"occurred_on": "2020-01-03", "key_id": issued["key_id"]}
    office.administrator.step("/v1/access-keys/revocations", revoke)
    until(lambda: holder.get("/v1/me").status_code != 200, "a revoked key opens still")
    assert holder.get("/v1/me").json()["code"] == "unauthenticated"
    assert hired.get("/v1/me").status_code == 200


def test_names_and_notes_are_for_those_who_work_with_the_person(office: Office) -> None:
    story = opened(office)
    story.on("add-note", "begin-detention", "record-social-enquiry")
    path = f"/v1/beneficiaries/{story.ids['beneficiary']}"
    for person in (office.caseworker, office.coordinator, office.auditor):
        assert person.found(story.case)["name_ar"] == "سلمى المثال"
        assert person.found(path)["identity"]["number"] == story.card
    division = office.division
    assert division.found(story.case)["name_ar"] is None
    hidden = division.found(path)
    assert [hidden[name] for name in ("name_latin", "identity", "phone", "contacts")] == [None] * 4
    page = division.get("/v1/cases", at_least=story.position)
    assert "Salma" not in page.text
    history = division.get(f"{story.case}/history")
    assert "national card" not in history.text
    assert EXAMPLE.prison not in history.text
    note = next(e for e in history.json()["events"] if e["type"] == "NoteAdded")
    assert (note["fields"], note["masked"]) == ({}, ["text"])
    assert "national card" in office.auditor.get(f"{story.case}/history").text


def test_an_erased_person_is_gone_and_their_case_still_reads(office: Office) -> None:
    story = opened(office)
    story.on("add-note")
    body = {"occurred_on": "2025-06-30", "outcome": "left_country"}
    office.caseworker.step(f"{story.case}/steps/close-case", body)
    person = f"/v1/beneficiaries/{story.ids['beneficiary']}"
    body = {"occurred_on": "2025-09-01"}
    office.division.step(f"{person}/steps/request-erasure", body)
    alone = office.division.post(f"{person}/steps/confirm-beneficiary-request", body)
    assert alone.json()["code"] == "second_person_needed"
    done = office.coordinator.step(f"{person}/steps/confirm-beneficiary-request", body)
    read = office.caseworker.found(person)
    assert (read["erased_on"] is not None, read["name_ar"], read["identity"]) == (True, None, None)
    case = office.caseworker.found(story.case)
    assert (case["stage"], case["name_latin"]) == ("closed", None)
    events = office.auditor.found(f"{story.case}/history")["events"]
    assert [e["fields"].get("text") for e in events if e["type"] == "NoteAdded"] == [None]
    rows = office.caseworker.found("/v1/cases", at_least=done["position"], limit=200)["cases"]
    assert [r["name_ar"] for r in rows if r["case_id"] == story.ids["case"]] == [None]
    again = office.caseworker.post(f"{person}/steps/change-details", EXAMPLES["change-details"])
    assert again.status_code == 410


def test_what_needs_no_key_holds_no_data(office: Office) -> None:
    url = office.system.url
    assert httpx.get(f"{url}/healthz").json() == {"status": "running"}
    assert httpx.get(f"{url}/readyz").json() == {"status": "ready"}
    numbers = httpx.get(f"{url}/metrics").text
    assert "jisr_requests_total" in numbers
    assert "jisr_views_lag" in numbers
    forwarded = httpx.get(f"{url}/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    assert forwarded.status_code == 401
    by_another_name = httpx.get(f"{url}/metrics", headers={"Host": "rebound.example"})
    assert by_another_name.status_code == 401
    problems = httpx.get(f"{url}/problems").json()["problems"]
    assert "stale_version" in [problem["code"] for problem in problems]
    page = httpx.get(f"{url}/docs").text
    assert "record-release" in page
    assert "http://" not in page.replace("http://localhost", "")
    assert httpx.get(f"{url}/openapi.json").json()["openapi"]


def test_everybody_can_ask_who_they_are(office: Office) -> None:
    me = office.caseworker.found("/v1/me")
    assert (me["role"], me["centre"], me["reach"]) == ("caseworker", "taza", "own_centre")
    assert "add-note" in me["steps"]
    assert "sign-agreement" not in me["steps"]
    assert len(office.caseworker.found("/v1/places")["places"]) > 75
    assert {c["centre"] for c in office.auditor.found("/v1/centres")["centres"]} >= {"taza"}
    staff = office.caseworker.found("/v1/staff")["staff"]
    assert {member["centre"] for member in staff} == {"taza"}
    assert not any(member["keys"] for member in staff)
    assert any(member["keys"] for member in office.administrator.found("/v1/staff")["staff"])
