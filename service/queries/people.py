"""Who a beneficiary is."""

from datetime import date, datetime
from typing import Annotated, Any, cast
from uuid import UUID

from domain.beneficiary.events import (
    AddressMoved,
    BeneficiaryRegistered,
    DetailsChanged,
    ErasureRequested,
    IdentityCorrected,
    KnownContact,
    KnownPaper,
)
from domain.beneficiary.restriction.vocabulary import RestrictionGround
from domain.beneficiary.state import BeneficiaryState
from domain.beneficiary.steps import RegisterBeneficiary
from domain.beneficiary.vocabulary import Language, Sex
from domain.case.emergency.steps import OpenInEmergency
from domain.errors import Unavailable
from domain.folds.order import in_order
from domain.message import Command, FieldClass, Message, StreamKind, stream_id
from projections.views.people import Filters, PersonRow, similar
from service.access.reader import Reader, Reading, Sources
from service.access.scope import seen
from service.access.things import SeenPerson
from service.access.vocabulary import Scope


class Beneficiary(Message):
    """A person; everything personal is null once they are erased."""

    beneficiary_id: UUID
    version: int
    name_ar: Annotated[str | None, FieldClass.PERSONAL]
    name_latin: Annotated[str | None, FieldClass.PERSONAL]
    sex: Sex | None
    birth_date: Annotated[date | None, FieldClass.PERSONAL]
    birth_year: Annotated[int | None, FieldClass.PERSONAL]
    identity: Annotated[KnownPaper | None, FieldClass.PERSONAL]
    phone: Annotated[str | None, FieldClass.PERSONAL]
    address: Annotated[str | None, FieldClass.PERSONAL]
    contacts: Annotated[tuple[KnownContact, ...] | None, FieldClass.PERSONAL]
    guardian: Annotated[KnownContact | None, FieldClass.PERSONAL]
    language: Annotated[Language | None, FieldClass.PERSONAL]
    best_time: Annotated[str | None, FieldClass.PERSONAL]
    """When they are best reached, in words."""
    may_leave_message: bool
    reads: Annotated[bool | None, FieldClass.PERSONAL]
    """Whether they read a message; null where nobody told."""
    anyway_because: Annotated[str | None, FieldClass.PERSONAL]
    """Why they were registered though somebody has their paper's number."""
    merged_into: UUID | None
    """Whom they go by, where they were registered twice: ask for that one."""
    aliases: tuple[UUID, ...]
    """Other registrations of the same person, which go by this one."""
    open_case: UUID | None
    last_case: UUID | None
    registered_in: str | None
    centre: str | None
    """Whose the person is: of the open or last case, before any the one that registered them."""
    erasure_requested: bool
    """Whether a request for it waits for a second person."""
    restricted_until: date | None
    """Until when the person's data is restricted, if it is; from then on they may be erased. Where they
    asked for it themselves, by when it is looked at again."""
    restricted_for: RestrictionGround | None
    """Why, where they asked for it themselves."""
    erased_on: date | None
    """The day the person was erased."""


def get_beneficiary(reading: Reading, person: SeenPerson) -> Beneficiary:
    """The person as last registered or corrected."""
    state = person.state
    stream = stream_id(StreamKind.BENEFICIARY, person.id)
    known: dict[str, Any] = {}
    for recorded in in_order(reading.ledger.history(stream, up_to=state.version)):
        event = recorded.event
        if isinstance(event, BeneficiaryRegistered | DetailsChanged | IdentityCorrected):
            registers = isinstance(event, BeneficiaryRegistered)
            tells = registers or event.identity or getattr(event, "no_paper", False)
            known |= {name: told for name, told in event if tells or name != "identity"}
        elif isinstance(event, AddressMoved):
            known["address"] = event.address
    known.pop("explanation", None)
    known.pop("no_paper", None)
    return Beneficiary(
        **known,
        beneficiary_id=person.id,
        version=state.seen,
        merged_into=state.merged_into,
        aliases=state.aliases,
        open_case=state.open_case,
        last_case=state.last_case,
        registered_in=state.registered_in,
        centre=state.centre,
        erasure_requested=_is_requested(state, reading.clock()),
        restricted_until=state.restricted_until,
        restricted_for=state.restricted_for,
        erased_on=state.erased_on,
    )


class SimilarPeople(Message):
    """Who may be the same person."""

    people: tuple[PersonRow, ...]


def who_is_alike(sources: Sources, command: Command) -> tuple[UUID, ...]:
    """Whom a person about to be registered may be, of those that the actor may read.

    Nobody where the views cannot be read: that keeps nobody from being registered.
    """
    step = cast("RegisterBeneficiary", command.step)
    asked = Filters(step.name_ar, step.name_latin, step.birth_date, step.birth_year)
    reading = Reading.of(sources, Reader(command.actor))
    filters, *_ = cast("tuple[Filters]", seen(Scope.CASES, reading, (asked,)))
    try:
        found = find_similar_people(reading, filters)
    except Unavailable:
        return ()
    return tuple(row.beneficiary_id for row in found.people)


def who_is_named(sources: Sources, step: OpenInEmergency) -> tuple[UUID, ...]:
    """Whose open case may be meant in an emergency, whatever their centre; none of the restricted.

    Whoever asks is told of none of them, but that there is one, or that there are several.
    """
    if step.name is None or step.birth_year is None:
        return ()
    asked = Filters(
        name_ar=step.name,
        name_latin=step.name,
        birth_year=step.birth_year,
        unrestricted=True,
        followed=True,
    )
    with sources.views.reading() as conn:
        return tuple(row.beneficiary_id for row in similar(conn, asked))


def find_similar_people(reading: Reading, filters: Filters) -> SimilarPeople:
    """Those whose names are alike, and the birth date or year the same."""
    with reading.views.reading() as conn:
        return SimilarPeople(people=tuple(similar(conn, filters)))


def _is_requested(state: BeneficiaryState, now: datetime) -> bool:
    return any(
        isinstance(asked.what, ErasureRequested) and not asked.lapsed(now)
        for asked in state.requests.values()
    )
