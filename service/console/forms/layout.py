"""What stands beside each step that has a form, and is not in its model: order, pages, choices.

Fields are named from the top, with dots: `season.label`, `catchment.province`, `lines.item`.
What a field is asked as follows from its type (`questions.py`). What is said under its label stands
in `service/words/texts/forms/`; the layouts in `layouts/`, a module for each part of the path.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel


class Source(StrEnum):
    """Where the candidates of a question come from: all that the asker may choose among."""

    PROVINCES = "provinces"
    REGIONS = "regions"
    CENTRES = "centres"
    ASKING_CENTRES = "asking_centres"
    """That ask for the case, and were not answered."""
    OTHER_CENTRES = "other_centres"
    """Than the asker's own, that take cases today."""
    ENTRIES_OF_REGISTRY = "entries_of_registry"
    """Of the kinds that the field takes, valid on the step's day; found by a search on the form too.
    Of itself where a field has such a code."""
    ENTRIES_THAT_ARE_ONE = "entries_that_are_one"
    """An entry, and those that may be the same."""
    RULES = "rules"
    """Versions, without the one that the case goes by."""
    ROLES = "roles"
    """Those that a person can hold."""
    STAFF = "staff"
    CASEWORKERS = "caseworkers"
    """Of the case's centre, and their coordinators."""
    ABSENTEES = "absentees"
    """Of whom the asker may say that they are absent."""
    DELEGATIONS = "delegations"
    """That are not over, and the asker may end."""
    PARTNERS = "partners"
    """Systems of partners that are told of something."""
    KEYS = "keys"
    """Access keys that open something today."""
    NOTICES = "notices"
    """Announced to the asker, and not acknowledged yet."""
    BENEFICIARIES = "beneficiaries"
    """Found by a search on the form."""
    CASES = "cases"
    """Found by a search on the form."""
    HANDLERS = "handlers"
    """Who may handle the complaint: nobody it is about."""
    CASES_OF_BOTH = "cases_of_both"
    """Of the person and of the one with whom they are merged: one of them goes on."""
    TRACKS = "tracks"
    """Of the case."""
    TRACK_KINDS = "track_kinds"
    """Of which one can be opened on the case."""
    SUPPORTS = "supports"
    """Of the case: those that the step can be about."""
    ATTESTATIONS = "attestations"
    """Of the case, those that stand."""
    AWAITED = "awaited"
    """What the case still waits for."""
    GOALS = "goals"
    """The steps of the plan's goals: chosen together by `goal` and `goal_step`."""
    MEMBERS = "members"
    """Of the household, those who live there."""
    SCHOOL_YEARS = "school_years"
    """About today where one is enrolled, else those of the track that are not over."""
    APPLICATIONS = "applications"
    """Of an employment track, those that nobody answered yet."""
    REVIEWS = "reviews"
    """Of the case, those that stand: the one that led to the form is chosen."""
    PROBLEMS = "problems"
    """Raised in the case and not ended: chosen together by `raised_on` and `number`."""
    ITEMS = "items"
    """Of the case's project."""
    ENTRIES = "entries"
    """Of the thing's history: chosen by `entry_number`."""
    REQUESTS = "requests"
    """That wait on this very thing for a second person."""
    AGREEMENTS = "agreements"
    MOVEMENTS = "movements"
    """Of the agreement's funds."""
    TRANCHES = "tranches"
    """Of the agreement."""
    SESSIONS = "sessions"
    """Still to meet, or that met and have no minutes yet."""
    COHORTS = "cohorts"
    """In which a place is left."""
    IN_THE_COHORT = "in_the_cohort"
    CEREMONIES = "ceremonies"
    """Not held and not cancelled."""
    ON_THE_CEREMONY = "on_the_ceremony"
    """The projects on the ceremony's list."""
    OFF_THE_CEREMONY = "off_the_ceremony"
    """The projects on the list of the ceremony that is chosen, of which one gives up its place."""
    APPROVED_ITEMS = "approved_items"
    """Of projects, approved and not ordered yet: chosen together by `project_id` and `item`."""
    LINES = "lines"
    """Of the order."""
    PAYMENTS = "payments"
    """Of the order, those that stand."""
    REFUNDS = "refunds"
    """Of the order, those that stand."""
    INCIDENTS = "incidents"
    """Of the order, those that are open."""
    FUNDING_SOURCES = "funding_sources"
    """All of them."""
    CRITERIA = "criteria"
    """All criteria of eligibility."""


SOURCES: Mapping[str, Source] = {
    "province": Source.PROVINCES,
    "provinces": Source.PROVINCES,
    "region": Source.REGIONS,
    "centre": Source.CENTRES,
    "role": Source.ROLES,
    "staff_id": Source.STAFF,
    "caseworker": Source.CASEWORKERS,
    "key_id": Source.KEYS,
    "notices": Source.NOTICES,
    "beneficiary_id": Source.BENEFICIARIES,
    "goes_by": Source.BENEFICIARIES,
    "goes_on": Source.CASES_OF_BOTH,
    "track_id": Source.TRACKS,
    "support_id": Source.SUPPORTS,
    "attestation_id": Source.ATTESTATIONS,
    "awaited_id": Source.AWAITED,
    "member_id": Source.MEMBERS,
    "school_year": Source.SCHOOL_YEARS,
    "application_id": Source.APPLICATIONS,
    "goal": Source.GOALS,
    "review": Source.REVIEWS,
    "raised_on": Source.PROBLEMS,
    "item": Source.ITEMS,
    "entry_number": Source.ENTRIES,
    "request_id": Source.REQUESTS,
    "agreement_id": Source.AGREEMENTS,
    "into": Source.AGREEMENTS,
    "movement": Source.MOVEMENTS,
    "tranche": Source.TRANCHES,
    "session_id": Source.SESSIONS,
    "ceremony_id": Source.CEREMONIES,
    "cohort_id": Source.COHORTS,
    "replaces": Source.OFF_THE_CEREMONY,
    "absent": Source.ON_THE_CEREMONY,
    "later": Source.ON_THE_CEREMONY,
    "project_id": Source.APPROVED_ITEMS,
    "line": Source.LINES,
    "payment": Source.PAYMENTS,
    "refund": Source.REFUNDS,
    "incident": Source.INCIDENTS,
    "criterion": Source.CRITERIA,
}
"""By the field's own name, wherever it stands: a layout names only what differs."""


@dataclass(frozen=True, slots=True)
class When:
    """A question is put only where another one was answered so."""

    field: str
    among: frozenset[str]
    """The answers, as their codes; `yes` and `no` of what is asked by yes or no."""
    needed: bool = False
    """Whether it must be answered then, though its model leaves it open."""

    @classmethod
    def of(cls, field_: str, *among: str) -> "When":
        return cls(field_, frozenset(among))

    @classmethod
    def needed_for(cls, field_: str, *among: str) -> "When":
        return cls(field_, frozenset(among), needed=True)


@dataclass(frozen=True, slots=True)
class Layout:
    """Of one step's form."""

    model: type[BaseModel]
    order: tuple[str, ...]
    """Every field of the model that is asked for, as it is asked."""
    breaks: tuple[str, ...] = ()
    """Fields of `order` with which another page begins; of a table also one of its codes."""
    inside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A field of records → their fields as they are asked, where the model has them otherwise."""
    show_when: Mapping[str, When] = field(default_factory=dict)
    candidates: Mapping[str, Source] = field(default_factory=dict)
    """Where they are others than `SOURCES` has by the field's name."""
    typed: frozenset[str] = frozenset()
    """Fields that would be chosen by their name, and are typed: a code that is given here."""
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Field → fields that one choice answers with it: `raised_on` → `number`. Named from the top;
    they stand in no order of their own."""
    rows_from: Mapping[str, Source] = field(default_factory=dict)
    """A field of several records → what there is known: a row for each, in which the rest is asked.
    A row without an answer is left out."""
    left: Mapping[str, str] = field(default_factory=dict)
    """Field → why it is not asked for and keeps its default."""
    by_hand: Mapping[str, str] = field(default_factory=dict)
    """Field → the asker made by hand that puts it (`by_hand.py`), where no rule for types does."""
    checked: bool = False
    """Whether the answers are shown once more before they are recorded: for a decision, an end, or
    two people. Where money is asked for, or more than six answers, they always are."""

    def source(self, name: str) -> Source | None:
        """Where the candidates of a field come from, if it is chosen."""
        if name in self.typed:
            return None
        return self.candidates.get(name) or SOURCES.get(name.rpartition(".")[2])
