"""What was found at one part, and how much the part weighs."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The parts that are looked at; what stops most comes first."""

    SETTINGS = "settings"
    FOLDER = "data folder"
    DISK = "disk"
    MASTER_KEY = "master key"
    LEDGER = "ledger"
    KEYS = "keys"
    TAIL = "ledger's tail"
    UPGRADE = "upgrade"
    CLOCK = "clock"
    TEMPORAL = "Temporal"
    WORKER = "worker"
    API = "API"
    PROJECTOR = "projector"
    VIEWS = "views"
    QUEUE = "task queue"
    WORKFLOWS = "workflows"
    ERASING = "who destroys the keys of the erased"
    TELLING = "who tells workflows what went past them"
    ERASURES = "erasures"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `advice` says what to do when it is not well."""

    part: Part
    well: bool
    found: str
    advice: str = ""


WEIGHT = {part: number for number, part in enumerate(Part)}


def in_order(findings: list[Finding]) -> list[Finding]:
    """What is wrong first, and among that what stops most."""
    return sorted(findings, key=lambda finding: (finding.well, WEIGHT[finding.part]))
