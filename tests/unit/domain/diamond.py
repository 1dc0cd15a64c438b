"""Random states of a programme, random steps for them, and what is compared afterwards."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from random import Random
from typing import Any
from uuid import UUID, uuid5

from domain.asking.events import Requested
from domain.beneficiary.steps import ChangeDetails
from domain.case import steps as s
from domain.case import vocabulary as words
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import (
    DetentionKind,
    EpisodeEnd,
    EpisodeKind,
    PardonKind,
    PenaltyKind,
    ReleaseKind,
)
from domain.case.moment import Moment
from domain.case.moving_rules.steps import AdoptRules
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.commands import HANDLINGS, initial
from domain.errors import Refused
from domain.example.person import EXAMPLE
from domain.example.project import appeal, change, revision, training_outside
from domain.example.way import Way, by_day, of_project
from domain.folds.order import BEFORE_ALL
from domain.message import Actor, Step, StreamKind, kind_of, stream_id
from domain.order.state import Payment, Refund
from domain.order.steps import (
    CancelLine,
    ConfirmOrderRequest,
    LineSum,
    PayInvoice,
    PlaceOrder,
    ReceiveLines,
    RecordLoss,
    RecordRefund,
)
from domain.project.items import CashInstalment, ItemFound, ItemHandover
from domain.project.vocabulary import (
    DecisionKind,
    EquipmentCondition,
    ProjectCondition,
    RejectionReason,
)
from domain.rules import ExemptionReason
from domain.tracks.employment import steps as js
from domain.tracks.self_employment import steps as ts
from domain.tracks.self_employment.state import find_track
from domain.tracks.self_employment.vocabulary import (
    OpinionKind,
    ProblemDecision,
    ProblemKind,
)
from domain.tracks.training.steps import CompleteTraining, DropOutOfTraining, EnrolInTraining
from domain.tracks.training.vocabulary import TrainingResult
from domain.values.calendar import local_instant
from domain.values.trades import Trade
from tests.support.paper import ADMINISTRATOR, REGISTRY, ROOT
from tests.support.versions import NAMES, versions
from tests.unit.domain import drawing, drawing_between, drawing_services, drawing_tracks
from tests.unit.domain.conftest import House, decided
from tests.unit.domain.noticed.drawing import answered

Maker = Callable[[Random, House, date], Step | None]
FEW = 2
"""Steps of one kind that are tried on one state."""
TRIES = 25
"""Random steps tried on one state; the accepted ones are paired."""
MINORS, TWICE = 0.1, 0.2
"""How often the person is a minor, or registered twice."""
CHILDREN = 0.25
"""How often they are a child, who goes to school too."""
APART = (ReceiveLines, ts.ConfirmDelivery)
COUNTED = frozenset({"version", "seen", "position", "mended", "born_told"})
"""What tells when things were entered, and is no part of the present."""


@dataclass(frozen=True)
class Pair:
    """Two steps, accepted one after the other whichever comes first."""

    first: Step
    second: Step
    presents: tuple[object, object]

    @property
    def tied(self) -> bool:
        """On one day: then the order of entry is the order in which things happened."""
        return self.first.occurred_on == self.second.occurred_on

    @property
    def differs(self) -> bool:
        return self.presents[0] != self.presents[1]


def take(house: House, step: Step, command_id: UUID | None = None) -> None:
    """Take it as the command it always is, whenever it is entered."""
    if isinstance(step, PlaceOrder):
        step = of_project(step, house.project_id)
    kind = HANDLINGS[type(step)].kind
    actor = house.by(step) if kind is not StreamKind.BENEFICIARY else _by(house, step)
    actor = drawing_between.acting(house, step, actor)
    command_id = command_id or uuid5(ROOT, f"{type(step).__name__} {step.model_dump_json()}")
    house.paper.take(_stream_of(house, step), step, actor, command_id)


def _by(house: House, step: Step) -> Actor:
    return house.second if isinstance(step, drawing.ANSWERS) else house.caseworker


def _stream_of(house: House, step: Step) -> str:
    """An order of one item alone is another than the one of all."""
    kind = HANDLINGS[type(step)].kind
    if kind is StreamKind.BENEFICIARY:
        other = isinstance(step, drawing.ON_THE_OTHER)
        return stream_id(kind, drawing.OTHER if other else house.way.beneficiary_id)
    if kind is StreamKind.COHORT:
        return stream_id(kind, house.way.cohort_id)
    if isinstance(step, PlaceOrder) and len(step.lines) == 1:
        return stream_id(kind, uuid5(house.way.order_id, str(step.lines[0].item)))
    return house.stream_of(step)


def after(house: House, step: Step) -> House | None:
    """The house after this step, or None where it is refused."""
    there = replace(house, paper=house.paper.copy())
    try:
        take(there, step)
    except Refused:
        return None
    return there


def differing(random: Random, house: House, pairs: int) -> list[str]:
    """Of so many pairs of different days, those that come to different presents."""
    tried, wrong = 0, list[str]()
    drawing_between.second_centre(house)
    while tried < pairs:
        for pair in pairs_of(random, reachable(random, house), TRIES):
            tried += not pair.tied
            if pair.differs and not pair.tied:
                wrong.append(f"{pair.first!r} / {pair.second!r}")
    return wrong


def both_ways(house: House, first: Step, second: Step) -> Pair | None:
    """The pair with what each order comes to; None where a step is refused."""
    return next(_pairs([(first, after(house, first)), (second, after(house, second))]), None)


def pairs_of(random: Random, house: House, tries: int) -> Iterator[Pair]:
    """All pairs among so many random steps, few of a kind, that are accepted both ways."""
    tried: list[tuple[Step, House | None]] = []
    for _ in range(tries):
        step = any_step(random, house)
        if sum(isinstance(other, type(step)) for other, _ in tried) < FEW:
            tried.append((step, after(house, step)))
    return _pairs(tried)


def _pairs(tried: Sequence[tuple[Step, House | None]]) -> Iterator[Pair]:
    accepted = [(step, house) for step, house in tried if house is not None]
    for (first, one), (second, other) in combinations(accepted, 2):
        both, either = after(one, second), after(other, first)
        if first == second or both is None or either is None:
            continue
        if asked(both) == asked(either):
            yield Pair(first, second, (present(both), present(either)))


def asked(house: House) -> int:
    """How many requests were made. Whether a step takes two people is judged when it is taken: a pause
    after a handover, told before it, was one person's.
    """
    return sum(isinstance(each.event, Requested) for each in house.paper.events)


def present(house: House) -> object:
    """Every stream's state, without what tells when it was entered; of what is empty, nothing."""
    streams = ((name, plain(state)) for name, state in sorted(house.paper.states.items()))
    return [(name, each) for name, each in streams if each != plain(initial(kind_of(name)))]


def plain(value: Any) -> object:
    if isinstance(value, Moment):
        return value.on
    if is_dataclass(value):
        known = (f.name for f in fields(value) if f.name not in COUNTED)
        return [(name, plain(getattr(value, name))) for name in known]
    if isinstance(value, Mapping):
        pairs = ((_key(key, each), plain(each)) for key, each in value.items())
        return sorted(pairs, key=repr)
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value


def _key(key: object, value: object) -> str:
    """Payments and refunds are numbered as they were entered."""
    return "" if isinstance(value, Payment | Refund) else str(key)


def reachable(random: Random, house: House) -> House:
    """A house some way along, with other steps among the usual ones.

    Each is entered today; a move to other rules on its day, so that much comes after it.
    """
    there = with_versions(house)
    now = there.paper.now
    for number, step in enumerate(led_on(random, there)):
        if isinstance(step, AdoptRules):
            there.paper.now = local_instant(step.occurred_on, 9)
        with suppress(Refused):
            take(there, step, uuid5(ROOT, f"told {number} {step!r}"))
        there.paper.now = now
    return there


def with_versions(house: House) -> House:
    """A copy with other versions of the rules."""
    there = replace(house, paper=house.paper.copy())
    for step in versions():
        there.paper.take(REGISTRY, step, ADMINISTRATOR)
    return there


def led_on(random: Random, there: House) -> Iterator[Step]:
    """What is tried one after the other in a house that changes by it."""
    child = random.random() < CHILDREN
    way = list(_way(random, there.way, child=child))
    if child:
        yield from drawing_tracks.childhood(random, there.way)
    elif random.random() < MINORS:
        yield drawing.guarded(there.way.begins)
    if random.random() < TWICE:
        yield from drawing.registered_again(random, there)
    end = random.choice([len(way), random.randint(1, len(way))])
    for step in way[:end]:
        if random.random() < 0.2:
            yield any_step(random, there)
        yield step


def _way(random: Random, way: Way, *, child: bool) -> Iterator[Step]:
    """The usual steps, at times with a training outside, each item by itself, more of custody."""
    outside = random.random() < 0.4
    beside = drawing_tracks.stories(random, way, child=child)
    for step in by_day((*way.steps(), *drawing.stories(random, way), *beside)):
        if isinstance(step, APART) and random.random() < 0.6:
            yield from _item_by_item(step)
        elif not (outside and isinstance(step, s.RecordEducation)):
            yield step
        if outside and isinstance(step, s.OpenTrack):
            yield from training_outside(way)


def _item_by_item(step: Step) -> Iterator[Step]:
    match step:
        case ReceiveLines():
            yield from (step.model_copy(update={"lines": (line,)}) for line in step.lines)
        case ts.ConfirmDelivery():
            yield from (
                step.model_copy(update={"items": (item,), "cash": ()}) for item in step.items
            )
            yield step.model_copy(update={"items": ()})


def any_step(random: Random, house: House) -> Step:
    """Some step, dated somewhere about the latest thing that happened in the case."""
    latest = house.paper.latest.get(stream_id(StreamKind.CASE, house.case_id), BEFORE_ALL)
    about = max(latest, house.way.begins)
    while True:
        day = min(about + timedelta(days=random.randint(-150, 60)), house.paper.today)
        step = random.choice(MAKERS)(random, house, day)
        if step is not None:
            return step


def _always(cls: type[Step], **choices: Any) -> Maker:
    """A step of fixed fields, or with one of several values for each that is a list."""

    def make(random: Random, _: House, day: date) -> Step:
        chosen = {n: random.choice(v) if isinstance(v, list) else v for n, v in choices.items()}
        return cls(occurred_on=day, **chosen)

    return make


def _expected(random: Random, day: date) -> date | None:
    return random.choice([None, day + timedelta(days=random.randint(1, 400))])


def _in_custody(random: Random, house: House, day: date) -> Step:
    """What begins, ends or changes an episode."""
    end = _expected(random, day)
    told: dict[str, Any] = {"occurred_on": day}
    tracks = drawing_tracks.choices(random, house, day)
    release = random.choice(list(ReleaseKind))
    until = day + timedelta(days=90) if release is ReleaseKind.CONDITIONAL else None
    pardon = random.choice(list(PardonKind))
    steps: list[Step] = [
        *(
            custody.BeginDetention(kind=kind, expected_end=end, tracks=tracks, **told)
            for kind in DetentionKind
        ),
        custody.RecordRelease(release=release, conditions_until=until, **told),
        custody.RecordRelease(release=ReleaseKind.END_OF_SENTENCE, **told),
        custody.ReturnToDetention(expected_end=end, tracks=tracks, **told),
        custody.EndEpisode(
            episode=random.choice(list(EpisodeKind)), end=random.choice(list(EpisodeEnd)), **told
        ),
        custody.BeginAlternativePenalty(penalty=PenaltyKind.TREATMENT, expected_end=end, **told),
        custody.RecordBreach(reason="b", **told),
        custody.RecordPardon(pardon=pardon, reduced_days=random.choice([30, 60]), **told),
        custody.RecordPardon(pardon=pardon, expected_end=end, **told),
        custody.ChangeExpectedEnd(expected_end=end, **told),
        custody.RecordPrisonTransfer(prison=house.way.other_prison, **told),
        custody.RecordExitPermit(until=day + timedelta(days=2), **told),
        custody.PrepareConditionalRelease(earliest_on=day + timedelta(days=100), **told),
        custody.AnswerConditionalRelease(granted=random.choice([True, False]), **told),
    ]
    return random.choice(steps)


def _needs(random: Random, _: House, day: date) -> Step:
    area = random.choice(list(words.NeedArea))
    return s.AssessNeeds(occurred_on=day, areas={area: random.choice(list(words.NeedStatus))})


def _next_of_the_way(random: Random, house: House, _: date) -> Step:
    return random.choice(list(house.way.steps()))


def _on_review(random: Random, house: House, day: date) -> Step | None:
    due = random.choice(dues(house.case, house.paper.calendar) or [None])
    if due is None:
        return None
    if due.kind is ReviewKind.PRE_RELEASE:
        return s.RecordPreReleaseReview(occurred_on=day, review=random.choice([None, due.key]))
    if due.kind is ReviewKind.PLACEMENT and random.random() < 0.3:
        return js.ReschedulePlacementReview(occurred_on=day, review=due.key, due_on=due.window_end)
    if due.kind is not ReviewKind.VISIT or random.random() < 0.2:
        because = random.choice(list(ExemptionReason))
        until = random.choice([None, day + timedelta(days=random.randint(1, 90))])
        return s.ExemptReview(occurred_on=day, review=due.key, because=because, until=until)
    if random.random() < 0.3:
        return ts.RescheduleVisit(occurred_on=day, review=due.key, due_on=due.window_end)
    return ts.RecordVisit(
        occurred_on=day,
        review=random.choice([None, due.key]),
        project=random.choice(list(ProjectCondition)),
        items=(_found(random),),
    )


def _found(random: Random) -> ItemFound:
    return ItemFound(item=random.choice([1, 2]), condition=random.choice(list(EquipmentCondition)))


def _on_problem(random: Random, house: House, day: date) -> Step:
    """A theft of one item, what is decided of it, or that it is done."""
    told: dict[str, Any] = {"occurred_on": day, "explanation": "p"}
    item = random.choice([1, 2])
    decision = random.choice(list(ProblemDecision))
    track = find_track(house.case)
    raised = [each.raised.on for each in track.problems.values()] if track else []
    raised_on = random.choice(raised or [day])
    return random.choice(
        [
            ts.RaiseProblem(kind=ProblemKind.STOLEN, items=(item,), **told),
            ts.DecideProblem(raised_on=raised_on, decision=decision, **told),
            ts.RecordRecovery(occurred_on=day, raised_on=raised_on, items=(item,), reference="R"),
            ts.ResolveProblem(raised_on=raised_on, **told),
        ]
    )


def _on_custody(random: Random, house: House, day: date) -> Step:
    """An entry with what becomes of the track, a return, an end, a release of any kind, a transfer."""
    expected = _expected(random, day)
    told: dict[str, Any] = {"occurred_on": day}
    tracks = drawing_tracks.choices(random, house, day)
    kind = random.choice(list(ReleaseKind))
    conditional = kind is ReleaseKind.CONDITIONAL
    held, bound = random.choice(list(DetentionKind)), random.choice(list(EpisodeKind))
    return random.choice(
        [
            custody.BeginDetention(kind=held, expected_end=expected, tracks=tracks, **told),
            custody.ReturnToDetention(expected_end=expected, tracks=tracks, **told),
            custody.EndEpisode(episode=bound, end=random.choice(list(EpisodeEnd)), **told),
            custody.RecordRelease(
                release=kind,
                pardon_list=random.random() < 0.3,
                conditions_until=day + timedelta(days=200) if conditional else None,
                **told,
            ),
            custody.RecordPrisonTransfer(prison=EXAMPLE.other_prison, **told),
            s.RecordEducation(
                level=words.EducationLevel.VOCATIONAL,
                started_on=day - timedelta(days=random.randint(0, 60)),
                result=random.choice(list(words.EducationResult)),
                trade=random.choice([Trade.SEWING, Trade.WELDING]),
                certificate=random.random() < 0.5,
                **told,
            ),
        ]
    )


def _on_exemption(random: Random, house: House, day: date) -> Step | None:
    exempt = sorted(house.case.exemptions)
    return s.ClearExemption(occurred_on=day, review=random.choice(exempt)) if exempt else None


def _on_items(random: Random, _: House, day: date) -> Step:
    """What is done about one item, or a part of the cash."""
    item = random.choice([1, 2])
    handover = (ItemHandover(item=item),)
    part = CashInstalment(amount=EXAMPLE.cash / random.choice([1, 2]), cheque="CH-1")
    some = (LineSum(line=item, amount=Decimal(item)),)
    choices: list[Step] = [
        ReceiveLines(occurred_on=day, lines=(item,)),
        ts.ConfirmDelivery(occurred_on=day, items=handover),
        ts.ConfirmDelivery(occurred_on=day, cash=(part,)),
        ts.DropItems(
            occurred_on=day, items=random.choice([(), (item,)]), cash=True, explanation="d"
        ),
        PayInvoice(occurred_on=day, invoice=f"F-{item}", lines=some),
        RecordRefund(occurred_on=day, reference="R", lines=some),
        CancelLine(occurred_on=day, line=item, explanation="c"),
        RecordLoss(occurred_on=day, line=item, explanation="l"),
        ConfirmOrderRequest(occurred_on=day),
    ]
    return random.choice(choices)


def _decided(random: Random, house: House, day: date) -> Step:
    kind = random.choice(list(DecisionKind))
    amounts = (EXAMPLE.goods, EXAMPLE.cash) if kind is DecisionKind.APPROVE else (Decimal(0),) * 2
    changed: dict[str, object] = {"decision": kind, "occurred_on": day}
    if kind is DecisionKind.REJECT:
        changed["reason"] = RejectionReason.OTHER
    return decided(house.way, *amounts).model_copy(update=changed)


def _turning_back(random: Random, house: House, day: date) -> Step:
    """The plan revised, or the project put to a session or to waiting for one."""
    session_id = random.choice([None, house.way.session_id])
    where = {"agreement_id": house.way.agreement_id, "session_id": session_id}
    step = random.choice(
        [
            revision(house.way),
            house.way.step(ts.SubmitToSession).model_copy(update=where),
            appeal(house.way).model_copy(update=where),
            change(house.way),
        ]
    )
    return step.model_copy(update={"occurred_on": day})


CLOSED_AS = [
    *(words.Outcome.DISENGAGED, words.Outcome.LOST_CONTACT, words.Outcome.LEFT_COUNTRY),
    *(words.Outcome.EMPLOYED, words.Outcome.IN_TRAINING, words.Outcome.IN_SCHOOL),
]


def _makers() -> Iterator[Maker]:
    channels, outcomes = list(words.Channel), list(words.ContactOutcome)
    yield _always(s.RecordContact, channel=channels, outcome=outcomes)
    yield _always(s.AddNote, text="n")
    yield from (_always(AdoptRules, version=list(NAMES), explanation="n"),) * 3
    yield from (_in_custody,) * 3
    yield _always(
        s.AgreePlan,
        trade_wished=[Trade.SEWING, Trade.WELDING],
        revised_because=[None, "r"],
        goals=[None, (s.Goal(text="g", steps=(s.GoalStep(text="a"), s.GoalStep(text="b"))),)],
    )
    yield _always(s.RecordSocialEnquiry, household_size=3, has_housing=[True, False])
    yield lambda random, _, day: random.choice([s.PauseCase, s.RenewPause])(
        occurred_on=day, until=day + timedelta(days=random.choice([1, 30, 90])), explanation="p"
    )
    yield _always(s.RecordAttemptedVisit)
    yield _always(s.ResumeCase)
    yield _always(s.CloseCase, outcome=CLOSED_AS, explanation="c")
    yield _always(s.ReopenCase, explanation="r")
    yield _always(s.RecordDeath, known_by=words.DeathKnownBy.FAMILY)
    yield from (drawing_tracks.ended, drawing_tracks.opened)
    yield from (*(drawing_tracks.of_job,) * 4, drawing_tracks.of_cohort)
    yield from (*(drawing_tracks.of_school,) * 4, *(drawing_tracks.of_training,) * 4)
    yield from (drawing_between.moving,) * 3
    yield from (drawing_services.service, drawing_services.said) * 2
    yield from (answered,) * 3
    yield lambda random, _, day: custody.RecordPardon(
        occurred_on=day,
        pardon=random.choice(list(PardonKind)),
        expected_end=_expected(random, day),
    )
    yield lambda random, _, day: custody.ChangeExpectedEnd(
        occurred_on=day, expected_end=_expected(random, day)
    )
    yield from (_on_custody,) * 4
    yield _always(
        EnrolInTraining,
        trade=[Trade.SEWING, Trade.WELDING],
        provider=EXAMPLE.trainer,
        planned_end=date(2026, 12, 1),
    )
    yield _always(CompleteTraining, result=list(TrainingResult))
    yield _always(DropOutOfTraining, explanation="d")
    yield _always(ts.WaiveTraining, explanation="w", evidence="e")
    yield _always(ts.RecordCoaching, provider="P")
    yield _always(
        ts.RecordStudy,
        provider="P",
        technically_sound=[True, True, False],
        financially_sound=True,
        recommended_amount=EXAMPLE.cost,
    )
    yield _always(ts.GiveOpinion, opinion=list(OpinionKind))
    yield _always(ts.WithdrawSubmission, explanation="w")
    yield from (_turning_back,) * 2
    yield _always(ts.TakeOffCeremony)
    yield _always(ts.EndApproval, explanation="e")
    yield from (_always(s.ConfirmCaseRequest), _always(s.RefuseCaseRequest, explanation="n"))
    yield _always(ChangeDetails, phone=["0600000001", "0600000002"])
    yield lambda _, house, day: house.way.step(ts.ProposeProject).model_copy(
        update={"occurred_on": day}
    )
    yield from (_needs, _decided, _on_exemption, _on_problem, _on_problem)
    yield from (drawing.identity, drawing.bound, drawing.bound, drawing.merging)
    # Where most can go wrong, most is tried.
    yield from (drawing.mending,) * 5
    yield from (_on_items,) * 6
    yield from (_on_review,) * 4
    yield from (_next_of_the_way,) * 4


MAKERS = tuple(_makers())
