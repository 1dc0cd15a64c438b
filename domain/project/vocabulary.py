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


class ReceivedBy(StrEnum):
    """Whose signature stands under a delivery."""

    HOLDER = "holder"
    PROXY = "proxy"


class ProjectCondition(StrEnum):
    """How a visit found the project."""

    RUNNING = "running"
    STRUGGLING = "struggling"
    STOPPED = "stopped"


class EquipmentCondition(StrEnum):
    """How a visit found the equipment."""

    IN_USE = "in_use"
    SOLD = "sold"
    STOLEN = "stolen"
    BROKEN = "broken"
    RECOVERED = "recovered"
    GIVEN_AWAY = "given_away"
