"""The files put to a session, each with what speaks for and against it, and what came of it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.message import Role
from domain.project.vocabulary import DecisionKind
from domain.seeing_to import DONE_BY
from domain.tracks.self_employment.vocabulary import OpinionKind
from service.console.showing.gaps import Gap, Missing, missing_of
from service.console.showing.links import StepLink, form_at
from service.console.showing.reviews import ReviewLine, review_line
from service.queries.sessions import PutLine, Session
from service.words import writing
from service.words.language import Language
from service.words.store import words

DECIDE = "record-decision"
ELSEWHERE: Mapping[str, str] = {
    "place-order": "/steps/place-order",
    "receive-lines": "/orders?project={}",
}
"""Steps that what a decision opened may ask for, and that are not taken on a case."""


@dataclass(frozen=True, slots=True)
class Onlooker:
    """Who reads the list, and what they may record."""

    role: Role
    may: Collection[str]
    today: date
    language: Language


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file on the list; amounts in MAD."""

    number: int
    """On the list, which goes by reference."""
    case_id: UUID | None
    """None where nothing is told of whom it is about."""
    project_id: UUID
    agreement_id: UUID
    reference: str | Missing
    names: tuple[writing.Name, ...]
    missing: Missing
    """Why there is no name, where there is none."""
    trade: str | Missing
    province: str
    asked: Decimal
    recommended: Decimal | Missing
    warnings: tuple[str, ...]
    papers: tuple[str, ...]
    """Those that the file lacks."""
    appeal: bool
    decision: str
    """Empty while it is not decided."""
    approved: bool
    granted: Decimal | None
    """Equipment and cash, where it was approved."""
    cash: Decimal | None
    decided_on: date | None
    deferred_to: date | None
    ordered: bool
    not_yours: bool
    """Whether the reader proposed or submitted it: then another person records the decision."""
    step: StepLink | None
    """Where the reader records the decision."""
    opened: ReviewLine | None
    """What the decision made due."""
    opened_step: StepLink | None


def file_lines(session: Session, by: Onlooker) -> list[FileLine]:
    """By reference; those that are told of nobody last."""
    told = sorted(session.lines, key=lambda line: (line.reference is None, str(line.reference)))
    return [_line(number, line, session, by) for number, line in enumerate(told, 1)]


def _line(number: int, line: PutLine, session: Session, by: Onlooker) -> FileLine:
    language = by.language
    said = words(language)
    decision = DecisionKind(line.decision) if line.decision else None
    return FileLine(
        number=number,
        case_id=line.case_id if line.reference else None,
        project_id=line.project_id,
        agreement_id=line.agreement_id,
        reference=line.reference or Missing(Gap.NOT_SHOWN),
        names=writing.names(line.name_ar, line.name_latin, language),
        missing=missing_of(PutLine, "name_ar", by.role),
        trade=said.of(line.trade) if line.trade else Missing(Gap.NOT_RECORDED),
        province=writing.province(line.province, language),
        asked=line.asked,
        recommended=Missing(Gap.NOT_RECORDED) if line.recommended is None else line.recommended,
        warnings=() if decision else tuple(_warnings(line, language)),
        papers=tuple(said.of(each) for each in line.papers_missing),
        appeal=line.appeal,
        decision=said.of(decision) if decision else "",
        approved=decision is DecisionKind.APPROVE,
        granted=granted_of(line),
        cash=line.cash_grant,
        decided_on=line.decided_on,
        deferred_to=line.next_session_on if decision is DecisionKind.DEFER else None,
        ordered=line.ordered,
        not_yours=line.put_by_you,
        step=_step(line, session, by),
        opened=_opened(line, by),
        opened_step=_opened_step(line, by),
    )


def granted_of(line: PutLine) -> Decimal | None:
    """Equipment and cash together (MAD); None where it was not approved."""
    if line.equipment_amount is None:
        return None
    return line.equipment_amount + (line.cash_grant or 0)


def _step(line: PutLine, session: Session, by: Onlooker) -> StepLink | None:
    """The form of its decision, with what the list knows: under which agreement, and the day."""
    can = line.decision is None and line.reference is not None and not line.put_by_you
    if not can or session.status != "held" or DECIDE not in by.may:
        return None
    return StepLink(DECIDE, words(by.language).step[DECIDE], decision_form(line, session))


def decision_form(line: PutLine, session: Session) -> str:
    met = session.meets_on
    day = {"occurred_on": "other", "occurred_on.day": met.day, "occurred_on.month": met.month}
    known = {"agreement_id": line.agreement_id, "track_id": line.track_id}
    return form_at(DECIDE, "cases", line.case_id, **known, **day, **{"occurred_on.year": met.year})


def _opened(line: PutLine, by: Onlooker) -> ReviewLine | None:
    review = line.next_review
    if review is None:
        return None
    return review_line(review, review.status, by.today, by.language)


def _opened_step(line: PutLine, by: Onlooker) -> StepLink | None:
    review = line.next_review
    step = DONE_BY.get(review.kind, "") if review and review.kind else ""
    if step not in by.may:
        return None
    address = ELSEWHERE.get(step, "").format(line.project_id)
    return StepLink(
        step, words(by.language).step[step], address or form_at(step, "cases", line.case_id)
    )


def _warnings(line: PutLine, language: Language) -> Iterator[str]:
    page = words(language).page
    if line.recommended is None:
        yield page["file_not_studied"]
    elif line.asked > line.recommended:
        yield page["file_asks_more"]
    if line.changed_since_study:
        yield page["file_changed"]
    if line.opinion is None:
        yield page["file_without_opinion"]
    elif line.opinion is not OpinionKind.FAVOURABLE:
        yield words(language).of(line.opinion)
