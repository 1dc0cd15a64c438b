"""A form of consent."""

from service.printing.setting.speech import Told, free, person
from service.queries.papers_out.sheets import ConsentSheet


def consent(sheet: ConsentSheet) -> Told:
    return {
        "person": person(sheet.person),
        "identity": sheet.identity.number if sheet.identity else None,
        "guardian": free(sheet.guardian) if sheet.minor else None,
        "minor": sheet.minor,
        "purposes": [str(each) for each in sheet.purposes],
    }
