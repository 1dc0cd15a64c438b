"""How a case ends: for each outcome, what proves it, what is to be said with it, and who may say it.

An outcome without its proof is refused with what is missing, so that no number counts what nobody
saw. What a track is to show, the track says (`Track.lacks`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from domain.case.state import CaseState
from domain.case.steps import CloseCase
from domain.case.support.needs import needs_of
from domain.case.track import Track
from domain.case.vocabulary import NeedArea, NeedStatus, Outcome
from domain.errors import NotAllowed, Refused
from domain.message import Actor, Role
from domain.steps.checks import not_after

Lacks = Callable[[CaseState, Outcome, date], str | None]
"""The code of what a case lacks to be closed so on a day; None where it lacks nothing."""


@dataclass(frozen=True, slots=True)
class Ending:
    """One outcome."""

    outcome: Outcome
    lacks: Lacks
    asks_reason: bool = False
    """Whether it must be said why."""
    asks_institution: bool = False
    """Whether it must be said who took the person over, and when they accepted."""
    who: frozenset[Role] = frozenset({Role.CASEWORKER, Role.COORDINATOR})


def _nothing(_case: CaseState, _outcome: Outcome, _on: date) -> None:
    """What was said proves it."""


def _of_tracks(otherwise: str, *said: str) -> Lacks:
    """What one of the tracks shows; `otherwise` where there is none that could.

    `said` are the other codes that a track says, so that whoever reads this finds all of them.
    """

    def lacks(case: CaseState, outcome: Outcome, on: date) -> str | None:
        rules, missing = case.rules_on(on), otherwise
        for track in _speaking(case, outcome):
            lacking = track.lacks(outcome, on, rules)
            if lacking is None:
                return None
            if lacking in said:
                missing = lacking
        return missing

    return lacks


HOW_A_PROJECT_ENDED = frozenset({Outcome.PROJECT_RUNNING, Outcome.PROJECT_STOPPED})


def _speaking(case: CaseState, outcome: Outcome) -> list[Track]:
    """The tracks that may show it: how a project ended, the last one that was handed over says."""
    every = list(case.tracks.values())
    if outcome not in HOW_A_PROJECT_ENDED:
        return every
    begun = [track for track in every if track.handed_over_on]
    return sorted(begun, key=lambda track: min(track.handed_over_on))[-1:]


def _at_work(case: CaseState, outcome: Outcome, on: date) -> str | None:
    """Nobody is in a job who is in detention, whatever was told of its end."""
    lacking = _of_tracks("no_placement")(case, outcome, on)
    return lacking or (None if case.is_free else "not_released")


DONE_WITH = frozenset({NeedStatus.MET, NeedStatus.DECLINED, NeedStatus.NO_NEED})


def _needs(case: CaseState, _outcome: Outcome, _on: date) -> str | None:
    """Each area was looked at, and nothing is left to do in it."""
    needs = needs_of(case)
    met = all(needs.get(area) in DONE_WITH for area in NeedArea)
    return None if met else "needs_not_all_met"


def _attempts(case: CaseState, _outcome: Outcome, on: date) -> str | None:
    enough = len(case.attempts_since) >= case.rules_on(on).lost_contact_attempts
    return None if enough else "attempts_missing"


def _taken_back(case: CaseState, _outcome: Outcome, _on: date) -> str | None:
    """Something was, and nothing that they ever agreed to stands."""
    said = case.consents.values()
    none_stands = not any(each.given for each in said)
    return None if none_stands and any(each.withdrawn for each in said) else "consent_stands"


def _ruled_out(case: CaseState, _outcome: Outcome, _on: date) -> str | None:
    return None if case.eligible is False else "no_ruling_says_ineligible"


def _inside(case: CaseState, _outcome: Outcome, _on: date) -> str | None:
    """An episode runs: neither who came in detention without one nor who escaped returned there."""
    return "not_in_detention" if case.custody.detention is None else None


def _dead(case: CaseState, _outcome: Outcome, _on: date) -> str | None:
    return None if case.died is not None else "death_not_recorded"


def _unpaid(case: CaseState, _outcome: Outcome, _on: date) -> str | None:
    return "money_was_spent" if money_spent(case) else None


ENDINGS = (
    Ending(
        Outcome.PROJECT_RUNNING,
        _of_tracks("no_project_delivered", "no_recent_visit_says_running"),
    ),
    Ending(
        Outcome.PROJECT_STOPPED,
        _of_tracks("no_project_delivered", "no_visit_says_stopped", "stop_not_decided"),
    ),
    Ending(Outcome.EMPLOYED, _at_work),
    Ending(Outcome.IN_TRAINING, _of_tracks("not_enrolled")),
    Ending(Outcome.IN_SCHOOL, _of_tracks("not_at_school")),
    Ending(Outcome.NEEDS_MET, _needs),
    Ending(Outcome.PARTLY_ACHIEVED, _nothing, asks_reason=True),
    Ending(Outcome.DISENGAGED, _nothing, asks_reason=True),
    Ending(Outcome.LOST_CONTACT, _attempts),
    Ending(Outcome.TRANSFERRED, _nothing, asks_institution=True),
    Ending(Outcome.LEFT_COUNTRY, _nothing),
    Ending(Outcome.INELIGIBLE, _ruled_out),
    Ending(Outcome.WITHDREW_CONSENT, _taken_back),
    Ending(Outcome.RETURNED_TO_DETENTION, _inside),
    Ending(Outcome.DECEASED, _dead),
    Ending(Outcome.OPENED_IN_ERROR, _unpaid, who=frozenset({Role.COORDINATOR})),
    Ending(Outcome.ERASED, _nothing, who=frozenset({Role.OPERATOR})),
)

SAID_BY_PEOPLE = tuple(each for each in ENDINGS if Role.COORDINATOR in each.who)
"""The last is the house's own, where a backup was brought back."""


OF_THE_DEAD = frozenset({Outcome.DECEASED, Outcome.OPENED_IN_ERROR})


def money_spent(case: CaseState) -> bool:
    """Whether anything public was paid or handed over for one of its tracks."""
    return any(track.money_spent for track in case.tracks.values())


def ending_of(outcome: Outcome) -> Ending:
    return next(each for each in ENDINGS if each.outcome is outcome)


def _requiring(endings: tuple[Ending, ...]) -> Callable[[CaseState, CloseCase, Actor], None]:
    def require(case: CaseState, step: CloseCase, actor: Actor) -> None:
        ending = next((each for each in endings if each.outcome is step.outcome), None)
        if ending is None:
            raise NotAllowed(role=str(actor.role))
        if not may_end(case, ending, actor.role, step.occurred_on):
            raise NotAllowed("closing_takes_coordinator")
        _require_told(ending, step)
        missing = keeps_open(case, ending, step.occurred_on)
        if missing is not None:
            raise Refused(missing)

    return require


def keeps_open(case: CaseState, ending: Ending, on: date) -> str | None:
    """As `missing_for`; and whoever died by then did not come to any other end.

    A death that is told once a case is closed makes no closing before it fall.
    """
    died = case.died_on
    if died is not None and died <= on and ending.outcome not in OF_THE_DEAD:
        return "closed_as_deceased"
    return missing_for(case, ending, on)


def missing_for(case: CaseState, ending: Ending, on: date) -> str | None:
    """The code of what keeps the case from ending so on that day; None where nothing does.

    Public money stays followed: an approval is delivered or ended first.
    """
    tracks = case.tracks.values()
    if any(track.money_open for track in tracks):
        return "approval_still_open"
    if any(track.speaks_against(ending.outcome) for track in tracks):
        return "problem_undecided"
    return ending.lacks(case, ending.outcome, on)


def may_end(case: CaseState, ending: Ending, role: Role, on: date) -> bool:
    """The coordinator closes where public money was spent, or the person is a minor."""
    if role is Role.CASEWORKER and (money_spent(case) or case.is_minor(on)):
        return False
    return role in ending.who


def _require_told(ending: Ending, step: CloseCase) -> None:
    """A reason, or who took the person over, where the outcome asks for it."""
    if ending.asks_reason and step.explanation is None:
        raise Refused("ending_without_reason")
    told = {step.institution is not None, step.accepted_on is not None}
    if told != {ending.asks_institution}:
        raise Refused("institution_missing_or_superfluous")
    if step.accepted_on is not None:
        not_after(step.accepted_on, step.occurred_on)


require_ended_so = _requiring(SAID_BY_PEOPLE)
"""Raises `Refused` unless the case can end as the step says, by this person."""
