"""What a request must say, what it may not say twice, and how long its address may be.

Of a header that is given twice one reader takes the first and another the last: a proxy could
check one and the service obey the other. Of a parameter likewise.
"""

import re
from collections import Counter
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import unquote_plus, unquote_to_bytes

from service.api.edge.limits import LONGEST_ADDRESS
from service.problems.faults import Fault, Faults, pointer
from service.problems.problem import Rejected

Scope = MutableMapping[str, Any]

SINGLE = frozenset(
    {
        b"authorization",
        b"content-encoding",
        b"content-length",
        b"content-type",
        b"host",
        b"idempotency-key",
        b"if-match",
    }
)
"""Headers that stand once. Others are lists, and may come in several lines."""

HOST = re.compile(rb"(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
OLD = "1.0"
"""The version of HTTP in which a request need not name its host."""


def require_plain_head(scope: Scope) -> None:
    """Raises `Rejected` for a head that two readers would take differently, or that is too long."""
    _require_single(scope["headers"])
    _require_host(scope)
    raw_path, query = scope["raw_path"], scope["query_string"]
    if len(raw_path) + len(query) > LONGEST_ADDRESS:
        raise Rejected("address_too_long", limit=LONGEST_ADDRESS)
    if b"%" in raw_path or b"%" in query or not query.isascii():
        _require_utf8(raw_path + query)
    if b"&" in query:
        _require_distinct(query.decode("ascii"))


def _require_single(headers: list[tuple[bytes, bytes]]) -> None:
    seen = set()
    for name, _ in headers:
        if name in SINGLE:
            if name in seen:
                raise Rejected("header_doubled", header=name.decode().title())
            seen.add(name)


def _require_host(scope: Scope) -> None:
    """Whether a form came from here, and who may see numbers on loopback, is told by the host."""
    named = next((value for name, value in scope["headers"] if name == b"host"), None)
    if named is None and scope["http_version"] == OLD:
        return
    if named is None or HOST.fullmatch(named) is None:
        raise Rejected("host_missing")


def _require_utf8(address: bytes) -> None:
    try:
        unquote_to_bytes(address).decode()
        address.decode("ascii")
    except UnicodeDecodeError:
        raise Rejected("address_malformed") from None


def _require_distinct(query: str) -> None:
    times = Counter(unquote_plus(pair.partition("=")[0]) for pair in query.split("&"))
    doubled = [name for name, count in times.items() if count > 1]
    if doubled:
        faults = Faults.of(Fault(pointer([name], "parameter"), "doubled") for name in doubled)
        raise Rejected("parameter_doubled", faults)
