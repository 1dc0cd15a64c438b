"""Bars stand on one scale: what goes off a whole ends where what is left begins."""

from decimal import Decimal

from service.console.showing.bars import SEEN, beside, falling

ENVELOPE = Decimal(1_000_000)


def test_what_goes_off_the_whole_is_drawn_where_it_was() -> None:
    gone = [
        ("committed", Decimal(600_000)),
        ("repaid", Decimal(0)),
        ("carried_out", Decimal(100_000)),
    ]
    whole, committed, carried, left = falling(("envelope", ENVELOPE), gone, "room")
    assert [int(whole.start), int(whole.width)] == [0, 100]
    assert [int(committed.start), int(committed.width)] == [40, 60]
    assert [int(carried.start), int(carried.width)] == [30, 10]
    assert (left.name, left.amount, int(left.width)) == ("room", Decimal(300_000), 30)


def test_a_small_sum_is_seen_and_stays_on_the_scale() -> None:
    (_, last, _) = falling(("envelope", ENVELOPE), [("committed", Decimal(1))], "room")
    assert last.width == SEEN
    assert last.start + last.width <= 100


def test_nothing_and_less_than_nothing_have_no_width() -> None:
    none, less = beside([("spent", Decimal(0)), ("in_hand", Decimal(-5))], ENVELOPE)
    assert none.width == less.width == 0
    assert beside([("spent", Decimal(0))], Decimal(0))[0].width == 0
