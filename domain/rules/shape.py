"""What a version of the rules says. Days and months count from the step named."""

from decimal import Decimal

from domain.message import Message
from domain.rules.vocabulary import ExemptionReason, FundingSource


class Ceiling(Message):
    """The most a source pays for one project."""

    share: Decimal
    """Of the project's cost: 0.60 is 60 %."""
    amount: Decimal
    """MAD."""


class DetentionInterval(Message):
    """How often somebody in detention is reviewed, by the months still to serve."""

    remaining_up_to: int | None
    earliest_months: int
    latest_months: int


class Rules(Message):
    """One version of the policy."""

    version: str
    pre_release_days: tuple[int, ...]
    pre_release_window_days: int
    free_days_before_release: int
    release_unconfirmed_days: int
    first_contact_days: int
    first_contact_days_urgent: int
    """Without housing, or a minor."""
    first_contact_days_pardon: int
    plan_days: int
    contact_months: int
    contact_months_later: int
    contact_often_for_months: int
    contact_window_days: int
    training_end_days: int
    study_days: int
    decision_days_after_session: int
    decision_days: int
    undertaking_days: int
    order_days: int
    receipt_days: int
    handover_days: int
    lent_line_days: int
    """After a ceremony, in which its centre reads and confirms the lines of others on its list."""
    visit_months: tuple[int, ...]
    visit_window_days: int
    silence_days: int
    detention_intervals: tuple[DetentionInterval, ...]
    remand_interval: DetentionInterval
    escalation_days: tuple[int, ...]
    exemption_days: int
    exemption_days_long: int
    exemption_long: frozenset[ExemptionReason]
    ceilings: dict[FundingSource, Ceiling]
    reminder_hour: int
    """Local hour from which the reminders of a day go out."""
    reminder_spread_minutes: int
    """They are spread over so many minutes, by case."""
    backlog_minutes: int
    """Time left to whoever enters a backlog before its past reviews count as missed."""
