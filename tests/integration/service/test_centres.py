"""A centre that closes, over HTTP: nothing is taken there, what remains is told, and the past stands."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import httpx

from domain.message import Role
from domain.values.calendar import local_date
from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office, elsewhere
from tests.integration.service.story import Story
from tests.integration.service.test_referrals import browser as browser  # noqa: PLC0414 (a fixture)
from tests.support.system import Person

TODAY = local_date(datetime.now(UTC))
PLACE, OPEN = "boulemane", "sefrou"


def there(office: Office, place: str = PLACE) -> tuple[Person, Person]:
    """The caseworker and the coordinator of a centre of its own."""
    centre = elsewhere(place, place[:3].upper(), place)
    office.administrator.step("/v1/centres", EXAMPLES["register-centre"] | centre)
    hire = office.system.hire
    return hire(Role.CASEWORKER, place), hire(Role.COORDINATOR, place)


def serving(office: Office, **asked: str) -> list[str]:
    found = office.caseworker.found("/v1/centres", **asked)["centres"]
    return [each["centre"] for each in found]


def test_a_closed_centre_takes_nothing_and_its_open_cases_stand_in_the_way(office: Office) -> None:
    caseworker, coordinator = there(office)
    story = Story(office)
    story.open()
    here = story.body("refer-case") | {"to_centre": PLACE}
    story.take(office.caseworker, story.path("refer-case"), "refer-case", here)
    accept = {"occurred_on": here["occurred_on"], "caseworker": caseworker.staff_id}
    moved = coordinator.step(story.path("accept-referral"), accept)
    said = {"occurred_on": str(TODAY), "centre": PLACE}
    office.administrator.step("/v1/centres/closings", said | {"closed_from": str(TODAY)})
    (closing,) = coordinator.found("/v1/left-cases", at_least=moved["position"])["closing"]
    assert closing == {"centre": PLACE, "closed_from": str(TODAY), "open_cases": 1}
    assert office.coordinator.found("/v1/left-cases")["closing"] == []
    assert serving(office, province=PLACE) == []
    yesterday = str(TODAY - timedelta(days=1))
    assert serving(office, province=PLACE, on=yesterday) == [PLACE]
    other = Story(office)
    other.open()
    response = office.caseworker.post(other.path("refer-case"), here)
    assert (response.status_code, response.json()["code"]) == (409, "centre_closed")
    assert coordinator.get(story.case).status_code == 200
    back = here | {"to_centre": "taza", "occurred_on": str(TODAY)}
    assert coordinator.post(story.path("refer-case"), back).status_code == 200


def test_a_move_tells_which_centre_serves_and_the_case_is_referred_from_there(
    office: Office,
) -> None:
    story = Story(office)
    story.open()
    lives = {"occurred_on": str(TODAY), "province": "midelt", "address": "3, rue Neuve"}
    told = office.caseworker.step(story.path("record-move"), lives)
    (warned,) = told["warnings"]
    assert (warned["code"], warned["params"]["centre"]) == ("another_centre_serves", "midelt")
    person = office.caseworker.found(f"/v1/beneficiaries/{story.ids['beneficiary']}")
    assert person["address"] == "3, rue Neuve"
    row = office.caseworker.found("/v1/cases", province="midelt", at_least=told["position"])
    assert [each["case_id"] for each in row["cases"]] == [story.ids["case"]]


def test_a_province_that_passes_has_its_open_cases_on_a_list_of_as_many(
    office: Office, browser: httpx.Client
) -> None:
    _, coordinator = there(office, OPEN)
    story = Story(office)
    story.open()
    lives = {"occurred_on": str(TODAY), "province": OPEN, "address": "3, rue Neuve"}
    moved = office.caseworker.step(story.path("record-move"), lives)
    found = office.coordinator.found("/v1/left-cases", at_least=moved["position"])["passing"]
    (group,) = [each for each in found if each["province"] == OPEN]
    assert (group["centre"], group["to_centres"]) == ("taza", [OPEN])
    asked = {"to_refer": "true", "province": OPEN, "limit": 200, "total": "true"}
    page = office.coordinator.found("/v1/cases", **asked)
    assert page["total"] == group["open_cases"] == len(page["cases"])
    assert story.ids["case"] in {each["case_id"] for each in page["cases"]}
    assert coordinator.found("/v1/left-cases")["passing"] == []
    assert coordinator.found("/v1/cases", to_refer="true")["cases"] == []
    division = office.division.found("/v1/left-cases")["passing"]
    assert group in division
    browser.post("/console/sign-in", data=office.coordinator.signing_in)
    hrefs = re.findall(r'href="([^"]*waits_for=referral[^"]*)"', browser.get("/referrals").text)
    (href,) = [unescape(each) for each in hrefs if f"province={OPEN}&" in each]
    listed = browser.get(href)
    assert listed.url.path == "/cases"
    assert story.ids["case"] in listed.text
