"""What stands above the first page of somebody until it is seen to."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from domain.message import Role
from projections.views.agreements import NEWEST, Filters
from projections.views.inbox import Filters as Own
from projections.views.pages import Part
from service.access.table import QUERIES, STEPS
from service.console.choices.referred import PATH as REFERRALS
from service.console.pages import outbox
from service.console.pages.complaints import PATH as COMPLAINTS
from service.console.pages.complaints import YOURS, complaints_waiting
from service.console.pages.inbox import PATH as INBOX
from service.console.pages.referrals import referrals_waiting
from service.console.pages.requests import PATH, waiting_for
from service.console.visit import Signed
from service.notify.outbox.message import State
from service.notify.outbox.store import Filters as Sent
from service.queries.absences import list_delegations, list_left_cases
from service.queries.agreements import list_agreements
from service.queries.inbox import count_inbox
from service.queries.outbox import count_outbox
from service.words import writing
from service.words.store import words

SIGN = "sign-agreement"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, and where it leads."""

    kind: str
    text: str
    href: str | None = None
    link: str = ""


async def notices(visit: Signed) -> AsyncIterator[Notice]:
    """What waits for their answer; and that no agreement is signed, to who may sign one."""
    said = words(visit.language)
    if many := await waiting_for(visit):
        text = writing.counted(said.count["requests_wait"], many, visit.language)
        yield Notice("due", text, PATH, said.page["see_requests"])
    if many := await referrals_waiting(visit):
        text = writing.counted(said.count["referrals_wait"], many, visit.language)
        yield Notice("due", text, REFERRALS, said.page["see_referrals"])
    if many := await complaints_waiting(visit):
        text = writing.counted(said.count["complaints_wait"], many, visit.language)
        yield Notice("due", text, f"{COMPLAINTS}?state={YOURS}", said.page["see_complaints"])
    if many := await _went_up(visit):
        text = writing.counted(said.count["things_went_up"], many, visit.language)
        yield Notice("late", text, INBOX, said.page["see_inbox"])
    if many := await _not_arrived(visit):
        text = writing.counted(said.count["messages_failed"], many, visit.language)
        yield Notice("due", text, outbox.address(State.FAILED), said.page["see_outbox"])
    async for each in _of_absences(visit):
        yield each
    if visit.actor.role not in STEPS[SIGN].who:
        return
    if not (await visit.ask(list_agreements, Filters(), Part(NEWEST, limit=1))).agreements:
        yield Notice("due", said.page["no_agreement_yet"], f"/steps/{SIGN}", said.step[SIGN])


async def _went_up(visit: Signed) -> int:
    """How much stayed undone, went up to the reader, and has no answer of theirs."""
    return (await visit.ask(count_inbox, Own())).went_up


async def _not_arrived(visit: Signed) -> int:
    """How many messages failed that the reader may send again."""
    if visit.actor.role not in QUERIES["send-again"].who:
        return 0
    return (await visit.ask(count_outbox, Sent())).failed


async def _of_absences(visit: Signed) -> AsyncIterator[Notice]:
    """For whom the reader stands in; and to the coordinator what is still with who left."""
    said, role = words(visit.language), visit.actor.role
    if role is Role.COORDINATOR:
        found = await visit.ask(list_left_cases)
        if many := sum(each.open_cases for each in found.left):
            text = writing.counted(said.count["cases_left"], many, visit.language)
            yield Notice("due", text, "/staff", said.page["see_staff"])
        for each in found.closing:
            cases = writing.counted(said.count["cases_open"], each.open_cases, visit.language)
            day = writing.day(each.closed_from, visit.language)
            text = f"{said.page['centre_closes']} {day}{writing.COMMA[visit.language]} {cases}. {said.page['centre_closes_refer']}"
            yield Notice("due", text, REFERRALS, said.page["see_to_refer"])
        if many := sum(each.open_cases for each in found.passing):
            text = writing.counted(said.count["cases_to_refer"], many, visit.language)
            yield Notice("due", text, REFERRALS, said.page["see_to_refer"])
    if visit.actor.centre is None:
        return
    standing = (await visit.ask(list_delegations)).delegations
    if mine := [each for each in standing if each.yours and each.holds]:
        until = writing.day(max(each.until for each in mine), visit.language)
        yield Notice(
            "wait", f"{said.page['you_stand_in']} {until}", "/staff", said.page["see_staff"]
        )
