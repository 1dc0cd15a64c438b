"""What a case is served with beside its tracks: support items, what is awaited, the household."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.case.consents.vocabulary import ConsentForm, Purpose
from domain.case.household.vocabulary import Kinship
from domain.case.moment import day_of
from domain.case.state import CaseState
from domain.case.support.vocabulary import SupportKind, SupportStatus
from domain.case.vocabulary import NeedArea
from domain.message import FieldClass, Message
from domain.values.papers import PaperKind
from service.access.reader import Reading
from service.queries.naming import called


class SupportAnswer(Message):
    """What somebody is helped with, and how far that is."""

    support_id: UUID
    kind: Annotated[SupportKind | None, FieldClass.JUDICIAL]
    need: Annotated[NeedArea | None, FieldClass.HEALTH]
    member_id: UUID | None
    """Who of the household it is for; null: the person."""
    provider: Annotated[str | None, FieldClass.HEALTH]
    """Who provides it, by the registry's code."""
    provider_name: Annotated[str | None, FieldClass.HEALTH]
    """In words: as the registry called it on that day, in the reader's language, or as it was typed."""
    status: SupportStatus
    opened_on: date
    turned_on: date
    """Since when it stands so."""
    probably_from: Annotated[date | None, FieldClass.JUDICIAL]
    look_again_on: Annotated[date | None, FieldClass.JUDICIAL]


class AwaitedAnswer(Message):
    """What the case waits for from somebody outside, or waited for."""

    awaited_id: UUID
    party: Annotated[str | None, FieldClass.JUDICIAL]
    """By the registry's code."""
    party_name: Annotated[str | None, FieldClass.JUDICIAL]
    """In words: as the registry called it on that day, in the reader's language, or as it was typed."""
    awaiting: Annotated[str | None, FieldClass.HEALTH]
    support_id: UUID | None
    paper: Annotated[PaperKind | None, FieldClass.JUDICIAL]
    since: date
    asked_on: date
    """When they were last asked."""
    answer_by: date | None
    answered_on: date | None
    stopped_on: date | None


class MemberAnswer(Message):
    """Somebody of the household who is served too."""

    member_id: UUID
    name: Annotated[str | None, FieldClass.PERSONAL]
    kinship: Annotated[Kinship | None, FieldClass.PERSONAL]
    birth_year: Annotated[int | None, FieldClass.PERSONAL]
    left_on: date | None
    met_on: date | None
    """The last time somebody was with them."""
    meetings: int


class ConsentAnswer(Message):
    """How the person answered last, of one purpose."""

    purpose: Purpose
    given: bool
    said_on: date
    given_as: ConsentForm | None
    """Null where it is not given, or was not told."""
    witness: Annotated[str | None, FieldClass.PERSONAL]


def consents_of(state: CaseState) -> Iterator[ConsentAnswer]:
    for purpose, each in sorted(state.consents.items()):
        yield ConsentAnswer(
            purpose=purpose,
            given=each.given,
            said_on=each.said.on,
            given_as=each.given_as,
            witness=each.witness,
        )


def supports_of(state: CaseState, reading: Reading) -> Iterator[SupportAnswer]:
    named = called(reading)
    for name, each in state.supports.items():
        yield SupportAnswer(
            support_id=name,
            kind=each.kind,
            need=each.need,
            member_id=each.member_id,
            provider=each.provider,
            provider_name=named(each.provider, each.opened.on)
            or each.provider_name
            or each.provider,
            status=each.status,
            opened_on=each.opened.on,
            turned_on=each.turned.on,
            probably_from=day_of(each.probably_from),
            look_again_on=day_of(each.look_again),
        )


def awaited_of(state: CaseState, reading: Reading) -> Iterator[AwaitedAnswer]:
    named = called(reading)
    for name, each in state.awaited.items():
        yield AwaitedAnswer(
            awaited_id=name,
            party=each.party,
            party_name=named(each.party, each.since.on) or each.party_name or each.party,
            awaiting=each.awaiting,
            support_id=each.support_id,
            paper=each.paper,
            since=each.since.on,
            asked_on=each.asked.on,
            answer_by=each.answer_by,
            answered_on=day_of(each.answered),
            stopped_on=day_of(each.stopped),
        )


def household_of(state: CaseState) -> Iterator[MemberAnswer]:
    for name, each in state.household.items():
        yield MemberAnswer(
            member_id=name,
            name=each.name,
            kinship=each.kinship,
            birth_year=each.birth_year,
            left_on=day_of(each.left),
            met_on=day_of(each.met),
            meetings=each.meetings,
        )
