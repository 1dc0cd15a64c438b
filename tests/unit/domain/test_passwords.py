"""A password is set once from its invitation, opens until it is ended, and is announced as a key is."""

from datetime import date, timedelta
from uuid import UUID, uuid4, uuid5

import pytest

from domain.errors import NotAllowed, Refused
from domain.example.beside import register_centre
from domain.message import Actor, Role
from domain.staff import events as e
from domain.staff import steps as s
from domain.staff.decide import FOUNDING_ADMINISTRATOR
from domain.staff.passwords import Password
from domain.staff.second import require_here_before
from tests.support.paper import ADMINISTRATOR, DIRECTORY, REGISTRY, ROOT, Paper
from tests.unit.domain.conftest import hire
from tests.unit.domain.keys import directory, give_key, newcomer
from tests.unit.domain.test_access_keys import TODAY, noticed

LAST_DAY = TODAY + timedelta(days=7)


@pytest.fixture
def paper() -> Paper:
    paper, centre = Paper(), register_centre()
    paper.take(REGISTRY, centre, ADMINISTRATOR)
    return paper


def invite(paper: Paper, holder: Actor, name: str = "auditor-1") -> Password:
    digest = uuid5(ROOT, f"code {len(paper.events)}").hex * 2
    step = s.InvitePassword(occurred_on=TODAY, staff_id=holder.id, name=name, digest=digest)
    *_, invited, _ = paper.take(DIRECTORY, step, ADMINISTRATOR)
    assert isinstance(invited, e.PasswordInvited)
    return directory(paper).passwords[invited.credential_id]


def accept(paper: Paper, invited: Password) -> Actor:
    """Whoever used the invitation, with the password they set."""
    holder = directory(paper).holder(invited)
    step = s.AcceptInvitation(
        occurred_on=TODAY, password=uuid4(), second_factor=uuid4(), recovery_sheet=uuid4()
    )
    paper.take(DIRECTORY, step, holder)
    return holder


def with_password(paper: Paper, role: Role, name: str) -> Actor:
    return accept(paper, invite(paper, hire(paper, name, role, None), name))


def test_an_invitation_is_for_accepting_it_and_for_nothing_else(paper: Paper) -> None:
    invited = invite(paper, hire(paper, "auditor-1", Role.AUDITOR, None))
    state = directory(paper)
    holder = state.holder(invited)
    assert state.invitation(invited.digest, LAST_DAY) == invited
    assert state.actor_by(invited.credential_id, TODAY) is None
    assert state.holds(holder, TODAY, s.AcceptInvitation)
    assert not state.holds(holder, TODAY, s.AcknowledgeNotices)
    assert state.password_named("auditor-1", TODAY) is None, "nothing is set yet"
    assert not invited.opens(TODAY)


def test_an_invitation_is_used_once_and_within_seven_days(paper: Paper) -> None:
    post = hire(paper, "auditor-1", Role.AUDITOR, None)
    invited = invite(paper, post)
    assert directory(paper).invitation(invited.digest, LAST_DAY + timedelta(days=1)) is None
    paper.now += timedelta(days=8)
    with pytest.raises(Refused, match="invitation_over"):
        accept(paper, invited)
    paper.now -= timedelta(days=1)
    holder = accept(paper, invited)
    assert directory(paper).holds(holder, TODAY, s.AcknowledgeNotices)
    with pytest.raises(Refused, match="invitation_over"):
        accept(paper, invited)


def test_a_new_invitation_ends_the_one_before_and_the_password_once_it_is_used(
    paper: Paper,
) -> None:
    post = hire(paper, "auditor-1", Role.AUDITOR, None)
    lost = invite(paper, post)
    first = accept(paper, invite(paper, post))
    with pytest.raises(Refused, match="invitation_over"):
        accept(paper, lost)
    anew = invite(paper, post)
    state = directory(paper)
    found = state.password_named("auditor-1", TODAY)
    assert found is not None
    assert found.credential_id == first.credential, "who has not lost it goes on"
    second = accept(paper, anew)
    state = directory(paper)
    assert not state.holds(first, TODAY, s.AcknowledgeNotices)
    assert state.holds(second, TODAY, s.AcknowledgeNotices)
    found = state.password_named("auditor-1", TODAY)
    assert found is not None
    assert found.credential_id == second.credential


def test_two_people_never_share_a_name_not_even_one_after_the_other(paper: Paper) -> None:
    invite(paper, hire(paper, "auditor-1", Role.AUDITOR, None), "Auditor")
    with pytest.raises(Refused, match="login_name_taken"):
        invite(paper, hire(paper, "auditor-2", Role.AUDITOR, None), "AUDITOR")


def test_only_whoever_came_with_a_password_changes_it(paper: Paper) -> None:
    holder = with_password(paper, Role.AUDITOR, "auditor-1")
    sheet = uuid4()
    step = s.ChangePassword(occurred_on=TODAY, recovery_sheet=sheet)
    (made,) = paper.take(DIRECTORY, step, holder)
    assert isinstance(made, e.RecoverySheetMade)
    assert holder.credential
    assert directory(paper).passwords[holder.credential].recovery_sheet == sheet
    with pytest.raises(Refused, match="own_password_needed"):
        paper.take(DIRECTORY, step, give_key(paper, holder))


def test_all_that_somebody_signs_in_with_ends_at_once(paper: Paper) -> None:
    newcomer(paper, Role.ADMINISTRATOR)
    holder = with_password(paper, Role.AUDITOR, "auditor-1")
    keyed = give_key(paper, holder)
    end = s.EndCredentials(occurred_on=TODAY, staff_id=holder.id)
    paper.take(DIRECTORY, end, ADMINISTRATOR)
    for each in (holder, keyed):
        assert not directory(paper).holds(each, TODAY, s.AcknowledgeNotices)
    with pytest.raises(Refused, match="nothing_to_end"):
        paper.take(DIRECTORY, end, ADMINISTRATOR)
    assert accept(paper, invite(paper, holder)).credential


def test_who_left_is_invited_no_more_and_is_told_nothing(paper: Paper) -> None:
    holder = with_password(paper, Role.AUDITOR, "auditor-1")
    leave = s.RecordDeparture(occurred_on=TODAY, staff_id=holder.id)
    paper.take(DIRECTORY, leave, ADMINISTRATOR)
    assert not directory(paper).holds(holder, TODAY, s.AcknowledgeNotices)
    for given in (invite, give_key):
        with pytest.raises(Refused, match="staff_left"):
            given(paper, holder)
    with pytest.raises(Refused, match="staff_left"):
        paper.take(DIRECTORY, leave, ADMINISTRATOR)
    newcomer(paper, Role.DIVISION)
    *_, announced = (each for each in paper.events if isinstance(each.event, e.CredentialAnnounced))
    assert isinstance(announced.event, e.CredentialAnnounced)
    assert holder.id not in announced.event.told


def test_the_last_who_administers_is_ended_at_the_machine_alone(paper: Paper) -> None:
    last = with_password(paper, Role.ADMINISTRATOR, "administrator-1")
    end = s.EndCredentials(occurred_on=TODAY, staff_id=last.id)
    with pytest.raises(Refused, match="last_administrator"):
        paper.take(DIRECTORY, end, last)
    paper.take(DIRECTORY, end, FOUNDING_ADMINISTRATOR)
    assert not directory(paper).holds(last, TODAY, s.AcknowledgeNotices)


def test_no_key_is_the_last_while_somebody_administers_by_a_password(paper: Paper) -> None:
    newcomer(paper, Role.ADMINISTRATOR)
    assert directory(paper).last_administrators_key(TODAY)
    with_password(paper, Role.ADMINISTRATOR, "administrator-2")
    assert directory(paper).last_administrators_key(TODAY) is None


def test_an_invitation_is_announced_as_a_key_is(paper: Paper) -> None:
    auditor = newcomer(paper, Role.AUDITOR)
    division = hire(paper, "division-1", Role.DIVISION, None)
    first = invite(paper, division, "division-1")
    assert noticed(paper, auditor) == [first.credential_id]
    assert noticed(paper, division) == []
    again = invite(paper, division, "division-1")
    assert noticed(paper, division) == [again.credential_id], "there was one in their name before"


def test_nobody_is_spoken_for_by_whoever_used_an_invitation_in_their_name(paper: Paper) -> None:
    """An administrator makes the second person by a further invitation: an older key is asked for."""
    coordinator = newcomer(paper, Role.COORDINATOR, "taza")
    asked_at = len(paper.events)
    usurper = accept(paper, invite(paper, coordinator, "coordinator-1"))
    require_here_before(directory(paper), coordinator, asked_at, TODAY)
    with pytest.raises(NotAllowed, match="older_key_needed"):
        require_here_before(directory(paper), usurper, asked_at, TODAY)


def test_what_is_kept_of_it_is_what_the_ledger_names(paper: Paper) -> None:
    holder = with_password(paper, Role.AUDITOR, "auditor-1")
    assert holder.credential
    kept = directory(paper).passwords[holder.credential].kept
    assert len(kept) == 3
    changed = uuid4()
    step = s.ChangePassword(occurred_on=TODAY, password=changed)
    paper.take(DIRECTORY, step, holder)
    now = directory(paper).passwords[holder.credential].kept
    assert changed in now
    assert len(now & kept) == 2


def test_the_day_of_a_change_is_not_before_the_invitation(paper: Paper) -> None:
    holder = with_password(paper, Role.AUDITOR, "auditor-1")
    step = s.ChangePassword(occurred_on=date(2020, 1, 2), password=UUID(int=7))
    with pytest.raises(Refused, match="date_before_earlier_step"):
        paper.take(DIRECTORY, step, holder)
