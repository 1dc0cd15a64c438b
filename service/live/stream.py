"""What is written to one who follows: each message with the ledger's position as its id.

The first message says how things stand now, so whoever comes back by `Last-Event-ID` has missed
nothing. Later ones come when something changed in the list, or the day did, two seconds apart at
least. In between a comment every fifteen seconds keeps the line open, and finds out that it is not.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from starlette.datastructures import Headers
from starlette.responses import StreamingResponse

from domain.errors import JisrError, Unavailable
from service.live.places import Place, Places
from service.problems.problem import Rejected
from service.queries.following import TaskNews

MEDIA_TYPE = "text/event-stream"
LAST_EVENT = "last-event-id"
POSITION = re.compile(r"\d{1,15}", re.ASCII)
RETRY = "retry: 5000\n\n"
"""Milliseconds after which a browser comes back by itself."""
HEARTBEAT = ": \n\n"
EVENT = "event: tasks"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds."""

    apart: float = 2.0
    heartbeat: float = 15.0
    longest: float = 900.0
    """Then the line is ended, and taken up again by whoever still looks."""


PACE = Pace()


@dataclass(frozen=True, slots=True)
class Follower:
    """One who follows, and what is asked for them."""

    who: UUID
    news: Callable[[int | None], Awaitable[TaskNews]]
    """What has changed since a position; raises once it is theirs no more."""
    stands: Callable[[], Awaitable[bool]]
    """Whether they are still signed in, and who they were."""
    data: Callable[[TaskNews], str]
    """What a message says, in one line."""
    looked_at: int | None = None
    """From where they count what changed, however often they are told; else from message to message."""


def last_seen(headers: Headers, given: int | None) -> int | None:
    """From where somebody goes on: as their browser says when it comes back, else as asked.

    Raises `Rejected("position_malformed")`.
    """
    said = headers.get(LAST_EVENT)
    if not said:
        return given
    if POSITION.fullmatch(said) is None:
        raise Rejected("position_malformed", header="Last-Event-ID")
    return int(said)


class Stream(StreamingResponse):
    """The answer; nothing on its way is to keep it back."""

    def __init__(self, written: AsyncIterator[str]) -> None:
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(written, headers=headers, media_type=MEDIA_TYPE)


async def followed(
    places: Places, follower: Follower, since: int | None, pace: Pace = PACE
) -> Stream:
    """The stream, once its first message is there. Raises what refuses it."""
    written = _written(places, follower, since, pace)
    first = await anext(written)

    async def whole() -> AsyncIterator[str]:
        yield first
        async for each in written:
            yield each

    return Stream(whole())


def over() -> Stream:
    """For who is not signed in any more, and whose browser would come back for ever."""

    async def written() -> AsyncIterator[str]:
        yield _ended("signed_out")

    return Stream(written())


async def _written(
    places: Places, follower: Follower, since: int | None, pace: Pace
) -> AsyncIterator[str]:
    """All that is written to them, until they go, may no more, or the process ends."""
    clock = asyncio.get_running_loop().time
    with places.hold(follower.who) as place:
        ends, told = clock() + pace.longest, await follower.news(since)
        yield RETRY + _message(told, follower.data(told))
        while clock() < ends:
            await _moved(place, pace.heartbeat)
            if places.ending:
                return
            if place.taken or not await follower.stands():
                yield _ended("taken" if place.taken else "signed_out")
                return
            try:
                found = await _found(follower, told)
            except JisrError:
                return  # they come back, and are told by a problem
            said = HEARTBEAT if found is None else _said(follower, told, found)
            told = found or told
            yield said
            if EVENT in said:
                await asyncio.sleep(pace.apart)


async def _found(follower: Follower, told: TaskNews) -> TaskNews | None:
    """How things stand now; None while the views are away."""
    with suppress(Unavailable):
        return await follower.news(follower.looked_at or told.position)
    return None


def _said(follower: Follower, told: TaskNews, found: TaskNews) -> str:
    """A message where there is something to tell; else where they stand, or a sign of life."""
    before = told.changed if follower.looked_at else 0
    if found.changed != before or not found.as_many_as(told):
        return _message(found, follower.data(found))
    return f"id: {found.position}\n\n" if found.position != told.position else HEARTBEAT


async def _moved(place: Place, seconds: float) -> None:
    """Wait until there may be something new, or it is time for a sign of life."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await place.moved.wait()
    place.moved.clear()


def _message(news: TaskNews, data: str) -> str:
    return f"id: {news.position}\n{EVENT}\ndata: {data}\n\n"


def _ended(because: str) -> str:
    return f'event: end\ndata: {{"because":"{because}"}}\n\n'
