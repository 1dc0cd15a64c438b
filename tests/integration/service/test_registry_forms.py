"""What is there twice is merged at a browser, and undone; and what a form misses is registered from it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import httpx
import pytest

from service.api.steps.examples import EXAMPLES
from service.words.language import Language
from service.words.store import words
from tests.integration.service.conftest import Office
from tests.support.browsing import Browsing, Page, at_a_browser, told

DAY = {"occurred_on": "another", "occurred_on.day": "3", "occurred_on.month": "6"} | {
    "occurred_on.year": "2024"
}


@pytest.fixture(scope="module")
def coordinators(office: Office) -> Iterator[dict[Language, Browsing]]:
    """One, in each language."""
    with ExitStack() as open_ones:
        yield {
            language: open_ones.enter_context(
                at_a_browser(office.system, office.coordinator, language)
            )
            for language in Language
        }


def registered(office: Office, name_fr: str, **more: Any) -> str:
    body = EXAMPLES["register-entry"] | {"entry": f"s-{uuid4().hex[:8]}", "name_fr": name_fr}
    position = office.administrator.step("/v1/registry", body | more)["position"]
    office.division.found("/v1/registry/supplier", at_least=position, limit=1)
    return str(body["entry"])


def goes_by(office: Office, entry: str) -> str:
    return str(office.division.found(f"/v1/registry/supplier/{entry}")["goes_by"])


def merging(person: Browsing, entry: str, by: str, search: str) -> httpx.Response:
    """From the page of the one, by a search for the other, to the page that checks both."""
    page = person.browser.get(f"/registry/supplier/{entry}")
    link = f"/steps/merge-entries?entry={entry}"
    assert link in page.text, told(page)
    form = Page(person.browser.get(link).text)
    sought = form.sent() | {"goes_by.search": search, "go": "search:goes_by"}
    found = Page(person.browser.post(form.action, data=sought).text)
    assert by in found.controls["goes_by"].offered
    chosen = found.sent() | DAY | {"goes_by": by, "explanation": "One shop.", "go": "send"}
    return person.browser.post(found.action, data=chosen)


def recorded(person: Browsing, check: httpx.Response) -> httpx.Response:
    page = Page(check.text)
    assert "record" in page.buttons, told(check)
    return person.browser.post(page.action, data=page.sent() | {"go": "record"})


@pytest.mark.parametrize("language", [Language.ARABIC])
def test_two_are_merged_at_a_browser_and_parted_again(
    office: Office, coordinators: dict[Language, Browsing], language: Language
) -> None:
    person, said = coordinators[language], words(language).page
    name = f"Forge {uuid4().hex[:6].translate(str.maketrans('0123456789', 'ghijklmnop'))}"
    one, other = registered(office, name), registered(office, f"Sté {name}")
    check = merging(person, other, one, name)
    assert check.text.count(name) >= 2, "both stand side by side"
    sent = recorded(person, check)
    assert "/sent/" in str(sent.url), told(sent)
    page = person.browser.get(f"/registry/supplier/{other}").text
    assert said["entry_goes_by"] in page
    assert f"/registry/supplier/{one}" in page
    assert said["entry_merged_here"] in person.browser.get(f"/registry/supplier/{one}").text
    assert goes_by(office, other) == one
    address = f"/steps/undo-entry-merge?entry={other}"
    assert address in page
    form = Page(person.browser.get(address).text)
    undo = form.sent() | DAY | {"explanation": "Two shops.", "go": "send"}
    recorded(person, person.browser.post(form.action, data=undo))
    assert goes_by(office, other) == other


@pytest.mark.parametrize("language", [Language.FRENCH])
def test_what_is_not_to_be_merged_is_refused_in_words(
    office: Office, coordinators: dict[Language, Browsing], language: Language
) -> None:
    person = coordinators[language]
    one, other = registered(office, "Atelier Zelk"), registered(office, "Zelk", until="2020-12-31")
    ended = merging(person, one, other, "zelk")
    assert "/sent/" in str(recorded(person, ended).url), "one that ended may go on"
    for entry, by in ((other, one), (one, one), (one, other)):
        address = f"/steps/merge-entries?entry={entry}&goes_by={by}"
        form = Page(person.browser.get(address).text)
        typed = form.sent() | DAY | {"goes_by": by, "explanation": "One.", "go": "send"}
        answer = person.browser.post(form.action, data=typed)
        assert "record" not in Page(answer.text).buttons, told(answer)
        assert answer.status_code in (200, 409, 422), told(answer)
    assert goes_by(office, one) == other


def test_of_two_who_merge_at_once_one_is_told_that_it_is_done(
    office: Office, coordinators: dict[Language, Browsing]
) -> None:
    one, other = registered(office, "Atelier Wagho"), registered(office, "Wagho")
    people = [coordinators[Language.FRENCH], coordinators[Language.ARABIC]]
    checks = [
        merging(person, *pair, "wagho")
        for person, pair in zip(people, ((one, other), (other, one)), strict=True)
    ]
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(recorded, people, checks))
    assert sorted("/sent/" in str(each.url) for each in answers) == [False, True]
    assert {goes_by(office, one), goes_by(office, other)} in ({one}, {other})


@pytest.mark.parametrize("language", [Language.ENGLISH])
def test_what_a_form_misses_is_registered_and_the_form_is_as_it_was(
    office: Office, coordinators: dict[Language, Browsing], language: Language
) -> None:
    person, said = coordinators[language], words(language).page
    form = Page(person.browser.get("/steps/record-reception").text)
    begun = form.sent() | DAY | {"reason": "housing", "sent_to.search": "nobody of that name"}
    searched = Page(person.browser.post(form.action, data=begun | {"go": "search:sent_to"}).text)
    (button,) = [each for each in searched.buttons if each.startswith("register:")]
    answer = person.browser.post(searched.action, data=searched.sent() | {"go": button})
    assert "/steps/register-entry" in str(answer.url), told(answer)
    code, name = f"a-{uuid4().hex[:8]}", f"Association {uuid4().hex[:6]}"
    new = Page(answer.text)
    typed = new.sent() | DAY | {"kind": "association", "entry": code, "province": "taza"}
    typed |= {"name_fr": name, "name_ar": "جمعية", "go": "send"}
    typed |= {"since.day": "1", "since.month": "1", "since.year": "2020"}
    sent = recorded(person, person.browser.post(new.action, data=typed))
    assert said["entry_go_back"] in sent.text, told(sent)
    links = sent.text.split(said["entry_go_back"])[1].split('href="')[1:]
    at = next(each for each in links if words(language).step["record-reception"] in each)
    back = person.browser.get(at.split('"')[0].replace("&amp;", "&"))
    page = Page(back.text)
    assert page.controls["reason"].value == "housing"
    assert page.controls["occurred_on.year"].value == "2024"
    assert code in page.controls["sent_to"].offered, told(back)
