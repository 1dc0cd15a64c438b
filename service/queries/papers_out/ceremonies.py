"""The papers of a ceremony: of those of its lines that the reader may read."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from domain.ceremony.events import CeremonyHeld
from domain.ceremony.state import CeremonyState
from domain.ceremony.vocabulary import SiteKind
from domain.message import StreamKind, stream_id
from domain.values.money import total
from service.access.reader import Reading
from service.access.scope import case_shown
from service.access.things import SeenCase, SeenCeremony
from service.queries.ceremonies import Ceremony, Line, LineStanding, get_ceremony
from service.queries.papers_out.cases import slip_of
from service.queries.papers_out.goods import Told, approved_items, projects_told
from service.queries.papers_out.printing import position_of, printout, require_printable
from service.queries.papers_out.sheets import (
    CeremonySheet,
    Collection,
    ListedLine,
    Paper,
    Person,
    Printout,
    Site,
    Slip,
)

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
        case = SeenCase(case_id, case_shown(reading.ledger, case_id))
        slip = slip_of(reading, case, told[project], site)
        if slip is not None:
            yield slip


def site_of(state: CeremonyState) -> Site | None:
    if state.city is None or state.held_on is None:
        return None
    said = None if state.site is SiteKind.PRISON else state.site_name
    return Site(name=said, city=state.city, held_on=state.held_on)


def print_ceremony_list(reading: Reading, ceremony: SeenCeremony) -> Printout:
    """Who is on the list and gets what."""
    position = position_of(reading)
    sheet = _sheet(reading, ceremony)
    return printout(reading, Paper.CEREMONY_LIST, position, [sheet])


def print_ceremony_minutes(reading: Reading, ceremony: SeenCeremony) -> Printout:
    """What came of it: by what was confirmed of its day, the others apart."""
    position = position_of(reading)
    sheet = _sheet(reading, ceremony)
    return printout(reading, Paper.CEREMONY_MINUTES, position, [sheet])


def _sheet(reading: Reading, ceremony: SeenCeremony) -> CeremonySheet:
    found = get_ceremony(reading, ceremony)
    lines = tuple(_lines(reading, found))
    return CeremonySheet(
        collection=Collection.CEREMONIES,
        thing_id=ceremony.id,
        reference=None,
        site=site_of(ceremony.state),
        province=found.province,
        presided_by=found.presided_by,
        attended=_attended(reading, ceremony),
        held=found.status == "held",
        lines=lines,
        goods=total(each.goods for each in lines),
        cash=total(each.cash for each in lines),
    )


def _lines(reading: Reading, ceremony: Ceremony) -> Iterator[ListedLine]:
    """By reference; those who are not named stand last."""
    known = [each.project_id for each in ceremony.lines if each.project_id and each.reference]
    told = projects_told(reading, set(known))
    reading.saw_cases.update(each.case_id for each in ceremony.lines if each.reference)
    for line in sorted(ceremony.lines, key=_by_reference):
        yield _line(line, told)


def _by_reference(line: Line) -> tuple[bool, str, UUID]:
    return line.reference is None, line.reference or "", line.case_id


def _line(line: Line, told: Mapping[UUID, Told]) -> ListedLine:
    project = told.get(line.project_id) if line.project_id and line.reference else None
    return ListedLine(
        reference=line.reference,
        person=Person(
            name_ar=line.name_ar,
            name_latin=line.name_latin,
            erased_on=line.erased_on,
            key_lost=line.key_lost,
        ),
        state=line.state,
        items=approved_items(project) if project else (),
        cash_grant=line.cash_grant or None,
        goods=line.goods,
        cash=line.cash,
    )


def _attended(reading: Reading, ceremony: SeenCeremony) -> tuple[str, ...]:
    events = reading.ledger.history(stream_id(StreamKind.CEREMONY, ceremony.id))
    held = (each.event for each in events if isinstance(each.event, CeremonyHeld))
    return next((each.attended for each in held), ())
