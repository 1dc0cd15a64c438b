"""A ceremony's list: who comes on it, who is told, who is not, and what each case knows of it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid5

import pytest

from domain.ceremony import steps as c
from domain.ceremony.state import CeremonyState, Line
from domain.ceremony.vocabulary import LineState, OffListBecause, SiteKind
from domain.errors import NotAllowed, Refused
from domain.example.beside import (
    register_beneficiary,
    schedule_ceremony,
    sign_agreement,
)
from domain.example.person import EXAMPLE
from domain.example.way import Way
from domain.message import Actor, Role, Step, StreamKind, stream_id
from domain.order.steps import PayInvoice, ReceiveLines
from domain.tracks.self_employment import events as e
from domain.tracks.self_employment import steps as s
from domain.tracks.self_employment.state import SelfEmployment, find_track
from tests.support.paper import DIVISION, ROOT
from tests.unit.domain.conftest import House, convene, hire

DAY = timedelta(days=1)
HELD_ON = EXAMPLE.delivered_on
NOTHING = Decimal(0)


def another(house: House, name: str, province: str = EXAMPLE.province) -> House:
    """Another person, on the same ceremony's list to be; of a centre of their own elsewhere."""
    paper, own = house.paper, province == EXAMPLE.province
    centre = EXAMPLE.centre if own else province
    worker, coordinator = house.caseworker, house.coordinator
    agreement, session = house.way.agreement_id, house.way.session_id
    if not own:
        way = Way(centre=centre, province=province)
        paper.found(way)
        worker = hire(paper, f"{centre}-1", Role.CASEWORKER, centre)
        coordinator = hire(paper, f"{centre}-2", Role.COORDINATOR, centre)
        agreement = uuid5(ROOT, f"agreement of {province}")
        paper.take(stream_id(StreamKind.AGREEMENT, agreement), sign_agreement(way), DIVISION)
        session = uuid5(ROOT, f"session of {name}")
        convene(paper, session, way)
    person = uuid5(ROOT, name)
    registered = register_beneficiary(card=str(person))
    paper.take(stream_id(StreamKind.BENEFICIARY, person), registered, worker)
    way = replace(
        house.way,
        beneficiary_id=person,
        caseworker=worker.id,
        agreement_id=agreement,
        session_id=session,
        order_id=uuid5(ROOT, f"order of {name}"),
        centre=centre,
        province=province,
    )
    return House(paper, worker, coordinator, way, uuid5(ROOT, f"case of {name}"))


def ceremony_named(house: House, name: UUID | None) -> CeremonyState:
    state = house.paper.state(stream_id(StreamKind.CEREMONY, name or ""))
    assert isinstance(state, CeremonyState)
    return state


def ceremony(house: House) -> CeremonyState:
    return ceremony_named(house, house.way.ceremony_id)


def line(house: House) -> Line:
    """The person's, on the ceremony of their way."""
    return ceremony(house).lines[house.case_id]


def track(house: House) -> SelfEmployment:
    found = find_track(house.case)
    assert found is not None
    return found


def schedule(house: House, name: str, actor: Actor = DIVISION, **changes: object) -> UUID:
    ceremony_id = uuid5(ROOT, name)
    step = schedule_ceremony().model_copy(update=changes)
    house.paper.take(stream_id(StreamKind.CEREMONY, ceremony_id), step, actor)
    return ceremony_id


def on_ceremony(house: House, step: Step, actor: Actor = DIVISION) -> None:
    house.paper.take(stream_id(StreamKind.CEREMONY, house.way.ceremony_id or ""), step, actor)


def hold(house: House, absent: tuple[UUID, ...] = (), later: tuple[UUID, ...] = ()) -> None:
    on_ceremony(house, c.RecordCeremonyHeld(occurred_on=HELD_ON, absent=absent, later=later))


def cancel(house: House, day: date = HELD_ON) -> None:
    on_ceremony(house, c.CancelCeremony(occurred_on=day, explanation="Rain."))


def place(house: House, ceremony_id: UUID | None = None, **changes: object) -> None:
    named = {"ceremony_id": ceremony_id or house.way.ceremony_id} | changes
    house.take(house.way.step(s.PlaceOnCeremony).model_copy(update=named))


def confirm(house: House, day: date = HELD_ON, actor: Actor | None = None) -> None:
    step = house.way.step(s.ConfirmDelivery).model_copy(update={"occurred_on": day})
    house.take(step, actor)


def add_missing(house: House, actor: Actor | None = None) -> None:
    house.take(house.way.step(s.AddMissingLine), actor or house.coordinator)


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, match=f"^{code}$")


@pytest.fixture
def listed(house: House) -> House:
    """On the list, with everything received."""
    house.walk(house.way.steps(), until=s.ConfirmDelivery)
    return house


class TestPlacing:
    def test_takes_people_of_any_province_and_of_several_agreements(self, listed: House) -> None:
        neighbour = another(listed, "neighbour", "ifrane")
        neighbour.walk(neighbour.way.steps())
        confirm(listed)
        assert ceremony(listed).cases(LineState.TOLD) == {listed.case_id, neighbour.case_id}
        assert {each.agreement_id for each in ceremony(listed).lines.values()} == {
            listed.way.agreement_id,
            neighbour.way.agreement_id,
        }

    def test_needs_something_received(self, house: House) -> None:
        house.walk(house.way.steps(), until=ReceiveLines)
        with refused("nothing_to_hand_over"):
            place(house)
        house.take(house.way.step(ReceiveLines))
        place(house)

    def test_needs_something_that_is_not_handed_over_yet(self, house: House) -> None:
        """The second item is on its way: nobody is invited for nothing."""
        house.walk(house.way.steps(), until=ReceiveLines)
        first = {"lines": (1,)}
        house.take(house.way.step(ReceiveLines).model_copy(update=first))
        whole = house.way.step(s.ConfirmDelivery)
        given = {"items": whole.items[:1], "cash": (), "occurred_on": house.way.day(460)}
        house.take(whole.model_copy(update=given))
        with refused("nothing_to_hand_over"):
            place(house)
        second = {"lines": (2,), "occurred_on": house.way.day(470)}
        house.take(house.way.step(ReceiveLines).model_copy(update=second))
        place(house)

    def test_is_over_once_the_ceremony_was_held(self, house: House) -> None:
        house.walk(house.way.steps(), until=s.PlaceOnCeremony)
        hold(house)
        with refused("ceremony_already_held"):
            place(house)

    def test_goes_on_during_the_day_until_it_is_held(self, house: House) -> None:
        house.walk(house.way.steps(), until=s.PlaceOnCeremony)
        place(house, occurred_on=HELD_ON)
        confirm(house)
        hold(house)
        assert line(house).state is LineState.TOLD

    def test_of_what_is_cancelled_or_unknown_is_refused(self, house: House) -> None:
        house.walk(house.way.steps(), until=s.PlaceOnCeremony)
        cancel(house)
        with refused("ceremony_cancelled"):
            place(house)
        with refused("ceremony_not_found"):
            place(house, uuid5(ROOT, "no ceremony"))

    def test_is_on_one_list_at_a_time(self, listed: House) -> None:
        other = schedule(listed, "other")
        with refused("already_on_ceremony"):
            place(listed, other)
        listed.take(s.TakeOffCeremony(occurred_on=listed.way.day(500)))
        assert listed.case_id not in ceremony(listed).lines
        place(listed, other)
        assert track(listed).ceremony_id == other

    def test_shares_its_day_with_a_signing(self, listed: House) -> None:
        signed = sign_agreement().model_copy(update={"occurred_on": HELD_ON})
        new = stream_id(StreamKind.AGREEMENT, uuid5(ROOT, "signed that day"))
        listed.paper.take(new, signed, DIVISION)
        confirm(listed)
        assert line(listed).state is LineState.TOLD

    @pytest.mark.parametrize("site", SiteKind)
    def test_is_at_any_kind_of_site(self, house: House, site: SiteKind) -> None:
        name = schedule(house, "sited", site=site, province="ifrane")
        house.walk(house.way.steps(), until=s.PlaceOnCeremony)
        place(house, name)
        assert ceremony_named(house, name).site is site


class TestReplacing:
    def test_frees_the_line_and_never_the_goods(self, listed: House) -> None:
        comes = another(listed, "comes")
        comes.walk(comes.way.steps(), until=s.PlaceOnCeremony)
        place(comes, replaces=listed.case_id)
        left = line(listed)
        assert (left.state, left.replaced_by) == (LineState.REPLACED, comes.case_id)
        assert line(comes).state is LineState.LISTED
        assert not track(listed).on_list
        assert track(listed).ceremony_id is None
        other = schedule(listed, "other")
        place(listed, other)
        confirm(listed)
        confirm(comes)
        assert ceremony_named(listed, other).lines[listed.case_id].state is LineState.TOLD
        hold(comes)

    def test_needs_goods_of_ones_own(self, listed: House) -> None:
        comes = another(listed, "comes")
        comes.walk(comes.way.steps(), until=ReceiveLines)
        with refused("nothing_to_hand_over"):
            place(comes, replaces=listed.case_id)
        assert line(listed).state is LineState.LISTED

    def test_is_of_a_line_that_waits(self, listed: House) -> None:
        comes = another(listed, "comes")
        comes.walk(comes.way.steps(), until=s.PlaceOnCeremony)
        with refused("line_not_waiting"):
            place(comes, replaces=uuid5(ROOT, "nobody"))
        confirm(listed)
        with refused("line_not_waiting"):
            place(comes, replaces=listed.case_id)

    def test_is_not_before_the_other_came_on_the_list(self, listed: House) -> None:
        comes = another(listed, "comes")
        comes.walk(comes.way.steps(), until=s.PlaceOnCeremony)
        with refused("date_before_earlier_step"):
            place(comes, replaces=listed.case_id, occurred_on=listed.way.day(499))

    def test_of_a_strangers_line_is_its_centres_or_the_ceremonys(self, house: House) -> None:
        house.way = replace(
            house.way, ceremony_id=schedule(house, "of its centre", house.coordinator)
        )
        house.walk(house.way.steps(), until=s.ConfirmDelivery)
        stranger = another(house, "stranger", "ifrane")
        stranger.walk(stranger.way.steps(), until=s.PlaceOnCeremony)
        with pytest.raises(NotAllowed):
            place(stranger, replaces=house.case_id)
        place(stranger)
        comes = another(house, "comes")
        comes.walk(comes.way.steps(), until=s.PlaceOnCeremony)
        place(comes, replaces=stranger.case_id)
        assert line(stranger).state is LineState.REPLACED
        assert not track(stranger).on_list


class TestHolding:
    def test_waits_until_each_line_is_told_or_missed(self, listed: House) -> None:
        absent = another(listed, "absent")
        absent.walk(absent.way.steps(), until=s.ConfirmDelivery)
        confirm(listed)
        with refused("lines_not_told"):
            hold(listed)
        hold(listed, absent=(absent.case_id,))
        assert line(absent).state is LineState.ABSENT
        assert ceremony(listed).held

    def test_names_each_line_once_and_only_those_that_wait(self, listed: House) -> None:
        with refused("line_repeated"):
            hold(listed, absent=(listed.case_id,), later=(listed.case_id,))
        with refused("line_not_waiting"):
            hold(listed, absent=(listed.case_id, uuid5(ROOT, "nobody")))
        confirm(listed)
        with refused("line_not_waiting"):
            hold(listed, absent=(listed.case_id,))

    def test_is_on_its_day_and_once(self, listed: House) -> None:
        confirm(listed)
        with refused("ceremony_on_another_day"):
            on_ceremony(listed, c.RecordCeremonyHeld(occurred_on=HELD_ON + DAY))
        hold(listed)
        with refused("ceremony_already_held"):
            hold(listed)

    def test_frees_who_was_absent_for_another_ceremony_at_once(self, listed: House) -> None:
        hold(listed, absent=(listed.case_id,))
        other = schedule(listed, "other", held_on=HELD_ON + 30 * DAY)
        place(listed, other, occurred_on=HELD_ON + DAY)
        confirm(listed, HELD_ON + 30 * DAY)
        assert line(listed).state is LineState.ABSENT
        assert ceremony_named(listed, other).lines[listed.case_id].state is LineState.TOLD
        (handover,) = track(listed).handovers
        assert handover.ceremony_id == other

    def test_makes_no_delivery(self, listed: House) -> None:
        before = len(listed.paper.events)
        hold(listed, later=(listed.case_id,))
        made = {type(each.event) for each in listed.paper.events[before:]}
        assert e.DeliveryConfirmed not in made
        assert track(listed).handovers == ()


class TestLater:
    @pytest.mark.parametrize("named", ["absent", "later", None])
    def test_a_line_confirmed_for_a_later_day_is_outside_the_totals(
        self, listed: House, named: str | None
    ) -> None:
        mine = (listed.case_id,)
        if named is not None:
            hold(listed, *((mine, ()) if named == "absent" else ((), mine)))
        confirm(listed, HELD_ON + 90 * DAY)
        told = line(listed)
        assert (told.state, told.goods, told.cash) == (LineState.LATER, NOTHING, NOTHING)
        (handover,) = track(listed).handovers
        assert handover.ceremony_id is None
        if named is None:
            hold(listed)

    def test_the_rest_of_a_line_told_in_part_stays_outside_them_too(self, listed: House) -> None:
        whole = listed.way.step(s.ConfirmDelivery)
        listed.take(whole.model_copy(update={"cash": (), "items": whole.items[:1]}))
        hold(listed)
        rest = {"items": whole.items[1:], "occurred_on": HELD_ON + 90 * DAY}
        listed.take(whole.model_copy(update=rest))
        told = line(listed)
        assert (told.state, told.goods) == (LineState.TOLD, EXAMPLE.items[0].price)
        assert told.cash == NOTHING
        assert [each.ceremony_id for each in track(listed).handovers] == [
            listed.way.ceremony_id,
            None,
        ]

    def test_the_rest_of_a_line_told_in_part_may_come_at_another_ceremony(
        self, listed: House
    ) -> None:
        whole = listed.way.step(s.ConfirmDelivery)
        listed.take(whole.model_copy(update={"cash": (), "items": whole.items[:1]}))
        hold(listed)
        other = schedule(listed, "other", held_on=HELD_ON + 30 * DAY)
        place(listed, other, occurred_on=HELD_ON + DAY)
        rest = {"items": whole.items[1:], "occurred_on": HELD_ON + 30 * DAY}
        listed.take(whole.model_copy(update=rest))
        there = ceremony_named(listed, other).lines[listed.case_id]
        assert (there.goods, there.cash) == (EXAMPLE.items[1].price, EXAMPLE.cash)

    def test_nothing_is_handed_over_at_a_ceremony_before_its_day(self, listed: House) -> None:
        with refused("date_before_earlier_step"):
            confirm(listed, HELD_ON - DAY)

    def test_a_handover_before_the_list_is_not_the_ceremonys(self, listed: House) -> None:
        """Entered late: the first item was given before the person came on the list."""
        whole = listed.way.step(s.ConfirmDelivery)
        early = {"items": whole.items[:1], "cash": (), "occurred_on": listed.way.day(460)}
        listed.take(whole.model_copy(update=early))
        assert line(listed).state is LineState.LISTED
        assert track(listed).on_list
        listed.take(whole.model_copy(update={"items": whole.items[1:]}))
        assert line(listed).goods == EXAMPLE.items[1].price


class TestMissingLine:
    def test_is_a_coordinators_with_a_reason_after_the_ceremony(self, house: House) -> None:
        house.walk(house.way.steps(), until=s.PlaceOnCeremony)
        with refused("ceremony_not_held"):
            add_missing(house)
        hold(house)
        with pytest.raises(NotAllowed):
            add_missing(house, house.caseworker)
        add_missing(house)
        assert line(house).state is LineState.LISTED
        confirm(house)
        told = line(house)
        assert (told.state, told.goods) == (LineState.TOLD, EXAMPLE.goods)

    def test_takes_what_was_handed_over_on_that_day_outside_any_ceremony(
        self, house: House
    ) -> None:
        house.walk(step for step in house.way.steps() if not isinstance(step, s.PlaceOnCeremony))
        hold(house)
        add_missing(house)
        told = line(house)
        assert (told.state, told.goods, told.cash) == (
            LineState.TOLD,
            EXAMPLE.goods,
            EXAMPLE.cash,
        )
        (handover,) = track(house).handovers
        assert handover.ceremony_id == house.way.ceremony_id
        assert not track(house).on_list
        with refused("line_already_told"):
            add_missing(house)

    def test_leaves_what_was_handed_over_on_other_days_outside(self, house: House) -> None:
        house.walk(house.way.steps(), until=s.PlaceOnCeremony)
        whole = house.way.step(s.ConfirmDelivery)
        early = {"items": whole.items[:1], "cash": (), "occurred_on": HELD_ON - DAY}
        house.take(whole.model_copy(update=early))
        house.take(whole.model_copy(update={"items": whole.items[1:]}))
        hold(house)
        add_missing(house)
        assert line(house).goods == EXAMPLE.items[1].price
        assert [each.ceremony_id for each in track(house).handovers] == [
            None,
            house.way.ceremony_id,
        ]

    def test_mends_a_line_told_as_missed(self, listed: House) -> None:
        hold(listed, absent=(listed.case_id,))
        with refused("line_told_as_missed"):
            confirm(listed)
        add_missing(listed)
        confirm(listed)
        assert line(listed).state is LineState.TOLD

    def test_is_dated_as_the_ceremony(self, listed: House) -> None:
        hold(listed, absent=(listed.case_id,))
        late = listed.way.step(s.AddMissingLine).model_copy(update={"occurred_on": HELD_ON + DAY})
        with refused("ceremony_on_another_day"):
            listed.take(late, listed.coordinator)

    def test_needs_goods(self, house: House) -> None:
        house.walk(step for step in house.way.steps() if not isinstance(step, s.PlaceOnCeremony))
        other = schedule(house, "other", held_on=HELD_ON + DAY)
        house.paper.take(
            stream_id(StreamKind.CEREMONY, other),
            c.RecordCeremonyHeld(occurred_on=HELD_ON + DAY),
            DIVISION,
        )
        changed = {"ceremony_id": other, "occurred_on": HELD_ON + DAY}
        with refused("nothing_to_hand_over"):
            house.take(
                house.way.step(s.AddMissingLine).model_copy(update=changed), house.coordinator
            )


class TestChanging:
    def test_postponing_keeps_the_lines_and_their_day_follows(self, listed: House) -> None:
        moved = HELD_ON + 30 * DAY
        on_ceremony(
            listed, c.PostponeCeremony(occurred_on=HELD_ON, held_on=moved, explanation="Rain.")
        )
        assert line(listed).state is LineState.LISTED
        with refused("date_before_earlier_step"):
            confirm(listed)
        confirm(listed, moved)
        assert line(listed).state is LineState.TOLD

    def test_is_not_brought_forward_before_who_is_on_the_list(self, listed: House) -> None:
        early = listed.way.day(490)
        step = c.PostponeCeremony(occurred_on=early, held_on=early, explanation="Sooner.")
        with refused("date_before_earlier_step"):
            on_ceremony(listed, step)

    def test_what_was_told_in_part_took_place(self, listed: House) -> None:
        confirm(listed)
        with refused("ceremony_has_deliveries"):
            on_ceremony(
                listed,
                c.PostponeCeremony(occurred_on=HELD_ON, held_on=HELD_ON + DAY, explanation="Rain."),
            )
        with refused("ceremony_has_deliveries"):
            cancel(listed)

    def test_cancelling_frees_every_line_in_the_same_commit(self, listed: House) -> None:
        second = another(listed, "second", "ifrane")
        second.walk(second.way.steps(), until=s.ConfirmDelivery)
        before = len(listed.paper.events)
        cancel(listed)
        freed = [each.event for each in listed.paper.events[before:]]
        assert len(freed) == 3
        for each in freed[1:]:
            assert isinstance(each, e.TakenOffCeremony)
            assert each.because is OffListBecause.CEREMONY_CANCELLED
        for house in (listed, second):
            assert not track(house).on_list
            place(house, schedule(house, f"another for {house.case_id}"), occurred_on=HELD_ON)

    def test_is_not_cancelled_before_somebody_came_on_the_list(self, listed: House) -> None:
        with refused("date_before_earlier_step"):
            cancel(listed, listed.way.day(499))

    def test_of_later_lines_alone_can_still_be_cancelled(self, listed: House) -> None:
        """It never took place, and somebody was handed theirs on another day: no dead end."""
        confirm(listed, HELD_ON + 3 * DAY)
        cancel(listed, HELD_ON + 4 * DAY)
        assert line(listed).state is LineState.LATER

    def test_an_approval_that_ends_frees_its_line(self, house: House) -> None:
        unpaid = (each for each in house.way.steps() if not isinstance(each, PayInvoice))
        house.walk(unpaid, until=s.ConfirmDelivery)
        listed = house
        listed.by_two(s.EndApproval(occurred_on=HELD_ON, explanation="Chose another trade."))
        assert listed.case_id not in ceremony(listed).lines
        assert not track(listed).on_list


def test_two_centres_that_confirm_one_line_at_once_hand_it_over_once(house: House) -> None:
    """Whichever comes first; the other is told that it is handed over."""
    host = another(house, "host", "ifrane")
    house.way = replace(house.way, ceremony_id=schedule(house, "hosted", host.coordinator))
    house.walk(house.way.steps(), until=s.ConfirmDelivery)
    house.paper.now = house.paper.now.replace(
        year=HELD_ON.year, month=HELD_ON.month, day=HELD_ON.day
    )
    confirm(house, actor=host.caseworker)
    with refused("already_delivered"):
        confirm(house)
