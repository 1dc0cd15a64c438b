"""The page of papers, as a browser without script asks for it and sends to it."""

import re
from collections.abc import Iterator

import httpx
import pytest

from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.integration.service.test_console import sign_in
from tests.support import papers
from tests.support.system import Person, System

KEY = re.compile(r'name="key" value="([0-9a-f]{32})"')
LINK = re.compile(r'href="([^"]+/papers/[0-9a-f-]{36})" download')


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    story.sign()
    story.schedule()
    story.open()
    office.caseworker.found("/v1/cases", at_least=story.position)
    return story


@pytest.fixture
def browser(system: System) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": system.url}
        )
        yield client


def signed_in(browser: httpx.Client, person: Person) -> httpx.Client:
    browser.cookies.clear()
    sign_in(browser, person)
    return browser


def fill(
    browser: httpx.Client, page: str, data: bytes, key: str = "", **more: str
) -> httpx.Response:
    found = key or KEY.findall(browser.get(page).text)[-1]
    answers = {"key": found, "kind": "diploma", **more}
    file = ("../../etc/Fatima Elmithal.pdf", data, "application/pdf")
    return browser.post(page, data=answers, files={"file": file})


def test_a_paper_is_attached_listed_saved_and_withdrawn(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    signed_in(browser, office.caseworker)
    case, page = f"/cases/{story.ids['case']}", f"/cases/{story.ids['case']}/papers"
    assert f'href="{page}"' in browser.get(case).text
    assert "No paper is attached yet" in browser.get(page).text
    assert str(browser.get(f"{case}/steps/attach-document").url).endswith("/papers#attach")
    when = {"expires_on.day": "1", "expires_on.month": "2", "expires_on.year": "2031"}
    key = KEY.findall(browser.get(page).text)[-1]
    shown = fill(browser, page, papers.pdf(2), key, **when)
    assert "Diploma or certificate" in shown.text
    assert "1 February 2031" in shown.text
    assert "2 pages" in shown.text
    assert "Elmithal.pdf" not in shown.text
    again = fill(browser, page, papers.pdf(2), key, **when)
    assert (again.status_code, len(LINK.findall(again.text))) == (200, 1)
    (link,) = LINK.findall(shown.text)
    saved = browser.get(link)
    assert saved.content == papers.pdf(2)
    assert saved.headers["cache-control"] == "no-store"
    assert saved.headers["content-disposition"].startswith("attachment;")
    withdrawn = browser.post(f"{link}/withdrawal", data={"key": "once", "explanation": ""})
    assert (withdrawn.status_code, "Say why it is withdrawn" in withdrawn.text) == (422, True)
    withdrawn = browser.post(f"{link}/withdrawal", data={"key": "once", "explanation": "Wrong."})
    assert withdrawn.status_code == 200
    assert LINK.findall(withdrawn.text) == []
    assert browser.get(link).status_code == 409


def test_a_refusal_keeps_the_answers_and_says_what_to_do(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    signed_in(browser, office.caseworker)
    page = f"/cases/{story.ids['case']}/papers"
    year = {"issued_on.day": "3", "issued_on.month": "March", "issued_on.year": "2022"}
    bomb = fill(browser, page, papers.pdf() + papers.archive(), **year)
    assert bomb.status_code == 422
    assert "More than one thing in a file" in bomb.text
    assert '<option value="diploma" selected>' in bomb.text
    assert 'value="March"' in bomb.text
    assert 'href="#file"' in bomb.text
    assert "?form=" in str(bomb.url), "a page of its own, that can be loaded again"
    assert browser.get(str(bomb.url)).text.count('value="March"') == 1
    browser.headers["Accept-Language"] = "fr"
    assert "Plusieurs choses dans un fichier" in browser.get(str(bomb.url)).text
    browser.headers["Accept-Language"] = "en"
    empty = browser.post(page, data={"key": "0" * 32, "kind": "lease"}, files={"file": ("", b"")})
    assert (empty.status_code, "Nothing was sent" in empty.text) == (422, True)
    nothing = fill(browser, page, papers.pdf(), kind="", **{"issued_on.day": "32"})
    assert nothing.status_code == 422
    assert "Choose what the paper is" in nothing.text
    assert "That is no day" in nothing.text
    assert "No paper is attached yet" in browser.get(page).text or LINK.search(nothing.text)


FORM = re.compile(r'name="form" value="([0-9a-f]{32})"')


def test_one_forms_mistakes_are_kept_in_one_place_and_until_it_succeeds(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    signed_in(browser, office.caseworker)
    page = f"/cases/{story.ids['case']}/papers"
    assert FORM.findall(browser.get(page).text) == []
    first = fill(browser, page, papers.HTML, **{"issued_on.month": "Thermidor"})
    (form,) = FORM.findall(first.text)
    key = KEY.findall(first.text)[-1]
    second = fill(browser, page, papers.pdf(), key, form=form, **{"issued_on.month": "Brumaire"})
    assert second.url == first.url
    assert "Thermidor" not in second.text
    assert "Brumaire" in second.text
    shown = fill(browser, page, papers.pdf(3), KEY.findall(second.text)[-1], form=form)
    assert (shown.status_code, "3 pages" in shown.text) == (200, True)
    gone = browser.get(str(second.url))
    assert (gone.status_code, "Brumaire" in gone.text) == (200, False)
    link = LINK.findall(shown.text)[0]
    silent = [browser.post(f"{link}/withdrawal", data={"key": "a"}) for _ in range(2)]
    assert silent[0].url == silent[1].url
    assert silent[1].status_code == 422
    assert FORM.findall(silent[1].text) == [], "an attached paper's mistakes are another form's"
    browser.post(f"{link}/withdrawal", data={"key": "b", "explanation": "Wrong."})
    assert browser.get(str(silent[1].url)).status_code == 200


def test_a_strange_key_is_not_kept_under(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    signed_in(browser, office.caseworker)
    page = f"/cases/{story.ids['case']}/papers"
    strange = fill(browser, page, papers.HTML, form="../&x=1")
    assert re.search(r"\?form=[0-9a-f]{32}$", str(strange.url))


def test_what_was_typed_is_its_authors_alone(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    signed_in(browser, office.caseworker)
    page = f"/cases/{story.ids['case']}/papers"
    wrong = fill(browser, page, papers.HTML, **{"issued_on.month": "Thermidor"})
    assert "Thermidor" in wrong.text
    assert browser.get("/drafts").status_code == 200
    signed_in(browser, office.coordinator)
    other = browser.get(str(wrong.url))
    assert (other.status_code, "Thermidor" in other.text) == (200, False)


def test_too_much_is_refused_in_words(browser: httpx.Client, office: Office, story: Story) -> None:
    signed_in(browser, office.caseworker)
    large = fill(browser, f"/cases/{story.ids['case']}/papers", bytes(25_000_000))
    assert (large.status_code, "at most" in large.text) == (422, True)


def test_each_thing_with_papers_has_the_page(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    for collection, kind, person, paper in (
        ("sessions", "session", office.coordinator, "minutes"),
        ("ceremonies", "ceremony", office.coordinator, "list"),
        ("agreements", "agreement", office.division, "agreement"),
    ):
        signed_in(browser, person)
        thing = f"/{collection}/{story.ids[kind]}"
        assert f'href="{thing}/papers"' in browser.get(thing).text
        shown = fill(browser, f"{thing}/papers", papers.pdf(), kind=paper)
        assert shown.status_code == 200, shown.text
        (link,) = LINK.findall(shown.text)
        assert browser.get(link).content == papers.pdf()


def test_who_may_not_reads_nothing(browser: httpx.Client, office: Office, story: Story) -> None:
    page = f"/cases/{story.ids['case']}/papers"
    for person in (office.elsewhere, office.division, office.administrator):
        signed_in(browser, person)
        assert browser.get(page).status_code == 404
        assert fill(browser, page, papers.pdf(), key="0" * 32).status_code == 404
    browser.cookies.clear()
    signed_out = fill(browser, page, papers.pdf(), key="0" * 32)
    assert 'name="kept"' not in signed_out.text or "PDF" not in signed_out.text
    strange = browser.post(
        page, files={"file": ("a.pdf", b"x")}, headers={"Origin": "https://elsewhere.example"}
    )
    assert strange.status_code == 403


def test_the_page_speaks_each_language_and_is_light(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    signed_in(browser, office.coordinator)
    for language in ("ar", "fr", "en"):
        page = browser.get(
            f"/cases/{story.ids['case']}/papers", headers={"Cookie": f"jisr_language={language}"}
        )
        assert len(page.content) < 60_000
        assert "style=" not in page.text


@pytest.fixture(scope="module")
def handed_over(office: Office) -> Story:
    story = Story(office)
    story.was_delivered()
    office.caseworker.found("/v1/cases", at_least=story.position)
    return story


def test_a_paper_of_a_track_says_so_and_the_day_it_came(
    browser: httpx.Client, office: Office, handed_over: Story
) -> None:
    signed_in(browser, office.caseworker)
    page = f"/cases/{handed_over.ids['case']}/papers"
    track = re.search(r'name="track_id".*?value="([0-9a-f-]{36})"', browser.get(page).text)
    assert track
    came = {"occurred_on.day": "5", "occurred_on.month": "6", "occurred_on.year": "2024"}
    early = fill(browser, page, papers.pdf(), kind="lease", **came, **{
        "issued_on.day": "6", "issued_on.month": "6", "issued_on.year": "2024",
        "track_id": track[1],
    })  # fmt: skip
    assert (early.status_code, "before the day it bears" in early.text) == (422, True)
    assert f'<option value="{track[1]}" selected>' in early.text
    shown = fill(browser, page, papers.pdf(), kind="lease", track_id=track[1], **came)
    assert "5 June 2024" in shown.text
    told = office.caseworker.found(f"/v1{page}")["papers"][-1]
    assert (told["track_id"], told["attached_on"]) == (track[1], "2024-06-05")


def test_a_photograph_shows_whoever_consented_and_says_who_did_not(
    browser: httpx.Client, office: Office, handed_over: Story
) -> None:
    story, case = handed_over, handed_over.ids["case"]
    signed_in(browser, office.coordinator)
    page = f"/ceremonies/{story.ids['ceremony']}/papers"
    assert f'name="shows.{case}"' in browser.get(page).text
    steps, purposes = f"/v1/cases/{case}/steps", ["ceremony_photographs"]
    for consents in (False, True):
        body = {"occurred_on": "2025-06-01", "purposes": purposes}
        if consents:
            office.caseworker.step(f"{steps}/give-consent", {**body, "given_as": "signed"})
        else:
            office.caseworker.step(f"{steps}/withdraw-consent", body)
        before = browser.get(page).text
        assert (f"shows.{case}" in before) is consents
        assert (f'href="/cases/{case}/steps/give-consent"' in before) is not consents
    shows = {f"shows.{case}": "yes"}
    wrong = fill(browser, page, papers.picture("JPEG"), kind="list", **shows)
    assert wrong.status_code == 422  # sent as a PDF
    assert f'name="shows.{case}" value="yes" checked' in wrong.text
    key = KEY.findall(browser.get(page).text)[-1]
    answers = {"key": key, "kind": "photograph", **shows}
    file = ("IMG.jpg", papers.picture("JPEG"), "image/jpeg")
    attached = browser.post(page, data=answers, files={"file": file})
    assert attached.status_code == 200, attached.text
    assert len(LINK.findall(attached.text)) == len(LINK.findall(before)) + 1
