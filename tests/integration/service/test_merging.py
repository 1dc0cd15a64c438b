"""One person registered twice, over HTTP: who merges them, and what is read of them then."""

from dataclasses import replace
from typing import Any

import pytest

from domain.message import Role
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, merge, part, somebody
from tests.support.system import Person


@pytest.fixture(scope="module")
def there(office: Office) -> Office:
    """The second centre, as the first: with a coordinator of its own."""
    coordinator = office.system.hire(Role.COORDINATOR, "midelt")
    return replace(office, caseworker=office.elsewhere, coordinator=coordinator)


def person_of(story: Story, by: Person) -> dict[str, Any]:
    return by.found(f"/v1/beneficiaries/{story.ids['beneficiary']}")


def number_twice(by: Person, story: Story) -> list[dict[str, Any]]:
    """The findings about the story's person."""
    page = by.found("/v1/findings", code="number_twice", at_least=story.position)
    stream = f"beneficiary/{story.ids['beneficiary']}"
    return [
        each for each in page["findings"] if stream in [rest["stream"] for rest in each["rests_on"]]
    ]


def registered_again(office: Office, one: Story) -> Story:
    """The same card once more, for a reason."""
    again = Story(office)
    body = somebody(anyway_because="Another photograph.")
    body |= {"identity": body["identity"] | {"number": one.card}}
    again.take(office.caseworker, "/v1/beneficiaries", "register-beneficiary", body)
    return again


def test_the_alias_leads_to_the_one_person(office: Office) -> None:
    one = Story(office)
    one.open()
    again = registered_again(office, one)
    (finding,) = number_twice(office.coordinator, again)
    assert finding["open"]
    merge(again, one)
    assert person_of(again, office.caseworker)["merged_into"] == one.ids["beneficiary"]
    assert person_of(one, office.caseworker)["aliases"] == [again.ids["beneficiary"]]
    (finding,) = number_twice(office.coordinator, again)
    assert not finding["open"]
    refused = office.caseworker.post("/v1/cases", again.body("open-case"))
    assert (refused.status_code, refused.json()["code"]) == (409, "person_merged")
    part(again)
    assert person_of(again, office.caseworker)["merged_into"] is None
    (finding,) = number_twice(office.coordinator, again)
    assert finding["open"]


def test_of_two_open_cases_one_goes_on(office: Office) -> None:
    one = Story(office)
    one.open()
    again = registered_again(office, one)
    again.take(office.caseworker, "/v1/cases", "open-case")
    for story in (one, again):
        story.on("begin-detention")
        assert office.caseworker.found(story.case)["reviews"]
    merge(again, one, goes_on=one.ids["case"])
    aside = office.caseworker.found(again.case)
    assert aside["set_aside_for"] == one.ids["case"]
    assert aside["merged_into"] == one.ids["beneficiary"]
    assert aside["reviews"] == []
    assert office.caseworker.found(one.case)["reviews"]
    refused = office.caseworker.post(f"{again.case}/steps/open-track", again.body("open-track"))
    assert refused.json()["code"] in {"not_eligible", "case_set_aside"}


def test_of_two_centres_the_division_confirms(office: Office, there: Office) -> None:
    one = Story(office)
    one.open()
    again = registered_again(there, one)
    path = f"/v1/beneficiaries/{again.ids['beneficiary']}/steps"
    body = again.body("merge-person") | {"goes_by": one.ids["beneficiary"]}
    # Who may not see the registration asks for nothing about it.
    other = office.caseworker.post(f"{path}/merge-person", body)
    assert (other.status_code, other.json()["code"]) == (403, "other_centre")
    there.caseworker.step(f"{path}/merge-person", body)
    on = {"occurred_on": body["occurred_on"]}
    refused = there.coordinator.post(f"{path}/confirm-beneficiary-request", on)
    assert (refused.status_code, refused.json()["code"]) == (403, "division_confirms")
    answer = office.division.step(f"{path}/confirm-beneficiary-request", on)
    again.position = answer["position"]
    # Each centre goes on reading its own, and nothing of the other's.
    assert person_of(again, there.caseworker)["merged_into"] == one.ids["beneficiary"]
    assert there.caseworker.get(f"/v1/beneficiaries/{one.ids['beneficiary']}").status_code == 403
    assert there.caseworker.get(one.case).status_code == 403
    assert person_of(one, office.caseworker)["aliases"] == [again.ids["beneficiary"]]


def test_whoever_is_merged_is_found_under_the_names_they_had(office: Office) -> None:
    one = Story(office)
    one.open()
    again = Story(office)
    body = somebody(name_latin="Wahiba Elmondamija")
    again.take(office.caseworker, "/v1/beneficiaries", "register-beneficiary", body)
    merge(again, one)
    asked = {"text": "Wahiba Mondamija", "at_least": again.position}
    page = office.caseworker.step("/v1/cases/search", asked)
    assert [case["case_id"] for case in page["cases"]] == [one.ids["case"]]
    assert office.elsewhere.step("/v1/cases/search", asked)["cases"] == []
