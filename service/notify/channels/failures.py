"""Why a message did not go, as words that stay the same: the outbox keeps them, and a page says them."""

from collections.abc import Mapping
from enum import StrEnum
from http import HTTPStatus
from types import MappingProxyType

from service.notify.channels import Outcome


class Failure(StrEnum):
    """What the other side said, or did not say."""

    UNREACHABLE = "unreachable"
    """Nobody answers there, or the line was cut."""
    TIMED_OUT = "timed_out"
    """No answer came in time: whether it arrived is not known."""
    NOT_TRUSTED = "not_trusted"
    """Its certificate is not for that name, or from nobody who is trusted; or it has no TLS."""
    LOGIN_REFUSED = "login_refused"
    """The name or password of the installation is not taken."""
    SENDER_REFUSED = "sender_refused"
    """It takes nothing from this sender."""
    BUSY = "busy"
    """It asks to be tried later."""
    ADDRESS_UNFIT = "address_unfit"
    """No address, number or URL that can be sent to."""
    ADDRESS_INTERNAL = "address_internal"
    """The name leads into a network that is not the public one."""
    ADDRESS_UNKNOWN = "address_unknown"
    """The name leads nowhere."""
    MAILBOX_UNKNOWN = "mailbox_unknown"
    """There is no such mailbox."""
    MAILBOX_FULL = "mailbox_full"
    NUMBER_REFUSED = "number_refused"
    """The gateway sends nothing to that number."""
    REFUSED = "refused"
    """It does not take the message."""
    REDIRECTED = "redirected"
    """It says to ask elsewhere, which nobody does for it."""
    FAILED_THERE = "failed_there"
    """Something is wrong on the other side."""
    GONE = "gone"
    """It wants to hear nothing any more."""
    NOT_SET_UP = "not_set_up"
    """The installation has no such channel."""
    NO_ADDRESS = "no_address"
    """Whoever it is for is not reached by this channel any more."""
    INTERRUPTED = "interrupted"
    """Jisr ended while it was handed over: whether it arrived is not known."""
    UNEXPECTED = "unexpected"
    """A fault of Jisr's own, which its log has."""
    ENDED = "ended"
    """Nobody is told there any more."""


FOR_GOOD = frozenset(
    {
        Failure.ADDRESS_UNFIT,
        Failure.MAILBOX_UNKNOWN,
        Failure.NUMBER_REFUSED,
        Failure.GONE,
        Failure.ENDED,
    }
)
"""No further attempt can come to anything."""

ACCEPTED = Outcome(accepted=True)

_STATUSES: Mapping[int, Failure] = MappingProxyType(
    {
        HTTPStatus.TOO_MANY_REQUESTS: Failure.BUSY,
        HTTPStatus.SERVICE_UNAVAILABLE: Failure.BUSY,
    }
)
_HUNDREDS: Mapping[int, Failure] = MappingProxyType(
    {3: Failure.REDIRECTED, 4: Failure.REFUSED, 5: Failure.FAILED_THERE}
)


def failed(why: Failure, detail: str = "", *, for_good: bool | None = None) -> Outcome:
    """The outcome of an attempt in vain; `detail` says nothing personal."""
    final = why in FOR_GOOD if for_good is None else for_good
    return Outcome(accepted=False, code=why, for_good=final, detail=detail)


def of_status(status: int, own: Mapping[int, Failure]) -> Outcome:
    """What an HTTP status says: by what the protocol means by it, else by what everybody does."""
    if status // 100 == 2:  # noqa: PLR2004 - as RFC 9110 has it
        return ACCEPTED
    usual = _STATUSES.get(status) or _HUNDREDS.get(status // 100, Failure.FAILED_THERE)
    return failed(own.get(status, usual), f"HTTP {status}")
