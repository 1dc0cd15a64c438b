"""Whom to see where, over HTTP and on the two pages."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from domain.example.person import EXAMPLE
from domain.values.calendar import local_date
from projections.views.tasks import Group
from service.console.pages.rounds import PAGE
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story

TODAY = local_date(datetime.now(UTC))


@pytest.fixture(scope="module")
def inside(office: Office) -> Story:
    """Somebody who came into detention long ago, and whom nobody saw since."""
    story = Story(office)
    with story.beforehand():
        story.open()
        story.on("begin-detention")
    return story


@pytest.fixture(scope="module")
def outside(office: Office) -> Story:
    story = Story(office)
    story.was_delivered()
    return story


@pytest.fixture
def browser(office: Office) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=office.system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": office.system.url}
        )
        yield client


def round_of(office: Office, story: Story, name: str, **asked: Any) -> dict[str, Any]:
    found: dict[str, Any] = office.caseworker.found(
        f"/v1/tasks/{name}", at_least=story.position, limit=200, **asked
    )
    return found


def of(found: dict[str, Any], story: Story) -> list[dict[str, Any]]:
    return [each for each in found["tasks"] if each["case_id"] == story.ids["case"]]


def many(place: dict[str, Any]) -> int:
    return sum(int(place[group]) for group in Group)


def test_who_is_to_be_seen_outside_is_listed_by_commune(office: Office, outside: Story) -> None:
    for name in ("واد أمليل", "Oued Amlil", "OUED AMLÍL"):
        moved = {"occurred_on": TODAY.isoformat(), "province": "taza", "commune": name}
        outside.take(office.caseworker, outside.path("record-move"), "record-move", moved)
        found = round_of(office, outside, "visit-round", total=True)
        mine = of(found, outside)
        assert mine
        assert {(each["met"], each["commune"], each["prison"]) for each in mine} == {
            ("outside", name, None)
        }
        assert found["total"] == sum(map(many, found["places"]))
        (place,) = [each for each in found["places"] if each["called"] == name]
        alone = round_of(office, outside, "visit-round", place=place["place_id"], total=True)
        assert alone["total"] == many(place) == len(alone["tasks"])
        assert of(alone, outside) == mine


def test_two_spellings_of_a_commune_are_one_place(office: Office, outside: Story) -> None:
    other = Story(office)
    with other.beforehand():
        other.register()
        opening = other.body("open-case") | {"route": "after_release", "commune": "oued  amlil"}
        other.take(office.caseworker, "/v1/cases", "open-case", opening)
    found = round_of(office, other, "visit-round")
    (here,) = {
        each["place_id"] for each in found["places"] if (each["called"] or "").startswith("OUED")
    }
    alone = round_of(office, other, "visit-round", place=here)["tasks"]
    assert {each["case_id"] for each in alone} >= {other.ids["case"], outside.ids["case"]}


def test_who_is_inside_is_listed_by_prison(office: Office, inside: Story, outside: Story) -> None:
    found = round_of(office, inside, "prison-day", total=True)
    mine = of(found, inside)
    assert {each["prison"] for each in mine} == {EXAMPLE.prison}
    assert {each["commune"] for each in mine} == {None}
    assert not of(found, outside)
    assert not of(round_of(office, inside, "visit-round"), inside)
    (place,) = [each for each in found["places"] if each["name"] == EXAMPLE.prison]
    assert place["called"] not in (None, EXAMPLE.prison)
    assert found["total"] == sum(map(many, found["places"]))
    assert not round_of(office, inside, "prison-day", place="nowhere")["tasks"]


def test_no_other_reads_where_somebody_is(office: Office, inside: Story) -> None:
    for name in ("prison-day", "visit-round"):
        asked = {"at_least": inside.position}
        for who in (office.division, office.auditor, office.administrator):
            assert who.get(f"/v1/tasks/{name}", **asked).status_code == 403
        assert inside.ids["case"] not in office.elsewhere.get(f"/v1/tasks/{name}", **asked).text
    page = office.division.found("/v1/tasks", case_id=inside.ids["case"], limit=200)
    for each in page["tasks"]:
        assert (each["met"], each["prison"], each["commune"]) == (None,) * 3


def test_the_pages_show_each_place_with_its_number(
    office: Office, inside: Story, outside: Story, browser: httpx.Client
) -> None:
    browser.post("/console/sign-in", data=office.coordinator.signing_in | {"back": "/"})
    for path, story in (("/prison-day", inside), ("/visit-round", outside)):
        whole = round_of(office, story, path[1:])
        page = browser.get(f"{path}?whose=everybody").text
        assert f'href="/cases/{story.ids["case"]}"' in page or "after=" in page
        for place in whole["places"]:
            alone = browser.get(f"{path}?whose=everybody&place={place['place_id']}").text
            assert f"<bdi>({many(place)})</bdi></h2>" in alone
            assert len(re.findall(r'<th scope="row">', alone)) == min(many(place), PAGE)
        assert browser.get(f"{path}?whose=nobody").status_code == 422
        assert browser.get(f"{path}?place=nowhere").status_code == 200
    browser.post("/console/sign-out")
    browser.post("/console/sign-in", data=office.division.signing_in | {"back": "/"})
    assert browser.get("/prison-day").status_code == 404
