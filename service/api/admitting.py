"""Who asks: the key they show, at every door where one is shown.

After ten wrong keys within a minute an address waits. Behind one address may sit a whole office,
so a right key goes on working from there, also one that was issued a moment ago: what is unknown is
looked up ten times a second, whoever asks, and more often refused unseen.
"""

from starlette.requests import Request

from domain.message import Actor
from service.access.asker import note_purpose
from service.api.edge.limits import FAILED_KEYS
from service.api.edge.strangers import Strangers
from service.api.parsing import PURPOSE, bearer_key, said_purpose
from service.application import Application
from service.problems.problem import Rejected


async def admitted(request: Request) -> Actor:
    """Whose key is in `Authorization`, and why they read, by header or key; raises `Rejected`."""
    said = said_purpose(request.headers.get(PURPOSE))
    actor = await holder_of(request, bearer_key(request.headers.get("authorization")))
    if said is not None:
        note_purpose(said)
    return actor


async def holder_of(request: Request, key: str) -> Actor:
    """Whose key it is; raises `Rejected` for one that opens nothing, or comes too often."""
    application: Application = request.app.state.application
    strangers: Strangers = request.app.state.strangers
    address = request.client.host if request.client else ""
    wait = strangers.wait(address)
    actor = None
    if not (wait and application.is_strange(key)):
        actor = await application.actor_with(key)
    if actor is not None:
        return actor
    if wait:
        raise Rejected("too_many_failed_keys", seconds=wait, tries=FAILED_KEYS)
    strangers.failed(address)
    raise Rejected("unauthenticated")
