"""For whom a proxy asks: from which address, by which scheme, under which path.

Anybody can write these headers, so they count only from the addresses in
`JISR_TRUSTED_PROXIES`; from anywhere else they are as good as absent.
"""

import re
from collections.abc import Iterable, MutableMapping
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

from service.problems.problem import Rejected

Scope = MutableMapping[str, Any]
Network = IPv4Network | IPv6Network

FOR, PROTO, PREFIX = b"x-forwarded-for", b"x-forwarded-proto", b"x-forwarded-prefix"
SCHEMES = frozenset({"http", "https"})
PATH = re.compile(r"(/[A-Za-z0-9._~-]+){0,10}/?")
"""What can be a prefix: no empty part, since `//name` would lead to another host."""
WITH_PORT = re.compile(r"\[([^]]+)\](?::\d+)?|([^:]+):\d+")


class Proxies:
    """The proxies that are believed."""

    def __init__(self, networks: Iterable[Network] = ()) -> None:
        self._networks = tuple(networks)

    def believe(self, scope: Scope) -> None:
        """Write into the scope what a trusted proxy says; without one, leave it as it is.

        The path then holds its prefix, as ASGI has it (`root_path`), whether the proxy took it
        off or not. Raises `Rejected` for what cannot be: the proxy is set up wrongly.
        """
        if not self._networks or not self._trusts(_address(scope)):
            return
        said = _said(scope)
        if FOR in said:
            hops = (hop.strip() for hop in reversed(said[FOR].split(",")))
            scope["client"] = (self._first_stranger(hops), 0)
        if PROTO in said:
            scheme = said[PROTO].rpartition(",")[2].strip().lower()
            if scheme not in SCHEMES:
                raise Rejected("request_malformed")
            scope["scheme"] = scheme
        prefix = said.get(PREFIX, "").strip()
        if PATH.fullmatch(prefix) is None:
            raise Rejected("request_malformed")
        _set_under(scope, prefix.rstrip("/"))

    def _first_stranger(self, hops: Iterable[str]) -> str:
        """The nearest hop that is no proxy of ours: what stands before it anybody can write."""
        nearest = ""
        for hop in hops:
            match = WITH_PORT.fullmatch(hop)
            nearest = (match[1] or match[2]) if match else hop
            if not self._trusts(nearest):
                break
        return nearest

    def _trusts(self, address: str) -> bool:
        known = parsed_address(address)
        return known is not None and any(known in network for network in self._networks)


def prefix_of(scope: Scope) -> str:
    """Under which path the service stands; empty where it stands at the top."""
    prefix: str = scope.get("app_root_path", scope.get("root_path", ""))
    return prefix


def path_within(scope: Scope) -> str:
    """The path as the service has it, without what it stands under."""
    path: str = scope["path"]
    return path.removeprefix(prefix_of(scope))


def parsed_address(address: str) -> IPv4Address | IPv6Address | None:
    """An IPv4 address within an IPv6 one is itself."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return mapped or parsed


def _address(scope: Scope) -> str:
    return scope["client"][0] if scope.get("client") else ""


def _said(scope: Scope) -> dict[bytes, str]:
    said: dict[bytes, str] = {}
    for name, value in scope["headers"]:
        if name in (FOR, PROTO, PREFIX):
            text = value.decode("latin-1")
            said[name] = f"{said[name]},{text}" if name in said else text
    return said


def _set_under(scope: Scope, prefix: str) -> None:
    if not prefix:
        return
    scope["root_path"] = prefix
    if not f"{scope['path']}/".startswith(f"{prefix}/"):
        scope["path"] = prefix + scope["path"]
        scope["raw_path"] = prefix.encode() + scope["raw_path"]
