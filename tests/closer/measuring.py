"""How far a programme is from its end: each number counts more than all that follow."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from uuid import UUID

from domain.case.state import CaseState
from domain.message import StreamKind
from domain.order.vocabulary import LineStatus
from domain.project.item import Item
from domain.tracks.self_employment.problems import Problem, undecided
from domain.tracks.self_employment.state import SelfEmployment
from domain.values.money import NOTHING
from tests.closer.site import Site, stream_of
from tests.closer.stocking import in_stock

Measure = tuple[int, ...]


class Measuring:
    """Of one programme, while nothing happens outside; only what changed is looked at again."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[UUID, tuple[tuple[object, ...], Measure]] = {}

    def now(self) -> Measure:
        """Agreements and cases open, approvals unsettled, things on their way, and what is owed.

        Last what takes two people, and was not asked for; and deaths that nobody told.
        """
        site = self._site
        parts = (
            *(self._of(each, (site.agreement(each),), _of_agreement) for each in site.agreements),
            *(
                self._of(each, (site.case(each), site.project(each)), _of_case)
                for each in site.cases
            ),
            *(self._of(each, _about(site, each), _of_order) for each in site.orders),
            *(self._of(each, (site.ceremony(each),), _of_ceremony) for each in site.ceremonies),
            *(self._of(each, (site.cohort(each),), _of_cohort) for each in site.cohorts),
        )
        return tuple(map(sum, zip(*parts, strict=True)))

    def _of(
        self, name: UUID, states: tuple[object, ...], count: Callable[[Site, UUID], Measure]
    ) -> Measure:
        before, measure = self._known.get(name, ((), ()))
        if len(before) != len(states) or any(
            a is not b for a, b in zip(before, states, strict=True)
        ):
            measure = count(self._site, name)
            self._known[name] = states, measure
        return measure


def _of_agreement(site: Site, agreement_id: UUID) -> Measure:
    agreement = site.agreement(agreement_id)
    unsettled = sum(not each.settled for each in agreement.approvals.values())
    afloat = int(100 * (agreement.lacking + max(agreement.in_hand, NOTHING)))
    return (not agreement.closed, 0, unsettled, 0, 0, 0, 0, 0, 0, afloat, 0, 0, 0)


def _of_case(site: Site, case_id: UUID) -> Measure:
    track, is_open = site.track(case_id), site.case(case_id).is_open
    unsigned = track.approved is not None and track.undertaking is None
    unasked = (track.approved is not None) - len(site.waiting_in(case_id, "end-approval"))
    problems = {
        str(number): each for number, (_, each) in enumerate(problems_of(site.case(case_id)))
    }
    open_problems = sum(1 for _ in undecided(problems)) if is_open else 0
    untold = case_id in site.outside.dead and site.case(case_id).died is None
    unvisited, rank = track.visited is None, _item_rank(site, case_id)
    cash = int(100 * _cash_left(site, case_id))
    return (0, is_open, 0, rank, 0, cash, unsigned, open_problems, unvisited, 0, 0, unasked, untold)


def problems_of(case: CaseState) -> Iterator[tuple[UUID, Problem]]:
    """Of each of its tracks."""
    for track_id, track in case.tracks.items():
        if isinstance(track, SelfEmployment):
            yield from ((track_id, each) for each in track.problems.values())


def _about(site: Site, order_id: UUID) -> tuple[object, ...]:
    """An order, and the projects on its lines."""
    order = site.order(order_id)
    return (order, *(site.project_named(line.project_id) for line in order.lines.values()))


def _of_order(site: Site, order_id: UUID) -> Measure:
    order = site.order(order_id)
    asked = len(site.waiting(stream_of(StreamKind.ORDER, order_id)))
    unasked = sum(line.is_open for line in order.lines.values()) - asked
    stock, owed = _stock(site, order_id), _owed(site, order_id)
    return (0, 0, 0, 0, stock, owed, 0, 0, 0, 0, 0, unasked, 0)


def _of_ceremony(site: Site, ceremony_id: UUID) -> Measure:
    ceremony = site.ceremony(ceremony_id)
    return (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, not (ceremony.held or ceremony.cancelled), 0, 0)


def _of_cohort(site: Site, cohort_id: UUID) -> Measure:
    """Among lists: whether it is over, and whose place is not free."""
    cohort = site.cohort(cohort_id)
    going_on = not (cohort.ended or cohort.cancelled)
    return (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, going_on + cohort.taken, 0, 0)


def open_of(site: Site) -> Iterator[str]:
    """What is open still, in words."""
    for agreement_id in site.agreements:
        agreement = site.agreement(agreement_id)
        if not agreement.closed or agreement.in_hand > NOTHING:
            yield f"agreement {agreement_id}: in hand {agreement.in_hand}, {agreement.money}"
    for case_id in site.cases:
        if site.case(case_id).is_open:
            yield f"case {case_id}: {site.track(case_id).equipment} {site.project(case_id).items}"
    for order_id in site.orders:
        if _stock(site, order_id) or _owed(site, order_id):
            yield f"order {order_id}: {site.order(order_id)}"
    yield from _open_lists(site)


def _open_lists(site: Site) -> Iterator[str]:
    for ceremony_id in site.ceremonies:
        if any(_of_ceremony(site, ceremony_id)):
            yield f"ceremony {ceremony_id}: {site.ceremony(ceremony_id)}"
    for cohort_id in site.cohorts:
        if any(_of_cohort(site, cohort_id)):
            yield f"cohort {cohort_id}: {site.cohort(cohort_id)}"


def _item_rank(site: Site, case_id: UUID) -> int:
    """Of the goods and the cash that an approval stands for: what is handed over is nothing."""
    if site.track(case_id).approved is None:
        return 0
    project = site.project(case_id)
    goods = sum(_rank(site, case_id, n, item) for n, item in project.items.items())
    return goods + (_cash_left(site, case_id) > NOTHING)


def _cash_left(site: Site, case_id: UUID) -> Decimal:
    """Approved, and not handed over yet: of several agreements it is, one after the other."""
    project = site.project(case_id)
    if site.track(case_id).approved is None or project.cash_dropped:
        return NOTHING
    return max(NOTHING, project.cash_grant - project.cash_paid)


def _rank(site: Site, case_id: UUID, number: int, item: Item) -> int:
    """Here 1, on its way 2, to be ordered 3, never to come 4."""
    if item.settled:
        return 0
    if item.order_id is None:
        return 3
    if site.goods_of(case_id, number) in site.outside.perished:
        return 4
    if item.received_on is not None:
        return 1
    return 4 if site.order(item.order_id).supplier in site.outside.gone else 2


def _stock(site: Site, order_id: UUID) -> int:
    """Lines that nobody's approval stands for any more."""
    return sum(
        2 if line.status is LineStatus.ORDERED else 1 for _, line in in_stock(site, order_id)
    )


def _owed(site: Site, order_id: UUID) -> int:
    """In centimes."""
    lines = site.order(order_id).lines.values()
    return sum(int(100 * line.owed(each)) for line in lines for each in line.parts)
