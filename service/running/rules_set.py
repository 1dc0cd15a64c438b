"""What an operator does with versions of the rules: add one, tell two apart, look what would follow."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from domain.case.moment import Moment
from domain.case.moving_rules.evolve import gone_over
from domain.case.reviews import dues
from domain.case.state import CaseState
from domain.errors import Refused
from domain.message import Command, Origin, OriginKind, StreamKind, derived_id
from domain.registry.rules.state import KnownRules
from domain.registry.rules.steps import AddRules
from domain.registry.state import REGISTRY, RegistryState
from domain.rules.terms import canonical, differences
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.values.calendar import Calendar, local_instant
from ledger.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What would follow for one running case."""

    case_id: UUID
    reference: str
    moved: tuple[tuple[str, date, date], ...]
    """Reviews that fall due on another day: their keys, from when, to when."""
    gone: tuple[str, ...]
    come: tuple[str, ...]
    late: int
    """Reviews that are past their window then, and are not now."""

    @property
    def changes(self) -> bool:
        return bool(self.moved or self.gone or self.come or self.late)


def step_in(path: Path, today: date) -> AddRules:
    """The step that a file says, in TOML; raises what is wrong with it."""
    said = tomllib.loads(path.read_text("utf-8"))
    changes = said.pop("changes", {})
    return AddRules.model_validate(
        {"occurred_on": today, "changes": canonical(_as_json(changes))} | said
    )


def _as_json(changes: Any) -> dict[str, Any]:
    return {name: str(v) if isinstance(v, float) else v for name, v in dict(changes).items()}


def add(ledger: Ledger, step: AddRules) -> int:
    """Record it; its position. The same file again is answered as it was."""
    command = Command(
        id=derived_id(FOUNDING_ADMINISTRATOR.id, f"rules/{step.version}"),
        target=REGISTRY,
        step=step,
        actor=FOUNDING_ADMINISTRATOR,
        origin=Origin(kind=OriginKind.IMPORT),
    )
    return ledger.record(command).position


def version(ledger: Ledger, name: str) -> KnownRules:
    """Raises `Refused("rules_unknown")`."""
    known = cast("RegistryState", ledger.state(REGISTRY)).rules.get(name)
    if known is None:
        raise Refused("rules_unknown", version=name)
    return known


def told_apart(before: KnownRules, after: KnownRules) -> Iterator[tuple[str, Any, Any]]:
    return differences(before.rules, after.rules)


def foreseen(
    ledger: Ledger, before: KnownRules, after: KnownRules, calendar: Calendar, today: date
) -> Iterator[Foreseen]:
    """Of every running case that goes by the one version, what the other would change."""
    for stream, _ in ledger.streams(StreamKind.CASE):
        case = cast("CaseState", ledger.state(stream))
        if case.is_open and case.rules_version == before.version:
            found = _of(UUID(stream.partition("/")[2]), case, after, calendar, today)
            if found.changes:
                yield found


def _of(
    case_id: UUID, case: CaseState, after: KnownRules, calendar: Calendar, today: date
) -> Foreseen:
    at = Moment(today, local_instant(today, 12))
    moved = gone_over(case, after.version, after.terms, at)
    now, then = ({each.key: each for each in dues(it, calendar)} for it in (case, moved))
    both = now.keys() & then.keys()
    late = (key for key, each in then.items() if each.window_end < today)
    return Foreseen(
        case_id=case_id,
        reference=case.reference or "",
        moved=tuple(
            (key, now[key].due_on, then[key].due_on)
            for key in sorted(both)
            if now[key].due_on != then[key].due_on
        ),
        gone=tuple(sorted(now.keys() - then.keys())),
        come=tuple(sorted(then.keys() - now.keys())),
        late=sum(key not in now or now[key].window_end >= today for key in late),
    )
