"""The first version of the rules, as the programme states them."""

from datetime import date
from decimal import Decimal

from domain.rules.shape import Ages, Ceiling, DetentionInterval, Rules
from domain.rules.vocabulary import DecidingBody, ExemptionReason, FundingSource, HolderKind


def _sixty_percent(at_most: str) -> Ceiling:
    """And of the own part half may be in kind."""
    return Ceiling(share=Decimal("0.60"), amount=Decimal(at_most), own_part_in_kind=Decimal("0.50"))


V1 = Rules(
    version="v1",
    pre_release_days=(180, 90, 30),
    pre_release_window_days=15,
    free_days_before_release=7,
    release_unconfirmed_days=1,
    first_contact_days=7,
    first_contact_days_urgent=3,
    first_contact_days_pardon=15,
    plan_days=30,
    contact_months=1,
    contact_months_later=2,
    contact_often_for_months=6,
    contact_window_days=7,
    training_end_days=7,
    study_days=45,
    unfavourable_study_days=30,
    opinion_days=15,
    submission_days=30,
    sent_back_days=30,
    deferred_days=90,
    appeal_days=30,
    new_study_share=Decimal("0.10"),
    decision_days_after_session=7,
    decision_days=90,
    approval_confirmation_months=12,
    approval_confirmation_days=30,
    undertaking_days=15,
    order_days=30,
    receipt_days=60,
    handover_days=30,
    handover_days_from_first=60,
    lent_line_days=7,
    visit_months=(1, 3, 6, 9, 12, 18, 24),
    visit_window_days=15,
    problem_days=30,
    silence_days=60,
    silence_after_release_months=6,
    silence_days_later=90,
    silence_days_visited=130,
    silence_visited_months=12,
    silence_days_late=220,
    closing_days=30,
    coming_of_age_days=90,
    coming_of_age_window_days=15,
    training_from_age=16,
    ruling_months=24,
    running_visit_months=6,
    lost_contact_attempts=3,
    detention_intervals=(
        DetentionInterval(remaining_up_to=6, earliest_months=1, latest_months=3),
        DetentionInterval(remaining_up_to=12, earliest_months=2, latest_months=3),
        DetentionInterval(remaining_up_to=60, earliest_months=4, latest_months=6),
        DetentionInterval(remaining_up_to=None, earliest_months=10, latest_months=12),
    ),
    remand_interval=DetentionInterval(remaining_up_to=None, earliest_months=2, latest_months=3),
    transfer_days=10,
    alternative_penalties_since=date(2025, 8, 22),
    penalty_age=15,
    penalty_hours=(40, 3600),
    penalty_first_days=30,
    penalty_months=1,
    penalty_end_days=15,
    conditional_request_days=60,
    conditions_end_days=15,
    long_stay_days=90,
    resumed_visit_months=(1, 3, 6),
    escalation_days=(7, 21),
    exemption_days=5,
    exemption_days_long=10,
    exemption_long=frozenset(
        {
            ExemptionReason.HEALTH,
            ExemptionReason.DEPENDENCY,
            ExemptionReason.SAFETY,
            ExemptionReason.TRANSFER,
        }
    ),
    pause_days=90,
    ceilings={
        FundingSource.INDH_INCOME: {
            HolderKind.PERSON: _sixty_percent("100000.00"),
            HolderKind.COOPERATIVE: _sixty_percent("300000.00"),
            HolderKind.GROUP: _sixty_percent("300000.00"),
            HolderKind.COMPANY: _sixty_percent("300000.00"),
        },
    },
    ages={FundingSource.INDH_YOUTH: Ages(least=18, most=34)},
    confirmation_days=30,
    mended_by_recorder_days=7,
    return_days=30,
    bodies={
        FundingSource.INDH_PRECARIOUS: DecidingBody.COMMITTEE,
        FundingSource.INDH_INCOME: DecidingBody.COMMITTEE,
        FundingSource.INDH_YOUTH: DecidingBody.COMMITTEE,
        FundingSource.FOUNDATION: DecidingBody.COMMISSION,
        FundingSource.REGION: DecidingBody.REGION,
    },
    after_sale_years=5,
    public_proof_years=10,
    reminder_hour=8,
    reminder_spread_minutes=120,
    backlog_minutes=60,
)
