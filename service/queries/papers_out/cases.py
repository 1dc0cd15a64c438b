"""The papers of one case."""

from collections.abc import Iterator

from domain.case.state import CaseState
from domain.tracks.self_employment.state import SelfEmployment
from domain.values.money import NOTHING
from service.access.reader import Reading
from service.access.scope import SeenCase
from service.access.table import centre_bound
from service.queries.papers_out.goods import Told, projects_told, to_hand_over
from service.queries.papers_out.people import person_of, registered
from service.queries.papers_out.printing import position_of, printout
from service.queries.papers_out.sheets import Collection, Paper, Printout, Site, Slip


def print_delivery_slip(reading: Reading, case: SeenCase) -> Printout:
    """What waits to be handed over on each track; where nothing does, what was.

    Raises `Refused("nothing_to_print")`.
    """
    position = position_of(reading)
    return printout(reading, Paper.DELIVERY_SLIP, position, _slips(reading, case))


def _slips(reading: Reading, case: SeenCase) -> Iterator[Slip]:
    projects = [track.project_id for track in tracks_of(case.state) if track.project_id]
    told = projects_told(reading, projects)
    for project_id in projects:
        slip = slip_of(reading, case, told[project_id], None)
        if slip is not None:
            yield slip


def tracks_of(case: CaseState) -> Iterator[SelfEmployment]:
    """Those on which something is handed over."""
    return (track for track in case.tracks.values() if isinstance(track, SelfEmployment))


def slip_of(reading: Reading, case: SeenCase, told: Told, site: Site | None) -> Slip | None:
    """The slip for a project; None where nothing of it is to be signed for."""
    goods = to_hand_over(told)
    minor = case.state.is_minor(reading.today)
    cash = None if minor or goods.cash == NOTHING else goods.cash
    if not goods.items and cash is None:
        return None
    own = centre_bound(reading.reader.actor) in (None, case.state.centre)
    known = registered(reading, case.state) if own else None
    return Slip(
        collection=Collection.CASES,
        thing_id=case.id,
        reference=case.state.reference,
        person=person_of(reading, case.state),
        identity=known.identity if known else None,
        minor=minor,
        guardian=known.guardian.name if known and known.guardian else None,
        trade=told.state.trade,
        site=site,
        handed_on=None,
        items=goods.items,
        cash=cash,
    )
