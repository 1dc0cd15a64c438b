"""By which holidays days were counted, as known on a position: for what is asked as known then.

Religious days are announced the evening before, and a house corrects its table. Each such
announcement is an act of the house's upkeep, written by the worker that met it
(`service/running/announcing.py`). Before the first, the table that came with Jisr held.
"""

from datetime import date

from domain.upkeep.events import OperatorActed
from domain.upkeep.path import STREAM
from domain.upkeep.vocabulary import Act, Fact
from domain.values.calendar import Calendar
from ledger.ledger import Ledger
from service.running.holidays import TABLES, corrected


def calendar_known_on(ledger: Ledger, position: int) -> Calendar:
    """The one of the last announcement that was recorded up to there."""
    told = [
        each.event.facts
        for each in ledger.history(STREAM)
        if each.envelope.position <= position
        and isinstance(each.event, OperatorActed)
        and each.event.act == Act.HOLIDAYS_ANNOUNCED
    ]
    facts = told[-1] if told else {}
    add, remove = (_days(facts.get(fact, "")) for fact in (Fact.ADDED, Fact.REMOVED))
    return corrected(facts.get(Fact.OF, TABLES[0]), add, remove)


def _days(listed: str) -> list[date]:
    return [date.fromisoformat(day) for day in listed.split()]
