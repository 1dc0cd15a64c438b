"""What another reader would take for something else is refused in the asker's words, and no fault.

Numbers that are none, bodies that are not quite JSON, headers that say two things: never answered
500, and never taken for what was not said.
"""

import gzip
import json
import socket
from typing import Any
from uuid import uuid4

import httpx
import pytest

from service.problems.faults import MOST_NAMED
from tests.integration.service.conftest import Office
from tests.integration.service.story import Story
from tests.support.served import heard

NO_AMOUNTS = [
    *("1e3", "1E3", "1.5e3", "1e-2", "1e400", "-0", "-0.0", "-5", "NaN", "Infinity", "-Infinity"),
    *("9" * 400, "9" * 40, "123456789012345678901234567890", "18446744073709551616"),
    *("0.30000000000000000001", "1.005", "01", "1.", ".5", "+1", "0x10", "1_000"),
    *('"1e3"', '"-0"', '"NaN"', '"Infinity"', '"+5"', '"0x10"', '"1_000"', '"1,000.00"', '" 5"'),
    *('"\u0661\u0662"', '"\\u0665"', '"5\u00a0000"', '""', '"."', '"' + "9" * 400 + '"'),
    *("true", "null", "[]", "{}", "[5]", '{"amount": 5}'),
]
NO_NUMBERS = ["1e0", "1.0", "1.5", "-0", '"1"', "true", "null", "1" * 25, "-1", "[1]"]
AR, FR, EN = "ar", "fr", "en"


@pytest.fixture(scope="module")
def story(office: Office) -> Story:
    """A case with a project, so that a study with its amount is what would come next."""
    story = Story(office)
    with story.beforehand():
        story.sign()
        story.open()
        story.walk(story.steps(), until="submit-to-session")
    return story


def sent(story: Story, step: str, raw: bytes, **headers: str) -> httpx.Response:
    given = {"Content-Type": "application/json", "Idempotency-Key": uuid4().hex} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    path = f"{story.case}/steps/{step}"
    return story.office.caseworker.http.post(path, content=raw, headers=given)


def written(story: Story, step: str, **fields: str) -> bytes:
    """The step's body, with these fields as they are written here."""
    body: dict[str, Any] = story.body(step)
    body |= {name: f"@{name}" for name in fields}
    text = json.dumps(body)
    for name, raw in fields.items():
        text = text.replace(f'"@{name}"', raw)
    return text.encode()


def assert_refused_in_words(story: Story, step: str, raw: bytes, **headers: str) -> set[str]:
    """In each language in its own words; the codes, of the problem and of fields."""
    told = {}
    for language in (AR, FR, EN):
        response = sent(story, step, raw, Accept_Language=language, **headers)
        assert 400 <= response.status_code < 500, (raw[:80], response.text)
        assert response.headers["content-type"] == "application/problem+json"
        assert response.headers["content-language"] == language
        problem = response.json()
        words = [problem["detail"], *(each["message"] for each in problem.get("errors", ()))]
        told[language] = words
    for one, other in ((AR, FR), (FR, EN), (AR, EN)):
        assert all(a != b for a, b in zip(told[one], told[other], strict=True)), told
    assert len(words) <= MOST_NAMED + 1
    return {problem["code"], *(each["code"] for each in problem.get("errors", ()))}


@pytest.mark.usefixtures("nothing_recorded")
@pytest.mark.parametrize("amount", NO_AMOUNTS, ids=lambda each: each[:24])
def test_what_is_no_amount_in_figures(story: Story, amount: str) -> None:
    raw = written(story, "record-study", recommended_amount=amount)
    found = assert_refused_in_words(story, "record-study", raw)
    assert found & {"validation_failed", "body_not_json", "body_too_complex"}


@pytest.mark.usefixtures("nothing_recorded")
@pytest.mark.parametrize("number", NO_NUMBERS)
def test_what_is_no_whole_number(story: Story, number: str) -> None:
    raw = written(story, "record-social-enquiry", household_size=number)
    assert "validation_failed" in assert_refused_in_words(story, "record-social-enquiry", raw)


@pytest.mark.usefixtures("nothing_recorded")
def test_a_number_beyond_what_machines_count_by_is_no_count(story: Story) -> None:
    for number in (2**64, 2**63, 2**31):
        raw = written(story, "record-social-enquiry", household_size=str(number))
        assert_refused_in_words(story, "record-social-enquiry", raw)


CROOKED_BODIES = {
    "byte order mark": (b"\xef\xbb\xbf%s", "body_not_json"),
    "another object after it": (b"%s{}", "body_not_json"),
    "a word after it": (b"%s true", "body_not_json"),
    "NUL after it": (b"%s\x00", "body_not_json"),
    "a comma after it": (b"%s,", "body_not_json"),
    "a word before it": (b")]}'%s", "body_not_json"),
    "a comment before it": (b"/* */%s", "body_not_json"),
    "half a letter after it": (b"%s\xd8", "body_not_utf8"),
    "a list around it": (b"[%s]", "validation_failed"),
    "a text of it": (b'"%s"', "body_not_json"),
}


@pytest.mark.usefixtures("nothing_recorded")
@pytest.mark.parametrize(("around", "code"), CROOKED_BODIES.values(), ids=CROOKED_BODIES)
def test_a_body_with_something_about_it(story: Story, around: bytes, code: str) -> None:
    raw = around % written(story, "add-note")
    assert code in assert_refused_in_words(story, "add-note", raw)


@pytest.mark.usefixtures("nothing_recorded")
@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b'"\\ud800"', "text_not_storable"),
        (b'"\\uDFFF\\uD83D"', "text_not_storable"),
        (b'"\xed\xa0\xbd\xed\xb8\x80"', "body_not_utf8"),
        (b'"\xc0\xaf"', "body_not_utf8"),
        (b'"\xf5\x80\x80\x80"', "body_not_utf8"),
        (b'"a\\u0000b"', "text_not_storable"),
        (b'"a\x00b"', "body_not_json"),
        (b'"a\nb"', "body_not_json"),
        (b'"a\\u202eb"', "unreadable"),
        (b'"a\\u0007b"', "unreadable"),
        (b'"a\\xb"', "body_not_json"),
        (b"'a'", "body_not_json"),
        (b"a", "body_not_json"),
        (b"[" * 40 + b"]" * 40, "body_too_complex"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, "body_too_complex"),
        (b"[" * 30_000, "body_too_complex"),
    ],
)
def test_a_text_that_is_none(story: Story, text: bytes, code: str) -> None:
    raw = written(story, "add-note", text="@").replace(b"@", text)
    assert code in assert_refused_in_words(story, "add-note", raw)


@pytest.mark.usefixtures("nothing_recorded")
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "latin-1", "utf-7"])
def test_a_body_in_other_letters_than_utf_8(story: Story, encoding: str) -> None:
    raw = written(story, "add-note", text='"+é"').decode().encode(encoding)
    if encoding == "utf-7":
        raw = b"+AHs" + raw  # `{`, by a reader that guesses
    code = assert_refused_in_words(story, "add-note", raw)
    assert code & {"body_not_utf8", "body_not_json"}


@pytest.mark.usefixtures("nothing_recorded")
@pytest.mark.parametrize(
    "headers",
    [
        {"Content_Type": "text/plain"},
        {"Content_Type": "application/json; charset=utf-16"},
        {"Content_Type": "application/json, text/plain"},
        {"Content_Type": "multipart/form-data; boundary=x"},
        {"Content_Type": ""},
        {"Content_Encoding": "gzip"},
        {"Content_Encoding": "identity, gzip"},
        {"Content_Encoding": "br"},
    ],
)
def test_a_body_that_says_it_is_something_else(story: Story, headers: dict[str, str]) -> None:
    raw = written(story, "add-note")
    raw = gzip.compress(raw) if headers.get("Content_Encoding") == "gzip" else raw
    assert assert_refused_in_words(story, "add-note", raw, **headers) == {"media_type_unsupported"}


@pytest.mark.usefixtures("nothing_recorded")
@pytest.mark.parametrize(
    ("name", "more", "code"),
    [
        ("Authorization", "Bearer {key}", "header_doubled"),
        ("Authorization", "Bearer jisr_other", "header_doubled"),
        ("Idempotency-Key", "b", "header_doubled"),
        ("Content-Type", "application/json", "header_doubled"),
        ("Content-Encoding", "identity", "header_doubled"),
        ("If-Match", "*", "header_doubled"),
        ("Host", "x", "header_doubled"),
        ("Content-Length", "{length}", None),
        ("Content-Length", "5", None),
        ("Transfer-Encoding", "chunked", None),
        ("Transfer-Encoding", "gzip, chunked", None),
        ("Transfer-Encoding", "identity", None),
    ],
)
def test_a_header_said_twice(story: Story, name: str, more: str, code: str | None) -> None:
    """`None`: two lengths are no request at all, and the connection is closed."""
    key, raw = story.office.caseworker.key, written(story, "add-note")
    lines = [
        f"POST {story.case}/steps/add-note HTTP/1.1",
        *("Host: x", f"Authorization: Bearer {key}", f"Idempotency-Key: {uuid4().hex}"),
        *("Content-Type: application/json", f"Content-Length: {len(raw)}", "Connection: close"),
        *("Content-Encoding: identity", "If-Match: *"),
        f"{name}: {more.format(key=key, length=len(raw))}",
    ]
    head = "\r\n".join([*lines, "", ""]).encode()
    with socket.create_connection(("127.0.0.1", story.office.system.port), timeout=30) as wire:
        wire.sendall(head + raw)
        answer, _, body = heard(wire).partition(b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400 "), answer
    assert json.loads(body)["code"] == (code or "request_malformed")


def test_the_same_amount_in_plain_figures_is_taken(story: Story) -> None:
    """Else all the above would be refused for something else."""
    for amount in ("10", "10.5", '"10.50"'):
        raw = written(story, "record-study", recommended_amount=amount)
        answer = sent(story, "record-study", raw)
        assert answer.status_code == httpx.codes.OK, answer.text
