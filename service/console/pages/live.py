"""What changes in a list while its page is open, as a browser follows it.

Following is no use of the sign-in: it neither keeps it from ending nor outlives it.
"""

import asyncio
import json
from datetime import UTC, datetime

from starlette.responses import Response

from domain.errors import Refused
from domain.message import Actor
from service.access.reader import Reader
from service.api.edge.gate import ONLY_HEAD
from service.console.pages.looked_at import summed
from service.console.pages.today import whose_of
from service.console.visit import Visit
from service.live.stream import POSITION, Follower, followed, over
from service.queries.following import TaskNews, follow_tasks
from service.words import writing
from service.words.store import words


async def live(visit: Visit) -> Response:
    """The stream of a list; what changed is counted since its page was made, however often told."""
    visit.request.scope["operation"] = "follow-tasks"
    reader = await _who(visit)
    if reader is None or getattr(visit.request.state, ONLY_HEAD, False):
        return over()
    query = visit.request.query_params
    filters, since = whose_of(reader, query).filters, _position(query.get("since", ""))

    async def news(position: int | None) -> TaskNews:
        asker = Reader(reader, visit.language)
        return await visit.application.ask(asker, follow_tasks, filters, position)

    async def stands() -> bool:
        return await _who(visit) == reader

    follower = Follower(
        reader.id, news, stands, lambda told: _said(visit, told), looked_at=since or None
    )
    return await followed(visit.request.app.state.places, follower, since)


async def _who(visit: Visit) -> Actor | None:
    """Whoever is signed in, and still is who they were; asking is no use of it."""
    token = visit.request.cookies.get(visit.cookie)
    if not token:
        return None
    credential = await asyncio.to_thread(visit.sign_ins.credential_of, token, datetime.now(UTC))
    actor = visit.application.holder_by(credential) if credential else None
    return actor if actor and await visit.application.stands(actor) else None


def _position(text: str) -> int:
    """Raises `Refused("filter_unknown")` for what is no position."""
    if POSITION.fullmatch(text) is None:
        raise Refused("filter_unknown")
    return int(text)


def _said(visit: Visit, told: TaskNews) -> str:
    text = ""
    if told.changed:
        said = words(visit.language).count["list_changed"]
        text = writing.counted(said, told.changed, visit.language)
    return json.dumps({"text": text, "counts": summed(told)})
