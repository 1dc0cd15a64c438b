"""Text messages by Kannel's `sendsms` (Kannel 1.4 User's Guide, "Sending SMS by HTTP", the POST form).

Chosen because it is documented publicly, spoken by many operators' gateways, and free to run on a
machine of the house, in front of the operator's own line: a number then leaves it for nobody else.
Number and password travel in headers, the text in the body; nothing stands in an address that a
proxy would note. Kannel has no name for a message that comes twice: `X-Kannel-Account` carries ours
into its log, and a message whose answer was lost may reach a telephone twice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from types import MappingProxyType

import httpx

from service.notify.channels import Outcome, Outgoing
from service.notify.channels.failures import Failure, failed, of_status
from service.notify.channels.patience import altogether

SECONDS = 10.0
"""For each part of an attempt."""
E164 = re.compile(r"\+[1-9][0-9]{6,14}")
SEVEN_BITS, UCS2 = "0", "2"
GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà^{}\\[~]|€"
)
"""What the telephones' own alphabet has (3GPP 23.038); all else goes as UCS-2."""
MEANT: Mapping[int, Failure] = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: Failure.LOGIN_REFUSED,
        HTTPStatus.FORBIDDEN: Failure.LOGIN_REFUSED,
    }
)


@dataclass(frozen=True, slots=True)
class Gateway:
    """Where `sendsms` is asked, and as whom."""

    url: str
    user: str
    password: str = field(repr=False)
    sender: str | None = None
    """What the telephone shows; the gateway's own without it."""


class TextMessages:
    """A `Transport` by a gateway."""

    def __init__(self, gateway: Gateway, *, seconds: float = SECONDS) -> None:
        self._gateway = gateway
        self._seconds = seconds
        self._trusted = httpx.create_ssl_context()

    async def send(self, message: Outgoing) -> Outcome:
        """Accepted once the gateway has it, or keeps it until there is a line."""
        if E164.fullmatch(message.to) is None:
            return failed(Failure.ADDRESS_UNFIT)
        try:
            async with (
                altogether(self._seconds),
                httpx.AsyncClient(
                    timeout=self._seconds, verify=self._trusted, trust_env=False
                ) as client,
                client.stream(
                    "POST",
                    self._gateway.url,
                    content=message.text.encode(),
                    headers=self._headers(message),
                ) as answer,
            ):
                return await _of_answer(answer)
        except (TimeoutError, httpx.TimeoutException):
            return failed(Failure.TIMED_OUT)
        except httpx.HTTPError as why:
            return failed(Failure.UNREACHABLE, type(why).__name__)

    def _headers(self, message: Outgoing) -> dict[str, str]:
        gateway = self._gateway
        headers = {
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Kannel-Username": gateway.user,
            "X-Kannel-Password": gateway.password,
            "X-Kannel-To": message.to,
            "X-Kannel-Coding": SEVEN_BITS if GSM.issuperset(message.text) else UCS2,
            "X-Kannel-Account": str(message.message_id),
        }
        return headers | ({"X-Kannel-From": gateway.sender} if gateway.sender else {})


async def _beginning(answer: httpx.Response) -> str:
    """The first piece of what was answered, which is a line of text; no more is read."""
    async for piece in answer.aiter_bytes(200):
        return piece.decode("ascii", "replace")
    return ""


async def _of_answer(answer: httpx.Response) -> Outcome:
    """Kannel answers 202 for what it has taken, or queued; 400 for what it never will take.

    No other answer is read: one that is cut off after a 202 would have the message go again.
    """
    status = answer.status_code
    if status == HTTPStatus.BAD_REQUEST and (await _beginning(answer)).startswith("Number"):
        return failed(Failure.NUMBER_REFUSED, f"HTTP {status}")
    return of_status(status, MEANT)
