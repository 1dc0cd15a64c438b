"""A `Teller` of partners' systems: of which kind something was, an id of theirs for it, its position.

A body names nobody and no centre, and its id means something to that partner alone. Told is what is
recorded after the partner was registered; what waits when it ends is not sent.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from domain.agreement.events import (
    AgreementAmended,
    AgreementClosed,
    AgreementSigned,
    FundsCommitted,
)
from domain.case.events import CaseClosed, CaseOpened, CaseReopened
from domain.case.referral.events import ReferralAccepted
from domain.ceremony.events import CeremonyHeld, CeremonyScheduled
from domain.cohort.events import CohortPlanned
from domain.events.shapes import topics_of
from domain.message import Event, Recorded
from domain.order.events import OrderPlaced
from domain.session.events import MinutesRecorded, SessionScheduled
from domain.staff.partners.heard import Heard
from domain.staff.partners.state import Partner, Partners
from domain.staff.state import DIRECTORY, StaffState
from domain.tracks.self_employment.events import DeliveryConfirmed
from ledger.ledger import Ledger
from service.notify.channels import MessageChannel, Outgoing
from service.notify.outbox.message import Audience, MessageRow, State, message_id
from service.notify.partners.secrets import WEBHOOKS, outside_id
from service.notify.telling.teller import NOTHING_LEFT, Clock, Said

NEWS: Mapping[type[Event], Heard] = MappingProxyType(
    {
        CaseOpened: Heard.CASE_OPENED,
        CaseClosed: Heard.CASE_CLOSED,
        CaseReopened: Heard.CASE_REOPENED,
        ReferralAccepted: Heard.CASE_MOVED,
        DeliveryConfirmed: Heard.ITEMS_DELIVERED,
        AgreementSigned: Heard.AGREEMENT_SIGNED,
        AgreementAmended: Heard.AGREEMENT_AMENDED,
        AgreementClosed: Heard.AGREEMENT_CLOSED,
        FundsCommitted: Heard.FUNDS_COMMITTED,
        SessionScheduled: Heard.SESSION_SCHEDULED,
        MinutesRecorded: Heard.MINUTES_RECORDED,
        OrderPlaced: Heard.ORDER_PLACED,
        CeremonyScheduled: Heard.CEREMONY_SCHEDULED,
        CeremonyHeld: Heard.CEREMONY_HELD,
        CohortPlanned: Heard.COHORT_PLANNED,
    }
)
OLD = timedelta(days=4)
"""Longer than a message is tried: what is found later than that was told, or is no news any more."""


class PartnerNews:
    """What partners' systems are told."""

    audience = Audience.PARTNER
    topics = frozenset(topic for event in NEWS for topic in topics_of(event))

    def __init__(self, ledger: Ledger, now: Clock = lambda: datetime.now(UTC)) -> None:
        self._ledger = ledger
        self._now = now

    def messages(self, recorded: Recorded) -> Iterable[MessageRow]:
        heard, about = NEWS.get(type(recorded.event)), recorded.envelope
        if heard is None or self._now() - about.recorded_at > OLD:
            return
        for partner in partners_of(self._ledger).values():
            if partner.listens and heard in partner.hears and about.position > partner.since:
                yield MessageRow(
                    message_id=message_id(about.event_id, partner.partner_id),
                    audience=Audience.PARTNER,
                    to=partner.partner_id,
                    channel=MessageChannel.WEBHOOK,
                    state=State.WAITING,
                    made_at=about.recorded_at,
                    due_at=about.recorded_at,
                    position=about.position,
                )

    def said(self, message: MessageRow) -> Said:
        """By where the partner listens now; nothing once it has ended."""
        known = partners_of(self._ledger).values()
        partner = next((each for each in known if each.partner_id == message.to), None)
        if partner is None or not partner.listens or message.position is None:
            return NOTHING_LEFT
        (recorded,) = self._ledger.events(message.position - 1, 1)
        body = self._body(partner, recorded)
        return Said(Outgoing(message.message_id, partner.url, "", "", "", body))

    def _body(self, partner: Partner, recorded: Recorded) -> Mapping[str, object]:
        """As Standard Webhooks has it: `type`, `timestamp`, `data`."""
        about, heard = recorded.envelope, NEWS[type(recorded.event)]
        key = self._ledger.derived(WEBHOOKS)
        return {
            "type": heard.replace("_", ".", 1),
            "timestamp": about.recorded_at.isoformat().replace("+00:00", "Z"),
            "data": {
                "id": str(outside_id(key, partner.partner_id, about.stream)),
                "position": about.position,
            },
        }


def partners_of(ledger: Ledger) -> Partners:
    state = ledger.state(DIRECTORY)
    assert isinstance(state, StaffState)  # noqa: S101 - by its kind
    return state.partners
