"""The programme's policy as data: due times, escalation, ceilings.

A case keeps the version it was opened under, until it is moved to another with a reason. A published
version never changes; a new policy is a new version, which comes with Jisr (`v1.py`) or is set by the
Foundation as data (`terms.py`).
"""

from domain.rules.shape import Ceiling, Rules
from domain.rules.terms import RULES, Terms, rules_by
from domain.rules.v1 import V1
from domain.rules.vocabulary import (
    FAMILIES,
    OF_THE_HOUSE,
    DecidingBody,
    ExemptionReason,
    FamilyOfSources,
    FundingSource,
    HolderKind,
)

NEWEST = V1
"""That came with Jisr."""

__all__ = [
    "FAMILIES",
    "NEWEST",
    "OF_THE_HOUSE",
    "RULES",
    "Ceiling",
    "DecidingBody",
    "ExemptionReason",
    "FamilyOfSources",
    "FundingSource",
    "HolderKind",
    "Rules",
    "Terms",
    "rules_by",
]
