"""The console's pages, as a browser would ask for them."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from domain.message import Role
from service.api.examples import EXAMPLES
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import Person, System

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def browser(system: System) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.url, follow_redirects=True, timeout=30) as client:
        client.headers["Accept-Language"] = "en"
        yield client


def sign_in(browser: httpx.Client, person: Person) -> httpx.Response:
    return browser.post("/console/sign-in", data={"key": person.key})


@pytest.fixture
def story(office: Office) -> Story:
    opened = Story(office)
    opened.open()
    office.caseworker.found("/v1/cases", at_least=opened.position)
    return opened


def test_nobody_sees_a_page_without_signing_in(browser: httpx.Client, story: Story) -> None:
    for path in ("/", f"/cases/{story.ids['case']}"):
        page = browser.get(path)
        assert 'name="key"' in page.text
        assert EXAMPLES["register-beneficiary"]["name_latin"] not in page.text


def test_a_wrong_key_opens_nothing(browser: httpx.Client) -> None:
    page = browser.post("/console/sign-in", data={"key": "jisr_wrong"})
    assert page.status_code == 401
    assert "opens nothing" in page.text
    assert not browser.cookies


def test_a_caseworker_sees_the_caseload_and_a_case(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    page = sign_in(browser, office.caseworker)
    assert page.status_code == 200
    assert f'href="/cases/{story.ids["case"]}"' in page.text
    case = browser.get(f"/cases/{story.ids['case']}")
    reference = office.caseworker.found(story.case)["reference"]
    assert reference in page.text
    assert f"<title>Case {reference} " in case.text
    assert "Record social enquiry" in case.text
    assert "Case opened" in case.text
    assert case.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in case.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_each_language_is_remembered(
    browser: httpx.Client, office: Office, language: str, direction: str
) -> None:
    sign_in(browser, office.caseworker)
    page = browser.get(f"/console/language/{language}?back=/")
    assert f'lang="{language}" dir="{direction}"' in page.text


def test_a_search_goes_in_the_body_and_forgives_spelling(
    browser: httpx.Client, office: Office
) -> None:
    name = {"name_ar": "إيمان الخيالية", "name_latin": f"Imane {uuid4().hex[:6]}"}
    story = Story(office)
    registered = office.caseworker.step(
        "/v1/beneficiaries", EXAMPLES["register-beneficiary"] | name
    )
    story.ids |= registered["ids"]
    story.take(office.caseworker, "/v1/cases", "open-case")
    office.caseworker.found("/v1/cases", at_least=story.position)
    sign_in(browser, office.caseworker)
    page = browser.post("/", data={"text": "ايمان الخياليه"})
    assert name["name_latin"] in page.text
    assert str(page.url).endswith("/")
    assert 'method="post" action="/" role="search"' in page.text


def test_another_centres_case_is_not_there(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    page = sign_in(browser, office.elsewhere)
    assert story.ids["case"] not in page.text
    case = browser.get(f"/cases/{story.ids['case']}")
    assert case.status_code == 404
    assert EXAMPLES["register-beneficiary"]["name_latin"] not in case.text
    assert browser.get("/cases/nonsense").status_code == 404


def test_an_administrator_sees_no_case(browser: httpx.Client, office: Office, story: Story) -> None:
    page = sign_in(browser, office.administrator)
    assert story.ids["case"] not in page.text
    assert browser.get(f"/cases/{story.ids['case']}").status_code == 404


def test_a_name_cannot_carry_a_script(browser: httpx.Client, office: Office) -> None:
    body = EXAMPLES["register-beneficiary"] | {"name_latin": SCRIPT}
    story = Story(office)
    story.ids |= office.caseworker.step("/v1/beneficiaries", body)["ids"]
    story.take(office.caseworker, "/v1/cases", "open-case")
    office.caseworker.found("/v1/cases", at_least=story.position)
    page = sign_in(browser, office.caseworker)
    assert SCRIPT not in page.text
    assert "&lt;script&gt;" in page.text


def test_a_revoked_key_ends_the_session(
    browser: httpx.Client, office: Office, system: System
) -> None:
    guest = system.hire(Role.AUDITOR)
    assert 'name="key"' not in sign_in(browser, guest).text
    staff = office.administrator.found("/v1/staff")["staff"]
    (key,) = next(one["keys"] for one in staff if one["staff_id"] == guest.staff_id)
    revoke = EXAMPLES["revoke-access-key"] | {"key_id": key}
    office.administrator.step("/v1/access-keys/revocations", revoke)
    assert 'name="key"' in browser.get("/").text


def test_signing_out_ends_the_session(browser: httpx.Client, office: Office) -> None:
    sign_in(browser, office.caseworker)
    assert 'name="key"' in browser.post("/console/sign-out").text
    assert 'name="key"' in browser.get("/").text


def test_the_style_sheet_comes_from_here(browser: httpx.Client) -> None:
    sheet = browser.get("/console/static/console.css")
    assert sheet.headers["Content-Type"].startswith("text/css")
    assert "http" not in sheet.text
