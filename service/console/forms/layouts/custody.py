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
from service.console.forms.layout import Layout, Source

LAYOUTS: Mapping[str, Layout] = {
    "begin-detention": Layout(
        BeginDetention,
        (
            "kind",
            "prison",
            "expected_end",
            "conditional_from",
            "detention_number",
            "sentence",
            "sentence_months",
            "tracks",
            "occurred_on",
        ),
        rows_from={"tracks": Source.TRACKS},
    ),
    "begin-alternative-penalty": Layout(
        BeginAlternativePenalty,
        ("penalty", "expected_end", "hours_ordered", "institution", "conditions", "occurred_on"),
    ),
    "record-penalty-hours": Layout(RecordPenaltyHours, ("hours_done", "occurred_on")),
    "place-in-child-protection": Layout(
        PlaceInChildProtection, ("institution", "expected_end", "occurred_on")
    ),
    "record-prison-transfer": Layout(RecordPrisonTransfer, ("prison", "occurred_on")),
    "change-expected-end": Layout(
        ChangeExpectedEnd, ("expected_end", "episode", "reason", "occurred_on")
    ),
    "record-pardon": Layout(
        RecordPardon, ("pardon", "reduced_days", "expected_end", "occurred_on")
    ),
    "record-education": Layout(
        RecordEducation,
        ("level", "started_on", "result", "trade", "certificate", "prison", "occurred_on"),
    ),
    "record-pre-release-review": Layout(
        RecordPreReleaseReview, ("review", "findings", "occurred_on")
    ),
    "record-exit-permit": Layout(RecordExitPermit, ("until", "reason", "occurred_on")),
    "prepare-conditional-release": Layout(
        PrepareConditionalRelease, ("earliest_on", "attests", "occurred_on")
    ),
    "answer-conditional-release": Layout(
        AnswerConditionalRelease, ("granted", "reason", "occurred_on"), checked=True
    ),
    "record-release": Layout(
        RecordRelease, ("release", "pardon_list", "conditions_until", "conditions", "occurred_on")
    ),
    "end-episode": Layout(EndEpisode, ("episode", "end", "reason", "occurred_on"), checked=True),
    "record-breach": Layout(RecordBreach, ("reason", "occurred_on")),
    "return-to-detention": Layout(
        ReturnToDetention,
        ("prison", "expected_end", "detention_number", "reason", "tracks", "occurred_on"),
        rows_from={"tracks": Source.TRACKS},
    ),
}
