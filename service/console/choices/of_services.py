"""What is chosen of the services of a case: support items, what is awaited, who of the household,
and the steps of the plan.
"""

from domain.case.support.state import ENDED
from service.console.choices.asking import Choosing
from service.console.choices.said import day, parts
from service.console.forms.answers import BETWEEN
from service.console.forms.questions import Options
from service.queries.services import AwaitedAnswer, MemberAnswer, SupportAnswer

ON_ENDED = frozenset({"take-up-support"})
"""Steps on what was completed or declined; the others are on what is not."""
ON_ANY = frozenset({"await-third-party"})


async def supports(asked: Choosing) -> Options:
    case = asked.case
    return {
        str(each.support_id): parts(
            asked.language,
            asked.said.of(each.kind) if each.kind else asked.said.field["support_id"],
            asked.said.of(each.status),
            day(each.opened_on, asked.language),
        )
        for each in (case.supports if case else ())
        if _can_be_about(asked, each) or asked.given == str(each.support_id)
    }


def _can_be_about(asked: Choosing, support: SupportAnswer) -> bool:
    ended = support.status in ENDED
    return asked.step in ON_ANY or ended is (asked.step in ON_ENDED)


async def attestations(asked: Choosing) -> Options:
    """By their numbers, which stand on paper."""
    case = asked.case
    return {
        str(each.attestation_id): parts(
            asked.language, each.number, each.for_whom or "", day(each.issued_on, asked.language)
        )
        for each in (case.attestations if case else ())
        if each.cancelled_on is None
    }


async def awaited(asked: Choosing) -> Options:
    case = asked.case
    return {
        str(each.awaited_id): parts(
            asked.language, each.awaiting or each.party_name or "", day(each.since, asked.language)
        )
        for each in (case.awaited if case else ())
        if _still(each) or asked.given == str(each.awaited_id)
    }


def _still(awaited_: AwaitedAnswer) -> bool:
    return awaited_.answered_on is None and awaited_.stopped_on is None


async def members(asked: Choosing) -> Options:
    case = asked.case
    return {
        str(each.member_id): called(asked, each)
        for each in (case.household if case else ())
        if each.left_on is None or asked.given == str(each.member_id)
    }


def called(asked: Choosing, member: MemberAnswer) -> str:
    kinship = asked.said.of(member.kinship) if member.kinship else ""
    return parts(asked.language, member.name or "", kinship)


async def goals(asked: Choosing) -> Options:
    """Every step of the plan that stands, with its goal and how far it is."""
    case = asked.case
    return {
        f"{goal}{BETWEEN}{number}": parts(
            asked.language, step.text, asked.said.of(step.progress), each.text
        )
        for goal, each in enumerate((case.goals if case else None) or (), 1)
        for number, step in enumerate(each.steps, 1)
    }
