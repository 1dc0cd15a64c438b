"""The console's pages, as a browser would ask for them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest

from domain.message import Role
from service.api.steps.examples import EXAMPLES
from service.console.pages.routes import PAGES
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, somebody
from tests.support.system import Person, System
from tests.support.weight import require_light

SCRIPT = "<script>alert(1)</script>"
COOKIE = "jisr_sign_in"


@pytest.fixture
def browser(system: System) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": system.url}
        )
        client.event_hooks = {"response": [require_light]}
        yield client


def sign_in(browser: httpx.Client, person: Person, back: str = "/") -> httpx.Response:
    return browser.post("/console/sign-in", data=person.signing_in | {"back": back})


def is_signed_out(page: httpx.Response) -> bool:
    return 'name="key" type="password"' in page.text


@pytest.fixture
def story(office: Office) -> Story:
    opened = Story(office)
    opened.open()
    office.caseworker.found("/v1/cases", at_least=opened.position)
    return opened


def test_nobody_sees_a_page_without_signing_in(browser: httpx.Client, story: Story) -> None:
    for path in ("/", f"/cases/{story.ids['case']}", "/steps/register-centre", "/found/x"):
        page = browser.get(path)
        assert is_signed_out(page)
        assert EXAMPLES["register-beneficiary"]["name_latin"] not in page.text


def test_signing_in_leads_to_the_page_that_was_asked_for(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    asked = f"/cases/{story.ids['case']}"
    assert f'name="back" value="{asked}"' in browser.get(asked).text
    assert urlsplit(str(sign_in(browser, office.caseworker, asked).url)).path == asked
    for elsewhere in ("//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example"):
        assert urlsplit(str(sign_in(browser, office.caseworker, elsewhere).url)).path == "/"


def test_a_wrong_key_opens_nothing(browser: httpx.Client) -> None:
    page = browser.post("/console/sign-in", data={"key": "jisr_wrong"})
    assert page.status_code == 401
    assert "opens nothing" in page.text
    assert not browser.cookies


def test_what_the_browser_holds_is_a_number_no_script_reads(
    browser: httpx.Client, office: Office
) -> None:
    browser.follow_redirects = False
    answer = sign_in(browser, office.caseworker)
    signed, device = cookies = answer.headers.get_list("Set-Cookie")
    assert signed.startswith(f"{COOKIE}=")
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert office.caseworker.key not in cookie
    again = sign_in(browser, office.coordinator).headers.get_list("Set-Cookie")
    assert again[1] == device, "one number for all who sign in by a browser"
    assert again[0] != signed


def test_each_sign_in_is_a_new_one_and_ends_the_one_before(
    browser: httpx.Client, office: Office
) -> None:
    sign_in(browser, office.caseworker)
    first = browser.cookies[COOKIE]
    sign_in(browser, office.caseworker)
    assert browser.cookies[COOKIE] != first
    assert is_signed_out(browser.get("/", headers={"Cookie": f"{COOKIE}={first}"}))


def test_signing_out_ends_it_on_the_server(
    browser: httpx.Client, office: Office, system: System
) -> None:
    sign_in(browser, office.caseworker)
    held = browser.cookies[COOKIE]
    assert is_signed_out(browser.post("/console/sign-out"))
    with httpx.Client(base_url=system.url, cookies={COOKIE: held}) as thief:
        assert is_signed_out(thief.get("/"))


def test_a_form_from_elsewhere_is_not_taken(browser: httpx.Client, office: Office) -> None:
    elsewhere = {"Origin": "https://elsewhere.example"}
    answer = browser.post("/console/sign-in", data=office.caseworker.signing_in, headers=elsewhere)
    assert (answer.status_code, dict(browser.cookies)) == (403, {})
    sign_in(browser, office.caseworker)
    for path in ("/console/sign-out", "/console/language", "/found", "/steps/register-centre"):
        assert browser.post(path, data={}, headers=elsewhere).status_code == 403
    del browser.headers["Origin"]
    assert browser.post("/console/sign-out").status_code == 403
    assert not is_signed_out(browser.get("/"))


SENT_FROM = {
    "another site": {"Origin": "https://elsewhere.example"},
    "a page that keeps back where it is": {"Origin": "null"},
    "nobody knows where": {},
    "another site, by what browsers add": {"Sec-Fetch-Site": "cross-site", "Origin": "@"},
    "another name of this site's": {"Sec-Fetch-Site": "same-site", "Origin": "@"},
    "another port of this machine": {"Origin": "http://127.0.0.1:9"},
}
POSTS = [
    path.format_map(defaultdict(lambda: UUID(int=7), step="register-centre"))
    for method, path, _ in PAGES
    if method == "POST"
]


@pytest.mark.parametrize("headers", SENT_FROM.values(), ids=SENT_FROM)
@pytest.mark.parametrize("path", POSTS)
def test_no_form_is_taken_from_elsewhere(
    office: Office, system: System, path: str, headers: dict[str, str]
) -> None:
    """Of any page that takes one, whoever is signed in; and the sign-in stands as it was."""
    ours = {"Origin": system.url}
    sent = {name: value.replace("@", system.url) for name, value in headers.items()}
    with httpx.Client(base_url=system.url, timeout=30) as browser:
        browser.post("/console/sign-in", data=office.administrator.signing_in, headers=ours)
        held = browser.cookies[COOKIE]
        typed = EXAMPLES["register-centre"] | {"key": office.division.key, "text": "Salma"}
        data = {name: str(value) for name, value in typed.items()}
        answer = browser.post(path, data=data, headers=sent)
        assert answer.status_code == 403, answer.text
        assert "set-cookie" not in answer.headers
        assert browser.cookies[COOKIE] == held
        assert not is_signed_out(browser.get("/"))


def test_a_number_that_somebody_else_chose_signs_nobody_in(
    browser: httpx.Client, office: Office, system: System
) -> None:
    """Neither before a sign-in nor by it: each one has a number of its own, drawn here."""
    chosen = "x" * 43
    browser.cookies.set(COOKIE, chosen, domain="127.0.0.1")
    assert is_signed_out(browser.get("/"))
    browser.follow_redirects = False
    answer = sign_in(browser, office.caseworker)
    assert chosen not in answer.headers["Set-Cookie"]
    with httpx.Client(base_url=system.url, cookies={COOKIE: chosen}) as other:
        assert is_signed_out(other.get("/"))


def test_signing_out_leaves_the_other_browsers_as_they_are(
    browser: httpx.Client, office: Office, system: System
) -> None:
    ours = {"Origin": system.url}
    with httpx.Client(base_url=system.url, headers=ours, follow_redirects=True) as other:
        for each in (browser, other):
            sign_in(each, office.caseworker)
        assert is_signed_out(browser.post("/console/sign-out"))
        assert not is_signed_out(other.get("/"))


def test_a_revoked_key_ends_the_session(
    browser: httpx.Client, office: Office, system: System
) -> None:
    guest = system.hire(Role.AUDITOR)
    assert not is_signed_out(sign_in(browser, guest))
    staff = office.administrator.found("/v1/staff")["staff"]
    (key,) = next(one["keys"] for one in staff if one["staff_id"] == guest.staff_id)
    revoke = EXAMPLES["revoke-access-key"] | {"key_id": key}
    office.administrator.step("/v1/access-keys/revocations", revoke)
    assert is_signed_out(browser.get("/"))


def test_a_form_sent_after_the_session_ended_is_kept_and_gone_on_with(
    browser: httpx.Client, office: Office
) -> None:
    form = {"key": uuid4().hex, "name_fr": "Centre de Fès", "go": "send"}
    page = browser.post("/steps/register-centre", data=form)
    assert is_signed_out(page)
    assert "Your answers are kept" in page.text
    kept, _ = re.findall(r'name="kept" value="([^"]*)"', page.text)
    sent = {
        **office.administrator.signing_in,
        "back": "/steps/register-centre",
        "kept": kept.replace("&amp;", "&"),
    }
    page = browser.post("/console/sign-in", data=sent)
    assert 'action="/steps/register-centre"' in page.text
    assert 'name="name_fr" value="Centre de Fès"' in page.text


def test_what_was_pressed_on_the_first_page_after_the_session_ended_leads_back_to_it(
    browser: httpx.Client, office: Office
) -> None:
    page = browser.post("/console/notices/seen", data={"once": uuid4().hex})
    kept, _ = re.findall(r'name="kept" value="([^"]*)"', page.text)
    back = "/console/notices/seen"
    page = browser.post(
        "/console/sign-in", data=office.auditor.signing_in | {"back": back, "kept": kept}
    )
    assert (page.status_code, urlsplit(str(page.url)).path) == (200, "/")
    assert not is_signed_out(page)


def test_a_caseworker_sees_the_caseload_and_a_case(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    page = sign_in(browser, office.caseworker, "/cases")
    assert page.status_code == 200
    assert f'href="/cases/{story.ids["case"]}"' in page.text
    case = browser.get(f"/cases/{story.ids['case']}")
    reference = office.caseworker.found(story.case)["reference"]
    assert reference in page.text
    assert f"<title>{reference} " in case.text
    assert "Record social enquiry" in case.text
    assert "Plan to agree" in case.text, "what is due"
    assert "Case opened" in case.text
    assert case.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in case.headers["Content-Security-Policy"]


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("fr", "ltr"), ("en", "ltr")])
def test_each_language_is_remembered(
    browser: httpx.Client, office: Office, language: str, direction: str
) -> None:
    sign_in(browser, office.caseworker)
    back = "/cases?whose=everybody&stage=follow_up"
    page = browser.post("/console/language", data={"language": language, "back": back})
    assert f'lang="{language}" dir="{direction}"' in page.text
    assert str(page.url).endswith(back), "the filters are kept"
    assert f'lang="{language}"' in browser.get("/").text


def test_no_address_changes_the_language(browser: httpx.Client) -> None:
    browser.get("/console/language", params={"language": "ar"})
    assert 'lang="en"' in browser.get("/").text


def test_a_search_goes_in_the_body_and_is_found_again_by_a_random_name(
    browser: httpx.Client, office: Office, system: System
) -> None:
    name = {"name_ar": "إيمان الخيالية", "name_latin": f"Imane {uuid4().hex[:6]}"}
    story = Story(office)
    registered = office.caseworker.step("/v1/beneficiaries", somebody() | name)
    story.ids |= registered["ids"]
    story.take(office.caseworker, "/v1/cases", "open-case")
    office.caseworker.found("/v1/cases", at_least=story.position)
    sign_in(browser, office.caseworker)
    page = browser.post("/found", data={"text": "ايمان الخياليه"})
    assert name["name_latin"] in page.text
    found = str(page.url)
    assert urlsplit(found).path.startswith("/found/")
    assert "%D8" not in found, "no name stands in an address"
    assert [each.status_code for each in page.history] == [303]
    assert name["name_latin"] in browser.get(found).text, "Back and reload find it again"
    filtered = browser.get(found + "&stage=closed")
    assert "No case of that name" in filtered.text
    with httpx.Client(base_url=system.url, follow_redirects=True) as other:
        other.headers["Origin"] = system.url
        sign_in(other, office.caseworker)
        assert urlsplit(str(other.get(found).url)).path == "/cases", "it is of one sign-in"


def test_a_search_that_is_no_name_finds_nobody_and_fails_nowhere(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    sign_in(browser, office.caseworker)
    for text in ("؟؟", "%", "\x00", "\u200f\u200d", "x" * 5000, "Ab " * 9):
        page = browser.post("/found", data={"text": text})
        assert page.status_code == 422, text
        assert story.ids["case"] not in page.text
    assert "at most" in page.text, "it says how many words it looks for"
    assert browser.post("/found", data={"text": " "}).status_code == 200, "the list again"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\n", "\u202e", "\u2067"])
def test_a_search_with_signs_that_nobody_can_read_is_refused_in_words(
    browser: httpx.Client, office: Office, sign: str
) -> None:
    sign_in(browser, office.caseworker)
    page = browser.post("/found", data={"text": f"Sal{sign}ma"}, headers={"Accept-Language": "ar"})
    assert page.status_code == 422
    assert "رموز تحكم" in page.text


def test_filters_stand_in_the_address_so_that_back_works(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    sign_in(browser, office.caseworker)
    page = browser.get("/cases", params={"whose": "everybody", "status": "overdue"})
    assert page.status_code == 200
    assert '<form method="get" action="/cases">' in page.text
    for asked in (
        {"stage": "nonsense"},
        {"province": "x"},
        {"status": "scheduled"},
        {"centre": "nowhere"},
        {"whose": "theirs"},
    ):
        refused = browser.get("/cases", params=asked)
        assert refused.status_code == 422, asked
        assert story.ids["case"] not in refused.text
        assert "Choose from the filters" in refused.text
    assert browser.get("/cases", params={"stage": "", "province": ""}).status_code == 200
    assert browser.get("/cases", params={"after": "nonsense"}).status_code == 422


def test_another_centres_case_is_not_there(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    page = sign_in(browser, office.elsewhere)
    assert story.ids["case"] not in page.text
    case = browser.get(f"/cases/{story.ids['case']}")
    assert case.status_code == 404
    assert EXAMPLES["register-beneficiary"]["name_latin"] not in case.text
    assert browser.get("/cases/nonsense").status_code == 404


def test_a_ceremony_has_a_page_for_whom_it_concerns(browser: httpx.Client, office: Office) -> None:
    scheduled = office.coordinator.step("/v1/ceremonies", EXAMPLES["schedule-ceremony"])
    name = scheduled["ids"]["ceremony"]
    office.caseworker.found(f"/v1/ceremonies/{name}", at_least=scheduled["position"])
    sign_in(browser, office.caseworker)
    page = browser.get(f"/ceremonies/{name}")
    assert "Nobody is on the list yet." in page.text
    assert EXAMPLES["schedule-ceremony"]["site_name"] in page.text
    assert browser.get("/ceremonies/nonsense").status_code == 404
    sign_in(browser, office.elsewhere)
    page = browser.get(f"/ceremonies/{name}")
    assert page.status_code == 404
    assert EXAMPLES["schedule-ceremony"]["site_name"] not in page.text


def test_the_division_is_told_that_names_are_not_shown_and_not_that_they_are_erased(
    browser: httpx.Client, office: Office, story: Story
) -> None:
    sign_in(browser, office.division)
    for path in ("/cases?whose=everybody", f"/cases/{story.ids['case']}"):
        page = browser.get(path)
        assert "Not shown to this role" in page.text
        assert "Erased" not in page.text
        assert "last contact" not in page.text, "which may have been in prison"
        assert EXAMPLES["register-beneficiary"]["name_latin"] not in page.text
    assert 'type="search"' not in page.text, "who may read no name may look for none"


def test_an_address_that_is_none_has_a_page_in_the_readers_language(
    browser: httpx.Client, office: Office
) -> None:
    page = browser.get("/no/such/page", headers={"Accept-Language": "fr"})
    assert page.status_code == 404
    assert '<html lang="fr"' in page.text
    assert 'href="/"' in page.text
    problem = browser.get("/v1/no-such-thing")
    assert problem.headers["Content-Type"] == "application/problem+json"


def test_an_administrator_sees_no_case(browser: httpx.Client, office: Office, story: Story) -> None:
    page = sign_in(browser, office.administrator)
    assert page.status_code == 200
    assert story.ids["case"] not in page.text
    assert browser.get(f"/cases/{story.ids['case']}").status_code == 404


def test_a_name_cannot_carry_a_script(browser: httpx.Client, office: Office) -> None:
    body = somebody() | {"name_latin": SCRIPT}
    story = Story(office)
    story.ids |= office.caseworker.step("/v1/beneficiaries", body)["ids"]
    story.take(office.caseworker, "/v1/cases", "open-case")
    office.caseworker.found("/v1/cases", at_least=story.position)
    page = sign_in(browser, office.caseworker, f"/cases/{story.ids['case']}")
    assert SCRIPT not in page.text
    assert "&lt;script&gt;" in page.text


def test_the_style_sheet_comes_from_here_and_is_kept(browser: httpx.Client) -> None:
    (address,) = re.findall(r'href="(/console/static/[^"]+)"', browser.get("/").text)
    sheet = browser.get(address)
    assert sheet.headers["Content-Type"].startswith("text/css")
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "http" not in sheet.text


def test_a_session_is_read_line_by_line_by_the_centre_of_its_cases(
    browser: httpx.Client, office: Office
) -> None:
    story = Story(office)
    with story.beforehand():
        story.sign()
        story.open()
        story.walk(story.steps(), until="sign-undertaking")
    office.coordinator.found("/v1/sessions", at_least=story.position)
    sign_in(browser, office.coordinator)
    assert f"/sessions/{story.ids['session']}" in browser.get("/sessions").text
    page = browser.get(f"/sessions/{story.ids['session']}").text
    assert f"/cases/{story.ids['case']}" in page
    assert "Approve" in page
    assert EXAMPLES["record-minutes"]["minutes"] in page
    assert browser.get(f"/sessions/{uuid4()}").status_code == 404
    assert browser.get("/sessions/x").status_code == 404
    browser.cookies.clear()
    sign_in(browser, office.elsewhere)
    assert browser.get(f"/sessions/{story.ids['session']}").status_code == 404
