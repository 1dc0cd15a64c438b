"""Each standing check: what it finds in a history, and what it passes over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

import pytest

from domain.agreement.money import Money
from domain.agreement.state import AgreementState
from domain.agreement.terms import Terms
from domain.beneficiary.events import BeneficiaryRegistered, DetailsChanged
from domain.beneficiary.vocabulary import Sex
from domain.case.events import (
    CasePaused,
    CaseRequestConfirmed,
    ContactRecorded,
    ExemptionRequested,
    NoteAdded,
    PauseRenewed,
    ReviewExempted,
)
from domain.case.noticed.events import ReminderSnoozed
from domain.case.vocabulary import ContactOutcome
from domain.checks import (
    exempted,
    long_after,
    near_ceiling,
    one_device,
    one_phone,
    too_early,
    wordless,
)
from domain.checks.looking import Looked, Rule
from domain.checks.table import RULES, is_read
from domain.checks.unspent import unspent_from
from domain.events.stored import EVENTS
from domain.message import (
    Actor,
    Envelope,
    Event,
    Origin,
    OriginKind,
    Recorded,
    Role,
    StreamKind,
)
from domain.project.vocabulary import DecisionKind, ProjectCondition
from domain.rules import FundingSource
from domain.tracks.self_employment.events import (
    DecisionRecorded,
    DeliveryConfirmed,
    ProjectProposed,
    ProjectRevised,
    StudyRecorded,
    VisitRecorded,
)
from domain.values.findings import ALONE, OF_THREE, FindingCode
from domain.values.trades import Sector, Trade

DAY = date(2024, 7, 18)
TRACK, OTHER = UUID(int=1), UUID(int=2)
ONE, TWO = UUID(int=11), UUID(int=12)


def told(*said: dict[str, Any]) -> list[Recorded]:
    """Events of one stream, each on the day it happened unless something else is said."""
    return [_recorded(version, **each) for version, each in enumerate(said, 1)]


def _recorded(
    version: int,
    event: Event,
    on: int = 0,
    *,
    late: int = 0,
    by: UUID = ONE,
    device: str | None = None,
    origin: OriginKind = OriginKind.API,
    mends: int | None = None,
) -> Recorded:
    day = DAY + timedelta(days=on)
    envelope = Envelope(
        event_id=uuid5(ONE, str(version)),
        event_type=event.stored,
        event_version=1,
        stream="case/1",
        version=version,
        position=version + 100,
        subject=None,
        occurred_on=day,
        recorded_at=datetime.combine(day, time(12), UTC) + timedelta(days=late),
        step="step",
        actor=Actor(id=by, role=Role.CASEWORKER),
        origin=Origin(kind=origin, device=device),
        command_id=uuid5(TWO, str(version)),
        rules_version="v1",
        calendar_version="none",
        mends=mends,
    )
    return Recorded(envelope, event)


def found(rule: Rule, history: Sequence[Recorded], **looked: Any) -> list[list[int]]:
    """The versions of the events of each that it finds."""
    suspicions = rule.find(Looked(history, **looked))
    return [[each.envelope.version for each in one.events] for one in suspicions]


def proposed(track: UUID = TRACK) -> ProjectProposed:
    return ProjectProposed(
        track_id=track,
        project_id=OTHER,
        trade=Trade.SEWING,
        sector=Sector.CRAFTS,
        estimated_cost=Decimal(90_000),
        own_contribution=Decimal(0),
        items=(1,),
    )


def decided(
    kind: DecisionKind = DecisionKind.APPROVE, amount: int = 40_000, **more: Any
) -> DecisionRecorded:
    given = {
        "track_id": TRACK,
        "agreement_id": OTHER,
        "session_id": OTHER,
        "session_on": DAY,
        "minutes": "3/2024",
        "source": FundingSource.INDH_INCOME,
        "decision": kind,
        "equipment_amount": Decimal(amount),
        "cash_grant": Decimal(0),
    }
    return DecisionRecorded.model_validate(given | more)


def delivered() -> DeliveryConfirmed:
    return DeliveryConfirmed(track_id=TRACK, items=(1,), goods=Decimal(1), cash=Decimal(0))


def visit(**said: Any) -> VisitRecorded:
    given = {"track_id": TRACK, "review": None, "project": ProjectCondition.RUNNING, "items": ()}
    return VisitRecorded.model_validate(given | said)


def test_two_accounts_on_one_device_are_found_and_one_account_or_two_devices_are_not() -> None:
    asked = {"event": proposed(), "device": "d1"}

    def by(**answer: Any) -> list[list[int]]:
        return found(one_device.RULE, told(asked, {"event": decided(), "by": TWO, **answer}))

    assert by(device="d1") == [[1, 2]]
    assert by(device="d2") == by(device=None) == []
    assert by(device="d1", by=ONE) == [], "one account: the step itself refuses that"
    assert by(device="d1", on=60) == [], "a device changes hands"
    assert by(device="d1", event=decided(DecisionKind.DEFER)) == []
    assert by(device="d1", event=decided(track_id=OTHER)) == []


def test_a_request_is_answered_by_another_account_on_its_device() -> None:
    asked = {"event": ExemptionRequested(request_id=OTHER), "device": "d1"}
    answer = {"event": CaseRequestConfirmed(request_id=OTHER), "by": TWO, "device": "d1"}
    another = {**answer, "event": CaseRequestConfirmed(request_id=ONE)}
    assert found(one_device.RULE, told(asked, answer)) == [[1, 2]]
    assert found(one_device.RULE, told(asked, another)) == []


def test_what_was_moved_before_its_approval_or_without_one_is_found() -> None:
    approval, handover = {"event": decided(), "on": 5}, {"event": delivered(), "on": 4}
    assert found(too_early.RULE, told(approval, handover)) == [[2, 1]]
    assert found(too_early.RULE, told({"event": delivered()})) == [[1]]
    assert found(too_early.RULE, told(approval, {**handover, "on": 5})) == []
    earlier = {"event": decided(), "on": 2}
    assert found(too_early.RULE, told(approval, handover, earlier)) == []


def test_what_was_entered_long_after_it_happened_is_found_and_a_files_own_past_is_not() -> None:
    note = NoteAdded(text="a word")
    opened = {"event": note}
    assert found(long_after.RULE, told(opened, {"event": note, "on": 1, "late": 31})) == [[2]]
    assert found(long_after.RULE, told(opened, {"event": note, "on": 1, "late": 30})) == []
    before = {"event": note, "on": -300, "late": 320}
    assert found(long_after.RULE, told(opened, before)) == [], "from before the file was opened"
    for never in ({"mends": 1}, {"origin": OriginKind.TIMER}, {"origin": OriginKind.IMPORT}):
        late = {"event": note, "on": 1, "late": 99, **never}
        assert found(long_after.RULE, told(opened, late)) == []


@pytest.mark.parametrize(
    ("amount", "near"), [(94_999, False), (95_000, True), (100_000, True), (100_001, False)]
)
def test_an_approval_just_under_a_fixed_ceiling_is_a_part_of_one(amount: int, near: bool) -> None:  # noqa: FBT001
    history = told({"event": proposed()}, {"event": decided(amount=amount), "by": TWO})
    (*parts,) = near_ceiling.RULE.find(Looked(history))
    assert [part.what for part in parts] == ([("approval", str(ONE))] if near else [])
    assert not list(near_ceiling.RULE.find(Looked(told({"event": decided(amount=amount)}))))


def revised(cost: int, *, new_study: bool = False) -> ProjectRevised:
    return ProjectRevised(
        track_id=TRACK,
        estimated_cost=Decimal(cost),
        own_contribution=Decimal(0),
        items=(1,),
        new_study=new_study,
    )


STUDIED = StudyRecorded(
    track_id=TRACK,
    provider="anapec",
    technically_sound=True,
    financially_sound=True,
    recommended_amount=Decimal(90_000),
)


@pytest.mark.parametrize(
    ("cost", "near"), [(98_549, False), (98_550, True), (81_000, True), (99_001, False)]
)
def test_a_cost_that_moved_nearly_as_much_as_is_studied_anew_is_a_part_of_one(
    cost: int,
    near: bool,  # noqa: FBT001
) -> None:
    """A tenth of 90,000 asks for a new study."""
    plan, study = {"event": proposed()}, {"event": STUDIED}
    moved = told(plan, study, {"event": revised(cost)})
    assert found(near_ceiling.RULE, moved) == ([[3]] if near else [])
    unstudied = told(plan, {"event": revised(cost)}, study)
    assert found(near_ceiling.RULE, unstudied) == []
    anew = told(plan, study, {"event": revised(cost, new_study=True)})
    assert found(near_ceiling.RULE, anew) == []


@pytest.mark.parametrize(("days", "near"), [(85, False), (86, True), (90, True)])
def test_a_pause_of_nearly_as_long_as_may_be_is_a_part_of_one(days: int, near: bool) -> None:  # noqa: FBT001
    until = DAY + timedelta(days=days)
    for event in (CasePaused(until=until), PauseRenewed(until=until)):
        parts = near_ceiling.RULE.find(Looked(told({"event": event, "by": TWO})))
        assert [part.what for part in parts] == ([("pause", str(TWO))] if near else [])


def test_a_reminder_put_off_as_often_as_may_be_is_a_part_of_one() -> None:
    once, other = ({"event": ReminderSnoozed(review=each)} for each in ("visit-3", "visit-6"))
    assert found(near_ceiling.RULE, told(once, other, once)) == [[3]]
    assert found(near_ceiling.RULE, told(once, other)) == []
    gone = {"event": ReminderSnoozed()}
    assert found(near_ceiling.RULE, told(gone, gone)) == []


def test_three_visits_without_a_word_are_found_unless_they_were_erased() -> None:
    silent, said = {"event": visit()}, {"event": visit(remarks="A second machine.")}
    assert found(wordless.RULE, told(silent, silent, silent)) == [[1, 2, 3]]
    assert found(wordless.RULE, told(silent, silent, said, silent, silent)) == []
    assert found(wordless.RULE, told(silent, silent, silent), readable=False) == []
    stopped = {"event": visit(project=ProjectCondition.STOPPED)}
    assert found(wordless.RULE, told(silent, silent, stopped)) == []


def test_three_exemptions_with_nobody_met_between_are_found() -> None:
    exempt = {"event": ReviewExempted()}
    met = {"event": ContactRecorded(outcome=ContactOutcome.REACHED)}
    missed = {"event": ContactRecorded(outcome=ContactOutcome.NO_ANSWER)}
    assert found(exempted.RULE, told(exempt, missed, exempt, exempt)) == [[1, 3, 4]]
    assert found(exempted.RULE, told(exempt, exempt, met, exempt)) == []
    assert found(exempted.RULE, told(exempt, exempt, {"event": visit()}, exempt)) == []


def test_a_telephone_counts_as_it_is_dialled_and_as_it_was_told_last() -> None:
    registered = BeneficiaryRegistered(sex=Sex.FEMALE, phone="00212 6 00 00 00 07")
    (first,) = one_phone.RULE.find(Looked(told({"event": registered})))
    assert first.what == ("0600000007",)
    changed = DetailsChanged(phone="06 00 00 00 08")
    (last,) = one_phone.RULE.find(Looked(told({"event": registered}, {"event": changed})))
    assert last.what == ("0600000008",)
    none = told({"event": registered}, {"event": DetailsChanged()})
    assert not list(one_phone.RULE.find(Looked(none)))
    assert not list(one_phone.RULE.find(Looked(told({"event": registered}), readable=False)))


def test_an_agreement_is_unspent_from_ninety_days_before_its_end_until_half_is_spent() -> None:
    terms = Terms(envelope=Decimal(1000), ends_on=date(2024, 12, 31))
    state = AgreementState(version=1, terms=terms)
    assert unspent_from(state) == date(2024, 10, 2)
    assert unspent_from(replace(state, closed=True)) is None
    assert unspent_from(replace(state, terms=replace(terms, ends_on=None))) is None
    assert unspent_from(replace(state, money=Money(paid=Decimal(499)))) is not None
    assert unspent_from(replace(state, money=Money(paid=Decimal(500)))) is None


def test_each_check_is_in_the_table_and_what_it_reads_is_kept() -> None:
    named = {rule.code for rules in RULES.values() for rule in rules}
    assert named <= set(FindingCode)
    assert not named & OF_THREE & ALONE
    for kind, rules in RULES.items():
        named_types = tuple(each for rule in rules for each in rule.reads)
        read = [each for each in EVENTS.values() if issubclass(each, named_types)]
        for each in read:
            _, later = told({"event": NoteAdded()}, {"event": each.model_construct()})
            assert is_read(kind, later)
    late = told({"event": NoteAdded(), "late": 40}, {"event": NoteAdded(), "late": 40})
    assert is_read(StreamKind.CASE, late[1])
    assert not is_read(StreamKind.CASE, told({"event": NoteAdded()}, {"event": NoteAdded()})[1])
    assert not is_read(StreamKind.PROJECT, late[1])
    assert not is_read(StreamKind.AGREEMENT, late[1])
