"""How this side reaches Temporal, and what it says when it cannot."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from temporalio.client import Client, RPCError, RPCTimeoutOrCancelledError
from temporalio.service import RetryConfig, TLSConfig

from domain.errors import Unavailable
from workflows.case.converting import MESSAGES

log = logging.getLogger(__name__)

NOT_CONNECTED = "Failed client connect"
"""How the SDK's RuntimeError begins when a lazy client finds no server."""
RECONNECT = 0.2
"""Seconds between a worker's attempts to reach its server."""
ASKING = RetryConfig(max_retries=1)
"""Of the side that asks: nothing is tried again below the engine, which knows how soon it may."""
WORKING = RetryConfig(max_elapsed_time_millis=2000, max_interval_millis=500)


async def connect(
    address: str, namespace: str, *, tls: bool | TLSConfig = False, lazy: bool = True
) -> Client:
    """A client of the Temporal server at `address`.

    A lazy one connects when first used, which suits the side that asks; a worker needs one
    that is connected, and waits for its server.
    """
    opened = partial(Client.connect, address, namespace=namespace, tls=tls, data_converter=MESSAGES)
    if lazy:
        return await opened(lazy=True, retry_config=ASKING)
    warned = False
    while True:
        try:
            return await opened(retry_config=WORKING)
        except RuntimeError as error:
            if not warned:
                log.warning("waiting for Temporal at %s: %s", address, error)
                warned = True
        await asyncio.sleep(RECONNECT)


@contextmanager
def outages() -> Iterator[None]:
    """Whatever Temporal cannot do now is `Unavailable`.

    The SDK disguises a cancelled call as an error of its own, but cancellation must win.
    """
    try:
        yield
    except (RPCError, RPCTimeoutOrCancelledError, TimeoutError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and not str(error).startswith(NOT_CONNECTED):
            raise
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise asyncio.CancelledError from error
        raise Unavailable from error
