"""The steps of calendar links."""

from domain.staff.calendar_link import decide
from domain.staff.calendar_link import events as e
from domain.staff.calendar_link import steps as s
from domain.staff.decide import of_oneself
from domain.staff.roles import BOUND_TO_A_CENTRE, HELD_BY_PEOPLE
from domain.steps.table import Part, row

CALENDAR_LINKS = Part(
    "calendar",
    (
        row(
            s.MakeCalendarLink,
            e.CalendarLinkMade,
            who=BOUND_TO_A_CENTRE,
            by=decide.make,
            whose=of_oneself,
        ),
        row(
            s.EndCalendarLink,
            e.CalendarLinkEnded,
            who=HELD_BY_PEOPLE,
            by=decide.end,
            whose=of_oneself,
        ),
    ),
)
"""Whose it is, the rule asks: one's own, or anybody's of an administrator."""
