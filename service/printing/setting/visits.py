"""A round of visits."""

from service.printing.setting.goods import listed
from service.printing.setting.speech import Told, free, of_code, person, province
from service.printing.setting.summary import due
from service.queries.papers_out.sheets import Visit, VisitSheet
from service.words import writing


def visits(sheet: VisitSheet) -> Told:
    return {"visits": [_visit(each) for each in sheet.visits]}


def _visit(visit: Visit) -> Told:
    return {
        "reference": visit.reference,
        "person": person(visit.person),
        "phone": writing.phone(visit.phone) if visit.phone else None,
        "no_message": visit.phone is not None and not visit.may_leave_message,
        "language": of_code(visit.language) if visit.language else None,
        "address": free(visit.address, "not_recorded"),
        "province": province(visit.province),
        "due": [due(each) for each in visit.due],
        "items": [listed(each) for each in visit.items],
    }
