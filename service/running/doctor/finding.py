"""What was found at one part, how bad it is, and how much the part weighs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The parts that are looked at; what stops most comes first."""

    SETTINGS = "settings"
    FOLDER = "data folder"
    DISK = "disk"
    MASTER_KEY = "master key"
    LEDGER = "ledger"
    READS = "log of readings"
    KEYS = "keys"
    TAIL = "ledger's tail"
    PROOF = "what was sealed"
    UPGRADE = "upgrade"
    CLOCK = "clock"
    TEMPORAL = "Temporal"
    WORKER = "worker"
    API = "API"
    PROJECTOR = "projector"
    VIEWS = "views"
    SIGN_INS = "sign-ins"
    PASSWORDS = "passwords"
    HOLIDAYS = "holidays"
    QUEUE = "task queue"
    WORKFLOWS = "workflows"
    BATCHES = "batches"
    ERASING = "who destroys the keys of the erased"
    FORGETTING = "who has the lists forgotten on which the erased are"
    TELLING = "who tells workflows what went past them"
    NOTICES = "who fills the outbox"
    OUTBOX = "outbox"
    ERASURES = "erasures"
    PAPERS = "papers"
    ADMINISTRATORS = "administrators"
    BACKUPS = "backups"
    RECONCILED = "ledger, workflows and views compared"


class Severity(StrEnum):
    """How soon somebody must act."""

    WELL = "well"
    WARNING = "warning"
    """People can work, and nothing is lost: act before that changes."""
    BROKEN = "broken"
    """Something does not work, or is lost: act now."""


STATUS = {Severity.WELL: 0, Severity.WARNING: 1, Severity.BROKEN: 2}
"""What a process ends with that found nothing worse: as plugins of monitoring systems do."""
WEIGHT = {part: number for number, part in enumerate(Part)}


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found; `advice` says what to do, unless it is well."""

    part: Part
    severity: Severity
    found: str
    advice: str = ""

    @property
    def is_well(self) -> bool:
        return self.severity is Severity.WELL


def well(part: Part, found: str) -> Finding:
    return Finding(part, Severity.WELL, found)


def warning(part: Part, found: str, advice: str) -> Finding:
    return Finding(part, Severity.WARNING, found, advice)


def broken(part: Part, found: str, advice: str) -> Finding:
    return Finding(part, Severity.BROKEN, found, advice)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """The worst first, and among those what stops most."""
    return sorted(findings, key=lambda each: (-STATUS[each.severity], WEIGHT[each.part]))


def worst_of(findings: Iterable[Finding]) -> Severity:
    return max((each.severity for each in findings), key=STATUS.__getitem__, default=Severity.WELL)
