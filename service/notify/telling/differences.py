"""Auditors are told that a check found something: by night nobody looks at the page that says so.

By whichever way they are reached, in waking hours, and once for each run. The message says which check and how
it ended, and nothing of a case: what differs stands under *Checks*, which it leads to.
"""

from domain.events.shapes import topics_of
from domain.message import Actor, Event, Role
from domain.upkeep.events import OperatorActed
from domain.upkeep.vocabulary import WELL, Act, Fact
from service.notify.outbox.message import Audience, MessageRow
from service.notify.telling.alerts import Alerts
from service.words.language import Language
from service.words.store import words


class DifferencesFound(Alerts):
    """A `Teller`: of checks that did not end well, to those who audit."""

    audience = Audience.AUDITOR
    topics = frozenset(topics_of(OperatorActed))
    page = "/checks"

    def is_for(self, actor: Actor, event: Event) -> bool:
        if not isinstance(event, OperatorActed) or event.act != Act.CHECKED:
            return False
        return actor.role is Role.AUDITOR and event.facts.get(Fact.RESULT, "") not in WELL

    def subject(self, message: MessageRow, colleague: Actor, language: Language) -> str:
        del message, colleague
        return words(language).message["difference_found"]
