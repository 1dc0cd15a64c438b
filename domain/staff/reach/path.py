"""The steps of how staff are reached."""

from domain.staff.decide import of_oneself
from domain.staff.reach import decide
from domain.staff.reach import events as e
from domain.staff.reach import steps as s
from domain.staff.roles import HELD_BY_PEOPLE
from domain.steps.table import Part, row

REACHING_STAFF = Part(
    "reach",
    (
        row(
            s.ChangeReach,
            e.ReachChanged,
            who=HELD_BY_PEOPLE,
            by=decide.change,
            whose=of_oneself,
        ),
        row(s.EndReach, e.ReachEnded, who=HELD_BY_PEOPLE, by=decide.end, whose=of_oneself),
    ),
)
"""Whose it is, the rule asks: one's own, or anybody's of an administrator."""
