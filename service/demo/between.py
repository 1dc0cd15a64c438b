"""The story of somebody who moves to where another centre serves, and is referred there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from domain.beneficiary.steps import RegisterBeneficiary
from domain.beneficiary.vocabulary import Sex
from domain.case.referral.steps import ReferCase
from domain.case.referral.vocabulary import ReferralReason
from domain.case.residence.steps import RecordMove
from domain.case.steps import AssessNeeds, OpenCase, RecordContact
from domain.case.vocabulary import Channel, ContactOutcome, NeedArea, NeedStatus, Route
from domain.example.way import taken_by
from domain.message import Role, Step
from service.demo.acts import Act, Names, Script, Seen
from service.demo.path import way_to
from service.demo.plan import HANDOVERS

MOVED = "moved"
TO = HANDOVERS[1]
"""In whose province they live now."""


def moved_away(names: Names) -> Iterator[Act]:
    """Came after her release; lives with her sister since, and waits for the other centre's answer."""
    yield Act(f"beneficiary/{MOVED}", _registered(), Role.CASEWORKER)
    way = replace(way_to(HANDOVERS[0]), beneficiary_id=names[f"beneficiary/{MOVED}"])
    opening = OpenCase(
        occurred_on=date(2026, 6, 3),
        beneficiary_id=way.beneficiary_id,
        route=Route.AFTER_RELEASE,
        centre=way.centre,
        province=way.province,
        caseworker=names["caseworker"],
    )
    for step in (opening, *_until_the_referral()):
        yield Act(f"case/{MOVED}", step, taken_by(step))


def _registered() -> RegisterBeneficiary:
    return RegisterBeneficiary(
        occurred_on=date(2026, 6, 2),
        name_ar="نعيمة المفترض",
        name_latin="Naima El Mouftarad",
        sex=Sex.FEMALE,
        birth_date=date(1988, 11, 20),
    )


def _until_the_referral() -> Iterator[Step]:
    there = way_to(TO)
    yield AssessNeeds(
        occurred_on=date(2026, 6, 17),
        areas={NeedArea.ACCOMMODATION: NeedStatus.IN_PROGRESS},
    )
    yield RecordContact(
        occurred_on=date(2026, 9, 22), channel=Channel.PHONE, outcome=ContactOutcome.REACHED
    )
    yield RecordMove(occurred_on=date(2026, 10, 5), province=there.province)
    yield ReferCase(
        occurred_on=date(2026, 10, 8),
        to_centre=there.centre,
        because=ReferralReason.MOVED,
        explanation="تسكن عند أختها منذ بداية الشهر، وتبحث عن سكن خاص بها.",
    )


BETWEEN: tuple[Script, ...] = (moved_away,)
SEEN_BETWEEN = (Seen("a case on its way to another centre", "/cases/{}", f"case/{MOVED}"),)
