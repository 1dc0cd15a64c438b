"""A cohort's sheet for one day."""

from service.printing.setting.speech import Told, day, free, of_code, person
from service.queries.papers_out.sheets import AttendanceLine, AttendanceSheet


def attendance(sheet: AttendanceSheet) -> Told:
    named = sheet.provider
    return {
        "trade": of_code(sheet.trade),
        "provider": {"ar": named.name_ar, "fr": named.name_fr} if named else None,
        "timetable": free(sheet.timetable) if sheet.timetable else None,
        "on": day(sheet.on),
        "day_off": sheet.day_off,
        "lines": [_line(each) for each in sheet.lines],
    }


def _line(line: AttendanceLine) -> Told:
    """What is recorded already stands there, and is not signed."""
    return {
        "reference": line.reference,
        "person": person(line.person),
        "told": of_code(line.told) if line.told else None,
    }
