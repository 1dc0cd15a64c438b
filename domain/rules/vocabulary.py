"""The words that a version of the rules speaks of, as codes."""

from enum import StrEnum


class FundingSource(StrEnum):
    """Who funds a project."""

    INDH_PRECARIOUS = "indh_precarious"
    """INDH's programme for people in precarious situations."""
    INDH_INCOME = "indh_income"
    """INDH's third programme: income and economic inclusion of the young."""
    FOUNDATION = "foundation"
    REGION = "region"
    SPECIAL = "special"


class ExemptionReason(StrEnum):
    """Why a review need not take place; some give more days once it ends."""

    HEALTH = "health"
    DEPENDENCY = "dependency"
    SAFETY = "safety"
    TRANSFER = "transfer"
    ABROAD = "abroad"
    OTHER = "other"
