"""What stands on a first page of keys that end."""

from datetime import timedelta

import pytest

from domain.message import Actor, Role
from service.queries.notices import NoticeKind, _found
from tests.support.paper import Paper
from tests.unit.domain.conftest import hire
from tests.unit.domain.keys import directory, give_key


def ends(paper: Paper, post: Actor, days: int) -> Actor:
    return give_key(paper, post, paper.today + timedelta(days=days))


def kinds(paper: Paper, reader: Actor) -> list[NoticeKind]:
    """Of those that go when what they say is done."""
    found = _found(directory(paper), reader, paper.today)
    return [kind for kind, _, notice_id in found if notice_id is None]


@pytest.mark.parametrize(("days", "said"), [(30, [NoticeKind.LAST_KEY_ENDS]), (31, [])])
def test_administrators_are_told_before_the_last_of_their_keys_ends(
    days: int, said: list[NoticeKind]
) -> None:
    paper = Paper()
    one = ends(paper, hire(paper, "administrator-1", Role.ADMINISTRATOR, None), 5)
    other = ends(paper, hire(paper, "administrator-2", Role.ADMINISTRATOR, None), days)
    auditor = ends(paper, hire(paper, "auditor-1", Role.AUDITOR, None), 5)
    assert kinds(paper, one) == (said or [NoticeKind.KEY_ENDS])
    assert kinds(paper, other) == said
    assert kinds(paper, auditor) == [NoticeKind.KEY_ENDS]
