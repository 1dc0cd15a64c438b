"""The paper of a cohort: a sheet for one day, on which whoever comes signs; of one's own people."""

from datetime import date

from service.access.reader import Reading
from service.access.things import SeenCohort
from service.queries.cohorts import Trainee, get_cohort
from service.queries.naming import said_of
from service.queries.papers_out.printing import position_of, printout
from service.queries.papers_out.sheets import (
    AttendanceLine,
    AttendanceSheet,
    Collection,
    Named,
    Paper,
    Person,
    Printout,
)


def print_attendance_sheet(
    reading: Reading, cohort: SeenCohort, day: date | None = None
) -> Printout:
    """Those who are in it on that day, by their names; today's where no day is given."""
    position, on = position_of(reading), day or reading.today
    found = get_cohort(reading, cohort, on)
    people = sorted((each for each in found.people if each.there_on(on)), key=_by_reference)
    reading.saw_cases.update(each.case_id for each in people if each.reference)
    sheet = AttendanceSheet(
        collection=Collection.COHORTS,
        thing_id=cohort.id,
        reference=None,
        trade=found.trade,
        provider=Named.of(said_of(reading, found.provider, on)),
        timetable=found.timetable,
        on=on,
        day_off=not reading.calendar.is_working_day(on),
        lines=tuple(_line(each) for each in people),
    )
    return printout(reading, Paper.ATTENDANCE_SHEET, position, [sheet])


def _by_reference(person: Trainee) -> tuple[bool, str]:
    return person.reference is None, person.reference or ""


def _line(person: Trainee) -> AttendanceLine:
    who = Person(
        name_ar=person.name_ar,
        name_latin=person.name_latin,
        erased_on=person.erased_on,
        key_lost=person.key_lost,
    )
    return AttendanceLine(reference=person.reference, person=who, told=person.told)
