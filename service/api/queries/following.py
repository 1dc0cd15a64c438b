"""What changes in the lists that people work from, asked for again and again or followed as it comes."""

from typing import Annotated

from fastapi import Depends, FastAPI, Query, Request
from starlette.responses import Response

from projections.views.tasks import Filters
from service.api.asking import Asking, add_query, asking
from service.api.edge.gate import ONLY_HEAD
from service.api.parameter_kinds import Position
from service.api.parsing import JSON, accepts
from service.api.queries.worklists import TAG, TaskFilter
from service.live.stream import MEDIA_TYPE, Follower, followed, last_seen, over
from service.queries.following import TaskNews, follow_tasks


class NewsParameters(TaskFilter):
    since: Position | None = None
    """`position` of the answer before: how many cases have changed since."""


async def _asker(request: Request) -> Asking:
    return await asking(request, MEDIA_TYPE if _follows(request) else JSON)


async def follow(
    request: Request,
    asker: Annotated[Asking, Depends(_asker)],
    given: Annotated[NewsParameters, Query()],
) -> Response:
    """In how many cases of a list something was recorded since a position, and how it stands now.

    Asked for with `Accept: text/event-stream`, the answer goes on: server-sent events named `tasks`,
    whose data is this answer and whose id is the ledger's position. Whoever comes back with
    `Last-Event-ID` goes on from there. It ends with an event named `end` once the key opens nothing
    any more, or a fifth line of the same person takes its place. `kind` narrows the numbers alone.
    """
    await asker.caught_up(given.at_least)
    filters = Filters(**{name: each for name, each in given.filters.items() if name != "since"})
    if not _follows(request):
        return await asker.answer(follow_tasks, filters, given.since)
    since = last_seen(request.headers, given.since)
    if getattr(request.state, ONLY_HEAD, False):
        return over()

    async def news(position: int | None) -> TaskNews:
        return await asker.found(follow_tasks, filters, position)

    follower = Follower(asker.actor.id, news, asker.stands, TaskNews.model_dump_json)
    return await followed(request.app.state.places, follower, since)


def _follows(request: Request) -> bool:
    accept = request.headers.get("accept", "")
    return MEDIA_TYPE in accept.lower() and accepts(accept, MEDIA_TYPE)


def add_following(app: FastAPI) -> None:
    add_query(app, "follow-tasks", "/v1/tasks/changes", TAG, follow, TaskNews)
