"""The steps of an employment track, in their order: who, when, and what each makes."""

from domain.case.path import FREE, STAFF
from domain.case.vocabulary import TrackKind
from domain.message import Event, Step
from domain.steps.conditions import Condition
from domain.steps.handling import Rule
from domain.steps.table import Part, row
from domain.tracks.employment import decide
from domain.tracks.employment import events as e
from domain.tracks.employment import steps as s
from domain.tracks.employment.conditions import (
    NOT_PLACED,
    ON_TRACK,
    PLACED,
    UNENDED,
    WAITING,
)
from domain.tracks.row import TrackHandling, in_track


def _row(
    step: type[Step], makes: type[Event], *, when: tuple[Condition, ...], by: Rule
) -> TrackHandling:
    return in_track(TrackKind.EMPLOYMENT, row(step, makes, who=STAFF, when=when, by=by))


EMPLOYMENT = Part(
    "employment",
    (
        _row(
            s.RecordApplication,
            e.ApplicationMade,
            when=ON_TRACK,
            by=decide.record_application,
        ),
        _row(
            s.AnswerApplication,
            e.ApplicationAnswered,
            when=(*ON_TRACK, WAITING),
            by=decide.answer_application,
        ),
        _row(
            s.RecordHire,
            e.Hired,
            when=(*ON_TRACK, FREE, NOT_PLACED),
            by=decide.record_hire,
        ),
        _row(
            s.ReviewPlacement,
            e.PlacementReviewed,
            when=(*ON_TRACK, PLACED),
            by=decide.review_placement,
        ),
        _row(
            s.ReschedulePlacementReview,
            e.PlacementReviewRescheduled,
            when=(*ON_TRACK, PLACED, UNENDED),
            by=decide.reschedule_review,
        ),
        _row(
            s.EndPlacement,
            e.PlacementEnded,
            when=(*ON_TRACK, PLACED, UNENDED),
            by=decide.end_placement,
        ),
    ),
)
