"""Connects to a name by an address that was looked at, and by no other.

A name is resolved once for each connection. Every address it has is looked at, and one that is not
public forbids them all: whoever has such a name in the public tables means no good, or made a
mistake. What is then connected to is the address itself, so that a name which leads elsewhere a moment
later changes nothing; TLS still asks for the certificate of the name.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable
from ipaddress import ip_address
from typing import Any

from httpcore import AnyIOBackend, AsyncNetworkBackend, AsyncNetworkStream, ConnectError

from domain.values.web import Ip, is_public

Resolve = Callable[[str, int], Awaitable[list[str]]]


class InternalAddress(Exception):
    """The name leads into a network that is not the public one."""


class UnknownName(Exception):
    """The name leads nowhere."""


async def resolved(host: str, port: int) -> list[str]:
    """All addresses of a name, as the machine's resolver has them. Raises `UnknownName`."""
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as why:
        raise UnknownName(host) from why
    return [*dict.fromkeys(str(address[0]) for *_, address in found)]


class CheckedNetwork(AsyncNetworkBackend):
    """The network as far as a partner's URL may reach into it."""

    def __init__(self, resolve: Resolve = resolved, may: Callable[[Ip], bool] = is_public) -> None:
        self._resolve = resolve
        self._may = may
        self._network = AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is the library's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> AsyncNetworkStream:
        """Raises `InternalAddress`, `UnknownName`, and the library's errors of connecting."""
        addresses = await self._resolve(host, port)
        if not addresses:
            raise UnknownName(host)
        if not all(self._may(ip_address(each.partition("%")[0])) for each in addresses):
            raise InternalAddress(host)
        for last, address in enumerate(addresses, start=1 - len(addresses)):
            try:
                return await self._network.connect_tcp(
                    address, port, timeout, local_address, socket_options
                )
            except ConnectError:
                if not last:
                    raise
        raise UnknownName(host)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - as above
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - as above
    ) -> AsyncNetworkStream:
        """No partner is behind one."""
        raise InternalAddress(path)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
