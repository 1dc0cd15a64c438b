"""Who reads an order that is for cases of two centres, and what is in stock of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest

from domain.example.person import EXAMPLE
from domain.message import Role
from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office, elsewhere
from tests.integration.service.story import Story
from tests.support.system import Person


@dataclass(frozen=True)
class Shared:
    """An order of the division, with a line for a case of each of two centres."""

    here: Story
    there: Story
    order_id: str
    position: int

    @property
    def path(self) -> str:
        return f"/v1/orders/{self.order_id}"

    def read_by(self, person: Person) -> dict[str, Any]:
        return person.found(self.path, at_least=self.position)

    def listed_to(self, person: Person, **asked: Any) -> list[dict[str, Any]]:
        page = person.found("/v1/orders", limit=200, at_least=self.position, **asked)
        return [each for each in page["orders"] if each["order_id"] == self.order_id]

    def history_for(self, person: Person) -> dict[str, Any]:
        return person.found(f"{self.path}/history", at_least=self.position)

    def other(self, story: Story) -> Story:
        return self.there if story is self.here else self.here


@pytest.fixture(scope="module")
def shared(office: Office) -> Shared:
    centre = elsewhere("figuig", "FIG", "figuig")
    office.administrator.step("/v1/centres", EXAMPLES["register-centre"] | centre)
    office.system.register_entries(replace(EXAMPLE, province="figuig"))
    hire = office.system.hire
    other = replace(
        office,
        caseworker=hire(Role.CASEWORKER, "figuig"),
        coordinator=hire(Role.COORDINATOR, "figuig"),
    )
    here, there = Story(office), Story(other, "figuig", "figuig")
    for story in (here, there):
        with story.beforehand():
            story.sign()
            story.open()
            story.walk(story.way.steps(), until="place-order")
    (line, *_) = EXAMPLES["place-order"]["lines"]
    lines = [line | {"project_id": each.ids["project"]} for each in (here, there)]
    placed = office.division.step("/v1/orders", EXAMPLES["place-order"] | {"lines": lines})
    position = renamed(office, "supplier/supplier-taza", "committee/committee-taza")
    return Shared(here, there, placed["ids"]["order"], position)


def renamed(office: Office, *entries: str) -> int:
    """Called otherwise from a day on that lies after all that happens here."""
    position = 0
    for entry in entries:
        known = office.administrator.found(f"/v1/registry/{entry}")
        body = {name: known[name] for name in EXAMPLES["register-entry"] if name in known}
        told = {"occurred_on": "2025-06-01", "name_fr": "Atlas", "name_ar": "الأطلس"}
        position = office.administrator.step("/v1/registry", body | told)["position"]
    return position


def test_a_centre_reads_the_line_of_its_case_and_what_is_about_it(shared: Shared) -> None:
    whole = shared.read_by(shared.here.office.division)
    assert [each["case_id"] for each in whole["lines"]] == [
        each.ids["case"] for each in (shared.here, shared.there)
    ]
    for number, story in enumerate((shared.here, shared.there), 1):
        for person in (story.office.caseworker, story.office.coordinator):
            mine = shared.read_by(person)
            assert [(each["line"], each["case_id"]) for each in mine["lines"]] == [
                (number, story.ids["case"])
            ]
            assert mine["price"] == mine["lines"][0]["price"] != whole["price"]


def test_a_centre_finds_the_order_counted_by_the_line_of_its_case(shared: Shared) -> None:
    division = shared.here.office.division
    whole, (row,) = shared.read_by(division), shared.listed_to(division, state="open")
    assert (row["lines"], row["awaited"], row["price"]) == (2, 2, whole["price"])
    for story in (shared.here, shared.there):
        mine = shared.read_by(story.office.caseworker)
        of_agreement = {"agreement_id": story.ids["agreement"]}
        for asked in ({}, {"state": "open"}, of_agreement):
            (row,) = shared.listed_to(story.office.caseworker, **asked)
            assert (row["lines"], row["awaited"], row["price"]) == (1, 1, mine["price"])
        others = {"agreement_id": shared.other(story).ids["agreement"]}
        assert not shared.listed_to(story.office.caseworker, **others), "it pays none of its lines"
    assert not shared.listed_to(division, state="done")
    assert not shared.listed_to(shared.here.office.elsewhere)


def test_a_centre_is_told_of_the_orders_history_what_is_about_its_line(shared: Shared) -> None:
    for number, story in enumerate((shared.here, shared.there), 1):
        history = shared.history_for(story.office.caseworker)
        (placed, *_) = history["events"]
        assert [(each["line"], each["case_id"]) for each in placed["fields"]["lines"]] == [
            (number, story.ids["case"])
        ]
        assert list(history["state"]["lines"]) == [str(number)]
        assert shared.other(story).ids["case"] not in str(history)
    whole = shared.history_for(shared.here.office.division)
    assert list(whole["state"]["lines"]) == ["1", "2"]
    refused = shared.here.office.elsewhere.get(f"{shared.path}/history")
    assert refused.json()["code"] == "other_centre"


@pytest.mark.parametrize(
    ("language", "supplier", "committee"),
    [("fr", "Fournisseur, Taza", "Comité, Taza"), ("ar", "مورد تازة", "لجنة تازة")],
)
def test_answers_name_supplier_and_committee_as_on_their_day_in_the_language_asked(
    shared: Shared, language: str, supplier: str, committee: str
) -> None:
    http, ids = shared.here.office.division.http, shared.here.ids
    (names, counted) = ({"Accept-Language": language}, {"limit": 200, "at_least": shared.position})
    order = http.get(shared.path, headers=names).json()
    listed = http.get("/v1/orders", headers=names, params=counted).json()["orders"]
    session = http.get(f"/v1/sessions/{ids['session']}", headers=names).json()
    of_all = http.get("/v1/sessions", headers=names, params=counted).json()["sessions"]
    named = {order["supplier_name"]}
    named |= {o["supplier_name"] for o in listed if o["order_id"] == shared.order_id}
    assert named == {supplier}
    same = [each["committee_name"] for each in of_all if each["session_id"] == ids["session"]]
    assert [session["committee_name"], *same] == [committee, committee]
    assert session["region_name"] is None


@pytest.fixture
def browser(shared: Shared) -> Iterator[httpx.Client]:
    url = shared.here.office.system.url
    with httpx.Client(base_url=url, follow_redirects=True, timeout=30) as client:
        client.headers.update({"Accept": "text/html", "Accept-Language": "en", "Origin": url})
        yield client


def sign_in(browser: httpx.Client, person: Person) -> None:
    browser.post("/console/sign-in", data=person.signing_in | {"back": "/"}).raise_for_status()


def test_an_orders_page_shows_a_centre_its_line_and_no_other(
    shared: Shared, browser: httpx.Client
) -> None:
    stories = (shared.here, shared.there)
    pages = {}
    for story in stories:
        sign_in(browser, story.office.caseworker)
        pages[story.ids["case"]] = browser.get(f"/orders/{shared.order_id}").text
        listed = browser.get(f"/orders?project={story.ids['project']}").text
        assert f"/orders/{shared.order_id}" in listed
    for mine, page in pages.items():
        told = [case for case in pages if f"/cases/{case}" in page]
        assert told == [mine]
    sign_in(browser, shared.here.office.division)
    whole = browser.get(f"/orders/{shared.order_id}").text
    assert all(f"/cases/{case}" in whole for case in pages)
    sign_in(browser, shared.here.office.elsewhere)
    assert browser.get(f"/orders/{shared.order_id}").status_code == 404


def test_a_centre_without_a_line_reads_nothing_of_it(shared: Shared) -> None:
    refused = shared.here.office.elsewhere.get(shared.path)
    assert (refused.status_code, refused.json()["code"]) == (403, "other_centre")


def test_what_is_left_of_an_ended_approval_is_its_agreements_stock(shared: Shared) -> None:
    story, office = shared.here, shared.here.office
    stock = f"/v1/agreements/{story.ids['agreement']}/stock"
    assert office.coordinator.found(stock, at_least=shared.position)["lines"] == []
    end = story.body("end-approval") | {"occurred_on": "2026-09-01"}
    office.coordinator.step(f"{story.case}/steps/end-approval", end)
    assert office.coordinator.found(stock)["lines"] == []
    confirm = {"occurred_on": "2026-09-01"}
    ended = office.division.step(f"{story.case}/steps/confirm-case-request", confirm)
    for person in (office.coordinator, office.division):
        (line,) = person.found(stock, at_least=ended["position"])["lines"]
        assert (line["order_id"], line["line"]) == (shared.order_id, 1)
        assert (line["case_id"], line["status"]) == (story.ids["case"], "ordered")
    lines = shared.read_by(office.division)["lines"]
    assert [each["in_stock"] for each in lines] == [True, False]
    assert [each["reference"] for each in lines] == [
        office.auditor.found(f"/v1/cases/{each.ids['case']}")["reference"]
        for each in (shared.here, shared.there)
    ]
