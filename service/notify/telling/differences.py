"""Auditors are told that a check found something: by night nobody looks at the page that says so.

By whichever way they are reached, in waking hours, and once for each run. The message says which check and how
it ended, and nothing of a case: what differs stands under *Checks*, which it leads to.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from domain.events.shapes import topics_of
from domain.message import Actor, Envelope, Recorded, Role
from domain.staff.state import DIRECTORY, StaffState
from domain.upkeep.events import OperatorActed
from domain.upkeep.vocabulary import WELL, Act, Fact
from ledger.ledger import Ledger
from service.notify.channels import MessageChannel, Outgoing
from service.notify.channels.failures import Failure
from service.notify.outbox.message import Audience, MessageRow, State, message_id
from service.notify.telling.staff import CHANNELS
from service.notify.telling.teller import NOTHING_LEFT, Clock, Said
from service.words.language import Language
from service.words.store import words

OLD = timedelta(days=2)
"""What is found later than that stands on the page only."""
CHECKS = "/checks"


class DifferencesFound:
    """A `Teller`: of checks that did not end well, to those who audit."""

    audience = Audience.AUDITOR
    topics = frozenset(topics_of(OperatorActed))

    def __init__(
        self, ledger: Ledger, address: str | None, now: Clock = lambda: datetime.now(UTC)
    ) -> None:
        """`address`: where people find the installation, if that is known."""
        self._ledger = ledger
        self._address = address
        self._now = now

    def messages(self, recorded: Recorded) -> Iterable[MessageRow]:
        event, about = recorded.event, recorded.envelope
        if not _is_told_of(event) or self._now() - about.recorded_at > OLD:
            return
        directory = self._directory()
        for colleague in directory.staff.values():
            reach = directory.reach.get(colleague.actor.id)
            audits = colleague.actor.role is Role.AUDITOR and colleague.left_on is None
            if audits and reach is not None:
                for wished in reach.channels:
                    yield _row(colleague.actor, CHANNELS[wished], about)

    def said(self, message: MessageRow) -> Said:
        directory = self._directory()
        colleague, reach = directory.staff.get(message.to), directory.reach.get(message.to)
        if colleague is None or colleague.left_on is not None:
            return NOTHING_LEFT
        by = next(each for each, channel in CHANNELS.items() if channel is message.channel)
        address = reach.address_by(by) if reach else None
        if reach is None or address is None:
            return Said(code=Failure.NO_ADDRESS)
        language = Language(reach.language.tag)
        subject, text = self._texts(message.channel, language)
        return Said(Outgoing(message.message_id, address, language, subject, text))

    def _texts(self, channel: MessageChannel, language: Language) -> tuple[str, str]:
        said = words(language).message
        subject = said["difference_found"]
        if channel is MessageChannel.SMS:
            return subject, subject
        where = said["where_no_address"]
        if self._address is not None:
            where = said["where"].format(address=f"{self._address}{CHECKS}")
        return subject, f"{subject}\n\n{where}"

    def _directory(self) -> StaffState:
        state = self._ledger.state(DIRECTORY)
        assert isinstance(state, StaffState)  # noqa: S101 - by its kind
        return state


def _is_told_of(event: object) -> bool:
    if not isinstance(event, OperatorActed) or event.act != Act.CHECKED:
        return False
    return event.facts.get(Fact.RESULT, "") not in WELL


def _row(actor: Actor, channel: MessageChannel, about: Envelope) -> MessageRow:
    return MessageRow(
        message_id=message_id(about.event_id, actor.id, channel),
        audience=Audience.AUDITOR,
        to=actor.id,
        channel=channel,
        state=State.WAITING,
        made_at=about.recorded_at,
        due_at=about.recorded_at,
        position=about.position,
    )
