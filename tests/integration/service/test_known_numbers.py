"""A number that is somebody's already, over HTTP: who is told what."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, somebody
from tests.support.system import Person
from tests.support.waiting import until
from tests.support.written import entries


def registering(person: Person, body: dict[str, Any]) -> httpx.Response:
    return person.post("/v1/beneficiaries", body)


def with_card(card: str, **more: Any) -> dict[str, Any]:
    body = somebody(**more)
    return body | {"identity": body["identity"] | {"number": card}}


def findings(person: Person, after: dict[str, Any]) -> dict[str, Any]:
    return person.found("/v1/findings", code="number_twice", at_least=after["position"])


def test_who_registers_a_known_card_is_shown_the_case(office: Office) -> None:
    story = Story(office)
    story.open()
    spaced = f"{story.card[:4].lower()} {story.card[4:]}"
    for person in (office.caseworker, office.coordinator):
        response = registering(person, with_card(spaced))
        problem = response.json()
        assert (response.status_code, problem["code"]) == (409, "number_known")
        assert problem["params"] == {
            "case_id": story.ids["case"],
            "beneficiary_id": story.ids["beneficiary"],
            "reference": office.caseworker.found(story.case)["reference"],
        }
        assert problem["params"]["reference"] in problem["detail"]


def test_another_centre_is_told_whose_the_person_is_alone(office: Office) -> None:
    story = Story(office)
    story.open()
    response = registering(office.elsewhere, with_card(story.card))
    problem, centre = response.json(), EXAMPLES["register-centre"]
    assert (response.status_code, problem["code"]) == (409, "number_known_at_centre")
    assert problem["params"] == {
        "centre": "taza",
        "centre_fr": centre["name_fr"],
        "centre_ar": centre["name_ar"],
    }
    for told in (story.ids["case"], story.ids["beneficiary"], story.card):
        assert told not in response.text


@pytest.fixture
def known(office: Office) -> Story:
    story = Story(office)
    story.open()
    return story


def test_nothing_is_recorded_of_an_attempt_and_the_log_says_who_made_it(
    office: Office, known: Story, nothing_recorded: None
) -> None:
    """Whoever tries numbers leaves a line for each, without the number."""
    log, by = office.system.data / "api.log", office.elsewhere

    def tried() -> int:
        lines = entries(log, by.staff_id)
        return sum(line["operation"] == "register-beneficiary" for line in lines)

    before = tried()
    assert registering(by, with_card(known.card)).status_code == 409
    until(lambda: tried() == before + 1, "no line of it")
    assert known.card not in log.read_text(encoding="utf-8")


def test_registering_anyway_is_a_finding(office: Office) -> None:
    story = Story(office)
    story.open()
    why = "Her sister came with her card."
    answer = office.caseworker.step("/v1/beneficiaries", with_card(story.card, anyway_because=why))
    person = answer["ids"]["beneficiary"]
    mine = [
        each
        for each in findings(office.coordinator, answer)["findings"]
        if f"beneficiary/{person}" in [rest["stream"] for rest in each["rests_on"]]
    ]
    assert len(mine) == 1
    assert [rest["stream"] for rest in mine[0]["rests_on"]] == [
        f"beneficiary/{story.ids['beneficiary']}",
        f"beneficiary/{person}",
    ]
    assert office.caseworker.found(f"/v1/beneficiaries/{person}")["anyway_because"] == why


def test_one_of_two_centres_is_the_divisions_finding(office: Office) -> None:
    story = Story(office)
    story.open()
    body = with_card(story.card, anyway_because="A card found in the street.")
    answer = office.elsewhere.step("/v1/beneficiaries", body)
    stream = f"beneficiary/{answer['ids']['beneficiary']}"
    assert stream in str(findings(office.division, answer))
    assert stream not in str(findings(office.coordinator, answer))


def found(person: Person, text: str, story: Story) -> list[str]:
    """The cases that a search finds."""
    page = person.step("/v1/cases/search", {"text": text, "at_least": story.position})
    return [case["case_id"] for case in page["cases"]]


def test_a_person_is_found_by_any_number_of_theirs_and_by_nobody_elsewhere(office: Office) -> None:
    story = Story(office)
    story.register()
    details = story.body("change-details") | {"phone": "+212 611 223 344"}
    path = f"/v1/beneficiaries/{story.ids['beneficiary']}/steps/change-details"
    story.take(office.caseworker, path, "change-details", details)
    story.take(office.caseworker, "/v1/cases", "open-case")
    detained = story.body("begin-detention") | {"detention_number": "D-778899"}
    story.take(office.caseworker, story.path("begin-detention"), "begin-detention", detained)
    case = story.ids["case"]
    for text in (story.card, story.card.lower(), "0611 22 33 44", "00212611223344", "d 778899"):
        assert found(office.caseworker, text, story) == [case], text
        assert found(office.elsewhere, text, story) == []
    assert found(office.caseworker, story.card[:-1], story) == []
    refused = office.division.post("/v1/cases/search", {"text": story.card})
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")


def test_what_a_corrected_birth_date_makes_wrong_is_the_coordinators_finding(
    office: Office,
) -> None:
    story = Story(office)
    story.was_delivered()
    right = story.body("correct-identity") | {"birth_date": "2009-05-17"}
    path = f"/v1/beneficiaries/{story.ids['beneficiary']}/steps/correct-identity"
    story.take(office.caseworker, path, "correct-identity", right)
    page = office.coordinator.found("/v1/findings", at_least=story.position)
    mine = {
        each["code"]
        for each in page["findings"]
        if story.ids["case"] in [rest["case_id"] for rest in each["rests_on"]]
    }
    assert mine >= {"minor_approved", "minor_signed", "minor_got_cash"}


def test_a_card_typed_for_the_wrong_person_is_free_once_it_is_corrected(office: Office) -> None:
    story = Story(office)
    story.register()
    path = f"/v1/beneficiaries/{story.ids['beneficiary']}/steps/correct-identity"
    right = story.body("correct-identity") | {"identity": somebody()["identity"]}
    assert registering(office.caseworker, with_card(story.card)).status_code == 409
    story.take(office.caseworker, path, "correct-identity", right)
    assert registering(office.caseworker, with_card(story.card)).status_code == 201


def test_whom_it_may_be_is_told_in_the_answer_word_for_word(office: Office) -> None:
    body = somebody(name_latin="Driss El Mouhtamal", name_ar=None, birth_date="1979-11-02")
    first = office.caseworker.step("/v1/beneficiaries", body)
    assert first["warnings"] == []
    office.caseworker.found("/v1/cases", at_least=first["position"])
    again = somebody(name_latin="Idriss Mohtamal", name_ar=None, birth_year=1979, birth_date=None)
    key = uuid4().hex
    told = [office.caseworker.post("/v1/beneficiaries", again, key=key) for _ in range(2)]
    assert told[0].text == told[1].text
    about = first["ids"]["beneficiary"]
    warned = [{"code": "similar_person", "about": about, "params": {}}]
    assert told[0].json()["warnings"] in (warned, [])
    assert told[0].json()["warnings"] == warned
    # Of another centre's people nobody is told.
    elsewhere = office.elsewhere.step("/v1/beneficiaries", again | {"identity": None})
    assert elsewhere["warnings"] == []


def similar(person: Person, after: int, **asked: Any) -> list[str]:
    body = {**asked, "at_least": after}
    found = person.step("/v1/beneficiaries/similar", body)["people"]
    return [each["beneficiary_id"] for each in found]


def test_who_is_about_to_register_somebody_is_told_of_whom_it_may_be(office: Office) -> None:
    """Alike in either script, of the same day or year; each centre of its own people."""
    body = somebody(name_latin="Youssef El Mouftarad", name_ar=None, birth_date="1987-03-09")
    answer = office.caseworker.step("/v1/beneficiaries", body)
    person, after = answer["ids"]["beneficiary"], answer["position"]
    born = {"birth_date": "1987-03-09"}
    for asked in (
        {"name_latin": "Yousef Moftarad"} | born,
        {"name_latin": "Mouftarad Youssef"} | born,
        {"name_ar": "يوسف المفترض"} | born,
        {"name_latin": "Yousef Moftarad", "birth_year": 1987},
        {"name_latin": "Youssef Ahmed El Mouftarad"} | born,
    ):
        assert person in similar(office.caseworker, after, **asked), asked
        assert similar(office.elsewhere, after, **asked) == []
    for other in (
        {"name_latin": "Yousef Moftarad", "birth_date": "1987-03-10"},
        {"name_latin": "Yousef Moftarad", "birth_year": 1988},
        {"name_latin": "Hamza Moftarad"} | born,
        {"name_latin": "Yousef Moftarad"},
    ):
        assert person not in similar(office.caseworker, after, **other), other
