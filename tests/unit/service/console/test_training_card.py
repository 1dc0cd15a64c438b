"""The card of a vocational training track: what is learnt where, how far, and how often somebody came."""

from datetime import date
from typing import Any
from uuid import UUID

from domain.case.vocabulary import Stage, TrackKind
from domain.tracks.training.vocabulary import TrainingStatus
from domain.values.trades import Trade
from service.console.showing.training_card import training_facts
from service.queries.tracks.vocational_training import VocationalTrainingAnswer
from service.words.language import Language

DAY = date(2024, 3, 4)
COHORT = UUID(int=7)


def told(**more: Any) -> dict[str, Any]:
    """By label."""
    track: dict[str, Any] = {
        "track_id": UUID(int=1),
        "kind": TrackKind.VOCATIONAL_TRAINING,
        "stage": Stage.TRAINING,
        "opened_on": DAY,
        "trade": Trade.SEWING,
        "ended_on": None,
        "ended_as": None,
        "applied_on": DAY,
        "waits": False,
        "training": TrainingStatus.ENROLLED,
        "provider": "centre-taza",
        "provider_name": "Training centre",
        "cohort_id": COHORT,
        "enrolled_on": DAY,
        "planned_end": DAY,
        "completed_on": None,
        "learnt": None,
        "present": 3,
        "absent": 0,
        "excused": 0,
    }
    answer = VocationalTrainingAnswer(**track | more)
    return {each.label: each for each in training_facts(answer, Language.ENGLISH)}


def test_whoever_is_in_a_cohort_is_led_to_it() -> None:
    facts = told()
    assert (facts["Cohort"].value, facts["Cohort"].href) == (
        "Training centre",
        f"/cohorts/{COHORT}",
    )
    assert facts["Days present"].value == "3"
    assert "Days missed" not in facts


def test_an_application_that_waits_says_since_when_and_nothing_of_a_training() -> None:
    facts = told(waits=True, training=TrainingStatus.NONE, enrolled_on=None, cohort_id=None)
    assert {*facts} == {"Trade", "Provider", "Applied on"}


def test_what_ended_says_when_and_how() -> None:
    facts = told(training=TrainingStatus.COMPLETED, completed_on=DAY, excused=2)
    assert facts["Ended on"].value == DAY
    assert facts["Days missed"].value == "2"
