"""The fold of the schooling track's events, into the state of its case."""

from typing import Any

from domain.case.evolve import met
from domain.case.moment import moment
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.tracks.schooling import events as e
from domain.tracks.schooling.state import Kit, Schooling, Year
from domain.tracks.schooling.vocabulary import SignedBy

evolve_schooling: Evolution[CaseState] = Evolution()
on = evolve_schooling.on


@on(e.SchoolEnrolled)
def _enrolled(state: CaseState, event: e.SchoolEnrolled, envelope: Envelope) -> CaseState:
    """Anew, where the same year was left before, or done at another level: that is kept."""
    track = Schooling.so_far(state, event, envelope)
    before = track.years.get(event.school_year)
    year = Year(
        enrolled=moment(envelope),
        level=event.level,
        school=event.school,
        centre=state.centre,
        province=state.province,
        earlier=() if before is None else (*before.earlier, replace(before, earlier=())),
    )
    years = {**track.years, event.school_year: year}
    return Schooling.changed(
        state, event, envelope, years={name: years[name] for name in sorted(years)}
    )


@on(e.SchoolChanged)
def _changed(state: CaseState, event: e.SchoolChanged, envelope: Envelope) -> CaseState:
    return _with_year(state, event, envelope, school=event.school, changed=moment(envelope))


@on(e.SchoolResultRecorded)
def _result(state: CaseState, event: e.SchoolResultRecorded, envelope: Envelope) -> CaseState:
    told = {"result": event.result, "diploma": event.diploma, "ended": moment(envelope)}
    return _with_year(state, event, envelope, **told)


@on(e.SchoolLeft)
def _left(state: CaseState, event: e.SchoolLeft, envelope: Envelope) -> CaseState:
    return _with_year(state, event, envelope, left=True, ended=moment(envelope))


@on(e.LearningKitGiven)
def _given(state: CaseState, event: e.LearningKitGiven, envelope: Envelope) -> CaseState:
    """Who signs in person was there; a guardian may have come alone."""
    if event.signed_by is SignedBy.PERSON:
        state = met(state, envelope)
    kits = Schooling.so_far(state, event, envelope).kits
    kit = Kit(moment(envelope), event.kit, event.signed_by)
    return Schooling.changed(state, event, envelope, kits=(*kits, kit))


def _with_year(
    state: CaseState,
    event: e.SchoolChanged | e.SchoolResultRecorded | e.SchoolLeft,
    envelope: Envelope,
    **changes: Any,
) -> CaseState:
    """Total: of a year that was not enrolled for, nothing is known."""
    track = Schooling.so_far(state, event, envelope)
    year = track.years.get(event.school_year)
    if year is None:
        return Schooling.changed(state, event, envelope)
    years = {**track.years, event.school_year: replace(year, **changes)}
    return Schooling.changed(state, event, envelope, years=years)
