"""Of an order for the cases of two centres each is told what is about its own lines."""

from decimal import Decimal
from uuid import UUID, uuid5

from domain.asking.waiting import Asked
from domain.message import Event, MadeBy, Recorded
from domain.order import events as e
from domain.order.state import OrderState
from domain.order.vocabulary import IncidentKind, IncidentResult
from service.queries.history import HistoricEvent
from service.queries.order_events import cases_ordered_for, told_of_lines, without_the_receiver
from tests.support.samples import sample

MINE, THEIRS, PAYS = (UUID(int=number) for number in (1, 2, 3))
NOTHING, SUM = Decimal("0.00"), Decimal("100.00")


def ordered(line: int, case: UUID) -> e.OrderedLine:
    return e.OrderedLine(
        line=line,
        project_id=uuid5(case, "project"),
        case_id=case,
        item=line,
        price=SUM,
        own_extra=NOTHING,
        parts=(),
    )


def paid(invoice: str, *lines: int) -> e.InvoicePaid:
    parts = tuple(e.LineAmount(line=line, amount=SUM) for line in lines)
    return e.InvoicePaid(agreement_id=PAYS, invoice=invoice, by_funder=False, lines=parts)


def given(line: int, to: UUID) -> e.LineAssigned:
    project = uuid5(to, "project")
    return e.LineAssigned(line=line, project_id=project, case_id=to, item=7, session_id=PAYS)


PLACED = e.OrderPlaced(supplier="a", contract="b", lines=(ordered(1, MINE), ordered(2, THEIRS)))


def told(*events: Event, case: UUID = MINE) -> list[Event]:
    recorded = [Recorded(sample(type(event)).envelope, event) for event in (PLACED, *events)]
    return [each.event for each in told_of_lines(recorded, {case})]


def test_of_an_event_on_several_lines_the_centres_own_are_told() -> None:
    placed, came, invoice = told(e.LinesReceived(lines=(1, 2)), paid("F-1", 1, 2))
    assert isinstance(placed, e.OrderPlaced)
    assert isinstance(invoice, e.InvoicePaid)
    assert [each.line for each in placed.lines] == [1]
    assert came == e.LinesReceived(lines=(1,))
    assert [each.line for each in invoice.lines] == [1]


def test_what_is_about_others_lines_alone_is_not_told() -> None:
    others = [
        e.LinesReceived(lines=(2,)),
        paid("F-1", 2),
        e.PaymentCancelled(payment=1, explanation="Lost."),
        e.IncidentRecorded(lines=(2,), kind=IncidentKind.LATE, explanation="Not there."),
        e.IncidentResolved(incident=1, result=IncidentResult.REPLACED, explanation="There."),
        e.LineCancelled(line=2, fee=NOTHING, explanation="Not made any more."),
        e.LineLost(line=2, explanation="Fire."),
        e.LinesKept(lines=(2,), explanation="Nobody's."),
    ]
    assert len(told(*others)) == 1
    assert told(*others, case=THEIRS)[1:] == others


def test_a_cancelled_payment_is_told_to_whose_line_it_paid() -> None:
    cancelled = e.PaymentCancelled(payment=2, explanation="Lost.")
    assert told(paid("F-1", 2), paid("F-2", 1), cancelled)[-1] == cancelled
    assert told(paid("F-1", 1), paid("F-2", 2), cancelled)[-1] != cancelled


def test_an_answer_is_told_to_whose_line_was_asked_about() -> None:
    asked = e.LossRequested(request_id=UUID(int=9), line=2, explanation="Fire.")
    answers = [
        e.OrderRequestRefused(request_id=asked.request_id, explanation="It stands there."),
        e.OrderRequestConfirmed(request_id=asked.request_id),
    ]
    assert len(told(asked, *answers)) == 1
    assert told(asked, *answers, case=THEIRS)[1:] == [asked, *answers]


def test_a_line_given_away_is_told_to_both_and_what_follows_to_the_receiver() -> None:
    before, gift, after = e.LinesReceived(lines=(1,)), given(1, THEIRS), paid("F-1", 1)
    assert told(before, gift, after)[1:] == [before, gift]
    (placed, *rest) = told(before, gift, after, case=THEIRS)
    assert isinstance(placed, e.OrderPlaced)
    assert [each.line for each in placed.lines] == [2], "the other was not theirs yet"
    assert rest == [gift, after]


def as_history_tells(recorded: Recorded) -> HistoricEvent:
    envelope = recorded.envelope
    values = {
        name: getattr(envelope, name)
        for name in HistoricEvent.model_fields
        if hasattr(envelope, name)
    }
    fields = recorded.event.model_dump(mode="json")
    values |= {"type": envelope.event_type, "type_version": 1, "fields": fields, "masked": ()}
    values |= {"made_by": MadeBy.PERSON, "days_late": 0}
    return HistoricEvent.model_validate(values)


def test_the_giver_is_not_told_to_whom() -> None:
    historic = as_history_tells(sample(e.LineAssigned))
    cut = without_the_receiver(historic, {MINE})
    assert set(cut.fields) == {"line", "session_id"}
    assert cut.masked == ("case_id", "item", "project_id")
    assert without_the_receiver(historic, {UUID(historic.fields["case_id"])}) is historic


def test_a_loss_asked_for_is_of_the_state_of_whose_line_it_is() -> None:
    recorded = sample(e.LossRequested)
    what = e.LossRequested(request_id=PAYS, line=2, explanation="Fire.")
    envelope = recorded.envelope
    asked = Asked(
        what=what,
        step="record-loss",
        by=MINE,
        centre=None,
        position=1,
        known=envelope.recorded_at,
        on=envelope.occurred_on,
    )
    state = OrderState(requests={PAYS: asked})
    assert state.only({1}).requests == {}
    assert state.only({2}).requests == state.requests


def test_whoever_ever_had_a_line_is_asked_about() -> None:
    assert set(cases_ordered_for([PLACED, given(1, PAYS)])) == {MINE, THEIRS, PAYS}
