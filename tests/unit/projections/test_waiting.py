"""Many wait, one asks, and nobody asks while nobody waits."""

import asyncio
from collections.abc import Collection
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from domain.errors import Unavailable
from projections.store import Fresh, Writer
from projections.waiting import PositionWatch
from tests.support.waiting import PATIENCE, eventually


class CountedViews:
    """Views of which only the position is asked."""

    def __init__(self) -> None:
        self.at = 0
        self.away = False
        self.asked = 0

    def position(self) -> int:
        self.asked += 1
        if self.away:
            raise Unavailable(database="views")
        return self.at

    def is_current(self) -> bool:
        return True

    def retire(self, idle: Collection[str]) -> list[str]:
        raise NotImplementedError

    def close(self) -> None: ...

    def reading(self) -> AbstractContextManager[Connection]:
        raise NotImplementedError

    def writer(self) -> Writer:
        raise NotImplementedError

    def building(self) -> AbstractContextManager[Fresh]:
        raise NotImplementedError


async def test_each_waiter_wakes_when_its_position_is_reached() -> None:
    views = CountedViews()
    watch = PositionWatch(views)
    waiters = [asyncio.create_task(watch.at_least(n, PATIENCE)) for n in (1, 2, 2, 3)]
    views.at = 2
    await eventually(lambda: [waiter.done() for waiter in waiters] == [True, True, True, False])
    views.at = 3
    assert await asyncio.gather(*waiters) == [True] * 4


async def test_a_hundred_waiters_ask_no_more_often_than_one() -> None:
    views = CountedViews()
    watch = PositionWatch(views, poll_seconds=0.01)
    answers = await asyncio.gather(*(watch.at_least(9, 0.2) for _ in range(100)))
    assert answers == [False] * 100
    assert views.asked <= 25


async def test_nobody_asks_while_nobody_waits() -> None:
    views = CountedViews()
    watch = PositionWatch(views, monotonic=lambda: 0.0)
    assert not await watch.at_least(1, 0.03)
    await eventually(lambda: watch._poller is not None and watch._poller.done())
    asked = views.asked
    await asyncio.sleep(0.05)
    assert views.asked == asked
    views.at = 1
    assert await watch.at_least(1, PATIENCE)
    asked = views.asked
    assert await watch.at_least(1, PATIENCE)
    assert views.asked == asked, "what was seen once needs no question"


async def test_an_outage_is_waited_through() -> None:
    views = CountedViews()
    views.away = True
    watch = PositionWatch(views)
    waiter = asyncio.create_task(watch.at_least(1, PATIENCE))
    await eventually(lambda: views.asked > 1)
    views.at, views.away = 1, False
    assert await waiter
    await watch.close()


async def test_a_position_that_was_seen_is_not_believed_once_the_views_may_stand_before_it() -> (
    None
):
    """As after a ledger was brought back from an older copy, and that accepted."""
    views, now = CountedViews(), [0.0]
    watch = PositionWatch(views, monotonic=lambda: now[0])
    views.at = 9
    assert await watch.at_least(9, PATIENCE)
    views.at = 4
    now[0] += 1
    assert not await watch.at_least(9, 0.05)
    assert await watch.at_least(4, PATIENCE)
