"""What is stored: fixed names, no limits when it is read, and a class for every text."""

from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

import pytest

from domain.case.steps import Consent
from domain.events.shapes import holds_text
from domain.events.stored import EVENTS, MODULES, by_name, class_of_field
from domain.message import Event, FieldClass, Record, ShortText, StreamKind
from domain.values.money import Amount, to_centimes

ABOUT_A_PERSON = frozenset(
    {
        *(StreamKind.CASE, StreamKind.BENEFICIARY, StreamKind.PROJECT, StreamKind.STAFF),
        *(StreamKind.COMPLAINT, StreamKind.RECEPTION, StreamKind.FINDING),
    }
)

CENTRES_NAMED = (
    *("CaseReferred.from_centre", "CaseReferred.to_centre", "CaseMoved.centre"),
    *("ReferralAccepted.from_centre", "ReferralAccepted.to_centre"),
    *("ReferralAsked.by_centre", "ReferralNotGiven.by_centre", "AskedForReferral.of_centre"),
    *("OpenedInEmergency.by_centre", "OpenedCaseInEmergency.of_centre"),
    "OpenedCaseInEmergency.by_centre",
    *("ReferralRefused.to_centre", "ReferralWithdrawn.to_centre"),
)
CODES_AND_REFERENCES = {
    "CaseOpened.reference": "the centre's letters, a year and a number",
    "CaseOpened.centre": "the code of a centre",
    "CaseOpened.rules_version": "the name of a version",
    "NeedsAssessed.form": "the name of a form's version",
    "TrainingEnrolled.provider": "a code of the registry",
    "ApplicationMade.company": "a code of the registry",
    "Hired.company": "a code of the registry",
    "TrainingAppliedFor.provider": "a code of the registry",
    "PlacementReviewed.review": "the name of a review after a hire",
    "CoachingRecorded.provider": "an organisation",
    "StudyRecorded.provider": "an organisation",
    "DecisionRecorded.minutes": "the number of the minutes",
    "PlacementReviewRescheduled.review": "the name of a review after a hire",
    "VisitRecorded.review": "the name of a visit after delivery",
    "VisitRescheduled.review": "the name of a visit after delivery",
    "OwnPartPaid.reference": "the number of a receipt",
    "OwnPartReturned.reference": "the number of a receipt",
    "HolderRefunded.reference": "the number of a receipt",
    "SupplierPaid.invoice": "the number of an invoice",
    "ItemsDelivered.items": "item numbers and serial numbers",
    "ItemsDelivered.cash": "amounts and numbers of cheques",
    "StaffRegistered.centre": "the code of a centre",
    "CaseLinked.centre": "the code of a centre",
    "DocumentAttached.sha256": "a hash",
    **dict.fromkeys(CENTRES_NAMED, "the code of a centre"),
    "AttestationIssued.number": "letters, a year and a number",
    "AttestationIssued.wording": "the name of a version of the texts",
    "ComplaintFiled.number": "letters, a year and a number",
    "ComplaintFiled.centre": "the code of a centre",
    "ComplaintFiled.about_centre": "the code of a centre",
    "ComplaintRedirected.about_centre": "the code of a centre",
    "ComplaintPassedOn.authority": "an organisation",
    "CaseOpened.rules_terms": "rules as data",
    "RulesAdopted.version": "a version of the rules",
    "RulesAdopted.terms": "rules as data",
    "ReceptionRecorded.centre": "the code of a centre",
    "ReceptionRecorded.sent_to": "a code of the registry",
    **dict.fromkeys(
        ("PartnerRegistered.partner", "PartnerEnded.partner", "PartnerGone.partner"),
        "the code of a system",
    ),
    "PartnerRegistered.name": "an organisation",
    "KeyFoundUsedOnce.taken_in": "the name of a stream",
    "PartnerRegistered.url": "where a system listens",
}
"""Texts about a person that are left without a class: none of them is written freely."""


def unmarked_texts(events: dict[str, type[Event]]) -> set[str]:
    """The fields of events about a person that can hold text and say no class."""
    return {
        f"{name}.{field}"
        for name, cls in events.items()
        if cls.stream in ABOUT_A_PERSON
        for field, info in cls.model_fields.items()
        if holds_text(info.annotation)
        and not any(isinstance(mark, FieldClass) for mark in info.metadata)
    }


def test_every_text_about_a_person_has_a_class() -> None:
    """When this fails: mark the field, by what it says of the person, or name it above."""
    assert unmarked_texts(dict(EVENTS)) == CODES_AND_REFERENCES.keys()


def test_a_text_inside_a_list_of_records_counts_too() -> None:
    class Part(Record):
        words: dict[str, int]

    class Told(Event, stored="Told"):
        stream: ClassVar[StreamKind] = StreamKind.CASE
        parts: tuple[Part, ...] | None = None
        count: int = 0

    assert unmarked_texts({"Told": Told}) == {"Told.parts"}


def test_a_stored_name_stays_when_its_class_is_called_otherwise() -> None:
    class Renamed(Event, stored="Told"):
        stream: ClassVar[StreamKind] = StreamKind.CASE

    assert by_name([Renamed]) == {"Told": Renamed}


def test_no_two_types_have_one_stored_name() -> None:
    class Told(Event, stored="Told"):
        stream: ClassVar[StreamKind] = StreamKind.CASE

    class ToldAgain(Event, stored="Told"):
        stream: ClassVar[StreamKind] = StreamKind.CASE

    with pytest.raises(TypeError, match="Told"):
        by_name([Told, ToldAgain])


def test_a_type_made_from_another_has_a_name_of_its_own_or_is_not_recorded() -> None:
    class Told(Event, stored="Told"):
        stream: ClassVar[StreamKind] = StreamKind.CASE

    class ToldMore(Told):
        pass

    assert ToldMore.stored == ""


def test_every_type_of_the_rooms_is_stored() -> None:
    """A type without a name would be made by a rule, and not be read."""
    shared = {"CaseEvent", "ProjectEvent", "AgreementEvent", "ApprovalEvent", "CeremonyEvent"}
    shared |= {"CohortEvent"}
    shared |= {
        "OrderEvent",
        "TrackEvent",
        "BeneficiaryEvent",
        "StaffEvent",
        "SessionEvent",
        "NumbersEvent",
        "ComplaintEvent",
        "ComplaintAbout",
        "ReceptionEvent",
    }
    shared |= {"UpkeepEvent", "FindingEvent"}
    shared |= {"PlanTold", "SessionLine", "RegistryEvent", "AgreedTerms"}
    shared |= {"BatchEvent", "LinesPassed"}
    unnamed = {
        name
        for module in MODULES
        for name, found in vars(module).items()
        if isinstance(found, type)
        and issubclass(found, Event)
        and found.__module__ == module.__name__
        and not found.stored
    }
    assert unnamed == shared


LIMITS = frozenset(
    {
        *("min_length", "max_length", "pattern", "strip_whitespace", "ge", "gt", "le", "lt"),
        *("multiple_of", "max_digits", "decimal_places", "to_lower", "to_upper", "strict"),
    }
)


def limits_in(schema: Any, where: str) -> Iterator[str]:
    """What of a validator could refuse a value for more than being of another kind."""
    if isinstance(schema, dict):
        for key in schema.keys() & LIMITS:
            yield f"{where}: {key}"
        if str(schema.get("type")).startswith("function") and "serialization" not in where:
            function = schema["function"]["function"]
            if function is not to_centimes:
                yield f"{where}: {function}"
        if schema.get("extra_fields_behavior", schema.get("extra_behavior")) == "forbid":
            yield f"{where}: refuses unknown fields"
        for key, value in schema.items():
            yield from limits_in(value, f"{where}.{key}")
    elif isinstance(schema, list | tuple):
        for value in schema:
            yield from limits_in(value, where)


@pytest.mark.parametrize("name", EVENTS)
def test_nothing_that_was_recorded_is_refused_by_a_limit_when_it_is_read(name: str) -> None:
    """A form may become stricter; what was recorded under the one before stays readable."""
    assert list(limits_in(EVENTS[name].__pydantic_core_schema__, name)) == []


def test_a_limit_would_be_found_wherever_it_stands() -> None:
    class Strict(Event, stored="Strict"):
        stream: ClassVar[StreamKind] = StreamKind.CASE
        word: Annotated[ShortText | None, FieldClass.PERSONAL] = None
        parts: tuple[Consent, ...] = ()
        cost: Amount | None = None

    found = set(limits_in(Strict.__pydantic_core_schema__, "Strict"))
    assert {each.rpartition(": ")[2] for each in found} >= {"max_length", "ge", "max_digits"}
    assert any("refuses unknown fields" in each for each in found)


def test_what_an_event_does_not_know_is_passed_over() -> None:
    read = EVENTS["ItemsReceived"].model_validate({"items": [1, 2], "of_a_later_release": 1})
    assert read.model_dump(mode="json") == {"items": [1, 2]}


def test_the_class_of_a_field_is_known_by_its_stored_name() -> None:
    assert class_of_field("NeedsAssessed", "areas") is FieldClass.HEALTH
    assert class_of_field("CaseOpened", "born") is FieldClass.PERSONAL
    assert class_of_field("CaseOpened", "caseworker") is FieldClass.INTERNAL


UNREADABLE_ONCE_ERASED = {
    "CaseOpened": {"born", "commune", "witness"},
    "BirthDateKnown": {"born"},
    "NumberKnown": {"mark"},
    "SocialEnquiryRecorded": {"household_size", "has_housing", "findings"},
    "DetentionBegun": {
        *("kind", "prison", "expected_end", "conditional_from", "detention_number"),
        *("sentence", "sentence_months", "tracks"),
    },
    "AlternativePenaltyBegun": {
        *("penalty", "expected_end", "hours_ordered", "institution", "conditions"),
    },
    "PenaltyHoursRecorded": {"hours_done"},
    "PlacedInChildProtection": {"institution", "expected_end"},
    "ConditionalReleasePrepared": {"earliest_on", "attests"},
    "ConditionalReleaseAnswered": {"granted", "reason"},
    "BreachRecorded": {"reason"},
    "ExitPermitRecorded": {"until", "reason"},
    "ReturnedToDetention": {"prison", "expected_end", "detention_number", "reason", "tracks"},
    "ExpectedEndChanged": {"expected_end", "episode", "reason"},
    "EpisodeEnded": {"episode", "end", "reason"},
    "PardonRecorded": {"pardon", "reduced_days", "expected_end"},
    "ReleaseRecorded": {"release", "pardon_list", "conditions_until", "conditions"},
    "EducationRecorded": {"level", "started_on", "result", "trade", "certificate", "prison"},
    "ContactRecorded": {"channel", "note"},
    "NeedsAssessed": {"areas", "remarks"},
    "ReviewExempted": {"review", "because", "until", "explanation"},
    "PreReleaseReviewRecorded": {"review", "findings"},
    "ReminderRecorded": {"review", "due_on", "fired_at"},
    "VisitRecorded": {"monthly_income", "remarks"},
    "StaffRegistered": {"label"},
    "ProjectRegistered": {"labels", "permits", "address"},
}
"""What tells of a person's age, custody, needs, health or means; none of it outlives them."""


@pytest.mark.parametrize("name", UNREADABLE_ONCE_ERASED)
def test_what_tells_of_age_custody_needs_or_means_does_not_outlive_an_erasure(name: str) -> None:
    cls = EVENTS[name]
    open_classes = {FieldClass.PUBLIC, FieldClass.INTERNAL, FieldClass.STATISTICAL}
    gone = {f for f in cls.model_fields if class_of_field(name, f) not in open_classes}
    assert gone == UNREADABLE_ONCE_ERASED[name]
