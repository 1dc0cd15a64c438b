"""Sends one webhook: over TLS, to a public address, without following anybody elsewhere.

The answer's status is all that is read of it. 2xx is accepted, whatever else the answer holds; 410 says
that the receiver wants to hear nothing any more; everything else is tried again.
"""

import re
import ssl
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import urlsplit

import httpcore
import httpx

from service.notify.channels import Outcome, Outgoing
from service.notify.channels.failures import Failure, failed, of_status
from service.notify.channels.patience import altogether
from service.notify.channels.webhooks.connecting import (
    CheckedNetwork,
    InternalAddress,
    UnknownName,
)
from service.notify.channels.webhooks.signing import signed, written

WRITTEN = re.compile(r"https://[!-~]+")
SECONDS = 10.0
"""For each part of an attempt: connecting, TLS, the answer's head."""
MEANT: Mapping[int, Failure] = MappingProxyType({HTTPStatus.GONE: Failure.GONE})
SAID: tuple[tuple[type[Exception], Failure], ...] = (
    (InternalAddress, Failure.ADDRESS_INTERNAL),
    (UnknownName, Failure.ADDRESS_UNKNOWN),
    (httpcore.TimeoutException, Failure.TIMED_OUT),
    (TimeoutError, Failure.TIMED_OUT),
)
LINE: tuple[type[Exception], ...] = (
    *(kind for kind, _ in SAID),
    httpcore.NetworkError,
    httpcore.ProtocolError,
    OSError,
)
Secrets = Callable[[str], str | None]
"""The secret of the partner whose URL it is; None once it has ended."""


def _now() -> datetime:
    return datetime.now(UTC)


class Webhooks:
    """A `Transport` to partners' systems."""

    def __init__(
        self,
        secrets: Secrets,
        *,
        network: CheckedNetwork | None = None,
        trusted: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self._secrets = secrets
        self._network = network or CheckedNetwork()
        self._trusted = trusted or httpx.create_ssl_context()
        self._seconds = seconds
        self._now = now

    async def send(self, message: Outgoing) -> Outcome:
        secret = self._secrets(message.to)
        if secret is None:
            return failed(Failure.ENDED)
        if not _is_fit(message.to):
            return failed(Failure.ADDRESS_UNFIT)
        body = written(message.body or {})
        heads = signed(secret, message.message_id, self._now(), body)
        try:
            async with altogether(self._seconds):
                return of_status(await self._status(message.to, body, heads), MEANT)
        except LINE as why:
            return failed(_of_line(why), type(why).__name__)

    async def _status(self, url: str, body: str, heads: dict[str, str]) -> int:
        sent = [*heads.items(), ("content-type", "application/json"), ("user-agent", "jisr")]
        limits = dict.fromkeys(("connect", "read", "write", "pool"), self._seconds)
        async with (
            httpcore.AsyncConnectionPool(
                ssl_context=self._trusted, network_backend=self._network, max_connections=1
            ) as pool,
            pool.stream(
                "POST", url, headers=sent, content=body.encode(), extensions={"timeout": limits}
            ) as answer,
        ):
            return int(answer.status)


def _is_fit(url: str) -> bool:
    """Whether it is a URL over TLS that names a host, and tells nobody a password."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False
    return named and WRITTEN.fullmatch(url) is not None


def _of_line(why: Exception) -> Failure:
    """What went wrong before anybody answered: a certificate hides behind a failed connection."""
    said = next((word for kind, word in SAID if isinstance(why, kind)), None)
    if said is not None:
        return said
    inner: BaseException | None = why
    while inner is not None and not isinstance(inner, ssl.SSLError):
        inner = inner.__cause__ or inner.__context__
    return Failure.UNREACHABLE if inner is None else Failure.NOT_TRUSTED
