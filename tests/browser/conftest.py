"""A browser, and an installation with people and cases to look at."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from domain.case.steps import ConfirmCaseRequest, OpenTrack, RecordEducation
from domain.example.ordering import kept as in_inventory
from domain.example.training import in_cohort
from domain.order.steps import LineSum, PayInvoice, ReceiveLines, RecordIncident, RecordRefund
from domain.tracks.self_employment.steps import EndApproval
from service.api.steps.examples import EXAMPLES
from service.console.visit import LANGUAGE_COOKIE
from service.words.language import Language
from tests.integration.service.conftest import Office, staffed
from tests.integration.service.story import Story, file_complaint, somebody
from tests.support.system import PURPOSE, Person, System, forked_system
from tests.support.waiting import PATIENCE, until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

WIDE: Any = {"width": 1280, "height": 720}
PLAIN = ["--no-sandbox", "--disable-gpu"]
"""Without a card a window's start takes twice as long where one is looked for."""
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="package")
def chromium() -> "Iterator[Browser]":
    """Ended with these tests: while it is there, an event loop runs in this process."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip("not tried in a browser: this machine has no Chromium")
    if find_spec("playwright") is None:
        pytest.skip("not tried in a browser: `make browser` installs Playwright")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is installed

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=PLAIN)
        yield browser
        browser.close()


@dataclass
class Windows:
    """Browser windows. To open one takes longer than to look at a page in it, so they are used again,
    and one that nobody looks at shows nothing: a page's end of the session goes on counting.
    """

    chromium: "Browser"
    system: System
    taken: "list[tuple[bool, Page]]" = field(default_factory=list)
    free: "list[tuple[bool, Page]]" = field(default_factory=list)
    """With whether they run scripts."""
    shared: "Page | None" = None
    """Who looks at pages takes turns at this one."""
    signed_in: dict[str, Any] = field(default_factory=dict)
    """The cookies of who has been there, by key."""

    def new(self, person: Person | None = None, *, script: bool = True) -> "Page":
        """A window in which this person has just signed in; without a person nobody has.

        The pages need no script of their own; `script` is what lets axe-core look at them too.
        """
        found = next((each for each in self.free if each[0] is script), None)
        if found is None:
            found = script, self._open(script=script)
        else:
            self.free.remove(found)
        self.taken.append(found)
        page = found[1]
        if person is None:
            page.goto("/")
        else:
            sign_in(page, person)
        return page

    def _open(self, *, script: bool) -> "Page":
        context = self.chromium.new_context(base_url=self.system.url, java_script_enabled=script)
        context.set_default_timeout(PATIENCE * 1000)
        return context.new_page()

    def put_back(self) -> None:
        """All that were new to a test, with nobody signed in."""
        for _, page in self.taken:
            page.goto("about:blank")
            page.context.clear_cookies()
            page.set_viewport_size(WIDE)
        self.free += self.taken
        self.taken.clear()

    def close(self) -> None:
        for _, page in (*self.taken, *self.free):
            page.context.close()
        if self.shared is not None:
            self.shared.context.close()

    def of(self, person: Person | None, language: Language) -> "Page":
        """The shared window: wide, with this person signed in, who reads this language."""
        key = person.key if person else ""
        page = self.shared = self.shared or self._open(script=True)
        page.set_viewport_size(WIDE)
        page.context.clear_cookies()
        page.context.add_cookies(self.signed_in.get(key, []))
        if person is not None and key not in self.signed_in:
            sign_in(page, person)
            self.signed_in[key] = page.context.cookies()
        cookie: Any = {"name": LANGUAGE_COOKIE, "value": str(language), "url": self.system.url}
        page.context.add_cookies([cookie])
        return page


def sign_in(page: "Page", person: Person) -> None:
    page.goto("/")
    other_way(page)
    fill_key(page, person.key)
    enter(page, "#key")


def fill_key(page: "Page", key: str) -> None:
    """The key, and for what its holder reads."""
    page.fill("#key", key)
    page.select_option("#key-purpose", PURPOSE)


def other_way(page: "Page") -> None:
    """Have the sign-in page ask for a key, where it asks for a name first."""
    if not page.locator("#key").is_visible():
        page.click("main summary")


def press(page: "Page", what: str) -> None:
    """What leads to another page, which is there as a whole then."""
    with page.expect_navigation():
        page.click(what)


def enter(page: "Page", field: str) -> None:
    """As `press`, by the key in a field."""
    with page.expect_navigation():
        page.press(field, "Enter")


@pytest.fixture(scope="package")
def system(chromium: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with forked_system(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture(scope="package")
def opened(chromium: "Browser", system: System) -> Iterator[Windows]:
    windows = Windows(chromium, system)
    yield windows
    windows.close()


@pytest.fixture
def windows(opened: Windows) -> Iterator[Windows]:
    yield opened
    opened.put_back()


LONG_ARABIC, LONG_LATIN = "عبدالمستعينبالله" * 4, "Abdelmoustaineelmithali" * 3
"""Without a space at which a line could end."""


@dataclass
class House:
    """An installation in which something of everything has happened."""

    office: Office
    session: str
    """That decided on the delivered one's project."""
    agreement: str
    """With more places asked for, and something in stock."""
    order: str
    """Of what was handed over."""
    troubled: str
    """An order of which nothing came as it should, and that is in stock now."""
    delivered: str
    """The case of somebody who has come to the follow-up."""
    opened: str
    erased: str
    paused: str
    long: str
    """Of somebody with names of sixty letters."""
    ceremony: str
    """At which something was handed over."""
    cohort: str
    person: str
    """Whose the delivered case is."""
    complaint: str
    """Answered, and closed."""
    reception: str
    batch: str
    """That was looked at, with a line of which it is not known whose it is."""
    restricted: str
    """The case of somebody who asked that their data be kept and not used."""
    restricted_person: str

    @property
    def finding(self) -> str:
        """The latest."""
        found = self.office.auditor.found("/v1/findings")["findings"]
        return str(found[0]["finding_id"])


@pytest.fixture(scope="package")
def house(system: System) -> House:
    office = staffed(system)
    Story(office).was_delivered()  # of the same cheques and serial numbers: findings
    delivered = Story(office)
    delivered.was_delivered()
    delivered.on("record-visit", "attach-document")
    delivered.of(office.division, "allow-more-places")
    names = ("سعيد", "هند", "كمال", LONG_ARABIC)
    opened, erased, paused, long = (_opened(office, name) for name in names)
    paused.on("pause-case")
    learner = _learning(office)
    office.administrator.step("/v1/partners", EXAMPLES["register-partner"])
    _erase(office, erased)
    office.caseworker.found("/v1/cases", at_least=erased.position)
    file_complaint(delivered, case_id=delivered.ids["case"])
    by_whom = delivered.body("name-complaint-handler") | {"handler": office.coordinator.staff_id}
    path = delivered.path("name-complaint-handler")
    delivered.take(office.coordinator, path, "name-complaint-handler", by_whom)
    delivered.take(office.caseworker, "/v1/receptions", "record-reception")
    cases = [each.ids["case"] for each in (delivered, opened, erased, paused, long)]
    troubled = _troubled(office, delivered)
    first = [delivered.ids[name] for name in ("session", "agreement", "order")]
    voices = delivered.ids["complaint"], delivered.ids["reception"]
    last = (
        delivered.ids["ceremony"],
        learner.ids["cohort"],
        delivered.ids["beneficiary"],
        *voices,
    )
    batch = _prepared(office, [paused.ids["case"], long.ids["case"]])
    resting = _restricted(office)
    return House(office, *(*first, troubled, *cases, *last, batch, *resting))


def _restricted(office: Office) -> tuple[str, str]:
    story, day = _opened(office, "نادية"), {"occurred_on": "2025-06-30"}
    asked = {"because": "accuracy_contested", "asked_by": "person", "explanation": "Not my name."}
    person = story.ids["beneficiary"]
    path = f"/v1/beneficiaries/{person}/steps/restrict-on-request"
    done = office.coordinator.step(path, day | asked)
    office.coordinator.found("/v1/cases", at_least=done["position"])
    return story.ids["case"], person


def _prepared(office: Office, cases: list[str]) -> str:
    lines = [*({"case_id": each} for each in (*cases, cases[0])), {"said": "000001, El Mithali"}]
    body = {
        "occurred_on": "2025-06-30",
        "takes": "assign-caseworker",
        "answers": [{"field": "caseworker", "value": office.caseworker.staff_id}],
        "count": len(lines),
        "lines": lines,
        "explanation": "They leave at the end of the month.",
    }
    batch: str = office.coordinator.step("/v1/batches", body)["ids"]["batch"]
    until(lambda: office.coordinator.found(f"/v1/batches/{batch}")["status"] == "ready")
    return batch


def _troubled(office: Office, delivered: Story) -> str:
    """Under the same agreement: refunded, given up by the holder, kept in the inventory in part."""
    story = Story(office)
    story.ids["agreement"] = delivered.ids["agreement"]
    with story.beforehand():
        story.call()
        story.of(story.office.coordinator, "record-minutes")
        story.open()
        story.walk(story.way.steps(), until="receive-lines")
    way = story.way
    late = way.step(RecordIncident)
    came, paid = way.step(ReceiveLines), way.step(PayInvoice)
    less = (LineSum(line=1, amount=Decimal("500.00")),)
    refund = way.step(RecordRefund).model_copy(update={"occurred_on": way.day(460), "lines": less})
    on_day = {"occurred_on": way.day(469)}
    ended = (way.step(each).model_copy(update=on_day) for each in (EndApproval, ConfirmCaseRequest))
    with story.beforehand():
        story.walk([late, came, paid, refund, *ended, in_inventory(way)])
    office.caseworker.found("/v1/orders", at_least=story.position)
    return story.ids["order"]


def _learning(office: Office) -> Story:
    """Somebody in a cohort, who came on one day."""
    story, own = Story(office), (RecordEducation, OpenTrack)
    with story.beforehand():
        story.plan()
        story.open()
        story.walk(step for step in story.way.to_release() if not isinstance(step, own))
        story.walk(in_cohort(story.way), until="complete-training")
    return story


def _opened(office: Office, name: str) -> Story:
    story = Story(office)
    latin = LONG_LATIN if name == LONG_ARABIC else f"{uuid4().hex[:4]} El Mithali"
    body = somebody(name_ar=f"{name} المثالي", name_latin=latin)
    story.ids |= office.caseworker.step("/v1/beneficiaries", body)["ids"]
    story.take(office.caseworker, "/v1/cases", "open-case")
    return story


def _erase(office: Office, story: Story) -> None:
    close = {"occurred_on": "2025-06-30", "outcome": "left_country"}
    office.caseworker.step(f"{story.case}/steps/close-case", close)
    person = f"/v1/beneficiaries/{story.ids['beneficiary']}/steps"
    ask = {"occurred_on": "2025-09-01"}
    office.division.step(f"{person}/request-erasure", ask)
    done = office.coordinator.step(f"{person}/confirm-beneficiary-request", ask)
    story.position = done["position"]
