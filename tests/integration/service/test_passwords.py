"""Signing in by name, password and authenticator: from the sheet to the end, as a browser asks."""

import html
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

import httpx
import pyotp
import pytest

from domain.message import Role
from service.identity.passwords.codes import STEP_SECONDS
from tests.integration.service.conftest import Office
from tests.support.system import PURPOSE, Person

PASSWORD = "quatre mots que je retiens"
ADDRESSES = count(2)
"""Each browser comes from one of its own: wrong tries are counted by it too."""
OTHER = "cinq autres mots bien plus longs"


@dataclass
class Browser:
    """One browser with its cookies; what it was shown last."""

    http: httpx.Client
    text: str = ""
    status: int = 0
    path: str = ""

    def post(self, path: str, **fields: str) -> str:
        return self._took(self.http.post(path, data=fields))

    def get(self, path: str) -> str:
        return self._took(self.http.get(path))

    def _took(self, response: httpx.Response) -> str:
        self.text, self.status = response.text, response.status_code
        self.path = response.url.path
        return self.text

    def hidden(self, name: str) -> str:
        (value, *_) = re.findall(rf'name="{name}" value="([^"]*)"', self.text)
        return html.unescape(value)

    def secrets(self) -> list[str]:
        return re.findall(r'<bdi class="secret"[^>]*>([^<]+)</bdi>', self.text)


@dataclass
class Phone:
    """An authenticator: each code once, as whoever waits for the next one has it."""

    secret: str
    used: set[int] = field(default_factory=set)

    def code(self) -> str:
        """Of now, or of a step beside it that was not used yet."""
        now = int(datetime.now(UTC).timestamp()) // STEP_SECONDS
        step = next(each for each in (now - 1, now, now + 1) if each > max(self.used, default=0))
        self.used.add(step)
        return self.of(step)

    def of(self, step: int) -> str:
        return pyotp.HOTP(self.secret).at(step)


@pytest.fixture
def browsers(office: Office) -> Iterator["Browsers"]:
    made = Browsers(office.system.url)
    yield made
    for each in made.opened:
        each.close()


class Browsers:
    """As many as a test needs."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.opened: list[httpx.Client] = []

    def new(self, agent: str = "Mozilla/5.0 Firefox/140.0") -> Browser:
        number = next(ADDRESSES)
        own = httpx.HTTPTransport(local_address=f"127.1.{number >> 8}.{number & 255}")
        http = httpx.Client(base_url=self._url, follow_redirects=True, timeout=30, transport=own)
        said = {"Accept-Language": "en", "Accept": "text/html", "User-Agent": agent}
        http.headers.update(said | {"Origin": self._url})
        self.opened.append(http)
        return Browser(http)


def sheet_for(office: Office, browsers: Browsers, person: Person, name: str) -> str:
    """The code on the sheet that the administrator prints."""
    browser = browsers.new()
    browser.post("/console/sign-in", **office.administrator.signing_in)
    browser.get(f"/staff/{person.staff_id}")
    browser.post(f"/staff/{person.staff_id}/sheet", name=name, once=browser.hidden("once"))
    assert browser.status == 200, browser.text
    said, code = browser.secrets()
    assert said == name
    assert "<svg" in browser.text
    assert "style=" not in browser.text
    return code


def choose(browser: Browser, name: str, code: str, password: str = PASSWORD) -> Phone:
    """To the page that shows the authenticator's secret."""
    browser.post("/console/invitation", name=name, code=code, stage="name")
    assert 'name="new"' in browser.text, browser.text
    browser.post("/console/invitation", name=name, code=code, new=password, stage="password")
    (secret,) = browser.secrets()
    return Phone(secret)


def finish(browser: Browser, name: str, phone: Phone) -> list[str]:
    """The codes of the recovery sheet; then one is signed in."""
    assert browser.hidden("name") == name
    ticket = browser.hidden("ticket")
    browser.post("/console/invitation", name=name, ticket=ticket, factor=phone.code())
    browser.http.post("/account/purpose", data={"purpose": PURPOSE})
    return re.findall(r"<li><bdi[^>]*>([0-9A-Z-]{11})</bdi></li>", browser.text)


def sign_in(browser: Browser, name: str, password: str, code: str, back: str = "/") -> int:
    typed = {"name": name, "password": password, "code": code, "purpose": PURPOSE}
    browser.post("/console/sign-in", **typed, back=back)
    return browser.status


@dataclass
class Member:
    """Somebody who set a password in a browser, and is signed in there."""

    person: Person
    name: str
    browser: Browser
    phone: Phone
    recovery: list[str]


@pytest.fixture
def member(office: Office, browsers: Browsers) -> Member:
    person, name = office.system.hire(Role.CASEWORKER, "taza"), f"taza-{uuid4().hex[:8]}"
    browser, code = browsers.new(), sheet_for(office, browsers, person, name)
    phone = choose(browser, name, code.lower().replace("-", " "))
    return Member(person, name, browser, phone, finish(browser, name, phone))


def is_signed_in(browser: Browser) -> bool:
    return "/console/sign-out" in browser.get("/account")


def test_from_the_sheet_to_the_recovery_sheet_one_is_signed_in(member: Member) -> None:
    assert len(set(member.recovery)) == 10
    assert is_signed_in(member.browser)
    assert member.name in member.browser.text


def test_signing_in_again_leads_to_where_one_was_going(member: Member, browsers: Browsers) -> None:
    browser = browsers.new()
    browser.get("/ceremonies")
    assert browser.hidden("back") == "/ceremonies"
    code = member.phone.code()
    assert sign_in(browser, member.name.upper(), PASSWORD, code, "/ceremonies") == 200
    assert browser.path == "/ceremonies"
    elsewhere = browsers.new()
    sign_in(elsewhere, member.name, PASSWORD, member.recovery[0], "//elsewhere.example")
    assert elsewhere.path == "/"


def test_a_code_is_used_once_and_no_older_one_after_it(member: Member, browsers: Browsers) -> None:
    code = member.phone.code()
    assert sign_in(browsers.new(), member.name, PASSWORD, code) == 200
    assert sign_in(browsers.new(), member.name, PASSWORD, code) == 401
    assert sign_in(browsers.new(), member.name, PASSWORD, member.recovery[0]) == 200
    assert sign_in(browsers.new(), member.name, PASSWORD, member.recovery[0]) == 401


def test_whoever_does_not_know_the_password_uses_up_no_code(
    member: Member, browsers: Browsers
) -> None:
    code = member.phone.code()
    for each in (code, member.recovery[0]):
        assert sign_in(browsers.new(), member.name, OTHER, each) == 401
    assert sign_in(browsers.new(), member.name, PASSWORD, code) == 200
    assert sign_in(browsers.new(), member.name, PASSWORD, member.recovery[0]) == 200


def test_an_unknown_name_a_wrong_password_and_a_wrong_code_are_one_text(
    member: Member, browsers: Browsers
) -> None:
    said = set()
    for name, password, code in (
        ("nobody-here", PASSWORD, "123456"),
        (member.name, OTHER, member.phone.code()),
        (member.name, PASSWORD, "000000"),
    ):
        browser = browsers.new()
        assert sign_in(browser, name, password, code) == 401
        said.add(re.sub(r'value="[^"]*"', "", browser.text))
    assert len(said) == 1
    assert "is not right" in said.pop()


def test_tries_slow_down_after_five_also_many_at_once(member: Member, browsers: Browsers) -> None:
    with ThreadPoolExecutor(8) as at_once:
        made = [browsers.new() for _ in range(8)]
        statuses = list(at_once.map(lambda one: sign_in(one, member.name, OTHER, "000000"), made))
    assert statuses.count(401) <= 5
    waits = browsers.new()
    assert sign_in(waits, member.name, PASSWORD, member.recovery[0]) == 429
    assert re.search(r"possible in <bdi>|possible in \d+ second|possible in", waits.text)
    known = member.browser
    assert sign_in(known, member.name, PASSWORD, member.recovery[1]) == 200, (
        "in a browser that is known, its holder is not shut out by others"
    )


def test_of_two_who_use_one_sheet_at_once_one_has_set_a_password(
    office: Office, browsers: Browsers
) -> None:
    person, name = office.system.hire(Role.CASEWORKER, "taza"), f"taza-{uuid4().hex[:8]}"
    code = sheet_for(office, browsers, person, name)
    pairs = [(one := browsers.new(), choose(one, name, code)) for _ in range(2)]
    with ThreadPoolExecutor(2) as at_once:
        sheets = list(at_once.map(lambda pair: finish(pair[0], name, pair[1]), pairs))
    assert sorted(map(len, sheets)) == [0, 10]
    for (browser, _), sheet in zip(pairs, sheets, strict=True):
        assert is_signed_in(browser) == bool(sheet)
    third = browsers.new()
    third.post("/console/invitation", name=name, code=code, stage="name")
    assert third.status == 401


def test_sent_twice_the_last_page_shows_the_same_sheet(office: Office, browsers: Browsers) -> None:
    person, name = office.system.hire(Role.CASEWORKER, "taza"), f"taza-{uuid4().hex[:8]}"
    browser = browsers.new()
    phone = choose(browser, name, sheet_for(office, browsers, person, name))
    ticket, code = browser.hidden("ticket"), phone.code()
    shown = []
    for _ in range(2):
        browser.post("/console/invitation", name=name, ticket=ticket, factor=code)
        shown.append(re.findall(r"<li><bdi[^>]*>([0-9A-Z-]{11})</bdi></li>", browser.text))
    assert shown[0] == shown[1]
    assert len(shown[0]) == 10


@pytest.mark.parametrize("weak", ["short", "passwordpassword", "aaaaaaaaaaaaaa", "motdepasse2026!"])
def test_what_anybody_tries_first_is_no_password(
    office: Office, browsers: Browsers, weak: str
) -> None:
    person, name = office.system.hire(Role.CASEWORKER, "taza"), f"taza-{uuid4().hex[:8]}"
    code, browser = sheet_for(office, browsers, person, name), browsers.new()
    browser.post("/console/invitation", name=name, code=code, new=weak, stage="password")
    assert browser.status == 422
    assert weak not in browser.text


def test_a_sign_in_is_never_one_that_was_there_before(member: Member) -> None:
    browser = member.browser
    before = browser.http.cookies["jisr_sign_in"]
    sign_in(browser, member.name, PASSWORD, member.recovery[0])
    assert browser.http.cookies["jisr_sign_in"] != before
    browser.http.cookies.set("jisr_sign_in", before)
    assert not is_signed_in(browser)


def test_a_password_that_is_changed_ends_all_other_sessions(
    member: Member, browsers: Browsers
) -> None:
    other = browsers.new("Mozilla/5.0 Chrome/140.0 Safari/537.36")
    sign_in(other, member.name, PASSWORD, member.recovery[0])
    here = member.browser
    assert "Chrome" in here.get("/account")
    once = here.hidden("once")
    here.post("/account/password", present="wrong", new=OTHER, once=once)
    assert here.status == 422
    here.post("/account/password", present=PASSWORD, new=OTHER, once=once)
    assert "All other sessions are ended" in here.text
    assert is_signed_in(here)
    assert not is_signed_in(other)
    assert sign_in(other, member.name, PASSWORD, member.recovery[1]) == 401
    assert sign_in(other, member.name, OTHER, member.recovery[1]) == 200


def test_a_new_telephone_ends_the_old_one_and_its_sheet(member: Member, browsers: Browsers) -> None:
    here = member.browser
    here.get("/account")
    here.post("/account/second-factor", present=PASSWORD)
    (secret,) = here.secrets()
    anew = Phone(secret)
    here.post("/account/second-factor", ticket=here.hidden("ticket"), factor="000000")
    assert here.status == 422
    here.post("/account/second-factor", ticket=here.hidden("ticket"), factor=anew.code())
    sheet = re.findall(r"<li><bdi[^>]*>([0-9A-Z-]{11})</bdi></li>", here.text)
    assert len(sheet) == 10
    for code in (member.phone.code(), member.recovery[0]):
        assert sign_in(browsers.new(), member.name, PASSWORD, code) == 401
    assert sign_in(browsers.new(), member.name, PASSWORD, anew.code()) == 200
    assert sign_in(browsers.new(), member.name, PASSWORD, sheet[0]) == 200


def codes_on(browser: Browser) -> list[str]:
    return re.findall(r"<li><bdi[^>]*>([0-9A-Z-]{11})</bdi></li>", browser.text)


def test_pages_that_show_a_secret_show_the_same_in_another_language(
    office: Office, member: Member, browsers: Browsers
) -> None:
    here = member.browser
    here.post("/account/recovery-sheet", in_language="ar", shown=here.hidden("shown"))
    assert codes_on(here) == member.recovery
    assert 'lang="ar" dir="rtl"' in here.text
    here.get("/account")
    here.post("/account/second-factor", present=PASSWORD)
    (secret,) = here.secrets()
    here.post("/account/second-factor", ticket=here.hidden("ticket"), in_language="fr")
    assert here.secrets() == [secret]
    assert 'lang="fr"' in here.text
    assert "Plus rien ne marche" in here.text
    desk = browsers.new()
    desk.post("/console/sign-in", **office.administrator.signing_in)
    path = f"/staff/{office.system.hire(Role.CASEWORKER, 'taza').staff_id}"
    desk.get(path)
    desk.post(f"{path}/sheet", name=f"taza-{uuid4().hex[:8]}", once=desk.hidden("once"))
    before = desk.secrets()
    once, name = desk.hidden("once"), desk.hidden("name")
    desk.post(f"{path}/sheet", name=name, once=once, in_language="ar")
    assert desk.secrets() == before
    assert 'lang="ar" dir="rtl"' in desk.text


def test_a_recovery_sheet_is_shown_again_to_nobody_else_and_not_once_it_is_replaced(
    member: Member, office: Office, browsers: Browsers
) -> None:
    here, other = member.browser, browsers.new()
    shown = here.hidden("shown")
    other.post("/console/sign-in", **office.caseworker.signing_in)
    other.post("/account/recovery-sheet", in_language="fr", shown=shown)
    assert codes_on(other) == []
    here.post("/account/second-factor", ticket=shown, factor=member.phone.code())
    assert here.status == 409
    here.get("/account")
    once = here.hidden("once")
    here.post("/account/recovery-sheet", present=PASSWORD, once=once)
    assert len(codes_on(here)) == 10
    here.post("/account/recovery-sheet", in_language="en", shown=shown)
    assert (here.status, codes_on(here)) == (409, [])


def test_one_session_is_ended_and_all_others(member: Member, browsers: Browsers) -> None:
    others = [browsers.new() for _ in range(2)]
    for browser, code in zip(others, member.recovery, strict=False):
        sign_in(browser, member.name, PASSWORD, code)
    here = member.browser
    here.get("/account")
    (first, *_) = re.findall(r'name="session" value="([0-9a-f]{64})"', here.text)
    here.post("/account/sessions", session=first)
    assert sorted(map(is_signed_in, others)) == [False, True]
    here.post("/account/sessions")
    assert not any(map(is_signed_in, others))
    assert is_signed_in(here)


def test_a_password_that_ends_while_a_form_is_open_sends_nothing(
    office: Office, member: Member
) -> None:
    member.browser.get("/steps/register-beneficiary")
    ends = {"occurred_on": "2026-01-02", "staff_id": member.person.staff_id}
    ends["occurred_on"] = str(datetime.now(UTC).date())
    office.administrator.step("/v1/staff/credential-ends", ends)
    assert not is_signed_in(member.browser)


def test_who_lost_both_is_invited_anew_and_those_who_watch_are_told(
    office: Office, member: Member, browsers: Browsers
) -> None:
    code = sheet_for(office, browsers, member.person, member.name)
    notices = [each["kind"] for each in office.auditor.found("/v1/me")["notices"]]
    assert "password_invited" in notices
    assert is_signed_in(member.browser), "until the new sheet is used"
    assert "invited to set a password" in member.browser.get("/") or "in your name" in (
        member.browser.text
    )
    anew = browsers.new()
    phone = choose(anew, member.name, code, OTHER)
    assert finish(anew, member.name, phone)
    assert not is_signed_in(member.browser)
    assert sign_in(browsers.new(), member.name, PASSWORD, member.recovery[0]) == 401


def test_the_api_takes_no_password(office: Office, member: Member) -> None:
    for said in (f"Bearer {PASSWORD}", f"Basic {member.name}:{PASSWORD}"):
        asked = httpx.get(f"{office.system.url}/v1/me", headers={"Authorization": said})
        assert asked.status_code == 401


def test_secrets_are_in_no_log_and_no_event(office: Office, member: Member) -> None:
    everything = b"".join(
        path.read_bytes() for path in office.system.data.rglob("*") if path.is_file()
    )
    for secret in (PASSWORD, member.phone.secret, *member.recovery):
        assert secret.encode() not in everything
        assert secret.replace("-", "").encode() not in everything
