"""What the card of a vocational training track says: what is learnt where, how far, who came how often."""

from collections.abc import Iterator

from domain.tracks.training.vocabulary import TrainingStatus
from service.console.showing.case_cards import Fact
from service.queries.tracks.vocational_training import VocationalTrainingAnswer
from service.words import writing
from service.words.language import Language
from service.words.store import words

TOLD = frozenset(
    {
        *("TrainingAppliedFor", "AdmissionRefused", "TrainingEnrolled", "TrainingCompleted"),
        *("TrainingDroppedOut", "TrainingCalledOff"),
    }
)
"""What came of it, day by day."""


def training_facts(track: VocationalTrainingAnswer, language: Language) -> Iterator[Fact]:
    said = words(language)
    if track.trade is not None:
        yield Fact(said.field["trade"], said.of(track.trade))
    if track.provider is not None:
        name = track.provider_name or track.provider
        if track.cohort_id is None:
            yield Fact(said.field["provider"], name)
        else:
            yield Fact(said.page["cohort"], name, href=f"/cohorts/{track.cohort_id}")
    if track.waits and track.applied_on is not None:
        yield Fact(said.page["training_applied_on"], track.applied_on)
    if track.enrolled_on is None:
        return
    yield Fact(said.page["training_standing"], said.of(track.training))
    if track.training is TrainingStatus.ENROLLED and track.planned_end is not None:
        yield Fact(said.page["training_until"], track.planned_end)
    elif track.completed_on is not None:
        yield Fact(said.page["training_ended_on"], track.completed_on)
    yield Fact(said.page["days_present"], writing.number(track.present, language))
    if track.absent or track.excused:
        yield Fact(said.page["days_missed"], writing.number(track.absent + track.excused, language))
