"""What queries take: ids, dates, filters and pages, each refused when it is not one."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Body, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from domain.batch.vocabulary import BatchStatus, Foretold
from domain.case.vocabulary import Stage, TrackKind
from domain.message import StreamKind
from domain.reception.vocabulary import ReceptionReason
from domain.rules import DecidingBody, FamilyOfSources, FundingSource
from domain.tracks.employment.vocabulary import EmployerKind
from domain.tracks.schooling.vocabulary import SchoolLevel
from domain.values.codes import Code, EntryKind
from domain.values.days import BirthDay
from domain.values.findings import FindingCode
from domain.values.places import ProvinceCode, RegionCode
from domain.values.trades import Trade
from projections.views import agreements, caseload, ceremonies, cohorts, complaints, sessions
from service.api.parameter_kinds import (
    FARTHEST_POSITION,
    NUMBER,
    After,
    Counted,
    Day,
    Instant,
    KnownWhen,
    Paged,
    Parameters,
    Text,
)
from service.queries.history import Moment, Stretch


class AttestationParameters(Parameters):
    attestation_id: UUID | None = None
    """Which; the last that stands where none is named."""


class RoundFilter(Parameters):
    """Of whom a round of visits is."""

    caseworker: UUID | None = None
    province: ProvinceCode | None = None


class CaseFilter(Paged):
    stage: Stage | None = None
    centre: Code | None = None
    caseworker: UUID | None = None
    province: ProvinceCode | None = None
    season: Text | None = None
    status: Literal["due", "overdue"] | None = None
    """Cases with a review that is due, or overdue, today."""
    track: TrackKind | None = None
    """Cases with an open track of this kind, whichever others they have; of those without an open
    one, whose last was."""
    entry: Text | None = None
    """Cases of whom this school, vocational centre or company took, or one that is one with it."""
    hired: EmployerKind | None = None
    """Cases that a report counts as hired by such an employer: what is behind its number."""
    schooled: SchoolLevel | None = None
    """Cases that a report counts as enrolled at that level."""
    counted_since: Day | None = None
    """In which days the report counts them."""
    counted_until: Day | None = None
    paused: bool | None = None
    """Open cases that rest."""
    to_refer: bool | None = None
    """Open cases that another centre is to follow: theirs closes, or passes the province on."""


class CaseParameters(CaseFilter, Counted):
    sort: caseload.Sort = caseload.NEWEST
    """By the day of opening, `-` for the latest first; `overdue`: the longest overdue first, then
    what falls due soonest, then the longest silent of those that wait for nothing, and last the
    closed ones."""


class CaseSearch(CaseFilter):
    """What is looked for, with the caseload's filters: in a body, since names are personal."""

    text: Annotated[Text, Field(min_length=1, examples=["Salma"])]
    """Words of a name, eight at most, in either script and spelled as they sound; or a case's
    reference."""


class PeopleSearch(Parameters):
    """Whom somebody is about to register: in a body, since names are personal."""

    name_ar: Text | None = None
    name_latin: Annotated[Text | None, Field(examples=["Salma Elmithal"])] = None
    """In one script or both; a name is found in the other script too."""
    birth_date: BirthDay | None = None
    birth_year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    """Where only the year is known. Without a date or a year nobody is found."""


class AgreementParameters(Paged, Counted):
    sort: agreements.Sort = agreements.NEWEST
    """By the day of signing, `-` for the latest first."""
    province: ProvinceCode | None = None
    """Those whose territory it lies in."""
    season: Text | None = None
    funding_source: FundingSource | None = None
    funding_family: FamilyOfSources | None = None
    status: Literal["open", "closed"] | None = None
    to_return: bool | None = None
    """Those closed ones into which money came back, which is to be repaid or carried over."""


class RequestParameters(Paged, Counted):
    kind: StreamKind | None = None
    about: UUID | None = None
    """The id of what it is about."""


class SessionParameters(Paged, Counted):
    sort: sessions.Sort = sessions.NEWEST
    """By its day, `-` for the latest first."""
    body: DecidingBody | None = None
    committee: Text | None = None
    status: Literal["scheduled", "held", "cancelled"] | None = None


class CeremonyParameters(Paged, Counted):
    sort: ceremonies.Sort = ceremonies.NEWEST
    """By the day first planned, `-` for the latest first."""
    province: ProvinceCode | None = None


class CohortParameters(Paged, Counted):
    sort: cohorts.Sort = cohorts.NEWEST
    """By the day it begins, `-` for the latest first."""
    trade: Trade | None = None
    provider: Text | None = None
    status: Literal["open", "ended", "cancelled"] | None = None


class CohortDayParameters(Parameters):
    on: Day | None = None
    """Of which day it is told who came."""


class BatchParameters(Paged, Counted):
    status: BatchStatus | None = None
    centre: Code | None = None


class BatchLineParameters(After):
    only: Foretold | None = None
    """Lines of one outcome."""


class PastedList(Parameters):
    """What is pasted of a list: in a body, since it may name people."""

    text: Annotated[str, Field(min_length=1, max_length=100_000, examples=["TAZ-24-0001"])]
    """A reference on each line; or columns with heads, one of which is `reference`."""


class ComplaintParameters(Paged, Counted):
    sort: complaints.Sort = complaints.NEWEST
    """By the day it was filed, `-` for the latest first."""
    open: bool | None = None
    """Those that go on, or those that have ended."""
    overdue: Day | None = None
    """Those that should have been answered before this day."""
    waiting: Day | None = None
    """Those that wait for you on this day: you handle it, name who does, or have it as coordinator
    or division because nobody answered in time."""
    handler: UUID | None = None
    without_handler: bool | None = None
    of_division: bool | None = None
    """Those that the division has, or that the centres have."""
    case_id: UUID | None = None
    centre: Code | None = None
    """Where they came in."""


class ReceptionCountParameters(Parameters):
    centre: Code | None = None
    reason: ReceptionReason | None = None
    since: Day | None = None
    until: Day | None = None


class ReceptionParameters(ReceptionCountParameters, Paged, Counted):
    pass


class OrderParameters(Paged, Counted):
    supplier: Text | None = None
    agreement_id: UUID | None = None
    """Orders of which it pays a line."""
    project_id: UUID | None = None
    """Orders with a line of it."""
    state: Literal["open", "done"] | None = None
    """Open: a line is awaited, something is owed, or an incident has not ended."""
    centre: Code | None = None
    """Orders that this centre placed."""


class FindingParameters(Paged, Counted):
    code: FindingCode | None = None
    open: bool | None = None
    """Those whose grounds still stand and that nobody has dismissed, or the others."""
    dismissed: bool | None = None
    centre: Code | None = None
    """Those that rest on the cases of this centre alone."""


class RegistryParameters(Paged, Counted):
    province: ProvinceCode | None = None
    valid_on: Day | None = None
    """What a step that is dated that day may name."""


class ServingParameters(Parameters):
    province: ProvinceCode | None = None
    on: Day | None = None


class RegistrySearch(Parameters):
    """What is looked for: in a body, since what somebody types may be a name."""

    text: Annotated[Text, Field(min_length=1, examples=["Atlas equipement"])]
    """Words of a name, in either script and spelled as they sound."""
    kinds: tuple[EntryKind, ...] = ()
    """One of these; of every kind, where there is none."""
    valid_on: Day | None = None
    """What a step that is dated that day may name."""
    province: ProvinceCode | None = None


class NewEntry(Parameters):
    """What somebody is about to register."""

    kind: EntryKind
    name_fr: Annotated[Text | None, Field(examples=["Atlas Équipement SARL"])] = None
    name_ar: Text | None = None


class TotalsParameters(Parameters):
    entry: Text | None = None
    """Of this one alone, and of those that are one with it."""
    centre: Code | None = None
    """By this centre's cases alone."""


class ReminderParameters(After, Counted):
    case_id: UUID | None = None
    missed: bool | None = None


class ReportParameters(Parameters):
    since: Day | None = None
    until: Day | None = None
    season: Text | None = None
    province: ProvinceCode | None = None
    region: RegionCode | None = None
    centre: Code | None = None
    funding_source: FundingSource | None = None
    ceremony_id: UUID | None = None


class KnownOnParameters(Parameters):
    known_on: KnownWhen | None = None
    """As known on this position, or at the end of this day; left out, as known now."""


class LogParameters(KnownOnParameters):
    """Which cases a log tells of."""

    centre: Code | None = None
    """Those opened in this centre."""
    since: Day | None = None
    """Those opened on this day or later."""
    until: Day | None = None
    """Those opened on this day or before."""
    season: Text | None = None
    """Those that an agreement of this season pays for."""


class HistoryParameters(After):
    version: Annotated[int, Field(ge=1, le=FARTHEST_POSITION), NUMBER] | None = None
    """As of this version."""
    occurred_by: Day | None = None
    """What had happened by that day, whenever it was recorded."""
    known_by: Instant | None = None
    """What had been recorded by that instant, whenever it happened."""
    position: Annotated[int, Field(ge=1, le=FARTHEST_POSITION), NUMBER] | None = None
    """What the whole ledger had up to this position."""
    changes: bool = False
    """Say of each event what it changed, field by field. A page ends early where that is much, or
    takes long: go on with `next_after`."""
    from_version: Annotated[int, Field(ge=0, le=FARTHEST_POSITION), NUMBER] | None = None
    """Say in `compared` what differs from that version; from 0: from nothing."""
    from_occurred_by: Day | None = None
    """Say what differs from what had happened by that day."""
    from_known_by: Instant | None = None
    """Say what differs from what had been recorded by that instant."""
    from_position: Annotated[int, Field(ge=0, le=FARTHEST_POSITION), NUMBER] | None = None
    """Say what differs from what the ledger had up to that position."""


def stretch_of(given: HistoryParameters) -> Stretch:
    """`from_…` together say one other moment."""
    asked = dict(given)
    moment = Moment(**{name: asked[name] for name in Moment.model_fields})
    since = Moment(**{name: asked[f"from_{name}"] for name in Moment.model_fields})
    other = None if since == Moment() else since
    return Stretch(moment, given.after, given.limit, changes=given.changes, since=other)


class ReceiptParameters(BaseModel):
    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    sent_by: Instant | None = None
    """You have not sent it since: `sent_by` of the answer 503, or of an earlier receipt."""


SEARCH = {"search-cases": {"value": {"text": "Salma", "stage": "follow_up", "limit": 20}}}

SEARCH_REGISTRY = {
    "search-registry": {"value": {"text": "Atlas equipement", "kinds": ["supplier"]}}
}

SIMILAR_ENTRIES = {
    "find-similar-entries": {"value": {"kind": "supplier", "name_fr": "Atlas Équipement SARL"}}
}

SIMILAR = {"find-similar-people": {"value": {"name_latin": "Salma Elmithal", "birth_year": 1991}}}

PASTED = {"find-batch-lines": {"value": {"text": "TAZ-23-0001\nTAZ-23-0002"}}}

AtLeast = Annotated[Parameters, Query()]
AttestationOf = Annotated[AttestationParameters, Query()]
RoundFilters = Annotated[RoundFilter, Query()]
CaseFilters = Annotated[CaseParameters, Query()]
Search = Annotated[CaseSearch, Body(openapi_examples=SEARCH)]
Similar = Annotated[PeopleSearch, Body(openapi_examples=SIMILAR)]
AgreementFilters = Annotated[AgreementParameters, Query()]
OrderFilters = Annotated[OrderParameters, Query()]
FindingFilters = Annotated[FindingParameters, Query()]
SessionFilters = Annotated[SessionParameters, Query()]
RequestFilters = Annotated[RequestParameters, Query()]
BatchFilters = Annotated[BatchParameters, Query()]
BatchLinesPage = Annotated[BatchLineParameters, Query()]
PastedText = Annotated[PastedList, Body(openapi_examples=PASTED)]
CeremonyFilters = Annotated[CeremonyParameters, Query()]
CohortDay = Annotated[CohortDayParameters, Query()]
CohortFilters = Annotated[CohortParameters, Query()]
ServingFilters = Annotated[ServingParameters, Query()]
ComplaintFilters = Annotated[ComplaintParameters, Query()]
ReceptionFilters = Annotated[ReceptionParameters, Query()]
ReceptionCounts = Annotated[ReceptionCountParameters, Query()]
RegistryFilters = Annotated[RegistryParameters, Query()]
RegistrySought = Annotated[RegistrySearch, Body(openapi_examples=SEARCH_REGISTRY)]
EntryAlike = Annotated[NewEntry, Body(openapi_examples=SIMILAR_ENTRIES)]
TotalsFilters = Annotated[TotalsParameters, Query()]
TimelinePage = Annotated[After, Query()]
ReminderFilters = Annotated[ReminderParameters, Query()]
ReportFilters = Annotated[ReportParameters, Query()]
KnownOn = Annotated[KnownOnParameters, Query()]
KnownPath = Annotated[KnownWhen, Path(examples=["4096"])]
LogFilters = Annotated[LogParameters, Query()]
HistoryPoint = Annotated[HistoryParameters, Query()]
ReceiptOf = Annotated[ReceiptParameters, Query()]
