"""The way to partners' systems: by each one's own secret, until it wants to hear nothing any more."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

from domain.errors import JisrError, Refused
from domain.message import TIMER, Command, Origin, OriginKind, derived_id
from domain.staff.partners.state import Partner
from domain.staff.partners.steps import NotePartnerGone
from domain.staff.state import DIRECTORY
from domain.values.calendar import local_date
from ledger.ledger import Ledger
from service.notify.channels import Outcome, Outgoing, Transport
from service.notify.channels.failures import Failure, failed
from service.notify.partners.news import partners_of
from service.notify.partners.secrets import WEBHOOKS, secret_of

log = logging.getLogger("jisr.notify")


def secrets_of(ledger: Ledger) -> Callable[[str], str | None]:
    """By the URL at which a partner listens; None where none does, or none any more."""

    def secret(url: str) -> str | None:
        partner = _at(ledger, url)
        return secret_of(ledger.derived(WEBHOOKS), partner.secret_id) if partner else None

    return secret


class Hearing:
    """A `Transport` that ends a partner's registration once it answers 410."""

    def __init__(
        self,
        ledger: Ledger,
        webhooks: Transport,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._ledger = ledger
        self._webhooks = webhooks
        self._now = now

    async def send(self, message: Outgoing) -> Outcome:
        outcome = await self._webhooks.send(message)
        if outcome.code != Failure.GONE:
            return outcome
        try:
            await asyncio.to_thread(self._note, message)
        except JisrError as error:
            log.warning("that a partner wants no more is not recorded yet: %s", error.code)
            return failed(Failure.GONE, outcome.detail, for_good=False)
        return outcome

    def _note(self, message: Outgoing) -> None:
        """Once, whichever of its messages is answered so first."""
        partner = _at(self._ledger, message.to)
        if partner is None:
            return
        step = NotePartnerGone(
            occurred_on=local_date(self._now()),
            partner=partner.partner,
            message_id=message.message_id,
        )
        command = Command(
            id=derived_id(message.message_id, f"gone/{partner.since}"),
            target=DIRECTORY,
            step=step,
            actor=TIMER,
            origin=Origin(kind=OriginKind.TIMER),
        )
        try:
            self._ledger.record(command)
        except Refused as refusal:
            if refusal.code != "partner_over":
                raise


def _at(ledger: Ledger, url: str) -> Partner | None:
    known = partners_of(ledger).values()
    return next((each for each in known if each.listens and each.url == url), None)
