"""A list is saved, shared in the centre, put into another order, and printed whole, by its page."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.system import Person

SAVED = re.compile(r'<ul class="chips saved".*?</ul>', re.DOTALL)
Enter = Callable[[Person], httpx.Client]


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    story.sign()
    story.open()
    return story


@pytest.fixture
def enter(office: Office) -> Iterator[Enter]:
    clients = list[httpx.Client]()

    def entered(person: Person) -> httpx.Client:
        client = httpx.Client(base_url=office.system.url, follow_redirects=True, timeout=30)
        clients.append(client)
        client.headers.update({"Accept-Language": "en", "Accept": "text/html"})
        client.headers["Origin"] = office.system.url
        client.post("/console/sign-in", data=person.signing_in | {"back": "/"})
        return client

    yield entered
    for each in clients:
        each.close()


def saved_in(page: httpx.Response) -> str:
    """What stands there of saved lists, without its marks."""
    found = SAVED.search(page.text)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_a_list_is_saved_by_its_codes_and_shared_in_the_centre_alone(
    office: Office, story: Story, enter: Enter
) -> None:
    mine, theirs = enter(office.caseworker), enter(office.coordinator)
    asked = {"whose": "mine", "province": "taza", "sort": "begins"}
    page = mine.get("/", params=asked)
    assert "Save this list" in page.text
    kept = mine.post("/saved-lists", data={**asked, "page": "today", "go": "share"})
    assert (kept.status_code, kept.url.path) == (200, "/")
    assert "Save this list" not in kept.text, "it is saved already"
    assert saved_in(kept).startswith("My cases · Taza · What begins first shared in the centre")
    seen = theirs.get("/")
    assert saved_in(seen).startswith("My cases · Taza · What begins first shared by")
    assert "Remove" not in saved_in(seen)
    for other in (office.elsewhere, office.division, office.receiver):
        assert saved_in(enter(other).get("/")) == ""
    assert saved_in(mine.get("/cases")) == "", "another page's"
    forget = re.search(r'action="(/saved-lists/\w+)"', kept.text)
    assert forget
    assert saved_in(theirs.post(forget[1], data={"page": "today"})) == saved_in(seen)
    assert saved_in(mine.post(forget[1], data={"page": "today"})) == ""


def test_what_is_no_filter_is_not_saved(office: Office, enter: Enter) -> None:
    mine = enter(office.caseworker)
    for wrong in (
        {"page": "today", "whose": "mine", "province": "nowhere"},
        {"page": "today", "whose": "mine", "sort": "by name"},
        {"page": "cases", "stage": "Salma"},
    ):
        assert mine.post("/saved-lists", data=wrong).status_code == 422, wrong
    assert mine.post("/saved-lists", data={"page": "elsewhere"}).status_code == 404
    named = {"page": "cases", "whose": "mine", "stage": "follow_up", "text": "Salma", "note": "x"}
    kept = mine.post("/saved-lists", data=named)
    assert "Salma" not in str(kept.url)
    assert saved_in(kept).startswith("My cases · Follow-up")


def test_a_list_is_put_into_another_order(office: Office, story: Story, enter: Enter) -> None:
    after = {"at_least": story.position, "limit": 200, "case_id": story.ids["case"]}
    found = {
        sort: office.caseworker.found("/v1/tasks", sort=sort, **after)["tasks"]
        for sort in ("pressing", "-pressing", "begins")
    }
    ids = {sort: [each["task_id"] for each in rows] for sort, rows in found.items()}
    assert ids["-pressing"] == ids["pressing"][::-1]
    assert sorted(ids["begins"]) == sorted(ids["pressing"])
    begins = [each["window_start"] for each in found["begins"]]
    assert begins == sorted(begins)
    assert office.caseworker.get("/v1/tasks", sort="name").status_code == 422
    mine = enter(office.caseworker)
    assert mine.get("/?sort=begins").status_code == 200
    assert mine.get("/?sort=name").status_code == 422
    assert mine.get("/cases?sort=opened_on").status_code == 200
    assert mine.get("/cases?sort=name").status_code == 422


def test_a_list_stands_whole_on_one_page_to_be_printed_without_what_tells_of_custody(
    office: Office, story: Story, enter: Enter
) -> None:
    mine = enter(office.caseworker)
    for path in ("/visit-round", "/prison-day", "/matters?kind=called", "/inbox"):
        assert (
            mine.get(path, params={"print": "all"} if "?" not in path else None).status_code == 200
        )
    for path in ("/", "/cases"):
        page = mine.get(path, params={"whose": "everybody"}).text
        href = re.search(r'href="([^"]*print=all)"', page)
        assert href
        whole = mine.get(href[1].replace("&amp;", "&")).text
        assert "made to be printed" in whole
        for told in ("Plan", "First contact", "Release to confirm"):
            assert f'<span class="what">{told}</span>' not in whole


@pytest.mark.parametrize(
    "asked", [{"caseworker": "Salma"}, {"entry": "salma"}, {"centre": "nobody"}]
)
def test_what_is_no_code_is_not_saved(
    office: Office, story: Story, enter: Enter, asked: dict[str, str]
) -> None:
    mine = enter(office.caseworker)
    sent = {**asked, "whose": "everybody", "page": "cases", "go": "share"}
    before = saved_in(mine.get("/cases"))
    assert 400 <= mine.post("/saved-lists", data=sent).status_code < 500
    assert saved_in(mine.get("/cases")) == before


def test_a_list_of_what_an_entry_is_in_is_saved(office: Office, story: Story, enter: Enter) -> None:
    entry = office.caseworker.found("/v1/registry/supplier")["entries"][0]["entry"]
    asked = {"whose": "everybody", "entry": entry, "page": "cases"}
    kept = enter(office.caseworker).post("/saved-lists", data=asked)
    assert (kept.status_code, kept.url.params["entry"]) == (200, entry)


def test_what_was_sent_is_asked_of_ones_own_centre_and_again_of_nothing_chosen(
    office: Office, enter: Enter
) -> None:
    sent = enter(office.caseworker).post("/outbox/again", data={})
    assert (sent.status_code, sent.url.path) == (200, "/outbox")
    other = office.caseworker.get("/v1/outbox", centre="midelt")
    assert other.json()["code"] == "other_centre"
