"""Findings, by their codes: what stands in the records and should be looked at.

A finding refuses nothing: what it is about was recorded, rightly or not, and somebody has to look.
What is wrong inside one project or one order is refused instead, where it is decided.
"""

from enum import StrEnum
from uuid import UUID, uuid5

from domain.values.digits import in_western_digits

FINDINGS = UUID("0b8f5f0c-6c0e-5a52-8f1d-0f8f6b0f2c11")


class FindingCode(StrEnum):
    """What is found."""

    INVOICE_TWICE = "invoice_twice"
    """One invoice of one supplier in two orders."""
    CHEQUE_TWICE = "cheque_twice"
    """One cheque number in two projects, or two orders."""
    SERIAL_TWICE = "serial_twice"
    """One serial number in two projects."""
    FUNDED_TWICE = "funded_twice"
    """Two projects of one person, funded by the same source."""
    MINUTES_TWICE = "minutes_twice"
    """One number of minutes in two sessions of the same body."""
    NUMBER_TWICE = "number_twice"
    """One number of a paper of two people."""
    AMENDMENT_MISSING = "amendment_missing"
    """An agreement has an amendment of a higher number than one that nobody entered."""
    MINOR_APPROVED = "minor_approved"
    """A project was approved for somebody who was a minor then, by the birth date known now."""
    MINOR_SIGNED = "minor_signed"
    """An undertaking was signed by a minor."""
    MINOR_GOT_CASH = "minor_got_cash"
    """Cash was handed to a minor."""

    APPROVAL_AFTER_DEATH = "approval_after_death"
    """An approval that stands though its holder died: it is ended, or the family has the goods."""
    ONE_DEVICE = "one_device"
    """The same thing was asked for and approved by two accounts on one device."""
    BEFORE_APPROVAL = "before_approval"
    """Goods were ordered or handed over before the day on which they were approved."""
    LONG_AFTER = "long_after"
    """Entries of a file were made long after the fact."""
    NEAR_CEILING = "near_ceiling"
    """Sums or times of one person's doing lie just under what the rules allow, in several cases."""
    PHONE_OF_MANY = "phone_of_many"
    """Three people or more have one telephone."""
    WORDLESS_VISITS = "wordless_visits"
    """Visits in a row of which nothing is told."""
    EXEMPT_AGAIN = "exempt_again"
    """Reviews that were exempted one after another, and nobody was met between."""
    KEY_ONCE = "key_once"
    """An access key was issued, used for one step, and not again."""
    UNSPENT = "unspent"
    """An agreement is near its end, and less than half of it is spent."""


ALONE = frozenset(
    {
        *(FindingCode.AMENDMENT_MISSING, FindingCode.MINOR_APPROVED),
        *(FindingCode.MINOR_SIGNED, FindingCode.MINOR_GOT_CASH),
        FindingCode.APPROVAL_AFTER_DEATH,
        *(FindingCode.ONE_DEVICE, FindingCode.BEFORE_APPROVAL, FindingCode.LONG_AFTER),
        *(FindingCode.WORDLESS_VISITS, FindingCode.EXEMPT_AGAIN, FindingCode.UNSPENT),
        FindingCode.KEY_ONCE,
    }
)
"""What one stream says by itself; of the others it takes two that say the same, or more."""
OF_THREE = frozenset({FindingCode.NEAR_CEILING, FindingCode.PHONE_OF_MANY})
"""What two may well have in common: it takes three."""


def same_mark(text: str) -> str:
    """What is left of a number however it is typed: its letters and digits.

    `SN 12/٣` and `sn-123` are one.
    """
    digits = str(in_western_digits(text))
    return "".join(sign for sign in digits.casefold() if sign.isalnum())


def finding_id(code: FindingCode, *what: str) -> UUID:
    """Of what is found of one thing, wherever it is found: the same for ever."""
    return uuid5(FINDINGS, "/".join((code, *what)))
