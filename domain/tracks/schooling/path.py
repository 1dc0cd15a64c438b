"""The steps of a schooling track, in their order: who, when, and what each makes.

Every condition (`conditions.py`) is asked of the case with the track in question alone.
"""

from domain.case.decide import reads_beneficiary
from domain.case.path import STAFF
from domain.case.vocabulary import TrackKind
from domain.message import Event, Step
from domain.steps.conditions import Condition
from domain.steps.handling import Handling, Reads, Rule, reads_nothing_else
from domain.steps.table import Part, row
from domain.tracks.row import in_track
from domain.tracks.schooling import decide
from domain.tracks.schooling import events as e
from domain.tracks.schooling import steps as s
from domain.tracks.schooling.conditions import ENROLLED, ON_TRACK


def _row(
    step: type[Step],
    makes: type[Event],
    *,
    when: tuple[Condition, ...],
    by: Rule,
    reads: Reads = reads_nothing_else,
) -> Handling:
    made = row(step, makes, who=STAFF, when=when, by=by, reads=reads)
    return in_track(TrackKind.SCHOOLING, made)


SCHOOL = Part(
    "school",
    (
        _row(
            s.EnrolAtSchool,
            e.SchoolEnrolled,
            when=ON_TRACK,
            by=decide.enrol,
            reads=reads_beneficiary,
        ),
        _row(s.ChangeSchool, e.SchoolChanged, when=ENROLLED, by=decide.change_school),
        _row(
            s.RecordSchoolResult,
            e.SchoolResultRecorded,
            when=ENROLLED,
            by=decide.record_result,
        ),
        _row(s.LeaveSchool, e.SchoolLeft, when=ENROLLED, by=decide.leave_school),
        _row(s.GiveLearningKit, e.LearningKitGiven, when=ON_TRACK, by=decide.give_kit),
    ),
)
