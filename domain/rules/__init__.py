"""The programme's policy as data: due times, escalation, ceilings.

A case keeps the version it was opened under. A published version never changes; a new
policy is a new version.
"""

from domain.rules.shape import Ceiling, Rules
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

RULES: dict[str, Rules] = {rules.version: rules for rules in (V1,)}
NEWEST = V1

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
]
