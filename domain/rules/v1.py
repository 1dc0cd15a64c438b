"""The first version of the rules, as the programme states them."""

from decimal import Decimal

from domain.rules.shape import Ceiling, DetentionInterval, Rules
from domain.rules.vocabulary import ExemptionReason, FundingSource

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
    decision_days_after_session=7,
    decision_days=90,
    undertaking_days=15,
    order_days=30,
    receipt_days=60,
    handover_days=30,
    lent_line_days=7,
    visit_months=(1, 3, 6, 9, 12, 18, 24),
    visit_window_days=15,
    silence_days=60,
    detention_intervals=(
        DetentionInterval(remaining_up_to=6, earliest_months=1, latest_months=3),
        DetentionInterval(remaining_up_to=12, earliest_months=2, latest_months=3),
        DetentionInterval(remaining_up_to=60, earliest_months=4, latest_months=6),
        DetentionInterval(remaining_up_to=None, earliest_months=10, latest_months=12),
    ),
    remand_interval=DetentionInterval(remaining_up_to=None, earliest_months=2, latest_months=3),
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
    ceilings={
        FundingSource.INDH_INCOME: Ceiling(share=Decimal("0.60"), amount=Decimal("100000.00")),
    },
    reminder_hour=8,
    reminder_spread_minutes=120,
    backlog_minutes=60,
)
