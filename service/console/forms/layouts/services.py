"""The forms of support, of what a case waits for, of the household, and of consent."""

from collections.abc import Mapping

from domain.case.awaiting.steps import (
    AskThirdPartyAgain,
    AwaitThirdParty,
    RecordThirdPartyAnswer,
    StopAwaiting,
)
from domain.case.consents.steps import GiveConsent, WithdrawConsent
from domain.case.consents.vocabulary import ConsentForm
from domain.case.household.steps import AddHouseholdMember, RecordFamilyContact, RecordMemberLeft
from domain.case.support.steps import (
    CompleteSupport,
    DeclineSupport,
    OpenSupport,
    ProgressSupport,
    TakeUpSupport,
)
from domain.case.support.vocabulary import SupportKind
from service.console.forms.layout import Layout, When

UNSIGNED = (ConsentForm.THUMBPRINT, ConsentForm.SPOKEN)

LAYOUTS: Mapping[str, Layout] = {
    "open-support": Layout(
        OpenSupport,
        (
            *("occurred_on", "kind", "probably_from", "look_again_on", "need", "member_id"),
            *("provider", "provider_name", "details"),
        ),
        show_when={"probably_from": When.of("kind", SupportKind.JUDICIAL_REHABILITATION)},
    ),
    "progress-support": Layout(
        ProgressSupport,
        ("support_id", "occurred_on", "details", "look_again_on", "probably_from"),
    ),
    "complete-support": Layout(CompleteSupport, ("support_id", "occurred_on", "details")),
    "decline-support": Layout(
        DeclineSupport, ("support_id", "occurred_on", "declined_by", "details")
    ),
    "take-up-support": Layout(
        TakeUpSupport,
        ("support_id", "occurred_on", "details", "look_again_on", "probably_from"),
    ),
    "await-third-party": Layout(
        AwaitThirdParty,
        (
            *("occurred_on", "party", "party_name", "awaiting"),
            *("answer_by", "support_id", "paper"),
        ),
    ),
    "ask-third-party-again": Layout(
        AskThirdPartyAgain, ("awaited_id", "occurred_on", "details", "answer_by")
    ),
    "record-third-party-answer": Layout(
        RecordThirdPartyAnswer, ("awaited_id", "occurred_on", "answer")
    ),
    "stop-awaiting": Layout(StopAwaiting, ("awaited_id", "occurred_on", "explanation")),
    "give-consent": Layout(
        GiveConsent,
        ("purposes", "occurred_on", "given_as", "witness"),
        show_when={"witness": When.needed_for("given_as", *UNSIGNED)},
    ),
    "withdraw-consent": Layout(WithdrawConsent, ("purposes", "occurred_on", "explanation")),
    "add-household-member": Layout(
        AddHouseholdMember, ("name", "kinship", "birth_year", "occurred_on")
    ),
    "record-member-left": Layout(RecordMemberLeft, ("member_id", "occurred_on", "explanation")),
    "record-family-contact": Layout(
        RecordFamilyContact, ("member_id", "occurred_on", "channel", "outcome", "note")
    ),
}
