"""The words that a version of the rules speaks of, as codes."""

from collections.abc import Mapping
from enum import StrEnum


class FundingSource(StrEnum):
    """Who funds a project."""

    INDH_PRECARIOUS = "indh_precarious"
    """INDH's programme for people in precarious situations."""
    INDH_INCOME = "indh_income"
    """INDH's third programme: income and economic inclusion."""
    INDH_YOUTH = "indh_youth"
    """Of the same, what is for the young."""
    FOUNDATION = "foundation"
    REGION = "region"
    SPECIAL = "special"


class DecidingBody(StrEnum):
    """Who decides in session what a source pays for."""

    COMMITTEE = "committee"
    """A province's or prefecture's committee of human development."""
    COMMISSION = "commission"
    """The Foundation's own."""
    REGION = "region"


class FamilyOfSources(StrEnum):
    """What sources are counted under together."""

    INDH = "indh"
    """Whose programmes run in phases."""
    FOUNDATION = "foundation"
    REGION = "region"
    SPECIAL = "special"


FAMILIES: Mapping[FundingSource, FamilyOfSources] = {
    FundingSource.INDH_PRECARIOUS: FamilyOfSources.INDH,
    FundingSource.INDH_INCOME: FamilyOfSources.INDH,
    FundingSource.INDH_YOUTH: FamilyOfSources.INDH,
    FundingSource.FOUNDATION: FamilyOfSources.FOUNDATION,
    FundingSource.REGION: FamilyOfSources.REGION,
    FundingSource.SPECIAL: FamilyOfSources.SPECIAL,
}


class HolderKind(StrEnum):
    """Who holds a project, as ceilings tell them apart."""

    PERSON = "person"
    COOPERATIVE = "cooperative"
    GROUP = "group"
    COMPANY = "company"


class ExemptionReason(StrEnum):
    """Why a review need not take place; some give more days once it ends."""

    HEALTH = "health"
    DEPENDENCY = "dependency"
    SAFETY = "safety"
    TRANSFER = "transfer"
    ABROAD = "abroad"
    OTHER = "other"
    NO_STAFF = "no_staff"
    NO_VEHICLE = "no_vehicle"
    PRISON_ACCESS_REFUSED = "prison_access_refused"
    SECURITY = "security"
    SYSTEM = "system"


OF_THE_HOUSE = frozenset(
    {
        ExemptionReason.NO_STAFF,
        ExemptionReason.NO_VEHICLE,
        ExemptionReason.PRISON_ACCESS_REFUSED,
        ExemptionReason.SECURITY,
        ExemptionReason.SYSTEM,
    }
)
"""Reasons that are not the person's: they are counted apart."""


class AnnouncedReview(StrEnum):
    """Kinds of reviews of which the person may be told: they are to be there."""

    FIRST_CONTACT = "first_contact"
    PLAN = "plan"
    CONTACT = "contact"
    COMING_OF_AGE = "coming_of_age"
    UNDERTAKING = "undertaking"
    HANDOVER = "handover"
    VISIT = "visit"
    PLACEMENT = "placement"
    PAPER = "paper"
    SCHOOL_ENROLMENT = "school_enrolment"


class Kept(StrEnum):
    """As what something is kept of somebody: each has its years."""

    PUBLIC_GOODS = "public_goods"
    """What proves where public goods and money went."""
    CASE = "case"
    """What was done with somebody who received none."""
    REGISTRATION = "registration"
    """Who was registered, and never had a case."""
    COMPLAINT = "complaint"
