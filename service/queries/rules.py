"""The versions of the rules, what two of them say differently, and how many cases go by each."""

from datetime import date
from typing import Any, cast

from pydantic import Field

from domain.errors import Refused
from domain.message import Message
from domain.registry.rules.state import KnownRules, in_force
from domain.registry.state import REGISTRY, RegistryState
from domain.rules.terms import as_data, differences, digest
from projections.views import caseload
from service.access.reader import Reading


class RulesVersion(Message):
    version: str = Field(examples=["v2"])
    base: str | None
    """From which one it was made; null for what came with Jisr."""
    since: date | None
    """The first day of new cases that take it; null for what came with Jisr: always."""
    in_force: bool
    """Whether a case that is opened today takes it."""
    explanation: str | None
    digest: str
    """SHA-256 of all that it says."""


class RulesList(Message):
    versions: tuple[RulesVersion, ...]
    """The first set first."""


class RuleDiffers(Message):
    rule: str = Field(examples=["visit_months"])
    before: Any
    after: Any


class RulesAnswer(RulesVersion):
    rules: dict[str, Any]
    """All that it says, by the rules' names."""
    compared_with: str | None
    differences: tuple[RuleDiffers, ...]
    """What it says otherwise than the version it is compared with: the one it was made from, unless
    another is named."""


class CasesByRules(Message):
    running: dict[str, int]
    """Cases that are not closed, by their version of the rules."""


def list_rules(reading: Reading) -> RulesList:
    known = _known(reading)
    now = in_force(known, reading.today).version
    return RulesList(versions=tuple(_version(each, now) for each in known.values()))


def get_rules(reading: Reading, version: str, compared_with: str | None = None) -> RulesAnswer:
    """Raises `Refused("rules_unknown")`."""
    known = _known(reading)
    found = _one(known, version)
    base = compared_with or found.base
    apart = [] if base is None else differences(_one(known, base).rules, found.rules)
    return RulesAnswer(
        **dict(_version(found, in_force(known, reading.today).version)),
        rules=as_data(found.rules),
        compared_with=base,
        differences=tuple(
            RuleDiffers(rule=rule, before=before, after=after) for rule, before, after in apart
        ),
    )


def count_cases_by_rules(reading: Reading, filters: caseload.Filters) -> CasesByRules:
    with reading.views.reading() as conn:
        return CasesByRules(running=caseload.running_by_rules(conn, filters, reading.today))


def _known(reading: Reading) -> dict[str, KnownRules]:
    return dict(cast("RegistryState", reading.ledger.state(REGISTRY)).rules)


def _one(known: dict[str, KnownRules], version: str) -> KnownRules:
    if version not in known:
        raise Refused("rules_unknown", version=version)
    return known[version]


def _version(known: KnownRules, now: str) -> RulesVersion:
    return RulesVersion(
        version=known.version,
        base=known.base,
        since=known.since,
        in_force=known.version == now,
        explanation=known.explanation,
        digest=digest(known.rules),
    )
