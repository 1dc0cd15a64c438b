"""A step that may be open on a case, drawn by chance."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from domain.case import steps as c
from domain.case.ending import SAID_BY_PEOPLE
from domain.case.vocabulary import Outcome, TrackEnd, TrackKind
from domain.message import Step
from domain.order import steps as o
from domain.project.vocabulary import Premises
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.problems import undecided
from domain.tracks.self_employment.vocabulary import ProblemDecision
from domain.values.money import CENTIME, NOTHING
from tests.closer import gathering, moves, plans, preparing
from tests.closer.moves import WHY, on_case
from tests.closer.site import TODAY, Site, Try

PRICES = (Decimal(1), Decimal(1), Decimal("0.9"), Decimal("0.877"), Decimal("1.1"))
"""Of what was planned."""


def of_case(site: Site, case_id: UUID) -> Try | None:
    """Mostly what comes next; at times it is closed."""
    random, track, chance = site.random, site.track(case_id), site.random.random()
    step: Step
    if not site.case(case_id).is_open:
        step = c.ReopenCase(occurred_on=TODAY, explanation=WHY)
        return on_case(case_id, step) if chance < 0.03 else None
    if case_id in site.outside.dead and site.case(case_id).died is None and chance > 0.6:
        step = moves.death()
    elif track.ended is not None and chance > 0.4:
        step = c.OpenTrack(occurred_on=TODAY, track=TrackKind.SELF_EMPLOYMENT)
    elif chance > 0.99:
        step = c.EndTrack(
            occurred_on=TODAY,
            track_id=site.track_id(case_id),
            ended_as=random.choice(list(TrackEnd)),
            explanation=WHY,
        )
    elif chance < (0.02 if track.delivered is None else 0.7):
        step = _closed(site, case_id)
    elif case_id in site.outside.dead and not track.approved and chance < 0.3:
        step = moves.closed(Outcome.DECEASED)
    elif not track.approved or (chance < 0.1 and track.pending):
        return preparing.of_project(site, case_id)
    elif not track.undertaking and random.random() < 0.7:
        step = s.SignUndertaking(occurred_on=TODAY)
    elif chance < 0.2:
        step = _changed(site, case_id)
    else:
        return _of_approval(site, case_id)
    return on_case(case_id, step)


def _closed(site: Site, case_id: UUID) -> Step:
    """As running, mostly, where all was handed over: once a visit says so, and all is decided."""
    random, track = site.random, site.track(case_id)
    if track.delivered is None or random.random() < 0.1:
        return moves.closed(random.choice([each.outcome for each in SAID_BY_PEOPLE]))
    for _, problem in undecided(track.problems):
        return moves.decision(problem, ProblemDecision.WRITTEN_OFF)
    lately = site.day - timedelta(days=150)
    if track.visited is None or track.visited.on < lately:
        return moves.visit(site, case_id)
    return moves.closed(Outcome.PROJECT_RUNNING)


def _changed(site: Site, case_id: UUID) -> Step:
    """What is bought for the same money, or what the holder pays of it."""
    random, project, chance = site.random, site.project(case_id), site.random.random()
    waiting = moves.to_order(site, case_id)
    if chance < 0.3 and project.own_due > NOTHING:
        own = moves.some(random, project.own_due) or CENTIME
        return s.RecordOwnPart(occurred_on=TODAY, amount=own, reference="R")
    if project.own_due < NOTHING:
        back = moves.some(random, -project.own_due) or CENTIME
        return s.GiveBackOwnPart(occurred_on=TODAY, amount=back, reference="R")
    if chance < 0.7 and waiting:
        number = random.choice(waiting)
        factor = random.choice([Decimal(1), Decimal("0.8"), Decimal("1.01")])
        by = plans.another(project.items[number], factor)
        return s.ReplaceItem(occurred_on=TODAY, item=number, by=by, explanation=WHY)
    return s.ChangeProject(
        occurred_on=TODAY,
        items=plans.again(project.items.values(), random),
        start_up_cash=min(project.cash_grant, Decimal(2000)),
        premises=Premises.STREET,
        explanation=WHY,
    )


def _of_approval(site: Site, case_id: UUID) -> Try | None:
    """Mostly one of what can be done with it; at times anything."""
    random, track, here = site.random, site.track(case_id), list(site.intact(case_id))
    cash, waiting = moves.cash_left(site, case_id), moves.to_order(site, case_id)
    anything = random.random() < 0.15
    weights = {
        _ordered_with_others: 6 if waiting or anything else 0,
        _handed_over: 3 if here or anything else 0,
        _cash_handed_over: 2 if cash or anything else 0,
        _dropped: 1 if waiting or cash or anything else 0,
        gathering.of_holder: 16 if here or track.on_list else anything,
        _visited: 1 if track.first_delivery or anything else 0,
        _of_another_source: 1,
        _ended: 0.3 if site.outside.present(case_id) else 8,
    }
    (draw,) = random.choices(list(weights), list(weights.values()))
    return draw(site, case_id)


def _ordered_with_others(site: Site, case_id: UUID) -> Try | None:
    others = min(len(site.cases), site.random.randint(0, 4))
    return _ordered(site, [case_id, *site.random.sample(site.cases, others)])


def _handed_over(site: Site, case_id: UUID) -> Try | None:
    here = list(site.intact(case_id)) or [1]
    some = site.random.sample(here, site.random.randint(1, len(here)))
    return on_case(case_id, moves.handed_over(site, some, NOTHING))


def _cash_handed_over(site: Site, case_id: UUID) -> Try | None:
    cash = moves.cash_left(site, case_id) or CENTIME
    return on_case(case_id, moves.handed_over(site, (), cash / site.random.randint(1, 2)))


def _dropped(site: Site, case_id: UUID) -> Try | None:
    random, waiting = site.random, moves.to_order(site, case_id)
    numbers = (random.choice(waiting or [1]),) if random.random() < 0.7 else ()
    return on_case(case_id, moves.dropped(*numbers, cash=random.random() < 0.3))


def _visited(site: Site, case_id: UUID) -> Try | None:
    return on_case(case_id, moves.visit(site, case_id))


def _of_another_source(site: Site, case_id: UUID) -> Try | None:
    """That pays its part of it, too."""
    return preparing.submitted(site, case_id)


def _ended(site: Site, case_id: UUID) -> Try | None:
    """Asked for, confirmed or refused."""
    refuse = on_case(case_id, c.RefuseCaseRequest(occurred_on=TODAY, explanation=WHY))
    return moves.answered(site, [*moves.ended(site, case_id)], refuse)


def after_delivery(site: Site, case_id: UUID) -> Try:
    """A problem, what is decided of one, or what came back: each whether the case is open or not."""
    random, problems = site.random, list(site.track(case_id).problems.values())
    handed, chance = sorted(site.handed_over(case_id).in_hands), random.random()
    problem = random.choice([*problems, *problems, None])
    if problem is None:
        step = moves.problem(site, case_id, handed)
    elif chance < 0.4:
        recovery = [ProblemDecision.RECOVERY] * 3
        step = moves.decision(problem, random.choice([*recovery, *ProblemDecision]))
    elif chance < 0.9:
        items = tuple(random.sample(handed, random.randint(0, len(handed))))
        amount = Decimal(random.randint(1, 9000)) if random.random() < 0.7 else None
        step = moves.recovery(site, case_id, problem, items, amount)
    else:
        step = s.ResolveProblem(
            occurred_on=TODAY,
            raised_on=problem.raised.on,
            number=problem.number,
            explanation=WHY,
        )
    return on_case(case_id, step)


def _ordered(site: Site, cases: Iterable[UUID]) -> Try | None:
    """One order for several people, of some of what they wait for, cheaper or dearer or neither."""
    random, lines = site.random, list[o.LineOrdered]()
    for case_id in dict.fromkeys(cases):
        if site.track(case_id).undertaking is None:
            continue
        for number in moves.to_order(site, case_id):
            planned = site.project(case_id).items[number].bought
            price = (planned * random.choice(PRICES)).quantize(CENTIME)
            own = random.choice([NOTHING, max(NOTHING, price - planned)])
            if random.random() < 0.5:
                lines.append(moves.line(site, case_id, number, price, own))
    return moves.placed(site, random.choice(moves.SUPPLIERS), lines) if lines else None
