"""The steps of a cohort. Its places are taken, and left, from cases."""

from domain.cohort import decide
from domain.cohort import events as e
from domain.cohort import steps as s
from domain.message import Role
from domain.steps.conditions import house
from domain.steps.table import Part, row

ORGANISERS = frozenset({Role.COORDINATOR, Role.DIVISION})

NOT_PLANNED_YET = house("cohort_already_planned", lambda state: not state.exists)
PLANNED = house("cohort_not_found", lambda state: state.exists)
NOT_CANCELLED = house("cohort_cancelled", lambda state: not state.cancelled)
NOT_ENDED = house("cohort_ended", lambda state: not state.ended)

STANDING = (PLANNED, NOT_CANCELLED, NOT_ENDED)

COHORTS = Part(
    "cohorts",
    (
        row(
            s.PlanCohort,
            e.CohortPlanned,
            who=ORGANISERS,
            when=(NOT_PLANNED_YET,),
            by=decide.plan,
            creates=True,
        ),
        row(
            s.MoveCohort,
            *(e.CohortMoved, e.TrainingMoved),
            who=ORGANISERS,
            when=STANDING,
            by=decide.move,
            reads=decide.reads_people,
        ),
        row(
            s.ChangeCohortPlaces,
            e.CohortPlacesChanged,
            who=ORGANISERS,
            when=STANDING,
            by=decide.change_places,
        ),
        row(
            s.CancelCohort,
            *(e.CohortCancelled, e.TrainingCalledOff),
            who=ORGANISERS,
            when=STANDING,
            by=decide.cancel,
            reads=decide.reads_people,
        ),
        row(
            s.VacatePlace,
            e.PlaceLeft,
            who=ORGANISERS,
            when=(PLANNED, NOT_CANCELLED),
            by=decide.vacate,
            reads=decide.reads_holder,
            whose=decide.of_its_people,
        ),
        row(
            s.EndCohort,
            e.CohortEnded,
            who=ORGANISERS,
            when=STANDING,
            by=decide.end,
        ),
    ),
)
