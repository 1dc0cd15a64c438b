"""A form is taken only from a page of this console, as the browser says."""

import pytest
from starlette.requests import Request

from service.console.origin import is_from_here

HOST = "jisr.example"


def sent(scheme: str = "https", **headers: str) -> Request:
    named = {"host": HOST, **headers}
    raw = [(name.replace("_", "-").encode(), text.encode()) for name, text in named.items()]
    scope = {"type": "http", "method": "POST", "scheme": scheme, "path": "/", "query_string": b""}
    return Request(scope | {"headers": raw, "server": ("127.0.0.1", 8400)})


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": f"https://{HOST}"},
        {"sec_fetch_site": "same-origin"},
        {"origin": "https://inside.example", "sec_fetch_site": "same-origin"},
        {"origin": "null", "referer": f"https://{HOST}/"},
        {"origin": "null", "sec_fetch_site": "same-origin"},
        {"referer": f"https://{HOST}/cases/1?whose=mine"},
    ],
)
def test_our_own_pages_may_send(headers: dict[str, str]) -> None:
    assert is_from_here(sent(**headers))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "https://elsewhere.example"},
        {"origin": f"https://{HOST}.elsewhere.example"},
        {"origin": f"https://{HOST}:8443"},
        {"origin": f"http://{HOST}"},
        {"origin": "https://elsewhere.example", "referer": f"https://{HOST}/"},
        {"origin": f"https://{HOST}", "sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "none"},
        {"sec_fetch_site": "cross-site", "referer": f"https://{HOST}/"},
        {"referer": f"https://elsewhere.example/https://{HOST}/"},
    ],
)
def test_nobody_else_may(headers: dict[str, str]) -> None:
    assert not is_from_here(sent(**headers))


def test_behind_a_proxy_that_is_not_trusted_the_scheme_is_not_known() -> None:
    assert is_from_here(sent("http", origin=f"https://{HOST}"))
    assert is_from_here(sent("http", origin=f"http://{HOST}"))
    assert not is_from_here(sent("http", origin=f"ftp://{HOST}"))
