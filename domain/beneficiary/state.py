"""Who a beneficiary is, and the fold that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.asking.waiting import Requests, remember
from domain.beneficiary import events as e
from domain.beneficiary.restriction.events import PersonRestrictedOnRequest
from domain.beneficiary.restriction.vocabulary import RestrictionGround
from domain.beneficiary.rights.state import DataRequests, remember_data_requests
from domain.beneficiary.vocabulary import Language, Sex
from domain.folds.evolution import Evolution
from domain.folds.mended import Mendings, remember_mended
from domain.folds.replacing import replace
from domain.folds.use import Use, use
from domain.message import Envelope, FieldClass
from domain.numbers.marks import normal
from domain.values.calendar import months_after

COMING_OF_AGE = 18


def born_on(day: date | None, year: int | None) -> date | None:
    """The year's last day where only the year is known."""
    return date(year, 12, 31) if day is None and year is not None else day


def of_age_on(born: date | None) -> date | None:
    """The eighteenth birthday of who was born on that day."""
    return months_after(born, 12 * COMING_OF_AGE) if born else None


@dataclass(frozen=True)
class BeneficiaryState:
    """A beneficiary at some version; what is personal is `None` once the key is destroyed."""

    version: int = 0
    seen: int = 0
    begun_on: date | None = None
    """The day they were registered."""
    identified_on: date | None = None
    """The day of which it was last told who they are."""
    name_ar: Annotated[str | None, FieldClass.PERSONAL] = None
    name_latin: Annotated[str | None, FieldClass.PERSONAL] = None
    sex: Sex | None = None
    birth_date: Annotated[date | None, FieldClass.PERSONAL] = None
    birth_year: Annotated[int | None, FieldClass.PERSONAL] = None
    numbers: Annotated[Mapping[str, Use], FieldClass.PERSONAL] = field(default_factory=dict)
    """Of the papers they have or had, since when each is known."""
    paper: Annotated[str | None, FieldClass.PERSONAL] = None
    """The number among them that was told last."""
    has_guardian: bool = False
    """Whether it is known who answers for them while they are a minor."""
    phones: Annotated[frozenset[str], FieldClass.PERSONAL] = frozenset()
    """By which they are reached now, those of their contact persons too."""
    phone: Annotated[str | None, FieldClass.PERSONAL] = None
    """Their own, as it was told."""
    language: Annotated[Language | None, FieldClass.PERSONAL] = None
    may_leave_message: bool = False
    reads: Annotated[bool | None, FieldClass.PERSONAL] = None
    """Whether they read a message; None where nobody told."""
    guardian_phone: Annotated[str | None, FieldClass.PERSONAL] = None
    open_case: UUID | None = None
    cases: tuple[UUID, ...] = ()
    """All there were; the one opened or reopened last stands last."""
    closed_on: date | None = None
    """The day on which the last of their cases to be closed was."""
    died_on: Annotated[date | None, FieldClass.PERSONAL] = None
    registered_by: UUID | None = None
    registered_in: str | None = None
    """The centre that registered the person."""
    followed_in: str | None = None
    """The centre of the case opened or reopened last."""
    merged_into: UUID | None = None
    """Whom they go by, where they were registered twice."""
    merged: Use | None = None
    """Since when."""
    joined: Mapping[UUID, UUID | None] = field(default_factory=dict)
    """Who goes by them, each with the case that was set aside for it."""
    set_aside: frozenset[UUID] = frozenset()
    """Cases, open ones of theirs perhaps, that another goes on for."""
    merging_turned_on: date | None = None
    """The day on which they were merged or parted last."""
    requests: Requests = field(default_factory=dict)
    data_requests: DataRequests = field(default_factory=dict)
    """What they asked about their data."""
    mended: Mendings = field(default_factory=dict)
    """What became of what steps of a case had told."""
    restricted_on: date | None = None
    """Since when only the coordinator and auditors read of them, and nobody writes."""
    restricted_until: date | None = None
    """From then on they may be erased; or it is looked at whether it goes on, where they asked for it."""
    restricted_for: RestrictionGround | None = None
    """Why, where they asked for it themselves."""
    lifted_on: date | None = None
    """The day on which a restriction of before ended last: none begins before it."""
    erased_on: date | None = None
    key_lost: bool = False
    """Whether the names are `None` because the key is lost, and not destroyed."""

    @property
    def erased(self) -> bool:
        return self.erased_on is not None

    @property
    def restricted(self) -> bool:
        return self.restricted_on is not None

    @property
    def put_away(self) -> bool:
        """Whether it is restricted while an erasure waits, and not because they asked for it."""
        return self.restricted and self.restricted_for is None

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def centre(self) -> str | None:
        """Whose the person is: the centre of the open or last case, before any the registering one."""
        return self.followed_in or self.registered_in

    @property
    def aliases(self) -> tuple[UUID, ...]:
        """Who goes by them."""
        return tuple(self.joined)

    @property
    def last_case(self) -> UUID | None:
        return self.cases[-1] if self.cases else None

    @property
    def born(self) -> date | None:
        return born_on(self.birth_date, self.birth_year)

    @property
    def of_age_on(self) -> date | None:
        """The eighteenth birthday."""
        return of_age_on(self.born)


evolve_beneficiary: Evolution[BeneficiaryState] = Evolution()
evolve_beneficiary.ignore(e.AddressMoved)
on = evolve_beneficiary.on
remember_mended(evolve_beneficiary, e.PersonEntriesMended)
remember_data_requests(evolve_beneficiary)


@on(e.BeneficiaryRegistered)
def _identified(
    state: BeneficiaryState, event: e.BeneficiaryRegistered, envelope: Envelope
) -> BeneficiaryState:
    if state.erased:
        return state
    return replace(
        state,
        begun_on=state.begun_on or envelope.occurred_on,
        identified_on=envelope.occurred_on,
        name_ar=event.name_ar,
        name_latin=event.name_latin,
        sex=event.sex,
        birth_date=event.birth_date,
        birth_year=event.birth_year,
        has_guardian=event.guardian is not None,
        numbers=_numbers(state.numbers, event.identity, envelope),
        paper=_number(event.identity),
        phones=_phones(event),
        phone=event.phone,
        language=event.language,
        may_leave_message=event.may_leave_message,
        reads=event.reads,
        guardian_phone=event.guardian.phone if event.guardian else None,
        registered_by=state.registered_by or envelope.actor.id,
        registered_in=state.registered_in or envelope.actor.centre,
        key_lost=envelope.lost,
    )


@on(e.DetailsChanged)
def _changed(
    state: BeneficiaryState, event: e.DetailsChanged, envelope: Envelope
) -> BeneficiaryState:
    """Without a paper they have the one they had."""
    if state.erased:
        return state
    return replace(
        state,
        has_guardian=event.guardian is not None,
        numbers=_numbers(state.numbers, event.identity, envelope),
        paper=_number(event.identity) or state.paper,
        phones=_phones(event),
        phone=event.phone,
        language=event.language,
        may_leave_message=event.may_leave_message,
        reads=event.reads,
        guardian_phone=event.guardian.phone if event.guardian else None,
        key_lost=state.key_lost or envelope.lost,
    )


@on(e.IdentityCorrected)
def _corrected(
    state: BeneficiaryState, event: e.IdentityCorrected, envelope: Envelope
) -> BeneficiaryState:
    """A number that was wrongly theirs is theirs no more; those of earlier papers still are."""
    if state.erased:
        return state
    told = event.identity is not None or event.no_paper
    paper = _number(event.identity) if told else state.paper
    kept = {
        number: use
        for number, use in state.numbers.items()
        if number != state.paper or number == paper
    }
    return replace(
        state,
        identified_on=envelope.occurred_on,
        name_ar=event.name_ar,
        name_latin=event.name_latin,
        sex=event.sex,
        birth_date=event.birth_date,
        birth_year=event.birth_year,
        numbers=_numbers(kept, event.identity, envelope),
        paper=paper,
        key_lost=envelope.lost,
    )


def _number(paper: e.KnownPaper | None) -> str | None:
    return normal(paper.number) if paper else None


def _numbers(
    told: Mapping[str, Use], paper: e.KnownPaper | None, envelope: Envelope
) -> Mapping[str, Use]:
    """A number that was told before stays known: it was theirs."""
    number = _number(paper)
    known = told.get(number) if number else None
    if number is None or (known is not None and known.position < envelope.position):
        return told
    return {**told, number: use(envelope)}


def _phones(event: e.BeneficiaryRegistered | e.DetailsChanged) -> frozenset[str]:
    guardian = () if event.guardian is None else (event.guardian,)
    contacts = (*(event.contacts or ()), *guardian)
    phones = (event.phone, *(each.phone for each in contacts))
    return frozenset(phone for phone in phones if phone is not None)


@on(e.CaseLinked)
def _linked(state: BeneficiaryState, event: e.CaseLinked, _: Envelope) -> BeneficiaryState:
    others = tuple(case for case in state.cases if case != event.case_id)
    cases = (*others, event.case_id)
    return replace(state, open_case=event.case_id, cases=cases, followed_in=event.centre)


@on(e.CaseMoved)
def _moved(state: BeneficiaryState, event: e.CaseMoved, _: Envelope) -> BeneficiaryState:
    """The person goes with the case that was opened or reopened last."""
    return replace(state, followed_in=event.centre) if state.last_case == event.case_id else state


@on(e.CaseUnlinked)
def _unlinked(
    state: BeneficiaryState, event: e.CaseUnlinked, envelope: Envelope
) -> BeneficiaryState:
    """Closing one case, told late, leaves open the other one that was opened meanwhile."""
    still = None if state.open_case == event.case_id else state.open_case
    return replace(state, open_case=still, closed_on=envelope.occurred_on)


@on(e.PersonDied)
def _died(state: BeneficiaryState, _: e.PersonDied, envelope: Envelope) -> BeneficiaryState:
    return replace(state, died_on=envelope.occurred_on)


@on(e.PersonMerged)
def _merged(state: BeneficiaryState, event: e.PersonMerged, envelope: Envelope) -> BeneficiaryState:
    aside = frozenset() if event.set_aside is None else frozenset({event.set_aside})
    return replace(
        state,
        merged_into=event.goes_by,
        merged=use(envelope),
        set_aside=aside,
        merging_turned_on=envelope.occurred_on,
    )


@on(e.PersonJoined)
def _joined(state: BeneficiaryState, event: e.PersonJoined, envelope: Envelope) -> BeneficiaryState:
    joined = {**state.joined, event.other: event.set_aside}
    return _with_joined(state, joined, envelope)


@on(e.PersonParted)
def _parted(state: BeneficiaryState, event: e.PersonParted, envelope: Envelope) -> BeneficiaryState:
    joined = {name: case for name, case in state.joined.items() if name != event.other}
    return _with_joined(state, joined, envelope)


def _with_joined(
    state: BeneficiaryState, joined: Mapping[UUID, UUID | None], envelope: Envelope
) -> BeneficiaryState:
    aside = frozenset(case for case in joined.values() if case is not None)
    return replace(state, joined=joined, set_aside=aside, merging_turned_on=envelope.occurred_on)


@on(e.MergeUndone)
def _undone(state: BeneficiaryState, _: e.MergeUndone, envelope: Envelope) -> BeneficiaryState:
    return replace(
        state,
        merged_into=None,
        merged=None,
        set_aside=frozenset(),
        merging_turned_on=envelope.occurred_on,
    )


@on(e.PersonRestricted)
def _restricted(
    state: BeneficiaryState, event: e.PersonRestricted, envelope: Envelope
) -> BeneficiaryState:
    day = envelope.occurred_on
    return replace(state, restricted_on=day, restricted_until=event.until, restricted_for=None)


@on(PersonRestrictedOnRequest)
def _restricted_on_request(
    state: BeneficiaryState, event: PersonRestrictedOnRequest, envelope: Envelope
) -> BeneficiaryState:
    return replace(
        state,
        restricted_on=envelope.occurred_on,
        restricted_until=event.look_again_on,
        restricted_for=event.because,
    )


@on(e.RestrictionLifted)
def _lifted(
    state: BeneficiaryState, _: e.RestrictionLifted, envelope: Envelope
) -> BeneficiaryState:
    return replace(
        state,
        restricted_on=None,
        restricted_until=None,
        restricted_for=None,
        lifted_on=envelope.occurred_on,
    )


remember(
    evolve_beneficiary,
    asked=(e.ErasureRequested, e.MergeRequested, e.PartingRequested),
    answered=(e.BeneficiaryRequestConfirmed, e.BeneficiaryRequestRefused),
)


@on(e.BeneficiaryErased)
def _erased(
    state: BeneficiaryState, _: e.BeneficiaryErased, envelope: Envelope
) -> BeneficiaryState:
    return replace(
        state,
        erased_on=envelope.occurred_on,
        name_ar=None,
        name_latin=None,
        birth_date=None,
        birth_year=None,
        numbers={},
        paper=None,
        phones=frozenset(),
        phone=None,
        language=None,
        may_leave_message=False,
        reads=None,
        guardian_phone=None,
        key_lost=False,
        requests={},
        restricted_on=None,
        restricted_until=None,
        restricted_for=None,
    )
