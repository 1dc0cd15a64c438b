"""How long an attempt may take, when each part of it has a limit of its own."""

import asyncio

TIMES = 2


def altogether(seconds: float) -> asyncio.Timeout:
    """The limit of the whole, where each part (connecting, TLS, an answer) has so many seconds.

    The parts end first, so that each closes what it opened: libraries leave a line open whose TLS was
    being agreed upon when it was called off from outside. This one is for who answers byte by byte.
    """
    return asyncio.timeout(seconds * TIMES)
