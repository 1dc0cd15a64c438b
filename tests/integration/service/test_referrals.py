"""A case on its way from one centre to another: what each reads before, and after."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from uuid import uuid4

import httpx
import pytest

from domain.message import Role
from service.access.table import QUERIES
from service.access.vocabulary import Scope
from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office, elsewhere
from tests.integration.service.story import Story
from tests.integration.service.test_scope import PRINTS, Two, asked, attached, remind, shown
from tests.support.system import Person, System

OF_THE_CASE = sorted(
    name
    for name, row in QUERIES.items()
    if row.scope in (Scope.CASE, Scope.PERSON, Scope.PROJECT)
    and name not in PRINTS
    and Role.CASEWORKER in row.who
)
LISTS = (
    "list-cases",
    "search-cases",
    "list-tasks",
    "list-visit-round",
    "list-reminders",
    "list-ceremonies",
    "list-orders",
)
THIRD = "zagora"
HERS = ("Salma", "سلمى", "1991-05-17", "ZZ77")


class Ids(dict[str, str]):
    """Of what the story has none of, one that nothing has."""

    def __missing__(self, kind: str) -> str:
        return str(uuid4())


@dataclass
class Moved:
    """The story, and the staff of the centre it goes to."""

    two: Two

    @property
    def story(self) -> Story:
        return self.two.story

    @property
    def old(self) -> Person:
        return self.two.office.caseworker

    def answer(self, step: str, person: Person, **more: str) -> httpx.Response:
        day = self.story.body("refer-case")["occurred_on"]
        body = self.story.body(step) | {"occurred_on": day} | more
        response = person.post(self.story.path(step), body)
        if response.status_code == 200:
            self.story.position = response.json()["position"]
        return response

    def accept(self) -> httpx.Response:
        there = self.two.coordinator
        return self.answer("accept-referral", there, caseworker=self.two.caseworker.staff_id)


@pytest.fixture(scope="module")
def there(office: Office) -> tuple[Person, Person]:
    """The caseworker and the coordinator of the centre that receives."""
    hire = office.system.hire
    return hire(Role.CASEWORKER, "midelt"), hire(Role.COORDINATOR, "midelt")


def referred(story: Story, there: tuple[Person, Person], papers: Mapping[str, str]) -> Moved:
    story.ids = Ids(story.ids)
    story.refer("midelt")
    reference = story.office.caseworker.found(story.case)["reference"]
    return Moved(Two(story, uuid4().hex, reference, *there, papers))


@pytest.fixture
def moved(office: Office, there: tuple[Person, Person]) -> Moved:
    """Referred, and not answered yet."""
    story = Story(office)
    story.open()
    return referred(story, there, {})


@pytest.fixture
def whole(office: Office, there: tuple[Person, Person]) -> Moved:
    """The same, of a case with all that hangs on one."""
    story = Story(office)
    story.was_delivered()
    papers = attached(story)
    remind(office, story)
    return referred(story, there, papers)


@pytest.fixture
def browser(system: System) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": system.url}
        )
        yield client


def test_every_question_is_answered_to_the_old_centre_before_and_to_the_new_one_after(
    whole: Moved,
) -> None:
    moved, two = whole, whole.two
    for before in (True, False):
        here, there = (moved.old, two.caseworker)[:: 1 if before else -1]
        for query in OF_THE_CASE:
            assert asked(two, here, query).status_code == 200, query
            assert asked(two, there, query).json()["code"] == "other_centre", query
        for query in LISTS:
            assert shown(two, query, asked(two, here, query)), query
        for query in (
            "list-cases",
            "search-cases",
            "list-tasks",
            "list-visit-round",
            "list-reminders",
        ):
            assert not shown(two, query, asked(two, there, query)), query
        if before:
            assert moved.accept().status_code == 200
    case = two.caseworker.found(moved.story.case)
    assert (case["centre"], case["reference"]) == ("midelt", two.reference)
    assert case["caseworker"] == two.caseworker.staff_id


def test_the_receiving_centre_reads_what_it_answers_on_and_no_more(moved: Moved) -> None:
    two, after = moved.two, {"at_least": moved.story.position}
    case_id = moved.story.ids["case"]

    def told(person: Person) -> list[dict[str, object]]:
        page = person.get("/v1/referrals", **after)
        assert not any(hers in page.text for hers in HERS)
        return [each for each in page.json()["referrals"] if each["case_id"] == case_id]

    (theirs,), (own,) = told(two.coordinator), told(moved.old)
    assert (theirs["waits_for_you"], theirs["yours"]) == (True, False)
    assert (own["waits_for_you"], own["yours"]) == (False, True)
    assert (theirs["reference"], theirs["because"]) == (two.reference, "moved")
    (division,) = told(two.office.division)
    assert (division["because"], division["explanation"]) == (None, None)
    nobody = two.office.system.hire(Role.COORDINATOR, "taza"), two.office.elsewhere
    assert [bool(told(each)) for each in nobody] == [True, True]
    assert moved.accept().status_code == 200
    after["at_least"] = moved.story.position
    assert (told(two.coordinator), told(moved.old)) == ([], [])


def test_of_two_who_answer_and_take_back_at_once_one_is_told_why_not(moved: Moved) -> None:
    two, ways = moved.two, ("accept", "accept again", "withdraw", "note")

    def at_once(way: str) -> httpx.Response:
        again = replace(moved)
        if way == "withdraw":
            return again.answer("withdraw-referral", moved.old)
        return again.answer("add-note", moved.old) if way == "note" else again.accept()

    with ThreadPoolExecutor(len(ways)) as pool:
        first, second, withdrawn, note = pool.map(at_once, ways)
    answers = [first, second, withdrawn]
    assert sorted(each.status_code == 200 for each in answers) == [False, False, True]
    lost = {each.json()["code"] for each in answers if each.status_code != 200}
    assert lost <= {"no_referral_pending", "other_centre"}
    assert note.status_code == 200 or note.json()["code"] == "other_centre"
    reads = two.coordinator if withdrawn.status_code != 200 else two.office.coordinator
    history = reads.found(f"{moved.story.case}/history", limit=500)["events"]
    kinds = [each["type"] for each in history]
    assert kinds.count("ReferralAccepted") + kinds.count("ReferralWithdrawn") == 1
    assert note.status_code != 200 or "NoteAdded" in kinds


def test_at_the_console_it_is_found_accepted_and_then_read(
    moved: Moved, browser: httpx.Client
) -> None:
    two, case = moved.two, f"/cases/{moved.story.ids['case']}"
    browser.post("/console/sign-in", data=moved.old.signing_in)
    begun = {"key": uuid4().hex, "text": "To be told.", "go": "save"}
    assert two.reference in browser.post(f"{case}/steps/add-note", data=begun).text
    browser.post("/console/sign-out")
    browser.post("/console/sign-in", data=two.coordinator.signing_in)
    first = browser.get("/")
    assert 'href="/referrals"' in first.text
    inbox = browser.get("/referrals")
    assert two.reference in inbox.text
    assert not any(hers in inbox.text for hers in HERS)
    assert browser.get(case).status_code == 404
    form = browser.get(f"{case}/steps/accept-referral")
    assert form.status_code == 200
    assert two.reference in form.text
    assert not any(hers in form.text for hers in HERS)
    assert moved.accept().status_code == 200
    moved.story.office.caseworker.found("/v1/cases", at_least=moved.story.position, limit=1)
    assert browser.get(case).status_code == 200
    over = browser.get(f"{case}/steps/accept-referral")
    assert over.status_code == 409
    assert "No referral of this case waits" in over.text
    browser.post("/console/sign-out")
    browser.post("/console/sign-in", data=moved.old.signing_in)
    assert browser.get(case).status_code == 404
    for page in ("/", "/drafts"):
        assert two.reference not in browser.get(page).text
    answers = browser.get("/referrals").text
    assert two.reference in answers
    assert "Accepted" in answers
    assert f'href="{case}"' not in answers
    assert not any(hers in answers for hers in HERS)


def test_who_registers_a_number_known_elsewhere_asks_that_centre_and_learns_nothing_more(
    moved: Moved, browser: httpx.Client
) -> None:
    office, story = moved.two.office, Story(moved.two.office)
    story.open()
    asks = story.body("ask-for-referral") | {"number": story.card}
    answer = moved.two.caseworker.step("/v1/referrals/requests", asks)
    assert not {*story.ids.values(), "TAZ"} & {*str(answer).replace("'", " ").split()}
    case = office.caseworker.found(story.case)
    (asked,) = case["asked_for"]
    assert (asked["by_centre"], asked["explanation"]) == ("midelt", asks["explanation"])
    assert "referral_asked" in {each["kind"] for each in case["reviews"]}
    again = moved.two.caseworker.post("/v1/referrals/requests", asks)
    assert (again.status_code, again.json()["code"]) == (409, "referral_asked_before")
    browser.post("/console/sign-in", data=office.caseworker.signing_in)
    form = browser.get(f"/cases/{story.ids['case']}/steps/refer-case")
    assert asks["explanation"] in form.text
    browser.post("/console/sign-out")
    browser.post("/console/sign-in", data=moved.two.caseworker.signing_in)
    told = story.body("decline-referral-request") | {"by_centre": "midelt"}
    told["occurred_on"] = asks["occurred_on"]
    told["explanation"] = f"Not yet. {uuid4().hex}"
    no = office.caseworker.step(story.path("decline-referral-request"), told)
    since = {"at_least": no["position"]}

    def answered(person: Person) -> list[dict[str, object]]:
        found = person.found("/v1/referrals/answered", outcome="declined", **since)["answered"]
        return [each for each in found if each["why"] == told["explanation"]]

    (theirs,), (own,) = answered(moved.two.caseworker), answered(office.caseworker)
    assert (theirs["case_id"], theirs["reference"]) == (None, None)
    assert theirs["explanation"] == asks["explanation"]
    assert own["case_id"] == story.ids["case"]
    third = elsewhere(THIRD, THIRD[:3].upper(), THIRD)
    office.administrator.step("/v1/centres", EXAMPLES["register-centre"] | third)
    stranger = office.system.hire(Role.COORDINATOR, THIRD)
    assert answered(stranger) == []
    (masked,) = [
        each
        for each in office.division.found("/v1/referrals/answered", **since)["answered"]
        if each["answer_id"] == own["answer_id"]
    ]
    assert (masked["why"], masked["explanation"]) == (None, None)
    assert told["explanation"] in browser.get("/referrals").text
    begun = {"key": uuid4().hex, "number": story.card, "go": "stay"}
    page = browser.post("/steps/ask-for-referral", data=begun)
    assert page.status_code == 200
    assert story.card in page.text
    assert story.card not in str(page.url)
