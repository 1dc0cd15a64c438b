"""The steps that administer staff and their keys."""

from domain.message import Role
from domain.staff import decide
from domain.staff import events as e
from domain.staff import steps as s
from domain.staff.roles import HELD_BY_PEOPLE
from domain.steps.table import Part, row

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

STAFF = Part(
    "staff",
    (
        row(
            s.RegisterStaff,
            e.StaffRegistered,
            who=ADMINISTRATORS,
            by=decide.register,
            reads=decide.reads_registry,
        ),
        row(
            s.IssueAccessKey,
            *(e.AccessKeyIssued, e.AccessKeyAnnounced),
            who=ADMINISTRATORS,
            by=decide.issue,
        ),
        row(
            s.AcknowledgeNotices,
            e.NoticesAcknowledged,
            who=HELD_BY_PEOPLE,
            by=decide.acknowledge,
            whose=decide.of_oneself,
        ),
        row(s.RevokeAccessKey, e.AccessKeyRevoked, who=ADMINISTRATORS, by=decide.revoke),
    ),
)
