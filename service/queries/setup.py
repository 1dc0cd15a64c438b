"""What an installation still lacks before people can work: counts, and nothing of a case."""

from datetime import date
from typing import cast

from domain.message import Message, Role
from domain.registry.state import REGISTRY, RegistryState
from domain.staff.state import StaffState
from domain.upkeep.path import STREAM
from domain.upkeep.state import UpkeepState
from domain.upkeep.vocabulary import Act
from domain.values.calendar import local_date
from projections.views import agreements
from service.access.reader import Reading


class Post(Message):
    """Members of staff who hold a role."""

    role: Role
    registered: int
    with_key: int
    """Those who can sign in, or are invited to."""


class Setup(Message):
    centres: int
    posts: tuple[Post, ...]
    agreements: int
    """Signed, open or closed."""
    backed_up_on: date | None
    """When a backup was last made by Jisr itself."""


def get_setup(reading: Reading) -> Setup:
    centres = cast("RegistryState", reading.ledger.state(REGISTRY)).centres
    staff = reading.directory.staff()
    with reading.views.reading() as conn:
        signed = agreements.count(conn)
    backup = cast("UpkeepState", reading.ledger.state(STREAM)).last.get(Act.BACKED_UP)
    roles = (Role.COORDINATOR, Role.CASEWORKER, Role.DIVISION, Role.AUDITOR, Role.ADMINISTRATOR)
    return Setup(
        centres=len(centres),
        posts=tuple(_post(staff, role, reading.today) for role in roles),
        agreements=signed,
        backed_up_on=local_date(backup.at) if backup else None,
    )


def _post(staff: StaffState, role: Role, today: date) -> Post:
    of_role = {
        name
        for name, each in staff.staff.items()
        if each.actor.role is role and each.left_on is None
    }
    can = {each.staff_id for each in staff.credentials if each.stands(today)}
    return Post(
        role=role,
        registered=len(of_role),
        with_key=len(of_role & can),
    )
