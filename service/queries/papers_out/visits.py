"""The sheet that goes along on visits: who, where, by which phone, what for."""

from collections.abc import Iterator
from dataclasses import replace

from domain.case.state import CaseState
from domain.tracks.self_employment.state import projects_of
from projections.views import caseload
from projections.views.pages import Part
from service.access.reader import Reading
from service.access.scope import case_shown
from service.access.things import SeenCase
from service.queries.absences import with_absent
from service.queries.papers_out.due import AT_THE_DOOR, NOW, OUTSTANDING, due_of
from service.queries.papers_out.goods import in_hands, projects_told
from service.queries.papers_out.people import person_of, registered
from service.queries.papers_out.printing import (
    MOST_SHEETS,
    position_of,
    printout,
    require_printable,
)
from service.queries.papers_out.sheets import (
    Collection,
    DueReview,
    Paper,
    Printout,
    Visit,
    VisitSheet,
)


def print_visit_sheet(reading: Reading, case: SeenCase) -> Printout:
    """For one visit: what falls due, today or later."""
    position = position_of(reading)
    due = due_of(reading, case.state, OUTSTANDING, AT_THE_DOOR)
    sheet = VisitSheet(
        collection=Collection.CASES,
        thing_id=case.id,
        reference=case.state.reference,
        visits=(_visit(reading, case.state, due),),
    )
    return printout(reading, Paper.VISIT_SHEET, position, [sheet])


def print_visit_sheets(reading: Reading, filters: caseload.Filters) -> Printout:
    """A round: whoever is to be seen now, the longest overdue first.

    Raises `Refused("nothing_to_print")`, and `Rejected("too_much_to_print")`.
    """
    position = position_of(reading)
    visits = tuple(_visits(reading, with_absent(reading, filters)))
    sheet = VisitSheet(
        collection=Collection.VISITS,
        thing_id=reading.reader.actor.id,
        reference=None,
        visits=visits,
    )
    return printout(reading, Paper.VISIT_SHEET, position, [sheet] if visits else [])


def _visits(reading: Reading, filters: caseload.Filters) -> Iterator[Visit]:
    rows: list[caseload.Case] = []
    with reading.views.reading() as conn:
        for status in ("overdue", "due"):
            part = Part("overdue", None, MOST_SHEETS + 1)
            those = replace(filters, status=status)
            rows += caseload.find(conn, those, reading.today, part).rows
    cases = list(dict.fromkeys(row.case_id for row in rows))
    require_printable(len(cases))
    for case_id in cases:
        case = case_shown(reading.ledger, case_id)
        due = due_of(reading, case, NOW, AT_THE_DOOR)
        if due:
            yield _visit(reading, case, due)


def _visit(reading: Reading, case: CaseState, due: tuple[DueReview, ...]) -> Visit:
    known = registered(reading, case)
    told = projects_told(reading, set(projects_of(case)))
    return Visit(
        reference=case.reference,
        person=person_of(reading, case),
        phone=known.phone if known else None,
        may_leave_message=known.may_leave_message if known else False,
        language=known.language if known else None,
        address=known.address if known else None,
        province=case.province,
        due=due,
        items=tuple(item for each in told.values() for item in in_hands(each)),
    )
