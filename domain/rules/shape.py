"""What a version of the rules says. Days and months count from the step named."""

from datetime import date
from decimal import ROUND_FLOOR, Decimal

from domain.message import Message
from domain.rules.vocabulary import (
    AnnouncedReview,
    DecidingBody,
    ExemptionReason,
    FundingSource,
    HolderKind,
)
from domain.values.calendar import months_after
from domain.values.money import CENTIME
from domain.values.papers import PaperKind


class Ceiling(Message):
    """The most a source pays for one project of one kind of holder."""

    share: Decimal
    """Of what the project costs, its start-up cash included: 0.60 is 60 %."""
    amount: Decimal
    """MAD."""
    own_part_in_kind: Decimal
    """Of the holder's own part, at most so much need not be paid."""

    def most(self, cost: Decimal) -> Decimal:
        """What it pays at most of a project of this cost (MAD), in whole dirhams."""
        whole = min(self.amount, cost * self.share).to_integral_value(ROUND_FLOOR)
        return whole.quantize(CENTIME)


class Ages(Message):
    """In full years, both included."""

    least: int
    most: int

    def has(self, born: date, on: date) -> bool:
        """Whether somebody born then is so old on a day."""
        of_age, too_old = (
            months_after(born, 12 * self.least),
            months_after(born, 12 * (self.most + 1)),
        )
        return of_age <= on < too_old


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
    unfavourable_study_days: int
    """In which the holder answers a study, or an opinion, that is not favourable."""
    opinion_days: int
    """In which the division gives its opinion on a favourable study."""
    submission_days: int
    """In which a project with a favourable opinion is submitted."""
    sent_back_days: int
    deferred_days: int
    """In which a deferred project comes to a session again, where none was named."""
    appeal_days: int
    new_study_share: Decimal
    """By which part of it the cost moves before a revised project is studied anew."""
    decision_days_after_session: int
    decision_days: int
    approval_confirmation_months: int
    """After which an approval without an order is confirmed, while its holder is detained."""
    approval_confirmation_days: int
    """Before it falls due, in which it may be."""
    undertaking_days: int
    order_days: int
    receipt_days: int
    handover_days: int
    """After the last line that was ordered came in."""
    handover_days_from_first: int
    """After the first came in, while others are awaited."""
    lent_line_days: int
    """After a ceremony, in which its centre reads and confirms the lines of others on its list."""
    visit_months: tuple[int, ...]
    visit_window_days: int
    placement_months: tuple[int, ...]
    """After a hire, in which it is asked whether the person still works there."""
    problem_days: int
    """In which the coordinator decides of a problem."""
    silence_days: int
    """After which nobody was with the person, in the months after a release."""
    silence_after_release_months: int
    silence_days_later: int
    """From then on, and where there was no release, until the first delivery."""
    silence_days_visited: int
    """From the first delivery on, until the visit of so many months after it."""
    silence_visited_months: int
    silence_placement_months: int
    """From a hire on, until the review of so many months after it."""
    silence_days_late: int
    """After that visit. Each is more than the longest gap that the visits and contacts leave."""
    closing_days: int
    """After the last scheduled visit, or the end of the last track."""
    coming_of_age_days: int
    """Before the birthday: then it is reviewed what comes after it."""
    coming_of_age_window_days: int
    training_from_age: int
    school_year_begins: tuple[int, int]
    """Month and day of its first lesson."""
    school_year_ends: tuple[int, int]
    """Month and day, in the next year, of its last."""
    school_opens_days: int
    """Before it begins, from when on somebody is enrolled for it."""
    school_result_days: int
    """After its last lesson, in which its result is recorded."""
    school_enrolment_days: int
    """Without a school: after the track was opened, school was left, or the next year began."""
    ruling_months: int
    """After which a ruling on eligibility is renewed before a project is submitted."""
    running_visit_months: int
    """No older is the visit that says of a project that it runs, when a case is closed so."""
    lost_contact_attempts: int
    """In vain, and none since the person was last seen: then contact is lost."""
    detention_intervals: tuple[DetentionInterval, ...]
    remand_interval: DetentionInterval
    transfer_days: int
    """After a transfer or a return to detention, in which the person is seen."""
    alternative_penalties_since: date
    """When law 43-22 came into force."""
    penalty_age: int
    """In full years, from which on an alternative penalty may be given."""
    penalty_hours: tuple[int, int]
    """Of community work: at least, and at most."""
    penalty_first_days: int
    """After the beginning of an alternative penalty, of its first review."""
    penalty_months: int
    """Between the reviews after it."""
    penalty_end_days: int
    """Before its end, of its last review."""
    conditional_request_days: int
    """Before the earliest day of a conditional release, to prepare the request."""
    conditions_end_days: int
    """Before the end of conditions, of a review."""
    long_stay_days: int
    """In detention, after more of which the visits left count from the resuming."""
    resumed_visit_months: tuple[int, ...]
    """After it, of visits that are held at least."""
    escalation_days: tuple[int, ...]
    exemption_days: int
    exemption_days_long: int
    exemption_long: frozenset[ExemptionReason]
    pause_days: int
    """In which a paused case is looked at again: then the pause ends, unless it is renewed."""
    snooze_days: int
    """By which the reminder of a review may be put off."""
    snooze_times: int
    """How often that of one review may."""
    ceilings: dict[FundingSource, dict[HolderKind, Ceiling]]
    """A source that is not named may pay for all of it."""
    ages: dict[FundingSource, Ages]
    """Of the holder on the day of the session; a source that is not named asks for none."""
    confirmation_days: int
    """In which a second person answers what was asked for; then it lapses."""
    mended_by_recorder_days: int
    """In which whoever recorded an entry of a case may mend it; then a coordinator does."""
    referral_days: int
    """In which the centre that a case is referred to answers."""
    complaint_days: int
    """In which a complaint is answered."""
    return_days: int
    """In which what came back to a closed agreement goes to the funder, or to another one."""
    bodies: dict[FundingSource, DecidingBody]
    """Who decides what a source pays for; of a source that is not named, any body may."""
    after_sale_years: int
    """In which somebody whose equipment was sold is funded only with the division's yes."""
    public_proof_years: int
    """After the last delivery, payment or repayment of a person's projects: so long what was public
    money's is proved by their data, and nobody erases it."""
    case_kept_years: int
    """After the last of a person's cases was closed, at most so long what is known of them is kept."""
    registration_kept_years: int
    """After somebody was registered of whom no case was ever opened."""
    complaint_kept_years: int
    """After a complaint ended, at most so long what was said in it is kept."""
    see_data_days: int
    """In which somebody who asks to see what is kept of them is shown it."""
    mend_data_days: int
    """In which their request to correct or erase it, or their objection, is answered."""
    restriction_days: int
    """After which a restriction that somebody asked for is looked at again."""
    withdraw_consent_days: int
    """In which a consent that they withdraw in writing is recorded as withdrawn."""
    support_days: int
    """After the day on which a support item is looked at again, in which it is."""
    awaited_days: int
    """After which somebody outside who did not answer is asked again, where no day was promised."""
    awaited_window_days: int
    paper_days: int
    """Before a paper expires, in which a new one is obtained."""
    papers_needed: dict[str, tuple[PaperKind, ...]]
    """By the step: what is attached to the same case, session, order or the like before it is taken."""
    papers_left: dict[str, tuple[PaperKind, ...]]
    """By the step: what it leaves, and is attached afterwards."""
    reminder_hour: int
    """Local hour from which the reminders of a day go out."""
    reminder_spread_minutes: int
    """They are spread over so many minutes, by case."""
    announced_reviews: tuple[AnnouncedReview, ...]
    """Of which the person is told, who is to be there."""
    announced_days: int
    """Before such a review falls due."""
    quiet_from_hour: int
    """Local hour from which nothing is sent to anybody, until:"""
    quiet_until_hour: int
    quiet_weekdays: tuple[int, ...]
    """On which nothing is: Monday is 1, Sunday is 7."""
    quiet_on_holidays: bool
    office_from_hour: int
    """Local hour from which people are at work on a working day, until:"""
    office_until_hour: int
    emergency_hours: int
    """How long another centre's case may be read that was opened in an emergency."""
    unusual_days: int
    """Who reads a case and takes no step on it within so many, before or after, is looked at first."""
    unusual_cases_an_hour: int
    """So many cases read one by one within an hour are many."""
    backlog_minutes: int
    """Time left to whoever enters a backlog before its past reviews count as missed."""
