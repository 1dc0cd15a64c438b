"""A step of a project on its way to an approval, drawn by chance: mostly what comes next."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.message import Step
from domain.project.vocabulary import DecisionKind, Premises, RejectionReason
from domain.rules import NEWEST, DecidingBody
from domain.session import steps as m
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.state import SelfEmployment
from domain.tracks.self_employment.submission import Submission
from domain.tracks.self_employment.vocabulary import OpinionKind
from domain.values.money import CENTIME, NOTHING
from domain.values.trades import Trade
from tests.closer import moves, plans
from tests.closer.moves import WHY, on_case, on_session
from tests.closer.site import TODAY, Site, Try

LISTED_LATE = timedelta(days=20)
"""How long ago a session may have met whose list is entered."""


def of_project(site: Site, case_id: UUID) -> Try | None:
    random, track = site.random, site.track(case_id)
    if track.proposed is None:
        return on_case(case_id, _proposed(site))
    if track.rejection is not None:
        anew = track.appealed or random.random() < 0.3
        return on_case(case_id, _proposed(site)) if anew else _appealed(site, case_id)
    if track.pending:
        return _of_submission(site, case_id, *random.choice(list(track.pending.items())))
    if track.sent_back or random.random() < 0.06:
        return on_case(case_id, _revised(site, case_id))
    if (step := _looked_at(site, track)) is not None:
        return on_case(case_id, step)
    return submitted(site, case_id)


def _proposed(site: Site) -> Step:
    return s.ProposeProject(
        occurred_on=TODAY,
        trade=Trade.SEWING,
        items=plans.drawn(site.random),
        start_up_cash=Decimal(2000),
        premises=Premises.FAMILY,
    )


def _revised(site: Site, case_id: UUID) -> Step:
    return s.ReviseProject(
        occurred_on=TODAY,
        items=plans.again(site.project(case_id).items.values(), site.random),
        start_up_cash=Decimal(2000),
        premises=Premises.LEASE,
        explanation=WHY,
    )


def _looked_at(site: Site, track: SelfEmployment) -> Step | None:
    """Studied, and the division's opinion, where one of them is missing or says no."""
    good = site.random.random() < 0.85
    if track.studied is None or not track.study_favourable:
        return s.RecordStudy(
            occurred_on=TODAY,
            provider="ANAPEC",
            technically_sound=good,
            financially_sound=True,
            recommended_amount=max(track.cost, CENTIME),
        )
    if track.opinion is OpinionKind.FAVOURABLE:
        return None
    opinion = OpinionKind.FAVOURABLE if good else site.random.choice(list(OpinionKind))
    return s.GiveOpinion(occurred_on=TODAY, opinion=opinion)


def submitted(site: Site, case_id: UUID) -> Try | None:
    """Under an agreement that is asked for something, mostly; to a session, or to wait for one."""
    random, track, project = site.random, site.track(case_id), site.project(case_id)
    asked = [
        each
        for each in site.agreements
        if each not in track.submissions and project.asked_of(site.agreement(each).funding_source)
    ]
    agreement_id = random.choice(asked or site.agreements)
    return _put(site, case_id, agreement_id, to_session=random.random() < 0.9)


def _put(site: Site, case_id: UUID, agreement_id: UUID, *, to_session: bool) -> Try | None:
    session_id, on = _session_for(site, agreement_id) if to_session else (None, TODAY)
    if to_session and session_id is None:
        return _called(site, agreement_id)
    step: Step = s.SubmitToSession(occurred_on=on, agreement_id=agreement_id, session_id=session_id)
    if site.track(case_id).rejection is not None:
        step = s.AppealRejection(
            occurred_on=on, agreement_id=agreement_id, session_id=session_id, reasons=WHY
        )
    return on_case(case_id, step)


def _appealed(site: Site, case_id: UUID) -> Try | None:
    """Under the same agreement or another."""
    agreement_id = site.random.choice(site.agreements)
    return _put(site, case_id, agreement_id, to_session=site.random.random() < 0.9)


def _body(site: Site, agreement_id: UUID) -> DecidingBody | None:
    """None: any decides."""
    return NEWEST.bodies.get(site.agreement(agreement_id).funding_source)


def _session_for(site: Site, agreement_id: UUID) -> tuple[UUID | None, date]:
    """The last that is still to meet, or met not long ago: its list is entered late. On which day."""
    body = _body(site, agreement_id)
    for session_id in reversed(site.sessions):
        session = site.session(session_id)
        if session.cancelled or session.meets_on is None or body not in (None, session.body):
            continue
        if session.meets_on >= site.today - LISTED_LATE:
            return session_id, TODAY if session.meets_on >= site.day else session.meets_on
    return None, TODAY


def _called(site: Site, agreement_id: UUID) -> Try:
    body = _body(site, agreement_id) or DecidingBody.COMMISSION
    return moves.scheduled(site, body, site.today + timedelta(days=site.random.randint(5, 40)))


def _of_submission(
    site: Site, case_id: UUID, agreement_id: UUID, submission: Submission
) -> Try | None:
    """Decided, once its session was held; taken back at times."""
    session_id = submission.session_id
    if site.random.random() < 0.03:
        step = s.WithdrawSubmission(occurred_on=TODAY, agreement_id=agreement_id, explanation=WHY)
        return on_case(case_id, step)
    if not submission.undecided or session_id is None:
        return _put(site, case_id, agreement_id, to_session=True)
    if site.session(session_id).held:
        return on_case(case_id, _decided(site, case_id, agreement_id))
    return _of_session(site, session_id)


def _of_session(site: Site, session_id: UUID) -> Try | None:
    """Its day comes, and it is held; or it is postponed, or cancelled."""
    session, chance = site.session(session_id), site.random.random()
    if session.meets_on is not None and chance < 0.06:
        later = max(session.meets_on, site.today) + timedelta(days=site.random.randint(1, 15))
        return on_session(
            session_id, m.PostponeSession(occurred_on=TODAY, meets_on=later, explanation=WHY)
        )
    if chance < 0.09:
        return on_session(session_id, m.CancelSession(occurred_on=TODAY, explanation=WHY))
    if session.meets_on is None or (session.meets_on > site.today and chance < 0.85):
        return None
    site.wait_until(session.meets_on)
    return moves.minuted(session_id)


def _decided(site: Site, case_id: UUID, agreement_id: UUID) -> Step:
    """In most of them what was asked for, or less; in the others no approval."""
    random, kind = site.random, DecisionKind.APPROVE
    equipment = cash = NOTHING
    if random.random() < 0.25:
        kind = random.choice([each for each in DecisionKind if each is not kind])
    else:
        wanted = site.project(case_id).asked_of(site.agreement(agreement_id).funding_source)
        equipment = wanted * random.choice(
            [Decimal(1), Decimal(1), Decimal("0.93"), Decimal("0.5")]
        )
        cash = random.choice([NOTHING, Decimal(2000), Decimal("1999.99")])
    return s.RecordDecision(
        occurred_on=TODAY,
        agreement_id=agreement_id,
        decision=kind,
        reason=RejectionReason.PREMISES_UNSUITABLE if kind is DecisionKind.REJECT else None,
        equipment_amount=equipment.quantize(CENTIME),
        cash_grant=cash,
        reasons=WHY,
    )
