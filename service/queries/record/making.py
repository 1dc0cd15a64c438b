"""A person's record, put together from their streams: those of the registrations that go by them too."""

from collections.abc import Iterator

from domain.beneficiary.vocabulary import Language as Spoken
from domain.errors import Refused
from service.access.reader import Reading
from service.access.things import SeenPerson
from service.queries.history import Moment, Stretch, history
from service.queries.papers_out.printing import position_of, printout
from service.queries.papers_out.sheets import (
    Collection,
    Paper,
    Person,
    Printout,
    RecordSheet,
)
from service.queries.people import get_beneficiary
from service.queries.record.beside import complaints_of, recorded_papers
from service.queries.record.sections import sections
from service.queries.record.shape import PersonRecord, RecordedStream
from service.queries.record.theirs import Theirs, streams_of, theirs_of
from service.words.language import Language

MOST = 100_000
READ_IN = {
    Spoken.FRENCH: Language.FRENCH,
    Spoken.ENGLISH: Language.ENGLISH,
    Spoken.OTHER: Language.FRENCH,
}
"""Who speaks Darija, Tamazight or Arabic reads, or is read to, in Arabic; so is who said nothing."""


def get_person_record(
    reading: Reading, person: SeenPerson, language: Language | None = None
) -> PersonRecord:
    """Raises `Refused("erased")`, and `Refused("person_merged")` for who goes by another."""
    position, state = position_of(reading), person.state
    if state.erased:
        raise Refused("erased")
    if state.merged_into is not None:
        raise Refused("person_merged")
    chosen = language or READ_IN.get(state.language or Spoken.ARABIC, Language.ARABIC)
    theirs = theirs_of(reading, person)
    return PersonRecord(
        beneficiary_id=person.id,
        language=chosen.value,
        position=position,
        made_at=reading.clock(),
        person=get_beneficiary(reading, person),
        sections=tuple(sections(reading, theirs, chosen)),
        streams=tuple(_recorded(reading, theirs)),
        papers=tuple(recorded_papers(reading, theirs)),
    )


def print_person_record(
    reading: Reading, person: SeenPerson, language: Language | None = None
) -> Printout:
    """As `get_person_record`, on paper."""
    record, state = get_person_record(reading, person, language), person.state
    sheet = RecordSheet(
        collection=Collection.PEOPLE,
        thing_id=person.id,
        reference=None,
        person=Person(
            name_ar=state.name_ar,
            name_latin=state.name_latin,
            erased_on=state.erased_on,
            key_lost=state.key_lost,
        ),
        language=Language(record.language),
        sections=record.sections,
    )
    return printout(reading, Paper.PERSON_RECORD, record.position, [sheet])


def _recorded(reading: Reading, theirs: Theirs) -> Iterator[RecordedStream]:
    for stream in (*streams_of(theirs), *complaints_of(reading, theirs)):
        found = history(reading, stream, Stretch(Moment(), 0, MOST, stated=False))
        yield RecordedStream(stream=stream, events=found.events)
