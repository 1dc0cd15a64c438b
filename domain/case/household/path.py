"""Who may record what about the household, and when."""

from domain.case.household import decide
from domain.case.household import events as e
from domain.case.household import steps as s
from domain.case.household.state import lives_there
from domain.case.path import AT_WORK, STAFF
from domain.steps.conditions import life
from domain.steps.table import Part, row

HAS_MEMBER = life(
    "no_household_member", lambda case: any(map(lives_there, case.household.values()))
)

HOUSEHOLD = Part(
    "household",
    (
        row(
            s.AddHouseholdMember,
            e.HouseholdMemberAdded,
            who=STAFF,
            when=AT_WORK,
            by=decide.add_member,
        ),
        row(
            s.RecordMemberLeft,
            e.HouseholdMemberLeft,
            who=STAFF,
            when=(*AT_WORK, HAS_MEMBER),
            by=decide.record_left,
        ),
        row(
            s.RecordFamilyContact,
            e.FamilyContactRecorded,
            who=STAFF,
            when=(*AT_WORK, HAS_MEMBER),
            by=decide.record_contact,
        ),
    ),
)
