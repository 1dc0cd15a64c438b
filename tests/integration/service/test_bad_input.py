"""Bad input is answered with a problem that says what to do, and leaves no trace."""

import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from service.api.steps.examples import EXAMPLES
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story, somebody
from tests.support.waiting import until
from tests.support.written import entries

MEGABYTE = 1024 * 1024


@pytest.fixture(scope="module")
def ordered(office: Office) -> Story:
    """A case with an order, its agreement, and room left in it."""
    story = Story(office)
    with story.beforehand():
        story.sign()
        story.open()
        story.walk(story.steps(), until="receive-lines")
    return story


def gone(log: Path) -> int:
    """How often the log says that somebody left in the middle."""
    return sum(entry["event"] == "gone" for entry in entries(log, naming="gone"))


def assert_problem(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert response.headers["content-type"] == "application/problem+json", response.text
    problem: dict[str, Any] = response.json()
    found = (response.status_code, problem["status"], problem["code"], problem["type"])
    assert found == (status, status, code, f"/problems/{code}")
    assert problem["title"]
    assert problem["detail"]
    return problem


@pytest.mark.usefixtures("nothing_recorded")
class TestSteps:
    @pytest.mark.parametrize(
        ("step", "change", "status", "code"),
        [
            ("record-release", {}, 409, "not_in_detention"),
            ("confirm-delivery", {}, 409, "nothing_to_hand_over"),
            ("record-study", {"recommended_amount": "12.345"}, 422, "validation_failed"),
            ("record-study", {"recommended_amount": "-5.00"}, 422, "validation_failed"),
            ("record-study", {"recommended_amount": "1_000"}, 422, "validation_failed"),
            ("add-note", {"occurred_on": "2124-01-01"}, 422, "date_in_future"),
            ("add-note", {"occurred_on": "1850-01-01"}, 422, "date_too_early"),
            ("add-note", {"occurred_on": "2024-02-30"}, 422, "validation_failed"),
            ("add-note", {"occurred_on": "1721260800"}, 422, "validation_failed"),
            ("add-note", {"occurred_on": 1721260800}, 422, "validation_failed"),
            ("add-note", {"text": "x\x00y"}, 422, "text_not_storable"),
            ("add-note", {"text": ""}, 422, "validation_failed"),
            ("add-note", {"text": "\u200d\u200f"}, 422, "validation_failed"),
            ("add-note", {"text": "a \u202eb"}, 422, "validation_failed"),
            ("record-study", {"recommended_amount": "-0"}, 422, "validation_failed"),
            ("record-study", {"recommended_amount": "+5"}, 422, "validation_failed"),
            ("record-study", {"recommended_amount": "1e3"}, 422, "validation_failed"),
            ("record-study", {"recommended_amount": "1.500"}, 422, "validation_failed"),
            ("record-study", {"recommended_amount": "٥٠٠"}, 422, "validation_failed"),
            ("record-study", {"recommended_amount": "0.00"}, 422, "validation_failed"),
            ("record-study", {"recommended_amount": "999999999999999"}, 422, "validation_failed"),
            ("add-note", {"text": "..."}, 422, "validation_failed"),
            ("record-study", {"provider": "2024"}, 422, "validation_failed"),
            ("add-note", {"occurred_on": "0001-01-01"}, 422, "date_too_early"),
            ("add-note", {"text": "x" * 5000}, 422, "validation_failed"),
            ("add-note", {"text": 5}, 422, "validation_failed"),
            ("add-note", {"surprise": True}, 422, "validation_failed"),
            ("record-visit", {}, 409, "not_delivered"),
            ("receive-lines", {"lines": [7]}, 422, "line_unknown"),
            (
                "pay-invoice",
                {"lines": [{"line": 1, "amount": "30000.01"}]},
                422,
                "payment_exceeds_line",
            ),
        ],
    )
    def test_a_step_that_cannot_be(
        self, ordered: Story, step: str, change: dict[str, Any], status: int, code: str
    ) -> None:
        body = ordered.body(step) | change
        response = ordered.office.caseworker.post(ordered.path(step), body)
        assert_problem(response, status, code)

    def test_over_the_envelope(self, office: Office, ordered: Story) -> None:
        body = EXAMPLES["amend-agreement"] | {"envelope": "100.00"}
        path = f"/v1/agreements/{ordered.ids['agreement']}/steps/amend-agreement"
        problem = assert_problem(office.division.post(path, body), 422, "envelope_below_committed")
        assert problem["params"] == {"committed": "32000.00"}
        assert "32,000" in problem["detail"]

    def test_from_another_centre(self, office: Office, ordered: Story) -> None:
        body = EXAMPLES["add-note"]
        response = office.elsewhere.post(f"{ordered.case}/steps/add-note", body)
        assert_problem(response, 403, "other_centre")
        assert_problem(office.elsewhere.get(ordered.case), 403, "other_centre")
        person = f"/v1/beneficiaries/{ordered.ids['beneficiary']}"
        assert_problem(office.elsewhere.get(person), 403, "other_centre")
        path, body = f"{person}/steps/change-details", EXAMPLES["change-details"]
        assert_problem(office.elsewhere.post(path, body), 403, "other_centre")
        assert_problem(office.elsewhere.get("/v1/cases", centre="taza"), 403, "other_centre")

    def test_by_a_role_that_may_not(self, office: Office, ordered: Story) -> None:
        path, body = f"{ordered.case}/steps/add-note", EXAMPLES["add-note"]
        for person in (office.division, office.auditor, office.administrator):
            assert_problem(person.post(path, body), 403, "not_allowed")
        assert_problem(office.administrator.get(ordered.case), 403, "not_allowed")
        assert_problem(office.caseworker.post("/v1/staff", {}), 403, "not_allowed")
        # Whoever may not read names may not find out by searching for them either.
        response = office.division.post("/v1/cases/search", {"text": "Salma"})
        assert_problem(response, 403, "not_allowed")

    def test_on_an_unknown_case(self, office: Office) -> None:
        path, body = f"/v1/cases/{uuid4()}/steps/add-note", EXAMPLES["add-note"]
        assert_problem(office.caseworker.post(path, body), 404, "case_not_found")
        path = "/v1/cases/17/steps/add-note"
        assert_problem(office.caseworker.post(path, body), 404, "not_found")

    def test_with_a_stale_or_crooked_if_match(self, office: Office, ordered: Story) -> None:
        path, body = f"{ordered.case}/steps/add-note", EXAMPLES["add-note"]
        stale = office.caseworker.post(path, body, if_match='"3"')
        assert assert_problem(stale, 412, "stale_version")["params"]["expected"] == 3
        crooked = office.caseworker.post(path, body, if_match="three")
        assert_problem(crooked, 400, "if_match_malformed")

    def test_a_name_of_ten_thousand_letters(self, office: Office) -> None:
        body = somebody() | {"name_latin": "Ab" * 5000}
        response = office.caseworker.post("/v1/beneficiaries", body)
        problem = assert_problem(response, 422, "validation_failed")
        assert [error["field"] for error in problem["errors"]] == ["/name_latin"]
        assert "AbAb" not in response.text


@pytest.mark.usefixtures("nothing_recorded")
class TestRequests:
    def send(self, office: Office, content: bytes, **headers: str) -> httpx.Response:
        sent = {"Idempotency-Key": uuid4().hex, "Content-Type": "application/json"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        return office.caseworker.http.post("/v1/beneficiaries", content=content, headers=sent)

    @pytest.mark.parametrize(
        ("content", "status", "code"),
        [
            (b'{"occurred_on": ', 400, "body_not_json"),
            (b"", 400, "body_not_json"),
            (b'{"occurred_on": "2024-\xff"}', 400, "body_not_utf8"),
            (b'{"name_latin": "\\ud800x"}', 422, "text_not_storable"),
            (b"[1, 2]", 422, "validation_failed"),
            (b'{"birth_year": 199e1}', 422, "validation_failed"),
            (b'{"birth_year": -0}', 422, "validation_failed"),
            (b"null", 422, "validation_failed"),
            (b"[" * 60_000, 422, "body_too_complex"),
            (b'"' + b"x" * (10 * MEGABYTE) + b'"', 413, "body_too_large"),
        ],
    )
    def test_a_body_that_is_none(
        self, office: Office, content: bytes, status: int, code: str
    ) -> None:
        assert_problem(self.send(office, content), status, code)

    def test_ten_megabytes_are_refused_before_they_are_read(self, office: Office) -> None:
        key = office.caseworker.key
        head = (
            f"POST /v1/beneficiaries HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n"
            "Content-Type: application/json\r\nIdempotency-Key: a\r\n"
            f"Content-Length: {10 * MEGABYTE}\r\n\r\n{{"
        )
        with socket.create_connection(("127.0.0.1", office.system.port), timeout=30) as wire:
            wire.sendall(head.encode())
            assert wire.recv(4096).startswith(b"HTTP/1.1 413 ")

    @pytest.mark.parametrize(
        "begun",
        [
            "GET /v1/cases HTTP/1.1\r\nHost: x\r\nX-Endless: ",
            "GET /v1/cases?",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX-Trailer: ",
        ],
        ids=["header", "address", "trailer"],
    )
    def test_a_head_that_does_not_end_is_cut_off(self, office: Office, begun: str) -> None:
        with socket.create_connection(("127.0.0.1", office.system.port), timeout=30) as wire:
            wire.sendall(begun.encode())
            with suppress(ConnectionError):  # it may be cut off while we write
                for _ in range(64):
                    wire.sendall(b"x" * 65536)
                    time.sleep(0.001)
            with suppress(ConnectionError):
                while wire.recv(4096):  # else this waits until it times out
                    pass

    def test_a_long_body_in_small_chunks_is_no_long_head(self, office: Office) -> None:
        sent = {"Idempotency-Key": "a", "Content-Type": "application/json"}
        chunks = (b" " * 500 for _ in range(900))
        path = f"/v1/cases/{uuid4()}/steps/agree-plan"
        response = office.caseworker.http.post(path, content=chunks, headers=sent)
        assert_problem(response, 400, "body_not_json")

    def test_a_client_that_leaves_in_the_middle_of_its_body(self, office: Office) -> None:
        before = gone(office.system.data / "api.log")
        head = (
            f"POST /v1/beneficiaries HTTP/1.1\r\nHost: x\r\n"
            f"Authorization: Bearer {office.caseworker.key}\r\nIdempotency-Key: a\r\n"
            "Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
        )
        with socket.create_connection(("127.0.0.1", office.system.port), timeout=30) as wire:
            wire.sendall(head.encode())
        log = office.system.data / "api.log"
        until(lambda: gone(log) > before, "nobody takes note that the client is gone")

    def test_a_body_without_a_length_is_refused_as_soon_as_it_is_too_long(
        self, office: Office
    ) -> None:
        sent = {"Idempotency-Key": "a", "Content-Type": "application/json"}
        chunks = (b"x" * 65536 for _ in range(160))
        response = office.caseworker.http.post("/v1/beneficiaries", content=chunks, headers=sent)
        assert_problem(response, 413, "body_too_large")

    def test_without_or_with_a_crooked_key(self, office: Office) -> None:
        http, body = office.caseworker.http, somebody()
        assert_problem(http.post("/v1/beneficiaries", json=body), 400, "idempotency_key_missing")
        for crooked in ("a b", "k" * 256):
            response = office.caseworker.post("/v1/beneficiaries", body, key=crooked)
            assert_problem(response, 400, "idempotency_key_malformed")

    def test_without_or_with_an_unknown_access_key(self, office: Office) -> None:
        for headers in ({}, {"Authorization": "Bearer jisr_x"}, {"Authorization": "Basic eDp5"}):
            url = f"{office.system.url}/v1/me"
            response = httpx.get(url, headers=headers)
            assert_problem(response, 401, "unauthenticated")
            assert response.headers["www-authenticate"] == "Bearer"

    def test_what_is_not_json_or_wants_none(self, office: Office) -> None:
        form = self.send(office, b"a=b", Content_Type="application/x-www-form-urlencoded")
        assert_problem(form, 415, "media_type_unsupported")
        picture = self.send(office, b"{}", Accept="image/png")
        assert_problem(picture, 406, "not_acceptable")

    def test_addresses_and_methods_that_are_not(self, office: Office) -> None:
        http = office.caseworker.http
        assert_problem(http.get("/v1/nothing"), 404, "page_not_found")
        assert_problem(http.get("/v1/cases/"), 404, "page_not_found")
        wrong = http.delete("/v1/cases")
        assert_problem(wrong, 405, "method_not_allowed")
        assert set(wrong.headers["allow"].split(", ")) >= {"GET"}

    @pytest.mark.parametrize(
        "query",
        [
            "stage=nowhere",
            "limit=0",
            "limit=5000",
            "limit=1_0",
            "limit=-1",
            "limit=٥",
            "limit=1e1",
            "sort=name",
            "total=perhaps",
            "status=scheduled",
            "track=none",
            "centre=%E2%80%8F",
            "centre=Nowhere%20at%20all",
            "season=%E2%80%AE2024",
            "unknown=1",
            "province=atlantis",
            "caseworker=me",
            "text=Salma",
            "at_least=-1",
            "cursor=x",
            "centre=%07",
            "season=a%E2%80%AEb",
            "centre=%00",
        ],
    )
    def test_filters_that_are_none(self, office: Office, query: str) -> None:
        response = office.caseworker.http.get(f"/v1/cases?{query}")
        assert response.status_code == 422
        assert response.json()["code"] in {"validation_failed", "cursor_invalid"}

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ({}, "validation_failed"),
            ({"text": ""}, "validation_failed"),
            ({"text": "a\0b"}, "text_not_storable"),
            ({"text": "a", "x": 1}, "validation_failed"),
            ({"text": "%"}, "search_without_letter"),
            ({"text": "\u200f \u064e"}, "search_without_letter"),
            ({"text": "Sal\u0007ma"}, "validation_failed"),
            ({"text": "Salma\n"}, "validation_failed"),
            ({"text": "Sal\u202ema"}, "validation_failed"),
            ({"text": "\u2066Salma"}, "validation_failed"),
            ({"text": "Salma", "centre": "ta\u202eza"}, "validation_failed"),
            ({"text": "ab " * 9}, "search_of_many_words"),
            ({"text": "x" * 201}, "validation_failed"),
            ({"text": "Salma", "limit": 1e1, "sort": "name"}, "validation_failed"),
            ({"text": "Salma", "cursor": "x"}, "cursor_invalid"),
            ([], "validation_failed"),
        ],
    )
    def test_searches_that_are_none(self, office: Office, body: Any, code: str) -> None:
        assert_problem(office.caseworker.post("/v1/cases/search", body), 422, code)

    def test_days_and_instants_that_are_none(self, office: Office, ordered: Story) -> None:
        for query in ("occurred_by=1721260800", "occurred_by=2024-02-30", "known_by=2024-01-01"):
            response = office.auditor.http.get(f"{ordered.case}/history?{query}")
            assert_problem(response, 422, "validation_failed")

    def test_moments_that_nothing_can_be_counted_on_from(self, office: Office) -> None:
        for moment in ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z"):
            response = office.caseworker.http.get(f"/v1/receipts/any-key?sent_by={moment}")
            assert_problem(response, 422, "validation_failed")

    def test_a_position_that_is_none(self, office: Office) -> None:
        response = office.caseworker.get("/v1/cases", at_least=10**9)
        assert_problem(response, 422, "position_unknown")


def test_problems_speak_the_language_asked_for(office: Office) -> None:
    http = office.caseworker.http
    arabic = http.get("/v1/nothing", headers={"Accept-Language": "ar-MA, fr;q=0.5"})
    assert arabic.json()["title"] == "صفحة غير موجودة"
    assert arabic.headers["content-language"] == "ar"
    french = http.get("/problems/stale_version", headers={"Accept-Language": "de, fr;q=0.5"})
    assert french.json()["title"] == "Modifié entre-temps"


def test_logs_are_json_and_hold_nothing_of_what_was_sent(office: Office) -> None:
    name = f"Zubaida{uuid4().hex}"
    body = somebody() | {"name_latin": name, "sex": name}
    office.caseworker.post("/v1/beneficiaries", body)
    office.caseworker.post("/v1/cases/search", {"text": name})
    office.caseworker.get(f"/v1/cases/{name}")
    office.caseworker.get(f"/v1/{name}")
    body = somebody() | {"name_latin": name}
    office.caseworker.step("/v1/beneficiaries", body)
    assert name not in office.system.logs()
    assert all(entry["level"] for entry in entries(office.system.data / "api.log"))
