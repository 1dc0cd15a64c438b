"""Coordinators are told at once that a case was opened in an emergency: theirs, or by one of theirs.

By whichever way they are reached, whatever the hour, and in no digest: what was opened is open for some
hours. The message has the case's reference; who did it and why stand in the inbox that it leads to.
"""

from dataclasses import replace
from datetime import timedelta

from domain.case.state import CaseState
from domain.events.shapes import topics_of
from domain.message import Actor, Envelope, Event, Recorded, Role, StreamKind, stream_id
from domain.staff.emergencies.events import OpenedCaseInEmergency
from domain.staff.state import DIRECTORY
from service.notify.outbox.message import Audience, MessageRow
from service.notify.telling.alerts import Alerts
from service.notify.telling.staff import INBOX
from service.words import writing
from service.words.language import Language
from service.words.store import words


class EmergencyAlerts(Alerts):
    """A `Teller`: of cases that were opened in an emergency, to the coordinators of both centres."""

    audience = Audience.EMERGENCY
    topics = frozenset(topics_of(OpenedCaseInEmergency))
    page = INBOX

    def is_for(self, actor: Actor, event: Event) -> bool:
        """Of both centres; whoever opened it knows."""
        if not isinstance(event, OpenedCaseInEmergency) or actor.role is not Role.COORDINATOR:
            return False
        return actor.centre in (event.of_centre, event.by_centre) and actor.id != event.staff_id

    def row(self, row: MessageRow, actor: Actor, event: Event, about: Envelope) -> MessageRow:
        assert isinstance(event, OpenedCaseInEmergency)  # noqa: S101 - it is for somebody
        case_id, centre = event.case_id, actor.centre
        return replace(row, case_id=case_id, version=about.version, centre=centre)

    def subject(self, message: MessageRow, colleague: Actor, language: Language) -> str | None:
        told = self._told(message)
        if told is None or not self.is_for(colleague, told.event):
            return None
        event, about = told.event, told.envelope
        assert isinstance(event, OpenedCaseInEmergency)  # noqa: S101 - it is for somebody
        case = self._ledger.state(stream_id(StreamKind.CASE, event.case_id))
        assert isinstance(case, CaseState)  # noqa: S101 - by its kind
        until = writing.clock(about.recorded_at + timedelta(hours=event.hours))
        said = words(language).message["emergency"]
        return said.format(reference=case.reference, until=until)

    def _told(self, message: MessageRow) -> Recorded | None:
        if message.version is None:
            return None
        found = self._ledger.history(DIRECTORY, after=message.version - 1, up_to=message.version)
        return found[0] if found else None
