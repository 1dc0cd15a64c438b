"""Papers through both doors: what they say, who prints them, and where their code leads."""

from collections.abc import Iterator

import httpx
import pytest

from domain.example.person import EXAMPLE
from domain.message import Role
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.integration.service.test_request_log import line_of
from tests.support.printed import metadata_of, text_of
from tests.support.system import Person, System

NAME = "Salma Elmithal"
PAPERS = ("undertaking", "delivery-slip", "visit-sheet", "summary")


@pytest.fixture
def browser(system: System) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": system.url}
        )
        yield client


def sign_in(browser: httpx.Client, person: Person, back: str) -> httpx.Response:
    return browser.post("/console/sign-in", data=person.signing_in | {"back": back})


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    delivered = Story(office)
    delivered.was_delivered()
    office.caseworker.found("/v1/cases", at_least=delivered.position)
    return delivered


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_answered_and_kept_nowhere_under_a_name_of_nobodys(
    office: Office, story: Story, paper: str
) -> None:
    answer = office.caseworker.get(f"{story.case}/papers-out/{paper}")
    assert answer.status_code == httpx.codes.OK
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert paper in answer.headers["content-disposition"]
    told = text_of(answer.content)
    assert NAME in told
    assert "Inscription" in told
    for word in ("prison", "détention", "libération", "سجن", "اعتقال"):
        assert word not in told.lower()
    outside = metadata_of(answer.content) + str(answer.headers)
    assert "Salma" not in outside
    line = line_of(office, answer)
    assert line["operation"].startswith("print-")
    assert line["on"] == [story.ids["case"]]


def test_what_is_printed_twice_of_the_same_entry_says_the_same(
    office: Office, story: Story
) -> None:
    def printed() -> str:
        return text_of(office.caseworker.get(f"{story.case}/papers-out/summary").content)

    def facts(text: str) -> str:
        return text.partition("Imprimé")[0].partition("Ouverture")[2]

    assert facts(printed()) == facts(printed()) != ""


def test_a_paper_that_would_say_nothing_is_refused_in_words(office: Office) -> None:
    opened = Story(office)
    opened.open()
    for paper in ("undertaking", "delivery-slip"):
        answer = office.caseworker.get(f"{opened.case}/papers-out/{paper}")
        assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_print")
    asked = f"{opened.case}/papers-out/summary"
    refused = office.caseworker.http.get(asked, headers={"Accept": "application/json"})
    assert refused.status_code == httpx.codes.NOT_ACCEPTABLE


def test_a_page_leads_to_its_papers_and_each_print_stands_in_the_log(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    case = f"/cases/{story.ids['case']}"
    assert f'href="{case}/papers-out"' in sign_in(browser, office.caseworker, case).text
    page = browser.get(f"{case}/papers-out")
    for paper in PAPERS:
        assert f'href="{case}/papers-out/{paper}"' in page.text
    answer = browser.get(f"{case}/papers-out/delivery-slip")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert NAME in text_of(answer.content)
    line = line_of(office, answer)
    assert (line["operation"], line["staff"]) == ("print-delivery-slip", office.caseworker.staff_id)
    ceremony = f"/ceremonies/{story.ids['ceremony']}"
    for thing, paper in (
        (ceremony, "list"),
        (ceremony, "minutes"),
        (ceremony, "delivery-slips"),
        (f"/sessions/{story.ids['session']}", "list"),
        (f"/orders/{story.ids['order']}", "delivery-slips"),
    ):
        assert f'href="{thing}/papers-out/{paper}"' in browser.get(thing).text
        assert browser.get(f"{thing}/papers-out/{paper}").content.startswith(b"%PDF")
    assert "/papers-out/visit-sheets" in browser.get("/").text
    assert browser.get(f"{case}/papers-out/love-letter").status_code == httpx.codes.NOT_FOUND


def test_the_code_of_a_paper_leads_to_what_became_of_it_for_who_may_know(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    at = f"/p/cases/{story.ids['case']}?at={story.position}"
    asked = browser.get(at)
    assert 'action="/console/sign-in"' in asked.text
    assert NAME not in asked.text
    page = sign_in(browser, office.caseworker, at)
    assert "Nothing was recorded since" in page.text
    assert f"/cases/{story.ids['case']}" in page.text
    for number in (1, 2):
        story.take(office.caseworker, story.path("add-note"), "add-note")
        expected = "1 entry was" if number == 1 else "2 entries were"
        assert expected in browser.get(at).text
    for malformed in ("/p/cases/x?at=1", "/p/loves/x?at=1", at.replace("?at=", "?at=-")):
        assert browser.get(malformed).status_code == httpx.codes.NOT_FOUND
    browser.post("/console/sign-out")
    hidden = sign_in(browser, office.elsewhere, at)
    assert hidden.status_code == httpx.codes.NOT_FOUND
    assert EXAMPLE.centre not in hidden.text


def test_a_ceremonys_papers_are_the_divisions_without_names(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    ceremony = f"/ceremonies/{story.ids['ceremony']}"
    page = sign_in(browser, office.division, ceremony)
    assert f"{ceremony}/papers-out/minutes" in page.text
    assert f"{ceremony}/papers-out/delivery-slips" not in page.text
    told = text_of(browser.get(f"{ceremony}/papers-out/minutes").content)
    assert "Salma" not in told
    assert "Non affiché pour ce rôle" in told
    assert "trente mille dirhams" in told


def test_a_round_has_who_is_to_be_seen_today_and_only_ones_own(office: Office) -> None:
    hired = office.system.hire(Role.CASEWORKER, EXAMPLE.centre)
    nobody = hired.get("/v1/papers-out/visit-sheets", caseworker=hired.staff_id)
    assert nobody.json()["code"] == "nothing_to_print"
    story = Story(office)
    story.was_delivered()
    asked = {"caseworker": office.caseworker.staff_id, "at_least": story.position}
    told = text_of(office.caseworker.get("/v1/papers-out/visit-sheets", **asked).content)
    assert office.caseworker.found(story.case)["reference"] in told
    assert "Visite de suivi" in told or "Sans nouvelles" in told
    theirs = office.elsewhere.get("/v1/papers-out/visit-sheets", **asked)
    assert theirs.json()["code"] == "nothing_to_print"
