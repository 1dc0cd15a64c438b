"""What can be ordered, and what stands on an order."""

from contextlib import suppress
from decimal import Decimal
from uuid import UUID

from domain.errors import JisrError
from projections.views.agreements import NEWEST, Filters
from projections.views.pages import Part
from service.console.choices.asking import MOST, Choosing, as_id
from service.console.choices.of_case import ALL, items_in
from service.console.choices.said import day, labelled, money, parts
from service.console.forms.answers import BETWEEN
from service.console.forms.questions import Options
from service.queries.agreements import get_agreement, list_agreements
from service.queries.cases import get_case
from service.queries.history import get_project_history
from service.queries.orders import Order, OrderLine

PROJECTS = 60
"""Of so many projects at most the items are offered."""


async def approved_items(asked: Choosing) -> Options:
    """Of approved projects, what is neither ordered nor dropped; of one case where it is named."""
    case_id = as_id(asked.typed.get("case_id", ""))
    if case_id is not None:
        case = await asked.visit.ask(get_case, case_id)
        named = [
            (case.reference, each.project_id) for each in case.with_projects if each.project_id
        ]
    else:
        named = await _approved(asked)
    found: dict[str, str] = {}
    for reference, project_id in named[:PROJECTS]:
        with suppress(JisrError):
            found |= {
                f"{project_id}{BETWEEN}{number}": parts(asked.language, reference, label)
                for number, label in (await _not_ordered(asked, project_id)).items()
            }
    return found


async def _approved(asked: Choosing) -> list[tuple[str, UUID]]:
    """Each with the reference of its case."""
    page = await asked.visit.ask(list_agreements, Filters(status="open"), Part(NEWEST, limit=MOST))
    found: list[tuple[str, UUID]] = []
    for each in page.agreements:
        agreement = await asked.visit.ask(get_agreement, each.agreement_id)
        found += [
            (row.reference, row.project_id)
            for row in agreement.projects
            if row.reference is not None and row.approved and not row.complete
        ]
        if len(found) >= PROJECTS:
            break
    return found


async def _not_ordered(asked: Choosing, project_id: UUID) -> Options:
    history = await asked.visit.ask(get_project_history, project_id, ALL)
    state = history.state.get("items", {})
    waiting = {number for number, each in state.items() if not each["order_id"]}
    labels = items_in(asked, history)
    return {number: label for number, label in labels.items() if number in waiting}


def _order(asked: Choosing) -> Order | None:
    answer = asked.about.answer if asked.about else None
    return answer if isinstance(answer, Order) else None


async def lines(asked: Choosing) -> Options:
    """All of the order, with whom each is for and what is left to pay."""
    order = _order(asked)
    return {str(each.line): _line(asked, each) for each in (order.lines if order else ())}


def _line(asked: Choosing, line: OrderLine) -> str:
    left = line.price - line.paid
    owed = asked.said.page["left_to_pay"]
    return parts(
        asked.language,
        f"{line.line}. {line.label or ''}".strip(),
        line.reference,
        money(line.price, asked.language),
        labelled(owed, money(left, asked.language), asked.language) if left > Decimal(0) else "",
        day(line.received_on, asked.language),
    )


async def payments(asked: Choosing) -> Options:
    order = _order(asked)
    return {
        str(each.payment): parts(
            asked.language,
            each.invoice,
            money(each.amount, asked.language),
            day(each.paid_on, asked.language),
            each.cheque,
        )
        for each in (order.payments if order else ())
        if (not each.cancelled and not each.reversed) or asked.given == str(each.payment)
    }


async def refunds(asked: Choosing) -> Options:
    order = _order(asked)
    return {
        str(each.refund): parts(
            asked.language,
            each.reference,
            money(each.amount, asked.language),
            day(each.refunded_on, asked.language),
        )
        for each in (order.refunds if order else ())
        if not each.reversed
    }


async def incidents(asked: Choosing) -> Options:
    order = _order(asked)
    return {
        str(each.incident): parts(
            asked.language,
            asked.said.of(each.kind),
            day(each.recorded_on, asked.language),
            *(str(line) for line in each.lines),
        )
        for each in (order.incidents if order else ())
        if not each.resolved
    }
