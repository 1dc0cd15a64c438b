"""Somebody at a real browser, who goes to each step by links and fills its form in by hand.

As `browsing.py`, but through a window: what is not shown, covered or not offered cannot be pressed.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tests.support import browsing
from tests.support.browsing import CHOSEN, addressed, growing
from tests.support.filled import typed_for
from tests.support.system import Person

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

MAIN = "main .buttons button.main"
LISTS = {
    "cases": "/cases",
    "agreements": "/agreements",
    "sessions": "/sessions",
    "ceremonies": "/ceremonies",
    "orders": "/orders",
    "complaints": "/complaints",
    "receptions": "/receptions",
}
"""Collection → its place in the navigation, where what is new of it is begun too."""
BEGUN_AT = {
    "sign-agreement": "/agreements",
    "schedule-session": "/sessions",
    "schedule-ceremony": "/ceremonies",
    "place-order": "/orders",
    "file-complaint": "/complaints",
    "record-reception": "/receptions",
}
"""What is taken on nothing yet → from which place."""
MOST_PARTS = 20
"""So many parts of a list are looked through."""


@dataclass
class Clicking(Person):
    """Takes steps by pressing what pages show; only what came of each is asked of the API."""

    window: "Page" = field(kw_only=True)
    ways: dict[str, str] = field(default_factory=dict)
    """Step → by what it was reached last: a link where they stood, what needs attention, an offer."""

    def step(self, path: str, body: Any) -> dict[str, Any]:
        operation, address = addressed(path)
        said = operation.body.model_validate(body)
        self.ways[operation.name] = self.go(address, operation.name)
        key = self.fill(dict(typed_for(operation.name, said)))
        receipt = self.found(f"/v1/receipts/{key}")
        self.found("/v1/cases", at_least=receipt["position"], limit=1)
        return receipt

    def go(self, address: str, step: str) -> str:
        """To a step's form, as a person would find it; by what it was reached."""
        if self._press(address):
            return "here"
        _, collection, *_ = address.split("/")
        if collection in LISTS:
            self._to_thing(address.partition("/steps/")[0], LISTS[collection])
        elif step in BEGUN_AT:
            self.to(BEGUN_AT[step])
        else:
            self.look_for(step)
        if self._press(address, "[aria-labelledby=attention] "):
            return "attention"
        assert self._press(address), (address, "no link on", self.here)
        return "page"

    @property
    def here(self) -> str:
        address: str = self.window.url
        return urlsplit(address).path

    def to(self, place: str) -> None:
        """By the navigation, on a phone behind *More* where it has no room."""
        if not self._press(place, "nav.places ", exactly=True):
            assert self._press("/more", "nav.places ")
            assert self._press(place, "main ", exactly=True), (place, "not in the navigation")

    def look_for(self, text: str) -> None:
        """By the find box: who is not found is written down from there."""
        self.window.fill("#find", text)
        with self.window.expect_navigation():
            self.window.press("#find", "Enter")

    def open(self, address: str) -> None:
        """What a page leads to."""
        assert self._press(address, "main ", exactly=True), (address, "no link on", self.here)

    def _to_thing(self, thing: str, place: str) -> None:
        """To its page: from where we are, or out of the list of its kind."""
        if self.here == thing or self._press(thing, "main ", exactly=True):
            return
        self.to(place)
        for _ in range(MOST_PARTS):
            if self._press(thing, "main ", exactly=True):
                return
            more = self.window.locator("main .pages a.button")
            assert more.count(), (thing, "is not in", place)
            self._follow(more)
        raise AssertionError((thing, place))

    def _press(self, address: str, inside: str = "", *, exactly: bool = False) -> bool:
        """A link to the address, where there is one that can be pressed; what is folded is opened."""
        links = f'{inside}a[href="{address}"]'
        if not exactly:
            links += f', {inside}a[href^="{address}?"]'
        for link in self.window.locator(links).all():
            self._unfold(link)
            if link.is_visible():
                self._follow(link)
                return True
        return False

    def _unfold(self, link: "Locator") -> None:
        for closed in link.locator("xpath=ancestor::details[not(@open)]").all():
            summary = closed.locator("summary").first
            if summary.is_visible():
                summary.click()

    def _follow(self, link: "Locator") -> None:
        with self.window.expect_navigation():
            link.click()

    def attach(self, case: str, kind: str, file: Path) -> None:
        """A paper, by the page of the case's papers."""
        self._to_thing(case, "/")
        self.open(f"{case}/papers")
        self.window.select_option("#kind", kind)
        self.window.set_input_files("#file", file)
        self._follow(self.window.locator(MAIN))
        assert not self._wrong(), (self.window.url, self._wrong())

    def fill(self, typed: dict[str, str]) -> str:
        """Fill the form in and send it, page by page, until it is recorded; its key."""
        left = set(typed)
        for _ in range(20):
            page = browsing.Page(self.window.content())
            button = MAIN
            if "record" not in page.buttons:
                button = self._filled(page, typed, left) or MAIN
            self._follow(self.window.locator(button))
            if self.here.startswith("/sent/"):
                assert not left, (self.window.url, left)
                return self.here.rpartition("/")[2]
            assert not self._wrong(), (self.window.url, self._wrong(), typed)
        raise AssertionError((self.window.url, self.window.inner_text("main")))

    def _wrong(self) -> list[str]:
        said: list[str] = self.window.locator("main .errors, main .notice.late").all_inner_texts()
        return said

    def _filled(self, page: browsing.Page, typed: dict[str, str], left: set[str]) -> str:
        """The button that makes room for what has none yet, if any."""
        room = ""
        for name, text in typed.items():
            control = page.controls.get(name)
            if control is None:
                more = next((each for each in growing(name) if each in page.buttons), "")
                room = f'button[value="{more}"]' if more else room
                continue
            if control.kind == "hidden":
                assert control.value == text, (name, control.value, text)
            elif control.value != text:
                self._unfold(self.window.locator(f'[name="{name}"]').first)
                self._answer(name, text, control, page)
            left.discard(name)
        return room

    def _answer(self, name: str, text: str, control: browsing.Control, page: browsing.Page) -> None:
        if control.kind in CHOSEN:
            assert text in control.offered, (self.window.url, name, text, control.offered)
        if control.kind == "select":
            self.window.select_option(f'#answers [name="{name}"]', text)
        elif control.kind in CHOSEN:
            self.window.check(f'#answers [name="{name}"][value="{text}"]')
        else:
            self.window.fill(f'#answers [name="{name}"]', text)
