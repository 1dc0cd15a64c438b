"""Notes which keys are used, to the hour: never a write for each request."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from uuid import UUID

from domain.errors import Unavailable
from domain.message import Actor
from ledger.following.uses import Uses

log = logging.getLogger("jisr.identity")


class KeyUses:
    """The last use of each key, as far as it is known. Safe to use from many threads."""

    def __init__(self, uses: Uses, clock: Callable[[], datetime]) -> None:
        self._uses = uses
        self._clock = clock
        self._noted: dict[UUID, datetime] = {}

    def is_news(self, actor: Actor) -> bool:
        """Whether the key they came with was not noted in this hour yet. Reads nothing."""
        key = actor.credential
        return key is not None and self._noted.get(key) != self._hour()

    def note(self, actor: Actor) -> None:
        """Write it down, once an hour; what cannot be written is left for the next request."""
        key, hour = actor.credential, self._hour()
        if key is None or self._noted.get(key) == hour:
            return
        self._noted[key] = hour
        try:
            self._uses.note(key, hour)
        except Unavailable:
            del self._noted[key]
            log.warning("the use of a key could not be noted")

    def last(self) -> Mapping[UUID, datetime]:
        """By key id, the hour (UTC) in which each was last used."""
        return self._uses.last()

    def _hour(self) -> datetime:
        return self._clock().astimezone(UTC).replace(minute=0, second=0, microsecond=0)

    def close(self) -> None:
        self._uses.close()
