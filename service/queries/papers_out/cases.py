"""The papers of one case that are signed, and its summary."""

from collections.abc import Iterator
from datetime import date

from domain.case.moment import Moment
from domain.errors import Refused
from domain.tracks.self_employment.state import SelfEmployment, handovers_of
from domain.values.money import NOTHING
from projections.views.projects import ProjectFacts, facts_of
from service.access.reader import Reading
from service.access.table import centre_bound
from service.access.things import SeenCase
from service.queries.ceremonies import standing_of
from service.queries.papers_out.due import due_of
from service.queries.papers_out.goods import (
    Told,
    approved_items,
    items_of,
    projects_told,
    to_hand_over,
)
from service.queries.papers_out.people import person_of, registered
from service.queries.papers_out.printing import position_of, printout
from service.queries.papers_out.sheets import (
    Collection,
    Milestone,
    Paper,
    Passed,
    Printout,
    Site,
    Slip,
    Summary,
    SummaryItem,
    SummaryTrack,
    Undertaking,
)


def print_delivery_slip(reading: Reading, case: SeenCase) -> Printout:
    """What waits to be handed over on each track; where nothing does, what was.

    Raises `Refused("nothing_to_print")`.
    """
    position = position_of(reading)
    return printout(reading, Paper.DELIVERY_SLIP, position, _slips(reading, case))


def _slips(reading: Reading, case: SeenCase) -> Iterator[Slip]:
    for _, told in _projects(reading, case):
        slip = slip_of(reading, case, told, None) if told else None
        if slip is not None:
            yield slip


def _projects(reading: Reading, case: SeenCase) -> Iterator[tuple[SelfEmployment, Told | None]]:
    """The tracks on which something is handed over, each with its project."""
    tracks = [each for each in case.state.tracks.values() if isinstance(each, SelfEmployment)]
    told = projects_told(reading, {each.project_id for each in tracks if each.project_id})
    for track in tracks:
        yield track, told.get(track.project_id) if track.project_id else None


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
        handed_on=_handed_on(case, told) if goods.handed else None,
        items=goods.items,
        cash=cash,
    )


def _handed_on(case: SeenCase, told: Told) -> date | None:
    """The day on which something of the project was handed over last."""
    days = (each.on for each in handovers_of(case.state) if each.project_id == told.project_id)
    return max(days, default=None)


def print_undertaking(reading: Reading, case: SeenCase) -> Printout:
    """The undertaking not to sell what was approved: an adult's.

    Raises `Refused("holder_is_minor")`, and `Refused("nothing_to_print")`.
    """
    position = position_of(reading)
    if case.state.is_minor(reading.today):
        raise Refused("holder_is_minor")
    return printout(reading, Paper.UNDERTAKING, position, _undertakings(reading, case))


def _undertakings(reading: Reading, case: SeenCase) -> Iterator[Undertaking]:
    known = registered(reading, case.state)
    for track, told in _projects(reading, case):
        if told and told.state.approved:
            yield Undertaking(
                collection=Collection.CASES,
                thing_id=case.id,
                reference=case.state.reference,
                person=person_of(reading, case.state),
                identity=known.identity if known else None,
                address=known.address if known else None,
                trade=told.state.trade,
                items=approved_items(told),
                equipment=told.state.equipment_amount,
                cash=told.state.cash_grant,
                signed_on=_day(track.undertaking),
            )


def _day(moment: Moment | None) -> date | None:
    return moment.on if moment else None


def print_case_summary(reading: Reading, case: SeenCase) -> Printout:
    """The case in neutral words: what was reached, with what money, and what falls due."""
    position = position_of(reading)
    state = case.state
    sheet = Summary(
        collection=Collection.CASES,
        thing_id=case.id,
        reference=state.reference,
        person=person_of(reading, state),
        opened_on=_day(state.opened),
        closed=not state.is_open,
        tracks=tuple(_track(*each) for each in _projects(reading, case)),
        due=due_of(reading, state),
    )
    return printout(reading, Paper.CASE_SUMMARY, position, [sheet])


def _track(track: SelfEmployment, told: Told | None) -> SummaryTrack:
    return SummaryTrack(
        trade=told.state.trade if told else track.trade,
        passed=tuple(_passed(track)),
        items=tuple(_items(told)) if told else (),
        facts=ProjectFacts(**facts_of(told.state)) if told else None,
    )


def _passed(track: SelfEmployment) -> Iterator[Passed]:
    moments = {
        Milestone.OPENED: track.opened,
        Milestone.PROPOSED: track.proposed,
        Milestone.APPROVED: track.approved,
        Milestone.UNDERTAKING: track.undertaking,
        Milestone.ORDERED: track.ordered,
        Milestone.RECEIVED: track.received,
        Milestone.DELIVERED: track.delivered,
        Milestone.VISITED: track.visited,
    }
    for milestone, moment in moments.items():
        if moment is not None:
            yield Passed(milestone=milestone, on=moment.on)


def _items(told: Told) -> Iterator[SummaryItem]:
    for each in items_of(told, lambda item: not item.dropped):
        found = told.state.found.get(each.item)
        yield SummaryItem(
            **dict(each),
            standing=standing_of(told.state.items[each.item]),
            condition=found.condition if found else None,
        )
