"""What happens by chance: steps in the house, and facts outside."""

from collections.abc import Callable
from uuid import UUID

from tests.closer import (
    alongside,
    chances,
    correcting,
    custody,
    daily,
    funding,
    gathering,
    mistakes,
    moves,
    ordering,
    people,
)
from tests.closer.drawn import kinds_of
from tests.closer.site import Site, Try

HAPPENS = 0.05
"""How often something happens outside, and not in the house."""
PASSES, DAYS = 0.15, 12
"""How often time passes; and how many days, in the mean."""
ENTERED_LATE = 0.1
"""How often a step is dated earlier than today."""

CORRECTED = 0.04
"""How often a decision or a delivery is told otherwise."""
ARRESTED = 0.05
"""How often it is about somebody's custody."""
MENDED = 0.06
"""How often an entry of a case is told otherwise, or no more."""
DAILY, DAILY_AFTER = 0.04, 0.25
"""How often somebody is met, or a review put off; and of who was handed something."""
KNOWN = 0.02
"""How often it is about who somebody is."""
BESIDE = 0.1
"""How often it is about a track beside a project's."""
AFTER = 0.15
"""How often it is about what was handed over to somebody, where anything was."""


OF_A_CASE: tuple[tuple[float, Callable[[Site, UUID], Try | None]], ...] = (
    (CORRECTED, correcting.of_case),
    (ARRESTED, custody.in_custody),
    (MENDED, mistakes.of_case),
    (DAILY, daily.of_case),
    (KNOWN, people.of_person),
    (BESIDE, alongside.of_case),
)


def go_on(site: Site, tries: int) -> int:
    """So many things tried by chance; how many steps passed."""
    before, random = len(site.taken), site.random
    for _ in range(tries):
        if random.random() < HAPPENS:
            happen(site)
        if random.random() < PASSES:
            site.books.pass_days(1 + int(random.expovariate(1 / DAYS)))
        site.late = random.randint(1, 40) if random.random() < ENTERED_LATE else 0
        if (each := _any(site)) and (recorded := site.take(each)) is not None:
            site.drawn.update(kinds_of(each.step, recorded, site))
    site.late = 0
    return len(site.taken) - before


def _any(site: Site) -> Try | None:
    random, kind = site.random, site.random.random()
    handed = [each for each in site.cases if site.track(each).first_delivery]
    if handed and random.random() < AFTER:
        follow = daily.of_case if random.random() < DAILY_AFTER else chances.after_delivery
        return follow(site, random.choice(handed))
    for often, drawn in OF_A_CASE:
        if kind < often:
            return drawn(site, random.choice(site.cases))
        kind -= often
    kind += sum(often for often, _ in OF_A_CASE)
    if kind < 0.5 or not site.orders:
        return chances.of_case(site, random.choice(site.cases))
    if kind < 0.86:
        return ordering.of_order(site, random.choice(site.orders))
    if kind < 0.9 and site.ceremonies:
        return gathering.of_ceremony(site, random.choice(site.ceremonies))
    return funding.of_agreement(site, random.choice(site.agreements))


def happen(site: Site) -> None:
    """Something outside."""
    random, outside = site.random, site.outside
    match random.randint(0, 7):
        case 0:
            outside.gone.add(random.choice(moves.SUPPLIERS))
        case 1:
            outside.dead.add(random.choice(site.cases))
        case 2:
            outside.left.add(random.choice(site.cases))
        case 3:
            outside.stopped.add(random.choice(site.cases))
        case 4:
            outside.unwilling.add(random.choice(site.agreements))
        case 5:
            outside.penniless.add(random.choice(site.cases))
        case 6:
            sell(site, random.choice(site.cases))
        case _ if site.orders:
            perish(site)
        case _:
            pass


def sell(site: Site, case_id: UUID) -> None:
    """Something that was handed over is given away for money."""
    numbers = sorted(site.handed_over(case_id).in_hands)
    handed = [site.goods_handed(case_id, number) for number in numbers]
    if here := [each for each in handed if each is not None]:
        site.outside.sold.add(site.random.choice(here))


def perish(site: Site) -> None:
    """Goods that nobody has yet are burnt, or stolen."""
    order_id = site.random.choice(site.orders)
    lines = site.order(order_id).lines.items()
    nobodys = [n for n, line in lines if line.is_open and not site.delivered(order_id, n)]
    if nobodys:
        site.outside.perished.add((order_id, site.random.choice(nobodys)))
