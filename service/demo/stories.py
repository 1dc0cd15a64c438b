"""What the published figures do not tell: a saving, a grouped order, a death, an ended approval,
somebody registered twice.

Everybody here is made up, under agreements of the season after, so that no printed figure counts
them. A script says who does what; it is asked for one act at a time, for what an act makes has a
name only then, and the next ones say it. `replay.py` sends the acts through the API, the tests
take them on paper.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from domain.beneficiary.steps import ConfirmBeneficiaryRequest, IdentityPaper, MergePerson
from domain.beneficiary.vocabulary import IdentityKind
from domain.case.custody import steps as custody
from domain.case.custody.vocabulary import DetentionKind, ReleaseKind, TrackInside
from domain.case.steps import (
    CloseCase,
    ConfirmCaseRequest,
    CorrectEntries,
    Correction,
    OpenCase,
    RecordContact,
    RecordDeath,
    RecordSocialEnquiry,
)
from domain.case.vocabulary import DeathKnownBy, Outcome
from domain.example.beside import record_minutes, schedule_session
from domain.example.care import ENQUIRED
from domain.example.ordering import ordered
from domain.example.way import Way, taken_by
from domain.message import Role, Step
from domain.order.steps import (
    AssignLine,
    KeepInInventory,
    LineOrdered,
    LineSum,
    PayInvoice,
    PlaceOrder,
    ReceiveLines,
    RecordRefund,
)
from domain.tracks.self_employment.steps import ConfirmDelivery, EndApproval
from domain.values.money import total
from service.demo.acts import Act, Names, Script, Seen
from service.demo.between import BETWEEN, SEEN_BETWEEN
from service.demo.learning import COHORTS, SEEN_IN_COHORTS
from service.demo.path import agreement_for, funds_of, registration_of, way_of
from service.demo.people import person
from service.demo.plan import CATALOGUE, HANDOVERS, Line, Share
from service.demo.tracks import SEEN_ON_TRACKS, TRACKS
from service.demo.underway import CASH

SEASON = replace(HANDOVERS[0], held_on=date(2025, 7, 17))
"""In the centre of the first ceremony, a year later; nothing is handed over at a ceremony."""
SAVED = Decimal("3000.00")
"""By so much the first machine came cheaper than it was approved."""
PAID_BACK = Decimal("600.00")
SAVER, SERVED = 70, 71
TOGETHER = (65, 67)
"""Whose equipment is on one order, with the heir's first item."""
HEIR, DECEASED = 64, 74
"""Of one trade: what was ordered for the one serves the other."""
LEAVER = 68
TWICE = 75
"""Registered at the prison, and once more at the centre, under a passport."""
RETURNED = 72
"""Arrested again after the release."""


@dataclass(frozen=True, slots=True)
class Under:
    """What somebody's project is approved under."""

    agreement: str
    session: str
    minutes: int
    later: timedelta
    """So long after the season's usual days."""


FIRST = Under("saving", "first", 3, timedelta(0))
SECOND = Under("saving", "second", 11, timedelta(days=200))
"""After the first left something over."""
ALL = Under("together", "together", 4, timedelta(days=14))
GONE = Under("given-up", "given-up", 5, timedelta(days=28))


SEEN = (
    Seen("a saving that funds somebody else", "/agreements/{}", "agreement/saving"),
    Seen("an order for three, its invoice split by line", "/orders/{}", "order/together"),
    Seen("a refund of the supplier", "/orders/{}", "order/together"),
    Seen("a death, and where the goods went", "/agreements/{}/stock", "agreement/together"),
    Seen("a return to detention, and a release on conditions", "/cases/{}", f"case/{RETURNED}"),
    Seen("an approval that was ended", "/cases/{}", f"case/{LEAVER}"),
    Seen("two registrations of one person, merged", "/cases/{}", f"case/{TWICE}-again"),
    Seen("an entry that was corrected", "/cases/{}", f"case/{LEAVER}"),
    *SEEN_ON_TRACKS,
    *SEEN_IN_COHORTS,
    *SEEN_BETWEEN,
)


def share_of(number: int) -> Share:
    """Who it is, and what they ask for."""
    who = person(number)
    lines = tuple(Line(label, Decimal(price)) for label, price in CATALOGUE[who.trade])
    return Share(person=who, handover=SEASON, lines=lines, cash=CASH)


def saving(names: Names) -> Iterator[Act]:
    """The envelope is enough for both only because the first machine came cheaper."""
    first, second = share_of(SAVER), share_of(SERVED)
    yield from _signed(FIRST, first.cost + second.cost - SAVED, places=2)
    yield from _convened(FIRST)
    yield from _approved(names, SAVER, FIRST)
    way = _way(names, SAVER, FIRST)
    machine, *others = way.items
    cheaper = (replace(machine, price=machine.price - SAVED), *others)
    for step in ordered(replace(way, items=cheaper)):
        yield _act(f"order/{SAVER}", step)
    yield _act(f"case/{SAVER}", way.step(ConfirmDelivery))
    yield from _convened(SECOND)
    yield from _approved(names, SERVED, SECOND)


def together(names: Names) -> Iterator[Act]:
    """One order for three, one invoice, a part of it paid back; what a death leaves helps one."""
    everybody = (*TOGETHER, HEIR, DECEASED)
    yield from _signed(ALL, total(share_of(number).cost for number in everybody), places=4)
    yield from _convened(ALL)
    for number in everybody:
        yield from _approved(names, number, ALL)
    yield from _ordered_together(names)
    yield from _left_behind(names)
    for number in (*TOGETHER, HEIR):
        way = _way(names, number, ALL)
        yield _act(f"case/{number}", way.step(ConfirmDelivery))


def _ordered_together(names: Names) -> Iterator[Act]:
    """All of the first two, and the heir's first item."""
    way, other, heir = (_way(names, number, ALL) for number in (*TOGETHER, HEIR))
    lines = (*_lines(way), *_lines(other), *_lines(heir)[:1])
    sums = tuple(LineSum(line=n, amount=line.price) for n, line in enumerate(lines, 1))
    back = (LineSum(line=2, amount=PAID_BACK),)
    for step in (
        PlaceOrder(
            occurred_on=way.day(400), supplier=way.supplier, contract="C-2025/12", lines=lines
        ),
        ReceiveLines(occurred_on=way.day(450), lines=tuple(each.line for each in sums)),
        PayInvoice(occurred_on=way.day(455), invoice="F-2025/118", lines=sums),
        RecordRefund(occurred_on=way.day(460), reference="virement 2025/31", lines=back),
    ):
        yield _act("order/together", step)


def _lines(way: Way) -> tuple[LineOrdered, ...]:
    return tuple(
        LineOrdered(project_id=way.project_id, item=number, price=item.price)
        for number, item in enumerate(way.items, 1)
    )


def _left_behind(names: Names) -> Iterator[Act]:
    """Ordered and received for somebody who died: one item another's, one for the inventory."""
    way, heir = (_way(names, number, ALL) for number in (DECEASED, HEIR))
    order = f"order/{DECEASED}"
    for step in ordered(way):
        yield _act(order, step)
    died = RecordDeath(occurred_on=way.day(468), known_by=DeathKnownBy.FAMILY)
    yield Act(f"case/{DECEASED}", died, Role.CASEWORKER)
    yield from _ended(DECEASED, way.day(470), "He died before the handover.")
    close = CloseCase(occurred_on=way.day(472), outcome=Outcome.DECEASED)
    yield Act(f"case/{DECEASED}", close, Role.COORDINATOR)
    given = AssignLine(
        occurred_on=way.day(480),
        line=2,
        project_id=heir.project_id,
        item=2,
        session_id=heir.session_id,
    )
    yield _act(order, given)
    kept = KeepInInventory(
        occurred_on=way.day(481), lines=(1,), explanation="For the workshop of the centre."
    )
    yield _act(order, kept)


def given_up(names: Names) -> Iterator[Act]:
    """Approved, and given up before anything was ordered: the sum and the place are free again."""
    yield from _signed(GONE, share_of(LEAVER).cost, places=1)
    yield from _convened(GONE)
    yield from _approved(names, LEAVER, GONE)
    way = _way(names, LEAVER, GONE)
    yield _corrected(way)
    yield from _ended(LEAVER, way.day(395), "He found a post with a partner company.")


def registered_twice(names: Names) -> Iterator[Act]:
    """Each with an open case: the second registration goes by the first, whose case goes on."""
    again = f"{TWICE}-again"
    way = way_of(share_of(TWICE))
    registered = registration_of(share_of(TWICE))
    passport = IdentityPaper(kind=IdentityKind.PASSPORT, number="QA0000075")
    once_more = registered.model_copy(update={"occurred_on": way.day(20), "identity": passport})
    for name, step in ((f"{TWICE}", registered), (again, once_more)):
        yield Act(f"beneficiary/{name}", step, Role.CASEWORKER)
        known = {"caseworker": names["caseworker"], "beneficiary_id": names[f"beneficiary/{name}"]}
        opening = way.step(OpenCase).model_copy(update=known)
        day = opening.occurred_on if name != again else way.day(20)
        yield Act(
            f"case/{name}",
            opening.model_copy(update={"occurred_on": day}),
            Role.CASEWORKER,
        )
    merged = MergePerson(
        occurred_on=way.day(25),
        goes_by=names[f"beneficiary/{TWICE}"],
        goes_on=names[f"case/{TWICE}"],
        explanation="The same mother's name; registered at the prison already.",
    )
    yield Act(f"beneficiary/{again}", merged, Role.CASEWORKER)
    confirmed = ConfirmBeneficiaryRequest(occurred_on=way.day(26))
    yield Act(f"beneficiary/{again}", confirmed, Role.COORDINATOR)


def returned(names: Names) -> Iterator[Act]:
    """Released, arrested for another matter with a track that rests, and released on conditions."""
    registration = registration_of(share_of(RETURNED))
    yield Act(f"beneficiary/{RETURNED}", registration, Role.CASEWORKER)
    way = replace(
        way_of(share_of(RETURNED)),
        beneficiary_id=names[f"beneficiary/{RETURNED}"],
        caseworker=names["caseworker"],
    )
    for step in (*way.to_release(), *_inside_again(way)):
        yield _act(f"case/{RETURNED}", step)


def _inside_again(way: Way) -> Iterator[Step]:
    suspended = custody.TrackChoice(choice=TrackInside.SUSPENDED)
    yield custody.BeginDetention(
        occurred_on=way.day(335),
        kind=DetentionKind.REMAND,
        prison=way.other_prison,
        tracks=(suspended,),
    )
    yield custody.BeginDetention(
        occurred_on=way.day(380),
        kind=DetentionKind.SENTENCE,
        prison=way.other_prison,
        expected_end=way.day(620),
    )
    yield custody.RecordRelease(
        occurred_on=way.day(470),
        release=ReleaseKind.CONDITIONAL,
        conditions_until=way.day(620),
        conditions="Works at the workshop of the centre, and comes each month.",
    )
    met = way.step(RecordContact)
    yield met.model_copy(update={"occurred_on": way.day(474), "note": "Wants to go on."})


SCRIPTS: tuple[Script, ...] = (
    saving,
    together,
    given_up,
    registered_twice,
    returned,
    *TRACKS,
    *COHORTS,
    *BETWEEN,
)


def _corrected(way: Way) -> Act:
    """The household was counted twice at the enquiry, which is a case's second entry."""
    told = way.step(RecordSocialEnquiry).model_copy(update={"household_size": 4})
    content = told.model_dump(mode="json", exclude_unset=True)
    correction = CorrectEntries(
        occurred_on=way.day(14),
        entries=(Correction(entry_number=ENQUIRED, content=content),),
        explanation="Two of them were counted twice.",
    )
    return Act(f"case/{LEAVER}", correction, Role.CASEWORKER)


def _ended(number: int, on: date, why: str) -> Iterator[Act]:
    """By two people."""
    yield Act(f"case/{number}", EndApproval(occurred_on=on, explanation=why), Role.COORDINATOR)
    confirmed = ConfirmCaseRequest(occurred_on=on + timedelta(days=1))
    yield Act(f"case/{number}", confirmed, Role.DIVISION)


def _signed(under: Under, envelope: Decimal, places: int) -> Iterator[Act]:
    signed = agreement_for(_way_of(SAVER, under), envelope, places)
    yield Act(f"agreement/{under.agreement}", signed, Role.DIVISION)
    yield Act(f"agreement/{under.agreement}", funds_of(signed), Role.DIVISION)


def _convened(under: Under) -> Iterator[Act]:
    """A session of the province's committee, held."""
    way, name = _way_of(SAVER, under), f"session/{under.session}"
    yield Act(name, schedule_session(way), Role.COORDINATOR)
    number = f"{way.session_on.year}/{under.minutes}"
    yield Act(name, record_minutes(way).model_copy(update={"minutes": number}), Role.COORDINATOR)


def _approved(names: Names, number: int, under: Under) -> Iterator[Act]:
    """From the registration to the undertaking."""
    registration = registration_of(share_of(number))
    yield Act(f"beneficiary/{number}", registration, Role.CASEWORKER)
    for step in _way(names, number, under).steps():
        if isinstance(step, PlaceOrder):
            return
        yield _act(f"case/{number}", step)


def _way(names: Names, number: int, under: Under) -> Way:
    """With what has a name by now."""
    way = _way_of(number, under)
    return replace(
        way,
        beneficiary_id=names[f"beneficiary/{number}"],
        caseworker=names["caseworker"],
        agreement_id=names[f"agreement/{under.agreement}"],
        session_id=names[f"session/{under.session}"],
        project_id=names.get(f"project/{number}", way.project_id),
    )


def _way_of(number: int, under: Under) -> Way:
    way = way_of(share_of(number))
    return replace(way, begins=way.begins + under.later, ceremony_id=None)


def _act(on: str, step: Step) -> Act:
    """By whoever takes it in the example."""
    return Act(on, step, taken_by(step))
