"""E-mail by a mail server that the installation may send through (SMTP, RFC 5321).

Each attempt opens a connection of its own and ends with it: a server that goes away meanwhile takes
one message with it at most. The same message has the same `Message-ID` at each attempt, so that a
mailbox which gets it twice can show it once.
"""

import asyncio
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import aiosmtplib
from aiosmtplib import errors

from service.notify.channels import Outcome, Outgoing
from service.notify.channels.failures import ACCEPTED, Failure, failed
from service.notify.channels.patience import altogether
from service.notify.channels.settings import Security

SECONDS = 15.0
"""For each part of an attempt."""
OURS = "jisr.invalid"
"""What this machine calls itself to the server: its own name would tell of the house."""
PLAIN = re.compile(r"""[^\s@<>()\[\],:;"\\\x00-\x1f\x7f]{1,250}""")
"""A part of an address as people have them: no quotes, comments or routes."""
ENHANCED = re.compile(r"[245]\.[0-9]{1,3}\.[0-9]{1,3}(?![0-9.])")
"""A status as RFC 3463 has it: the only part of an answer that is kept, the rest may name somebody."""
NO_SUCH_MAILBOX = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
FULL = frozenset({"4.2.2", "5.2.2"})
UNKNOWN_CODES = frozenset({550, 551, 553})
BUSY_CODES = range(400, 500)
FULL_CODE = 552
SAID: tuple[tuple[type[errors.SMTPResponseException], Failure], ...] = (
    (errors.SMTPAuthenticationError, Failure.LOGIN_REFUSED),
    (errors.SMTPSenderRefused, Failure.SENDER_REFUSED),
    (errors.SMTPDataError, Failure.REFUSED),
)


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server, and as whom it is sent through."""

    host: str
    port: int
    sender: str
    security: Security = Security.STARTTLS
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    trusted: ssl.SSLContext | None = field(default=None, repr=False)
    """Whose certificates are believed; without it those that the machine believes."""


def _now() -> datetime:
    return datetime.now(UTC)


class Mail:
    """A `Transport` by SMTP."""

    def __init__(
        self, server: MailServer, *, seconds: float = SECONDS, now: Callable[[], datetime] = _now
    ) -> None:
        self._server = server
        self._seconds = seconds
        self._now = now

    async def send(self, message: Outgoing) -> Outcome:
        """Accepted once the server has taken it over; that it bounces later is not seen here."""
        try:
            mail = self._written(message)
        except ValueError:
            return failed(Failure.ADDRESS_UNFIT)
        taken = asyncio.Event()
        try:
            async with altogether(self._seconds):
                await self._handed_over(mail, taken)
        except (OSError, errors.SMTPException, ValueError) as why:
            if not taken.is_set():
                return _of(why)
        return ACCEPTED

    async def _handed_over(self, mail: EmailMessage, taken: asyncio.Event) -> None:
        """`taken` once the server has it: how the line ends after that changes nothing."""
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.security is Security.TLS,
            start_tls=server.security is Security.STARTTLS,
            tls_context=server.trusted,
            username=server.user,
            password=server.password,
            local_hostname=OURS,
            timeout=self._seconds,
        )
        async with client:
            await client.send_message(mail)
            taken.set()

    def _written(self, message: Outgoing) -> EmailMessage:
        """Raises `ValueError` for what is no address."""
        to, sender = _address(message.to), _address(self._server.sender)
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"] = sender, to
        mail["Subject"] = message.subject
        mail["Date"] = format_datetime(self._now())
        mail["Message-ID"] = f"<{message.message_id}@{sender.domain}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answer from who is away
        mail.set_content(message.text)  # takes away what is said of the content, so that comes last
        mail["Content-Language"] = message.language
        return mail


def _address(written: str) -> Address:
    """Raises `ValueError` for what is none: the library's own reader falls over some."""
    name, _, place = written.rpartition("@")
    if PLAIN.fullmatch(name) is None or PLAIN.fullmatch(place) is None:
        raise ValueError("an address is a name, an @ and a place")
    return Address(username=name, domain=place)


def _of(why: Exception) -> Outcome:
    if isinstance(why, errors.SMTPRecipientsRefused):
        return _of_mailbox(why.recipients[0])
    if isinstance(why, errors.SMTPResponseException):
        return _of_answer(why)
    return failed(_of_line(why), type(why).__name__)


def _of_mailbox(answer: errors.SMTPResponseException) -> Outcome:
    """What is said of whom it is for."""
    status = _status(answer)
    if status in FULL or answer.code == FULL_CODE:
        return failed(Failure.MAILBOX_FULL, _detail(answer))
    if answer.code in BUSY_CODES:
        return failed(Failure.BUSY, _detail(answer))
    if status in NO_SUCH_MAILBOX or (status is None and answer.code in UNKNOWN_CODES):
        return failed(Failure.MAILBOX_UNKNOWN, _detail(answer))
    return failed(Failure.REFUSED, _detail(answer), for_good=True)


def _of_answer(answer: errors.SMTPResponseException) -> Outcome:
    """What is said of anything else. A setting may be mended: only the message itself is final."""
    if isinstance(answer, errors.SMTPRecipientRefused):
        return _of_mailbox(answer)
    said = (word for kind, word in SAID if isinstance(answer, kind))
    why = Failure.BUSY if answer.code in BUSY_CODES else next(said, Failure.FAILED_THERE)
    return failed(why, _detail(answer), for_good=why is Failure.REFUSED)


def _of_line(why: Exception) -> Failure:
    """What went wrong before anybody answered. A certificate hides behind a failed connection."""
    if isinstance(why, TimeoutError):
        return Failure.TIMED_OUT
    if isinstance(why, ssl.SSLError) or isinstance(why.__cause__, ssl.SSLError):
        return Failure.NOT_TRUSTED
    if isinstance(why, errors.SMTPException) and "STARTTLS" in str(why):
        return Failure.NOT_TRUSTED
    if isinstance(why, errors.SMTPNotSupported):
        return Failure.ADDRESS_UNFIT
    if isinstance(why, errors.SMTPException) and "AUTH" in str(why).upper():
        return Failure.LOGIN_REFUSED
    return Failure.UNREACHABLE


def _status(answer: errors.SMTPResponseException) -> str | None:
    found = ENHANCED.search(answer.message)
    return found.group() if found else None


def _detail(answer: errors.SMTPResponseException) -> str:
    return " ".join(filter(None, (str(answer.code), _status(answer))))
