"""A browser, and an installation with people and cases to look at."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from service.api.steps.examples import EXAMPLES
from service.console.visit import LANGUAGE_COOKIE
from service.words.language import Language
from tests.integration.service.conftest import Office, staffed
from tests.integration.service.story import Story
from tests.support.system import Person, System, running_system

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

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
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclass
class Windows:
    """A browser window for each person, in which they have signed in once."""

    chromium: "Browser"
    system: System
    open: "dict[str, Page]" = field(default_factory=dict)

    def new(self, person: Person | None = None, *, script: bool = True) -> "Page":
        """A window in which this person has just signed in; without a person nobody has.

        The pages have no script of their own; `script` is what lets axe-core look at them.
        """
        context = self.chromium.new_context(base_url=self.system.url, java_script_enabled=script)
        page = context.new_page()
        page.goto("/")
        if person is not None:
            page.fill("#key", person.key)
            page.click("main button")
        return page

    def of(self, person: Person | None, language: Language) -> "Page":
        """The person's window, which reads this language from now on."""
        key = person.key if person else ""
        page = self.open.get(key) or self.open.setdefault(key, self.new(person))
        cookie: Any = {"name": LANGUAGE_COOKIE, "value": str(language), "url": self.system.url}
        page.context.add_cookies([cookie])
        return page


@pytest.fixture(scope="package")
def system(chromium: "Browser", tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    with running_system(tmp_path_factory.mktemp("browser")) as started:
        yield started


@pytest.fixture(scope="package")
def windows(chromium: "Browser", system: System) -> Windows:
    return Windows(chromium, system)


@dataclass
class House:
    """An installation in which something of everything has happened."""

    office: Office
    delivered: str
    """The case of somebody who has come to the follow-up."""
    opened: str
    erased: str
    paused: str


@pytest.fixture(scope="package")
def house(system: System) -> House:
    office = staffed(system)
    delivered = Story(office)
    delivered.until_delivery()
    delivered.on("record-visit")
    opened, erased, paused = (_opened(office, name) for name in ("سعيد", "هند", "كمال"))
    paused.on("pause-case")
    _erase(office, erased)
    office.caseworker.found("/v1/cases", at_least=erased.position)
    return House(office, *(each.ids["case"] for each in (delivered, opened, erased, paused)))


def _opened(office: Office, name: str) -> Story:
    story = Story(office)
    body = EXAMPLES["register-beneficiary"] | {
        "name_ar": f"{name} المثالي",
        "name_latin": f"{uuid4().hex[:4]} El Mithali",
    }
    story.ids |= office.caseworker.step("/v1/beneficiaries", body)["ids"]
    story.take(office.caseworker, "/v1/cases", "open-case")
    return story


def _erase(office: Office, story: Story) -> None:
    close = {"occurred_on": "2025-06-30", "outcome": "disengaged"}
    office.caseworker.step(f"{story.case}/steps/close-case", close)
    person = f"/v1/beneficiaries/{story.ids['beneficiary']}/steps"
    ask = {"occurred_on": "2025-09-01"}
    office.division.step(f"{person}/request-erasure", ask)
    done = office.administrator.step(f"{person}/approve-erasure", ask)
    story.position = done["position"]
