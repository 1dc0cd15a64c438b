"""A calendar as programs take it (RFC 5545): days and references, in neutral words.

An entry that moves keeps its UID, so that it moves in the program too. What was done is no longer there,
and programs that asked for the feed take it away.
"""

from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from domain.values.calendar import local_date
from service.queries.own_calendar import CalendarEntry, OwnCalendar
from service.words import writing
from service.words.language import Language
from service.words.store import words

LOOK_AGAIN = timedelta(hours=4)


def feed_of(own: OwnCalendar, language: Language, now: datetime) -> bytes:
    """The same within one day for the same entries: so a program can tell that nothing is new."""
    said = words(language).page
    feed = Calendar()
    feed.add("PRODID", "-//Jisr//Calendar//EN")
    feed.add("VERSION", "2.0")
    feed.add("METHOD", "PUBLISH")
    feed.add("X-WR-CALNAME", said["product"])
    feed.add("REFRESH-INTERVAL", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    stamp = datetime.combine(local_date(now), time(0), UTC)
    for each in own.entries:
        feed.add_component(_event(each, stamp, language))
    return bytes(feed.to_ical())


def _event(entry: CalendarEntry, stamp: datetime, language: Language) -> Event:
    said = words(language).page
    event = Event()
    event.add("UID", f"{entry.entry_id}@jisr")
    event.add("DTSTAMP", stamp)
    event.add("DTSTART", entry.on)
    event.add("DTEND", entry.on + timedelta(days=1))
    event.add("SUMMARY", f"{entry.reference} {said['calendar_entry']}")
    day = writing.day(entry.until, language)
    event.add("DESCRIPTION", f"{said['due_by']} {day}")
    event.add("CLASS", "PRIVATE")
    event.add("TRANSP", "TRANSPARENT")
    return event
