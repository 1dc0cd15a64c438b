"""A fault of ours behind a page is told on a page: in the reader's language, and what to do."""

import re
from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from service.api.edge.limits import FORM_BODY
from service.words.language import Language
from service.words.store import words
from tests.faults.house import House
from tests.faults.planted import STUMBLE

CENTRE = {
    "name_fr": "Centre de Fès",
    "name_ar": STUMBLE,
    "centre": "fes",
    "code": "FES",
    "catchment.0.province": "fes",
    "catchment.0.since.day": "1",
    "catchment.0.since.month": "1",
    "catchment.0.since.year": "2015",
    "occurred_on": "today",
    "go": "send",
}


@pytest.fixture
def browser(planted: House) -> Iterator[httpx.Client]:
    url = planted.system.url
    with httpx.Client(base_url=url, follow_redirects=True, timeout=30) as client:
        client.headers.update({"Accept": "text/html,*/*;q=0.8", "Origin": url})
        client.post("/console/sign-in", data=planted.administrator.signing_in)
        yield client


def require_page(answer: httpx.Response, status: int, language: Language, *said: str) -> None:
    """A whole page of this status, in this language, that says so, leads on and shows no inside."""
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("text/html")
    assert f'<html lang="{language}"' in answer.text
    for text in said:
        assert text in answer.text
    assert 'href="/"' in answer.text
    for inside in ("Traceback", "ZeroDivision", ".py", "{&#34;"):
        assert inside not in answer.text


@pytest.mark.parametrize("language", Language)
def test_a_fault_in_a_page_is_a_page_with_a_number_that_the_log_has(
    planted: House, browser: httpx.Client, language: Language
) -> None:
    said = words(language).page
    answer = browser.get(f"/found/{STUMBLE}", headers={"Accept-Language": language})
    require_page(answer, 500, language, said["unexpected"], said["unexpected_help"])
    (reference,) = re.findall(r'<bdi class="reference" dir="ltr">([0-9a-f]{8})</bdi>', answer.text)
    assert reference in (planted.data / "api.log").read_text()
    program = browser.get(f"/found/{STUMBLE}", headers={"Accept": "application/json"})
    assert program.json()["code"] == "unexpected"


def test_a_fault_in_a_rule_shows_the_form_again_with_all_that_was_typed(
    planted: House, browser: httpx.Client
) -> None:
    form = CENTRE | {"key": uuid4().hex}
    answer = browser.post("/steps/register-centre", data=form, headers={"Accept-Language": "ar"})
    said = words(Language.ARABIC).page
    require_page(answer, 500, Language.ARABIC, said["unexpected"], said["unexpected_help"])
    assert f'name="name_ar" value="{STUMBLE}"' in answer.text
    assert 'name="name_fr" value="Centre de Fès"' in answer.text
    (reference,) = re.findall(r"\b[0-9a-f]{8}\b(?=</span>)", answer.text)
    assert reference in (planted.data / "api.log").read_text()
    mended = browser.post("/steps/register-centre", data=form | {"name_ar": "مركز فاس"})
    assert mended.status_code == 200
    assert "/sent/" in str(mended.url)


@pytest.mark.parametrize("language", Language)
def test_whatever_else_is_refused_at_the_door_is_a_page_too(
    browser: httpx.Client, language: Language
) -> None:
    said, headers = words(language).page, {"Accept-Language": str(language)}
    way = browser.get("/console/sign-out", headers=headers)
    require_page(way, 405, language, said["method_not_allowed"])
    assert "POST" in way.headers["Allow"]
    gone = browser.get("/no/such/page", headers=headers)
    require_page(gone, 404, language, said["not_here"])
    elsewhere = browser.post("/found", data={"text": "x"}, headers=headers | {"Origin": "null"})
    require_page(elsewhere, 403, language, words(language).problem["sent_from_elsewhere"]["title"])
    long = {"text": "x" * FORM_BODY}
    require_page(
        browser.post("/found", data=long, headers=headers), 413, language, said["body_too_large"]
    )


def test_too_many_wrong_keys_are_told_on_the_page_to_sign_in(browser: httpx.Client) -> None:
    browser.cookies.clear()
    for _ in range(12):
        answer = browser.post(
            "/console/sign-in", data={"key": "jisr_wrong"}, headers={"Accept-Language": "fr"}
        )
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert '<html lang="fr"' in answer.text
    assert 'name="key" type="password"' in answer.text
    assert re.search(r"\d+ secondes?", answer.text)
