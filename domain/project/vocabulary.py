"""The words of a project, as codes."""

from enum import StrEnum


class Premises(StrEnum):
    LEASE = "lease"
    FAMILY = "family"
    STREET = "street"
    MOBILE = "mobile"


class DecisionKind(StrEnum):
    """What the committee may decide of a project."""

    APPROVE = "approve"
    SEND_BACK = "send_back"
    DEFER = "defer"
    REJECT = "reject"


class RejectionReason(StrEnum):
    """Why the committee rejects a project."""

    NOT_VIABLE = "not_viable"
    COST_TOO_HIGH = "cost_too_high"
    PREMISES_UNSUITABLE = "premises_unsuitable"
    PERMIT_MISSING = "permit_missing"
    FUNDED_BEFORE = "funded_before"
    OUTSIDE_THE_PROGRAMME = "outside_the_programme"
    MONEY_EXHAUSTED = "money_exhausted"
    OTHER = "other"


class ReceivedBy(StrEnum):
    """Whose signature stands under a delivery."""

    HOLDER = "holder"
    PROXY = "proxy"


class KeptBackBecause(StrEnum):
    """Why a thing that had come in was not handed over with the others."""

    NOT_THERE = "not_there"
    DAMAGED = "damaged"
    ANOTHER_THING = "another_thing"
    """Than was approved."""
    NOT_WANTED = "not_wanted"
    OTHER = "other"


class ProjectCondition(StrEnum):
    """How a visit found the project."""

    RUNNING = "running"
    STRUGGLING = "struggling"
    STOPPED = "stopped"


class EquipmentCondition(StrEnum):
    """How a visit found an item."""

    IN_USE = "in_use"
    SOLD = "sold"
    STOLEN = "stolen"
    BROKEN = "broken"
    RECOVERED = "recovered"
    GIVEN_AWAY = "given_away"
