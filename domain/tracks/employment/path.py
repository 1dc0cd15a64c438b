"""The steps of an employment track, in their order: who, when, and what each makes."""

from domain.case.path import FREE, STAFF
from domain.case.vocabulary import TrackKind
from domain.steps.table import Part, row
from domain.tracks.employment import decide
from domain.tracks.employment import events as e
from domain.tracks.employment import steps as s
from domain.tracks.employment.conditions import NOT_PLACED, ON_TRACK
from domain.tracks.row import in_track

EMPLOYMENT = Part(
    "employment",
    (
        in_track(
            TrackKind.EMPLOYMENT,
            row(
                s.RecordHire,
                e.Hired,
                who=STAFF,
                when=(*ON_TRACK, FREE, NOT_PLACED),
                by=decide.record_hire,
            ),
        ),
    ),
)
