"""Addresses that tried wrong keys lately, so that guessing costs the guesser and not us."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network
from math import ceil

from service.api.edge.forwarded import parsed_address
from service.api.edge.limits import FAILED_KEYS, FAILED_KEYS_WITHIN, MOST_ADDRESSES

HOUSEHOLD = 64
"""Bits of an IPv6 address that one subscriber has; the rest they choose themselves."""


class Strangers:
    """Counts wrong keys by address, for a minute; remembers so many addresses and no more."""

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._failed: OrderedDict[str, deque[float]] = OrderedDict()

    def failed(self, address: str) -> None:
        """A wrong key came from this address."""
        where = _subscriber(address)
        tries = self._failed.setdefault(where, deque(maxlen=FAILED_KEYS))
        tries.append(self._monotonic())
        self._failed.move_to_end(where)
        while len(self._failed) > MOST_ADDRESSES:
            self._failed.popitem(last=False)

    def wait(self, address: str) -> int:
        """Seconds until the address may try a key that is unknown; 0: now."""
        if not self._failed:
            return 0
        tries = self._failed.get(_subscriber(address))
        if tries is None or len(tries) < FAILED_KEYS:
            return 0
        return max(ceil(tries[0] + FAILED_KEYS_WITHIN - self._monotonic()), 0)


def _subscriber(address: str) -> str:
    """The address, or of an IPv6 one the network it is free to choose in."""
    parsed = parsed_address(address)
    if isinstance(parsed, IPv6Address):
        return str(IPv6Network((parsed, HOUSEHOLD), strict=False))
    return str(parsed or address)
