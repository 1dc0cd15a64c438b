"""What is said of something sent that is no step's form: at an address of its own, for half an hour.

So it is not sent again by Back or reload either. It is kept as a search is: sealed, for this sign-in.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.responses import Response

from domain.errors import JisrError
from service.console.visit import Signed

SAID, SEARCH, LIST = "said", "search", "list"
"""What is noted for a while in a sign-in: what came of something, what was looked for, and a list
that was chosen."""
Draw = Callable[[Signed, Mapping[str, Any]], Awaitable[Response]]
"""The page, with what is said on it."""


async def lead_to(visit: Signed, path: str, said: Mapping[str, Any], draw: Draw) -> Response:
    """Where it is said; where it cannot be kept, the page itself."""
    sign_ins, now = visit.sign_ins, datetime.now(UTC)
    try:
        name = await asyncio.to_thread(
            sign_ins.note, visit.sign_in, SAID, json.dumps(dict(said)), now
        )
    except JisrError:
        return await draw(visit, said)
    return visit.redirect(f"{path}?{SAID}={name}")


async def said_at(visit: Signed) -> Mapping[str, Any]:
    """What is said at this address; nothing any more after half an hour."""
    name, now = visit.request.query_params.get(SAID, ""), datetime.now(UTC)
    noted = await asyncio.to_thread(visit.sign_ins.noted, visit.sign_in, SAID, name, now)
    return json.loads(noted) if noted else {}
