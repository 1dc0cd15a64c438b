"""Who follows a list is told what changed in it, and let go when their time is over."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest
from starlette.datastructures import Headers

from service.live.hearing import Hearing
from service.live.places import MOST_OF_ONE, Places
from service.live.stream import Follower, Pace, Stream, followed, last_seen
from service.problems.problem import Rejected
from service.queries.following import TaskNews

QUICK = Pace(apart=0.0, heartbeat=0.05, longest=5.0)


@dataclass
class List:
    """A list, and all that was recorded in its cases."""

    position: int = 10
    overdue: int = 0
    written: list[int] = field(default_factory=list)
    signed_in: bool = True
    asked_from: list[int | None] = field(default_factory=list)

    def record(self, position: int, *, here: bool = True) -> None:
        self.position = position
        self.written += [position] if here else []

    async def shown(self) -> int:
        return self.position

    async def news(self, since: int | None) -> TaskNews:
        self.asked_from.append(since)
        changed = None if since is None else len([each for each in self.written if each > since])
        return TaskNews(
            overdue=self.overdue, due=0, coming=0, position=self.position, changed=changed
        )

    async def stands(self) -> bool:
        return self.signed_in

    def follower(self, who: UUID | None = None, looked_at: int | None = None) -> Follower:
        return Follower(
            who or uuid4(), self.news, self.stands, lambda told: f"{told.changed}", looked_at
        )


@pytest.fixture
def it() -> List:
    return List()


@pytest.fixture
def places(it: List) -> Places:
    return Places(Hearing(it.shown, 0.01))


async def after(stream: AsyncIterator[str], wanted: Callable[[str], bool]) -> str:
    async with asyncio.timeout(5):
        async for each in stream:
            if wanted(each):
                return each
    raise AssertionError("it ended before")


def written(stream: Stream) -> AsyncIterator[str]:
    return stream.body_iterator  # type: ignore[return-value] # texts alone


def is_told(message: str) -> bool:
    return "event: tasks" in message


async def test_the_first_message_says_how_it_stands_and_later_ones_what_changed_since(
    it: List, places: Places
) -> None:
    stream = written(await followed(places, it.follower(), None, QUICK))
    assert await anext(stream) == "retry: 5000\n\nid: 10\nevent: tasks\ndata: None\n\n"
    it.record(12)
    assert await after(stream, is_told) == "id: 12\nevent: tasks\ndata: 1\n\n"
    it.record(13, here=False)
    assert await after(stream, lambda each: each.startswith("id")) == "id: 13\n\n", "not theirs"
    it.overdue = 1
    assert is_told(await after(stream, is_told)), "a day has turned: nothing was recorded"


async def test_who_comes_back_is_told_all_that_came_meanwhile(it: List, places: Places) -> None:
    for position in (11, 12, 13):
        it.record(position)
    since = last_seen(Headers({"Last-Event-ID": "11"}), 5)
    stream = written(await followed(places, it.follower(), since, QUICK))
    assert (await anext(stream)).endswith("id: 13\nevent: tasks\ndata: 2\n\n")
    assert it.asked_from == [11]


async def test_a_page_counts_from_when_it_was_made(it: List, places: Places) -> None:
    stream = written(await followed(places, it.follower(looked_at=10), 10, QUICK))
    assert await after(stream, is_told)
    for position in (11, 12):
        it.record(position)
        said = await after(stream, is_told)
        assert said == f"id: {position}\nevent: tasks\ndata: {position - 10}\n\n"


async def test_it_ends_with_the_sign_in(it: List, places: Places) -> None:
    stream = written(await followed(places, it.follower(), None, QUICK))
    it.signed_in = False
    assert "signed_out" in await after(stream, lambda each: "event: end" in each)
    assert [each async for each in stream] == []
    assert len(places) == 0


async def test_a_further_page_takes_the_place_of_the_oldest(it: List, places: Places) -> None:
    who = uuid4()
    streams = [
        written(await followed(places, it.follower(who), None, QUICK))
        for _ in range(MOST_OF_ONE + 1)
    ]
    assert "taken" in await after(streams[0], lambda each: "event: end" in each)
    assert await after(streams[1], lambda each: each == ": \n\n"), "a sign of life"


async def test_all_are_let_go_at_once_when_the_process_ends(it: List, places: Places) -> None:
    slow = Pace(apart=0.0, heartbeat=60.0, longest=600.0)
    stream = written(await followed(places, it.follower(), None, slow))
    await anext(stream)
    rest = asyncio.create_task(to_the_end(stream))
    await asyncio.sleep(0.02)
    places.end()
    await asyncio.wait_for(rest, 2)
    late = written(await followed(places, it.follower(), None, slow))
    await asyncio.wait_for(to_the_end(late), 2)


async def to_the_end(stream: AsyncIterator[str]) -> None:
    async for _ in stream:
        pass


@pytest.mark.parametrize("said", ["x", "-1", "1" * 16, "٣"])
def test_a_position_that_is_none_is_refused(said: str) -> None:
    headers = Headers(raw=[(b"last-event-id", said.encode())])
    with pytest.raises(Rejected, match="position_malformed"):
        last_seen(headers, None)
