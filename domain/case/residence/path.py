"""The step of a move of residence."""

from domain.beneficiary.events import AddressMoved
from domain.case.path import AT_WORK, STAFF
from domain.case.residence import decide
from domain.case.residence.events import ResidenceMoved
from domain.case.residence.steps import RecordMove
from domain.steps.table import Part, row

RESIDENCE = Part(
    "residence",
    (
        row(
            RecordMove,
            *(ResidenceMoved, AddressMoved),
            who=STAFF,
            when=AT_WORK,
            by=decide.record_move,
            reads=decide.reads_person_and_centres,
        ),
    ),
)
