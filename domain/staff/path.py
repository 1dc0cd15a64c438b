"""The steps that administer staff and their keys."""

from domain.message import Role
from domain.staff import decide
from domain.staff import events as e
from domain.staff import steps as s
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
        row(s.IssueAccessKey, e.AccessKeyIssued, who=ADMINISTRATORS, by=decide.issue),
        row(s.RevokeAccessKey, e.AccessKeyRevoked, who=ADMINISTRATORS, by=decide.revoke),
    ),
)
