"""The streams of a decision as they would be: with what mends them, and what is told instead."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from domain.beneficiary import events as b
from domain.beneficiary.state import BeneficiaryState, evolve_beneficiary
from domain.case import events as c
from domain.case.state import CaseState
from domain.cohort.state import CohortState, evolve_cohort
from domain.folds.evolution import Evolution
from domain.folds.mended import Mended
from domain.folds.order import BY_DAY, happened_by, in_order
from domain.message import Event, Recorded, StreamKind
from domain.project import events as p
from domain.project.state import ProjectState, evolve_project
from domain.steps.handling import Context, State
from domain.steps.naming import step_name
from domain.steps.roles import StreamRole
from domain.tracks.table import evolve_whole_case

FOLDS: dict[StreamKind, tuple[State, Evolution[Any]]] = {
    StreamKind.CASE: (CaseState(), evolve_whole_case),
    StreamKind.PROJECT: (ProjectState(), evolve_project),
    StreamKind.BENEFICIARY: (BeneficiaryState(), evolve_beneficiary),
    StreamKind.COHORT: (CohortState(), evolve_cohort),
}

MENDING: dict[StreamKind, type[Mended]] = {
    StreamKind.PROJECT: p.ProjectEntriesMended,
    StreamKind.BENEFICIARY: b.PersonEntriesMended,
}
"""What says in the streams beside a case that something is left out."""


@dataclass(slots=True)
class Stream:
    """One of them, growing."""

    role: StreamRole[Any]
    before: Sequence[Recorded]
    new: list[Recorded] = field(default_factory=list)

    @property
    def events(self) -> list[Recorded]:
        return [*self.before, *self.new]

    @property
    def state(self) -> State:
        return folded(self.role.kind, self.events)

    def as_of(self, day: date) -> State:
        return folded(self.role.kind, happened_by(self.events, day))

    def add(self, role: StreamRole[Any], event: Event, ctx: Context, on: date) -> None:
        """One more event, as the ledger would record it, as far as a fold looks at it."""
        entry, last = role.entry, self.before[-1].envelope
        about = last._replace(
            event_id=ctx.command_id,
            event_type=type(event).stored,
            version=last.version + len(self.new) + 1,
            position=last.position + len(self.new) + 1,
            occurred_on=entry.step.occurred_on if entry else on,
            recorded_at=ctx.now,
            step=step_name(entry.step) if entry else "",
            actor=ctx.actor,
            origin=ctx.origin,
            command_id=ctx.command_id,
            mends=entry.mends if entry else None,
        )
        self.new.append(Recorded(about, event))


def folded(kind: StreamKind, events: Sequence[Recorded]) -> State:
    state, evolve = FOLDS[kind]
    for each in in_order(events, by_day=kind in BY_DAY):
        state = evolve(state, each.event, each.envelope)
    return state


@dataclass(frozen=True, slots=True)
class Said:
    """What the events that mend say beside which entries they are about."""

    corrected: frozenset[int]
    explanation: str
    wrong_person: bool = False


def in_the_case(left: Sequence[Recorded], said: Said) -> list[Event]:
    """What says in the case that these are left out: of custody's behind its veil."""
    made: list[Event] = []
    for event, veiled in ((c.EntriesMended, False), (c.CircumstancesMended, True)):
        entries = tuple(r.envelope.version for r in left if (r.event.veil is not None) is veiled)
        if entries:
            corrected = tuple(each for each in entries if each in said.corrected)
            made.append(
                event(
                    entries=entries,
                    corrected=corrected,
                    wrong_person=said.wrong_person,
                    explanation=said.explanation,
                )
            )
    return made
