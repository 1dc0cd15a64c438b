"""Somebody at a browser, who takes each step by its form: what is not offered there cannot be chosen."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from service.api.steps.endpoint import StepOperation
from service.api.steps.routes import operations
from service.console.forms.layouts import LAYOUTS
from tests.support.filled import typed_for
from tests.support.system import Person, System

CHOSEN = ("radio", "checkbox", "select")
FIRST_KNOWN = {"open-case": ("beneficiary_id",)}
"""What the address says beforehand, as the link of the receipt before has it."""


@dataclass
class Control:
    """A field of a form: of what kind, what it holds, and what can be chosen."""

    kind: str
    value: str | None = None
    offered: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """The form `answers` of a page, and what stands above it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.controls: dict[str, Control] = {}
        self.buttons: list[str] = []
        self.action = ""
        self._in_form = False
        self._open: Control | None = None
        self._text: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._in_form = given.get("id") == "answers"
            self.action = given.get("action", "") if self._in_form else self.action
        elif not self._in_form or ("name" not in given and tag != "option"):
            return
        elif tag == "button":
            self.buttons.append(given.get("value", ""))
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self._open = self.controls.setdefault(given["name"], Control("select", ""))
        elif tag == "option" and self._open is not None:
            self._open.offered.append(given["value"])
            if "selected" in given:
                self._open.value = given["value"]
        elif tag == "textarea":
            self._open = self.controls.setdefault(given["name"], Control("textarea", ""))
            self._text = ""

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        control = self.controls.setdefault(given["name"], Control(kind))
        if kind not in CHOSEN:
            control.value = given.get("value", "")
            return
        control.offered.append(given.get("value", ""))
        if "checked" in given:
            control.value = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_form = False
        elif tag == "textarea" and self._open is not None:
            self._open.value, self._text = self._text, None
        if tag in ("select", "textarea"):
            self._open = None

    def sent(self) -> dict[str, str]:
        """What a browser would send of it, as it stands."""
        return {name: each.value for name, each in self.controls.items() if each.value is not None}


@dataclass
class Browsing(Person):
    """Takes steps by their forms, and asks by the API."""

    browser: httpx.Client = field(kw_only=True)
    once: set[tuple[str, ...]] | None = field(default=None, kw_only=True)
    """Steps that were taken by their forms, each with what was answered: where the same is told once
    more it goes by the API."""

    def step(self, path: str, body: Any) -> dict[str, Any]:
        operation, address = addressed(path)
        if operation.name not in LAYOUTS:
            return Person.step(self, path, body)  # a paper has a page of its own
        if self.once is not None:
            answered = (operation.name, *sorted(body))
            if answered in self.once:
                return self._seen(Person.step(self, path, body))
            self.once.add(answered)
        said = operation.body.model_validate(body)
        known = FIRST_KNOWN.get(operation.name, ())
        query = {name: str(getattr(said, name)) for name in known}
        typed = dict(typed_for(operation.name, said))
        key = self.fill(address, typed, query)
        return self._seen(self.found(f"/v1/receipts/{key}"))

    def _seen(self, receipt: dict[str, Any]) -> dict[str, Any]:
        """What was recorded, once every page shows it."""
        self.found("/v1/registry/supplier", at_least=receipt["position"], limit=1)
        return receipt

    def fill(self, address: str, typed: dict[str, str], query: dict[str, str] | None = None) -> str:
        """Fill the form in and send it, page by page, until it is recorded; its key."""
        answer = self.browser.get(address, params=query)
        assert answer.status_code == 200, (address, answer.status_code, told(answer))
        left = set(typed)
        for _ in range(20):
            page = Page(answer.text)
            if "record" in page.buttons:
                sent, go = page.sent(), "record"
            else:
                sent, go = self._filled(page, typed, left, address)
            answer = self.browser.post(page.action, data=sent | {"go": go})
            where = urlsplit(str(answer.url))
            if where.path.startswith("/sent/"):
                assert not left, (address, left)
                assert answer.status_code == 200, told(answer)
                assert "step" in parse_qs(where.query)
                return where.path.rpartition("/")[2]
            assert answer.status_code == 200, (address, answer.status_code, told(answer), typed)
        raise AssertionError((address, told(answer)))

    def _filled(
        self, page: Page, typed: dict[str, str], left: set[str], address: str
    ) -> tuple[dict[str, str], str]:
        sent, go = page.sent(), "send"
        for name, text in typed.items():
            control = page.controls.get(name)
            if control is None:
                more = next((each for each in growing(name) if each in page.buttons), "")
                go = more or go
                continue
            if control.kind in CHOSEN:
                assert text in control.offered, (address, name, text, control.offered)
            sent[name] = text
            left.discard(name)
        return sent, go


def growing(name: str) -> Iterator[str]:
    """The buttons that would make room for it, the innermost first: it is there where its row is."""
    for found in reversed([*re.finditer(r"\.\d+(?=\.|$)", name)]):
        yield f"more:{name[: found.start()]}"


def told(answer: httpx.Response) -> str:
    """What a page says, without its tags."""
    text = re.sub(r"<(head|header)\b.*?</\1>", "", answer.text, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text)).strip()[:1500]


def addressed(path: str) -> tuple[StepOperation, str]:
    """The step that the API's path takes, and where its form is."""
    for operation in operations():
        pattern = re.sub(r"\\\{\w+\\\}", "([^/]+)", re.escape(operation.path))
        found = re.fullmatch(pattern, path)
        if found is not None:
            on_a_thing = path.removeprefix("/v1") if found.groups() else None
            return operation, on_a_thing or f"/steps/{operation.name}"
    raise LookupError(path)


@contextmanager
def at_a_browser(system: System, person: Person, language: str = "en") -> Iterator[Browsing]:
    """The same person, signed in at a browser."""
    headers = {"Accept-Language": language, "Accept": "text/html", "Origin": system.url}
    with httpx.Client(
        base_url=system.url, follow_redirects=True, timeout=30, headers=headers
    ) as browser:
        browser.post("/console/sign-in", data=person.signing_in | {"back": "/"})
        yield Browsing(person.staff_id, person.key, person.http, browser=browser)
