"""What a proxy says for whom it asks counts from a trusted one, and from nobody else."""

from ipaddress import ip_network
from typing import Any

import pytest

from service.api.edge.forwarded import Proxies, path_within, prefix_of
from service.problems.problem import Rejected

PROXIES = Proxies([ip_network("10.0.0.0/8"), ip_network("fd00::/8")])


def asked(address: str, path: str = "/v1/cases", **headers: str) -> dict[str, Any]:
    return {
        "client": (address, 4000),
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "headers": [
            (f"x-forwarded-{name}".encode(), value.encode()) for name, value in headers.items()
        ],
    }


def test_a_trusted_proxy_names_address_scheme_and_prefix() -> None:
    scope = asked("10.0.0.7", **{"for": "203.0.113.9", "proto": "https", "prefix": "/jisr/"})
    PROXIES.believe(scope)
    assert (scope["client"][0], scope["scheme"]) == ("203.0.113.9", "https")
    assert (prefix_of(scope), scope["path"], path_within(scope)) == (
        *("/jisr", "/jisr/v1/cases"),
        "/v1/cases",
    )


@pytest.mark.parametrize("address", ["203.0.113.9", "127.0.0.1", "::1", "", "nonsense"])
def test_nobody_else_is_believed(address: str) -> None:
    scope = asked(address, **{"for": "10.1.1.1", "proto": "https", "prefix": "/jisr"})
    before = dict(scope)
    PROXIES.believe(scope)
    assert scope == before


def test_without_a_trusted_proxy_the_headers_are_not_read() -> None:
    scope = asked("10.0.0.7", **{"for": "203.0.113.9", "prefix": "//evil.example"})
    before = dict(scope)
    Proxies().believe(scope)
    assert scope == before


@pytest.mark.parametrize(
    ("chain", "address"),
    [
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("127.0.0.1, 203.0.113.9, 10.2.2.2", "203.0.113.9"),
        ("10.3.3.3, 10.2.2.2", "10.3.3.3"),
        ("203.0.113.9:51000", "203.0.113.9"),
        ("[2001:db8::9]:443", "2001:db8::9"),
        ("2001:db8::9", "2001:db8::9"),
        ("::ffff:10.2.2.2, ::ffff:203.0.113.9", "::ffff:203.0.113.9"),
        ("unknown", "unknown"),
    ],
)
def test_the_nearest_hop_that_is_no_proxy_of_ours_asks(chain: str, address: str) -> None:
    """What stands before it, whoever asks can have written himself."""
    scope = asked("10.0.0.7", **{"for": chain})
    PROXIES.believe(scope)
    assert scope["client"][0] == address


def test_a_chain_may_come_in_several_lines() -> None:
    scope = asked("10.0.0.7")
    scope["headers"] = [(b"x-forwarded-for", b"198.51.100.1"), (b"x-forwarded-for", b"203.0.113.9")]
    PROXIES.believe(scope)
    assert scope["client"][0] == "203.0.113.9"


@pytest.mark.parametrize(
    "said",
    [
        {"prefix": "//evil.example"},
        {"prefix": "/a//b"},
        {"prefix": "jisr"},
        {"prefix": "/jisr?x=1"},
        {"prefix": "/a\r\nX: y"},
        {"proto": "javascript"},
    ],
)
def test_a_proxy_that_says_what_cannot_be_is_told(said: dict[str, str]) -> None:
    with pytest.raises(Rejected):
        PROXIES.believe(asked("10.0.0.7", **said))


def test_a_path_that_still_has_its_prefix_is_not_given_another() -> None:
    scope = asked("10.0.0.7", "/jisr/v1/cases", prefix="/jisr")
    PROXIES.believe(scope)
    assert (scope["path"], path_within(scope)) == ("/jisr/v1/cases", "/v1/cases")
    scope = asked("10.0.0.7", "/jisrael", prefix="/jisr")
    PROXIES.believe(scope)
    assert path_within(scope) == "/jisrael"
