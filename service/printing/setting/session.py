"""A session's list, and its decisions."""

from decimal import Decimal

from domain.values.money import total
from service.printing.setting.speech import BOTH, Told, day, figures, of_code, person
from service.queries.papers_out.sheets import SessionLine, SessionSheet
from service.words import writing

UNKNOWN = "—"


def session(sheet: SessionSheet) -> Told:
    committee, region = sheet.committee, {e.value: writing.region(sheet.region, e) for e in BOTH}
    named = {"ar": committee.name_ar, "fr": committee.name_fr} if committee else None
    return {
        "body": named or of_code(sheet.body),
        "region": region if all(region.values()) else None,
        "on": day(sheet.meets_on),
        "minutes": sheet.minutes,
        "lines": [_line(each) for each in sheet.lines],
        "asked": figures(total(each.asked for each in sheet.lines if each.asked is not None)),
        "approved": figures(total(_approved(each) for each in sheet.lines)),
    }


def _approved(line: SessionLine) -> Decimal:
    return total(each for each in (line.equipment, line.cash) if each is not None)


def _line(line: SessionLine) -> Told:
    return {
        "reference": line.reference,
        "person": person(line.person),
        "trade": of_code(line.trade) if line.trade else None,
        "appeal": line.appeal,
        "asked": _sum(line.asked),
        "recommended": _sum(line.recommended),
        "decision": of_code(line.decision) if line.decision else None,
        "approved": figures(_approved(line)) if line.equipment is not None else None,
    }


def _sum(amount: Decimal | None) -> str:
    return UNKNOWN if amount is None else figures(amount)
