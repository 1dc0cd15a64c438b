"""Who came to a cohort on a day: one list, and a step of its own for each person in it.

Each is recorded in their own case under a key of its own, so that one that is refused takes nothing
from the others, and a list sent twice is recorded once.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from starlette.responses import Response

from domain.errors import JisrError, Refused
from domain.tracks.training.steps import RecordAttendance
from domain.tracks.training.vocabulary import Presence
from service.access.table import require
from service.application import Ask
from service.console.failures import ISOLATED, told_of
from service.console.pages.cohorts import CohortCard, PlaceLine
from service.console.pages.kept import raised, told
from service.console.pages.noted import lead_to, said_at
from service.console.showing.attendance import list_at
from service.console.showing.links import form_at
from service.console.visit import Signed
from service.problems.problem import text_of
from service.queries.cohorts import Cohort, Trainee, get_cohort
from service.words.language import Language
from service.words.store import words

RECORDING = "record-attendance"
ALL_PRESENT = "present"
LONGEST = 500
"""Letters of why somebody did not come."""


@dataclass(frozen=True, slots=True)
class OnTheList:
    """Somebody who was in the cohort on the day."""

    line: PlaceLine
    told: Presence | None
    """What is recorded of the day already."""
    chosen: str
    """What was chosen and is not recorded."""
    why: str
    refusal: str
    """Why it was not recorded, in words."""
    alone: str
    """Where it is recorded by itself."""


async def attendance_today(visit: Signed) -> Response:
    """Of the day that is chosen; of today where none is."""
    cohort_id = visit.id_of("cohort_id")
    chosen = visit.request.query_params.get("on", "")
    try:
        day = date.fromisoformat(chosen) if chosen else visit.today
    except ValueError:
        raise Refused("filter_unknown") from None
    return visit.redirect(list_at(cohort_id, day))


async def attendance_page(visit: Signed) -> Response:
    return await _page(visit, await said_at(visit))


async def _page(visit: Signed, said: Mapping[str, Any]) -> Response:
    """`said`: what came of the list that was sent."""
    require(visit.actor, RECORDING)
    cohort_id, day = visit.id_of("cohort_id"), visit.day_of("day")
    cohort = await visit.ask(get_cohort, cohort_id, day)
    everybody_came = visit.request.query_params.get("all") == ALL_PRESENT
    otherwise = ALL_PRESENT if everybody_came else ""
    people = [_on_the_list(each, day, said, otherwise, visit) for each in _there(cohort, day)]
    return visit.page(
        "attendance.html",
        cohort=CohortCard.of(cohort, visit),
        day=day,
        here=list_at(cohort_id, day),
        people=people,
        open=[each for each in people if each.told is None],
        once=uuid4().hex,
        recorded=said.get("recorded", 0),
        refused=sum(bool(each.refusal) for each in people),
        early=day > visit.today,
        before=list_at(cohort_id, day - timedelta(days=1)),
        after=list_at(cohort_id, day + timedelta(days=1)) if day < visit.today else None,
        presences=tuple(Presence),
    )


def _there(cohort: Cohort, day: date) -> Iterator[Trainee]:
    """Those whose case is the reader's to record in, by reference."""
    inside = (each for each in cohort.people if each.there_on(day) and each.reference)
    yield from sorted(inside, key=lambda each: each.reference or "")


def _on_the_list(
    person: Trainee, day: date, said: Mapping[str, Any], otherwise: str, visit: Signed
) -> OnTheList:
    case = str(person.case_id)
    chosen = said.get("chosen", {}).get(case, otherwise)
    alone = form_at(RECORDING, "cases", case, track_id=person.track_id, occurred_on=day)
    return OnTheList(
        line=PlaceLine.of(person, visit),
        told=person.told,
        chosen=chosen,
        why=said.get("why", {}).get(case, ""),
        refusal=_refusal(said.get("refused", {}).get(case), visit.language),
        alone=alone,
    )


def _refusal(why: Any, language: Language) -> str:
    if why is None:
        return ""
    error = raised(why)
    if not isinstance(error, Refused):
        return told_of(error, language).title
    _, text = text_of(error.code, error.params, language, ISOLATED)
    return f"{words(language).page['not_recorded_because']} {text}"


async def record_attendance(visit: Signed) -> Response:
    """Each choice in its own case; then the list again, with what was refused of it."""
    require(visit.actor, RECORDING)
    cohort_id, day, form = visit.id_of("cohort_id"), visit.day_of("day"), await visit.form()
    cohort = await visit.ask(get_cohort, cohort_id, day)
    recorded, kept = 0, _Kept({}, {}, {})
    for person in _there(cohort, day):
        case = str(person.case_id)
        chosen, why = form.get(f"presence-{case}", ""), form.get(f"why-{case}", "").strip()
        if chosen not in set(Presence):
            continue
        try:
            await visit.take(_ask(visit, person, day, Presence(chosen), why[:LONGEST], form))
            recorded += 1
        except JisrError as error:
            kept.refused[case] = told(error)
            kept.chosen[case], kept.why[case] = chosen, why[:LONGEST]
    said = {"recorded": recorded, **kept.said}
    return await lead_to(visit, list_at(cohort_id, day), said, _page)


@dataclass(frozen=True, slots=True)
class _Kept:
    """By case: what was not recorded, and why; nothing that was typed is lost."""

    chosen: dict[str, str]
    why: dict[str, str]
    refused: dict[str, Any]

    @property
    def said(self) -> dict[str, Any]:
        return {"chosen": self.chosen, "why": self.why, "refused": self.refused}


def _ask(
    visit: Signed, person: Trainee, day: date, presence: Presence, why: str, form: dict[str, str]
) -> Ask:
    """The key is the list's and the person's: pressed twice, it is recorded once."""
    said = why if why and presence is not Presence.PRESENT else None
    step = RecordAttendance(
        occurred_on=day, track_id=person.track_id, presence=presence, explanation=said
    )
    once = form.get("once") or uuid4().hex
    return Ask(visit.actor, step, f"{once}-{person.case_id.hex}", UUID(str(person.case_id)))
