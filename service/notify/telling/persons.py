"""What a person who is accompanied is told: that somebody would like to see them, and when.

Only whoever agreed to messages, and may be left one. It says nothing of who sends it, nor of what it is
about: whoever reads over their shoulder learns of an appointment.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import cast
from uuid import UUID

from domain.beneficiary.state import BeneficiaryState
from domain.case.reviews import dues
from domain.case.schedule import Due
from domain.case.state import CaseState
from domain.message import Recorded, StreamKind, stream_id
from domain.reaching.calls import is_announced
from domain.reaching.telling import Means, how_to_tell
from domain.values.calendar import Calendars, local_date
from ledger.ledger import Ledger
from projections.views.announcements import AnnouncementRow
from service.notify.channels import MessageChannel, Outgoing
from service.notify.outbox.message import Audience, MessageRow, State, message_id
from service.notify.telling.teller import NOTHING_LEFT, Clock, Said
from service.words import writing
from service.words.language import Language
from service.words.store import words


class Announcements:
    """A `Teller`: of appointments, to whom they are with. They come due by a day and by no event."""

    audience = Audience.PERSON
    topics: frozenset[str] = frozenset()

    def __init__(
        self, ledger: Ledger, calendars: Calendars, now: Clock = lambda: datetime.now(UTC)
    ) -> None:
        self._ledger = ledger
        self._calendars = calendars
        self.now = now

    def messages(self, recorded: Recorded) -> Iterable[MessageRow]:  # noqa: ARG002 - as every teller has it
        return ()

    def of_today(self, rows: Iterable[AnnouncementRow]) -> Iterator[MessageRow]:
        """The messages for these reviews, one for all of a day: the same however often it is asked."""
        now = self.now()
        for row in rows:
            yield MessageRow(
                message_id=_id(row.case_id, row.due_on),
                audience=Audience.PERSON,
                to=row.beneficiary_id,
                channel=MessageChannel.SMS,
                state=State.WAITING,
                made_at=now,
                due_at=now,
                case_id=row.case_id,
                centre=row.centre,
            )

    def said(self, message: MessageRow) -> Said:
        if message.case_id is None:
            return NOTHING_LEFT
        stream = stream_id(StreamKind.CASE, message.case_id)
        case = cast("CaseState", self._ledger.state(stream))
        due, today = self._due(case, message), local_date(self.now())
        if due is None or case.beneficiary_id is None or today > due.due_on:
            return NOTHING_LEFT
        beneficiary = stream_id(StreamKind.BENEFICIARY, case.beneficiary_id)
        person = cast("BeneficiaryState", self._ledger.state(beneficiary))
        telling = how_to_tell(case, person, today)
        if telling.means is not Means.MESSAGE or telling.to is None or telling.language is None:
            return NOTHING_LEFT
        language = Language(telling.language)
        text = words(language).message["appointment"]
        text = text.format(day=writing.day(due.due_on, language))
        return Said(Outgoing(message.message_id, telling.to, language, text, text))

    def _due(self, case: CaseState, message: MessageRow) -> Due | None:
        """A review that still falls due on the day that was to be told."""
        told = (due for due in dues(case, self._calendars.current) if is_announced(due, case.rules))
        same = (each for each in told if _id(message.case_id, each.due_on) == message.message_id)
        return next(same, None)


def _id(case_id: object, due_on: date) -> UUID:
    """Of an appointment: two reviews on one day are one."""
    return message_id(case_id, due_on, MessageChannel.SMS)
