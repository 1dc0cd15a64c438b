"""Which versions of the rules there are, and from which day new cases take each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.registry.rules.events import RulesAdded
from domain.rules import RULES, Rules, Terms, rules_by


@dataclass(frozen=True, slots=True)
class KnownRules:
    """One version."""

    version: str
    since: date | None = None
    """The first day of new cases that take it; None for what came with Jisr: always."""
    terms: Terms | None = None
    base: str | None = None
    """From which one it was made."""
    explanation: str | None = None

    @property
    def rules(self) -> Rules:
        return rules_by(self.version, self.terms)


Versions = Mapping[str, KnownRules]
CAME_WITH_JISR: Versions = {version: KnownRules(version) for version in RULES}


def in_force(versions: Versions, day: date) -> KnownRules:
    """The newest of those in force on a day; of two from one day the one that was set last."""
    then = [each for each in versions.values() if each.since is None or each.since <= day]
    return max(enumerate(then), key=lambda each: (each[1].since or date.min, each[0]))[1]


evolve_rules: Evolution[Any] = Evolution()


@evolve_rules.on(RulesAdded)
def _added(state: Any, event: RulesAdded, _: Envelope) -> Any:
    known = KnownRules(event.version, event.since, event.terms, event.base, event.explanation)
    return replace(state, rules={**state.rules, event.version: known})
