"""The forms of custody."""

from collections.abc import Mapping

from domain.case.custody.steps import (
    AnswerConditionalRelease,
    BeginAlternativePenalty,
    BeginDetention,
    ChangeExpectedEnd,
    EndEpisode,
    PlaceInChildProtection,
    PrepareConditionalRelease,
    RecordBreach,
    RecordExitPermit,
    RecordPardon,
    RecordPenaltyHours,
    RecordPrisonTransfer,
    RecordRelease,
    ReturnToDetention,
)
from domain.case.steps import RecordEducation, RecordPreReleaseReview
from service.console.forms.layout import Layout, Source, When

LAYOUTS: Mapping[str, Layout] = {
    "begin-detention": Layout(
        BeginDetention,
        (
            "occurred_on",
            "kind",
            "prison",
            "detention_number",
            "sentence",
            "sentence_months",
            "expected_end",
            "conditional_from",
            "tracks",
        ),
        breaks=("sentence",),
        show_when={
            "sentence": When.of("kind", "sentence"),
            "sentence_months": When.of("kind", "sentence"),
            "conditional_from": When.of("kind", "sentence"),
            "tracks.family_member": When.needed_for("tracks.choice", "family_continues"),
        },
        rows_from={"tracks": Source.TRACKS},
    ),
    "begin-alternative-penalty": Layout(
        BeginAlternativePenalty,
        ("occurred_on", "penalty", "hours_ordered", "institution", "expected_end", "conditions"),
        breaks=("hours_ordered",),
        show_when={"hours_ordered": When.needed_for("penalty", "community_work")},
    ),
    "record-penalty-hours": Layout(RecordPenaltyHours, ("occurred_on", "hours_done")),
    "place-in-child-protection": Layout(
        PlaceInChildProtection, ("occurred_on", "institution", "expected_end"), checked=True
    ),
    "record-prison-transfer": Layout(RecordPrisonTransfer, ("occurred_on", "prison")),
    "change-expected-end": Layout(
        ChangeExpectedEnd, ("occurred_on", "episode", "expected_end", "reason")
    ),
    "record-pardon": Layout(
        RecordPardon, ("occurred_on", "pardon", "reduced_days", "expected_end")
    ),
    "record-education": Layout(
        RecordEducation,
        ("level", "prison", "started_on", "trade", "result", "certificate", "occurred_on"),
        breaks=("trade",),
        show_when={"trade": When.of("level", "vocational")},
    ),
    "record-pre-release-review": Layout(
        RecordPreReleaseReview, ("occurred_on", "review", "findings")
    ),
    "record-exit-permit": Layout(RecordExitPermit, ("occurred_on", "until", "reason")),
    "prepare-conditional-release": Layout(
        PrepareConditionalRelease, ("occurred_on", "earliest_on", "attests")
    ),
    "answer-conditional-release": Layout(
        AnswerConditionalRelease, ("occurred_on", "granted", "reason"), checked=True
    ),
    "record-release": Layout(
        RecordRelease,
        ("occurred_on", "release", "pardon_list", "conditions_until", "conditions"),
        breaks=("conditions_until",),
        show_when={
            "conditions_until": When.needed_for("release", "conditional"),
            "conditions": When.of("release", "conditional"),
        },
        checked=True,
    ),
    "end-episode": Layout(EndEpisode, ("occurred_on", "episode", "end", "reason"), checked=True),
    "record-breach": Layout(RecordBreach, ("occurred_on", "reason")),
    "return-to-detention": Layout(
        ReturnToDetention,
        ("occurred_on", "prison", "detention_number", "expected_end", "reason", "tracks"),
        breaks=("tracks",),
        show_when={"tracks.family_member": When.needed_for("tracks.choice", "family_continues")},
        rows_from={"tracks": Source.TRACKS},
        checked=True,
    ),
}
