"""Who still reads of a person whose data is restricted, over HTTP and on a page."""

from dataclasses import dataclass

import pytest

from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.browsing import Page, at_a_browser
from tests.support.system import Person

ON = {"occurred_on": "2026-09-01"}


@dataclass(frozen=True)
class Restricted:
    story: Story
    position: int

    @property
    def office(self) -> Office:
        return self.story.office

    def paths(self) -> tuple[str, ...]:
        ids, case = self.story.ids, self.story.case
        person = f"/v1/beneficiaries/{ids['beneficiary']}"
        project = f"/v1/projects/{ids['project']}/history"
        return (case, f"{case}/timeline", f"{case}/history", person, f"{person}/history", project)

    def listed(self, reader: Person) -> bool:
        page = reader.found("/v1/cases", limit=200, at_least=self.position)
        return self.story.ids["case"] in [row["case_id"] for row in page["cases"]]


@pytest.fixture(scope="module")
def restricted(office: Office) -> Restricted:
    story = Story(office)
    with story.beforehand():
        story.until_delivery()
        story.walk(step for step in story.steps() if step.occurred_on > story.way.delivered_on)
        closed = {"occurred_on": story.body("close-case")["occurred_on"]}
        for step, more in (("refer-case", {"to_centre": "midelt"}), ("withdraw-referral", {})):
            body = story.body(step) | more | closed
            story.take(story.office.caseworker, story.path(step), step, body)
        story.on("close-case")
    path = f"/v1/beneficiaries/{story.ids['beneficiary']}/steps"
    refused = office.division.post(f"{path}/request-erasure", ON)
    assert (refused.status_code, refused.json()["code"]) == (409, "public_proof_kept")
    assert refused.json()["params"] == {"earliest": "2034-07-18"}
    done = office.division.step(f"{path}/restrict-person", ON)
    return Restricted(story, done["position"])


def test_the_coordinator_and_the_auditor_read(restricted: Restricted) -> None:
    office = restricted.office
    for reader in (office.coordinator, office.auditor):
        for path in restricted.paths():
            assert reader.get(path).status_code == 200, path
        assert restricted.listed(reader)
        case = reader.found(restricted.story.case)
        assert (case["restricted_until"], case["open_steps"]) == ("2034-07-18", case["open_steps"])
    ceremony = f"/v1/ceremonies/{restricted.story.ids['ceremony']}"
    (line,) = office.coordinator.found(ceremony, at_least=restricted.position)["lines"]
    assert line["name_latin"] == "Salma Elmithal"


def test_nobody_else_reads_and_no_list_has_them(restricted: Restricted) -> None:
    office = restricted.office
    for reader in (office.caseworker, office.division):
        for path in restricted.paths():
            answer = reader.get(path)
            refused = (answer.status_code, answer.json()["code"])
            assert refused == (403, "restricted_to_coordinator"), path
        assert not restricted.listed(reader)
    counted = [
        reader.found("/v1/cases/counts", at_least=restricted.position)["total"]
        for reader in (office.coordinator, office.caseworker)
    ]
    assert counted[0] - counted[1] == 1
    ceremony = f"/v1/ceremonies/{restricted.story.ids['ceremony']}"
    (line,) = office.caseworker.found(ceremony, at_least=restricted.position)["lines"]
    assert (line["name_latin"], line["reference"], line["items"]) == (None, None, [])
    assert line["restricted_until"] is None
    session = f"/v1/sessions/{restricted.story.ids['session']}"
    (line,) = office.caseworker.found(session, at_least=restricted.position)["lines"]
    assert (line["name_latin"], line["reference"], line["restricted_until"]) == (None, None, None)
    answered = [
        [each["case_id"] for each in reader.found("/v1/referrals/answered")["answered"]]
        for reader in (office.coordinator, office.auditor, office.caseworker, office.division)
    ]
    assert [restricted.story.ids["case"] in each for each in answered] == [True, True, False, False]
    reminders = office.caseworker.found("/v1/reminders", limit=500)["reminders"]
    assert restricted.story.ids["case"] not in [each["case_id"] for each in reminders]


def test_on_the_list_of_what_is_to_be_erased_they_have_no_reference_for_the_division(
    restricted: Restricted,
) -> None:
    office, path = restricted.office, "/v1/retention"
    asked = {"year": "2090", "limit": 500, "at_least": restricted.position}
    reference = office.coordinator.found(restricted.story.case)["reference"]
    person = restricted.story.ids["beneficiary"]
    for reader, told in ((office.coordinator, reference), (office.division, None)):
        rows = reader.found(path, **asked)["rows"]
        (row,) = (each for each in rows if each["beneficiary_id"] == person)
        assert (row["restricted"], row["reference"]) == (True, told)


def test_the_division_erases_whom_it_may_not_read_of(restricted: Restricted) -> None:
    """They come from the list to how it stands, and to the step's form: no name, no number of a case."""
    office, person = restricted.office, restricted.story.ids["beneficiary"]
    reference = office.coordinator.found(restricted.story.case)["reference"]
    told = office.division.found(f"/v1/beneficiaries/{person}/erasure")
    assert (told["standing"], told["restricted_until"]) == ("proof_kept", "2034-07-18")
    assert {each["reference"] for each in told["leaves"]} == {None}
    with at_a_browser(office.system, office.division) as division:
        listed = division.browser.get("/privacy/retention?year=2034").text
        stands = division.browser.get(f"/beneficiaries/{person}/erasure").text
        form = f"/beneficiaries/{person}/steps/request-erasure"
        asked = division.browser.get(form)
        answers = Page(asked.text).sent() | {"occurred_on": "today", "go": "send"}
        sent = division.browser.post(Page(asked.text).action, data=answers)
    assert f"/beneficiaries/{person}/erasure" in listed
    assert form in listed
    assert "lift-restriction" in stands
    assert asked.status_code == 200
    assert "18 July 2034" in sent.text, "why it is refused"
    for page in (listed, stands, asked.text):
        assert reference not in page
        assert "Elmithal" not in page


def test_a_finding_names_them_only_to_who_reads_of_them(restricted: Restricted) -> None:
    """Somebody else was handed the same cheque and the same machine."""
    office, case = restricted.office, restricted.story.ids["case"]
    other = Story(office)
    other.was_delivered()
    asked = {"code": "cheque_twice", "at_least": other.position, "limit": 200}
    for reader, named in ((office.auditor, True), (office.division, False)):
        findings = reader.found("/v1/findings", **asked)["findings"]
        rests = {each["finding_id"]: each["rests_on"] for each in findings}
        finding, on = next(it for it in rests.items() if case in {row["case_id"] for row in it[1]})
        told = {each["case_id"]: each["reference"] for each in on}
        assert (told[case] is not None, told[other.ids["case"]] is not None) == (named, True)
    told_of = [
        reader.found(f"/v1/findings/{finding}") for reader in (office.auditor, office.division)
    ]
    named_to_both = [each for each in on if each["reference"] is not None]
    assert [len(each["entries"]) for each in told_of] == [len(on), len(named_to_both)]
    with at_a_browser(office.system, office.division) as division:
        pages = [
            division.browser.get(f"/findings{where}").text
            for where in ("?code=cheque_twice", f"/{finding}")
        ]
    assert [f"/cases/{other.ids['case']}" in each for each in pages] == [True, True]
    assert [str(case) in each for each in pages] == [False, False]


def test_no_batch_names_them_to_whoever_does_not_read_of_them(restricted: Restricted) -> None:
    """Nor tells a pasted list whose their reference is."""
    office, ids = restricted.office, restricted.story.ids
    reference = office.coordinator.found(restricted.story.case)["reference"]
    asked = {"text": reference}
    found = [
        reader.post("/v1/batches/find-lines", asked).json()["lines"][0]["case_id"]
        for reader in (office.coordinator, office.caseworker, office.division)
    ]
    assert found == [ids["case"], None, None]
    lines = [{"case_id": ids["case"], "said": "Salma Elmithal"}]
    body = restricted.story.body("prepare-batch") | {"lines": lines, "count": 1}
    done = office.coordinator.step("/v1/batches", body)
    path = f"/v1/batches/{done['ids']['batch']}/lines"
    for reader, name in ((office.coordinator, "Salma Elmithal"), (office.caseworker, None)):
        (line,) = reader.found(path, at_least=done["position"])["lines"]
        assert (line["name_latin"], line["said"]) == (name, name)
        assert (line["reference"] is None) is (name is None)
    told = [
        each.get(path.replace("/lines", "/history")) for each in (office.caseworker, office.auditor)
    ]
    assert [each.status_code for each in told] == [403, 200]
    assert told[0].json()["code"] == "restricted_to_coordinator"


def test_no_pasted_list_tells_whose_a_number_is_to_who_reads_no_numbers(office: Office) -> None:
    story = Story(office)
    story.open()
    office.coordinator.found("/v1/cases", at_least=story.position)
    asked = {"text": f"number\n{story.card}"}
    found = [
        reader.post("/v1/batches/find-lines", asked).json()["lines"][0]["case_id"]
        for reader in (office.coordinator, office.caseworker, office.division)
    ]
    assert found == [story.ids["case"], story.ids["case"], None]


def test_what_was_pasted_of_somebody_goes_from_its_line_with_them(office: Office) -> None:
    story, reader = Story(office), office.coordinator
    story.open()
    case, holder = story.ids["case"], story.ids["beneficiary"]
    lines = [{"case_id": case, "said": "Salma Elmithal"}]
    body = story.body("prepare-batch") | {"lines": lines, "count": 1}
    path = f"/v1/batches/{reader.step('/v1/batches', body)['ids']['batch']}/lines"
    (line,) = reader.found(path)["lines"]
    assert line["said"] == "Salma Elmithal"
    close = {"occurred_on": "2023-03-01", "outcome": "left_country"}
    office.caseworker.step(f"{story.case}/steps/close-case", close)
    day, person = {"occurred_on": "2023-03-02"}, f"/v1/beneficiaries/{holder}/steps"
    office.division.step(f"{person}/request-erasure", day)
    done = reader.step(f"{person}/confirm-beneficiary-request", day)
    (line,) = reader.found(path, at_least=done["position"])["lines"]
    assert (line["said"], line["answers"], line["name_latin"]) == (None, {}, None)


def test_an_open_case_rests_for_whoever_asks_that_their_data_be_kept_and_not_used(
    office: Office,
) -> None:
    """Their coordinator goes on reading; the caseworker neither reads nor records anything."""
    story = Story(office)
    story.open()
    case, steps = story.ids["case"], f"/v1/beneficiaries/{story.ids['beneficiary']}/steps"
    body = {"because": "accuracy_contested", "asked_by": "person", "explanation": "Not my name."}
    tasks = office.coordinator.found("/v1/tasks", limit=200, at_least=story.position)["tasks"]
    assert case in [each["case_id"] for each in tasks]
    done = office.coordinator.step(f"{steps}/restrict-on-request", ON | body)
    for reader in (office.caseworker, office.division):
        answer = reader.get(story.case)
        assert (answer.status_code, answer.json()["code"]) == (403, "restricted_to_coordinator")
    note = ON | {"text": "Called."}
    refused = [
        reader.post(f"{story.case}/steps/add-note", note).json()["code"]
        for reader in (office.caseworker, office.coordinator)
    ]
    assert refused == ["restricted_to_coordinator", "case_restricted"]
    asked = {"limit": 200, "at_least": done["position"]}
    tasks = office.coordinator.found("/v1/tasks", **asked)["tasks"]
    assert case not in [each["case_id"] for each in tasks]
    found = office.coordinator.found(story.case)
    assert (found["is_open"], found["restricted_for"]) == (True, "accuracy_contested")
    with at_a_browser(office.system, office.coordinator) as coordinator:
        pages = [
            coordinator.browser.get(path).text
            for path in (f"/cases/{case}", f"/beneficiaries/{story.ids['beneficiary']}", "/privacy")
        ]
        first = coordinator.browser.get("/").text
    for page in pages:
        assert "They say that something is wrong" in page
    assert "A restriction is to be looked at again" in first
    lifted = ON | {"explanation": "Set right.", "told_on": ON["occurred_on"]}
    office.coordinator.step(f"{steps}/lift-restriction", lifted)
    assert office.caseworker.get(story.case).status_code == 200
