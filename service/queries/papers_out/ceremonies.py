"""The papers of a ceremony: of those of its lines that the reader may read."""

from collections.abc import Iterator

from domain.ceremony.state import CeremonyState
from domain.ceremony.vocabulary import SiteKind
from service.access.reader import Reading
from service.access.scope import SeenCase, SeenCeremony, case_state
from service.queries.ceremonies import LineStanding, get_ceremony
from service.queries.papers_out.cases import slip_of
from service.queries.papers_out.goods import projects_told
from service.queries.papers_out.printing import position_of, printout, require_printable
from service.queries.papers_out.sheets import Paper, Printout, Site, Slip

NOT_COMING = frozenset({LineStanding.REPLACED, LineStanding.ABSENT})


def print_ceremony_slips(reading: Reading, ceremony: SeenCeremony) -> Printout:
    """A delivery slip for each line whose person the reader may know, by reference.

    Raises `Refused("nothing_to_print")`, and `Rejected("too_much_to_print")`.
    """
    position = position_of(reading)
    return printout(reading, Paper.DELIVERY_SLIP, position, _slips(reading, ceremony))


def _slips(reading: Reading, ceremony: SeenCeremony) -> Iterator[Slip]:
    lines = sorted(
        (each.reference, each.case_id, each.project_id)
        for each in get_ceremony(reading, ceremony).lines
        if each.reference and each.project_id and each.state not in NOT_COMING
    )
    require_printable(len(lines))
    told = projects_told(reading, {project for _, _, project in lines})
    site = site_of(ceremony.state)
    for _, case_id, project in lines:
        case = SeenCase(case_id, case_state(reading.ledger, case_id))
        slip = slip_of(reading, case, told[project], site)
        if slip is not None:
            yield slip


def site_of(state: CeremonyState) -> Site | None:
    if state.city is None or state.held_on is None:
        return None
    said = None if state.site is SiteKind.PRISON else state.site_name
    return Site(name=said, city=state.city, held_on=state.held_on)
