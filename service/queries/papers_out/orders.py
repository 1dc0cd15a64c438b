"""The papers of an order: a delivery slip for each case that something of it has come in for."""

from collections.abc import Iterator

from service.access.reader import Reading
from service.access.scope import case_shown
from service.access.things import SeenCase, SeenOrder
from service.queries.orders import get_order
from service.queries.papers_out.cases import slip_of
from service.queries.papers_out.goods import projects_told
from service.queries.papers_out.printing import position_of, printout, require_printable
from service.queries.papers_out.sheets import Paper, Printout, Slip


def print_order_slips(reading: Reading, order: SeenOrder) -> Printout:
    """By reference, of the lines that the reader may read.

    Raises `Refused("nothing_to_print")`, and `Rejected("too_much_to_print")`.
    """
    position = position_of(reading)
    return printout(reading, Paper.DELIVERY_SLIP, position, _slips(reading, order))


def _slips(reading: Reading, order: SeenOrder) -> Iterator[Slip]:
    lines = {
        (each.reference, each.case_id, each.project_id)
        for each in get_order(reading, order).lines
        if each.reference and each.received_on and not each.in_stock
    }
    require_printable(len(lines))
    told = projects_told(reading, {project for _, _, project in lines})
    for _, case_id, project in sorted(lines):
        case = SeenCase(case_id, case_shown(reading.ledger, case_id))
        slip = slip_of(reading, case, told[project], None)
        if slip is not None:
            yield slip
