"""Addresses of other people's systems: over TLS, by a public name or number, and without a password.

That a name leads into a network of a house can be seen only when it is asked for, and is then
(`service/notify/channels/webhooks/connecting.py`); what is plain from the address itself is refused here.
"""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, StringConstraints

from domain.errors import Unfit

Ip = IPv4Address | IPv6Address

TRANSLATED = IPv6Network("64:ff9b::/96")
"""NAT64: the last 32 bits are an IPv4 address, which is where it leads."""
NAME = re.compile(r"([0-9a-z]([0-9a-z-]{0,61}[0-9a-z])?\.)+[a-z][0-9a-z-]{0,61}[0-9a-z]")
"""A name of the public tables: several parts, of which the last is no number."""


def is_public(address: Ip) -> bool:
    """Whether it is somebody else's, on the open network: no machine of the house answers there."""
    inner = _inside(address)
    if inner is not None:
        return is_public(inner)
    if isinstance(address, IPv6Address) and address.is_site_local:
        return False
    strange = address.is_multicast or address.is_reserved or address.is_unspecified
    return address.is_global and not strange


def _inside(address: Ip) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one is only another way to."""
    if isinstance(address, IPv4Address):
        return None
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]


def _leading_out(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Unfit("web_address") from None
    if "@" in parts.netloc or "#" in url or port == 0 or not _public_host(host):
        raise Unfit("web_address")
    return url


def _public_host(host: str) -> bool:
    try:
        return is_public(ip_address(host))
    except ValueError:
        return NAME.fullmatch(host) is not None


WebAddress = Annotated[
    str,
    StringConstraints(pattern=r"^https://[!-~]+$", max_length=500),
    AfterValidator(_leading_out),
    Field(examples=["https://partner.example/jisr"]),
]
"""`https://`, a public host, and what else its owner wants in it."""
