"""The steps of a vocational training track before the training, whose own stand in its room."""

from domain.case.path import STAFF
from domain.case.vocabulary import TrackKind
from domain.steps.table import Part, row
from domain.tracks.row import in_track
from domain.tracks.vocational_training import decide
from domain.tracks.vocational_training import events as e
from domain.tracks.vocational_training import steps as s
from domain.tracks.vocational_training.conditions import APPLIED, ON_TRACK, UNTRAINED

APPLICATION = Part(
    "vocational_training",
    tuple(
        in_track(TrackKind.VOCATIONAL_TRAINING, each)
        for each in (
            row(
                s.ApplyForTraining,
                e.TrainingAppliedFor,
                who=STAFF,
                when=UNTRAINED,
                by=decide.apply_for,
            ),
            row(
                s.RecordRefusedAdmission,
                e.AdmissionRefused,
                who=STAFF,
                when=(*ON_TRACK, APPLIED),
            ),
        )
    ),
)
