"""The follower that fills the outbox and the sender that empties it, at work in a worker."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from datetime import datetime
from functools import partial
from typing import cast

from domain.registry.state import REGISTRY, RegistryState
from domain.rules.quiet import quiet_until
from domain.values.calendar import Calendars, local_date
from ledger.following.follower import Follower, following
from ledger.ledger import Ledger
from service.bootstrap import opened_outbox, opened_views
from service.notify.announcing import announce, announcing
from service.notify.channels import MessageChannel, Transport
from service.notify.channels.opening import transports
from service.notify.channels.webhooks.schedule import SCHEDULE
from service.notify.filling import Filling
from service.notify.outbox.store import Outbox
from service.notify.partners.hearing import Hearing, secrets_of
from service.notify.partners.news import PartnerNews
from service.notify.sending import Quiet, Sender, sending
from service.notify.telling.differences import DifferencesFound
from service.notify.telling.emergencies import EmergencyAlerts
from service.notify.telling.persons import Announcements
from service.notify.telling.staff import StaffReminders
from service.notify.telling.teller import Teller
from service.running.announced_days import AnnouncedDays
from service.running.outlasting import outlasting
from service.settings import Settings

log = logging.getLogger("jisr.notify")


@contextmanager
def notifying(settings: Settings, ledger: Ledger) -> Iterator[None]:
    """With both at work, which several workers may have: one of each is at it.

    An outbox that is away or damaged keeps nobody from recording reminders: it is waited for.
    """
    work = partial(_at_work, settings, ledger)
    with outlasting("notify", work, log, "nothing is sent"):
        yield


@contextmanager
def _at_work(settings: Settings, ledger: Ledger) -> Iterator[None]:
    calendars = AnnouncedDays(settings.calendar_file)
    with opened_outbox(settings) as outbox, closing(ledger.feed.tracking()) as tracking:
        tellers = tellers_of(settings, ledger, outbox, calendars)
        filling = Filling(tracking, ledger, outbox, tellers)
        quiet, waits = quiet_by(ledger, calendars), {MessageChannel.WEBHOOK: SCHEDULE}
        sender = Sender(outbox, tellers, transports_of(settings, ledger), quiet, waits=waits)
        persons = Announcements(ledger, calendars)

        def look() -> None:
            with opened_views(settings) as views:
                announce(views, outbox, persons, local_date(ledger.now()))

        with (
            following(Follower(ledger.feed, tracking, filling)),
            announcing(ledger.feed, look),
            sending(sender, ledger.feed),
        ):
            yield


def tellers_of(
    settings: Settings, ledger: Ledger, outbox: Outbox, calendars: Calendars
) -> Sequence[Teller]:
    """What each audience is told."""
    return (
        StaffReminders(ledger, outbox, calendars, settings.public_address),
        Announcements(ledger, calendars),
        EmergencyAlerts(ledger, settings.public_address),
        DifferencesFound(ledger, settings.public_address),
        PartnerNews(ledger),
    )


def transports_of(settings: Settings, ledger: Ledger) -> Mapping[MessageChannel, Transport]:
    """The channels that are set up."""
    found = dict(transports(settings, secrets_of(ledger)))
    return found | {MessageChannel.WEBHOOK: Hearing(ledger, found[MessageChannel.WEBHOOK])}


def quiet_by(ledger: Ledger, calendars: Calendars) -> Quiet:
    """By the rules that new cases take now."""

    def until(instant: datetime) -> datetime | None:
        registry = cast("RegistryState", ledger.state(REGISTRY))
        return quiet_until(instant, registry.rules_on(local_date(instant)).rules, calendars.current)

    return until
