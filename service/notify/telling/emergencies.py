"""Coordinators are told at once that a case was opened in an emergency: theirs, or by one of theirs.

By whichever way they are reached, whatever the hour, and in no digest: what was opened is open for some
hours. The message has the case's reference; who did it and why stand in the inbox that it leads to.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from domain.case.state import CaseState
from domain.events.shapes import topics_of
from domain.message import Actor, Envelope, Recorded, Role, StreamKind, stream_id
from domain.staff.emergencies.events import OpenedCaseInEmergency
from domain.staff.state import DIRECTORY, StaffState
from ledger.ledger import Ledger
from service.notify.channels import MessageChannel, Outgoing
from service.notify.channels.failures import Failure
from service.notify.outbox.message import Audience, MessageRow, State, message_id
from service.notify.telling.staff import CHANNELS, INBOX
from service.notify.telling.teller import NOTHING_LEFT, Clock, Said
from service.words import writing
from service.words.language import Language
from service.words.store import words

OLD = timedelta(days=2)
"""What is found later than that (the outbox was lost, or nobody followed) stands in the inbox only."""


class EmergencyAlerts:
    """A `Teller`: of cases that were opened in an emergency, to the coordinators of both centres."""

    audience = Audience.EMERGENCY
    topics = frozenset(topics_of(OpenedCaseInEmergency))

    def __init__(
        self, ledger: Ledger, address: str | None, now: Clock = lambda: datetime.now(UTC)
    ) -> None:
        """`address`: where people find the installation, if that is known."""
        self._ledger = ledger
        self._address = address
        self._now = now

    def messages(self, recorded: Recorded) -> Iterable[MessageRow]:
        event, about = recorded.event, recorded.envelope
        if not isinstance(event, OpenedCaseInEmergency) or self._now() - about.recorded_at > OLD:
            return
        directory = self._directory()
        for colleague in directory.staff.values():
            reach = directory.reach.get(colleague.actor.id)
            if colleague.left_on is not None or reach is None:
                continue
            if _is_told(colleague.actor, event):
                for wished in reach.channels:
                    yield _row(colleague.actor, CHANNELS[wished], event, about)

    def said(self, message: MessageRow) -> Said:
        directory = self._directory()
        colleague, reach = directory.staff.get(message.to), directory.reach.get(message.to)
        told = self._told(message)
        if colleague is None or colleague.left_on is not None or told is None:
            return NOTHING_LEFT
        event, about = told.event, told.envelope
        if not isinstance(event, OpenedCaseInEmergency) or not _is_told(colleague.actor, event):
            return NOTHING_LEFT
        by = next(each for each, channel in CHANNELS.items() if channel is message.channel)
        address = reach.address_by(by) if reach else None
        if reach is None or address is None:
            return Said(code=Failure.NO_ADDRESS)
        case = self._ledger.state(stream_id(StreamKind.CASE, event.case_id))
        assert isinstance(case, CaseState)  # noqa: S101 - by its kind
        language = Language(reach.language.tag)
        until = writing.clock(about.recorded_at + timedelta(hours=event.hours))
        subject, text = self._texts(case.reference, until, message.channel, language)
        return Said(Outgoing(message.message_id, address, language, subject, text))

    def _texts(
        self, reference: str, until: str, channel: MessageChannel, language: Language
    ) -> tuple[str, str]:
        said = words(language).message
        subject = said["emergency"].format(reference=reference, until=until)
        if channel is MessageChannel.SMS:
            return subject, subject
        where = said["where_no_address"]
        if self._address is not None:
            where = said["where"].format(address=f"{self._address}{INBOX}")
        return subject, f"{subject}\n\n{where}"

    def _told(self, message: MessageRow) -> Recorded | None:
        if message.version is None:
            return None
        found = self._ledger.history(DIRECTORY, after=message.version - 1, up_to=message.version)
        return found[0] if found else None

    def _directory(self) -> StaffState:
        state = self._ledger.state(DIRECTORY)
        assert isinstance(state, StaffState)  # noqa: S101 - by its kind
        return state


def _is_told(actor: Actor, event: OpenedCaseInEmergency) -> bool:
    """Of both centres; whoever opened it knows."""
    of_either = actor.centre in (event.of_centre, event.by_centre)
    return actor.role is Role.COORDINATOR and of_either and actor.id != event.staff_id


def _row(
    actor: Actor, channel: MessageChannel, event: OpenedCaseInEmergency, about: Envelope
) -> MessageRow:
    return MessageRow(
        message_id=message_id(about.event_id, actor.id, channel),
        audience=Audience.EMERGENCY,
        to=actor.id,
        channel=channel,
        state=State.WAITING,
        made_at=about.recorded_at,
        due_at=about.recorded_at,
        case_id=event.case_id,
        version=about.version,
        position=about.position,
        centre=actor.centre,
    )
