"""Papers over HTTP: sent in pieces, attached by a step, had again, erased; and what is refused."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from service.bootstrap import looked_at_ledger
from service.running.doctor.finding import Finding
from service.running.doctor.papers import papers as looked_at
from service.settings import Settings
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support import papers
from tests.support.system import Person
from tests.support.waiting import until


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    story = Story(office)
    story.open()
    return story


def attach(person: Person, case: str, paper_id: str, **more: object) -> httpx.Response:
    body = {"occurred_on": "2023-02-01", "paper_id": paper_id, "kind": "diploma", **more}
    return person.post(f"{case}/steps/attach-document", body)


def code_of(response: httpx.Response) -> str:
    return str(response.json()["code"])


def listed(person: Person, case: str, paper_id: str) -> dict[str, object]:
    found = person.found(f"{case}/papers")["papers"]
    return next(each for each in found if each["paper_id"] == paper_id)


def files(office: Office) -> dict[str, Path]:
    """By paper: a sweep moves them from where they come in to where they are kept."""
    every = (office.system.data / "papers").rglob("*")
    return {each.name.rpartition(".")[2]: each for each in every if each.is_file()}


def test_a_paper_is_sent_attached_and_had_again(office: Office, story: Story) -> None:
    person, data = office.caseworker, papers.pdf(3)
    sent = person.send(f"{story.case}/papers", data)
    assert sent.status_code == 201, sent.text
    paper = sent.json()
    assert paper["sha256"] == hashlib.sha256(data).hexdigest()
    assert (paper["size"], paper["pages"]) == (len(data), 3)
    expires = {"issued_on": "2023-01-01", "expires_on": "2033-01-01"}
    assert attach(person, story.case, paper["paper_id"], **expires).status_code == 200
    entry = listed(person, story.case, paper["paper_id"])
    assert (entry["kind"], entry["expires_on"], entry["kept"]) == ("diploma", "2033-01-01", True)
    had = person.get(f"{story.case}/papers/{paper['paper_id']}")
    assert had.content == data
    assert had.headers["content-type"] == "application/pdf"
    assert had.headers["cache-control"] == "no-store"
    assert had.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in had.headers["content-security-policy"]
    name = had.headers["content-disposition"]
    assert re.fullmatch(r'attachment; filename="TAZ-23-\d{4}-diploma\.pdf"', name)
    assert all(data[:40] not in each.read_bytes() for each in files(office).values())
    reviews = {each["key"]: each for each in person.found(story.case)["reviews"]}
    assert reviews[f"paper/{paper['paper_id']}"]["kind"] == "paper"


def test_the_same_paper_twice_is_answered_alike(office: Office, story: Story) -> None:
    person, path, key = office.caseworker, f"{story.case}/papers", uuid4().hex
    first = person.send(path, papers.pdf(), key=key)
    count = len(files(office))
    again = person.send(path, papers.pdf(), key=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert again.headers["idempotent-replayed"] == "true"
    other = person.send(path, papers.pdf(2), key=key)
    assert (other.status_code, code_of(other)) == (422, "key_reused")
    assert len(files(office)) == count
    assert attach(person, story.case, first.json()["paper_id"]).status_code == 200
    assert person.send(path, papers.pdf(), key=key).content == first.content
    twice = attach(person, story.case, first.json()["paper_id"])
    assert (twice.status_code, code_of(twice)) == (409, "paper_already_attached")


@pytest.mark.parametrize(
    ("data", "said", "code"),
    [
        (papers.pdf() + papers.archive(), "application/pdf", "paper_ambiguous"),
        (papers.picture("PNG"), "application/pdf", "paper_mislabelled"),
        (papers.HTML, "application/pdf", "paper_type_unknown"),
        (papers.pdf_bomb(), "application/pdf", "paper_unfolds"),
        (papers.png_bomb(), "image/png", "paper_unfolds"),
        (papers.locked_pdf(), "application/octet-stream", "paper_locked"),
        (b"", "application/pdf", "paper_empty"),
    ],
)
def test_what_is_no_paper_is_refused_and_nothing_is_kept(
    office: Office, story: Story, data: bytes, said: str, code: str
) -> None:
    before = set(files(office))
    refused = office.caseworker.send(f"{story.case}/papers", data, said=said)
    assert code_of(refused) == code
    assert refused.status_code == 422
    assert set(files(office)) == before


def test_two_hundred_megabytes_are_refused_in_words(office: Office, story: Story) -> None:
    """However they come: with their length, or piece by piece."""
    piece, before = bytes(1_000_000), set(files(office))
    headers = {"Idempotency-Key": uuid4().hex, "Content-Type": "application/pdf"}

    def pieces() -> Iterator[bytes]:
        for _ in range(200):
            yield piece

    try:
        refused = office.caseworker.http.post(
            f"{story.case}/papers", content=pieces(), headers=headers
        )
    except httpx.WriteError:
        pytest.skip("the connection was closed before the answer was read")
    assert (refused.status_code, code_of(refused)) == (413, "paper_too_large")
    assert refused.json()["params"] == {"most": 20}
    assert set(files(office)) == before


def test_a_line_that_breaks_leaves_nothing(office: Office, story: Story) -> None:
    before = set(files(office))
    headers = {"Idempotency-Key": uuid4().hex, "Content-Type": "application/pdf"}

    def broken() -> Iterator[bytes]:
        yield papers.pdf()
        raise ConnectionError

    with pytest.raises(ConnectionError):
        office.caseworker.http.post(f"{story.case}/papers", content=broken(), headers=headers)
    until(lambda: set(files(office)) == before)


def test_papers_are_for_whose_case_it_is(office: Office, story: Story) -> None:
    person = office.caseworker
    paper = person.send(f"{story.case}/papers", papers.pdf()).json()["paper_id"]
    attach(person, story.case, paper)
    path = f"{story.case}/papers/{paper}"
    stranger = office.elsewhere
    assert code_of(stranger.get(path)) == "other_centre"
    assert code_of(stranger.send(f"{story.case}/papers", papers.pdf())) == "other_centre"
    assert code_of(attach(stranger, story.case, paper)) == "other_centre"
    for nobody in (office.division, office.administrator):
        assert code_of(nobody.get(path)) == "not_allowed"
        assert code_of(nobody.get(f"{story.case}/papers")) == "not_allowed"
        assert code_of(nobody.send(f"{story.case}/papers", papers.pdf())) == "not_allowed"
    assert office.auditor.get(path).status_code == 200
    assert code_of(person.get(f"{story.case}/papers/{uuid4()}")) == "paper_not_found"


def test_a_paper_belongs_where_it_was_sent(office: Office, story: Story) -> None:
    person, other = office.caseworker, Story(office)
    other.open()
    paper = person.send(f"{story.case}/papers", papers.pdf()).json()["paper_id"]
    assert code_of(attach(person, other.case, paper)) == "paper_not_found"
    assert attach(person, story.case, paper).status_code == 200
    assert code_of(person.get(f"{other.case}/papers/{paper}")) == "paper_not_found"


def test_what_was_withdrawn_is_had_no_more(office: Office, story: Story) -> None:
    person = office.caseworker
    paper = person.send(f"{story.case}/papers", papers.pdf()).json()["paper_id"]
    attach(person, story.case, paper)
    body = {"occurred_on": "2023-02-02", "paper_id": paper, "explanation": "Her sister's."}
    assert person.post(f"{story.case}/steps/withdraw-document", body).status_code == 200
    assert code_of(person.get(f"{story.case}/papers/{paper}")) == "paper_withdrawn"
    assert listed(person, story.case, paper)["withdrawn_on"] == "2023-02-02"
    again = attach(person, story.case, paper, kind="other", occurred_on="2023-02-03")
    assert again.status_code == 200
    assert person.get(f"{story.case}/papers/{paper}").status_code == 200


def test_a_closed_case_takes_none_and_an_erased_persons_are_gone(office: Office) -> None:
    story, person = Story(office), office.caseworker
    story.open()
    paper = person.send(f"{story.case}/papers", papers.pdf()).json()["paper_id"]
    attach(person, story.case, paper)
    close = {"occurred_on": "2023-03-01", "outcome": "left_country"}
    story.take(person, f"{story.case}/steps/close-case", "close-case", close)
    assert code_of(person.send(f"{story.case}/papers", papers.pdf())) == "case_closed"
    holder = story.ids["beneficiary"]
    assert any(holder in str(each) for each in files(office).values())
    day = {"occurred_on": "2023-03-02"}
    ask, confirm = "request-erasure", "confirm-beneficiary-request"
    path = f"/v1/beneficiaries/{holder}/steps"
    story.take(office.division, f"{path}/{ask}", ask, day)
    story.take(office.coordinator, f"{path}/{confirm}", confirm, day)
    assert code_of(person.get(f"{story.case}/papers/{paper}")) == "erased"
    until(lambda: not any(holder in str(each) for each in files(office).values()))
    entry = listed(office.auditor, story.case, paper)
    assert (entry["kind"], entry["kept"]) == (None, False)
    assert entry["sha256"] == hashlib.sha256(papers.pdf()).hexdigest()


def test_a_list_says_what_is_missing_and_a_step_warns_of_it(office: Office) -> None:
    story = Story(office)
    with story.beforehand():
        story.sign()
        story.open()
        story.walk(story.steps(), until="submit-to-session")
    case = office.caseworker.found(story.case)
    (submit,) = (each for each in case["open_steps"] if each["step"] == "submit-to-session")
    assert submit["papers_missing"] == ["identity_card", "quote", "study"]
    missing = office.caseworker.found(f"{story.case}/papers")["missing"]
    assert {"kind": "study", "step": "record-study", "taken": True} in missing
    step = story.body("submit-to-session")
    answer = office.caseworker.step(f"{story.case}/steps/submit-to-session", step)
    (warned,) = (each for each in answer["warnings"] if each["code"] == "papers_missing")
    assert warned["params"]["papers"] == "identity_card,quote,study"


def test_each_download_leaves_a_trace_without_a_name(office: Office, story: Story) -> None:
    person = office.auditor
    paper = office.caseworker.send(f"{story.case}/papers", papers.pdf()).json()["paper_id"]
    attach(office.caseworker, story.case, paper)
    assert person.get(f"{story.case}/papers/{paper}").status_code == 200

    def had() -> list[str]:
        log = (office.system.data / "api.log").read_text().splitlines()
        return [each for each in log if paper in each and "get-case-paper" in each]

    until(lambda: bool(had()))
    (line,) = had()
    assert story.ids["case"] in line
    assert person.staff_id in line


def test_the_doctor_names_a_paper_whose_file_is_missing(office: Office, story: Story) -> None:
    paper = office.caseworker.send(f"{story.case}/papers", papers.pdf()).json()["paper_id"]
    attach(office.caseworker, story.case, paper)
    settings = Settings(data=office.system.data)

    def found() -> Finding:
        with looked_at_ledger(settings) as ledger:
            return looked_at(ledger, settings)

    assert found().is_well, found()
    there = files(office)[paper]
    away = there.rename(office.system.data / "away")
    assert not found().is_well
    assert paper in found().found
    gone = office.caseworker.get(f"{story.case}/papers/{paper}")
    assert (gone.status_code, code_of(gone)) == (404, "paper_not_kept")
    away.rename(there)
    assert found().is_well
