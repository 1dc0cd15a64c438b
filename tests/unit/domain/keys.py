"""Access keys on paper: given to somebody, and revoked."""

from datetime import date
from uuid import uuid5

from domain.message import Actor, Role
from domain.staff.events import AccessKeyIssued
from domain.staff.state import StaffState
from domain.staff.steps import IssueAccessKey, RevokeAccessKey
from tests.support.paper import ADMINISTRATOR, DIRECTORY, ROOT, Paper
from tests.unit.domain.conftest import hire

LONG_AGO = date(2020, 1, 2)


def directory(paper: Paper) -> StaffState:
    state = paper.state(DIRECTORY)
    assert isinstance(state, StaffState)
    return state


def give_key(paper: Paper, holder: Actor, expires_on: date | None = None) -> Actor:
    """The holder, with a new key."""
    digest = uuid5(ROOT, f"{len(paper.events)}").hex * 2
    return give_key_of(paper, holder, digest, expires_on)


def give_key_of(paper: Paper, holder: Actor, digest: str, expires_on: date | None = None) -> Actor:
    """The holder, with the key of this digest."""
    step = IssueAccessKey(
        occurred_on=LONG_AGO, staff_id=holder.id, digest=digest, expires_on=expires_on
    )
    issued, _ = paper.take(DIRECTORY, step, ADMINISTRATOR)
    assert isinstance(issued, AccessKeyIssued)
    return holder.model_copy(update={"credential": issued.key_id})


def newcomer(paper: Paper, role: Role, centre: str | None = None) -> Actor:
    """Somebody new, with their first key."""
    return give_key(paper, hire(paper, f"{role}-{len(paper.events)}", role, centre))


def revoke(paper: Paper, holder: Actor) -> None:
    assert holder.credential
    step = RevokeAccessKey(occurred_on=paper.today, key_id=holder.credential)
    paper.take(DIRECTORY, step, ADMINISTRATOR)
