"""A list of three hundred names: matched by number, the rest by a person, and who is unknown is kept."""

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import System
from tests.support.waiting import until

LINES = 300
LATIN, ARABIC = "Zahra Bentlisti", "زهرة بنت اللائحة"


@pytest.fixture(scope="module")
def people(office: Office) -> list[Story]:
    stories = [Story(office), Story(office), Story(office)]
    for each in stories:
        each.register(name_latin=LATIN, name_ar=ARABIC)
        each.take(office.caseworker, "/v1/cases", "open-case")
    office.caseworker.found("/v1/cases", at_least=stories[-1].position)
    return stories


@pytest.fixture
def browser(system: System, office: Office) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": system.url}
        )
        client.post("/console/sign-in", data=office.coordinator.signing_in | {"back": "/"})
        yield client


def pasted(people: list[Story]) -> str:
    """One by number, and once more as somebody else types it; two by name, in each script."""
    first = people[0].card
    rows = [
        f"{first},{LATIN},Oukacha",
        f" {first.lower()[:1]} {first[1:]} ,{ARABIC},Oukacha",
        f",{LATIN.upper()},Oukacha",
        f",{ARABIC},Oukacha",
    ]
    rows += [f"77{n:05},Inconnu Numero {'abcdefghij'[n % 10]},Ain Borja" for n in range(LINES - 4)]
    return "\n".join(["number,name,prison", *rows])


def test_a_list_of_three_hundred_is_matched_triaged_and_taken(
    people: list[Story], office: Office, browser: httpx.Client
) -> None:
    cases = [each.ids["case"] for each in people]
    form = {
        "once": "three-hundred",
        "takes": "add-note",
        "list": pasted(people),
        "text": "Named on the list.",
        "occurred_on": people[0].body("add-note")["occurred_on"],
        "explanation": "The list of the day.",
    }
    shown = browser.post("/batches/new", data=form)
    path = shown.url.path
    api = f"/v1{path}"
    lines = office.coordinator.found(f"{api}/lines", limit=4)["lines"]
    assert [each["case_id"] for each in lines] == [cases[0], cases[0], None, None]
    until(lambda: office.coordinator.found(api)["status"] == "ready")
    found = office.coordinator.found(api)
    assert (found["twice"], found["unmatched"]) == (1, LINES - 2)

    page = browser.get(path).text
    for number in (3, 4):  # whoever bears the name is offered, however it was typed
        offered = re.findall(rf'name="line-{number}" value="([^"]+)"', page)
        assert sorted(offered) == sorted([*cases, "nobody"])
    answers = {"go": "match-batch-lines", "once": "a", "line-3": cases[1], "line-4": cases[2]}
    after = re.search(r'name="from" value="(\d+)"', page)
    assert after is not None
    further = browser.post(path, data=answers | {"from": after[1]})
    assert f'name="line-{int(after[1]) + 1}"' in further.text, "it goes on after those shown"
    assert 'name="line-5"' not in further.text, "what was left out stands in nobody's way"

    until(lambda: office.coordinator.found(api)["status"] == "ready")
    browser.post(path, data={"go": "start-batch", "once": "b"} | digest(office, api))
    until(lambda: office.coordinator.found(api)["status"] == "ended")
    found = office.coordinator.found(api)
    assert (found["done"], found["refused"], found["unmatched"]) == (3, 0, LINES - 4)
    kept = office.coordinator.found(f"{api}/lines", after=4, limit=1, only="unmatched")["lines"]
    assert kept[0]["said"] == "7700000, Inconnu Numero a, Ain Borja"


def digest(office: Office, api: str) -> dict[str, str]:
    return {"digest": office.coordinator.found(api)["digest"]}
