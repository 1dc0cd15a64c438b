"""The example's order: placed, received, paid; and what can go wrong with one."""

from domain.example.person import Person
from domain.message import Step
from domain.order import steps as s
from domain.order.vocabulary import IncidentKind, IncidentResult


def ordered(who: Person) -> tuple[Step, ...]:
    """Placed, received, and paid."""
    items = list(enumerate(who.items, 1))
    return (
        s.PlaceOrder(
            occurred_on=who.day(400),
            supplier=who.supplier,
            contract=f"C-{who.number:03}",
            lines=tuple(
                s.LineOrdered(project_id=who.project_id, item=number, price=item.price)
                for number, item in items
            ),
        ),
        s.ReceiveLines(occurred_on=who.day(450), lines=tuple(number for number, _ in items)),
        s.PayInvoice(
            occurred_on=who.day(455),
            invoice=f"F-{who.number:03}",
            lines=tuple(s.LineSum(line=number, amount=item.price) for number, item in items),
        ),
    )


def troubled(who: Person) -> tuple[Step, ...]:
    """What happens to another order: nothing of it comes as it should."""
    first, second, *_ = who.items
    return (
        s.PayInvoice(
            occurred_on=who.day(410),
            invoice=f"F-{who.number:03}-1",
            cheque="Q-0410",
            lines=(s.LineSum(line=1, amount=first.price),),
        ),
        s.CancelPayment(
            occurred_on=who.day(411), payment=1, explanation="The cheque was made out wrongly."
        ),
        s.PayInvoice(
            occurred_on=who.day(411),
            invoice=f"F-{who.number:03}-1",
            cheque="Q-0411",
            lines=(s.LineSum(line=1, amount=first.price),),
        ),
        s.CorrectPayment(
            occurred_on=who.day(412),
            payment=2,
            invoice=f"F-{who.number:03}-1",
            cheque="Q-0412",
            lines=(s.LineSum(line=1, amount=first.price),),
            explanation="It was paid a day later, by another cheque.",
        ),
        s.PayInvoice(
            occurred_on=who.day(413),
            invoice=f"F-{who.number:03}-2",
            lines=(s.LineSum(line=2, amount=second.price),),
        ),
        s.ReversePayment(
            occurred_on=who.day(414), payment=4, explanation="That invoice is of another order."
        ),
        s.RecordIncident(
            occurred_on=who.day(440),
            lines=(1,),
            kind=IncidentKind.LATE,
            explanation="The machine is not in stock.",
        ),
        s.RecordRefund(
            occurred_on=who.day(445),
            reference="virement 2024/12",
            lines=(s.LineSum(line=1, amount=first.price),),
        ),
        s.ReverseRefund(
            occurred_on=who.day(445), refund=1, explanation="The transfer was another customer's."
        ),
        s.RecordRefund(
            occurred_on=who.day(446),
            reference="virement 2024/13",
            lines=(s.LineSum(line=1, amount=first.price),),
        ),
        s.CancelLine(occurred_on=who.day(446), line=1, explanation="It will not be made any more."),
        s.ResolveIncident(
            occurred_on=who.day(446),
            incident=1,
            result=IncidentResult.REFUNDED,
            explanation="Paid back in full.",
        ),
        s.RecordLoss(
            occurred_on=who.day(460), line=2, explanation="The supplier is gone, and the money."
        ),
        s.ConfirmOrderRequest(occurred_on=who.day(461)),
        s.ReverseLoss(
            occurred_on=who.day(462), line=2, explanation="It stood at the station all the time."
        ),
        s.ReceiveLines(occurred_on=who.day(463), lines=(2,)),
        s.CorrectReceipt(
            occurred_on=who.day(464),
            lines=(2,),
            received_on=who.day(462),
            explanation="It was fetched the day before.",
        ),
    )


def found_again(who: Person) -> Step:
    """Instead, the loss that was asked for is none."""
    return s.RefuseOrderRequest(
        occurred_on=who.day(461), explanation="The machine is in the store of the province."
    )


def assigned(who: Person) -> Step:
    """To the person, what was ordered for somebody else."""
    return s.AssignLine(
        occurred_on=who.day(400),
        line=1,
        project_id=who.project_id,
        item=1,
        session_id=who.session_id,
    )


def kept(who: Person) -> Step:
    return s.KeepInInventory(
        occurred_on=who.day(470), lines=(1,), explanation="For the workshop of the centre."
    )
