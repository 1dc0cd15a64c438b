"""The steps of centres beside their registration: an administrator's."""

from domain.message import Role
from domain.registry.centres import decide
from domain.registry.centres import events as e
from domain.registry.centres import steps as s
from domain.steps.table import Part, row

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

CENTRES = Part(
    "centres",
    (
        row(s.CloseCentre, e.CentreClosed, who=ADMINISTRATORS, by=decide.close),
        row(s.ReopenCentre, e.CentreReopened, who=ADMINISTRATORS, by=decide.reopen),
        row(
            s.ChangeCatchment,
            e.CatchmentChanged,
            who=ADMINISTRATORS,
            by=decide.change_catchment,
        ),
        row(
            s.CorrectCatchment,
            e.CatchmentCorrected,
            who=ADMINISTRATORS,
            by=decide.correct_catchment,
        ),
    ),
)
