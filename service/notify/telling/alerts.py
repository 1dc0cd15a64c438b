"""Colleagues are told of an event by whichever way they are reached: what such tellers share."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from domain.message import Actor, Envelope, Event, Recorded
from domain.staff.state import DIRECTORY, StaffState
from ledger.ledger import Ledger
from service.notify.channels import MessageChannel, Outgoing
from service.notify.channels.failures import Failure
from service.notify.outbox.message import Audience, MessageRow, State, message_id
from service.notify.telling.staff import CHANNELS
from service.notify.telling.teller import NOTHING_LEFT, Clock, Said
from service.words.language import Language
from service.words.store import words

OLD = timedelta(days=2)
"""What is found later than that (the outbox was lost, or nobody followed) stands on its page only."""


class Alerts(ABC):
    """A `Teller`, but for whom it tells of what."""

    audience: ClassVar[Audience]
    topics: ClassVar[frozenset[str]]
    page: ClassVar[str]
    """The address of the page that says more, in the installation."""

    def __init__(
        self, ledger: Ledger, address: str | None, now: Clock = lambda: datetime.now(UTC)
    ) -> None:
        """`address`: where people find the installation, if that is known."""
        self._ledger = ledger
        self._address = address
        self._now = now

    @abstractmethod
    def is_for(self, actor: Actor, event: Event) -> bool:
        """Whether a colleague is told of an event."""

    @abstractmethod
    def subject(self, message: MessageRow, colleague: Actor, language: Language) -> str | None:
        """What they are told; None where nothing is left to tell."""

    def row(self, row: MessageRow, actor: Actor, event: Event, about: Envelope) -> MessageRow:
        """A message as it is kept, with what else it has to know."""
        del actor, event, about
        return row

    def messages(self, recorded: Recorded) -> Iterable[MessageRow]:
        event, about = recorded.event, recorded.envelope
        if self._now() - about.recorded_at > OLD:
            return
        directory = self._directory()
        for colleague in directory.staff.values():
            actor, reach = colleague.actor, directory.reach.get(colleague.actor.id)
            if colleague.left_on is None and reach is not None and self.is_for(actor, event):
                for wished in reach.channels:
                    yield self.row(
                        self._waiting(actor, CHANNELS[wished], about), actor, event, about
                    )

    def said(self, message: MessageRow) -> Said:
        directory = self._directory()
        colleague, reach = directory.staff.get(message.to), directory.reach.get(message.to)
        if colleague is None or colleague.left_on is not None:
            return NOTHING_LEFT
        language = Language(reach.language.tag) if reach else Language.ARABIC
        subject = self.subject(message, colleague.actor, language)
        if subject is None:
            return NOTHING_LEFT
        by = next(each for each, channel in CHANNELS.items() if channel is message.channel)
        address = reach.address_by(by) if reach else None
        if address is None:
            return Said(code=Failure.NO_ADDRESS)
        text = self._text(subject, message.channel, language)
        return Said(Outgoing(message.message_id, address, language, subject, text))

    def _text(self, subject: str, channel: MessageChannel, language: Language) -> str:
        if channel is MessageChannel.SMS:
            return subject
        said = words(language).message
        where = said["where_no_address"]
        if self._address is not None:
            where = said["where"].format(address=f"{self._address}{self.page}")
        return f"{subject}\n\n{where}"

    def _waiting(self, actor: Actor, channel: MessageChannel, about: Envelope) -> MessageRow:
        return MessageRow(
            message_id=message_id(about.event_id, actor.id, channel),
            audience=self.audience,
            to=actor.id,
            channel=channel,
            state=State.WAITING,
            made_at=about.recorded_at,
            due_at=about.recorded_at,
            position=about.position,
        )

    def _directory(self) -> StaffState:
        state = self._ledger.state(DIRECTORY)
        assert isinstance(state, StaffState)  # noqa: S101 - by its kind
        return state
