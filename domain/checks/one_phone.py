"""One telephone for many people: their own, as each of them told it.

Two of a family may share one. Three strangers who do may be three files for one person, or for none.
"""

from collections.abc import Iterator

from domain.beneficiary.events import BeneficiaryRegistered, DetailsChanged
from domain.checks.looking import Looked, Rule, Suspicion
from domain.numbers.marks import phone_number
from domain.values.findings import FindingCode


def their_own_phone(looked: Looked) -> Iterator[Suspicion]:
    """The one that was told last: one part of a finding on that number."""
    told = looked.of(BeneficiaryRegistered, DetailsChanged)
    if not told or not looked.readable:
        return
    event = told[-1].event
    phone = getattr(event, "phone", None)
    mark = looked.mark(phone_number(phone)) if phone else ""
    if mark:
        yield Suspicion((told[-1],), (mark,))


RULE = Rule(
    FindingCode.PHONE_OF_MANY,
    their_own_phone,
    frozenset({BeneficiaryRegistered, DetailsChanged}),
)
