"""The steps that administer staff, their keys and their passwords."""

from domain.message import Role
from domain.staff import decide
from domain.staff import events as e
from domain.staff import steps as s
from domain.staff.calendar_link.events import CalendarLinkEnded
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
            *(e.AccessKeyIssued, e.CredentialAnnounced),
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
        row(
            s.InvitePassword,
            *(e.PasswordInvited, e.PasswordEnded, e.CredentialAnnounced),
            who=ADMINISTRATORS,
            by=decide.invite,
        ),
        row(
            s.AcceptInvitation,
            *(e.PasswordSet, e.SecondFactorSet, e.RecoverySheetMade, e.PasswordEnded),
            who=HELD_BY_PEOPLE,
            by=decide.accept,
            whose=decide.of_oneself,
        ),
        row(
            s.ChangePassword,
            *(e.PasswordSet, e.SecondFactorSet, e.RecoverySheetMade),
            who=HELD_BY_PEOPLE,
            by=decide.change,
            whose=decide.of_oneself,
        ),
        row(
            s.EndCredentials,
            *(e.AccessKeyRevoked, e.PasswordEnded, CalendarLinkEnded),
            who=ADMINISTRATORS,
            by=decide.end_all,
        ),
        row(
            s.RecordDeparture,
            *(e.StaffLeft, e.AccessKeyRevoked, e.PasswordEnded),
            who=ADMINISTRATORS,
            by=decide.depart,
        ),
    ),
)
