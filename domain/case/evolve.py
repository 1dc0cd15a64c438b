"""The fold of a case's own events. History already happened: there is no rule in here.

Events come by the day they happened, so the last of a kind to be folded is the latest.
What is encrypted is None once its person is erased: the fold passes over it.
"""

import dataclasses
from datetime import date

from domain.asking.waiting import remember
from domain.beneficiary.events import BirthDateKnown
from domain.case import events as e
from domain.case.consents.evolve import at_opening
from domain.case.custody.events import ExitPermitRecorded
from domain.case.custody.evolve import evolve_custody
from domain.case.custody.naming import as_of
from domain.case.held import Held
from domain.case.moment import Moment, moment
from domain.case.noticed.reminded import Reminded
from domain.case.putting_off import Exemption, Pause
from domain.case.rolling import standing_name
from domain.case.state import CaseState
from domain.case.vocabulary import Channel, ContactMadeBy, ContactOutcome, EducationResult
from domain.folds.evolution import Evolution
from domain.folds.mended import remember_mended
from domain.folds.replacing import replace
from domain.folds.use import use
from domain.message import Envelope
from domain.papers.state import remember_papers

evolve_case: Evolution[CaseState] = Evolution(evolve_custody)
on = evolve_case.on
evolve_case.ignore(e.CircumstancesRecorded, e.NoteAdded)

remember(
    evolve_case,
    asked=(e.ExemptionRequested, e.PauseRequested, e.PauseRenewalRequested),
    answered=(e.CaseRequestConfirmed, e.CaseRequestRefused),
)


remember_papers(evolve_case, e.DocumentAttached, e.DocumentWithdrawn)
remember_mended(evolve_case, e.EntriesMended, e.CircumstancesMended)


def met(state: CaseState, envelope: Envelope) -> CaseState:
    """The person was there. Inside it is no first contact: that is the first since the release."""
    when = moment(envelope)
    first = (state.first_contact or when) if state.is_free else None
    return replace(state, last_contact=when, first_contact=first, meetings=state.meetings + 1)


@on(e.CaseOpened)
def _opened(state: CaseState, event: e.CaseOpened, envelope: Envelope) -> CaseState:
    opened = replace(
        state,
        reference=event.reference,
        beneficiary_id=event.beneficiary_id,
        route=event.route,
        centre=event.centre,
        province=event.province,
        commune=event.commune,
        caseworker=event.caseworker,
        had_by=frozenset({event.caseworker}),
        rules_version=event.rules_version,
        rules_terms=event.rules_terms,
        born=event.born,
        consents=at_opening(event, envelope),
        opened=moment(envelope),
    )
    return met(opened, envelope)


@on(BirthDateKnown)
def _born(state: CaseState, event: BirthDateKnown, envelope: Envelope) -> CaseState:
    """The present one: what was told last counts, of whatever day. None too once they are erased."""
    if state.born_told is not None and envelope.position < state.born_told.position:
        return state
    return replace(state, born=event.born, born_told=use(envelope))


@on(e.SocialEnquiryRecorded)
def _enquired(state: CaseState, event: e.SocialEnquiryRecorded, envelope: Envelope) -> CaseState:
    enquired = replace(state, enquired=moment(envelope), has_housing=event.has_housing)
    return met(enquired, envelope)


@on(e.EligibilityRuled)
def _ruled(state: CaseState, event: e.EligibilityRuled, envelope: Envelope) -> CaseState:
    return replace(state, eligible=event.eligible, ruled_on=envelope.occurred_on)


@on(e.EducationRecorded)
def _educated(state: CaseState, event: e.EducationRecorded, _: Envelope) -> CaseState:
    earned = event.certificate and event.result is EducationResult.COMPLETED
    trade = {event.trade} if earned and event.trade is not None else set()
    studied = state.studied if event.level is None else (*state.studied, event.level)
    return replace(state, certified=state.certified | trade, studied=studied)


@on(e.NeedsAssessed)
def _assessed(state: CaseState, event: e.NeedsAssessed, envelope: Envelope) -> CaseState:
    needs = {**state.needs, **(event.areas or {})}
    told = {**state.needs_told, **dict.fromkeys(event.areas or (), moment(envelope))}
    return met(replace(state, needs=needs, needs_told=told), envelope)


@on(e.PlanAgreed)
def _planned(state: CaseState, event: e.PlanAgreed, envelope: Envelope) -> CaseState:
    planned = replace(
        state,
        planned=moment(envelope),
        planned_first=state.planned_first or envelope.occurred_on,
        goals=event.goals or (),
        wished=event.trade_wished,
        qualified=frozenset(event.qualifications),
    )
    return met(planned, envelope)


@on(e.PreReleaseReviewRecorded)
def _reviewed(state: CaseState, event: e.PreReleaseReviewRecorded, envelope: Envelope) -> CaseState:
    """With the release that was expected on its day: by that it is told whether it was late."""
    when, custody = moment(envelope), state.custody
    expected, known = custody.expected_release, custody.expected_known
    hung_on = Moment(expected, known.known) if expected and known else None
    review = as_of(custody, event.review) if event.review else None
    held = (*state.held, Held(when, hung_on, review))
    return met(replace(state, held=held), envelope)


CALLERS = frozenset({ContactMadeBy.PERSON, ContactMadeBy.RELATIVE})


@on(e.ContactRecorded)
def _contacted(state: CaseState, event: e.ContactRecorded, envelope: Envelope) -> CaseState:
    """A message is no meeting, nor is what a relative passes on; a call that nobody took is no attempt."""
    if event.outcome is not ContactOutcome.REACHED and event.made_by in CALLERS:
        return replace(state, calls=(*state.calls, moment(envelope)))
    if event.outcome is ContactOutcome.NO_ANSWER:
        return replace(state, attempts=(*state.attempts, envelope.occurred_on))
    reached = event.outcome is ContactOutcome.REACHED and event.channel is not Channel.MESSAGE
    return met(state, envelope) if reached else state


@on(ExitPermitRecorded)
def _outside_for_days(state: CaseState, _: ExitPermitRecorded, envelope: Envelope) -> CaseState:
    """They were met outside, and are not free: it is no first contact."""
    return met(state, envelope)


@on(e.ReviewExempted)
def _exempted(state: CaseState, event: e.ReviewExempted, envelope: Envelope) -> CaseState:
    if event.review is None or event.because is None:
        return state
    exemption = Exemption(envelope.occurred_on, event.because, event.until)
    review = standing_name(state, event.review)
    return replace(state, exemptions={**state.exemptions, review: exemption})


@on(e.ExemptionCleared)
def _cleared(state: CaseState, event: e.ExemptionCleared, envelope: Envelope) -> CaseState:
    """It had an end then: by that its review is due again."""
    review = None if event.review is None else standing_name(state, event.review)
    if review is None or review not in state.exemptions:
        return state
    ended = dataclasses.replace(state.exemptions[review], until=envelope.occurred_on)
    return replace(state, exemptions={**state.exemptions, review: ended})


@on(e.CasePaused)
def _paused(state: CaseState, event: e.CasePaused, envelope: Envelope) -> CaseState:
    """One that runs still, because its end was mended, is over where the next begins."""
    on = envelope.occurred_on
    if state.pauses and state.pauses[-1].until > on:
        state = _until(state, on)
    pauses = (*state.pauses, Pause(on, event.until))
    return replace(state, pauses=pauses, turned=moment(envelope))


@on(e.PauseRenewed)
def _renewed(state: CaseState, event: e.PauseRenewed, envelope: Envelope) -> CaseState:
    return _until(replace(state, turned=moment(envelope)), event.until)


def _until(state: CaseState, until: date) -> CaseState:
    """With another end of the last pause; one that ends on its first day is none."""
    if not state.pauses:
        return state
    *before, last = state.pauses
    ended = dataclasses.replace(last, until=until)
    return replace(state, pauses=(*before, *([ended] if until > ended.since else [])))


@on(e.CaseResumed)
def _resumed(state: CaseState, _: e.CaseResumed, envelope: Envelope) -> CaseState:
    return _until(replace(state, turned=moment(envelope)), envelope.occurred_on)


@on(e.VisitAttempted)
def _attempted(state: CaseState, _: e.VisitAttempted, envelope: Envelope) -> CaseState:
    return replace(state, attempts=(*state.attempts, envelope.occurred_on))


@on(e.CaseworkerAssigned)
def _assigned(state: CaseState, event: e.CaseworkerAssigned, envelope: Envelope) -> CaseState:
    """What its former centre told of a day after it had moved gives it to nobody."""
    if envelope.actor.centre not in (None, state.centre):
        return state
    return replace(state, caseworker=event.caseworker, had_by=state.had_by | {event.caseworker})


@on(e.CaseClosed)
def _closed(state: CaseState, event: e.CaseClosed, envelope: Envelope) -> CaseState:
    return replace(state, outcome=event.outcome, turned=moment(envelope))


@on(e.StatisticsKept)
def _kept(state: CaseState, event: e.StatisticsKept, _: Envelope) -> CaseState:
    return replace(state, kept=event)


@on(e.CaseSetAside)
def _set_aside(state: CaseState, event: e.CaseSetAside, _: Envelope) -> CaseState:
    return replace(state, set_aside_for=event.goes_on)


@on(e.CaseStandsAgain)
def _stands_again(state: CaseState, _: e.CaseStandsAgain, __: Envelope) -> CaseState:
    return replace(state, set_aside_for=None)


@on(e.CaseReopened)
def _reopened(state: CaseState, _: e.CaseReopened, envelope: Envelope) -> CaseState:
    return replace(state, outcome=None, turned=moment(envelope))


@on(e.ReminderRecorded)
def _reminded(state: CaseState, event: e.ReminderRecorded, envelope: Envelope) -> CaseState:
    """Under the name it had too: a timer that is recorded must never find itself unrecorded."""
    if event.review is None or event.due_on is None:
        return state
    names = {event.review, standing_name(state, event.review)}
    told = Reminded(
        event.due_on,
        envelope.recorded_at,
        envelope.position,
        event.level,
        event.to,
        event.missed,
    )
    return replace(
        state,
        reminded=state.reminded | {(name, event.due_on) for name in names},
        reminders={**state.reminders, **dict.fromkeys(names, told)},
    )
