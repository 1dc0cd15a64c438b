"""Access keys over HTTP: who is told of one, whose they are, until when, and when last used."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.message import Role
from domain.values.calendar import months_after
from service.bootstrap import opened_ledger
from service.identity.access_keys import digest_of
from service.running.founding import directory
from service.settings import Settings
from service.words import writing
from service.words.language import Language
from tests.integration.service.conftest import Office
from tests.support.days import today
from tests.support.system import Person, System
from tests.support.waiting import until

DAY = {"occurred_on": "2026-01-05"}
ACKNOWLEDGE, KEYS = "/v1/me/notices/acknowledgements", "/v1/access-keys"


def key_of(office: Office, person: Person) -> str:
    """The id of the key that a person comes with."""
    with opened_ledger(Settings(data=office.system.data)) as ledger:
        return str(directory(ledger).digests[digest_of(person.key)])


def notices(reader: Person, about: str, **headers: str) -> list[dict[str, Any]]:
    """What stands on a reader's first page of one key."""
    me = reader.http.get("/v1/me", headers=headers).json()
    return [each for each in me["notices"] if each["credential_id"] == about]


def acknowledge(reader: Person, *found: dict[str, Any]) -> httpx.Response:
    return reader.post(ACKNOWLEDGE, DAY | {"notices": [each["notice_id"] for each in found]})


def test_a_key_that_reads_persons_stands_on_first_pages_until_it_is_seen(office: Office) -> None:
    made_up = key_of(office, office.system.hire(Role.CASEWORKER, "taza"))
    for reader in (office.auditor, office.coordinator):
        (notice,) = notices(reader, made_up)
        assert (notice["kind"], notice["role"], notice["centre"]) == (
            *("key_issued", "caseworker", "taza"),
        )
        assert notice["issued_by"] == "administrator"
        assert notice["text"].startswith("An access key was issued")
        assert acknowledge(reader, notice).status_code == 200
        assert notices(reader, made_up) == []
    for other in (office.elsewhere, office.caseworker, office.division, office.administrator):
        assert notices(other, made_up) == []


def test_a_notice_is_read_in_the_readers_language(office: Office) -> None:
    made_up = key_of(office, office.system.hire(Role.AUDITOR))
    texts = [
        notices(office.auditor, made_up, **{"Accept-Language": language})[0]["text"]
        for language in ("ar", "fr", "en")
    ]
    assert len(set(texts)) == 3
    assert re.search(r"[\u0600-\u06ff]", texts[0])


def test_a_key_in_ones_own_name_is_told_and_found(office: Office) -> None:
    holder = office.system.hire(Role.DIVISION)
    issue = DAY | {"staff_id": holder.staff_id}
    second = office.administrator.step(KEYS, issue)
    (notice,) = notices(holder, second["key_id"])
    assert notice["kind"] == "key_in_your_name"
    usurper = office.system.person(second["access_key"], holder.staff_id)
    refused = acknowledge(usurper, notice)
    assert (refused.status_code, refused.json()["code"]) == (403, "older_key_needed")
    own = holder.found("/v1/me/keys")["keys"]
    assert [each["key_id"] for each in own] == [second["key_id"], key_of(office, holder)]
    assert {each["issued_by_label"] for each in own} == {"administrator"}
    assert acknowledge(holder, notice).status_code == 200


def test_a_key_says_until_when_it_opens_and_lasts_a_year_at_most(office: Office) -> None:
    holder, latest = office.system.hire(Role.AUDITOR), months_after(today(), 12)
    issue = DAY | {"staff_id": holder.staff_id}
    assert office.administrator.step(KEYS, issue)["expires_on"] == str(latest)
    assert holder.found("/v1/me")["key_expires_on"] == str(latest)
    too_long = issue | {"expires_on": str(latest + timedelta(days=1))}
    refused = office.administrator.post(KEYS, too_long)
    assert (refused.status_code, refused.json()["code"]) == (422, "key_end_impossible")
    assert writing.day(latest, Language.ENGLISH) in refused.json()["detail"]


def test_a_key_that_ends_within_thirty_days_says_so(office: Office) -> None:
    post = office.system.hire(Role.CASEWORKER, "taza")
    for days, said in ((30, ["key_ends"]), (31, [])):
        ends = str(today() + timedelta(days=days))
        issue = DAY | {"staff_id": post.staff_id, "expires_on": ends}
        issued = office.administrator.step(KEYS, issue)
        holder = office.system.person(issued["access_key"], post.staff_id)
        found = notices(holder, issued["key_id"])
        assert [each["kind"] for each in found if each["notice_id"] is None] == said
        assert {each["expires_on"] for each in found} == {ends}


def test_all_keys_are_listed_for_who_administers_or_audits(office: Office) -> None:
    holder = office.system.hire(Role.COORDINATOR, "taza")
    name = key_of(office, holder)

    def listed(reader: Person = office.administrator) -> dict[str, Any]:
        (found,) = [each for each in reader.found(KEYS)["keys"] if each["key_id"] == name]
        return dict(found)

    assert listed() == listed(office.auditor)
    assert (listed()["role"], listed()["centre"], listed()["staff_id"]) == (
        *("coordinator", "taza", holder.staff_id),
    )
    assert listed()["issued_on"] == str(today())
    assert listed()["last_used"] is None
    holder.found("/v1/me")
    until(lambda: listed()["last_used"] is not None, "the use is not noted")
    used = datetime.fromisoformat(listed()["last_used"])
    assert (used.minute, used.second) == (0, 0)
    assert datetime.now(UTC) - used < timedelta(hours=2)
    office.administrator.step(f"{KEYS}/revocations", DAY | {"key_id": name})
    assert (listed()["opens"], listed()["revoked_on"]) == (False, str(today()))
    for reader in (office.caseworker, office.coordinator, office.division):
        assert reader.get(KEYS).json()["code"] == "not_allowed"


def test_one_key_is_found_where_its_issue_says(office: Office) -> None:
    holder = office.system.hire(Role.CASEWORKER, "taza")
    issue = DAY | {"staff_id": holder.staff_id}
    made = office.administrator.post(KEYS, issue)
    assert made.headers["location"] == f"{KEYS}/{made.json()['key_id']}"
    for reader in (office.administrator, office.auditor):
        found = reader.found(made.headers["location"])
        assert found in reader.found(KEYS)["keys"]
        assert (found["label"], found["role"]) == (holder.found("/v1/me")["label"], "caseworker")
        assert "access_key" not in found
    office.administrator.step(f"{KEYS}/revocations", DAY | {"key_id": found["key_id"]})
    assert office.auditor.found(made.headers["location"])["opens"] is False
    for reader in (holder, office.coordinator, office.division):
        assert reader.get(made.headers["location"]).json()["code"] == "not_allowed"
    unknown = office.auditor.get(f"{KEYS}/{uuid4()}")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "key_unknown")


def test_nobody_reads_by_what_a_key_is_recognised(office: Office) -> None:
    """Not in the history of staff either, event by event or as it stood."""
    for reader in (office.auditor, office.administrator):
        response = reader.get("/v1/staff/history", limit=500)
        history = response.json()
        assert digest_of(reader.key) not in response.text
        assert not re.search(r"\b[0-9a-f]{64}\b", response.text)
        issued = [each for each in history["events"] if each["step"] == "issue-access-key"]
        assert {"digest"} == {name for each in issued for name in each["masked"]}
        assert history["state"]["digests"] is None
        assert {key["digest"] for key in history["state"]["keys"].values()} == {None}


@pytest.fixture
def browser(system: System) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=system.url, follow_redirects=True, timeout=30) as client:
        client.headers.update(
            {"Accept-Language": "en", "Accept": "text/html", "Origin": system.url}
        )
        yield client


def test_the_console_shows_notices_first_until_they_are_seen(
    browser: httpx.Client, office: Office
) -> None:
    auditor = office.system.hire(Role.AUDITOR)
    office.system.hire(Role.CASEWORKER, "taza")
    page = browser.post("/console/sign-in", data=auditor.signing_in).text
    assert "To know first" in page
    heading, _, below = page.partition("</h1>")
    assert "To know first" not in heading
    assert "<table" not in below.partition("To know first")[0], "nothing of the list comes before"
    made_up = auditor.found("/v1/me")["notices"][-1]
    assert made_up["label"] in page
    form: dict[str, Any] = {
        "once": re.findall(r'name="once" value="(\w+)"', page)[0],
        "notice": re.findall(r'name="notice" value="([0-9a-f-]+)"', page),
    }
    assert made_up["notice_id"] in form["notice"]
    for _ in range(2):  # pressed twice
        assert "To know first" not in browser.post("/console/notices/seen", data=form).text
    assert auditor.found("/v1/me")["notices"] == []
    assert browser.post("/console/notices/seen", data={"notice": "x"}).status_code == 404
