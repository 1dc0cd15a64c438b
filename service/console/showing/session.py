"""The files put to a session: what is asked, what speaks for and against, and what is left if all pass."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.message import Role
from domain.project.vocabulary import DecisionKind
from domain.tracks.self_employment.vocabulary import OpinionKind
from domain.values.money import NOTHING
from service.console.showing.gaps import Gap, Missing, missing_of
from service.console.showing.links import StepLink, form_at
from service.queries.agreements import Agreement
from service.queries.sessions import PutLine
from service.words import writing
from service.words.language import Language
from service.words.store import words

DECIDE = "record-decision"


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file on the list; amounts in MAD."""

    case_id: UUID | None
    """None where nothing is told of whom it is about."""
    project_id: UUID
    reference: str | Missing
    names: tuple[writing.Name, ...]
    missing: Missing
    """Why there is no name, where there is none."""
    trade: str | Missing
    province: str
    asked: Decimal
    recommended: Decimal | Missing
    warnings: tuple[str, ...]
    appeal: bool
    decision: str
    """Empty while it is not decided."""
    approved: bool
    decided_on: date | None
    ordered: bool
    step: StepLink | None


@dataclass(frozen=True, slots=True)
class LeftIf:
    """What an agreement has left if every file that waits is approved as it is recommended."""

    agreement_id: UUID
    season: str
    files: int
    room: Decimal
    places: int

    @property
    def is_enough(self) -> bool:
        return self.room >= NOTHING and self.places >= 0


def file_lines(
    lines: Iterable[PutLine], role: Role, *, decides: bool, language: Language
) -> list[FileLine]:
    """`decides`: whether the reader may record the decisions now."""
    told = (_line(each, role, language, decides=decides) for each in lines)
    return sorted(told, key=lambda line: (bool(line.decision), str(line.reference)))


def _line(line: PutLine, role: Role, language: Language, *, decides: bool) -> FileLine:
    said = words(language)
    decision = DecisionKind(line.decision) if line.decision else None
    known = {"session_id": line.session_id, "agreement_id": line.agreement_id}
    address = form_at(DECIDE, "cases", line.case_id, **known)
    step = StepLink(DECIDE, said.step[DECIDE], address)
    return FileLine(
        case_id=line.case_id if line.reference else None,
        project_id=line.project_id,
        reference=line.reference or Missing(Gap.NOT_SHOWN),
        names=writing.names(line.name_ar, line.name_latin, language),
        missing=missing_of(PutLine, "name_ar", role),
        trade=said.of(line.trade) if line.trade else Missing(Gap.NOT_RECORDED),
        province=writing.province(line.province, language),
        asked=line.asked,
        recommended=Missing(Gap.NOT_RECORDED) if line.recommended is None else line.recommended,
        warnings=() if decision else tuple(_warnings(line, language)),
        appeal=line.appeal,
        decision=said.of(decision) if decision else "",
        approved=decision is DecisionKind.APPROVE,
        decided_on=line.decided_on,
        ordered=line.ordered,
        step=step if decides and decision is None and line.reference else None,
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


def left_if_all_pass(
    lines: Collection[PutLine], agreements: Sequence[Agreement]
) -> Iterator[LeftIf]:
    for each in agreements:
        waiting = [
            line
            for line in lines
            if line.agreement_id == each.agreement_id and line.decision is None
        ]
        if waiting:
            taken = sum((line.recommended or line.asked for line in waiting), NOTHING)
            places = each.places - each.places_taken - len(waiting)
            yield LeftIf(each.agreement_id, each.season, len(waiting), each.room - taken, places)
