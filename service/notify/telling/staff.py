"""What staff are told besides their inbox: that something stands there which is theirs to see to.

No message says what it is, nor of whom: a case's reference and a day at most. One digest a day goes
to who wants one, after the morning's reminders; to who does not, a message for each.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.case.events import ReminderRecorded
from domain.case.reviews import dues, outgoing
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.events.shapes import topics_of
from domain.message import Actor, Envelope, Recorded, StreamKind, name_of, stream_id
from domain.registry.state import REGISTRY, RegistryState
from domain.rules import Rules
from domain.staff.reach.vocabulary import StaffChannel
from domain.staff.state import DIRECTORY, StaffState
from domain.values.calendar import DAY, Calendars, local_date, local_instant
from ledger.ledger import Ledger
from service.notify.channels import MessageChannel, Outgoing
from service.notify.channels.failures import Failure
from service.notify.outbox.message import Audience, MessageRow, State, message_id
from service.notify.outbox.store import Outbox
from service.notify.telling.reading import day_told, is_told_of
from service.notify.telling.teller import NOTHING_LEFT, Clock, Said
from service.words import writing
from service.words.language import Language
from service.words.store import words

CHANNELS = {StaffChannel.EMAIL: MessageChannel.EMAIL, StaffChannel.SMS: MessageChannel.SMS}
INBOX = "/inbox"
DIGEST_AFTER = timedelta(minutes=15)
"""After the last of a morning's reminders, a digest tells of them."""
FOUND_BEFORE = timedelta(minutes=1)
"""What is found less than that before a digest goes, or after it, goes with the next."""
OLD = timedelta(days=2)
"""What is found later than that (the outbox was lost, or nobody followed) stands in the inbox only."""
MOST_LINES = 20
"""So many things a digest names; of more it says how many."""


@dataclass(frozen=True, slots=True)
class Open:
    """Something that is still to be seen to, of one message."""

    reference: str
    due: Due
    message: MessageRow


class StaffReminders:
    """A `Teller`: of reminders, to those they are addressed to."""

    audience = Audience.STAFF
    topics = frozenset(topics_of(ReminderRecorded))

    def __init__(
        self,
        ledger: Ledger,
        outbox: Outbox,
        calendars: Calendars,
        address: str | None,
        now: Clock = lambda: datetime.now(UTC),
    ) -> None:
        """`address`: where people find the installation, if that is known."""
        self._ledger = ledger
        self._outbox = outbox
        self._calendars = calendars
        self._address = address
        self._now = now

    def messages(self, recorded: Recorded) -> Iterable[MessageRow]:
        event, about = recorded.event, recorded.envelope
        if not isinstance(event, ReminderRecorded) or event.missed:
            return
        if event.review is None or self._now() - about.recorded_at > OLD:
            return
        directory, at = self._directory(), self._digest_at(about.recorded_at)
        for staff_id in event.to:
            reach = directory.reach.get(staff_id)
            if reach is None:
                continue
            centre = directory.staff[staff_id].actor.centre
            for wished in reach.channels:
                channel = CHANNELS[wished]
                own = _own(staff_id, channel, event.level, about, centre)
                if not reach.daily_digest:
                    yield own
                elif self._outbox.get(own.message_id) is None:
                    yield from _with_digest(own, at)

    def said(self, message: MessageRow) -> Said:
        directory = self._directory()
        colleague, reach = directory.staff.get(message.to), directory.reach.get(message.to)
        if colleague is None or colleague.left_on is not None:
            return NOTHING_LEFT
        parts = self._outbox.told_by(message.message_id) or [message]
        found = [*self._still_open(parts, colleague.actor)]
        kept = {each.message.message_id for each in found}
        left_out = tuple(each.message_id for each in parts if each.message_id not in kept)
        if not found:
            return Said(left_out=left_out)
        by = next(each for each, channel in CHANNELS.items() if channel is message.channel)
        address = reach.address_by(by) if reach else None
        if reach is None or address is None:
            return Said(code=Failure.NO_ADDRESS, left_out=left_out)
        language = Language(reach.language.tag)
        subject, text = self._texts(found, message.channel, language, colleague.actor)
        outgoing = Outgoing(message.message_id, address, language, subject, text)
        return Said(outgoing, left_out=left_out)

    def _still_open(self, parts: list[MessageRow], reader: Actor) -> Iterator[Open]:
        """Those whose review still needs whom it was told to, and is theirs to know of; each once."""
        told: set[tuple[UUID, str]] = set()
        for each in parts:
            due = self._open(each)
            if due is None or each.case_id is None or (each.case_id, due.key) in told:
                continue
            told.add((each.case_id, due.key))
            state = self._case(each.case_id)
            if is_told_of(self._ledger, reader, state):
                yield Open(state.reference, due, each)

    def _open(self, message: MessageRow) -> Due | None:
        """The review, if it falls due as it did when it was told of: one that moved is told of again."""
        if message.case_id is None or message.version is None:
            return None
        stream = stream_id(StreamKind.CASE, message.case_id)
        found = self._ledger.history(stream, after=message.version - 1, up_to=message.version)
        event = found[0].event if found else None
        if not isinstance(event, ReminderRecorded) or event.review is None:
            return None
        state, calendar = self._case(message.case_id), self._calendars.current
        for due in dues(state, calendar):
            noticed = state.noticed.get(due.key)
            if noticed is not None and noticed.is_seen_to(due.due_on):
                continue
            for each in outgoing(due, state, calendar):
                if (each.key, each.due_on) == (event.review, event.due_on):
                    return due
        return None

    def _case(self, case_id: UUID) -> CaseState:
        state = self._ledger.state(stream_id(StreamKind.CASE, case_id))
        assert isinstance(state, CaseState)  # noqa: S101 - by its kind
        return state

    def _directory(self) -> StaffState:
        state = self._ledger.state(DIRECTORY)
        assert isinstance(state, StaffState)  # noqa: S101 - by its kind
        return state

    def _digest_at(self, recorded_at: datetime) -> datetime:
        """Of one that goes only after what it tells of is in the outbox, however late that is found."""
        instant = max(recorded_at, self._now() + FOUND_BEFORE)
        registry = self._ledger.state(REGISTRY)
        assert isinstance(registry, RegistryState)  # noqa: S101 - by its kind
        return digest_after(instant, registry.rules_on(local_date(instant)).rules)

    def _texts(
        self, found: list[Open], channel: MessageChannel, language: Language, reader: Actor
    ) -> tuple[str, str]:
        said = words(language)
        waiting = writing.counted(said.count["things_wait"], len(found), language)
        subject = said.message["subject"].format(waiting=waiting)
        if channel is MessageChannel.SMS:
            return subject, subject
        lines = [_line(each, reader, language) for each in found[:MOST_LINES]]
        if len(found) > MOST_LINES:
            lines.append(
                writing.counted(said.count["more_wait"], len(found) - MOST_LINES, language)
            )
        where = said.message["where_no_address"]
        if self._address is not None:
            where = said.message["where"].format(address=f"{self._address}{INBOX}")
        text = "\n\n".join((subject, "\n".join(lines), where, said.message["why"]))
        return subject, text


def _line(each: Open, reader: Actor, language: Language) -> str:
    day = day_told(each.due, reader, language)
    return words(language).message["line"].format(reference=each.reference, day=day)


def _own(
    staff_id: UUID, channel: MessageChannel, level: int, about: Envelope, centre: str | None
) -> MessageRow:
    return MessageRow(
        message_id=message_id(about.event_id, staff_id, channel),
        audience=Audience.STAFF,
        to=staff_id,
        channel=channel,
        state=State.WAITING,
        made_at=about.recorded_at,
        due_at=about.recorded_at,
        case_id=UUID(name_of(about.stream)),
        version=about.version,
        position=about.position,
        centre=centre,
        level=level,
    )


def _with_digest(own: MessageRow, at: datetime) -> Iterator[MessageRow]:
    """The digest that goes then, and the message as it goes with it."""
    digest = replace(
        own,
        message_id=message_id(own.to, own.channel, local_date(at)),
        due_at=at,
        case_id=None,
        version=None,
        level=0,
    )
    yield digest
    yield replace(own, state=State.GATHERED, due_at=at, digest=digest.message_id)


def digest_after(instant: datetime, rules: Rules) -> datetime:
    """When the next digest goes (UTC): what was found by then is in it."""
    day = local_date(instant)
    minutes = timedelta(minutes=rules.reminder_spread_minutes) + DIGEST_AFTER
    at = local_instant(day, rules.reminder_hour) + minutes
    return at if instant < at else local_instant(day + DAY, rules.reminder_hour) + minutes
