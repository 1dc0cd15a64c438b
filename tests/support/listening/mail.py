"""A mail server that keeps what it is given, and answers as it is told."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

LOCAL = "127.0.0.1"


@dataclass
class Mailboxes:
    """What came in, and what is said to whom."""

    port: int = 0
    says: dict[str, str] = field(default_factory=dict)
    """By mailbox: the answer to who sends there; to all others it is yes."""
    of_data: str = "250 2.0.0 taken"
    of_sender: str | None = None
    pause: float = 0.0
    pause_after: float = 0.0
    """Between taking a message and saying so."""
    pause_of_quit: float = 0.0
    came: list[EmailMessage] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    in_tls: list[bool] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        envelope.mail_from = address
        return self.of_sender or "250 OK"

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        await asyncio.sleep(self.pause)
        said = self.says.get(address, "250 OK")
        if said.startswith("250"):
            envelope.rcpt_tos.append(address)
        return said

    async def handle_DATA(  # noqa: N802 - the library's name
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.of_data.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.came.append(message_from_bytes(envelope.content, policy=default))
            self.in_tls.append(session.ssl is not None)
            await asyncio.sleep(self.pause_after)
        return self.of_data

    async def handle_QUIT(  # noqa: N802 - the library's name
        self, _server: SMTP, _session: Session, _envelope: Envelope
    ) -> str:
        await asyncio.sleep(self.pause_of_quit)
        return "221 Bye"

    def known(self, _server: Any, _session: Any, _envelope: Any, _by: str, said: Any) -> AuthResult:
        assert isinstance(said, LoginPassword)
        self.logins.append((said.login, said.password))
        return AuthResult(success=said.password == b"right", handled=False)


@asynccontextmanager
async def listening(
    *,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    login: bool = False,
) -> AsyncIterator[Mailboxes]:
    """A server on a port of its own, for as long as the context lasts."""
    boxes, loop = Mailboxes(), asyncio.get_running_loop()

    def one() -> SMTP:
        return SMTP(
            boxes,
            loop=loop,
            hostname="mail.test",
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=boxes.known if login else None,
            auth_required=login and starttls is not None,
            auth_require_tls=starttls is not None,
        )

    server = await loop.create_server(one, LOCAL, 0, ssl=tls)
    boxes.port = server.sockets[0].getsockname()[1]
    try:
        yield boxes
    finally:
        server.close()
