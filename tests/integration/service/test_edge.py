"""What every answer of a running installation has, whatever was asked and through whom."""

import json
import re
import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from uuid import UUID, uuid4

import httpx
import pytest

from domain.message import Role
from domain.values.calendar import local_date
from service.api.edge.limits import FAILED_KEYS, LARGE_STEP_BODY, MOST_VALUES, STEP_BODY
from service.bootstrap import opened_ledger
from service.running.founding import Post, create_key
from service.settings import Settings
from tests.integration.service.conftest import Office
from tests.integration.service.story import somebody
from tests.support.documented import document
from tests.support.proxy import proxied
from tests.support.system import SAID_WHY, System
from tests.support.waiting import until

PERSON = somebody()
SAFE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
LINK = re.compile(r'(?:href|action|src)="([^"#][^"]*)"')


@pytest.fixture(scope="module")
def http(office: Office) -> httpx.Client:
    return office.caseworker.http


def send(http: httpx.Client, content: bytes, **headers: str) -> httpx.Response:
    sent = {"Idempotency-Key": uuid4().hex, "Content-Type": "application/json"}
    return http.post("/v1/beneficiaries", content=content, headers=sent | headers)


class TestSafeguards:
    @pytest.mark.parametrize(
        ("method", "path", "status"),
        [
            ("GET", "/healthz", 200),
            ("GET", "/v1/me", 200),
            ("GET", "/docs", 200),
            ("GET", "/openapi.json", 200),
            ("GET", "/problems", 200),
            ("GET", "/", 200),
            ("POST", "/console/sign-out", 403),
            ("POST", "/v1/beneficiaries", 400),
            ("GET", "/v1/cases/17", 422),
            ("GET", "/v1/staff?limit=1&limit=2", 400),
            ("GET", "/nothing", 404),
            ("GET", "/console/static/nothing", 404),
            ("DELETE", "/v1/cases", 405),
            ("OPTIONS", "/v1/cases", 204),
            ("GET", "/v1/me?" + "x" * 5000, 414),
            ("POST", "/", 413),
        ],
    )
    def test_every_answer_has_them(
        self, http: httpx.Client, method: str, path: str, status: int
    ) -> None:
        content = b"x" * 100_000 if status == 413 else None
        response = http.request(method, path, content=content)
        assert response.status_code == status, response.text
        assert {name: response.headers.get(name) for name in SAFE} == SAFE
        assert response.headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]
        assert "strict-transport-security" not in response.headers

    def test_a_style_sheet_may_be_kept_and_is_asked_after(self, http: httpx.Client) -> None:
        sheet = http.get("/console/static/console.css")
        assert sheet.headers["cache-control"] == "no-cache"
        again = http.get(
            "/console/static/console.css", headers={"If-None-Match": sheet.headers["etag"]}
        )
        assert (again.status_code, again.headers["x-frame-options"]) == (304, "DENY")

    def test_a_step_that_shows_a_key_is_not_stored(self, office: Office) -> None:
        issue = {"occurred_on": "2020-01-02", "staff_id": office.auditor.staff_id}
        response = office.administrator.post("/v1/access-keys", issue)
        assert response.json()["access_key"]
        assert response.headers["cache-control"] == "no-store"


class TestMethods:
    @pytest.mark.parametrize(
        "path", ["/", "/v1/me", "/v1/cases", "/healthz", "/docs", "/console/static/console.css"]
    )
    def test_whatever_can_be_read_has_a_head(self, http: httpx.Client, path: str) -> None:
        whole, head = http.get(path), http.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == str(len(whole.content))
        assert head.headers["content-type"] == whole.headers["content-type"]

    @pytest.mark.parametrize(
        ("path", "methods"),
        [
            ("/v1/cases", "GET, HEAD, OPTIONS, POST"),
            ("/v1/cases/search", "GET, HEAD, OPTIONS, POST"),
            ("/v1/me", "GET, HEAD, OPTIONS"),
            (f"/v1/cases/{UUID(int=7)}/steps/add-note", "OPTIONS, POST"),
            ("/healthz", "GET, HEAD, OPTIONS"),
            ("/", "GET, HEAD, OPTIONS"),
            ("/found", "OPTIONS, POST"),
            ("/console/static/console.css", "GET, HEAD, OPTIONS"),
        ],
    )
    def test_options_and_a_wrong_method_name_what_an_address_takes(
        self, http: httpx.Client, path: str, methods: str
    ) -> None:
        asked, wrong = http.options(path), http.patch(path)
        assert (asked.status_code, asked.content) == (204, b"")
        assert wrong.status_code == 405
        assert asked.headers["allow"] == wrong.headers["allow"] == methods

    def test_every_address_of_the_document_has_options_and_what_can_be_read_a_head(
        self, http: httpx.Client
    ) -> None:
        for path, operations in document()["paths"].items():
            address = re.sub(r"\{\w+\}", str(UUID(int=7)), path)
            methods = {method.upper() for method in operations} | {"OPTIONS"}
            methods |= {"HEAD"} if "GET" in methods else set()
            asked = http.options(address)
            assert asked.status_code == 204, path
            assert {*asked.headers["allow"].split(", ")} >= methods, path
            assert http.request("TRACE", address).status_code == 405, path
            head, whole = http.head(address), http.get(address)
            assert (head.status_code, head.content) == (whole.status_code, b""), path

    def test_an_address_that_is_none_takes_nothing(self, http: httpx.Client) -> None:
        assert http.options("/v1/nothing").status_code == 404
        assert http.head("/v1/nothing").status_code == 404


class TestReading:
    def test_a_head_of_two_minds_is_refused(self, http: httpx.Client) -> None:
        sent = [("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
        response = http.post("/v1/beneficiaries", json=PERSON, headers=sent)
        assert (response.status_code, response.json()["code"]) == (400, "header_doubled")

    def test_a_body_of_two_minds_is_refused(self, http: httpx.Client) -> None:
        plain = json.dumps(PERSON)[:-1]
        for doubled in ('"sex": "male"}', '"s\\u0065x": "male"}'):
            response = send(http, f"{plain}, {doubled}".encode())
            assert (response.status_code, response.json()["code"]) == (400, "body_member_doubled")
            assert [each["field"] for each in response.json()["errors"]] == ["/sex"]

    def test_an_escaped_name_is_held_to_the_same_checks(self, http: httpx.Client) -> None:
        plain = json.dumps(PERSON).replace('"occurred_on"', '"occ\\u0075rred_on"')
        response = send(http, plain.replace(PERSON["occurred_on"], "1721260800").encode())
        assert (response.status_code, response.json()["code"]) == (422, "validation_failed")
        assert [each["field"] for each in response.json()["errors"]] == ["/occurred_on"]

    def test_a_search_is_read_as_strictly_as_a_step(self, http: httpx.Client) -> None:
        def search(content: bytes, kind: str = "application/json") -> tuple[int, str]:
            found = http.post("/v1/cases/search", content=content, headers={"Content-Type": kind})
            return found.status_code, found.json()["code"]

        assert search(b'{"text": "a", "text": "b"}') == (400, "body_member_doubled")
        assert search(b'{"text": NaN}') == (400, "body_not_json")
        assert search(b'{"text": "a", "limit": true}') == (422, "validation_failed")
        assert search(b'{"text": "a"}', "text/plain") == (415, "media_type_unsupported")
        assert search(b'{"text": "' + b"x" * 60_000 + b'"}') == (413, "body_too_large")
        assert search(b'{"text": "' + b"x" * 201 + b'"}') == (422, "validation_failed")

    def test_a_search_at_the_console_is_bounded_too(self, office: Office) -> None:
        with httpx.Client(base_url=office.system.url, follow_redirects=True) as browser:
            browser.headers["Origin"] = office.system.url
            browser.post("/console/sign-in", data=office.caseworker.signing_in)
            for letters in (201, 60_000):
                found = browser.post("/found", data={"text": "x" * letters})
                assert found.status_code == 422
                assert "text/html" in found.headers["Content-Type"]

    def test_what_can_be_read_is_negotiated(self, http: httpx.Client) -> None:
        for accept, status in (
            ("APPLICATION/JSON", 200),
            ("text/html, application/*;q=0.3", 200),
            ("text/html", 406),
            ("application/json;q=0", 406),
        ):
            for path in ("/v1/me", "/healthz", "/problems", "/openapi.json"):
                assert http.get(path, headers={"Accept": accept}).status_code == status
        assert http.get("/docs", headers={"Accept": "text/*"}).status_code == 200
        assert http.get("/docs", headers={"Accept": "application/json"}).status_code == 406


class TestCost:
    @pytest.mark.parametrize(("fields", "limit"), [(7_000, STEP_BODY), (80_000, LARGE_STEP_BODY)])
    def test_a_megabyte_of_unknown_fields_is_not_judged(
        self, http: httpx.Client, fields: int, limit: int
    ) -> None:
        body = json.dumps({f"u{number}": 1 for number in range(fields)}).encode()
        response = send(http, body)
        assert (response.status_code, response.json()["code"]) == (413, "body_too_large")
        assert response.json()["params"]["limit"] == limit

    def test_of_many_errors_twenty_are_named(self, http: httpx.Client) -> None:
        body = json.dumps({f"u{number}": 1 for number in range(MOST_VALUES - 100)}).encode()
        problem = send(http, body).json()
        assert len(problem["errors"]) == 20
        assert problem["more_errors"] > MOST_VALUES - 200

    def test_more_than_a_form_can_hold_is_not_judged(self, http: httpx.Client) -> None:
        body = json.dumps({f"u{number}": 1 for number in range(MOST_VALUES)}).encode()
        assert send(http, body).json()["code"] == "body_too_complex"

    def test_a_body_without_a_length_is_bounded_by_the_same(self, http: httpx.Client) -> None:
        sent = {"Idempotency-Key": "a", "Content-Type": "application/json"}
        chunks = (b" " * 1024 for _ in range(STEP_BODY // 1024 + 1))
        response = http.post("/v1/beneficiaries", content=chunks, headers=sent)
        assert (response.status_code, response.json()["code"]) == (413, "body_too_large")

    def test_six_hundred_half_sent_steps_leave_room_for_a_whole_one(self, office: Office) -> None:
        head = (
            f"POST /v1/beneficiaries HTTP/1.1\r\nHost: x\r\nIdempotency-Key: a\r\n"
            f"Authorization: Bearer {office.caseworker.key}\r\nContent-Length: 50\r\n"
            "Content-Type: application/json\r\n\r\n{"
        ).encode()
        address = ("127.0.0.1", office.system.port)
        with ExitStack() as stack:
            held = [stack.enter_context(socket.create_connection(address)) for _ in range(600)]
            for wire in held:
                with suppress(ConnectionError):  # it has given its place to a later one
                    wire.sendall(head[: len(head) // 2])
            made = httpx.post(
                f"{office.system.url}/v1/beneficiaries",
                json=PERSON,
                headers={
                    "Authorization": f"Bearer {office.caseworker.key}",
                    "Idempotency-Key": uuid4().hex,
                    **SAID_WHY,
                },
            )
            assert made.status_code == 201


class TestWrongKeys:
    @pytest.fixture
    def stranger(self, system: System) -> Iterator[httpx.Client]:
        transport = httpx.HTTPTransport(local_address="127.0.0.21")
        with httpx.Client(base_url=system.url, transport=transport) as client:
            yield client

    def test_after_ten_an_address_waits_and_its_colleagues_do_not(
        self, stranger: httpx.Client, office: Office
    ) -> None:
        def ask(key: str) -> httpx.Response:
            return stranger.get("/v1/me", headers={"Authorization": f"Bearer {key}"})

        assert [ask("jisr_wrong").status_code for _ in range(FAILED_KEYS)] == [401] * FAILED_KEYS
        told = ask("jisr_wrong")
        assert (told.status_code, told.json()["code"]) == (429, "too_many_failed_keys")
        assert 0 < int(told.headers["retry-after"]) <= 60
        assert ask(office.caseworker.key).status_code == 200
        ours = {"Origin": office.system.url}
        form = stranger.post("/console/sign-in", data={"key": "jisr_wrong"}, headers=ours)
        assert (form.status_code, "retry-after" in form.headers) == (429, True)
        step = {"Authorization": "Bearer jisr_wrong", "Idempotency-Key": "a"}
        assert stranger.post("/v1/beneficiaries", json=PERSON, headers=step).status_code == 429
        assert httpx.get(f"{office.system.url}/v1/me").status_code == 401
        post = Post(f"division-{uuid4().hex[:6]}", Role.DIVISION, None)
        with opened_ledger(Settings(data=office.system.data)) as ledger:
            made_elsewhere = create_key(ledger, local_date(datetime.now(UTC)), post, None)
        # What is unknown is looked up ten times a second: a wrong one may have just been.
        until(lambda: ask(made_elsewhere.key).status_code == 200, "a right one, though it is new")
        again = ask("jisr_wrong")
        assert again.status_code == 429
        assert again.headers["retry-after"] in again.json()["detail"]

    def test_behind_a_trusted_proxy_the_address_it_names_waits(self, system: System) -> None:
        """And what its caller writes before that, to seem another each time, does not count."""
        with proxied(system.port, "") as url:

            def ask(address: str, pretended: str) -> int:
                headers = {"Authorization": "Bearer jisr_x", "X-Forwarded-For": pretended}
                transport = httpx.HTTPTransport(local_address=address)
                with httpx.Client(transport=transport) as client:
                    return client.get(f"{url}/v1/me", headers=headers).status_code

            asked = [ask("127.0.0.22", f"203.0.113.{number}") for number in range(FAILED_KEYS + 1)]
            assert asked == [401] * FAILED_KEYS + [429]
            assert ask("127.0.0.23", "127.0.0.22") == 401


class TestBehindAProxy:
    @pytest.fixture
    def url(self, system: System) -> Iterator[str]:
        with proxied(system.port, "/programme/jisr", scheme="http") as url:
            yield url

    def test_the_console_stays_under_its_prefix(self, url: str, office: Office) -> None:
        ours = {"Sec-Fetch-Site": "same-origin"}
        with httpx.Client(follow_redirects=True, headers=ours) as browser:
            page = browser.post(
                f"{url}/console/sign-in", data=office.caseworker.signing_in | {"x": "1"}
            )
            assert page.status_code == 200
            assert str(page.url) == f"{url}/"
            assert {cookie.path for cookie in browser.cookies.jar} == {"/programme/jisr"}
            links = LINK.findall(page.text)
            assert len(links) > 5
            assert all(link.startswith("/programme/jisr/") for link in links), links
            sheet = next(link for link in links if ".css?" in link)
            assert browser.get(httpx.URL(url).join(sheet)).status_code == 200
            chosen = {"language": "fr", "back": "/cases?whose=everybody"}
            spoken = browser.post(f"{url}/console/language", data=chosen)
            assert str(spoken.url) == f"{url}/cases?whose=everybody"
            assert 'lang="fr"' in spoken.text
            out = browser.post(f"{url}/console/sign-out")
            assert 'name="key"' in out.text

    def test_the_api_stays_under_its_prefix(self, url: str, office: Office) -> None:
        headers = {"Authorization": f"Bearer {office.caseworker.key}", **SAID_WHY}
        sent = headers | {"Idempotency-Key": uuid4().hex}
        made = httpx.post(f"{url}/v1/beneficiaries", json=somebody(), headers=sent)
        assert made.headers["location"].startswith("/programme/jisr/v1/beneficiaries/")
        place = httpx.URL(url).join(made.headers["location"])
        assert httpx.get(place, headers=headers).status_code == 200
        assert httpx.get(f"{url}/openapi.json").json()["servers"] == [{"url": "/programme/jisr"}]
        problem = httpx.get(f"{url}/v1/nothing").json()
        assert httpx.get(httpx.URL(url).join(problem["type"])).json()["code"] == "page_not_found"
        page = httpx.get(f"{url}/docs").text
        assert 'href="openapi.json"' in page

    def test_a_proxy_that_leaves_the_prefix_on_is_understood(
        self, system: System, office: Office
    ) -> None:
        with proxied(system.port, "/jisr", strips=False) as url:
            headers = {"Authorization": f"Bearer {office.caseworker.key}"}
            assert httpx.get(f"{url}/v1/me", headers=headers).status_code == 200

    def test_where_the_proxy_speaks_tls_browsers_are_told(
        self, system: System, office: Office
    ) -> None:
        with proxied(system.port, "", scheme="https") as url:
            answer = httpx.post(
                f"{url}/console/sign-in",
                data=office.caseworker.signing_in,
                headers={"Sec-Fetch-Site": "same-origin"},
            )
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-jisr_sign_in=")
        assert {"Secure", "Path=/", "HttpOnly"} <= set(cookie.split("; "))

    def test_an_untrusted_proxy_changes_nothing(self, system: System) -> None:
        with proxied(system.port, "/evil", address="127.0.0.6") as url:
            page = httpx.get(f"{url}/")
        assert page.status_code == 200
        assert "/evil" not in page.text
        assert "strict-transport-security" not in page.headers


def test_field_messages_speak_the_language_asked_for(office: Office) -> None:
    body = {"occurred_on": "soon", "sex": "x", "surprise": 1}
    said = {}
    for language in ("en", "fr", "ar"):
        response = office.caseworker.post("/v1/beneficiaries", body, Accept_Language=language)
        said[language] = {each["field"]: each["message"] for each in response.json()["errors"]}
    assert said["en"].keys() == said["fr"].keys() == said["ar"].keys() >= {"/occurred_on", "/sex"}
    assert said["ar"]["/surprise"] == "لا توجد خانة بهذا الاسم هنا"
    assert said["fr"]["/sex"] == "Au choix\u202f: female, male"
    parameters = office.caseworker.http.get(
        "/v1/cases?limit=0&stage=x", headers={"Accept-Language": "fr"}
    ).json()
    said["fr"] = {each["field"]: each["message"] for each in parameters["errors"]}
    assert said["fr"]["parameter/limit"] == "À partir de 1"
