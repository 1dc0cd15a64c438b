"""The story of somebody who wants a job and no project: refused, hired, let go, and hired again."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from domain.beneficiary.steps import RegisterBeneficiary
from domain.beneficiary.vocabulary import Sex
from domain.case.steps import AgreePlan, AssessNeeds, Consent, OpenCase, OpenTrack
from domain.case.vocabulary import NeedArea, NeedStatus, Route, TrackKind
from domain.example.way import taken_by
from domain.message import Role, Step
from domain.tracks.employment import steps as s
from domain.tracks.employment.vocabulary import (
    ApplicationAnswer,
    ContractKind,
    EmployerKind,
    HeardFrom,
    PlacementEnd,
    PlacementFound,
)
from domain.values.trades import Trade
from service.demo.acts import Act, Names, Seen
from service.demo.path import way_to
from service.demo.plan import HANDOVERS

COOK = "cook"


def in_a_kitchen(names: Names) -> Iterator[Act]:
    """Six months in one kitchen, let go with the season, and in another since."""
    yield Act(f"beneficiary/{COOK}", _registered(), Role.CASEWORKER)
    way = replace(way_to(HANDOVERS[0]), beneficiary_id=names[f"beneficiary/{COOK}"])
    opening = OpenCase(
        occurred_on=date(2025, 10, 6),
        beneficiary_id=way.beneficiary_id,
        route=Route.AFTER_RELEASE,
        centre=way.centre,
        province=way.province,
        caseworker=names["caseworker"],
        consent=Consent(messages=True, sharing_with_employers=True),
    )
    for step in (opening, *_to_work(way.company)):
        yield Act(f"case/{COOK}", step, taken_by(step))


def _registered() -> RegisterBeneficiary:
    return RegisterBeneficiary(
        occurred_on=date(2025, 10, 6),
        name_ar="ياسين المبتكر",
        name_latin="Yassine El Moubtakar",
        sex=Sex.MALE,
        birth_date=date(1991, 2, 17),
    )


def _to_work(company: str) -> Iterator[Step]:
    yield AssessNeeds(
        occurred_on=date(2025, 10, 8),
        areas={NeedArea.EDUCATION_SKILLS_WORK: NeedStatus.IN_PROGRESS},
    )
    yield AgreePlan(
        occurred_on=date(2025, 10, 13),
        trade_wished=Trade.COOKING,
        qualifications=(Trade.COOKING,),
    )
    yield OpenTrack(occurred_on=date(2025, 10, 14), track=TrackKind.EMPLOYMENT)
    yield s.RecordApplication(
        occurred_on=date(2025, 10, 20),
        employer=EmployerKind.OTHER,
        employer_name="مطعم الواحة",
        trade=Trade.COOKING,
    )
    yield s.AnswerApplication(
        occurred_on=date(2025, 10, 27),
        answer=ApplicationAnswer.REFUSED,
        explanation="المطلوب خمس سنوات من التجربة.",
    )
    partner: dict[str, Any] = {
        "employer": EmployerKind.PARTNER,
        "company": company,
        "trade": Trade.COOKING,
    }
    yield s.RecordApplication(occurred_on=date(2025, 11, 3), employer_told=True, **partner)
    yield s.AnswerApplication(occurred_on=date(2025, 11, 10), answer=ApplicationAnswer.ACCEPTED)
    yield s.RecordHire(
        occurred_on=date(2025, 11, 17),
        contract_kind=ContractKind.SEASONAL,
        employer_told=True,
        **partner,
    )
    for day, heard in (
        (date(2025, 12, 15), HeardFrom.AT_WORK),
        (date(2026, 2, 19), HeardFrom.PERSON),
    ):
        yield s.ReviewPlacement(
            occurred_on=day, found=PlacementFound.STILL_EMPLOYED, heard_from=heard
        )
    yield s.EndPlacement(
        occurred_on=date(2026, 5, 15),
        end_reason=PlacementEnd.CONTRACT_ENDED,
        explanation="انتهى الموسم.",
    )
    yield s.RecordHire(
        occurred_on=date(2026, 8, 3),
        employer=EmployerKind.SELF_FOUND,
        employer_name="مطعم باب المدينة",
        contract_kind=ContractKind.FIXED_TERM,
        trade=Trade.COOKING,
    )
    yield s.ReviewPlacement(
        occurred_on=date(2026, 9, 4),
        found=PlacementFound.STILL_EMPLOYED,
        heard_from=HeardFrom.PAYSLIP,
    )


SEEN_AT_WORK = Seen("a cook in his second job", "/cases/{}", f"case/{COOK}")
