"""Who opens another centre's case in an emergency."""

from domain.case.emergency import decide
from domain.case.emergency.events import OpenedInEmergency
from domain.case.emergency.steps import OpenInEmergency
from domain.case.referral.asking.decide import follows_to_the_case
from domain.staff.decide import of_oneself
from domain.staff.emergencies.events import OpenedCaseInEmergency
from domain.staff.roles import BOUND_TO_A_CENTRE
from domain.steps.table import Part, row

EMERGENCIES = Part(
    "emergencies",
    (
        row(
            OpenInEmergency,
            *(OpenedCaseInEmergency, OpenedInEmergency),
            who=BOUND_TO_A_CENTRE,
            by=decide.open_in_emergency,
            reads=decide.reads_somebody,
            follows=follows_to_the_case,
            whose=of_oneself,
            left_out=dict.fromkeys(
                ("number", "name", "birth_year"),
                "finds the person, and is theirs: nothing of it is kept here",
            ),
        ),
    ),
)
