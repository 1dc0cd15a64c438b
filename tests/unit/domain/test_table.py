"""A table of steps and folds that says too little is refused while it is built."""

from typing import ClassVar

import pytest

from domain.errors import Unexpected
from domain.folds.evolution import Evolution
from domain.message import Envelope, Event, Message, Record, Role, Step, StreamKind, stream_id
from domain.staff.state import StaffState
from domain.steps.handling import Context, World
from domain.steps.roles import STAFF
from domain.steps.table import TableFault, by_step, require_folded, row
from tests.support.paper import ADMINISTRATOR, Paper

EVERYBODY = frozenset(Role)


class PaintDoor(Step):
    colour: str
    coats: int = 1


class DoorPainted(Event):
    stream: ClassVar[StreamKind] = StreamKind.STAFF

    colour: str


class DoorLocked(Event):
    stream: ClassVar[StreamKind] = StreamKind.STAFF


def test_a_step_whose_field_stands_in_none_of_its_events_is_refused() -> None:
    with pytest.raises(TableFault, match="PaintDoor drops coats"):
        by_step([row(PaintDoor, DoorPainted, who=EVERYBODY)])


class Hinge(Message):
    place: str
    greased: bool = False


class HungHinge(Record):
    place: str


class HangDoor(Step):
    hinges: tuple[Hinge, ...] | None = None


class DoorHung(Event):
    stream: ClassVar[StreamKind] = StreamKind.STAFF

    hinges: tuple[HungHinge, ...] | None = None


def test_so_is_one_that_drops_a_field_of_a_form_inside_it() -> None:
    with pytest.raises(TableFault, match=r"HangDoor drops hinges\.greased"):
        by_step([row(HangDoor, DoorHung, who=EVERYBODY)])
    kept = row(HangDoor, DoorHung, who=EVERYBODY, left_out={"hinges.greased": "it squeaks"})
    assert by_step([kept]) == {HangDoor: kept}


def test_a_field_may_be_left_out_by_name() -> None:
    kept = row(PaintDoor, DoorPainted, who=EVERYBODY, left_out={"coats": "nobody asks"})
    assert by_step([kept]) == {PaintDoor: kept}


@pytest.mark.parametrize("name", ["colour", "smell"])
def test_a_field_left_out_is_one_that_would_be_dropped(name: str) -> None:
    with pytest.raises(TableFault, match=f"leaves out {name}"):
        by_step([row(PaintDoor, DoorPainted, who=EVERYBODY, left_out={"coats": "", name: ""})])


def test_a_step_has_one_row() -> None:
    once = row(PaintDoor, DoorPainted, who=EVERYBODY, left_out={"coats": ""})
    with pytest.raises(TableFault, match="PaintDoor has two rows"):
        by_step([once, once])


def test_a_step_of_several_events_needs_a_rule() -> None:
    with pytest.raises(TableFault, match="no rule"):
        row(PaintDoor, DoorPainted, DoorLocked, who=EVERYBODY)


def test_a_rule_makes_no_event_that_its_row_does_not_name() -> None:
    def rule(_world: World, _step: Step, _ctx: Context) -> Event:
        return DoorLocked()

    paper, target = Paper(), stream_id(StreamKind.STAFF, "directory")
    step = PaintDoor(occurred_on=paper.today, colour="green")
    ctx = paper.context(paper.command(target, step, ADMINISTRATOR))
    world = World({STAFF: StaffState()}, {STAFF: target})
    with pytest.raises(Unexpected) as raised:
        row(PaintDoor, DoorPainted, who=EVERYBODY, by=rule).decide(world, step, ctx)
    assert raised.value.params == {"because": "event_not_in_row", "type": "DoorLocked"}


def test_an_event_that_is_neither_folded_nor_ignored_is_refused() -> None:
    fold: Evolution[StaffState] = Evolution()

    @fold.on(DoorPainted)
    def _painted(state: StaffState, _: DoorPainted, __: Envelope) -> StaffState:
        return state

    with pytest.raises(TableFault, match="DoorLocked is neither folded"):
        require_folded({StreamKind.STAFF: fold}, [DoorPainted, DoorLocked])
    fold.ignore(DoorLocked)
    require_folded({StreamKind.STAFF: fold}, [DoorPainted, DoorLocked])
