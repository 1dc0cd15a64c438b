"""The steps of partners' systems: an administrator's, and what such a system says itself."""

from domain.message import Role
from domain.staff.partners import decide
from domain.staff.partners import events as e
from domain.staff.partners import steps as s
from domain.steps.table import Part, row

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

PARTNERS = Part(
    "partners",
    (
        row(
            s.RegisterPartner,
            e.PartnerRegistered,
            who=ADMINISTRATORS,
            by=decide.register,
            left_out={"new_secret": "recorded as another secret's id"},
        ),
        row(s.EndPartner, e.PartnerEnded, who=ADMINISTRATORS, by=decide.end),
        row(
            s.NotePartnerGone,
            e.PartnerGone,
            who=frozenset({Role.TIMER}),
            by=decide.note_gone,
        ),
    ),
)
