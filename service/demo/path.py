"""One person's steps through the API, from intake to the visits after delivery.

Days count back from the ceremony, so that every path ends on its day. Each person's path
differs a little: training in prison, after release, or waived; pardoned or not.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from domain.calendar import months_after
from domain.rules.v1 import V1
from service.demo.plan import Share

VISITS_UNTIL = date(2026, 9, 30)
"""Visits due later are left to the caseworkers, so that a later replay changes nothing."""

Body = dict[str, Any]


class Who(StrEnum):
    CASEWORKER = "caseworker"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Call:
    """One step of a case through the API."""

    step: str
    body: Body
    who: Who = Who.CASEWORKER
    part: str = ""
    """What tells apart two calls of the same step."""


@dataclass(frozen=True, slots=True)
class Way:
    """A person's path, given the ids the API handed out."""

    share: Share
    beneficiary_id: str
    caseworker_id: str
    agreement_id: str
    ceremony_id: str

    def before(self, days: int) -> str:
        return str(self.share.handover.held_on - timedelta(days=days))

    @property
    def number(self) -> int:
        return self.share.person.number

    @property
    def release(self) -> date:
        return self.share.handover.held_on - timedelta(days=300 - self.number % 30)

    def opening(self) -> Body:
        return {
            "occurred_on": self.before(620),
            "beneficiary_id": self.beneficiary_id,
            "route": "detention",
            "centre": self.share.handover.centre,
            "province": self.share.handover.province,
            "caseworker": self.caseworker_id,
            "consent": {"messages": self.number % 2 == 0},
        }

    def calls(self) -> Iterator[Call]:
        yield from self.in_detention()
        yield from self.after_release()
        yield from self.to_approval()
        yield from self.to_delivery()
        yield from self.visits()

    def in_detention(self) -> Iterator[Call]:
        yield Call(
            "record-social-enquiry",
            {
                "occurred_on": self.before(612),
                "household_size": 2 + self.number % 6,
                "has_housing": self.number % 9 != 0,
                "findings": "The family keeps in touch and supports a trade.",
            },
        )
        criteria = [{"criterion": name, "met": True} for name in ("vulnerability", "conduct")]
        yield Call(
            "rule-on-eligibility",
            {"occurred_on": self.before(605), "eligible": True, "criteria": criteria},
        )
        expected = self.release + timedelta(days=60 if self.pardoned else 0)
        yield Call(
            "record-detention-status",
            {
                "occurred_on": self.before(604),
                "status": "sentenced",
                "detained_since": self.before(1100 + self.number),
                "expected_release": str(expected),
                "prison": f"Prison of {self.share.handover.city}",
            },
        )
        if self.pardoned:
            yield Call(
                "record-pardon",
                {
                    "occurred_on": self.before(540),
                    "pardon": "reduction",
                    "expected_release": str(self.release),
                },
            )
        if self.trained_inside:
            yield Call("record-education", self._education())
        yield Call(
            "assess-needs",
            {
                "occurred_on": self.before(520),
                "areas": {"education_skills_work": "in_progress", "accommodation": "met"},
            },
        )
        yield Call(
            "agree-plan",
            {
                "occurred_on": self.before(515),
                "trade_wished": self.share.person.trade,
                "goals": ["Open a workshop near home."],
            },
        )
        yield Call("open-track", {"occurred_on": self.before(514), "track": "self_employment"})
        yield Call(
            "record-pre-release-review",
            {
                "occurred_on": str(self.release - timedelta(days=92)),
                "review": f"pre_release/90/{self.release}",
                "findings": "Papers are ready; the family expects the person.",
            },
        )

    @property
    def pardoned(self) -> bool:
        return self.number % 7 == 0

    @property
    def trained_inside(self) -> bool:
        return self.number % 3 != 1

    def _education(self) -> Body:
        return {
            "occurred_on": self.before(525),
            "level": "vocational",
            "started_on": self.before(590),
            "result": "completed",
            "trade": self.share.person.trade,
            "certificate": True,
        }

    def after_release(self) -> Iterator[Call]:
        kind = "pardon" if self.pardoned else "end_of_sentence"
        yield Call("record-release", {"occurred_on": str(self.release), "release": kind})
        yield Call(
            "record-contact",
            {
                "occurred_on": str(self.release + timedelta(days=4)),
                "channel": "at_centre",
                "outcome": "reached",
                "note": "Came with a relative.",
            },
        )
        if not self.trained_inside:
            yield Call(
                "enrol-in-training",
                {
                    "occurred_on": self.before(260),
                    "trade": self.share.person.trade,
                    "provider": "Vocational centre",
                    "planned_end": self.before(190),
                },
            )
            yield Call(
                "complete-training",
                {"occurred_on": self.before(190), "result": "passed", "certificate": True},
            )

    def to_approval(self) -> Iterator[Call]:
        share = self.share
        items = [{"label": line.label, "estimated": str(line.price)} for line in share.lines]
        yield Call(
            "propose-project",
            {
                "occurred_on": self.before(180),
                "trade": share.person.trade,
                "items": items,
                "premises": ("family", "lease", "street")[self.number % 3],
            },
        )
        yield Call("record-coaching", {"occurred_on": self.before(165), "provider": "ANAPEC"})
        yield Call(
            "record-study",
            {
                "occurred_on": self.before(150),
                "provider": "ANAPEC",
                "technically_sound": True,
                "financially_sound": True,
                "recommended_amount": str(share.cost),
            },
        )
        yield Call(
            "submit-to-session",
            {
                "occurred_on": self.before(140),
                "agreement_id": self.agreement_id,
                "session_on": self.before(120),
            },
        )
        yield Call(
            "record-decision",
            {
                "occurred_on": self.before(118),
                "decision": "approve",
                "session_on": self.before(120),
                "minutes": f"{self.share.handover.held_on.year}/{self.number}",
                "equipment_amount": str(share.goods),
                "cash_grant": str(share.cash),
            },
            Who.COORDINATOR,
        )
        yield Call("sign-undertaking", {"occurred_on": self.before(110)})

    def to_delivery(self) -> Iterator[Call]:
        share, numbers = self.share, range(1, len(self.share.lines) + 1)
        prices = [
            {"item": number, "price": str(line.price)}
            for number, line in zip(numbers, share.lines, strict=True)
        ]
        yield Call(
            "order-equipment",
            {
                "occurred_on": self.before(95),
                "supplier": "Made-up Supplies",
                "contract": f"C-{self.number:03}",
                "prices": prices,
            },
        )
        yield Call("receive-equipment", {"occurred_on": self.before(30), "items": list(numbers)})
        yield Call(
            "record-payment",
            {
                "occurred_on": self.before(25),
                "amount": str(share.goods),
                "invoice": f"F-{self.number:03}",
            },
        )
        yield Call(
            "place-on-ceremony",
            {"occurred_on": self.before(14), "ceremony_id": self.ceremony_id},
        )
        handed = [
            {"item": number, "serials": [f"S{self.number:03}-{number}"]} for number in numbers
        ]
        cash = [{"amount": str(share.cash), "cheque": f"Q-{self.number:03}"}]
        yield Call(
            "confirm-delivery", {"occurred_on": self.before(0), "items": handed, "cash": cash}
        )

    def visits(self) -> Iterator[Call]:
        """The visits that have fallen due; about one in ten was not made, and is overdue."""
        delivered = self.share.handover.held_on
        for months in V1.visit_months:
            due = months_after(delivered, months)
            if due > VISITS_UNTIL or (self.number * 5 + months) % 11 == 0:
                continue
            struggling = (self.number + months) % 8 == 0
            yield Call(
                "record-visit",
                {
                    "occurred_on": str(due + timedelta(days=self.number % 10)),
                    "review": f"visit/{months}/{delivered}",
                    "project": "struggling" if struggling else "running",
                    "equipment": "in_use",
                    "monthly_income": f"{1800 + self.number * 35}.00",
                },
                part=str(months),
            )
