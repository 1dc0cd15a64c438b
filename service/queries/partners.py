"""Partners' systems: where each is told of what, and until when; and the secret of one."""

from datetime import date

from pydantic import Field

from domain.errors import Refused
from domain.message import Message
from domain.staff.partners.heard import Heard
from domain.staff.partners.state import Partner
from service.access.reader import Reading
from service.notify.partners.secrets import WEBHOOKS, secret_of


class PartnerAnswer(Message):
    partner: str = Field(examples=["anapec-taza"])
    name: str = Field(examples=["ANAPEC Taza"])
    url: str = Field(examples=["https://partner.example/jisr"])
    hears: tuple[Heard, ...]
    ended_on: date | None
    """Since when it is told of nothing any more."""
    wants_no_more: bool
    """Whether it ended by its own answer (410)."""


class PartnerList(Message):
    partners: tuple[PartnerAnswer, ...]


class PartnerSecret(Message):
    partner: str = Field(examples=["anapec-taza"])
    secret: str = Field(examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
    """As the libraries of Standard Webhooks take it. For its system alone."""


def list_partners(reading: Reading) -> PartnerList:
    """All that were ever registered, by their codes."""
    known = reading.directory.staff().partners
    return PartnerList(partners=tuple(_answer(known[each]) for each in sorted(known)))


def get_partner(reading: Reading, partner: str) -> PartnerAnswer:
    """One of them; raises `Refused`."""
    return _answer(_known(reading, partner))


def get_partner_secret(reading: Reading, partner: str) -> PartnerSecret:
    """Raises `Refused`, also for one that has ended: it would sign nothing."""
    known = _known(reading, partner)
    if not known.listens:
        raise Refused("partner_over")
    secret = secret_of(reading.ledger.derived(WEBHOOKS), known.secret_id)
    return PartnerSecret(partner=partner, secret=secret)


def _known(reading: Reading, partner: str) -> Partner:
    known = reading.directory.staff().partners.get(partner)
    if known is None:
        raise Refused("partner_unknown")
    return known


def _answer(known: Partner) -> PartnerAnswer:
    return PartnerAnswer(
        partner=known.partner,
        name=known.name,
        url=known.url,
        hears=tuple(each for each in Heard if each in known.hears),
        ended_on=known.ended_on,
        wants_no_more=known.gone,
    )
