"""The fold of the employment track's events, into the state of its case."""

import dataclasses
from typing import Any

from domain.case.evolve import met
from domain.case.held import Held
from domain.case.moment import Moment, moment
from domain.case.rolling import standing_name
from domain.case.state import CaseState
from domain.folds.evolution import Evolution
from domain.folds.replacing import replace
from domain.message import Envelope
from domain.tracks.employment import events as e
from domain.tracks.employment.state import Application, Employment, Placement
from domain.tracks.employment.vocabulary import WITH_THE_PERSON, PlacementFound

evolve_employment: Evolution[CaseState] = Evolution()
on = evolve_employment.on


@on(e.ApplicationMade)
def _applied(state: CaseState, event: e.ApplicationMade, envelope: Envelope) -> CaseState:
    track = Employment.so_far(state, event, envelope)
    who = (event.employer, event.company, event.employer_name, event.trade)
    made = Application(moment(envelope), *who)
    applications = {**track.applications, event.application_id: made}
    trade = event.trade or track.trade
    return Employment.changed(state, event, envelope, applications=applications, trade=trade)


@on(e.ApplicationAnswered)
def _answered(state: CaseState, event: e.ApplicationAnswered, envelope: Envelope) -> CaseState:
    known = Employment.so_far(state, event, envelope).applications
    made = known.get(event.application_id)
    if made is None:
        return state
    answered = dataclasses.replace(made, answered=moment(envelope), answer=event.answer)
    applications = {**known, event.application_id: answered}
    return Employment.changed(state, event, envelope, applications=applications)


@on(e.Hired)
def _hired(state: CaseState, event: e.Hired, envelope: Envelope) -> CaseState:
    track = Employment.so_far(state, event, envelope)
    job = Placement(
        hired=moment(envelope),
        employer=event.employer,
        contract_kind=event.contract_kind,
        company=event.company,
        employer_name=event.employer_name,
        trade=event.trade,
        centre=state.centre,
        province=state.province,
    )
    trade = event.trade or track.trade
    return Employment.changed(
        state, event, envelope, placements=(*track.placements, job), trade=trade
    )


@on(e.PlacementReviewed)
def _reviewed(state: CaseState, event: e.PlacementReviewed, envelope: Envelope) -> CaseState:
    """Who is not found there any more has left by that day, whenever it was."""
    when, last = moment(envelope), Employment.so_far(state, event, envelope).last
    if event.heard_from in WITH_THE_PERSON:
        state = met(state, envelope)
    if last is None:
        return state
    named = event.review and standing_name(state, event.review)
    held = (*last.reviews, Held(when, last.hired, named))
    if event.found is PlacementFound.STILL_EMPLOYED:
        return _with_last(state, event, envelope, reviews=held, found=when)
    return _with_last(state, event, envelope, reviews=held, ended=last.ended or when)


@on(e.PlacementReviewRescheduled)
def _rescheduled(
    state: CaseState, event: e.PlacementReviewRescheduled, envelope: Envelope
) -> CaseState:
    review = standing_name(state, event.review)
    return replace(state, moved={**state.moved, review: Moment(event.due_on, envelope.recorded_at)})


@on(e.PlacementEnded)
def _ended(state: CaseState, event: e.PlacementEnded, envelope: Envelope) -> CaseState:
    last = Employment.so_far(state, event, envelope).last
    if last is None:
        return state
    ended = last.ended or moment(envelope)
    told = {"ended": ended, "end_told": True, "end_reason": event.end_reason}
    return _with_last(state, event, envelope, **told)


def _with_last(
    state: CaseState,
    event: e.PlacementReviewed | e.PlacementEnded,
    envelope: Envelope,
    **changes: Any,
) -> CaseState:
    """With the last placement by that day changed."""
    *before, last = Employment.so_far(state, event, envelope).placements
    placements = (*before, dataclasses.replace(last, **changes))
    return Employment.changed(state, event, envelope, placements=placements)
