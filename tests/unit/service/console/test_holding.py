"""Whose turn it is at a ceremony: in the list's own order, whoever was missed set apart."""

from typing import Any
from uuid import UUID

from domain.ceremony.vocabulary import MissedBecause
from service.console.hand_made.hold import HOLD
from service.console.showing.holding import Queue, Turn
from service.queries.ceremonies import LineStanding
from service.words.language import Language
from tests.unit.service.console.test_ceremony import line

FIRST, SECOND, THIRD, FOURTH = (UUID(int=number) for number in range(1, 5))
READY = LineStanding.READY


def queue(
    *lines: tuple[UUID, LineStanding], marks: dict[UUID, MissedBecause] | None = None
) -> Queue:
    made = [line(state, case_id=case, reference=f"TAZ-24-{case.int:04}") for case, state in lines]
    return Queue.of(reversed(made), marks or {}, Language.ENGLISH)


def test_people_are_called_by_reference_and_behind_the_last_the_first_who_waits() -> None:
    called = queue((FIRST, READY), (SECOND, LineStanding.TOLD), (THIRD, LineStanding.LISTED))
    assert [each.case_id for each in called.places] == [FIRST, SECOND, THIRD]
    following = [called.next_after(each) for each in (None, FIRST, SECOND, THIRD)]
    assert [each and each.case_id for each in following] == [FIRST, THIRD, THIRD, FIRST]


def test_who_is_said_to_be_absent_is_called_no_more_and_can_still_be_told() -> None:
    marks = {FIRST: MissedBecause.ABSENT, SECOND: MissedBecause.ABSENT}
    called = queue((FIRST, READY), (SECOND, LineStanding.TOLD), marks=marks)
    assert called.next_after() is None
    assert [each.turn for each in called.places] == [Turn.ABSENT, Turn.TOLD]


def test_who_was_replaced_is_not_expected_and_who_is_not_known_is_nobodys_turn() -> None:
    called = queue((FIRST, READY), (SECOND, LineStanding.REPLACED), (THIRD, READY))
    unknown = line(READY, case_id=FOURTH, reference=None)
    assert called.expected == 2
    assert Queue.of([unknown], {}, Language.ENGLISH).places == ()


def test_a_form_that_was_begun_and_left_is_not_sent_yet() -> None:
    called = queue((FIRST, READY), (SECOND, LineStanding.TOLD))
    paths = {f"/cases/{case}/steps/confirm-delivery" for case in (FIRST, SECOND)}
    assert called.unsent(paths) == 1


def test_goods_are_recorded_at_once_money_and_a_proxy_are_looked_at_again() -> None:
    goods: dict[str, Any] = {"ceremony": "any", "items.1.item": "1", "received_by": "holder"}
    assert HOLD.says_all(goods)
    assert not HOLD.says_all(goods | {"cash.0.amount": "500"})
    assert not HOLD.says_all(goods | {"received_by": "proxy"})
    assert not HOLD.says_all({"items.1.item": "1"})
