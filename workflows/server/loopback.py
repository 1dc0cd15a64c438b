"""This machine's own addresses: which they are, and one of them that nobody elsewhere can guess."""

import ipaddress
import secrets
import sys

HOST = "127.0.0.1"
FIRST, MANY = 2**15, 2**24 - 2**16
"""Of the addresses 127.x.y.z: past the low ones, which are used by hand."""


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def hidden_address() -> str:
    """One of millions of loopback's addresses, drawn at random; on systems that have one, that one."""
    if sys.platform != "linux":
        return HOST
    return str(ipaddress.IPv4Network("127.0.0.0/8")[FIRST + secrets.randbelow(MANY)])
