"""Sessions: their lists, minutes and decisions, and what they mean to the cases on them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from domain.agreement.state import AgreementState
from domain.agreement.steps import CloseAgreement, Where
from domain.agreement.territory import TerritoryReach
from domain.case.reviews import dues
from domain.case.schedule import ReviewKind
from domain.errors import Refused
from domain.example import project
from domain.example.beside import record_minutes, schedule_session, sign_agreement
from domain.example.registered import register_entries
from domain.message import Step, StreamKind, stream_id
from domain.project.items import SourceShare
from domain.project.state import ProjectState
from domain.project.vocabulary import DecisionKind, RejectionReason
from domain.registry.steps import MergeEntries
from domain.rules import DecidingBody, FundingSource
from domain.session import steps as m
from domain.session.state import Line, SessionState
from domain.tracks.self_employment import steps as ts
from domain.tracks.self_employment.state import SelfEmployment, find_track
from domain.tracks.self_employment.vocabulary import OpinionKind
from domain.values.codes import EntryKind
from domain.values.places import inside
from tests.support.paper import ADMINISTRATOR, DIVISION, REGISTRY
from tests.unit.domain.conftest import House, convene, furnished, hire

DAY = timedelta(days=1)
NOTHING = {"equipment_amount": Decimal(0), "cash_grant": Decimal(0)}


@pytest.fixture
def submitted(house: House) -> House:
    """On the list of a session that was held."""
    house.walk(house.way.steps(), until=ts.RecordDecision)
    return house


@pytest.fixture
def ahead() -> House:
    """On the list of a session whose minutes are not known yet."""
    house = furnished(held=False)
    house.walk(house.way.steps(), until=ts.RecordDecision)
    return house


def track(house: House) -> SelfEmployment:
    found = find_track(house.case)
    assert found is not None
    return found


def stream(house: House) -> str:
    return stream_id(StreamKind.SESSION, house.way.session_id)


def session(house: House) -> SessionState:
    state = house.paper.state(stream(house))
    assert isinstance(state, SessionState)
    return state


def line(house: House) -> Line:
    (only,) = session(house).lines
    return only


def decide(house: House, decision: DecisionKind, **told: object) -> None:
    step = project.decision(house.way).model_copy(update=NOTHING | {"decision": decision} | told)
    house.take(step)


def refused(house: House, code: str, step: Step) -> None:
    recorded = len(house.paper.events)
    with pytest.raises(Refused) as refusal:
        house.take(step)
    assert refusal.value.code == code
    assert len(house.paper.events) == recorded


def on_session(house: House, step: Step) -> None:
    house.paper.take(stream(house), step, DIVISION)


def due(house: House) -> dict[ReviewKind, date]:
    """What the path of the project calls for."""
    kinds = {
        *(ReviewKind.STUDY, ReviewKind.REVISION, ReviewKind.OPINION, ReviewKind.SUBMISSION),
        *(ReviewKind.DECISION, ReviewKind.DEFERRED, ReviewKind.APPEAL),
    }
    every = dues(house.case, house.paper.calendar)
    return {each.kind: each.due_on for each in every if each.kind in kinds}


def working(day: date) -> date:
    while day.weekday() > 4:
        day += DAY
    return day


class TestList:
    def test_a_submission_puts_its_line_on_the_list_in_the_same_commit(
        self, submitted: House
    ) -> None:
        assert line(submitted).case_id == submitted.case_id
        assert line(submitted).agreement_id == submitted.way.agreement_id
        assert line(submitted).decision is None

    def test_a_decision_is_written_on_the_line(self, submitted: House) -> None:
        submitted.take(project.decision(submitted.way))
        assert line(submitted).decision is DecisionKind.APPROVE
        assert track(submitted).approved is not None

    def test_what_was_taken_back_is_off_the_list_and_may_be_put_again(
        self, submitted: House
    ) -> None:
        submitted.take(project.withdrawal(submitted.way))
        assert not session(submitted).lines
        assert not track(submitted).submissions
        again = project.submission(submitted.way).model_copy(
            update={"occurred_on": submitted.way.day(361)}
        )
        submitted.take(again)
        assert line(submitted).decision is None

    def test_postponing_keeps_the_lines_and_moves_what_falls_due(self, ahead: House) -> None:
        later = ahead.way.day(387)
        postpone = m.PostponeSession(
            occurred_on=ahead.way.day(370), meets_on=later, explanation="x"
        )
        on_session(ahead, postpone)
        assert line(ahead).decision is None
        assert due(ahead) == {ReviewKind.DECISION: working(later + timedelta(days=7))}

    def test_cancelling_frees_the_lines_and_the_submission_falls_due_again(
        self, ahead: House
    ) -> None:
        cancelled = ahead.way.day(370)
        on_session(ahead, m.CancelSession(occurred_on=cancelled, explanation="x"))
        assert not session(ahead).lines
        assert not track(ahead).submissions
        assert due(ahead) == {ReviewKind.SUBMISSION: working(cancelled + timedelta(days=30))}
        refused(
            ahead,
            "session_cancelled",
            project.submission(ahead.way).model_copy(update={"occurred_on": cancelled}),
        )

    def test_a_cancelling_is_not_before_the_last_line(self, ahead: House) -> None:
        early = project.submission(ahead.way).occurred_on - DAY
        for step in (
            m.CancelSession(occurred_on=early, explanation="x"),
            m.PostponeSession(occurred_on=early, meets_on=ahead.way.day(387), explanation="x"),
        ):
            with pytest.raises(Refused, match="date_before_earlier_step"):
                on_session(ahead, step)

    def test_minutes_are_recorded_once_and_end_what_can_be_moved(self, submitted: House) -> None:
        for step in (
            record_minutes(submitted.way),
            m.PostponeSession(
                occurred_on=submitted.way.day(381),
                meets_on=submitted.way.day(390),
                explanation="x",
            ),
            m.CancelSession(occurred_on=submitted.way.day(381), explanation="x"),
        ):
            with pytest.raises(Refused, match="minutes_already_recorded"):
                on_session(submitted, step)

    def test_a_case_with_two_lines_is_told_of_both(self) -> None:
        house = furnished(held=False)
        house.walk(house.way.steps(), until=ts.SubmitToSession)
        other = _signed(house)
        for agreement_id in (house.way.agreement_id, other):
            house.take(
                project.submission(house.way).model_copy(update={"agreement_id": agreement_id})
            )
        assert set(track(house).pending) == {house.way.agreement_id, other}
        on_session(house, m.CancelSession(occurred_on=house.way.day(370), explanation="x"))
        assert not track(house).submissions


def _signed(house: House, **terms: object) -> UUID:
    """Another agreement of the province."""
    agreement_id = uuid4()
    step = sign_agreement().model_copy(update=terms)
    house.paper.take(stream_id(StreamKind.AGREEMENT, agreement_id), step, DIVISION)
    return agreement_id


class TestBody:
    @pytest.mark.parametrize(
        ("body", "named"),
        [
            (DecidingBody.COMMITTEE, {"committee": None}),
            (DecidingBody.COMMITTEE, {"region": "fes-meknes"}),
            (DecidingBody.COMMISSION, {}),
            (DecidingBody.REGION, {}),
        ],
    )
    def test_whose_session_it_is_is_said_as_its_body_needs(
        self, house: House, body: DecidingBody, named: dict[str, object]
    ) -> None:
        step = schedule_session().model_copy(update={"body": body} | named)
        with pytest.raises(Refused, match="body_missing_or_superfluous"):
            house.paper.take(stream_id(StreamKind.SESSION, uuid4()), step, DIVISION)

    def test_what_a_source_pays_for_its_own_body_decides(self, house: House) -> None:
        house.walk(house.way.steps(), until=ts.SubmitToSession)
        commission = uuid4()
        step = schedule_session().model_copy(
            update={"body": DecidingBody.COMMISSION, "committee": None}
        )
        house.paper.take(stream_id(StreamKind.SESSION, commission), step, DIVISION)
        to = {"session_id": commission}
        refused(
            house, "session_of_another_body", project.submission(house.way).model_copy(update=to)
        )
        own = _signed(house, funding_source=FundingSource.FOUNDATION, indh_phase=None)
        house.take(project.submission(house.way).model_copy(update=to | {"agreement_id": own}))

    def test_a_committee_decides_in_its_own_province(self, house: House) -> None:
        house.walk(house.way.steps(), until=ts.SubmitToSession)
        to = _convened(house, DecidingBody.COMMITTEE, committee=_committee(house, "nador"))
        submit = project.submission(house.way)
        refused(house, "session_of_another_territory", submit.model_copy(update={"session_id": to}))
        several = _signed(house, territory=_provinces("taza", "nador"))
        house.take(submit.model_copy(update={"session_id": to, "agreement_id": several}))

    def test_a_committee_that_is_another_decides_in_the_other_s_province(
        self, house: House
    ) -> None:
        house.walk(house.way.steps(), until=ts.SubmitToSession)
        code = _committee(house, "nador")
        to = {"session_id": _convened(house, DecidingBody.COMMITTEE, committee=code)}
        submit = project.submission(house.way).model_copy(update=to)
        one = MergeEntries(
            occurred_on=house.way.day(0), entry=code, goes_by="committee-taza", explanation="One."
        )
        refused(house, "session_of_another_territory", submit)
        house.paper.take(REGISTRY, one, ADMINISTRATOR)
        house.take(submit)

    def test_a_region_decides_for_what_lies_in_it(self, house: House) -> None:
        house.walk(house.way.steps(), until=ts.SubmitToSession)
        terms = {"funding_source": FundingSource.REGION, "indh_phase": None}
        under = {"agreement_id": _signed(house, **terms)}
        submit = project.submission(house.way)
        elsewhere = _convened(house, DecidingBody.REGION, region="oriental")
        to = {"session_id": elsewhere} | under
        refused(house, "session_of_another_territory", submit.model_copy(update=to))
        its_own = _convened(house, DecidingBody.REGION, region="fes-meknes")
        house.take(submit.model_copy(update={"session_id": its_own} | under))

    def test_an_appeal_goes_to_a_session_of_that_territory_too(self, submitted: House) -> None:
        submitted.take(project.rejection(submitted.way))
        to = _convened(
            submitted,
            DecidingBody.COMMITTEE,
            committee=_committee(submitted, "nador"),
            meets_on=submitted.way.day(390),
        )
        appeal = project.appeal(submitted.way).model_copy(update={"session_id": to})
        refused(submitted, "session_of_another_territory", appeal)

    def test_a_committee_of_casablanca_decides_for_its_arrondissements(self) -> None:
        assert not inside({"casablanca"}).isdisjoint(_provinces("hay-hassani").places)

    def test_a_committee_is_of_a_province(self, house: House) -> None:
        with pytest.raises(Refused, match="committee_without_province"):
            _committee(house, None)


class TestSource:
    def test_a_source_that_the_plan_asks_for_nothing_is_not_asked(self, house: House) -> None:
        """Neither at first, nor by an appeal, nor where the plan was revised since."""
        for step in house.way.steps():
            if isinstance(step, ts.SubmitToSession):
                break
            house.take(_paid_by(step, FundingSource.INDH_PRECARIOUS))
        other = _signed(house, funding_source=FundingSource.SPECIAL, indh_phase=None)
        submit = project.submission(house.way)
        refused(house, "source_not_asked", submit.model_copy(update={"agreement_id": other}))
        house.take(submit)
        house.take(project.rejection(house.way))
        appeal = project.appeal(house.way)
        refused(house, "source_not_asked", appeal.model_copy(update={"agreement_id": other}))
        house.take(appeal)

    def test_nor_does_it_approve(self, submitted: House) -> None:
        """Where what stood on the list is asked for nothing any more."""
        stream = stream_id(StreamKind.PROJECT, submitted.project_id)
        plan = submitted.paper.state(stream)
        assert isinstance(plan, ProjectState)
        named = {FundingSource.SPECIAL: plan.items[1].asked}
        items = {n: replace(i, sources=dict(named)) for n, i in plan.items.items()}
        submitted.paper.states[stream] = replace(plan, items=items)
        refused(submitted, "source_not_asked", project.decision(submitted.way))


def _paid_by(step: Step, source: FundingSource) -> Step:
    """The plan of finance names this source alone."""
    if not isinstance(step, ts.ProposeProject):
        return step
    items = [
        each.model_copy(update={"sources": (SourceShare(source=source, amount=each.estimated),)})
        for each in step.items
    ]
    return step.model_copy(update={"items": tuple(items)})


def _convened(house: House, body: DecidingBody, **named: object) -> UUID:
    """A session of this body, to which projects may be put."""
    session_id = uuid4()
    step = schedule_session().model_copy(update={"body": body, "committee": None} | named)
    house.paper.take(stream_id(StreamKind.SESSION, session_id), step, DIVISION)
    return session_id


def _committee(house: House, province: str | None) -> str:
    """A committee of that province."""
    code = f"committee-{province}"
    (known, *_) = (each for each in register_entries() if each.kind is EntryKind.COMMITTEE)
    step = known.model_copy(update={"entry": code, "province": province})
    house.paper.take(REGISTRY, step, ADMINISTRATOR)
    return code


def _provinces(*codes: str) -> Where:
    return Where(reach=TerritoryReach.PROVINCES, provinces=codes)


class TestDecision:
    def test_waits_for_the_minutes(self, ahead: House) -> None:
        refused(ahead, "minutes_missing", project.decision(ahead.way))
        on_session(ahead, record_minutes(ahead.way))
        ahead.take(project.decision(ahead.way))

    def test_waits_for_the_session(self) -> None:
        house = furnished(held=False)
        house.paper.now -= timedelta(days=800)
        meets_on = house.way.session_on
        house.paper.now = house.paper.now.replace(
            year=meets_on.year, month=meets_on.month, day=meets_on.day
        ) - timedelta(days=1)
        house.walk(house.way.steps(), until=ts.RecordDecision)
        today = {"occurred_on": house.paper.today}
        refused(house, "session_not_held", project.decision(house.way).model_copy(update=today))

    def test_is_not_before_its_session(self, submitted: House) -> None:
        early = {"occurred_on": submitted.way.session_on - DAY}
        refused(
            submitted,
            "date_before_earlier_step",
            project.decision(submitted.way).model_copy(update=early),
        )

    def test_does_not_approve_under_an_agreement_that_was_closed_meanwhile(
        self, submitted: House
    ) -> None:
        agreement = stream_id(StreamKind.AGREEMENT, submitted.way.agreement_id)
        close = CloseAgreement(occurred_on=submitted.way.day(370), explanation="x")
        submitted.paper.take(agreement, close, DIVISION)
        refused(submitted, "agreement_closed", project.decision(submitted.way))
        decide(submitted, DecisionKind.SEND_BACK)

    def test_nothing_is_submitted_after_its_session_met(self, house: House) -> None:
        house.walk(house.way.steps(), until=ts.SubmitToSession)
        late = {"occurred_on": house.way.session_on + DAY}
        refused(
            house, "date_after_later_step", project.submission(house.way).model_copy(update=late)
        )

    def test_nothing_is_submitted_to_a_session_before_it_was_called(self, house: House) -> None:
        house.walk(house.way.steps(), until=ts.SubmitToSession)
        late = uuid4()
        called = schedule_session().model_copy(update={"occurred_on": house.way.day(361)})
        house.paper.take(stream_id(StreamKind.SESSION, late), called, DIVISION)
        early = project.submission(house.way).model_copy(update={"session_id": late})
        refused(house, "date_before_earlier_step", early)

    @pytest.mark.parametrize(
        ("code", "told"),
        [
            ("reason_missing_or_superfluous", {"decision": DecisionKind.REJECT}),
            ("reason_missing_or_superfluous", {"reason": RejectionReason.OTHER}),
            ("next_session_superfluous", {"next_session_on": date(2024, 3, 1)}),
            (
                "date_before_earlier_step",
                {"decision": DecisionKind.DEFER, "next_session_on": date(2024, 1, 1)},
            ),
            ("amount_without_approval", {"cash_grant": Decimal(1)}),
        ],
    )
    def test_says_what_it_has_to_and_no_more(
        self, submitted: House, code: str, told: dict[str, object]
    ) -> None:
        base = NOTHING | {"decision": DecisionKind.SEND_BACK} | told
        refused(submitted, code, project.decision(submitted.way).model_copy(update=base))

    def test_is_asked_for_where_there_is_something_to_decide(self, house: House) -> None:
        house.walk(house.way.steps(), until=ts.SubmitToSession)
        house.take(project.submission(house.way).model_copy(update={"session_id": None}))
        refused(house, "session_missing", project.decision(house.way))
        house.take(project.submission(house.way))
        house.take(project.decision(house.way))

    def test_of_several_submissions_is_recorded_by_the_agreement_it_is_under(
        self, submitted: House
    ) -> None:
        other = _signed(submitted)
        submitted.take(project.submission(submitted.way).model_copy(update={"agreement_id": other}))
        refused(submitted, "submission_not_named", project.decision(submitted.way))
        named = {"agreement_id": submitted.way.agreement_id}
        submitted.take(project.rejection(submitted.way).model_copy(update=named))
        assert track(submitted).rejection is None, "the other one is still to be decided"
        submitted.take(project.decision(submitted.way).model_copy(update={"agreement_id": other}))
        assert set(track(submitted).approvals) == {other}


class TestSentBack:
    def test_falls_due_in_thirty_days_and_is_revised_before_it_is_submitted_again(
        self, submitted: House
    ) -> None:
        decide(submitted, DecisionKind.SEND_BACK)
        way = submitted.way
        assert due(submitted) == {ReviewKind.REVISION: working(way.day(381 + 30))}
        again = project.submission(way).model_copy(update={"occurred_on": way.day(390)})
        refused(submitted, "project_not_revised", again)
        submitted.take(project.revision(way).model_copy(update={"occurred_on": way.day(385)}))
        assert due(submitted) == {ReviewKind.SUBMISSION: working(way.day(385 + 30))}
        later = _next_session(submitted)
        submitted.take(again.model_copy(update={"session_id": later}))
        assert track(submitted).submissions[way.agreement_id].session_id == later

    def test_whoever_revised_it_does_not_record_its_decision(self, house: House) -> None:
        house.walk(house.way.steps(), until=ts.RecordStudy)
        second = hire(house.paper, "coordinator-2", house.coordinator.role)
        case = stream_id(StreamKind.CASE, house.case_id)
        house.paper.take(case, project.revision(house.way), house.coordinator)
        house.walk(house.way.to_submission()[1:])
        refused(house, "recorder_is_proposer", project.decision(house.way))
        house.take(project.decision(house.way), second)

    @pytest.mark.parametrize(("more", "anew"), [("3000.00", False), ("3000.01", True)])
    def test_a_cost_that_moved_by_more_than_a_tenth_is_studied_anew(
        self, house: House, more: str, *, anew: bool
    ) -> None:
        house.walk(house.way.steps(), until=ts.SubmitToSession)
        revised = project.revision(house.way)
        *same, added = revised.items
        moved = (*same, added.model_copy(update={"estimated": Decimal(more)}))
        day = house.way.day(359)
        house.take(revised.model_copy(update={"items": moved, "occurred_on": day}))
        assert (track(house).studied is None) is anew
        expected = {ReviewKind.STUDY: 45} if anew else {ReviewKind.SUBMISSION: 30}
        assert due(house) == {
            kind: working(day + timedelta(days=days)) for kind, days in expected.items()
        }

    def test_small_steps_do_not_pass_a_tenth_unseen(self, house: House) -> None:
        """What counts is the cost that was studied, not the last one."""
        house.walk(house.way.steps(), until=ts.SubmitToSession)
        revised = project.revision(house.way)
        *same, added = revised.items
        for more, day in (("2000.00", 359), ("4000.00", 360)):
            items = (*same, added.model_copy(update={"estimated": Decimal(more)}))
            house.take(
                revised.model_copy(update={"items": items, "occurred_on": house.way.day(day)})
            )
        assert track(house).studied is None

    def test_the_revision_stands_in_the_place_of_the_list(self, house: House) -> None:
        house.walk(house.way.steps(), until=ts.RecordStudy)
        house.take(project.revision(house.way))
        project_id = track(house).project_id
        state = house.paper.state(stream_id(StreamKind.PROJECT, project_id or ""))
        assert isinstance(state, ProjectState)
        estimates = [item.estimated for item in state.items.values()]
        assert estimates[-1] == Decimal("1500.00")
        assert len(estimates) == len(house.way.items) + 1

    def test_nothing_is_revised_while_it_is_submitted(self, submitted: House) -> None:
        late = {"occurred_on": submitted.way.day(362)}
        refused(
            submitted,
            "already_submitted",
            project.revision(submitted.way).model_copy(update=late),
        )


def _next_session(house: House) -> UUID:
    """A month after the first, held."""
    later = replace(house.way, begins=house.way.day(30))
    session_id = uuid4()
    convene(house.paper, session_id, later)
    return session_id


class TestDeferred:
    def test_falls_due_at_the_next_session_or_in_ninety_days(self, submitted: House) -> None:
        other = submitted.paper.copy()
        named = submitted.way.day(400)
        decide(submitted, DecisionKind.DEFER, next_session_on=named)
        assert due(submitted) == {ReviewKind.DEFERRED: working(named)}
        there = replace(submitted, paper=other)
        decide(there, DecisionKind.DEFER)
        assert due(there) == {ReviewKind.DEFERRED: working(there.way.day(381 + 90))}

    def test_goes_unchanged_to_the_next_session(self, submitted: House) -> None:
        decide(submitted, DecisionKind.DEFER)
        way, later = submitted.way, _next_session(submitted)
        unchanged = {"occurred_on": way.day(388), "session_id": later}
        refused(
            submitted,
            "already_submitted",
            project.revision(way).model_copy(update={"occurred_on": way.day(388)}),
        )
        submitted.take(project.submission(way).model_copy(update=unchanged))
        assert line(submitted).decision is DecisionKind.DEFER, "the first keeps what it decided"
        submitted.take(project.decision(way).model_copy(update={"occurred_on": way.day(30 + 381)}))
        assert track(submitted).approved is not None


class TestRejected:
    @pytest.fixture
    def rejected(self, submitted: House) -> House:
        submitted.take(project.rejection(submitted.way))
        return submitted

    def test_its_last_day_to_appeal_falls_due(self, rejected: House) -> None:
        last = rejected.way.day(381 + 30)
        assert due(rejected) == {
            ReviewKind.APPEAL: last - timedelta(days=max(last.weekday() - 4, 0))
        }

    def test_it_is_neither_submitted_nor_studied_again(self, rejected: House) -> None:
        day = {"occurred_on": rejected.way.day(385)}
        for step in (
            project.submission(rejected.way),
            project.revision(rejected.way),
            rejected.way.step(ts.RecordStudy),
        ):
            refused(rejected, "project_rejected", step.model_copy(update=day))

    def test_it_is_appealed_once_to_the_next_session(self, rejected: House) -> None:
        way, later = rejected.way, _next_session(rejected)
        appeal = project.appeal(way).model_copy(
            update={"session_id": later, "occurred_on": way.day(388)}
        )
        rejected.take(appeal)
        state = rejected.paper.state(stream_id(StreamKind.SESSION, later))
        assert isinstance(state, SessionState)
        assert [each.appeal for each in state.lines] == [True]
        again = {"occurred_on": way.day(411)}
        rejected.take(project.rejection(way).model_copy(update=again))
        refused(rejected, "already_appealed", appeal.model_copy(update=again))
        assert due(rejected) == {}
        rejected.take(way.step(ts.ProposeProject).model_copy(update=again))
        assert track(rejected).appealed is False

    def test_an_appeal_goes_to_another_agreement_too(self, rejected: House) -> None:
        other, later = _signed(rejected), _next_session(rejected)
        to = {"agreement_id": other, "session_id": later, "occurred_on": rejected.way.day(388)}
        rejected.take(project.appeal(rejected.way).model_copy(update=to))
        rejected.take(
            project.decision(rejected.way).model_copy(update={"occurred_on": rejected.way.day(411)})
        )
        assert set(track(rejected).approvals) == {other}

    @pytest.mark.parametrize(("days", "code"), [(30, ""), (31, "appeal_too_late")])
    def test_an_appeal_has_a_last_day(self, rejected: House, days: int, code: str) -> None:
        step = project.appeal(rejected.way).model_copy(
            update={"occurred_on": rejected.way.day(381 + days)}
        )
        if code:
            refused(rejected, code, step)
        else:
            rejected.take(step)

    def test_what_was_not_rejected_has_nothing_to_appeal(self, submitted: House) -> None:
        refused(submitted, "project_not_rejected", project.appeal(submitted.way))


class TestChanged:
    @pytest.fixture
    def approved(self, submitted: House) -> House:
        submitted.take(project.decision(submitted.way))
        return submitted

    def test_within_what_was_approved_the_coordinator_changes_what_is_bought(
        self, approved: House
    ) -> None:
        approved.take(project.change(approved.way))
        project_id = track(approved).project_id
        state = approved.paper.state(stream_id(StreamKind.PROJECT, project_id or ""))
        assert isinstance(state, ProjectState)
        assert state.approved
        approved.walk(approved.way.to_delivery())
        assert track(approved).delivered is not None

    def test_what_asks_for_more_goes_to_a_session(self, approved: House) -> None:
        step = project.change(approved.way)
        first, *others = step.items
        dearer = first.model_copy(update={"estimated": first.estimated + Decimal("0.01")})
        more = step.model_copy(update={"items": (dearer, *others)})
        refused(approved, "change_needs_decision", more)

    def test_what_is_ordered_is_not_changed(self, approved: House) -> None:
        approved.walk(approved.way.to_delivery()[:2])
        late = {"occurred_on": approved.way.day(401)}
        step = project.change(approved.way).model_copy(update=late)
        refused(approved, "project_already_ordered", step)


class TestOpinion:
    @pytest.fixture
    def studied(self, house: House) -> House:
        house.walk(house.way.steps(), until=ts.GiveOpinion)
        return house

    def test_falls_due_fifteen_days_after_a_favourable_study(self, studied: House) -> None:
        assert due(studied) == {ReviewKind.OPINION: working(studied.way.day(350 + 15))}

    def test_an_unfavourable_study_is_answered_in_thirty_days(self, studied: House) -> None:
        again = studied.way.step(ts.RecordStudy).model_copy(
            update={"financially_sound": False, "occurred_on": studied.way.day(352)}
        )
        studied.take(again)
        assert due(studied) == {ReviewKind.REVISION: working(studied.way.day(352 + 30))}

    def test_nothing_is_submitted_without_one(self, studied: House) -> None:
        refused(studied, "opinion_missing", project.submission(studied.way))

    @pytest.mark.parametrize("opinion", [OpinionKind.SENT_BACK, OpinionKind.UNFAVOURABLE])
    def test_one_that_is_not_favourable_is_answered_by_a_revision(
        self, studied: House, opinion: OpinionKind
    ) -> None:
        way = studied.way
        studied.take(way.step(ts.GiveOpinion).model_copy(update={"opinion": opinion}))
        assert due(studied) == {ReviewKind.REVISION: working(way.day(358 + 30))}
        refused(studied, "opinion_not_favourable", project.submission(way))
        studied.take(project.revision(way).model_copy(update={"occurred_on": way.day(359)}))
        assert due(studied) == {ReviewKind.OPINION: working(way.day(359 + 15))}

    def test_one_that_is_favourable_is_followed_by_a_submission(self, studied: House) -> None:
        studied.take(studied.way.step(ts.GiveOpinion))
        assert due(studied) == {ReviewKind.SUBMISSION: working(studied.way.day(358 + 30))}
        studied.take(project.submission(studied.way).model_copy(update={"session_id": None}))
        assert due(studied) == {ReviewKind.DECISION: working(studied.way.day(360 + 90))}


class TestSeveralPayers:
    """Each agreement that pays gives its own approval."""

    @pytest.fixture
    def shared(self, house: House) -> tuple[House, UUID]:
        """Two sources are asked for the first item, one for the second; both were submitted."""
        house.walk(house.way.steps(), until=ts.ProposeProject)
        proposal = house.way.step(ts.ProposeProject)
        first, *others = proposal.items
        half = first.estimated / 2
        precarious, foundation = FundingSource.INDH_PRECARIOUS, FundingSource.FOUNDATION
        split = first.model_copy(
            update={
                "sources": (
                    SourceShare(source=precarious, amount=half),
                    SourceShare(source=foundation, amount=first.estimated - half),
                )
            }
        )
        alone = [
            each.model_copy(
                update={"sources": (SourceShare(source=precarious, amount=each.estimated),)}
            )
            for each in others
        ]
        house.take(proposal.model_copy(update={"items": (split, *alone)}))
        house.walk(house.way.to_submission()[1:])
        commission, own = uuid4(), _signed(house, funding_source=foundation, indh_phase=None)
        stream = stream_id(StreamKind.SESSION, commission)
        called = schedule_session().model_copy(
            update={"body": DecidingBody.COMMISSION, "committee": None}
        )
        for step in (called, record_minutes()):
            house.paper.take(stream, step, DIVISION)
        to = {"agreement_id": own, "session_id": commission}
        house.take(project.submission(house.way).model_copy(update=to))
        return house, own

    def test_each_approves_its_own_part(self, shared: tuple[House, UUID]) -> None:
        house, own = shared
        first, second = (item.price for item in house.way.items)
        parts = {house.way.agreement_id: first / 2 + second, own: first - first / 2}
        for agreement_id, amount in parts.items():
            told = {"agreement_id": agreement_id, "equipment_amount": amount}
            house.take(
                project.decision(house.way).model_copy(update=told | {"cash_grant": Decimal(0)})
            )
        assert set(track(house).approvals) == parts.keys()
        for agreement_id, amount in parts.items():
            state = house.paper.state(stream_id(StreamKind.AGREEMENT, agreement_id))
            assert isinstance(state, AgreementState)
            assert (state.money.committed, state.places_taken) == (amount, 1)

    def test_none_approves_what_another_is_asked_for(self, shared: tuple[House, UUID]) -> None:
        house, own = shared
        told = {"agreement_id": own, "equipment_amount": house.way.items[0].price}
        refused(house, "amount_exceeds_cost", project.decision(house.way).model_copy(update=told))

    def test_two_do_not_pay_the_same_thing(self, submitted: House) -> None:
        """Where the plan does not say who pays what, all of them together pay it once."""
        other = _signed(submitted)
        submitted.take(project.submission(submitted.way).model_copy(update={"agreement_id": other}))
        first = {"agreement_id": submitted.way.agreement_id}
        submitted.take(project.decision(submitted.way).model_copy(update=first))
        second = {"agreement_id": other, "equipment_amount": Decimal("0.01")}
        refused(
            submitted,
            "amount_exceeds_plan",
            project.decision(submitted.way).model_copy(update=second),
        )
        refused(
            submitted,
            "already_approved",
            project.submission(submitted.way).model_copy(
                update={"occurred_on": submitted.way.day(379)}
            ),
        )
