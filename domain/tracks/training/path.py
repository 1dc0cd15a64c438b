"""The steps of a training, in their order, on a track of each kind that has one."""

from domain.case.path import STAFF
from domain.cohort import events as c
from domain.steps.table import row
from domain.tracks.row import in_tracks
from domain.tracks.training import decide
from domain.tracks.training import events as e
from domain.tracks.training import steps as s
from domain.tracks.training.conditions import (
    BEGUN,
    ENROLLED,
    IN_TRAINING,
    NOT_COMPLETED,
    NOT_ENROLLED,
)
from domain.tracks.training.vocabulary import KINDS

ROWS = tuple(
    in_tracks(KINDS, each)
    for each in (
        row(
            s.EnrolInTraining,
            *(e.TrainingEnrolled, e.CohortJoined, c.PlaceTaken),
            who=STAFF,
            when=(*IN_TRAINING, NOT_COMPLETED, NOT_ENROLLED),
            by=decide.enrol,
            reads=decide.reads_cohort_named,
        ),
        row(
            s.RecordAttendance,
            e.AttendanceRecorded,
            who=STAFF,
            when=(*IN_TRAINING, BEGUN),
            by=decide.record_attendance,
        ),
        row(
            s.CompleteTraining,
            e.TrainingCompleted,
            who=STAFF,
            when=(*IN_TRAINING, ENROLLED),
            by=decide.complete,
        ),
        row(
            s.DropOutOfTraining,
            *(e.TrainingDroppedOut, e.CohortLeft, c.PlaceLeft),
            who=STAFF,
            when=(*IN_TRAINING, ENROLLED),
            by=decide.drop_out,
            reads=decide.reads_own_cohort,
        ),
    )
)
