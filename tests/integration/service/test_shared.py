"""What several centres share: an agreement that meets two, a ceremony with another's people on it."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.example.person import EXAMPLE
from domain.message import Role
from service.access.table import QUERIES
from service.api.steps.examples import EXAMPLES
from tests.integration.service.batched import every_step_of_a_batch
from tests.integration.service.conftest import Office, elsewhere
from tests.integration.service.story import Story, file_complaint
from tests.integration.service.test_scope import PAPERS_OF_CEREMONY, Two, asked, told
from tests.support.browsing import at_a_browser
from tests.support.days import today
from tests.support.system import Person

BOTH, ONE = "guercif", "jerada"
"""Provinces: of both centres, and of the first alone."""
NAME, LABEL = "Salma Elmithal", "industrial sewing machine"
ARABIC = "سلمى المثال"
OF_THE_LINE = {
    "get-ceremony": {NAME, ARABIC},
    **{f"print-ceremony-{each}": {NAME} for each in PAPERS_OF_CEREMONY},
}
"""What queries tell of who is lent; of a paper the order of Arabic words is not read."""
OF_THE_PERSON = (
    *(NAME, ARABIC, "1991-05-17", "ZZ77", "600 000 00", "Amina", "invented street"),
    *("keeps a room ready", "Wears glasses", "Knows her prices", "a prison of the region"),
)
"""What the example tells of somebody."""


@dataclass(frozen=True)
class Neighbours:
    """Two centres with one province in common, and a person of the first approved in it."""

    story: Story
    caseworker: Person
    """Of the second centre, as the next."""
    coordinator: Person

    @property
    def office(self) -> Office:
        return self.story.office


@pytest.fixture(scope="module")
def neighbours(office: Office) -> Neighbours:
    centre, hire = EXAMPLES["register-centre"], office.system.hire
    for each in (elsewhere("oujda", "OUJ", BOTH, ONE), elsewhere("berkane", "BER", BOTH)):
        office.administrator.step("/v1/centres", centre | each)
    office.system.register_entries(replace(EXAMPLE, province=BOTH))
    first = replace(
        office,
        caseworker=hire(Role.CASEWORKER, "oujda"),
        coordinator=hire(Role.COORDINATOR, "oujda"),
    )
    story = Story(first, centre="oujda", province=BOTH)
    second = hire(Role.CASEWORKER, "berkane"), hire(Role.COORDINATOR, "berkane")
    with story.beforehand():
        story.sign()
        story.take(second[1], "/v1/ceremonies", "schedule-ceremony")
        story.plan()
        story.open()
        story.walk(story.steps(), until="confirm-delivery")
        story.on("issue-attestation")
    file_complaint(story, case_id=story.ids["case"])
    story.take(first.caseworker, "/v1/receptions", "record-reception")
    every_step_of_a_batch(story)
    return Neighbours(story, *second)


def only(province: str) -> dict[str, Any]:
    """A territory of one province."""
    return {"reach": "provinces", "provinces": [province]}


def code(response: httpx.Response) -> str | None:
    found: str | None = response.json().get("code")
    return found


def test_an_agreement_that_meets_two_is_read_by_both_and_changed_by_the_division(
    neighbours: Neighbours,
) -> None:
    story, office = neighbours.story, neighbours.office
    path = f"/v1/agreements/{story.ids['agreement']}"
    mine = office.caseworker.found(path, at_least=story.position)
    theirs = neighbours.caseworker.found(path)
    assert [project["case_id"] for project in mine["projects"]] == [story.ids["case"]]
    assert mine["sessions"]
    assert mine["ceremonies"]
    assert theirs == mine | {"projects": [], "sessions": [], "ceremonies": []}
    more = story.body("allow-more-places")
    for coordinator in (office.coordinator, neighbours.coordinator):
        response = coordinator.post(f"{path}/steps/allow-more-places", more)
        assert (response.status_code, code(response)) == (403, "agreement_of_several_centres")
    office.division.step(f"{path}/steps/allow-more-places", more)


def test_an_agreements_history_has_its_sums_and_only_ones_own_lines(
    neighbours: Neighbours,
) -> None:
    story, office = neighbours.story, neighbours.office
    path = f"/v1/agreements/{story.ids['agreement']}/history"
    mine = office.caseworker.found(path, at_least=story.position)
    theirs = neighbours.caseworker.found(path)
    (project,) = mine["state"]["approvals"]
    assert mine["state"]["approvals"][project]["case_id"] == story.ids["case"]
    assert theirs["state"] == mine["state"] | {"approvals": {}}
    assert theirs["version"] == mine["version"]
    assert theirs["state"]["money"]["equipment"] == "30000.00"
    assert [event["type"] for event in theirs["events"]][:1] == ["AgreementSigned"]
    assert "FundsCommitted" in str(mine)
    assert "Funds" not in str(theirs["events"])
    for hidden in (story.ids["case"], story.ids["project"]):
        assert hidden not in str(theirs)


def test_an_agreement_of_one_is_not_the_neighbours(neighbours: Neighbours) -> None:
    story, office = neighbours.story, neighbours.office
    signed = office.division.step(
        "/v1/agreements", EXAMPLES["sign-agreement"] | {"territory": only(ONE)}
    )
    name, position = signed["ids"]["agreement"], signed["position"]
    assert office.caseworker.found(f"/v1/agreements/{name}", at_least=position)["projects"] == []
    for path in (f"/v1/agreements/{name}", f"/v1/agreements/{name}/history"):
        assert code(neighbours.caseworker.get(path)) == "other_centre"
    listed = neighbours.caseworker.found("/v1/agreements", limit=200, at_least=position)
    assert name not in str(listed)
    assert name in str(office.caseworker.found("/v1/agreements", limit=200))
    more = story.body("allow-more-places")
    path = f"/v1/agreements/{name}/steps/allow-more-places"
    assert code(neighbours.coordinator.post(path, more)) == "other_centre"
    office.coordinator.step(path, more)


def test_a_centre_with_a_case_under_it_reads_an_agreement_it_serves_no_longer(
    neighbours: Neighbours,
) -> None:
    """Its catchment is given to the neighbour for a while: the case and its money are still here."""
    story, office = neighbours.story, neighbours.office
    path = f"/v1/agreements/{story.ids['agreement']}"
    mended = EXAMPLES["correct-catchment"] | {
        "centre": "oujda",
        "mends": "2015-01-01",
        "since": "2015-01-01",
        "occurred_on": "2026-11-20",
    }
    mending = "/v1/centres/catchments/corrections"
    office.administrator.step(mending, mended | {"provinces": [ONE]})
    try:
        kept = office.caseworker.found(path, at_least=story.position)
        assert [project["case_id"] for project in kept["projects"]] == [story.ids["case"]]
        assert story.ids["agreement"] in str(office.caseworker.found("/v1/agreements", limit=200))
        more = story.body("allow-more-places") | {"places": 2}
        neighbours.coordinator.step(f"{path}/steps/allow-more-places", more)
    finally:
        office.administrator.step(mending, mended | {"provinces": [BOTH, ONE]})


def test_a_line_is_lent_to_the_centre_that_holds_the_ceremony(neighbours: Neighbours) -> None:
    """The example's ceremony was held long ago: whom others put on its list is not told any more."""
    story, office = neighbours.story, neighbours.office
    path = f"/v1/ceremonies/{story.ids['ceremony']}"
    held = office.caseworker.found(path, at_least=story.position)
    (mine,) = held["lines"]
    assert (mine["name_latin"], mine["reference"][:3]) == (NAME, "OUJ")
    assert [item["label"] for item in mine["items"]][:1] == [LABEL]
    assert {item["standing"] for item in mine["items"]} == {"received"}
    assert mine["state"] == "ready"
    assert held["lent_until"] == "2024-07-25"
    (theirs,) = neighbours.caseworker.found(path)["lines"]
    assert theirs["case_id"] == story.ids["case"]
    assert (theirs["name_latin"], theirs["reference"], theirs["items"]) == (None, None, [])
    (masked,) = office.division.found(path)["lines"]
    assert (masked["name_latin"], masked["reference"]) == (None, mine["reference"])
    assert [item["label"] for item in masked["items"]] == [None, None]
    confirm = story.body("confirm-delivery")
    late = neighbours.caseworker.post(f"{story.case}/steps/confirm-delivery", confirm)
    assert (late.status_code, code(late)) == (403, "other_centre")


def test_of_a_lent_person_nothing_but_the_line_is_readable(neighbours: Neighbours) -> None:
    """Whatever the centre that holds the ceremony asks, by all the queries there are."""
    story = neighbours.story
    path = f"/v1/ceremonies/{story.ids['ceremony']}"
    moved = move_to_today(neighbours.coordinator, path)
    two = Two(story, uuid4().hex, "", neighbours.caseworker, neighbours.coordinator)
    two.story.position = moved["position"]
    for person in (two.caseworker, two.coordinator):
        for query in QUERIES:
            text = told(asked(two, person, query))
            found = {each for each in OF_THE_PERSON if each in text}
            assert found == OF_THE_LINE.get(query, set()), query
    (line,) = two.caseworker.found(path)["lines"]
    assert {name for name, value in line.items() if value not in (None, "0.00", False)} == {
        *("ceremony_id", "case_id", "project_id", "agreement_id", "centre", "state"),
        *("reference", "name_ar", "name_latin", "cash_grant", "items"),
        *("undertaking_signed", "photographs"),
    }


def move_to_today(coordinator: Person, path: str) -> dict[str, Any]:
    day = str(today())
    step = {"occurred_on": day, "held_on": day, "explanation": "The hall was taken."}
    return coordinator.step(f"{path}/steps/postpone-ceremony", step)


def test_a_line_is_read_and_confirmed_where_the_ceremony_is_held_now(
    neighbours: Neighbours,
) -> None:
    story, office = neighbours.story, neighbours.office
    path = f"/v1/ceremonies/{story.ids['ceremony']}"
    day = str(today())
    postpone = {"occurred_on": day, "held_on": day, "explanation": "The hall was taken."}
    assert code(office.coordinator.post(f"{path}/steps/postpone-ceremony", postpone)) == (
        "other_centre"
    )
    moved = neighbours.coordinator.step(f"{path}/steps/postpone-ceremony", postpone)
    shown = neighbours.caseworker.found(path, at_least=moved["position"])
    (line,) = shown["lines"]
    assert (line["name_latin"], line["reference"][:3]) == (NAME, "OUJ")
    assert [item["label"] for item in line["items"]][:1] == [LABEL]
    for way in (
        story.case,
        f"{story.case}/history",
        f"/v1/beneficiaries/{story.ids['beneficiary']}",
    ):
        assert code(neighbours.caseworker.get(way)) == "other_centre"
    note = neighbours.caseworker.post(f"{story.case}/steps/add-note", story.body("add-note"))
    assert code(note) == "other_centre"
    case, ceremony = story.ids["case"], story.ids["ceremony"]
    with at_a_browser(office.system, neighbours.caseworker) as somebody:
        table = f"/ceremonies/{ceremony}/hold"
        screen = f"/cases/{case}/steps/confirm-delivery?ceremony={ceremony}"
        for page in (screen, table):
            assert NAME in somebody.browser.get(page).text
        assert LABEL in somebody.browser.get(screen).text
        missed = {"case": case, "because": "absent"}
        assert "Absent" in somebody.browser.post(table, data=missed).text
    confirm = story.body("confirm-delivery") | {"occurred_on": day}
    done = neighbours.caseworker.step(f"{story.case}/steps/confirm-delivery", confirm)
    shown = neighbours.caseworker.found(path, at_least=done["position"])
    assert (shown["told"], shown["lines"][0]["state"]) == (1, "told")
    delivered = office.caseworker.found(f"{story.case}/history", limit=200)["events"][-1]
    assert delivered["type"] == "DeliveryConfirmed"
    assert delivered["actor"]["centre"] == "berkane"


def test_a_ceremony_shows_a_centre_its_own_people_only(neighbours: Neighbours) -> None:
    """The division's, held where both serve: each reads its own lines, counted by them."""
    office = neighbours.office
    division = office.division.step(
        "/v1/ceremonies", EXAMPLES["schedule-ceremony"] | {"province": BOTH}
    )
    story = Story(office, centre="oujda", province=BOTH)
    story.ids["ceremony"] = name = division["ids"]["ceremony"]
    with story.beforehand():
        story.sign()
        story.open()
        story.walk(story.steps(), until="pay-invoice")
        steps = [step for step in story.steps() if type(step).__name__ == "PlaceOnCeremony"]
        story.walk(steps[:1])
        path = f"/v1/ceremonies/{name}"
    mine = office.caseworker.found(path, at_least=story.position)
    theirs = neighbours.caseworker.found(path)
    assert (mine["listed"], len(mine["lines"])) == (1, 1)
    assert theirs == mine | {"listed": 0, "lines": []}
    for person, many in ((office.caseworker, 1), (neighbours.caseworker, 0)):
        rows = person.found("/v1/ceremonies", limit=200)["ceremonies"]
        assert [row["listed"] for row in rows if row["ceremony_id"] == name] == [many]
    history = neighbours.caseworker.found(f"{path}/history")
    assert [event["type"] for event in history["events"]] == ["CeremonyScheduled"]
    assert history["state"]["lines"] == {}
    listed = office.caseworker.found(f"{path}/history")
    assert list(listed["state"]["lines"]) == [story.ids["case"]]
    for person in (office.coordinator, neighbours.coordinator):
        cancel = person.post(f"{path}/steps/cancel-ceremony", story.body("cancel-ceremony"))
        assert code(cancel) == "other_centre"


def test_who_is_replaced_is_lent_no_more_and_a_cancelled_list_frees_everybody(
    neighbours: Neighbours,
) -> None:
    office, host = neighbours.office, neighbours.coordinator
    scheduled = host.step("/v1/ceremonies", EXAMPLES["schedule-ceremony"])
    path = f"/v1/ceremonies/{scheduled['ids']['ceremony']}"
    leaves, comes = (received(neighbours, scheduled["ids"]["ceremony"]) for _ in range(2))
    placing = leaves.body("place-on-ceremony")
    leaves.take(office.caseworker, f"{leaves.case}/steps/place-on-ceremony", "place", placing)
    instead = placing | {"replaces": leaves.ids["case"]}
    comes.take(office.caseworker, f"{comes.case}/steps/place-on-ceremony", "place", instead)
    moved = move_to_today(host, path)
    shown = neighbours.caseworker.found(path, at_least=moved["position"])
    assert (shown["listed"], shown["replaced"]) == (1, 1)
    lines = {line["case_id"]: line for line in shown["lines"]}
    left, came = lines[leaves.ids["case"]], lines[comes.ids["case"]]
    assert (left["state"], left["replaced_by"]) == ("replaced", comes.ids["case"])
    assert (left["name_latin"], left["items"]) == (None, [])
    assert (came["state"], came["name_latin"]) == ("ready", NAME)
    day = str(today())
    cancel = {"occurred_on": day, "explanation": "Rain."}
    host.step(f"{path}/steps/cancel-ceremony", cancel)
    track = office.caseworker.found(comes.case)["tracks"][0]
    assert (track["ceremony_id"], track["on_list"]) == (None, False)
    open_now = {each["step"] for each in office.caseworker.found(comes.case)["open_steps"]}
    assert "place-on-ceremony" in open_now
    note = {"occurred_on": day, "text": "Told her that it rained."}
    office.caseworker.step(f"{comes.case}/steps/add-note", note)


def received(neighbours: Neighbours, ceremony: str) -> Story:
    """Somebody of the first centre who waits for a ceremony, this one's id at hand."""
    story = Story(neighbours.office, centre="oujda", province=BOTH)
    story.ids["ceremony"] = ceremony
    with story.beforehand():
        story.sign()
        story.open()
        story.walk(story.way.steps(), until="place-on-ceremony")
    return story


def test_by_its_form_a_lent_line_is_confirmed_and_nothing_else_of_the_case_is_shown(
    neighbours: Neighbours,
) -> None:
    office, host = neighbours.office, neighbours.coordinator
    scheduled = host.step("/v1/ceremonies", EXAMPLES["schedule-ceremony"])
    ceremony = scheduled["ids"]["ceremony"]
    lent = received(neighbours, ceremony)
    placing = lent.body("place-on-ceremony")
    lent.take(office.caseworker, f"{lent.case}/steps/place-on-ceremony", "place", placing)
    address = f"/cases/{lent.ids['case']}/steps"
    confirm = lent.body("confirm-delivery") | {"occurred_on": str(today())}
    with at_a_browser(office.system, neighbours.caseworker) as browsing:
        assert browsing.browser.get(f"{address}/confirm-delivery").status_code == 404
        moved = move_to_today(host, f"/v1/ceremonies/{ceremony}")
        path = f"/v1/ceremonies/{ceremony}"
        (line,) = browsing.found(path, at_least=moved["position"])["lines"]
        form = browsing.browser.get(f"{address}/confirm-delivery")
        assert form.status_code == 200
        assert line["reference"] in form.text
        assert f'href="/ceremonies/{ceremony}"' in form.text
        assert NAME not in form.text
        assert browsing.browser.get(f"{address}/add-note").status_code == 404
        done = browsing.step(f"{lent.case}/steps/confirm-delivery", confirm)
        shown = browsing.found(path, at_least=done["position"])
    assert (shown["told"], shown["lines"][0]["state"]) == (1, "told")
