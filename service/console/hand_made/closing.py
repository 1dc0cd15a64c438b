"""Close a case: each outcome with what proves it, where that stands or what is missing, and what follows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from domain.case.vocabulary import ContactOutcome, Outcome
from domain.rules.shape import Rules
from service.access.table import QUERIES
from service.console.choices.asking import Choosing
from service.console.choices.of_case import counting, events_of, requests
from service.console.forms.opening import OPENED_BY
from service.console.hand_made.asking import Asking, rules_of
from service.console.hand_made.following import Follows
from service.console.showing.links import StepLink, form_at
from service.console.showing.reviews import SETTLED
from service.queries.cases import CaseAnswer
from service.queries.endings import EndingAnswer
from service.queries.history import HistoricEvent
from service.words import writing
from service.words.store import words

GROUPS: Mapping[str, tuple[Outcome, ...]] = {
    "reached": (
        Outcome.PROJECT_RUNNING,
        Outcome.EMPLOYED,
        Outcome.IN_TRAINING,
        Outcome.IN_SCHOOL,
        Outcome.NEEDS_MET,
    ),
    "in_part": (
        Outcome.PARTLY_ACHIEVED,
        Outcome.PROJECT_STOPPED,
        Outcome.DISENGAGED,
        Outcome.LOST_CONTACT,
    ),
    "elsewhere": (
        Outcome.TRANSFERRED,
        Outcome.LEFT_COUNTRY,
        Outcome.RETURNED_TO_DETENTION,
        Outcome.DECEASED,
    ),
    "without": (Outcome.WITHDREW_CONSENT, Outcome.INELIGIBLE, Outcome.OPENED_IN_ERROR),
}
"""The outcomes as somebody looks for them."""
PROVED_BY: Mapping[Outcome, tuple[str, ...]] = {
    Outcome.PROJECT_RUNNING: ("VisitRecorded",),
    Outcome.PROJECT_STOPPED: ("VisitRecorded", "ProblemDecided"),
    Outcome.IN_TRAINING: ("TrainingEnrolled",),
    Outcome.NEEDS_MET: ("NeedsAssessed",),
    Outcome.INELIGIBLE: ("EligibilityRuled",),
    Outcome.RETURNED_TO_DETENTION: ("DetentionBegun", "ReturnedToDetention"),
    Outcome.DECEASED: ("DeathRecorded",),
}
"""The entries in which the proof stands, the last of each kind."""
ATTEMPTS = ("VisitAttempted", "ContactRecorded")


@dataclass(frozen=True, slots=True)
class Proof:
    """An entry of the case: its number, what it tells and of which day."""

    number: int
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Ending:
    """One outcome with which the case may be closed, or may not today."""

    outcome: Outcome
    text: str
    proofs: tuple[Proof, ...] = ()
    reason: str = ""
    """What is missing today, in words; empty where nothing is."""
    yours: bool = True
    step: StepLink | None = None
    """What would mend that, where it is the reader's to take now."""


async def facts(asking: Asking) -> Mapping[str, Any]:
    about, case = asking.about, asking.case
    if about is None or case is None:
        return {}
    told = counting(await events_of(asking.visit, about)) if case.endings else []
    chosen = asking.typed.get("outcome", "")
    ways = {each.outcome: _way(asking, case, each, told) for each in case.endings or ()}
    return {
        "groups": {
            name: [ways[each] for each in some if each in ways] for name, some in GROUPS.items()
        },
        "same": _same([*ways.values()]),
        "yours": any(each.yours for each in ways.values()),
        "chosen": next((each for each in ways.values() if each.outcome == chosen), None),
        "follows": await _follows(asking, case),
    }


def _way(
    asking: Asking, case: CaseAnswer, ending: EndingAnswer, told: Sequence[HistoricEvent]
) -> Ending:
    said = words(asking.visit.language)
    proofs: tuple[Proof, ...] = ()
    if ending.code is None:
        proofs = tuple(_proofs(asking, ending.outcome, told, rules_of(case)))
    return Ending(
        outcome=ending.outcome,
        text=said.of(ending.outcome),
        proofs=proofs,
        reason=ending.reason or "",
        yours=ending.yours,
        step=_mending(asking, case, ending.code or ""),
    )


def _proofs(
    asking: Asking, outcome: Outcome, told: Sequence[HistoricEvent], rules: Rules
) -> Iterator[Proof]:
    """The entries in which what proves it stands, the last first."""
    if outcome is Outcome.LOST_CONTACT:
        tried = [each for each in told if _is_attempt(each)]
        yield from (_proof(asking, each) for each in tried[-rules.lost_contact_attempts :])
        return
    kinds = PROVED_BY.get(outcome, ())
    found = {each.name: each for each in sorted(told, key=lambda each: each.occurred_on)}
    for kind in kinds:
        if kind in found:
            yield _proof(asking, found[kind])


def _is_attempt(event: HistoricEvent) -> bool:
    if event.name not in ATTEMPTS:
        return False
    reached: bool = event.fields.get("outcome", "") == ContactOutcome.REACHED
    return not reached


def _proof(asking: Asking, event: HistoricEvent) -> Proof:
    """What the entry says, with what it found."""
    said, kind = words(asking.visit.language), event.name
    found = event.fields.get("project")
    text = said.event[kind]
    if kind == "VisitRecorded" and isinstance(found, str):
        text = (
            f"{text}{writing.COLON[asking.visit.language]} {said.code['ProjectCondition'][found]}"
        )
    return Proof(event.version, text, event.occurred_on)


def _mending(asking: Asking, case: CaseAnswer, code: str) -> StepLink | None:
    """The step that brings what is missing, where the asker can take it now."""
    step = OPENED_BY.get(code, "")
    if step not in {each.step for each in case.open_steps if each.yours}:
        return None
    text = words(asking.visit.language).step[step]
    return StepLink(step, text, form_at(step, "cases", case.case_id))


def _same(ways: Sequence[Ending]) -> Ending | None:
    """What keeps the case from closing at all: the same of every outcome."""
    reasons = {each.reason for each in ways}
    return ways[0] if len(reasons) == 1 and ways[0].reason else None


async def _follows(asking: Asking, case: CaseAnswer) -> list[Follows]:
    """What ends with the case, and what goes on."""
    language = asking.visit.language
    said, due = words(language), [each for each in case.reviews if each.status not in SETTLED]
    found = []
    if due:
        count = writing.counted(said.count["reviews"], len(due), language)
        found.append(Follows("close_reviews", count))
    kinds = [said.code["TrackKind"][each.kind] for each in case.tracks if each.ended_on is None]
    found += [Follows("close_track", kind) for kind in kinds]
    if waiting := await _waiting(asking):
        count = writing.counted(said.count["requests"], waiting, language)
        found.append(Follows("close_requests", count))
    return [*found, Follows("close_reopened")]


async def _waiting(asking: Asking) -> int:
    """So many requests about the case wait for a second person."""
    visit = asking.visit
    if visit.actor.role not in QUERIES["list-requests"].who:
        return 0
    return len(await requests(Choosing(visit, asking.step, asking.about, asking.typed, "")))
