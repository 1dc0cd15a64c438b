"""A head that two readers could take differently is refused; what it accepts is read as written."""

from typing import Any

import pytest

from service.api.edge.heads import require_plain_head
from service.api.edge.limits import LONGEST_ADDRESS
from service.api.parsing import accepts, require_json
from service.problems.problem import Rejected

JSON = "application/json"


def head(query: bytes = b"", path: bytes = b"/v1/cases", *headers: tuple[bytes, bytes]) -> Any:
    given = [*headers] if dict(headers).get(b"host") else [(b"host", b"x"), *headers]
    return {
        "headers": given,
        "raw_path": path,
        "query_string": query,
        "http_version": "1.1",
    }


@pytest.mark.parametrize(
    "name", [b"idempotency-key", b"authorization", b"if-match", b"content-type", b"host"]
)
def test_a_header_that_stands_once_is_not_sent_twice(name: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        require_plain_head(head(b"", b"/", (name, b"a"), (name, b"a")))
    assert (caught.value.code, caught.value.params["header"]) == (
        "header_doubled",
        name.decode().title(),
    )


@pytest.mark.parametrize(
    "host",
    [b"jisr.example", b"localhost:8400", b"127.0.0.1", b"[::1]:8400", b"jisr_api:80", b"1.2.3.4:1"],
)
def test_a_host_is_a_name_or_an_address_with_or_without_a_port(host: bytes) -> None:
    require_plain_head(head(b"", b"/", (b"host", host)))


@pytest.mark.parametrize(
    "host", [b"", b" ", b"a b", b"a/b", b"a@b", b"a,b", b"a:b", b"a:", b"x?y", b"\xd8\xb3", b"[x]"]
)
def test_what_is_no_host_is_refused(host: bytes) -> None:
    scope = head() | {"headers": [(b"host", host)]}
    with pytest.raises(Rejected, match="host_missing"):
        require_plain_head(scope)


def test_only_before_http_1_1_the_host_may_be_left_out() -> None:
    unnamed = head() | {"headers": []}
    with pytest.raises(Rejected, match="host_missing"):
        require_plain_head(unnamed)
    require_plain_head(unnamed | {"http_version": "1.0"})


def test_lists_may_come_in_several_lines() -> None:
    require_plain_head(head(b"", b"/", (b"accept", b"a/b"), (b"accept", b"c/d"), (b"host", b"x")))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (b"limit=1&limit=2", "parameter_doubled"),
        (b"limit=1&%6Cimit=2", "parameter_doubled"),
        (b"a=1&b=2&a", "parameter_doubled"),
        (b"x=%ff", "address_malformed"),
        (b"x=%ED%A0%80", "address_malformed"),
        (b"x=\xff", "address_malformed"),
        (b"x=" + b"y" * LONGEST_ADDRESS, "address_too_long"),
    ],
)
def test_addresses_that_are_refused(query: bytes, code: str) -> None:
    with pytest.raises(Rejected) as caught:
        require_plain_head(head(query))
    assert caught.value.code == code


def test_which_parameters_are_doubled_is_said() -> None:
    with pytest.raises(Rejected) as caught:
        require_plain_head(head(b"a=1&b=1&a=2&c=3&b=2"))
    assert [each.field for each in caught.value.faults.named] == ["parameter/a", "parameter/b"]


def test_a_plain_address_passes() -> None:
    require_plain_head(head(b"centre=f%C3%A8s&limit=5&at_least=3", b"/v1/%D8%B3"))


@pytest.mark.parametrize(
    ("accept", "fits"),
    [
        ("", True),
        ("*/*", True),
        ("application/json", True),
        ("Application/JSON", True),
        ("application/*;q=0.2", True),
        ("text/html, application/xhtml+xml, */*;q=0.8", True),
        ("text/html,application/json;q=0.1", True),
        ("application/json ; charset=utf-8 ; Q=0.5", True),
        ("image/png", False),
        ("application/vnd.api+json", False),
        ("application/json;q=0", False),
        ("application/json;q=0, */*", False),
        ("*/*;q=0", False),
        ("application/*;q=0, */*;q=1", False),
        ("application/*;q=0, application/json;q=0.3", True),
        ("application/json;q=high", False),
        ("json", False),
        (",,;", False),
    ],
)
def test_accept_is_read_in_parts_with_their_weights(accept: str, fits: bool) -> None:  # noqa: FBT001 - a table's cell
    assert accepts(accept, JSON) is fits


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON; Charset=UTF-8",
        'application/json;charset="utf-8"',
        "application/json; profile=x",
    ],
)
def test_content_types_of_json(content_type: str) -> None:
    require_json(content_type)


@pytest.mark.parametrize(
    "content_type", [None, "", "text/json", "application/json; charset=latin-1", "json"]
)
def test_content_types_of_something_else(content_type: str | None) -> None:
    with pytest.raises(Rejected, match="media_type_unsupported"):
        require_json(content_type)


def test_a_packed_body_is_not_unpacked() -> None:
    with pytest.raises(Rejected, match="media_type_unsupported"):
        require_json(JSON, "gzip")
    require_json(JSON, "identity")
