"""Access keys end, and whoever must know of one is told until they have seen it."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from domain.errors import NotAllowed, Refused
from domain.example.beside import register_centre
from domain.message import Actor, Role
from domain.staff.notices import standing_for
from domain.staff.steps import AcknowledgeNotices, IssueAccessKey, RevokeAccessKey
from tests.support.paper import ADMINISTRATOR, DIRECTORY, REGISTRY, Paper
from tests.unit.domain.conftest import hire
from tests.unit.domain.keys import directory, give_key, newcomer, revoke

TODAY = date(2026, 3, 2)
A_YEAR_ON = date(2027, 3, 2)


@pytest.fixture
def paper() -> Paper:
    """A house with two centres."""
    paper, centre = Paper(), register_centre()
    paper.take(REGISTRY, centre, ADMINISTRATOR)
    other = centre.model_copy(update={"centre": "midelt", "code": "MID"})
    paper.take(REGISTRY, other, ADMINISTRATOR)
    return paper


def noticed(paper: Paper, reader: Actor) -> list[UUID | None]:
    """The keys that stand on somebody's first page."""
    state = directory(paper)
    return [
        state.notices[n.notice_id].credential_id
        for n in standing_for(state, reader.id, paper.today)
    ]


def acknowledge(paper: Paper, reader: Actor) -> None:
    """All that stands on their page."""
    found = standing_for(directory(paper), reader.id, paper.today)
    step = AcknowledgeNotices(occurred_on=TODAY, notices=tuple(n.notice_id for n in found))
    paper.take(DIRECTORY, step, reader)


def test_a_key_lasts_a_year_from_the_day_it_is_recorded_unless_it_ends_before(
    paper: Paper,
) -> None:
    """Whatever day its issue is dated."""
    post = hire(paper, "auditor-1", Role.AUDITOR, None)
    for given, ends in ((None, A_YEAR_ON), (A_YEAR_ON, A_YEAR_ON), (TODAY, TODAY)):
        key = directory(paper).keys
        holder = give_key(paper, post, given)
        key = directory(paper).keys
        assert holder.credential
        assert key[holder.credential].expires_on == ends


@pytest.mark.parametrize("ends", [A_YEAR_ON + timedelta(days=1), TODAY - timedelta(days=1)])
def test_no_key_lasts_longer_or_is_over_before_it_begins(paper: Paper, ends: date) -> None:
    post = hire(paper, "auditor-1", Role.AUDITOR, None)
    with pytest.raises(Refused, match="key_end_impossible") as refusal:
        give_key(paper, post, ends)
    assert refusal.value.params == {"earliest": str(TODAY), "latest": str(A_YEAR_ON)}
    assert directory(paper).keys == {}


def test_a_key_opens_until_the_end_of_its_last_day(paper: Paper) -> None:
    holder = newcomer(paper, Role.AUDITOR)
    state = directory(paper)
    (digest,) = state.digests
    assert state.actor_with(digest, A_YEAR_ON) == holder
    assert state.holds(holder, A_YEAR_ON, RevokeAccessKey)
    after = A_YEAR_ON + timedelta(days=1)
    assert state.actor_with(digest, after) is None
    assert not state.holds(holder, after, RevokeAccessKey)


def test_a_revoked_key_is_known_for_good_and_opens_nothing(paper: Paper) -> None:
    holder = newcomer(paper, Role.AUDITOR)
    revoke(paper, holder)
    state = directory(paper)
    (digest,) = state.digests
    assert state.actor_with(digest, TODAY) is None
    assert not state.holds(holder, TODAY, RevokeAccessKey)
    with pytest.raises(Refused, match="key_unknown"):
        revoke(paper, holder)
    again = IssueAccessKey(occurred_on=TODAY, staff_id=holder.id, digest=digest)
    with pytest.raises(Refused, match="key_already_issued"):
        paper.take(DIRECTORY, again, ADMINISTRATOR)


def test_one_administrator_alone_gets_nobody_to_read_persons_unseen(paper: Paper) -> None:
    """Whatever role they make up: it stands on an auditor's page, and on a coordinator's."""
    auditor, here = newcomer(paper, Role.AUDITOR), newcomer(paper, Role.COORDINATOR, "taza")
    elsewhere = newcomer(paper, Role.COORDINATOR, "midelt")
    for reader in (auditor, here, elsewhere):
        if noticed(paper, reader):
            acknowledge(paper, reader)
    posts = (
        *((Role.CASEWORKER, "taza"), (Role.COORDINATOR, "taza")),
        *((Role.AUDITOR, None), (Role.DIVISION, None), (Role.ADMINISTRATOR, None)),
    )
    made_up = [newcomer(paper, *post).credential for post in posts]
    assert noticed(paper, auditor) == made_up
    assert noticed(paper, here) == made_up
    assert noticed(paper, elsewhere) == made_up[2:], "who is of no centre comes to theirs too"


def test_auditors_know_of_every_key_and_coordinators_of_those_that_reach_their_cases(
    paper: Paper,
) -> None:
    people = [newcomer(paper, role) for role in (Role.AUDITOR, Role.DIVISION, Role.ADMINISTRATOR)]
    people += [newcomer(paper, Role.CASEWORKER, "taza"), newcomer(paper, Role.COORDINATOR, "taza")]
    auditor, division, administrator, caseworker, coordinator = people
    division_2 = newcomer(paper, Role.DIVISION)
    assert noticed(paper, auditor) == [each.credential for each in (*people[1:], division_2)]
    elsewhere = newcomer(paper, Role.CASEWORKER, "midelt")
    assert noticed(paper, auditor)[-1] == elsewhere.credential
    of_none = [each.credential for each in (auditor, division, administrator)]
    assert noticed(paper, coordinator) == [
        *(*of_none, caseworker.credential, division_2.credential)
    ]
    assert not any(noticed(paper, each) for each in (division, administrator, caseworker))


def test_who_was_here_is_told_though_the_key_was_revoked_at_once(paper: Paper) -> None:
    auditor = newcomer(paper, Role.AUDITOR)
    short_lived = newcomer(paper, Role.CASEWORKER, "taza")
    revoke(paper, short_lived)
    assert noticed(paper, auditor) == [short_lived.credential]
    acknowledge(paper, auditor)
    assert noticed(paper, auditor) == []
    paper.pass_days(400)
    assert noticed(paper, auditor) == []


def test_who_comes_later_is_told_of_the_keys_that_open_anything(paper: Paper) -> None:
    """Else a key that is given before there is anybody to see it stays unseen for good."""
    before, gone = newcomer(paper, Role.CASEWORKER, "taza"), newcomer(paper, Role.AUDITOR)
    revoke(paper, gone)
    auditor = newcomer(paper, Role.AUDITOR)
    coordinator = newcomer(paper, Role.COORDINATOR, "taza")
    assert noticed(paper, auditor) == [before.credential, coordinator.credential]
    assert noticed(paper, coordinator) == [before.credential, auditor.credential]
    paper.pass_days(367)
    assert noticed(paper, auditor) == [coordinator.credential]
    assert noticed(paper, coordinator) == []


def test_each_is_told_until_they_have_seen_it_themselves(paper: Paper) -> None:
    one, other = newcomer(paper, Role.AUDITOR), newcomer(paper, Role.AUDITOR)
    acknowledge(paper, one)
    made_up = newcomer(paper, Role.CASEWORKER, "taza")
    acknowledge(paper, one)
    assert noticed(paper, one) == []
    assert made_up.credential in noticed(paper, other)


def test_what_does_not_stand_on_ones_page_is_not_acknowledged(paper: Paper) -> None:
    auditor = newcomer(paper, Role.AUDITOR)
    newcomer(paper, Role.CASEWORKER, "taza")
    (notice,) = standing_for(directory(paper), auditor.id, TODAY)
    outsider = newcomer(paper, Role.DIVISION)
    step = AcknowledgeNotices(occurred_on=TODAY, notices=(notice.notice_id,))
    for reader, seen in (
        (outsider, step),
        (auditor, step.model_copy(update={"notices": (uuid4(),)})),
    ):
        with pytest.raises(Refused, match="notice_not_standing"):
            paper.take(DIRECTORY, seen, reader)
    paper.take(DIRECTORY, step, auditor)
    with pytest.raises(Refused, match="notice_not_standing"):
        paper.take(DIRECTORY, step, auditor)


def test_a_further_key_in_ones_name_is_told_to_its_holder_and_not_hidden_by_it(
    paper: Paper,
) -> None:
    """An administrator who takes a key in the auditor's name does not answer for the auditor."""
    auditor = newcomer(paper, Role.AUDITOR)
    assert noticed(paper, auditor) == []
    usurper = give_key(paper, auditor)
    made_up = newcomer(paper, Role.CASEWORKER, "taza")
    assert noticed(paper, auditor) == [usurper.credential, made_up.credential]
    with pytest.raises(NotAllowed, match="older_key_needed"):
        acknowledge(paper, usurper)
    acknowledge(paper, auditor)
    assert noticed(paper, usurper) == []


def test_a_key_made_before_the_one_that_its_holder_got_is_found_out(paper: Paper) -> None:
    post = hire(paper, "auditor-1", Role.AUDITOR, None)
    kept_back, auditor = give_key(paper, post), give_key(paper, post)
    assert noticed(paper, auditor) == [auditor.credential]
    with pytest.raises(NotAllowed, match="older_key_needed"):
        acknowledge(paper, auditor)
    revoke(paper, kept_back)
    acknowledge(paper, auditor)
    assert noticed(paper, auditor) == []


def test_a_key_that_replaces_one_that_ended_speaks_for_its_holder(paper: Paper) -> None:
    auditor = newcomer(paper, Role.AUDITOR)
    made_up = newcomer(paper, Role.CASEWORKER, "taza")
    next_one = give_key(paper, auditor, TODAY + timedelta(days=300))
    with pytest.raises(NotAllowed, match="older_key_needed"):
        acknowledge(paper, next_one)
    revoke(paper, auditor)
    assert noticed(paper, next_one) == [made_up.credential, next_one.credential]
    acknowledge(paper, next_one)
    with pytest.raises(Refused, match="notice_not_standing"):
        paper.take(DIRECTORY, AcknowledgeNotices(occurred_on=TODAY, notices=(uuid4(),)), next_one)


def test_the_last_administrators_key_is_the_one_that_opens_longest(paper: Paper) -> None:
    def last() -> Actor | None:
        key = directory(paper).last_administrators_key(paper.today)
        return next((each for each in people if key and each.credential == key.key_id), None)

    people: list[Actor] = []
    assert last() is None
    people.append(newcomer(paper, Role.DIVISION))
    assert last() is None
    post = hire(paper, "administrator-1", Role.ADMINISTRATOR, None)
    people += [give_key(paper, post, TODAY + timedelta(days=days)) for days in (40, 20)]
    assert last() == people[1]
    revoke(paper, people[1])
    assert last() == people[2]
    paper.pass_days(21)
    assert last() is None
