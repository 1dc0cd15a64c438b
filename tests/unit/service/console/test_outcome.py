"""What came of a project is told from its track's entries: the last of each, and what is still out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.case.schedule import ReviewKind
from domain.message import OriginKind, Role
from domain.project.vocabulary import DecisionKind
from domain.seeing_to import DONE_BY
from projections.views.projects import ProjectFacts
from projections.views.timeline import TimelineEntry
from service.access.table import STEPS
from service.console.showing.gaps import Gap, Missing
from service.console.showing.outcome import Came, Outcomes
from service.words.language import Language
from service.words.store import words

TRACK, OTHER, WORKER = uuid4(), uuid4(), uuid4()
SAID = words(Language.ENGLISH)
NONE = Decimal(0)
IN_USE = [{"item": 1, "condition": "in_use"}, {"item": 2, "condition": "in_use"}]
SOLD = [{"item": 1, "condition": "sold"}]


def project(decision: DecisionKind | None = None, **sums: str) -> ProjectFacts:
    names = ("equipment_amount", "cash_grant", "paid", "goods_delivered", "cash_delivered")
    named = {name: Decimal(sums.get(name, "0")) for name in names}
    return ProjectFacts(
        estimated=Decimal("30000.00"),
        own_contribution=NONE,
        decision=decision,
        ordered=NONE,
        complete=False,
        condition=None,
        items_in_use=0,
        items_not_in_use=0,
        **named,
    )


def entries(*told: tuple[str, date, dict[str, Any]]) -> Iterator[TimelineEntry]:
    for position, (type_, on, details) in enumerate(told, start=1):
        yield TimelineEntry(
            position=position,
            stream=f"case/{uuid4()}",
            version=position,
            type=type_,
            occurred_on=on,
            recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
            actor_id=WORKER,
            actor_role=Role.CASEWORKER,
            actor_centre="taza",
            origin=OriginKind.API,
            command_id=UUID(int=details.pop("command", position)),
            has_reason=False,
            details={"track_id": str(TRACK)} | details,
        )


def told(facts: ProjectFacts, *some: tuple[str, date, dict[str, Any]]) -> dict[str, Came]:
    outcomes = Outcomes(facts, [*entries(*some)], TRACK, {WORKER: "taza-1"}, Language.ENGLISH)
    return {came.name: came for came in outcomes.told()}


def decision(kind: DecisionKind, minutes: str) -> dict[str, Any]:
    return {"decision": kind, "minutes": minutes}


def test_nothing_yet_is_not_recorded_and_after_a_refusal_it_does_not_apply() -> None:
    assert {came.what for came in told(project()).values()} == {Missing(Gap.NOT_RECORDED)}
    refused = told(
        project(DecisionKind.REJECT),
        ("DecisionRecorded", date(2024, 3, 20), decision(DecisionKind.REJECT, "12/2024")),
    )
    assert refused["decided"].what == SAID.of(DecisionKind.REJECT)
    assert refused["decided"].amount == NONE
    for name in ("paid", "handed", "found"):
        assert refused[name].what == Missing(Gap.DOES_NOT_APPLY)


def test_the_last_decision_counts_with_its_amount_minutes_day_and_recorder() -> None:
    came = told(
        project(DecisionKind.APPROVE, equipment_amount="28780.18", cash_grant="2000.00"),
        ("DecisionRecorded", date(2024, 3, 20), decision(DecisionKind.APPROVE, "12/2024")),
        ("DecisionRecorded", date(2024, 1, 10), decision(DecisionKind.DEFER, "3/2024")),
    )["decided"]
    assert came == Came(
        "decided",
        SAID.of(DecisionKind.APPROVE),
        Decimal("28780.18"),
        Decimal("2000.00"),
        date(2024, 3, 20),
        "minutes",
        "12/2024",
        "taza-1",
    )


def test_an_approval_that_ended_is_told_as_such() -> None:
    came = told(
        project(DecisionKind.APPROVE, equipment_amount="28780.18"),
        ("DecisionRecorded", date(2024, 3, 20), decision(DecisionKind.APPROVE, "12/2024")),
        ("ApprovalEnded", date(2024, 5, 2), {}),
    )["decided"]
    assert (came.what, came.on) == (SAID.event["ApprovalEnded"], date(2024, 5, 2))
    assert came.amount == NONE


def test_a_payment_has_its_invoice_and_a_visit_what_it_found() -> None:
    came = told(
        project(DecisionKind.APPROVE, paid="26500.00", goods_delivered="26500.00"),
        ("SupplierPaid", date(2024, 6, 3), {"command": 7, "invoice": "F-77"}),
        ("PaymentRecorded", date(2024, 6, 3), {"command": 7}),
        ("DeliveryConfirmed", date(2024, 7, 18), {}),
        ("VisitRecorded", date(2025, 1, 18), {"project": "running", "items": IN_USE}),
        (
            "VisitRecorded",
            date(2025, 2, 1),
            {"project": "stopped", "items": SOLD} | {"track_id": str(OTHER)},
        ),
    )
    assert (came["paid"].number, came["paid"].amount) == ("F-77", Decimal("26500.00"))
    assert came["handed"].what == SAID.page["handed_part"]
    assert SAID.code["ProjectCondition"]["running"] in str(came["found"].what)
    assert SAID.code["EquipmentCondition"]["in_use"] in str(came["found"].what)
    assert came["found"].on == date(2025, 1, 18), "another track's visit is not this one's"


def test_a_visit_at_which_nobody_saw_an_item_says_nothing_of_any() -> None:
    found = told(
        project(DecisionKind.APPROVE),
        ("VisitRecorded", date(2025, 1, 18), {"project": "stopped", "items": []}),
    )["found"]
    assert found.what == SAID.code["ProjectCondition"]["stopped"]


@pytest.mark.parametrize("kind", ReviewKind)
def test_what_is_due_is_seen_to_by_a_step_there_is(kind: ReviewKind) -> None:
    assert kind is ReviewKind.ESCALATION or DONE_BY[kind] in STEPS
