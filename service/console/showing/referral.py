"""A referral as pages tell it: to its own centre, and to the one that answers it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.case.referral.vocabulary import ReferralOutcome
from service.console.showing.filters import EVERYBODY, REFERRAL, Asked
from service.console.showing.gaps import Gap, Missing
from service.console.showing.links import StepLink, form_at
from service.console.visit import Signed
from service.queries.absences import LeftCasesList
from service.queries.referrals import AnsweredReferral, WaitingReferral
from service.words import writing
from service.words.language import Language
from service.words.store import words

ANSWERS = ("accept-referral", "refuse-referral")


@dataclass(frozen=True, slots=True)
class ShownReferral:
    """With no more of the case than an answer is given on."""

    reference: str
    href: str
    """Of the case, to who reads it; else empty."""
    from_centre: str
    to_centre: str
    referred_on: date
    province: str
    because: str | Missing
    explanation: str | Missing
    theirs: bool
    """Whether it is another centre's than the reader's: that one is named."""
    ours: bool
    """Whether it goes to another centre than the reader's."""
    waits: bool
    """Whether it waits for the reader."""
    steps: tuple[StepLink, ...]


def shown_referral(
    each: WaitingReferral, visit: Signed, centres: Mapping[str, str]
) -> ShownReferral:
    """`centres`: their names, by their codes."""
    said, on = words(visit.language), each.case_id
    names = ANSWERS if each.waits_for_you else ("withdraw-referral",) if each.yours else ()
    taken = [name for name in names if name in visit.steps]
    gap = Missing(Gap.NOT_RECORDED if visit.reads_people else Gap.NOT_SHOWN)
    return ShownReferral(
        reference=each.reference,
        href=f"/cases/{on}" if visit.actor.centre in (None, each.from_centre) else "",
        from_centre=centres.get(each.from_centre, each.from_centre),
        to_centre=centres.get(each.to_centre, each.to_centre),
        referred_on=each.referred_on,
        province=writing.province(each.province, visit.language) or each.province,
        because=said.of(each.because) if each.because else gap,
        explanation=each.explanation or gap,
        theirs=each.from_centre != visit.actor.centre,
        ours=each.to_centre != visit.actor.centre,
        waits=each.waits_for_you,
        steps=tuple(StepLink(name, said.step[name], form_at(name, "cases", on)) for name in taken),
    )


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """What became of a referral, or of what a centre asked for."""

    reference: str | None
    href: str
    """Of the case, to who reads it; else empty."""
    asked: bool
    from_centre: str
    to_centre: str
    asked_on: date
    asked_by: str
    outcome: str
    good: bool
    """Whether the other centre has the case, or is offered it."""
    answered_on: date
    answered_by: str
    why: str | None


def shown_answer(each: AnsweredReferral, visit: Signed, centres: Mapping[str, str]) -> ShownAnswer:
    """`centres`: their names, by their codes."""
    return ShownAnswer(
        reference=each.reference,
        href=f"/cases/{each.case_id}" if each.case_id else "",
        asked=each.asked,
        from_centre=centres.get(each.from_centre, each.from_centre),
        to_centre=centres.get(each.to_centre, each.to_centre),
        asked_on=each.asked_on,
        asked_by=each.asked_by_label or "",
        outcome=words(visit.language).of(each.outcome),
        good=each.outcome in (ReferralOutcome.ACCEPTED, ReferralOutcome.REFERRED),
        answered_on=each.answered_on,
        answered_by=each.answered_by_label or "",
        why=each.why,
    )


@dataclass(frozen=True, slots=True)
class ToRefer:
    """A group of open cases that another centre is to follow."""

    centre: str
    province: str | None
    """Which passes; None: the centre closes."""
    since: date
    to_centres: str
    many: int
    href: str
    """Of its list."""


def to_refer(
    found: LeftCasesList, centres: Mapping[str, str], language: Language
) -> tuple[ToRefer, ...]:
    """Those of centres that close first."""
    asked = Asked("/cases", EVERYBODY, waits_for=REFERRAL)
    closing = (
        ToRefer(
            centres.get(each.centre, each.centre),
            None,
            each.closed_from,
            "",
            each.open_cases,
            asked.address(centre=each.centre),
        )
        for each in found.closing
    )
    passing = (
        ToRefer(
            centres.get(each.centre, each.centre),
            writing.province(each.province, language) or each.province,
            each.since,
            f"{writing.COMMA[language]} ".join(centres.get(to, to) for to in each.to_centres),
            each.open_cases,
            asked.address(centre=each.centre, province=each.province),
        )
        for each in found.passing
    )
    return (*closing, *passing)
