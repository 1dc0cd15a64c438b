"""Whom a complaint is about asks for everything there is, and comes to nothing of it anywhere.

As if it had never been filed: the same answer, word for word, as about one that was not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from domain.commands import HANDLINGS, step_name
from domain.message import Role, StreamKind
from service.api.steps.examples import EXAMPLES
from service.console.pages.routes import PAGES
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, file_complaint
from tests.integration.service.test_complaints import signed_in
from tests.support.system import Person

WORDS = "Quinces were promised in writing"
STEPS = [
    step_name(step)
    for step, row in HANDLINGS.items()
    if row.kind is StreamKind.COMPLAINT and not row.creates and step_name(step) in EXAMPLES
]
NEVER_SHOWN_WHOLE = ("/v1/openapi", "/console/static")


@dataclass
class Filed:
    """A complaint, and those of the staff whom it is about."""

    story: Story
    number: str
    about: tuple[Person, ...]

    @property
    def id(self) -> str:
        return self.story.ids["complaint"]

    @property
    def told(self) -> tuple[str, ...]:
        return self.id, self.number, WORDS


@pytest.fixture(scope="module")
def filed(office: Office) -> list[Filed]:
    """About a case whose caseworker is absent, and about the coordinator."""
    delegate = office.system.hire(Role.CASEWORKER, "taza")
    today = datetime.now(UTC).date()
    absent = {"staff_id": office.caseworker.staff_id, "delegate": delegate.staff_id}
    days = {"since": str(today), "until": str(today + timedelta(days=5))}
    body = EXAMPLES["name-delegate"] | absent | days | {"occurred_on": str(today)}
    office.coordinator.step("/v1/delegations", body)
    of_case, of_coordinator = Story(office), Story(office)
    of_case.open()
    of_coordinator.ids |= of_case.ids
    case = of_case.ids["case"]
    file_complaint(of_case, by=office.division, case_id=case, words=WORDS)
    file_complaint(
        of_coordinator,
        by=office.division,
        case_id=case,
        staff_id=office.coordinator.staff_id,
        words=WORDS,
    )
    position = of_coordinator.position
    return [
        Filed(story, _number(office, story, position), about)
        for story, about in (
            (of_case, (office.caseworker, delegate)),
            (of_coordinator, (office.coordinator,)),
        )
    ]


def _number(office: Office, story: Story, position: int) -> str:
    path = f"/v1/complaints/{story.ids['complaint']}"
    number: str = office.auditor.found(path, at_least=position)["number"]
    return number


def filled(paths: Iterable[str], ids: dict[str, str]) -> Iterator[str]:
    """The addresses that these ids fill."""
    for path in paths:
        for name, each in ids.items():
            path = path.replace(f"{{{name}_id}}", each)  # noqa: PLW2901 (filled bit by bit)
        if "{" not in path and not path.startswith(NEVER_SHOWN_WHOLE):
            yield path


@pytest.mark.rare
def test_nothing_tells_of_it_by_program_or_by_page(office: Office, filed: list[Filed]) -> None:
    document = office.auditor.found("/openapi.json")["paths"]
    asked = [path for path, made in document.items() if "get" in made and path != "/openapi.json"]
    pages = [path for method, path, _ in PAGES if method == "GET"]
    for each in filed:
        for person in each.about:
            with signed_in(office, person) as client:
                for client_of, paths in ((person.http, asked), (client, pages)):
                    for path in filled(paths, each.story.ids):
                        answer = client_of.get(path)
                        shown = answer.text.replace(path, "")
                        assert not any(secret in shown for secret in each.told), path


def test_one_who_knows_its_id_is_told_what_is_told_of_none(
    office: Office, filed: list[Filed]
) -> None:
    for each in filed:
        _is_as_never_filed(office, each, each.about[-1])


def _is_as_never_filed(office: Office, it: Filed, person: Person) -> None:
    never = str(uuid4())
    own = f"/v1/complaints/{it.id}"
    with signed_in(office, person) as client:
        for client_of, path in (
            *((person.http, each) for each in (own, f"{own}/history")),
            *(
                (client, f"/complaints/{it.id}{rest}")
                for rest in ("", "/history", f"/steps/{STEPS[0]}")
            ),
        ):
            there, nowhere = client_of.get(path), client_of.get(path.replace(it.id, never))
            assert _same(there, it.id) == _same(nowhere, never), path
    for step in STEPS:
        path = f"{own}/steps/{step}"
        there = person.post(path, EXAMPLES[step])
        nowhere = person.post(path.replace(it.id, never), EXAMPLES[step])
        assert _same(there, it.id) == _same(nowhere, never), path
        assert there.status_code in (403, 404), path


def _same(answer: httpx.Response, own: str) -> tuple[int, object]:
    """An answer without the id that was asked for, and without what each request has of its own."""
    if answer.headers["content-type"].startswith("text/html"):
        return answer.status_code, len(answer.text)
    told = answer.json()
    return answer.status_code, {
        name: str(each).replace(own, "") for name, each in told.items() if name != "request_id"
    }


def test_no_list_count_or_search_knows_of_it(office: Office, filed: list[Filed]) -> None:
    for it in filed:
        for person in it.about:
            for asked in ({"case_id": it.story.ids["case"]}, {}, {"open": "true"}):
                found = person.found("/v1/complaints", total="true", limit=200, **asked)
                assert it.id not in {each["complaint_id"] for each in found["complaints"]}
                assert found["total"] == len(found["complaints"])
            searched = person.step("/v1/cases/search", {"text": it.number})
            never = person.step("/v1/cases/search", {"text": "C-TAZ-26-9998"})
            assert searched["cases"] == never["cases"] == []


def test_the_case_page_shows_it_to_whom_it_is_not_about(office: Office, filed: list[Filed]) -> None:
    of_case, of_coordinator = filed
    path = f"/cases/{of_case.story.ids['case']}"
    with signed_in(office, office.coordinator) as client:
        page = client.get(path).text
        assert of_case.number in page
        assert of_coordinator.number not in page
    with signed_in(office, office.division) as client:
        page = client.get(path).text
        assert of_case.number in page
        assert of_coordinator.number in page
    with signed_in(office, office.caseworker) as client:
        assert "card-complaints" not in client.get(path).text
